//! Start, attach, stop: the order of things. The steps themselves live in the other modules.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    account::Account,
    cluster,
    config::EmbeddedConfig,
    connection::Connection,
    error::{Error, IoContext},
    postmaster::{PidFile, Postmaster, Status, any_process_in, clear_stale_pid_file},
    programs::Programs,
    settings::{self, log_path},
    socket,
};

/// The server tells its state in a file only, so waiting means looking again.
const POLL_INTERVAL: Duration = Duration::from_millis(5);
/// A fast shutdown ends with a checkpoint, which on a slow disk takes a while.
const STOP_TIMEOUT: Duration = Duration::from_mins(1);
/// A server that was killed a moment ago still looks alive; it has ended after this.
const ADOPTION_DOUBT: Duration = Duration::from_millis(50);
const KILL_TIMEOUT: Duration = Duration::from_secs(10);
/// A log that has grown past this is set aside at the next start; one old log is kept.
const MAX_LOG_BYTES: u64 = 4 * 1024 * 1024;
const LOG_TAIL_LINES: usize = 12;

/// A server that this process owns: nobody else starts or stops it meanwhile. Dropped without
/// `stop` or `leave_running`, it is stopped without a word about failures.
pub struct Running {
    connection: Connection,
    log: PathBuf,
    server: Option<Server>,
    /// Held as long as this process owns the directory; the system releases it when it dies.
    _lock: File,
}

struct Server {
    postmaster: Postmaster,
    /// `None` when the server was started by an earlier process.
    child: Option<Child>,
    socket_directory: PathBuf,
}

impl Running {
    /// How to reach the server as the owner of Kith's data.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The server's process, for tests and messages.
    pub fn process_id(&self) -> Option<u32> {
        self.server.as_ref().map(|server| server.postmaster.pid)
    }

    /// Stops the server: sessions are ended, everything is written.
    pub fn stop(mut self) -> Result<(), Error> {
        self.server.take().map_or(Ok(()), |server| server.stop(&self.log))
    }

    /// Gives the server up without stopping it; the next `start` adopts it.
    pub fn leave_running(mut self) {
        self.server = None;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(server) = self.server.take()
            && let Err(error) = server.stop(&self.log)
        {
            tracing::warn!(%error, "the private database was not stopped");
        }
    }
}

/// Starts the server of `config.directory`, or takes over the one that outlived its owner, and
/// returns when it accepts connections.
pub fn start(config: &EmbeddedConfig) -> Result<Running, Error> {
    let directory = prepare_directory(&config.directory)?;
    let lock = lock(&directory)?;
    let data = data_path(&directory);
    let deadline = Instant::now() + config.start_timeout;
    let log = log_path(&directory);
    let mut server = match adopt(&data, deadline)? {
        Some(server) => server,
        None => launch(config, &directory, &data)?,
    };
    if let Err(error) = server.wait_until_ready(&data, deadline, &log) {
        let _ = server.stop(&log);
        return Err(error);
    }
    let connection = Connection::owner(server.socket_directory.clone());
    Ok(Running { connection, log, server: Some(server), _lock: lock })
}

/// How to reach the server of `directory` if it accepts connections now, whoever owns it.
pub fn attach(directory: &Path) -> Option<Connection> {
    let data = data_path(directory);
    let file = PidFile::read(&data)?;
    Postmaster::find(file.pid, &data)?;
    (file.status == Status::Ready).then(|| Connection::owner(file.socket_directory))
}

/// The major version of the installed programs that `start` would run in `directory`.
pub fn installed_version(directory: &Path) -> Result<u32, Error> {
    Programs::for_cluster(&data_path(directory)).map(|programs| programs.version)
}

fn data_path(directory: &Path) -> PathBuf {
    directory.join("data")
}

/// Creates the directory, closed to others, and returns its absolute path.
fn prepare_directory(directory: &Path) -> Result<PathBuf, Error> {
    if let Some(parent) = directory.parent() {
        fs::create_dir_all(parent).context("create", parent)?;
    }
    match DirBuilder::new().mode(0o700).create(directory) {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => {
            return Err(e).context("create", directory);
        }
        _ => {}
    }
    directory.canonicalize().context("find", directory)
}

/// A process that is being started holds a copy of its parent's locks for a moment, also when that one has let go.
const LOCK_DOUBT: Duration = Duration::from_secs(1);

fn lock(directory: &Path) -> Result<File, Error> {
    let path = directory.join("kith.lock");
    let mut options = OpenOptions::new();
    let file = options.create(true).append(true).mode(0o600).open(&path).context("open", &path)?;
    let deadline = Instant::now() + LOCK_DOUBT;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => look_again_soon(),
            Err(TryLockError::WouldBlock) => {
                return Err(Error::InUse { directory: directory.to_owned() });
            }
            Err(TryLockError::Error(e)) => return Err(e).context("lock", &path),
        }
    }
}

