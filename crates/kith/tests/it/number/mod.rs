//! Who a number is for: changed with the old device, gone to somebody else, locked, and kept for reviewers.

mod change;
mod lock;
mod recycled;
mod reviewers;

use std::time::Duration;

use kith_testkit::{Answer, Person, TestApp};

const DAY: Duration = Duration::from_hours(24);

/// Whose account an answer signed in to.
fn account(answer: Answer) -> String {
    answer.expect(200).text("/user/user_id")
}

/// Whether the signed-in person has been told something, among all that they were told.
async fn is_told(person: &Person, what: &str) -> bool {
    person.reads_notifications().await.iter().any(|said| said.contains(what))
}

/// How many accounts there are.
async fn accounts(app: &TestApp) -> i64 {
    app.sql().await.query_one("select count(*) from users", &[]).await.expect("a count").get(0)
}
