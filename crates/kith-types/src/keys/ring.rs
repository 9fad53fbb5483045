//! Owns the master keys and the keys derived from them. It must never let a key be used for two
//! purposes.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::SecretKey;

/// The salt of every derivation (RFC 5869); another one would be another set of keys.
const SALT: &[u8] = b"kith keys v1";

/// What a derived key is for. The name enters the derivation: it must never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Finding phone numbers without reading them.
    PhoneIndex,
    /// Finding e-mail addresses without reading them.
    EmailIndex,
    /// Finding who somebody is at another service, without reading it.
    IdentityIndex,
    /// Signing access tokens.
    AccessToken,
    /// Sealing values in the database.
    Envelope,
    /// Hashing verification codes.
    VerificationCode,
    /// Making refresh tokens.
    RefreshToken,
    /// Sealing the cursors of lists and events.
    Cursor,
    /// Signing image URLs.
    ImageUrl,
    /// Signing upload URLs of the built-in store.
    UploadUrl,
    /// Hashing the tickets that open a socket.
    RealtimeTicket,
    /// Hashing numbers and addresses before they become keys of limits and caches.
    LimitKey,
    /// Hashing the bodies of requests that may be repeated.
    Idempotency,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::PhoneIndex => b"phone index",
            Self::EmailIndex => b"email index",
            Self::IdentityIndex => b"identity index",
            Self::AccessToken => b"access token",
            Self::Envelope => b"envelope",
            Self::VerificationCode => b"verification code",
            Self::RefreshToken => b"refresh token",
            Self::Cursor => b"cursor",
            Self::ImageUrl => b"image url",
            Self::UploadUrl => b"upload url",
            Self::RealtimeTicket => b"realtime ticket",
            Self::LimitKey => b"limit key",
            Self::Idempotency => b"idempotency",
        }
    }
}

/// Names a key without telling anything of it: 32 bits derived from it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyId([u8; Self::LENGTH]);

impl KeyId {
    pub(super) const LENGTH: usize = 4;

    pub(super) fn of(key: &SecretKey) -> Self {
        let mut id = [0; Self::LENGTH];
        derive(key, b"key id", &mut id);
        Self(id)
    }

    pub(super) fn bytes(self) -> [u8; Self::LENGTH] {
        self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "KeyId({self})")
    }
}

/// The master keys of an installation, newest first.
#[derive(Clone)]
pub struct KeyRing(Vec<SecretKey>);

/// Why keys make no ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingInvalid {
    /// There is no key.
    #[error("configure at least one master key")]
    Empty,
    /// One key is there twice.
    #[error("the master key {0} is configured twice: leave out one of them")]
    Twice(KeyId),
}

impl KeyRing {
    /// Takes the master keys, newest first.
    pub fn new(masters: Vec<SecretKey>) -> Result<Self, KeyRingInvalid> {
        if masters.is_empty() {
            return Err(KeyRingInvalid::Empty);
        }
        for (index, master) in masters.iter().enumerate() {
            let id = KeyId::of(master);
            if masters[..index].iter().any(|newer| KeyId::of(newer) == id) {
                return Err(KeyRingInvalid::Twice(id));
            }
        }
        Ok(Self(masters))
    }

    /// Returns the keys of one purpose, newest first: at least one.
    pub fn keys(&self, purpose: Purpose) -> Vec<SecretKey> {
        self.0.iter().map(|master| derived_key(master, purpose)).collect()
    }

    /// Returns the names of the master keys, newest first, as operators see them.
    pub fn ids(&self) -> Vec<KeyId> {
        self.0.iter().map(KeyId::of).collect()
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("KeyRing").field(&self.ids()).finish()
    }
}

fn derived_key(master: &SecretKey, purpose: Purpose) -> SecretKey {
    let mut key = Zeroizing::new([0; SecretKey::LENGTH]);
    derive(master, purpose.label(), &mut *key);
    SecretKey::new(*key)
}

/// HKDF with SHA-256 (RFC 5869).
fn derive(key: &SecretKey, label: &[u8], out: &mut [u8]) {
    let result = Hkdf::<Sha256>::new(Some(SALT), key.expose()).expand(label, out);
    debug_assert!(result.is_ok(), "HKDF gives up to 8160 bytes");
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Purpose; 11] = [
        Purpose::PhoneIndex,
        Purpose::IdentityIndex,
        Purpose::Envelope,
        Purpose::VerificationCode,
        Purpose::RefreshToken,
        Purpose::Cursor,
        Purpose::ImageUrl,
        Purpose::UploadUrl,
        Purpose::RealtimeTicket,
        Purpose::LimitKey,
        Purpose::Idempotency,
    ];

    fn ring(masters: &[u8]) -> KeyRing {
        KeyRing::new(masters.iter().map(|byte| SecretKey::new([*byte; 32])).collect()).unwrap()
    }

    #[test]
    fn derived_keys_are_those_of_the_data_in_the_field() {
        let ring = ring(&[1]);
        let key = |purpose| hex::encode(ring.keys(purpose)[0].expose());
        assert_eq!(
            key(Purpose::PhoneIndex),
            "dd246d1e1985ddc29b59a630e2e545681462f81342042f3ac33d7f15a2d113e1"
        );
        assert_eq!(
            key(Purpose::Envelope),
            "f9620e1566c702bc7298a33ab10c3407a0a00eba60f3b957eb37ce791eac6674"
        );
        assert_eq!(
            key(Purpose::VerificationCode),
            "f52951231448543dec519bd251350108b8e3eb7ac6d47116fe0ee93d19fafa1e"
        );
        assert_eq!(
            key(Purpose::RefreshToken),
            "38fb8e5bc7b842ddf8b6cd80a1a06a23324676b904f1ea2ad4a58f5be4546fb1"
        );
        assert_eq!(
            key(Purpose::Cursor),
            "3e5cf7c1901f96690341d95f37b1739c8495e849577645bb609a3640c8ddacd7"
        );
        assert_eq!(ring.ids()[0].to_string(), "205ead7f");
    }

    #[test]
    fn no_two_purposes_and_no_two_masters_share_a_key() {
        let ring = ring(&[1, 2]);
        let mut keys: Vec<_> = ALL.iter().flat_map(|purpose| ring.keys(*purpose)).collect();
        keys.sort_by_key(|key| *key.expose());
        keys.dedup();
        assert_eq!(keys.len(), 2 * ALL.len());
    }

    #[test]
    fn a_ring_has_keys_and_each_once() {
        assert_eq!(KeyRing::new(Vec::new()).unwrap_err(), KeyRingInvalid::Empty);
        let twice = [1, 2, 1].map(|byte| SecretKey::new([byte; 32])).to_vec();
        assert!(matches!(KeyRing::new(twice), Err(KeyRingInvalid::Twice(_))));
    }

    #[test]
    fn debug_shows_names_only() {
        let ring = ring(&[1, 2]);
        let [newest, oldest] = ring.ids()[..] else { panic!("two keys") };
        assert_eq!(format!("{ring:?}"), format!("KeyRing([KeyId({newest}), KeyId({oldest})])"));
    }
}