/// The live server of the cluster, if there is one that stays. Waits for one that is stopping, and
/// for the children of one that was killed: until they have gone no other may write there.
fn adopt(data: &Path, deadline: Instant) -> Result<Option<Server>, Error> {
    loop {
        let file = PidFile::read(data);
        let live = file.as_ref().and_then(|file| Postmaster::find(file.pid, data));
        match (file, live) {
            (Some(file), Some(postmaster))
                if file.status != Status::Stopping && !postmaster.ends_within(ADOPTION_DOUBT) =>
            {
                tracing::info!(pid = file.pid, "adopted the private database of an earlier run");
                let socket_directory = file.socket_directory;
                return Ok(Some(Server { postmaster, child: None, socket_directory }));
            }
            (file, None) if !any_process_in(data) => {
                if let Some(file) = file {
                    socket::remove(&file.socket_directory);
                }
                clear_stale_pid_file(data).context("remove the lock of", data)?;
                return Ok(None);
            }
            (file, _) if Instant::now() > deadline => {
                let pid = file.map_or(0, |file| file.pid);
                return Err(timeout("end", pid, STOP_TIMEOUT, &data.with_file_name("server.log")));
            }
            _ => look_again_soon(),
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the system does not tell when a foreign process ends"
)]
fn look_again_soon() {
    thread::sleep(POLL_INTERVAL);
}

fn launch(config: &EmbeddedConfig, directory: &Path, data: &Path) -> Result<Server, Error> {
    let programs = Programs::for_cluster(data)?;
    let postgres = programs.path("postgres");
    let account = Account::choose(directory, &postgres)?;
    account.claim(directory)?;
    if !data.join("PG_VERSION").exists() {
        cluster::initialise(&programs, account, config.durability, data)?;
    }
    let socket_directory = socket::create(account)?;
    let spawned = settings::write(config, account, data, &socket_directory).and_then(|()| {
        let log = open_log(directory)?;
        let errors = log.try_clone().context("open", directory)?;
        let mut command = account.command(&postgres);
        command.arg("-D").arg(data).stdin(Stdio::null()).stdout(log).stderr(errors);
        command.spawn().context("run", &postgres)
    });
    let child = spawned.inspect_err(|_| socket::remove(&socket_directory))?;
    let postmaster = Postmaster::started(child.id()).context("watch", &postgres)?;
    Ok(Server { postmaster, child: Some(child), socket_directory })
}

/// Opens the log for appending; sets a long one aside first.
fn open_log(directory: &Path) -> Result<File, Error> {
    let path = log_path(directory);
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > MAX_LOG_BYTES) {
        fs::rename(&path, path.with_extension("log.1")).context("rename", &path)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true).mode(0o600).open(&path).context("open", &path)
}

impl Server {
    fn wait_until_ready(
        &mut self,
        data: &Path,
        deadline: Instant,
        log: &Path,
    ) -> Result<(), Error> {
        let pid = self.postmaster.pid;
        let started = Instant::now();
        loop {
            if let Some(file) = PidFile::read(data)
                && file.pid == pid
                && file.status == Status::Ready
            {
                self.socket_directory = file.socket_directory;
                return Ok(());
            }
            if self.postmaster.ends_within(POLL_INTERVAL) {
                return Err(Error::Start { log: log.to_owned(), tail: tail(log) });
            }
            if Instant::now() > deadline {
                return Err(timeout("start", pid, started.elapsed(), log));
            }
        }
    }

    fn stop(mut self, log: &Path) -> Result<(), Error> {
        self.postmaster.stop_fast();
        let stopped = self.postmaster.ends_within(STOP_TIMEOUT);
        if !stopped {
            self.postmaster.stop_immediately();
        }
        if !stopped && !self.postmaster.ends_within(KILL_TIMEOUT) {
            let pid = self.postmaster.pid;
            return Err(timeout("stop", pid, STOP_TIMEOUT + KILL_TIMEOUT, log));
        }
        if let Some(child) = &mut self.child {
            let _ = child.wait();
        }
        socket::remove(&self.socket_directory);
        Ok(())
    }
}

fn tail(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LOG_TAIL_LINES)..].join("\n")
}

fn timeout(what: &'static str, pid: u32, allowed: Duration, log: &Path) -> Error {
    Error::Timeout { what, pid, seconds: allowed.as_secs(), log: log.to_owned() }
}
