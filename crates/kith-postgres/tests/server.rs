//! The private server on real programs: every way its owner, its directory or itself can fail.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "a test's runtime ends with the test")]

use std::{
    fs::{self, Permissions},
    io::{BufRead, BufReader, Read},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use kith_postgres::{Connection, EmbeddedConfig, Error, attach, start};
use rustix::process::{Pid, Signal, getpgid, kill_process, kill_process_group};
use tempfile::TempDir;
use tokio_postgres::NoTls;

/// A folder that every account may pass, with the server's directory to be made inside.
fn scratch() -> TempDir {
    scratch_with_mode(0o755)
}

fn scratch_with_mode(mode: u32) -> TempDir {
    tempfile::Builder::new().permissions(Permissions::from_mode(mode)).tempdir().unwrap()
}

fn config(scratch: &TempDir) -> EmbeddedConfig {
    EmbeddedConfig::disposable(scratch.path().join("postgres"))
}

fn runs_as_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Runs `statements` and returns the first column of the last row.
fn query(connection: &Connection, statements: &str) -> Option<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, driver) =
            tokio_postgres::connect(&connection.to_string(), NoTls).await.unwrap();
        tokio::spawn(driver);
        let messages = client.simple_query(statements).await.unwrap();
        messages.iter().rev().find_map(|message| match message {
            tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        })
    })
}

fn pid(number: u32) -> Pid {
    Pid::from_raw(i32::try_from(number).unwrap()).unwrap()
}

/// The account of a process, as the system outside any namespace sees it.
fn account_of(process: u32) -> u32 {
    fs::metadata(format!("/proc/{process}")).unwrap().uid()
}

#[test]
fn data_is_kept_over_a_restart() {
    let scratch = scratch();
    let config = EmbeddedConfig::new(scratch.path().join("postgres"));
    let running = start(&config).unwrap();
    query(running.connection(), "create table kept (word text); insert into kept values ('here')");
    running.stop().unwrap();
    assert!(attach(&config.directory).is_none(), "stopped means stopped");

    let running = start(&config).unwrap();
    let connection = running.connection();
    assert_eq!(query(connection, "select word from kept").as_deref(), Some("here"));
    running.stop().unwrap();
}

#[test]
fn a_new_server_is_closed_to_the_world_and_sound() {
    let scratch = scratch();
    let running = start(&config(&scratch)).unwrap();
    let connection = running.connection();
    let shows = |name: &str| query(&connection.superuser(), &format!("show {name}")).unwrap();
    assert_eq!(shows("listen_addresses"), "");
    assert_eq!(shows("data_checksums"), "on");
    assert_eq!(shows("server_encoding"), "UTF8");
    assert_eq!(shows("log_min_error_statement"), "panic");
    assert_eq!(fs::metadata(&connection.host).unwrap().mode() & 0o777, 0o700);
    assert_eq!(query(connection, "select lower('ÄÉ')").as_deref(), Some("äé"));
    let superuser = "select rolsuper::text from pg_roles where rolname = current_user";
    assert_eq!(query(connection, superuser).as_deref(), Some("false"));
    let socket_directory = connection.host.clone();
    running.stop().unwrap();
    assert!(!socket_directory.exists(), "nothing is left behind");
}

#[test]
fn a_path_longer_than_a_socket_allows_works() {
    let scratch = scratch();
    let directory = scratch.path().join("d".repeat(75)).join("e".repeat(75));
    assert!(directory.as_os_str().len() > 150);
    let running = start(&EmbeddedConfig::disposable(&directory)).unwrap();
    assert_eq!(query(running.connection(), "select 1").as_deref(), Some("1"));
    running.stop().unwrap();
}

#[test]
fn a_root_owner_hands_the_server_to_an_account_without_rights() {
    if !runs_as_root() {
        return eprintln!("skipped: only root has an account to hand the server to");
    }
    let scratch = scratch();
    let running = start(&config(&scratch)).unwrap();
    let account = account_of(running.process_id().unwrap());
    assert_ne!(account, 0);
    assert_eq!(fs::metadata(scratch.path().join("postgres/data")).unwrap().uid(), account);
    assert_eq!(query(running.connection(), "select 1").as_deref(), Some("1"));
    running.stop().unwrap();
}

#[test]
fn a_parent_that_shuts_that_account_out_is_no_hindrance() {
    if !runs_as_root() {
        return eprintln!("skipped: only root needs another account");
    }
    let scratch = scratch_with_mode(0o700);
    let running = start(&config(&scratch)).unwrap();
    let process = running.process_id().unwrap();
    let namespace = |process: &str| fs::read_link(format!("/proc/{process}/ns/user")).unwrap();
    assert_ne!(namespace(&process.to_string()), namespace("self"));
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let rights = status.lines().find_map(|line| line.strip_prefix("CapEff:")).unwrap();
    assert_eq!(rights.trim().trim_start_matches('0'), "", "no capabilities, not even in there");
    query(running.connection(), "create table kept (word text); insert into kept values ('here')");
    running.stop().unwrap();

    // Opened later, the same data goes to the account without rights, and back again.
    for (mode, account_is_root) in [(0o755, false), (0o700, true)] {
        fs::set_permissions(scratch.path(), Permissions::from_mode(mode)).unwrap();
        let running = start(&config(&scratch)).unwrap();
        assert_eq!(account_of(running.process_id().unwrap()) == 0, account_is_root);
        let word = query(running.connection(), "select word from kept");
        assert_eq!(word.as_deref(), Some("here"));
        running.stop().unwrap();
    }
}

