//! How many numbers a person may look up: 5,000 at first, then 100 new ones a day. What is stored already
//! costs nothing again. It must never know a number.

use std::time::Duration;

use kith_types::time::Timestamp;

use crate::config::Limits;

const DAY: Duration = Duration::from_hours(24);

/// A bucket that fills by itself, up to what it held at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Lookups left.
    pub available: i32,
    /// Until when the refill is counted.
    pub refilled_at: Timestamp,
}

impl Budget {
    /// What a new address book has.
    pub fn full(limits: &Limits, now: Timestamp) -> Self {
        Self { available: limits.contact_lookups, refilled_at: now }
    }

    /// Adds what has come in since the last time. Parts of a lookup are kept for later.
    #[must_use]
    pub fn refilled(self, limits: &Limits, now: Timestamp) -> Self {
        let Some(each) = DAY.checked_div(limits.contact_lookups_per_day.max(0).cast_unsigned())
        else {
            return self;
        };
        let passed = now.since(self.refilled_at).as_micros() / each.as_micros().max(1);
        let earned = u32::try_from(passed).unwrap_or(u32::MAX);
        let available = self.available.saturating_add_unsigned(earned);
        if available >= limits.contact_lookups {
            return Self::full(limits, now);
        }
        Self { available, refilled_at: self.refilled_at + each * earned }
    }

    /// Takes up to `wanted` lookups; answers how many there were.
    pub fn take(&mut self, wanted: usize) -> usize {
        let taken = i32::try_from(wanted).unwrap_or(i32::MAX).min(self.available.max(0));
        self.available -= taken;
        usize::try_from(taken).unwrap_or(0)
    }
}
