//! What operators type: `kith doctor`, `kith config`, `kith admin`.

use std::{
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use kith::{
    cli::doctor::{self, Finding, Verdict},
    config::{Config, Environment},
};
use kith_testkit::{TestApp, postgres::TestDatabase};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kith");

fn write_key(path: &Path, text: &str, mode: u32) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Settings of an instance that has nothing wrong with it.
fn sound(database: &TestDatabase, directory: &Path) -> Config {
    let mut config = Config::defaults().unwrap();
    directory.clone_into(&mut config.data_dir);
    config.database.url = Some(database.connection().to_string().into());
    config.media.program = Some(PathBuf::from(PROGRAM));
    write_key(&directory.join("master.key"), &"07".repeat(32), 0o600);
    config
}

async fn found(config: &Config, subject: &str) -> Finding {
    let mut findings = doctor::examine(config).await;
    findings.retain(|finding| finding.subject == subject && finding.verdict != Verdict::Ok);
    findings.pop().unwrap_or_else(|| panic!("nothing is amiss with {subject}"))
}

#[tokio::test]
async fn a_sound_instance_has_nothing_amiss_and_is_left_as_it_was() {
    let (database, directory) =
        (TestDatabase::create().await.unwrap(), tempfile::tempdir().unwrap());
    let findings = doctor::examine(&sound(&database, directory.path())).await;
    // How much room the machine has, and whether its kernel has Landlock, is not ours to promise.
    let machine = |finding: &Finding| {
        finding.subject == "disk"
            || (finding.subject == "media" && finding.verdict == Verdict::Warn)
    };
    let amiss: Vec<_> = findings
        .iter()
        .filter(|finding| finding.verdict != Verdict::Ok && !machine(finding))
        .collect();
    assert!(amiss.is_empty(), "{amiss:#?}");
    for subject in ["settings", "secrets", "database", "clock", "schema", "storage", "media"] {
        assert!(findings.iter().any(|finding| finding.subject == subject), "{subject}");
    }
    let media = findings.iter().find(|finding| finding.subject == "media").unwrap();
    assert!(media.text.contains("seccomp") && media.text.contains("Landlock"), "{media}");
    let photos = std::fs::read_dir(directory.path().join("photos/doctor"));
    assert_eq!(photos.map_or(0, Iterator::count), 0, "the object is gone again");
}

/// Each thing broken by itself is found, with what to do.
#[tokio::test]
async fn every_fault_is_found_and_says_what_to_do() {
    let (database, directory) =
        (TestDatabase::create().await.unwrap(), tempfile::tempdir().unwrap());
    let empty = TestDatabase::create_empty().await.unwrap();
    let sound = sound(&database, directory.path());
    let file = directory.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();

    let mut config = sound.clone();
    config.database.url = Some(format!("postgres://kith:hunter2@{closed}/kith").into());
    let finding = found(&config, "database").await;
    assert!(finding.verdict == Verdict::Fail && finding.text.contains("database.url"));
    assert!(!finding.text.contains("hunter2"), "{finding}");

    let mut config = sound.clone();
    config.database.url = Some(empty.connection().to_string().into());
    let finding = found(&config, "schema").await;
    assert!(finding.verdict == Verdict::Warn && finding.text.contains("kith migrate"));

    let mut config = sound.clone();
    config.storage.url = Some(format!("file:{}", file.display()));
    assert_eq!(found(&config, "storage").await.verdict, Verdict::Fail);

    let mut config = sound.clone();
    config.media.program = Some(file.clone());
    assert!(found(&config, "media").await.text.contains("media.program"));

    let mut config = sound.clone();
    config.redis.url = Some(format!("redis://:hunter2@{closed}").into());
    let finding = found(&config, "bus").await;
    assert!(finding.verdict == Verdict::Fail && !finding.text.contains("hunter2"), "{finding}");

    let mut config = sound.clone();
    config.data_dir = file.join("below");
    assert_eq!(found(&config, "disk").await.verdict, Verdict::Fail);

    let mut config = sound.clone();
    config.environment = Some(Environment::Production);
    assert!(found(&config, "messages").await.text.contains("sms.providers"));
    config.data_dir = directory.path().join("elsewhere");
    assert!(found(&config, "secrets").await.text.contains("secrets.master_key_file"));

    let mut config = sound;
    let key = directory.path().join("key");
    config.secrets.master_key_file = Some(key.clone());
    for (text, mode, advice) in [
        ("07".repeat(32), 0o640, "chmod 600"),
        ("short".to_owned(), 0o600, "64 hexadecimal digits"),
    ] {
        write_key(&key, &text, mode);
        let finding = found(&config, "secrets").await;
        assert!(finding.text.contains(advice), "{finding}");
    }
}

/// The program with the settings of a test instance and nothing else in its environment.
fn kith(database: &TestDatabase, directory: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_clear().current_dir(directory);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("KITH_DATA_DIR", directory);
    command.env("KITH_DATABASE__URL", database.connection().to_string());
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn the_doctor_ends_with_an_error_where_something_fails() {
    let (database, directory) =
        (TestDatabase::create().await.unwrap(), tempfile::tempdir().unwrap());
    write_key(&directory.path().join("master.key"), &"07".repeat(32), 0o644);
    let ended = kith(&database, directory.path(), &["doctor"]);
    assert_eq!(ended.status.code(), Some(1));
    let shown = text(&ended.stdout);
    assert!(shown.lines().any(|line| line.starts_with("fail  secrets")), "{shown}");
    assert!(shown.lines().any(|line| line.starts_with("ok    database")), "{shown}");
    assert!(text(&ended.stderr).contains("checks failed"), "{}", text(&ended.stderr));
}

#[tokio::test]
async fn the_settings_in_effect_are_printed_without_secrets() {
    let (database, directory) =
        (TestDatabase::create().await.unwrap(), tempfile::tempdir().unwrap());
    let ended = kith(&database, directory.path(), &["config"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let shown = text(&ended.stdout);
    for line in [
        "environment = \"development\"",
        "[database]",
        "url = \"[redacted]\"",
        "profile = \"relaxed\"",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line} is missing in:\n{shown}");
    }
    assert!(!shown.contains(&database.connection().database), "{shown}");
    // What it prints can be read again as a file of settings.
    let file = directory.path().join("kith.toml");
    std::fs::write(&file, &shown).unwrap();
    Config::load(Some(&file)).unwrap();
}

/// What a refused statement quotes of a row is a person's, and no operator's.
#[tokio::test]
async fn a_failed_migration_names_the_constraint_and_no_value() {
    let (database, directory) =
        (TestDatabase::create_empty().await.unwrap(), tempfile::tempdir().unwrap());
    let history = "create table schema_history (version int4 primary key, name varchar(255),
        applied_on varchar(255), checksum varchar(255),
        constraint schema_history_name_check check (name <> 'people'))";
    database.client().await.unwrap().batch_execute(history).await.unwrap();
    let ended = kith(&database, directory.path(), &["migrate"]);
    assert_eq!(ended.status.code(), Some(1));
    let told = text(&ended.stderr);
    assert!(told.contains("23514") && told.contains("schema_history_name_check"), "{told}");
    assert!(!told.contains("DETAIL") && !told.contains("Failing row"), "{told}");
}

#[tokio::test]
async fn what_looks_at_an_instance_makes_no_key() {
    let app = TestApp::start().await;
    let directory = tempfile::tempdir().unwrap();
    let key = directory.path().join("master.key");
    let sql = app.sql().await;
    let role = ["admin", "role", "--username", "ana", "--role", "admin"];
    for (recorded, told) in
        [(false, "nobody has signed in"), (true, "is missing: put that file back")]
    {
        if recorded {
            let record =
                "insert into master_keys (key_id, first_used_at) values ('01234567', now())";
            sql.batch_execute(record).await.unwrap();
        }
        let ended = kith(&app.database, directory.path(), &["doctor"]);
        let shown = text(&ended.stdout);
        assert_eq!(shown.lines().any(|line| line.starts_with("fail  key")), recorded, "{shown}");
        let ended = kith(&app.database, directory.path(), &role);
        assert!(text(&ended.stderr).contains(told), "{}", text(&ended.stderr));
        assert!(!key.exists());
    }
}

#[tokio::test]
async fn an_operator_gives_an_account_a_role() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let directory = tempfile::tempdir().unwrap();
    // The key of the test application, else the number cannot be found.
    write_key(&directory.path().join("master.key"), &"07".repeat(32), 0o600);
    let set = |arguments: &[&str]| {
        let arguments = [&["admin", "role"], arguments].concat();
        kith(&app.database, directory.path(), &arguments)
    };
    let ended = set(&["--phone", &ana.phone, "--role", "moderator"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    assert_eq!(ana.get("/v1/me").await.expect(200).text("/role"), "moderator");
    let ended = set(&["--username", "Ana", "--role", "admin"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    assert_eq!(ana.get("/v1/me").await.expect(200).text("/role"), "admin");
    let logged =
        "select details ->> 'role' from audit_log where kind = 'role-changed' order by created_at";
    let rows = app.sql().await.query(logged, &[]).await.unwrap();
    let roles: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(roles, ["moderator", "admin"]);
    let told = ana.has_notifications(2).await;
    assert_eq!(told[0]["content"], "Whoever runs this server changed what your account may do");

    let ended = set(&["--phone", "+14155559999", "--role", "admin"]);
    assert_eq!(ended.status.code(), Some(1));
    assert!(text(&ended.stderr).contains("no such account"), "{}", text(&ended.stderr));
    assert!(!set(&["--role", "admin"]).status.success(), "nobody is named");
}
