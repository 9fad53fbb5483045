//! The directory of the server's socket: short, because a socket's path may hold 107 bytes at
//! most, and closed to every other account. Its name is random and it is made exclusively, so
//! nobody can prepare it; `postmaster.pid` inside the cluster records it.

use std::{
    env,
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use crate::{
    account::Account,
    error::{Error, IoContext},
};

const NAME_PREFIX: &str = "kith-";
const NAME_RANDOM_BYTES: usize = 8;
/// `sun_path` holds 108 bytes with its closing zero (unix(7)).
const MAX_SOCKET_PATH: usize = 107;
/// `/kith-` + random + `/.s.PGSQL.5432`.
const MAX_BASE: usize = MAX_SOCKET_PATH - 1 - NAME_PREFIX.len() - NAME_RANDOM_BYTES - 15;

/// Makes a new socket directory for `account`.
pub(crate) fn create(account: Account) -> Result<PathBuf, Error> {
    let base = base();
    let directory = tempfile::Builder::new()
        .prefix(NAME_PREFIX)
        .rand_bytes(NAME_RANDOM_BYTES)
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(&base)
        .context("create a socket directory in", &base)?;
    account.claim(directory.path())?;
    Ok(directory.keep())
}

/// Removes a socket directory that `create` made. Leaves anything else alone: the path is read from
/// a file that others may have written.
pub(crate) fn remove(directory: &Path) {
    let name = directory.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if !name.starts_with(NAME_PREFIX) || !bases().any(|base| directory.parent() == Some(&base)) {
        return;
    }
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(".s.PGSQL.") {
            let _ = fs::remove_file(entry.path());
        }
    }
    let _ = fs::remove_dir(directory);
}

/// The first usable base; the last one always counts as usable, so that a failure names it.
fn base() -> PathBuf {
    let own = rustix::process::geteuid().as_raw();
    let usable = |base: &PathBuf| {
        let metadata = fs::metadata(base);
        metadata.is_ok_and(|m| m.is_dir() && m.uid() == own) && base.as_os_str().len() <= MAX_BASE
    };
    bases().find(usable).unwrap_or_else(|| PathBuf::from("/tmp"))
}

/// /run for root, the session's run-time directory for others, else /tmp.
fn bases() -> impl Iterator<Item = PathBuf> {
    let session = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let root = rustix::process::geteuid().is_root();
    let run = if root { Some(PathBuf::from("/run")) } else { session };
    run.into_iter().chain([PathBuf::from("/tmp")])
}
