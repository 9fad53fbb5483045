//! The master key is made once, is never replaced, and belongs to its database.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use kith::{config::Config, start};
use kith_testkit::postgres::TestDatabase;
use kith_types::random::SystemRandom;
use tempfile::TempDir;

fn config(directory: &Path) -> Config {
    let mut config = Config::defaults().unwrap();
    directory.clone_into(&mut config.data_dir);
    config
}

fn with_database(directory: &Path, database: &TestDatabase) -> Config {
    let mut config = config(directory);
    config.database.url = Some(database.connection().to_string().into());
    config
}

#[test]
fn of_many_that_start_together_all_have_the_one_key() {
    let directory = TempDir::new().unwrap();
    let config = config(directory.path());
    let ids: Vec<_> = std::thread::scope(|scope| {
        let make = || start::make_keys(&config, &SystemRandom).unwrap().ids();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(make)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|each| *each == ids[0]), "{ids:?}");
    let files: Vec<_> =
        fs::read_dir(directory.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["master.key"]);
    let mode = fs::metadata(directory.path().join("master.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_damaged_key_is_told_and_left_alone() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("master.key");
    fs::write(&path, "not a key").unwrap();
    let error = start::present_keys(&config(directory.path())).err().unwrap();
    assert!(format!("{error:#}").contains("master.key is not usable"), "{error:#}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "not a key");
}

#[tokio::test]
async fn a_database_is_opened_only_with_the_key_that_it_was_written_with() {
    let database = TestDatabase::create().await.unwrap();
    let [home, other] = [(); 2].map(|()| TempDir::new().unwrap());
    let starting = async |directory: &Path| {
        start::start(with_database(directory, &database)).await.map(start::Started::stop)
    };
    for _ in 0..2 {
        starting(home.path()).await.unwrap().await.unwrap();
    }

    start::make_keys(&config(other.path()), &SystemRandom).unwrap();
    let refused = starting(other.path()).await.err().unwrap().to_string();
    assert!(refused.contains("written with another master key"), "{refused}");
    assert!(refused.contains("put that key back"), "{refused}");

    // Without any key none is made: it would hide that the right one is lost.
    let key = home.path().join("master.key");
    let kept = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    let refused = starting(home.path()).await.err().unwrap().to_string();
    assert!(refused.contains("is missing: put that file back"), "{refused}");
    assert!(!key.exists());
    fs::write(&key, kept).unwrap();
    starting(home.path()).await.unwrap().await.unwrap();
}
