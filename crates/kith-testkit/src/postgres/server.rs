//! The server that all test processes of one user share, as long as their migrations are the same.
//! The first one starts it; a small watcher stops it and removes its files when nobody has used it
//! for a while. Both are told apart by file locks, which the system releases when a process dies.

use std::{
    env,
    fs::{self, DirBuilder, File, OpenOptions},
    os::unix::{
        fs::{DirBuilderExt, MetadataExt},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, ensure};
use kith_postgres::{Connection, EmbeddedConfig, OWNER_ROLE};
use tokio_postgres::Client;

use super::connect;

/// Every test holds a few connections, and several test processes may run.
const MAX_CONNECTIONS: &str = "400";
/// Long enough that the next test program of a run finds the server still there.
const IDLE_SECONDS: &str = "30";

/// Waits until no process holds the shared lock, and for a while more; then stops the server and
/// removes the directory while it holds the lock alone, so that newcomers wait and begin anew.
const WATCHER: &str = r#"
directory=$1 idle=$2
while :; do
    flock --exclusive "$directory/users" true || exit
    sleep "$idle"
    flock --exclusive --nonblock "$directory/users" sh -c '
        lock=$1/postgres/data/postmaster.pid
        if [ -e "$lock" ]; then
            server=$(sed -n 1p "$lock") socket=$(sed -n 5p "$lock")
            kill -INT "$server"
            while [ -e "$lock" ] && kill -0 "$server"; do sleep 0.1; done
            rmdir "$socket"
        fi
        rm -rf "$1"
    ' sh "$directory" && exit
done
"#;

pub(super) struct SharedServer {
    connection: Connection,
    directory: PathBuf,
    /// Tells the watcher that the server is in use.
    _user: File,
}

/// The name of the migrated database that tests clone.
pub(super) fn template_name() -> String {
    format!("template_{:016x}", kith_sql::fingerprint())
}

/// Finds the shared server, or starts it. Blocks.
pub(super) fn join() -> anyhow::Result<SharedServer> {
    let directory = directory()?;
    let user = use_directory(&directory)?;
    let starting = lock_exclusively(&directory.join("starting"))?;
    let cluster = directory.join("postgres");
    let connection = match kith_postgres::attach(&cluster) {
        Some(connection) => connection,
        None => start(&directory, &cluster)?,
    };
    drop(starting);
    Ok(SharedServer { connection, directory, _user: user })
}

impl SharedServer {
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Makes the template once, under a lock, in a database that gets its name when it is complete.
    pub async fn ensure_template(&self, superuser: &Client) -> anyhow::Result<()> {
        let _building = lock_exclusively(&self.directory.join("building"))?;
        let template = template_name();
        let exists = "select exists (select from pg_database where datname = $1)";
        if superuser.query_one(exists, &[&template]).await?.get(0) {
            return Ok(());
        }
        superuser.batch_execute("drop database if exists building").await?;
        superuser.batch_execute(&format!("create database building owner {OWNER_ROLE}")).await?;
        let mut client = connect(&self.connection.with_database("building")).await?;
        kith_sql::migrate_primary(&mut client).await.context("migrate the template")?;
        kith_sql::migrate_secondary(&mut client).await.context("migrate the template")?;
        drop(client);
        let queue = self.connection.with_database("building").to_string();
        kith::jobs::migrate(&queue, None).await.context("migrate the template's job queue")?;
        end_sessions(superuser, "building").await?;
        superuser.batch_execute(&format!("alter database building rename to {template}")).await?;
        // Nobody may connect: a template with a session cannot be cloned.
        superuser
            .batch_execute(&format!("alter database {template} allow_connections false"))
            .await?;
        Ok(())
    }
}

/// A closed connection's session ends a moment later; a database with one cannot be renamed.
async fn end_sessions(superuser: &Client, database: &str) -> anyhow::Result<()> {
    let end = "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1";
    superuser.query(end, &[&database]).await?;
    Ok(())
}

fn directory() -> anyhow::Result<PathBuf> {
    let user = rustix::process::geteuid().as_raw();
    let name = format!("kith-test-{user}-{:016x}", kith_sql::fingerprint());
    let directory = env::temp_dir().join(name);
    match DirBuilder::new().mode(0o711).create(&directory) {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => Err(e).context("create")?,
        _ => {}
    }
    let owner = fs::symlink_metadata(&directory)?.uid();
    ensure!(owner == user, "{} belongs to another user; remove it", directory.display());
    Ok(directory)
}

/// Takes a place among the users of the directory; anew when the watcher removed it meanwhile.
fn use_directory(directory: &Path) -> anyhow::Result<File> {
    loop {
        let path = directory.join("users");
        DirBuilder::new().mode(0o711).recursive(true).create(directory)?;
        let file = open(&path)?;
        file.lock_shared()?;
        let is_current =
            fs::metadata(&path).is_ok_and(|m| file.metadata().is_ok_and(|f| f.ino() == m.ino()));
        if is_current {
            return Ok(file);
        }
    }
}

fn start(directory: &Path, cluster: &Path) -> anyhow::Result<Connection> {
    watch(directory)?;
    let config = EmbeddedConfig::disposable(cluster)
        .with_setting("max_connections", MAX_CONNECTIONS)
        .with_setting("autovacuum", "off");
    let running = kith_postgres::start(&config)?;
    let connection = running.connection().clone();
    running.leave_running();
    Ok(connection)
}

fn watch(directory: &Path) -> anyhow::Result<()> {
    Command::new("sh")
        .args(["-c", WATCHER, "sh"])
        .arg(directory)
        .arg(IDLE_SECONDS)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .current_dir("/")
        .process_group(0)
        .spawn()
        .context("start the watcher of the test server")?;
    Ok(())
}

fn lock_exclusively(path: &Path) -> anyhow::Result<File> {
    let file = open(path)?;
    file.lock()?;
    Ok(file)
}

fn open(path: &Path) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true).open(path).with_context(|| format!("open {}", path.display()))
}
