//! The doctor looks at settings, secrets and the disk.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use rustix::fs::{Access, access, statvfs};

use super::Finding;
use crate::{
    config::{Config, Environment},
    start,
};

/// Below this many bytes photos soon cannot be stored; below the second PostgreSQL stops.
const SPACE_SHORT: u64 = 5 << 30;
const SPACE_GONE: u64 = 512 << 20;
const MEBIBYTE: u64 = 1 << 20;

/// Settings that could be read have been checked already.
pub fn settings(config: &Config) -> Finding {
    let purpose = match config.environment() {
        Environment::Development => "development: sign-in codes appear on this machine only",
        Environment::Production => "production",
    };
    Finding::ok("settings", format!("{purpose}, at {}", config.public_origin()))
}

/// The master key: there, readable by us alone, well formed.
pub fn secrets(config: &Config) -> Finding {
    const SUBJECT: &str = "secrets";
    let made = config.data_dir.join("master.key");
    let file = match (&config.secrets.master_key, &config.secrets.master_key_file) {
        (Some(_), _) => None,
        (None, Some(path)) => Some(path),
        (None, None) if made.exists() => Some(&made),
        (None, None) if needs_own_key(config) => {
            return Finding::fail(SUBJECT, "there is no master key: set secrets.master_key_file");
        }
        (None, None) => return Finding::ok(SUBJECT, "the master key is made at the first start"),
    };
    if let Some(path) = file {
        match fs::metadata(path) {
            Err(error) => return Finding::fail(SUBJECT, format!("{}: {error}", path.display())),
            Ok(metadata) if metadata.permissions().mode() & 0o077 != 0 => {
                let advice = format!("others can read it: chmod 600 {}", path.display());
                return Finding::fail(SUBJECT, advice);
            }
            Ok(_) => {}
        }
    }
    match start::present_keys(config) {
        Ok(Some(_)) => {
            Finding::ok(SUBJECT, "the master key is there; keep a copy apart from the backups")
        }
        Ok(None) => Finding::fail(SUBJECT, "the master key went away just now"),
        Err(error) => Finding::fail(SUBJECT, format!("{error:#}")),
    }
}

fn needs_own_key(config: &Config) -> bool {
    config.database.url.is_some() && config.environment() == Environment::Production
}

/// The data directory, or the nearest folder above it that exists: writable, with room.
pub fn data_directory(config: &Config) -> Finding {
    const SUBJECT: &str = "disk";
    let path = std::path::absolute(&config.data_dir).unwrap_or_else(|_| config.data_dir.clone());
    let Some(existing) = path.ancestors().find(|folder| folder.exists()) else {
        return Finding::fail(SUBJECT, format!("{} cannot be made", path.display()));
    };
    if !existing.is_dir() || access(existing, Access::WRITE_OK | Access::EXEC_OK).is_err() {
        let advice = format!("{} cannot be written: give it to this account", existing.display());
        return Finding::fail(SUBJECT, advice);
    }
    match free_bytes(existing) {
        Err(error) => Finding::warn(SUBJECT, format!("{}: {error}", existing.display())),
        Ok(free) => {
            let text = format!("{} MiB free in {}", free / MEBIBYTE, existing.display());
            if free < SPACE_GONE {
                Finding::fail(SUBJECT, format!("{text}: make room, or nothing can be stored"))
            } else if free < SPACE_SHORT {
                Finding::warn(SUBJECT, format!("{text}: make room soon"))
            } else {
                Finding::ok(SUBJECT, text)
            }
        }
    }
}

fn free_bytes(path: &Path) -> rustix::io::Result<u64> {
    statvfs(path).map(|state| state.f_bavail.saturating_mul(state.f_frsize))
}
