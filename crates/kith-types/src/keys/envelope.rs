//! Owns the sealing of values that stand in the database. It must never open a value in another
//! row or column than the one it was sealed for.
//!
//! ```text
//! 1 byte   4 bytes  24 bytes  as long as the value  16 bytes
//! version | key id | nonce   | ciphertext          | tag       XChaCha20-Poly1305
//! ```
//! The associated data is the version, the id of the row and the name of the column. Nonces are
//! drawn: with 192 bits of them, no count of messages needs to be kept.
//!
//! Values of a person are sealed with a key of that person's own, which is itself sealed with the
//! ring's: once that one row is deleted, no backup of the rest can be read again.

use std::fmt;

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{KeyId, KeyRing, Purpose, SecretKey};
use crate::id::UserId;
use crate::random::Random;

const VERSION: u8 = 1;
const NONCE_LENGTH: usize = 24;
const TAG_LENGTH: usize = 16;
const HEADER_LENGTH: usize = 1 + KeyId::LENGTH + NONCE_LENGTH;
/// The column in which the keys of people stand.
const PERSONAL_KEY_COLUMN: &str = "personal key";

/// Where a sealed value stands. It opens nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The key of the row.
    pub row: Uuid,
    /// Table and column, such as `contacts.contact_name`.
    pub column: &'a str,
}

impl<'a> Place<'a> {
    /// Names a column of a row.
    pub fn new(row: impl Into<Uuid>, column: &'a str) -> Self {
        Self { row: row.into(), column }
    }

    fn associated_data(&self) -> Vec<u8> {
        let mut data = Vec::with_capacity(17 + self.column.len());
        data.push(VERSION);
        data.extend_from_slice(self.row.as_bytes());
        data.extend_from_slice(self.column.as_bytes());
        data
    }
}

/// Why a sealed value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenFailed {
    /// None of the keys made it.
    #[error("none of the keys opens this value: configure the key it was sealed with")]
    KeyMissing,
    /// It was changed, cut, or moved from another row or column.
    #[error("the sealed value is damaged or stands in the wrong place")]
    Damaged,
}

struct Sealer {
    id: KeyId,
    key: SecretKey,
}

impl Sealer {
    fn new(key: SecretKey) -> Self {
        Self { id: KeyId::of(&key), key }
    }

    /// Sets up the cipher for one value, so that no copy of the key stays behind in it.
    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.key.expose().into())
    }
}

/// Seals with its newest key and opens with all of them.
pub struct Envelopes(Vec<Sealer>);

impl Envelopes {
    /// Takes the keys for it from the ring.
    pub fn new(ring: &KeyRing) -> Self {
        Self(ring.keys(Purpose::Envelope).into_iter().map(Sealer::new).collect())
    }

    /// Seals and opens with the one key of a person.
    pub fn personal(key: SecretKey) -> Self {
        Self(vec![Sealer::new(key)])
    }

    /// Seals a value for its place. The result is 45 bytes longer than the value.
    pub fn seal(&self, place: Place<'_>, value: &[u8], random: &dyn Random) -> Vec<u8> {
        let nonce: [u8; NONCE_LENGTH] = random.bytes();
        let payload = Payload { msg: value, aad: &place.associated_data() };
        let Ok(ciphertext) = self.newest().cipher().encrypt(&XNonce::from(nonce), payload) else {
            // The cipher takes 256 GiB; no value comes near it.
            return Vec::new();
        };
        let mut sealed = Vec::with_capacity(HEADER_LENGTH + ciphertext.len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&self.newest().id.bytes());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&ciphertext);
        sealed
    }

    /// Opens a value that was sealed for this place; it is wiped from memory when dropped.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenFailed> {
        if sealed.len() < HEADER_LENGTH + TAG_LENGTH || sealed[0] != VERSION {
            return Err(OpenFailed::Damaged);
        }
        let (header, ciphertext) = sealed.split_at(HEADER_LENGTH);
        let (key_id, nonce) = header[1..].split_at(KeyId::LENGTH);
        let sealer = self.sealer(key_id).ok_or(OpenFailed::KeyMissing)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| OpenFailed::Damaged)?;
        let payload = Payload { msg: ciphertext, aad: &place.associated_data() };
        let value = sealer.cipher().decrypt(&nonce, payload).map_err(|_| OpenFailed::Damaged)?;
        Ok(Zeroizing::new(value))
    }

    /// Tells whether the newest key sealed a value; if not, a sweep may seal it again.
    pub fn is_current(&self, sealed: &[u8]) -> bool {
        sealed.get(1..=KeyId::LENGTH) == Some(&self.newest().id.bytes())
    }

    /// Seals the key of a person.
    pub fn seal_personal_key(&self, user: UserId, key: &SecretKey, random: &dyn Random) -> Vec<u8> {
        self.seal(Place::new(user, PERSONAL_KEY_COLUMN), key.expose(), random)
    }

    /// Opens the key of a person.
    pub fn open_personal_key(&self, user: UserId, sealed: &[u8]) -> Result<SecretKey, OpenFailed> {
        let key = self.open(Place::new(user, PERSONAL_KEY_COLUMN), sealed)?;
        let bytes = Zeroizing::new(<[u8; 32]>::try_from(&**key).map_err(|_| OpenFailed::Damaged)?);
        Ok(SecretKey::new(*bytes))
    }

    fn newest(&self) -> &Sealer {
        &self.0[0]
    }

    fn sealer(&self, key_id: &[u8]) -> Option<&Sealer> {
        self.0.iter().find(|sealer| sealer.id.bytes() == key_id)
    }
}

