//! The buckets of one process, in memory.
//!
//! Owns their number: it stays bounded whoever asks with how many keys. Never holds a key itself,
//! only a keyed hash, since keys stand for people.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

use crate::gcra::Rule;
use crate::limit::{Decision, Limit, Wanted};

/// Locks that are taken independently, so that requests on all cores rarely meet.
const SHARDS: usize = 64;
/// Buckets of one shard; 64 times this is 262,144 in about 8 MB. Full buckets do not count: they are forgotten.
const SHARD_CAPACITY: usize = 4096;

#[derive(Debug)]
pub(crate) struct Buckets {
    /// The time at which each bucket is full again, in microseconds, by the hash of limit and key.
    shards: Vec<Mutex<HashMap<u64, i64>>>,
    /// Keyed at random, so that nobody can choose keys that meet in one bucket.
    hasher: RandomState,
}

impl Buckets {
    pub(crate) fn new() -> Self {
        Self { shards: (0..SHARDS).map(|_| Mutex::default()).collect(), hasher: RandomState::new() }
    }

    /// What taking would lead to, without taking.
    pub(crate) fn peek(&self, limit: &Limit, key: &str, now: i64, wanted: Wanted) -> Decision {
        self.with(limit, key, |buckets, hash| {
            Rule::new(limit).take(buckets.get(&hash).copied(), now, wanted).decision
        })
    }

    /// Takes.
    pub(crate) fn take(&self, limit: &Limit, key: &str, now: i64, wanted: Wanted) -> Decision {
        self.with(limit, key, |buckets, hash| {
            let stored = buckets.get(&hash).copied();
            let taken = Rule::new(limit).take(stored, now, wanted);
            if taken.decision.granted > 0 || stored.is_some_and(|stored| stored > taken.full_at) {
                insert(buckets, hash, taken.full_at, now);
            }
            taken.decision
        })
    }

    /// Learns how full Redis keeps a bucket, so that a flood over the budget is refused in this process.
    pub(crate) fn learn(&self, limit: &Limit, key: &str, now: i64, answer: &Decision) {
        let shared = now + i64::try_from(answer.reset_after.as_micros()).unwrap_or(0);
        self.with(limit, key, |buckets, hash| {
            let full_at = buckets.get(&hash).map_or(shared, |own| shared.max(*own));
            insert(buckets, hash, full_at, now);
        });
    }

    fn with<T>(
        &self,
        limit: &Limit,
        key: &str,
        work: impl FnOnce(&mut HashMap<u64, i64>, u64) -> T,
    ) -> T {
        let hash = self.hasher.hash_one((limit.name, key));
        let shard = usize::try_from(hash % SHARDS as u64).unwrap_or(0);
        work(&mut self.shards[shard].lock().unwrap_or_else(PoisonError::into_inner), hash)
    }
}

fn insert(buckets: &mut HashMap<u64, i64>, hash: u64, full_at: i64, now: i64) {
    if buckets.len() >= SHARD_CAPACITY && !buckets.contains_key(&hash) {
        make_room(buckets, now);
    }
    buckets.insert(hash, full_at);
}

/// Forgets the buckets that are full, and if that is not enough the fuller half: it has the least to tell.
fn make_room(buckets: &mut HashMap<u64, i64>, now: i64) {
    buckets.retain(|_, full_at| *full_at > now);
    if buckets.len() > SHARD_CAPACITY / 2 {
        let mut times: Vec<i64> = buckets.values().copied().collect();
        let middle = times.len() / 2;
        let median = *times.select_nth_unstable(middle).1;
        buckets.retain(|_, full_at| *full_at > median);
    }
}
