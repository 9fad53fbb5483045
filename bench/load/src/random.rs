//! Chance that repeats: one seed, one data set. It must never be used for anything secret.

/// A sequence of draws (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
#[derive(Clone, Debug)]
pub struct Draws(u64);

impl Draws {
    /// The sequence of a seed; `purpose` keeps the sequences of one seed apart.
    pub fn new(seed: u64, purpose: &str) -> Self {
        let name = purpose.bytes().fold(seed, |state, byte| Self(state ^ u64::from(byte)).bits());
        Self(name)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number from 0 up to, not including, `bound`, which must not be 0.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.bits()) * bound as u128) >> 64) as usize
    }

    /// A number from 0 up to, not including, 1.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True that often.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A number of the log-normal distribution.
    pub fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        // Box and Muller's transform; 1 - unit is never 0.
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        median * (sigma * radius * (std::f64::consts::TAU * self.unit()).cos()).exp()
    }

    /// A number of the exponential distribution.
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.unit()).ln()
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Brings them into random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_purposes_differ() {
        let draw = |seed, purpose| Draws::new(seed, purpose).bits();
        assert_eq!(draw(1, "posts"), draw(1, "posts"));
        assert_ne!(draw(1, "posts"), draw(2, "posts"));
        assert_ne!(draw(1, "posts"), draw(1, "people"));
    }

    #[test]
    fn distributions_have_their_middles() {
        let mut draws = Draws::new(7, "test");
        let mut drawn: Vec<f64> = (0..100_000).map(|_| draws.log_normal(70.0, 0.9)).collect();
        drawn.sort_by(f64::total_cmp);
        assert!((68.0..72.0).contains(&drawn[50_000]), "median {}", drawn[50_000]);
        let mean = (0..100_000).map(|_| draws.exponential(12.0)).sum::<f64>() / 100_000.0;
        assert!((11.7..12.3).contains(&mean), "mean {mean}");
        assert!((0..10_000).all(|_| draws.below(3) < 3));
    }
}
