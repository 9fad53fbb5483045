//! Owns where random bytes come from, so that tests can repeat them. It must never be the place
//! where something decides what the bytes are for.

use std::sync::{Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

/// A source of random bytes that an attacker cannot predict (in production).
pub trait Random: Send + Sync {
    /// Fills the whole of `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Random + '_ {
    /// Returns `N` random bytes, for keys, nonces and tokens.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// Returns a random 64-bit number.
    pub fn u64(&self) -> u64 {
        u64::from_le_bytes(self.bytes())
    }

    /// Returns a number from 0 up to, not including, `bound`, each equally likely; 0 for a bound of 0.
    ///
    /// The slice of 64-bit numbers that would favour small results is drawn again.
    pub fn below(&self, bound: u32) -> u32 {
        let bound = u64::from(bound.max(1));
        let fair = u64::MAX - u64::MAX % bound;
        loop {
            let drawn = self.u64();
            if drawn < fair {
                return u32::try_from(drawn % bound).unwrap_or(0);
            }
        }
    }
}

/// Random bytes of the operating system, through a ChaCha generator per thread that it seeds.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "this is the source that is injected")]
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

/// The same bytes for the same seed: for tests only.
#[derive(Debug)]
pub struct SeededRandom(Mutex<StdRng>);

impl SeededRandom {
    /// Starts the sequence that belongs to `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        let mut generator = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        generator.fill_bytes(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let [one, same, other] = [7, 7, 8].map(SeededRandom::new);
        let [one, same, other]: [&dyn Random; 3] = [&one, &same, &other];
        let drawn: [u8; 32] = one.bytes();
        assert_eq!(drawn, same.bytes::<32>());
        assert_ne!(drawn, other.bytes::<32>());
        assert_ne!(drawn, one.bytes::<32>());
    }

    #[test]
    fn every_number_below_the_bound_comes_up_about_equally_often() {
        let random: &dyn Random = &SeededRandom::new(1);
        let mut seen = [0_u32; 10];
        for _ in 0..10_000 {
            seen[random.below(10) as usize] += 1;
        }
        assert!(seen.iter().all(|count| (850..1150).contains(count)), "{seen:?}");
        assert_eq!(random.below(1), 0);
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn system_randomness_does_not_repeat() {
        let random: &dyn Random = &SystemRandom;
        assert_ne!(random.bytes::<32>(), random.bytes::<32>());
    }
}
