//! The generic cell rate algorithm (ITU-T I.371, annex A), as arithmetic without a clock or a store.
//!
//! A bucket is one number: the time at which it is full again. `gcra.lua` does the same for Redis,
//! and a test runs both against each other.

use std::time::Duration;

use crate::limit::{Decision, Limit, Wanted};

/// A limit in the numbers of the algorithm.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    /// Microseconds in which one unit comes back.
    pub(crate) interval: i64,
    /// Units of a full bucket.
    pub(crate) burst: u32,
}

/// What taking from a bucket led to.
pub(crate) struct Taken {
    pub(crate) decision: Decision,
    /// When the bucket is full again, in microseconds of the caller's clock.
    pub(crate) full_at: i64,
}

/// Longest interval and longest capacity, in microseconds: 285 years. Up to here the script's
/// floating-point numbers are exact, and sums with the time of day stay far from overflow.
const LONGEST: i64 = 1 << 53;

impl Rule {
    pub(crate) fn new(limit: &Limit) -> Self {
        let interval = limit.period.as_micros() / u128::from(limit.burst.max(1));
        let interval = i64::try_from(interval).unwrap_or(LONGEST).clamp(1, LONGEST);
        Self { interval, burst: limit.burst }
    }

    /// Takes from a bucket that is full again at `full_at` (a full one without it). A time that lies
    /// too far ahead, as after a clock was set back, means an empty bucket and no more.
    pub(crate) fn take(self, full_at: Option<i64>, now: i64, wanted: Wanted) -> Taken {
        let full_at = full_at.unwrap_or(now).clamp(now, now + self.capacity());
        let available =
            u32::try_from((now + self.capacity() - full_at) / self.interval).unwrap_or(0);
        let granted = match wanted {
            Wanted::All(units) if units > available => 0,
            Wanted::All(units) => units,
            Wanted::UpTo(units) => units.min(available),
        };
        let full_at = full_at + self.time_of(granted);
        let is_whole = granted == wanted.units();
        let decision = Decision {
            limit: self.burst,
            granted,
            remaining: available - granted,
            retry_after: (!is_whole).then(|| micros(self.wait(full_at, now, wanted))),
            reset_after: micros(full_at - now),
        };
        Taken { decision, full_at }
    }

    /// Microseconds until asking for the missing units makes sense.
    fn wait(self, full_at: i64, now: i64, wanted: Wanted) -> i64 {
        let needed = match wanted {
            Wanted::All(units) => units.min(self.burst),
            Wanted::UpTo(_) => self.burst.min(1),
        };
        (full_at + self.time_of(needed) - now - self.capacity()).max(1)
    }

    fn capacity(self) -> i64 {
        self.time_of(self.burst)
    }

    fn time_of(self, units: u32) -> i64 {
        self.interval.saturating_mul(i64::from(units)).min(LONGEST)
    }
}

pub(crate) fn micros(count: i64) -> Duration {
    Duration::from_micros(u64::try_from(count).unwrap_or(0))
}