#[test]
fn only_one_owner_at_a_time_and_others_may_attach() {
    let scratch = scratch();
    let config = config(&scratch);
    let running = start(&config).unwrap();
    assert!(matches!(start(&config), Err(Error::InUse { .. })));
    let attached = attach(&config.directory).unwrap();
    assert_eq!(&attached, running.connection());
    assert_eq!(query(&attached, "select 1").as_deref(), Some("1"));
    running.stop().unwrap();
}

#[test]
fn the_server_of_a_killed_owner_is_adopted() {
    let scratch = scratch();
    let mut owner = Owner::start(&scratch);
    let connection = attach(&config(&scratch).directory).unwrap();
    query(&connection, "create table kept (word text); insert into kept values ('here')");
    owner.child.kill().unwrap();
    owner.child.wait().unwrap();

    let running = start(&config(&scratch)).unwrap();
    assert_eq!(running.process_id(), Some(owner.server));
    assert_eq!(query(running.connection(), "select word from kept").as_deref(), Some("here"));
    running.stop().unwrap();
    assert!(!Path::new(&format!("/proc/{}", owner.server)).exists() || is_zombie(owner.server));
}

#[test]
fn ctrl_c_reaches_the_owner_but_not_the_server() {
    let scratch = scratch();
    let mut owner = Owner::start(&scratch);
    let group = pid(owner.child.id());
    assert_eq!(getpgid(Some(group)).unwrap(), group);
    kill_process_group(group, Signal::INT).unwrap();
    owner.child.wait().unwrap();
    let connection = attach(&config(&scratch).directory).unwrap();
    assert_eq!(query(&connection, "select 1").as_deref(), Some("1"));
    start(&config(&scratch)).unwrap().stop().unwrap();
}

#[test]
fn what_a_killed_server_left_is_cleared_away() {
    let scratch = scratch();
    let mut owner = Owner::start(&scratch);
    let connection = attach(&config(&scratch).directory).unwrap();
    query(&connection, "create table kept (word text); insert into kept values ('here')");
    owner.child.kill().unwrap();
    owner.child.wait().unwrap();
    kill_process(pid(owner.server), Signal::KILL).unwrap();

    let running = start(&config(&scratch)).unwrap();
    assert_ne!(running.process_id(), Some(owner.server));
    assert_eq!(query(running.connection(), "select word from kept").as_deref(), Some("here"));
    assert!(!connection.host.exists(), "the dead server's socket directory is gone");
    running.stop().unwrap();
}

#[test]
fn a_lock_that_names_another_program_or_nothing_is_no_hindrance() {
    let scratch = scratch();
    start(&config(&scratch)).unwrap().stop().unwrap();
    let lock = scratch.path().join("postgres/data/postmaster.pid");
    let own = format!("{}\n/data\n1\n5432\n/tmp/kith-none\n\n1 1\nready   \n", std::process::id());
    for content in [own.as_str(), ""] {
        fs::write(&lock, content).unwrap();
        let running = start(&config(&scratch)).unwrap();
        assert_eq!(query(running.connection(), "select 1").as_deref(), Some("1"));
        running.stop().unwrap();
    }
}

#[test]
fn an_interrupted_first_start_is_begun_again() {
    let scratch = scratch();
    let unfinished = scratch.path().join("postgres/data.unfinished");
    fs::create_dir_all(&unfinished).unwrap();
    fs::write(unfinished.join("PG_VERSION"), "15\n").unwrap();
    start(&config(&scratch)).unwrap().stop().unwrap();
    assert!(!unfinished.exists());
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let scratch = scratch();
    let config = config(&scratch).with_setting("max_connections", "none");
    let Err(error) = start(&config) else { panic!("started with nonsense") };
    let written = fs::read_to_string(config.directory.join("data/postgresql.conf")).unwrap();
    let (_, value) = written.split_once("unix_socket_directories = '").unwrap();
    let (socket_directory, _) = value.split_once('\'').unwrap();
    assert!(!Path::new(socket_directory).exists(), "nothing is left behind");
    assert!(error.to_string().contains("max_connections"), "{error}");
}

#[test]
fn data_of_a_version_that_is_not_installed_names_the_package() {
    let scratch = scratch();
    let data = scratch.path().join("postgres/data");
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("PG_VERSION"), "12\n").unwrap();
    let Err(error) = start(&config(&scratch)) else { panic!("started another version's data") };
    assert!(error.to_string().contains("`postgresql-12`"), "{error}");
}

fn is_zombie(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status.contains("State:\tZ")
}

/// Another process that owns the server: this test binary, run with `owner` alone.
struct Owner {
    child: Child,
    server: u32,
}

const OWNER_DIRECTORY: &str = "KITH_TEST_OWNER_DIRECTORY";

impl Owner {
    fn start(scratch: &TempDir) -> Self {
        use std::os::unix::process::CommandExt;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "owner", "--ignored", "--nocapture"])
            .env(OWNER_DIRECTORY, config(scratch).directory)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let server = lines
            .map_while(Result::ok)
            .find_map(|line| line.split_once("server ")?.1.parse().ok())
            .expect("the owner tells its server's process");
        Self { child, server }
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        // Its input ends, so it stops its server.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

#[test]
#[ignore = "a process that other tests start"]
fn owner() {
    let Some(directory) = std::env::var_os(OWNER_DIRECTORY).map(PathBuf::from) else {
        return;
    };
    let mut config = EmbeddedConfig::disposable(directory);
    config.start_timeout = Duration::from_mins(1);
    let running = start(&config).unwrap();
    println!("server {}", running.process_id().unwrap());
    // Until it is killed, or until the process that started it is gone.
    let _ = std::io::stdin().read(&mut [0]);
    drop(running);
}
