//! A small cache in memory, for what can be lost and may be old.

use std::time::Duration;

use bytes::Bytes;
use kith_types::time::Timestamp;
use moka::sync::Cache;

/// All entries together, in bytes of keys and values.
const CAPACITY: u64 = 8 * 1024 * 1024;

#[derive(Debug, Clone)]
struct Entry {
    bytes: Bytes,
    expires_at: Timestamp,
}

#[derive(Debug)]
pub(crate) struct LocalCache(Cache<String, Entry>);

impl LocalCache {
    pub(crate) fn new() -> Self {
        let weight = |key: &String, entry: &Entry| {
            u32::try_from(key.len() + entry.bytes.len()).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(CAPACITY).weigher(weight).build())
    }

    pub(crate) fn get(&self, key: &str, now: Timestamp) -> Option<Bytes> {
        let entry = self.0.get(key)?;
        if entry.expires_at <= now {
            self.0.invalidate(key);
            return None;
        }
        Some(entry.bytes)
    }

    pub(crate) fn set(&self, key: &str, bytes: Bytes, now: Timestamp, life: Duration) {
        self.0.insert(key.to_owned(), Entry { bytes, expires_at: now + life });
    }

    pub(crate) fn delete(&self, key: &str) {
        self.0.invalidate(key);
    }
}