impl fmt::Debug for Envelopes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Envelopes").field("newest", &self.newest().id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::SeededRandom;

    fn envelopes(masters: &[u8]) -> Envelopes {
        let masters = masters.iter().map(|byte| SecretKey::new([*byte; 32])).collect();
        Envelopes::new(&KeyRing::new(masters).unwrap())
    }

    fn place() -> Place<'static> {
        Place::new(Uuid::from_u128(7), "contacts.contact_name")
    }

    #[test]
    fn the_cipher_is_that_of_the_draft() {
        // draft-irtf-cfrg-xchacha-03, appendix A.3.1.
        let key: Vec<u8> = (0x80..=0x9f).collect();
        let nonce: Vec<u8> = (0x40..=0x57).collect();
        let text = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
        let cipher = XChaCha20Poly1305::new(key.as_slice().try_into().unwrap());
        let aad = hex::decode("50515253c0c1c2c3c4c5c6c7").unwrap();
        let nonce = XNonce::try_from(nonce.as_slice()).unwrap();
        let sealed = cipher.encrypt(&nonce, Payload { msg: text, aad: &aad }).unwrap();
        assert_eq!(hex::encode(&sealed[sealed.len() - 16..]), "c0875924c1c7987947deafd8780acf49");
    }

    #[test]
    fn a_value_sealed_earlier_still_opens() {
        let sealed = hex::decode("01d885d326000102030405060708090a0b0c0d0e0f10111213141516170ce0e10da6d3d78cc16c61d51fecc4816a130e4fc7").unwrap();
        let value = envelopes(&[2, 1]).open(place(), &sealed).unwrap();
        assert_eq!(value.as_slice(), "Mamá".as_bytes());
    }

    #[test]
    fn a_value_opens_only_in_its_place() {
        let envelopes = envelopes(&[1]);
        let sealed = envelopes.seal(place(), b"secret", &SeededRandom::new(1));
        for other in [
            Place::new(Uuid::from_u128(8), "contacts.contact_name"),
            Place::new(Uuid::from_u128(7), "contacts.contact_phone"),
        ] {
            assert_eq!(envelopes.open(other, &sealed), Err(OpenFailed::Damaged));
        }
    }

    #[test]
    fn keys_are_changed_by_adding_one_in_front() {
        let random = SeededRandom::new(1);
        let (before, during, after) = (envelopes(&[1]), envelopes(&[2, 1]), envelopes(&[2]));
        let old = before.seal(place(), b"secret", &random);
        assert!(before.is_current(&old) && !during.is_current(&old));
        let value = during.open(place(), &old).unwrap();
        let new = during.seal(place(), &value, &random);
        assert!(during.is_current(&new));
        assert_eq!(after.open(place(), &new).as_deref(), Ok(&b"secret".to_vec()));
        assert_eq!(after.open(place(), &old), Err(OpenFailed::KeyMissing));
        assert_eq!(before.open(place(), &new), Err(OpenFailed::KeyMissing));
    }

    #[test]
    fn the_key_of_a_person_opens_what_is_theirs_only() {
        let random = SeededRandom::new(1);
        let envelopes = envelopes(&[1]);
        let (ana, ben) = (UserId::from(Uuid::from_u128(1)), UserId::from(Uuid::from_u128(2)));
        let key = SecretKey::draw(&random);
        let sealed_key = envelopes.seal_personal_key(ana, &key, &random);
        assert_eq!(envelopes.open_personal_key(ana, &sealed_key), Ok(key.clone()));
        assert_eq!(envelopes.open_personal_key(ben, &sealed_key), Err(OpenFailed::Damaged));
        let sealed = Envelopes::personal(key.clone()).seal(place(), b"Mum", &random);
        assert_eq!(
            Envelopes::personal(key.clone()).open(place(), &sealed).as_deref(),
            Ok(&b"Mum".to_vec())
        );
        let others = Envelopes::personal(SecretKey::draw(&random));
        assert_eq!(others.open(place(), &sealed), Err(OpenFailed::KeyMissing));
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_and_any_change_is_seen(
            value in proptest::collection::vec(any::<u8>(), 0..200), seed: u64, at: prop::sample::Index, flip in 1..=255_u8,
        ) {
            let envelopes = envelopes(&[1]);
            let random = SeededRandom::new(seed);
            let mut sealed = envelopes.seal(place(), &value, &random);
            prop_assert_eq!(sealed.len(), value.len() + 45);
            prop_assert_ne!(&sealed, &envelopes.seal(place(), &value, &random));
            let opened = envelopes.open(place(), &sealed);
            prop_assert_eq!(opened.as_deref(), Ok(&value));
            let at = at.index(sealed.len());
            prop_assert!(envelopes.open(place(), &sealed[..at]).is_err());
            sealed[at] ^= flip;
            prop_assert!(envelopes.open(place(), &sealed).is_err());
        }

        #[test]
        fn no_bytes_panic(sealed in proptest::collection::vec(any::<u8>(), 0..100)) {
            let _ = envelopes(&[1]).open(place(), &sealed);
        }
    }
}
