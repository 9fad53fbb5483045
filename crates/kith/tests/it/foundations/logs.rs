//! Logs: what is wanted is told, and never the parameters of statements.

use std::process::Command;

use kith_testkit::postgres::TestDatabase;

#[tokio::test]
async fn the_driver_of_the_database_is_silent_even_when_everything_is_wanted() {
    let database = TestDatabase::create().await.unwrap();
    let directory = tempfile::tempdir().unwrap();
    for wanted in ["trace", "trace,tokio_postgres=trace,tokio_postgres::query=trace"] {
        let output = Command::new(env!("CARGO_BIN_EXE_kith"))
            .arg("migrate")
            .env("KITH_LOG", wanted)
            .env("NO_COLOR", "1")
            .env("KITH_DATA_DIR", directory.path())
            .env("KITH_DATABASE__URL", database.connection().to_string())
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{told}");
        // Unless something is wanted, even this is not told.
        assert!(told.contains("INFO tokio_postgres"), "{told}");
        let is_fine = |line: &&str| line.contains("DEBUG") || line.contains("TRACE");
        let driver: Vec<_> =
            told.lines().filter(is_fine).filter(|line| line.contains("tokio_postgres")).collect();
        assert!(driver.is_empty(), "{driver:?}");
    }
}
