//! Owns how fast a client may send.

use std::time::{Duration, Instant};

/// A leaky bucket: each frame pours in the time that its share of a second takes.
#[derive(Debug)]
pub(crate) struct Rate {
    per_frame: Duration,
    burst: Duration,
    /// When all that was poured in will have run out.
    empty_at: Instant,
}

impl Rate {
    pub(crate) fn new(at_once: u32, per_second: u32, now: Instant) -> Self {
        let per_frame = Duration::from_secs(1) / per_second.max(1);
        Self { per_frame, burst: per_frame.saturating_mul(at_once), empty_at: now }
    }

    /// Counts a frame and tells whether it still fits.
    pub(crate) fn admit(&mut self, now: Instant) -> bool {
        let next = self.empty_at.max(now) + self.per_frame;
        let fits = next.duration_since(now) <= self.burst;
        if fits {
            self.empty_at = next;
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_fits_and_then_so_many_a_second() {
        let start = Instant::now();
        let mut rate = Rate::new(5, 10, start);
        let admitted = |rate: &mut Rate, at, tries| (0..tries).filter(|_| rate.admit(at)).count();
        assert_eq!(admitted(&mut rate, start, 20), 5);
        assert_eq!(admitted(&mut rate, start + Duration::from_millis(100), 20), 1);
        assert_eq!(admitted(&mut rate, start + Duration::from_millis(350), 20), 2);
        assert_eq!(admitted(&mut rate, start + Duration::from_mins(1), 20), 5);
        assert_eq!(admitted(&mut rate, start, 20), 0, "a clock that goes back gives nothing");
    }
}
