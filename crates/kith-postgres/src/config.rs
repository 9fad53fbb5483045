//! What a caller decides about the private server. Everything else is decided here, once.

use std::{path::PathBuf, time::Duration};

/// A recovery after a crash replays at most `max_wal_size` (1 GiB), which takes well under this.
const START_TIMEOUT: Duration = Duration::from_mins(2);

/// How the private server is run.
#[derive(Clone, Debug)]
pub struct EmbeddedConfig {
    /// The directory that belongs to the server alone: cluster, log and lock. Created when absent.
    /// Any length: the socket lives elsewhere.
    pub directory: PathBuf,
    /// Whether an acknowledged commit survives a power cut.
    pub durability: Durability,
    /// Settings that override Kith's own, as `postgresql.conf` names and values them.
    pub settings: Vec<(String, String)>,
    /// How long a start may take before it counts as failed.
    pub start_timeout: Duration,
}

/// Whether an acknowledged commit survives a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Every commit is on disk before it is acknowledged.
    Durable,
    /// Nothing is forced to disk, so only a kill is survived: for tests, whose data is thrown away.
    Disposable,
}

impl EmbeddedConfig {
    /// A durable server in `directory`.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self {
            directory: directory.into(),
            durability: Durability::Durable,
            settings: Vec::new(),
            start_timeout: START_TIMEOUT,
        }
    }

    /// A server whose data is thrown away.
    pub fn disposable(directory: impl Into<PathBuf>) -> Self {
        Self { durability: Durability::Disposable, ..Self::new(directory) }
    }

    /// Overrides one setting.
    #[must_use]
    pub fn with_setting(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.push((name.into(), value.into()));
        self
    }
}
