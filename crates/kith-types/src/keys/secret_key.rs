//! Owns 32 secret bytes and the keyed hash over them. It must never copy them where they stay.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::random::Random;

/// A key of 256 bits. It is wiped from memory when dropped.
#[derive(Clone)]
pub struct SecretKey(Zeroizing<[u8; Self::LENGTH]>);

impl SecretKey {
    /// The length of a key in bytes.
    pub const LENGTH: usize = 32;

    /// Takes over 32 bytes, which must be as good as random.
    pub fn new(bytes: [u8; Self::LENGTH]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Draws a new key.
    pub fn draw(random: &dyn Random) -> Self {
        let mut key = Zeroizing::new([0; Self::LENGTH]);
        random.fill(&mut *key);
        Self(key)
    }

    /// Returns the bytes.
    pub fn expose(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    /// Returns HMAC-SHA-256 of a message.
    pub fn mac(&self, message: &[u8]) -> [u8; 32] {
        let mut mac = self.hmac();
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// Returns HMAC-SHA-256 of several parts, each with its length in front as 32 bits, most
    /// significant first, so that no two lists of parts are the same message.
    pub fn mac_of_parts(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.hmac();
        for part in parts {
            let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
            mac.update(&length.to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    fn hmac(&self) -> Hmac<Sha256> {
        // HMAC fills a key up to the block of its hash with zeros (RFC 2104).
        let mut block = Zeroizing::new([0; 64]);
        block[..Self::LENGTH].copy_from_slice(&*self.0);
        Hmac::new((&*block).into())
    }
}

/// Compares without telling by its time how much is the same.
impl PartialEq for SecretKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&*other.0).into()
    }
}

impl Eq for SecretKey {}

impl fmt::Debug for SecretKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SecretKey(redacted)")
    }
}

/// A text that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is 32 random bytes, written as 64 hexadecimal digits or as base64")]
pub struct SecretKeyInvalid;

/// Reads 64 hexadecimal digits, or base64 of either alphabet with or without padding.
impl FromStr for SecretKey {
    type Err = SecretKeyInvalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let bytes = from_hexadecimal(text).or_else(|| from_base64(text)).ok_or(SecretKeyInvalid)?;
        let mut key = Zeroizing::new([0; Self::LENGTH]);
        if bytes.len() != key.len() {
            return Err(SecretKeyInvalid);
        }
        key.copy_from_slice(&bytes);
        Ok(Self(key))
    }
}

fn from_hexadecimal(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    if text.len() != 2 * SecretKey::LENGTH || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let pairs = (0..text.len()).step_by(2).map(|at| text.get(at..at + 2));
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect::<Option<_>>().map(Zeroizing::new)
}

fn from_base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let decode = |alphabet| GeneralPurpose::new(alphabet, config).decode(text).ok();
    decode(&STANDARD).or_else(|| decode(&URL_SAFE)).map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn keys_are_read_from_configuration() {
        let key = SecretKey::new([0xfb; 32]);
        for text in [
            "fb".repeat(32),
            format!(" {}\n", "FB".repeat(32)),
            "+/v7".repeat(10) + "+/s=",
            "-_v7".repeat(10) + "-_s",
        ] {
            assert_eq!(text.parse(), Ok(key.clone()), "{text}");
        }
        for text in ["", "fb", &"fb".repeat(31), &"fg".repeat(32), &"é".repeat(32), "correct horse"]
        {
            assert_eq!(text.parse::<SecretKey>(), Err(SecretKeyInvalid), "{text}");
        }
    }

    #[test]
    fn the_hash_is_that_of_rfc_4231() {
        // Test case 1 has a key of 20 bytes, which HMAC fills up with zeros just the same.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        assert_eq!(
            hex::encode(SecretKey::new(key).mac(b"Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        );
    }

    #[test]
    fn parts_do_not_run_together() {
        let key = SecretKey::new([1; 32]);
        assert_ne!(key.mac_of_parts(&[b"ab", b"c"]), key.mac_of_parts(&[b"a", b"bc"]));
        assert_ne!(key.mac_of_parts(&[b"ab"]), key.mac_of_parts(&[b"ab", b""]));
        assert_eq!(key.mac_of_parts(&[b"a"]), key.mac(b"\0\0\0\x01a"));
    }

    #[test]
    fn debug_shows_nothing_and_new_keys_differ() {
        let random = SeededRandom::new(1);
        let (one, other) = (SecretKey::draw(&random), SecretKey::draw(&random));
        assert_ne!(one, other);
        assert_eq!(format!("{one:?}"), "SecretKey(redacted)");
    }
}
