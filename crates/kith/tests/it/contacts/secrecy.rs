//! Nothing of an address book is readable in the database, by whatever simple means.

use std::fmt::Write as _;

use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use kith_testkit::TestApp;

use super::{borrowed, number};

/// Everything that the database holds, as text: bytes are hexadecimal.
async fn dump(app: &TestApp) -> String {
    let db = app.app.db().pooled().await.expect("a connection");
    let sql = "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')";
    let mut dump = String::new();
    for table in db.query(sql, &[]).await.expect("the tables") {
        let table: String = table.get(0);
        let rows =
            db.query(&format!("select t::text from {table} t"), &[]).await.expect("the rows");
        for row in rows {
            writeln!(dump, "{table} {}", row.get::<_, String>(0)).expect("memory");
        }
    }
    dump.to_lowercase()
}

/// The ways in which a text could be stored and still be found again by anybody.
async fn encodings(app: &TestApp, text: &str) -> Vec<String> {
    let db = app.app.db().pooled().await.expect("a connection");
    let md5: String = db.query_one("select md5($1)", &[&text]).await.expect("a hash").get(0);
    let bytes = text.as_bytes();
    let sha1 = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes);
    let sha256 = digest::digest(&digest::SHA256, bytes);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = vec![
        text.to_owned(),
        hex::encode(bytes),
        hex::encode(utf16),
        STANDARD.encode(bytes),
        text.chars().rev().collect(),
        STANDARD.encode(hex::decode(&md5).expect("hexadecimal")),
        md5,
    ];
    for hash in [sha1, sha256] {
        found.extend([hex::encode(hash.as_ref()), STANDARD.encode(hash.as_ref())]);
    }
    found.iter().map(|text| text.to_lowercase()).collect()
}

#[tokio::test]
async fn no_name_and_no_number_stands_there_in_the_clear() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let book: Vec<_> =
        (0..200).map(|n| (format!("Planted Näme {n:03}"), number(70_000 + n))).collect();
    ana.imports(&borrowed(&book)).await.expect(200);
    ana.imports(&[("Planted friend", &ben.phone)]).await.expect(200);
    let file = "BEGIN:VCARD\nVERSION:3.0\nFN:Planted file\nTEL:+12125550199\nEND:VCARD\n";
    ana.imports_file("US", file).await.expect(200);

    let dump = dump(&app).await;
    assert!(dump.contains("public.contacts") && dump.contains("\"ana\"") | dump.contains(",ana,"));
    let mut planted =
        vec!["Planted".to_owned(), "Planted friend".to_owned(), "Planted file".to_owned()];
    planted.extend(book.iter().flat_map(|(name, number)| [name.clone(), number.clone()]));
    planted.extend([ben.phone.clone(), "+12125550199".to_owned()]);
    let bare = |number: &String| number.strip_prefix('+').map(str::to_owned);
    planted.extend(planted.iter().filter_map(bare).collect::<Vec<_>>());
    planted.extend(
        planted.iter().filter_map(|n| n.strip_prefix("+1").map(str::to_owned)).collect::<Vec<_>>(),
    );
    for text in &planted {
        for encoded in encodings(&app, text).await {
            assert!(!dump.contains(&encoded), "{text} stands in the database as {encoded}");
        }
    }
}

#[tokio::test]
async fn the_same_number_or_name_looks_different_in_every_book() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    for owner in [&ana, &ben] {
        owner.imports(&[("Mum", "+12125550101"), ("Mum", "+12125550102")]).await.expect(200);
    }
    let db = app.app.db().pooled().await.expect("a connection");
    let sql = "select count(distinct contact_name), count(distinct contact_phone_number_envelope) from contacts";
    let row = db.query_one(sql, &[]).await.expect("a row");
    assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (4, 4));
}

#[tokio::test]
async fn a_row_moved_to_another_owner_or_entry_does_not_open() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.imports(&[("Mum", "+12125550101")]).await.expect(200);
    ben.imports(&[("Boss", "+12125550102")]).await.expect(200);
    let db = app.app.db().pooled().await.expect("a connection");
    let sql = "update contacts b set contact_name = a.contact_name from contacts a
        where a.user_id <> b.user_id and b.user_id = $1";
    let ben_id: uuid::Uuid = ben.user_id.parse().expect("an id");
    assert_eq!(db.execute(sql, &[&ben_id]).await.expect("the update"), 1);
    ben.get("/v1/contacts").await.expect_problem(500, "internal");
    assert_eq!(ana.contacts().await.len(), 1);
}
