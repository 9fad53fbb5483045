//! Owns the making of identifiers from a clock and randomness. It must never choose either itself.

use std::fmt;
use std::sync::Arc;

use super::{Bucket, Id, UserId};
use crate::random::Random;
use crate::time::{Clock, Timestamp};

/// Makes identifiers from a clock and a source of randomness.
#[derive(Clone)]
pub struct IdSource {
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl IdSource {
    /// Takes the two from outside: the system's, or a test's.
    pub fn new(clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self { clock, random }
    }

    /// Makes the identifier of a new person, with a bucket of their own.
    pub fn user(&self) -> UserId {
        UserId::draw(self.clock.now(), &*self.random)
    }

    /// Makes an identifier in the bucket of its owner.
    pub fn make<K>(&self, owner: Bucket) -> Id<K> {
        self.make_at(self.clock.now(), owner)
    }

    /// Makes an identifier for a time that is already fixed, such as that of a transaction.
    pub fn make_at<K>(&self, now: Timestamp, owner: Bucket) -> Id<K> {
        Id::new(now, owner, self.random.u64())
    }

    /// Makes an identifier for something that no account owns yet, in a random bucket.
    pub fn make_unowned<K>(&self) -> Id<K> {
        self.make(Bucket::from_low_bits(self.random.u64()))
    }
}

impl fmt::Debug for IdSource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("IdSource").finish_non_exhaustive()
    }
}
