//! Address books: import, matching, lists, secrecy.

mod budget;
mod import;
mod lists;
mod matching;
mod secrecy;
mod vcard;

use kith_testkit::TestApp;

/// A number from a simple scheme: valid, and nobody's unless a test says so.
fn number(n: u32) -> String {
    format!("+1212{:03}{:04}", 200 + n / 10_000, n % 10_000)
}

/// Names and numbers of so many strangers.
fn strangers(count: u32) -> Vec<(String, String)> {
    (0..count).map(|n| (format!("Stranger {n:05}"), number(n))).collect()
}

fn borrowed(book: &[(String, String)]) -> Vec<(&str, &str)> {
    book.iter().map(|(name, number)| (name.as_str(), number.as_str())).collect()
}

/// One number of the database.
async fn count(app: &TestApp, sql: &str) -> i64 {
    let db = app.app.db().pooled().await.expect("a connection");
    db.query_one(sql, &[]).await.expect("one row").get(0)
}
