//! The tests' clock: every reading is a millisecond after the last, and hours pass when a test says so.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use kith_types::time::{Clock, SystemClock, Timestamp};

const TICK_MICROSECONDS: i64 = 1_000;

/// A clock that ticks with its readings, so that no two things happen at once.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Starts at the present, to the millisecond.
    pub fn new() -> Self {
        let now = SystemClock.now().unix_milliseconds();
        Self(AtomicI64::new(Timestamp::from_unix_milliseconds(now).unix_microseconds()))
    }

    /// A clock of its own that is so much ahead of this one now.
    #[must_use]
    pub fn ahead(&self, difference: Duration) -> Self {
        let ahead = Self(AtomicI64::new(self.0.load(Ordering::SeqCst)));
        ahead.advance(difference);
        ahead
    }

    /// Lets time pass.
    pub fn advance(&self, duration: Duration) {
        let microseconds = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        self.0.fetch_add(microseconds, Ordering::SeqCst);
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_microseconds(self.0.fetch_add(TICK_MICROSECONDS, Ordering::SeqCst))
    }
}
