//! What can go wrong, each with what the person can do about it.

use std::{io, path::PathBuf};

/// A failure to start, attach to or stop the private server.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No usable server programs are installed.
    #[error(
        "no PostgreSQL server programs of version {minimum} or newer were found on PATH or under {searched}; \
         install the package `postgresql` (Debian, Ubuntu) or `postgresql-server` (Fedora), \
         or set database.url to a server that runs already"
    )]
    ProgramsMissing {
        /// The oldest major version that Kith supports.
        minimum: u32,
        /// Where it looked beside PATH.
        searched: String,
    },
    /// The data was written by a major version whose programs are gone.
    #[error(
        "the data in {directory} was written by PostgreSQL {wanted}, but only version {found} is installed; \
         install the package `postgresql-{wanted}`, or move the data over with pg_upgrade"
    )]
    VersionMissing {
        /// The server's directory.
        directory: PathBuf,
        /// The major version that wrote the data.
        wanted: u32,
        /// The major versions that are installed.
        found: String,
    },
    /// Another Kith holds the directory.
    #[error("another kith runs on {directory}; stop it first, or choose another data directory")]
    InUse {
        /// The server's directory.
        directory: PathBuf,
    },
    /// PostgreSQL refuses to run as root, and no other way was open.
    #[error(
        "PostgreSQL cannot run as root, the account `postgres` cannot enter {directory}, and this system allows no \
         user namespace ({reason}); run kith as another user, or let `postgres` pass the parent directories (chmod o+x)"
    )]
    NoAccount {
        /// The server's directory.
        directory: PathBuf,
        /// Why the user namespace failed.
        reason: String,
    },
    /// One of PostgreSQL's programs failed.
    #[error("{program} failed: {output}")]
    Program {
        /// The program's name.
        program: &'static str,
        /// What it printed.
        output: String,
    },
    /// The server ended while it started.
    #[error("PostgreSQL did not start; the end of {log}:\n{tail}")]
    Start {
        /// The server's log.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },
    /// The server neither started, stopped nor ended in time.
    #[error("PostgreSQL (process {pid}) did not {what} within {seconds} s; see {log}")]
    Timeout {
        /// What was waited for.
        what: &'static str,
        /// The process.
        pid: u32,
        /// How long was waited.
        seconds: u64,
        /// The server's log.
        log: PathBuf,
    },
    /// A file or system call failed.
    #[error("cannot {action} {path}: {source}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which path.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
}

/// Adds what was tried, and on which path, to an input or output error.
pub(crate) trait IoContext<T> {
    /// Says that `action` failed on `path`.
    fn context(self, action: &'static str, path: impl Into<PathBuf>) -> Result<T, Error>;
}

impl<T, E: Into<io::Error>> IoContext<T> for Result<T, E> {
    fn context(self, action: &'static str, path: impl Into<PathBuf>) -> Result<T, Error> {
        self.map_err(|source| Error::Io { action, path: path.into(), source: source.into() })
    }
}
