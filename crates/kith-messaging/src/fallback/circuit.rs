//! What one process remembers of one provider: whether to skip it, and until when.
//!
//! Owns the waiting times. It must never decide alone that nothing is sent: a skipped provider is still asked
//! when no other is left.

use std::time::Duration;

use kith_types::time::Timestamp;

/// How long a provider is skipped after its first failure; twice as long after each further one.
const FIRST_SKIP: Duration = Duration::from_secs(15);
const LONGEST_SKIP: Duration = Duration::from_mins(10);
/// How long others stay away while one message tries a provider again.
const TRIAL: Duration = Duration::from_secs(10);
/// Messages in a row that did not arrive by the provider's fault, after which it is skipped as if it were down.
const LOST_IN_A_ROW: u32 = 5;

/// The memory of one provider.
#[derive(Debug, Default)]
pub(super) struct Circuit {
    failures: u32,
    failed_at: Option<Timestamp>,
    skipped_until: Option<Timestamp>,
    lost: u32,
}

impl Circuit {
    /// Whether others are to be asked first.
    pub fn is_skipped(&self, now: Timestamp) -> bool {
        self.skipped_until.is_some_and(|until| now < until)
    }

    /// A message goes this way. If the time of skipping is over, it is the only one until its outcome is known.
    pub fn begin(&mut self, now: Timestamp) {
        if self.skipped_until.is_some() && !self.is_skipped(now) {
            self.skipped_until = Some(now + TRIAL);
        }
    }

    /// The provider answered.
    pub fn succeed(&mut self) {
        *self = Self { lost: self.lost, ..Self::default() };
    }

    /// A message that began to go this way at `begun` failed. Of those that fail together, one counts.
    pub fn fail(&mut self, begun: Timestamp, now: Timestamp) {
        if self.failed_at.is_some_and(|failed| failed >= begun) {
            return;
        }
        let doublings = self.failures.min(10);
        let skip = FIRST_SKIP.saturating_mul(1 << doublings).min(LONGEST_SKIP);
        self.failures = self.failures.saturating_add(1);
        self.failed_at = Some(now);
        self.skipped_until = Some(now + skip);
    }

    /// A message that the provider had taken arrived.
    pub fn arrived(&mut self) {
        self.lost = 0;
    }

    /// A message that the provider had taken was lost on its way.
    pub fn lost(&mut self, now: Timestamp) {
        self.lost += 1;
        if self.lost >= LOST_IN_A_ROW {
            self.lost = 0;
            self.fail(now, now);
        }
    }
}
