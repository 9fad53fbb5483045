//! Owns how a phone number is found without being readable. It must never be computed with a key
//! that is kept in the database or its backups: whoever holds it can try all numbers.

use std::fmt;

use super::{KeyRing, Purpose, SecretKey};
use crate::phone::PhoneNumber;

/// HMAC-SHA-256 of the E.164 form of a number under a key of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneIndex([u8; 32]);

impl PhoneIndex {
    /// Returns the bytes as they stand in the database.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Shows some of it, so that two rows can be told apart in a log; no number is found from it
/// without the key.
impl fmt::Debug for PhoneIndex {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PhoneIndex({:02x}{:02x}…)", self.0[0], self.0[1])
    }
}

/// Computes the index of numbers.
#[derive(Clone, Debug)]
pub struct BlindIndex(Vec<SecretKey>);

impl BlindIndex {
    /// Takes the keys for it from the ring.
    pub fn new(ring: &KeyRing) -> Self {
        Self(ring.keys(Purpose::PhoneIndex))
    }

    /// Returns the index to store for a number.
    pub fn of(&self, number: &PhoneNumber) -> PhoneIndex {
        index(&self.0[0], number)
    }

    /// Returns every index under which a row may still stand: one for each key, newest first.
    pub fn candidates(&self, number: &PhoneNumber) -> Vec<PhoneIndex> {
        self.0.iter().map(|key| index(key, number)).collect()
    }
}

fn index(key: &SecretKey, number: &PhoneNumber) -> PhoneIndex {
    PhoneIndex(key.mac(number.as_e164().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blind_index(masters: &[u8]) -> BlindIndex {
        let masters = masters.iter().map(|byte| SecretKey::new([*byte; 32])).collect();
        BlindIndex::new(&KeyRing::new(masters).unwrap())
    }

    #[test]
    fn one_number_has_one_index_however_it_was_written() {
        let index = blind_index(&[1]);
        let one = PhoneNumber::parse("+14155550123", None).unwrap();
        let same = PhoneNumber::parse("(415) 555-0123", Some("US".parse().unwrap())).unwrap();
        let other = PhoneNumber::parse("+14155550124", None).unwrap();
        assert_eq!(index.of(&one), index.of(&same));
        assert_ne!(index.of(&one), index.of(&other));
        assert_eq!(
            hex::encode(index.of(&one).as_bytes()),
            "a1111bfde4050d05253c84216d9f9d37d9d1bfd3a26693e5386ff599e758a7ba"
        );
    }

    #[test]
    fn a_new_key_still_finds_what_the_old_one_stored() {
        let number = PhoneNumber::parse("+14155550123", None).unwrap();
        let (before, after) = (blind_index(&[1]), blind_index(&[2, 1]));
        assert_ne!(after.of(&number), before.of(&number));
        assert_eq!(after.candidates(&number), [after.of(&number), before.of(&number)]);
    }
}
