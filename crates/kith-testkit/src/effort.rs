//! How hard the tests with random stories try. They are the same tests in both modes.

/// The seed of a run that names none: the gate repeats itself.
const SEED: u64 = 20_260;

/// Whether the long mode is asked for: `KITH_TEST_EFFORT=long`.
pub fn is_long() -> bool {
    std::env::var("KITH_TEST_EFFORT").is_ok_and(|effort| effort == "long")
}

/// `KITH_TEST_SEED`, to repeat a failure; else the fixed seed of the gate, or in the long mode a new one.
pub fn seed() -> u64 {
    let named = std::env::var("KITH_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
    named.unwrap_or_else(|| if is_long() { u64::from(std::process::id()) } else { SEED })
}
