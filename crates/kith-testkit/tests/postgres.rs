//! The databases that tests get: migrated, apart from each other, gone afterwards.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kith_testkit::postgres::TestDatabase;

async fn exists(through: &TestDatabase, database: &str) -> bool {
    let client = through.client().await.unwrap();
    let query = "select exists (select from pg_database where datname = $1)";
    client.query_one(query, &[&database]).await.unwrap().get(0)
}

#[tokio::test]
async fn each_test_has_a_migrated_database_of_its_own() {
    let (one, other) = tokio::join!(TestDatabase::create(), TestDatabase::create());
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_ne!(one.connection(), other.connection());
    one.client().await.unwrap().batch_execute("create table only_here ()").await.unwrap();
    let client = other.client().await.unwrap();
    let tables = "select to_regclass('users') is not null, to_regclass('secondary.notifications') is not null,
        to_regclass('only_here') is not null";
    let row = client.query_one(tables, &[]).await.unwrap();
    let found: [bool; 3] = [row.get(0), row.get(1), row.get(2)];
    assert_eq!(found, [true, true, false]);
}

#[tokio::test]
async fn an_empty_database_has_no_schema() {
    let database = TestDatabase::create_empty().await.unwrap();
    let client = database.client().await.unwrap();
    let count = "select count(*) from information_schema.tables where table_schema = 'public'";
    let tables: i64 = client.query_one(count, &[]).await.unwrap().get(0);
    assert_eq!(tables, 0);
}

#[tokio::test]
async fn a_database_goes_with_its_test() {
    let watching = TestDatabase::create().await.unwrap();
    let database = TestDatabase::create().await.unwrap();
    let name = database.connection().database.clone();
    assert!(exists(&watching, &name).await);
    drop(database);
    // Requests are served in order, so this one comes after the drop.
    TestDatabase::create().await.unwrap();
    assert!(!exists(&watching, &name).await);
}
