//! Owns the clocks. Whatever needs the time is handed one of them.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use time::OffsetDateTime;

use super::Timestamp;

/// Tells the time; handed to whatever needs it, so that tests can move it.
pub trait Clock: Send + Sync {
    /// Returns the present.
    fn now(&self) -> Timestamp;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that is injected")]
    fn now(&self) -> Timestamp {
        OffsetDateTime::now_utc().into()
    }
}

/// A clock that stands still until a test moves it.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// Starts the clock at `start`.
    pub fn new(start: Timestamp) -> Self {
        Self(AtomicI64::new(start.unix_microseconds()))
    }

    /// Moves the clock forward and returns the new time.
    pub fn advance(&self, duration: Duration) -> Timestamp {
        let moved = self.now() + duration;
        self.set(moved);
        moved
    }

    /// Moves the clock to `moment`, backwards too.
    pub fn set(&self, moment: Timestamp) {
        self.0.store(moment.unix_microseconds(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_microseconds(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_when_told() {
        let clock = ManualClock::new(Timestamp::from_unix_seconds(1_800_000_000));
        let before = clock.now();
        assert_eq!(clock.now(), before);
        assert_eq!(clock.advance(Duration::from_mins(10)), before + Duration::from_mins(10));
        assert_eq!(clock.now(), before + Duration::from_mins(10));
        clock.set(before);
        assert_eq!(clock.now(), before);
    }

    #[test]
    fn the_system_clock_tells_the_present() {
        assert!(SystemClock.now() > "2025-01-01T00:00:00Z".parse().unwrap());
    }
}
