//! The server's configuration files, written at each start from here: who may connect, and
//! settings for a small machine that runs Kith beside the database.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    account::Account,
    config::{Durability, EmbeddedConfig},
    connection::{OWNER_ROLE, PORT, SUPERUSER_ROLE},
    error::{Error, IoContext},
};

/// Name of the map from system accounts to roles.
const IDENT_MAP: &str = "kith";
const MIB: u64 = 1024 * 1024;
/// The rest is for Kith, its photo processes and the page cache.
const SHARED_BUFFERS_PART: u64 = 8;
const SHARED_BUFFERS_MIB: std::ops::RangeInclusive<u64> = 32..=1024;
/// Assumed where the system does not tell.
const FALLBACK_MEMORY: u64 = 1024 * MIB;

/// Writes all configuration files of the cluster at `data`.
pub(crate) fn write(
    config: &EmbeddedConfig,
    account: Account,
    data: &Path,
    socket_directory: &Path,
) -> Result<(), Error> {
    let file = |name: &str, text: String| {
        let path = data.join(name);
        fs::write(&path, text).context("write", &path)?;
        account.claim(&path)
    };
    file("postgresql.conf", postgresql_conf(config, socket_directory))?;
    file("pg_hba.conf", pg_hba_conf())?;
    file("pg_ident.conf", pg_ident_conf(&account.peer_names()))
}

fn postgresql_conf(config: &EmbeddedConfig, socket_directory: &Path) -> String {
    let mut text = String::from(
        "# Written by kith at each start. Put settings of your own into local.conf beside this file.\n",
    );
    let mut set = |name: &str, value: &str| {
        let _ = writeln!(text, "{name} = '{}'", value.replace('\'', "''"));
    };
    set("listen_addresses", "");
    set("port", &PORT.to_string());
    set("unix_socket_directories", &socket_directory.to_string_lossy());
    for (name, value) in host_settings(memory()) {
        set(name, &value);
    }
    for (name, value) in FIXED_SETTINGS {
        set(name, value);
    }
    if config.durability == Durability::Disposable {
        // A commit still reaches the system's cache, so it survives a kill, as tests want.
        for name in ["fsync", "full_page_writes"] {
            set(name, "off");
        }
    }
    for (name, value) in &config.settings {
        set(name, value);
    }
    text.push_str("include_if_exists = 'local.conf'\n");
    text
}

/// Settings that do not depend on the machine.
const FIXED_SETTINGS: [(&str, &str); 19] = [
    ("unix_socket_permissions", "0700"),
    ("max_connections", "100"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("datestyle", "ISO, MDY"),
    ("default_text_search_config", "pg_catalog.simple"),
    ("password_encryption", "scram-sha-256"),
    // Statements are short point reads: compiling or sharing them out costs more than it saves.
    ("jit", "off"),
    ("max_parallel_workers_per_gather", "0"),
    ("random_page_cost", "1.1"),
    ("wal_compression", "on"),
    ("max_wal_size", "1GB"),
    ("checkpoint_completion_target", "0.9"),
    // A client that vanished inside a transaction must not hold its locks.
    ("idle_in_transaction_session_timeout", "60s"),
    // Personal data stays out of the log: no statements, no parameters, no key values in details.
    ("log_min_messages", "warning"),
    ("log_min_error_statement", "panic"),
    ("log_parameter_max_length_on_error", "0"),
    ("log_error_verbosity", "terse"),
    ("log_line_prefix", "%m [%p] %a "),
];

fn host_settings(memory: u64) -> [(&'static str, String); 2] {
    let shared = memory / SHARED_BUFFERS_PART / MIB;
    let shared = shared.clamp(*SHARED_BUFFERS_MIB.start(), *SHARED_BUFFERS_MIB.end());
    [
        ("shared_buffers", format!("{shared}MB")),
        ("effective_cache_size", format!("{}MB", (memory / 2 / MIB).max(shared))),
    ]
}

fn pg_hba_conf() -> String {
    format!(
        "# Written by kith at each start.\n\
         local all all peer map={IDENT_MAP}\n\
         local replication {SUPERUSER_ROLE} peer map={IDENT_MAP}\n"
    )
}

fn pg_ident_conf(peers: &[String]) -> String {
    let mut text = String::from("# Written by kith at each start.\n");
    for peer in peers {
        for role in [OWNER_ROLE, SUPERUSER_ROLE] {
            let _ = writeln!(text, "{IDENT_MAP} \"{peer}\" {role}");
        }
    }
    text
}

/// Bytes of memory that this process may count on: the machine's, or its control group's limit.
fn memory() -> u64 {
    let machine = fs::read_to_string("/proc/meminfo").ok().and_then(|text| memory_total(&text));
    let group = fs::read_to_string("/sys/fs/cgroup/memory.max").ok();
    let limit = group.and_then(|text| text.trim().parse().ok());
    machine.into_iter().chain(limit).min().unwrap_or(FALLBACK_MEMORY)
}

fn memory_total(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// The server's log beside its cluster.
pub(crate) fn log_path(config_directory: &Path) -> PathBuf {
    config_directory.join("server.log")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_follow_the_memory_within_bounds() {
        let buffers = |memory: u64| host_settings(memory)[0].1.clone();
        assert_eq!(buffers(128 * MIB), "32MB");
        assert_eq!(buffers(2048 * MIB), "256MB");
        assert_eq!(buffers(64 * 1024 * MIB), "1024MB");
    }

    #[test]
    fn the_machines_memory_is_read() {
        assert_eq!(memory_total("MemTotal:        2048 kB\nMemFree: 1 kB\n"), Some(2 * MIB));
    }

    #[test]
    fn a_callers_setting_comes_after_ours_and_is_quoted() {
        let config = EmbeddedConfig::new("/data").with_setting("jit", "it's");
        let text = postgresql_conf(&config, Path::new("/run/kith-1"));
        let ours = text.find("jit = 'off'").unwrap();
        let theirs = text.find("jit = 'it''s'").unwrap();
        assert!(ours < theirs, "the last value of a setting counts");
        assert!(text.contains("listen_addresses = ''"), "never on TCP");
    }
}
