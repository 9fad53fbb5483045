//! Owns refresh tokens. They are computed, not drawn: the server can hand out the same successor
//! again without keeping it, and knows any token that it ever made. It must never decide whether
//! a token is still good: the row of its session does.
//!
//! `kith_r1_` and, in base64url, the family (16 bytes), the number of the token within it (4 bytes,
//! most significant first) and HMAC-SHA-256 of both (32 bytes).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};
use uuid::Uuid;
use zeroize::{Zeroize as _, ZeroizeOnDrop, Zeroizing};

use super::{KeyRing, Purpose, SecretKey};
use crate::id::SessionId;

/// Lets programs that look for leaked secrets know one, and carries the version.
const PREFIX: &str = "kith_r1_";
const FAMILY_LENGTH: usize = 16;
const NUMBER_LENGTH: usize = 4;
const MAC_LENGTH: usize = 32;
const LENGTH: usize = FAMILY_LENGTH + NUMBER_LENGTH + MAC_LENGTH;

/// One token of a family.
#[derive(Clone)]
pub struct RefreshToken {
    family: SessionId,
    number: u32,
    mac: [u8; MAC_LENGTH],
}

/// A text that cannot be a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no refresh token: sign in again")]
pub struct RefreshTokenInvalid;

impl RefreshToken {
    /// Reads the parts of a token. Whether this server made it, [`RefreshTokens::made`] tells.
    pub fn parse(text: &str) -> Result<Self, RefreshTokenInvalid> {
        let encoded = text.strip_prefix(PREFIX).ok_or(RefreshTokenInvalid)?;
        let mut bytes = Zeroizing::new([0; LENGTH]);
        match URL_SAFE_NO_PAD.decode_slice(encoded, &mut *bytes) {
            Ok(LENGTH) => Ok(Self::from_bytes(&bytes)),
            _ => Err(RefreshTokenInvalid),
        }
    }

    fn from_bytes(bytes: &[u8; LENGTH]) -> Self {
        let mut family = [0; FAMILY_LENGTH];
        let mut number = [0; NUMBER_LENGTH];
        let mut mac = [0; MAC_LENGTH];
        let (named, rest) = bytes.split_at(FAMILY_LENGTH);
        family.copy_from_slice(named);
        number.copy_from_slice(&rest[..NUMBER_LENGTH]);
        mac.copy_from_slice(&rest[NUMBER_LENGTH..]);
        Self { family: Uuid::from_bytes(family).into(), number: u32::from_be_bytes(number), mac }
    }

    /// Returns the session that the token continues.
    pub fn family(&self) -> SessionId {
        self.family
    }

    /// Returns which token of the family it is; the first is 0.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns what is stored of the token: SHA-256 of its bytes. They are as good as random, so
    /// nothing slower is needed.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(*self.bytes()).into()
    }

    /// Returns the token as its owner gets it.
    pub fn expose(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::from(PREFIX));
        URL_SAFE_NO_PAD.encode_string(*self.bytes(), &mut text);
        text
    }

    fn bytes(&self) -> Zeroizing<[u8; LENGTH]> {
        let mut bytes = Zeroizing::new([0; LENGTH]);
        let (named, mac) = bytes.split_at_mut(FAMILY_LENGTH + NUMBER_LENGTH);
        named.copy_from_slice(&named_bytes(self.family, self.number));
        mac.copy_from_slice(&self.mac);
        bytes
    }
}

impl Drop for RefreshToken {
    fn drop(&mut self) {
        self.mac.zeroize();
    }
}

impl ZeroizeOnDrop for RefreshToken {}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "RefreshToken({}, {}, redacted)", self.family, self.number)
    }
}

/// Makes refresh tokens and knows them again.
#[derive(Clone, Debug)]
pub struct RefreshTokens(Vec<SecretKey>);

impl RefreshTokens {
    /// Takes the keys for it from the ring.
    pub fn new(ring: &KeyRing) -> Self {
        Self(ring.keys(Purpose::RefreshToken))
    }

    /// Makes the token of that number, always the same one while the newest key stays.
    pub fn make(&self, family: SessionId, number: u32) -> RefreshToken {
        token(&self.0[0], family, number)
    }

    /// Makes the token of that number again with whichever key gives the stored hash, so that one
    /// handed out before a change of keys is handed out again.
    pub fn make_again(
        &self,
        family: SessionId,
        number: u32,
        stored: &[u8],
    ) -> Option<RefreshToken> {
        let mut tokens = self.0.iter().map(|key| token(key, family, number));
        tokens.find(|token| token.hash().ct_eq(stored).into())
    }

    /// Tells whether this server made the token, however long ago: an old one that turns up again
    /// was stolen, a false one proves nothing.
    pub fn made(&self, presented: &RefreshToken) -> bool {
        let compare = |key| {
            let genuine = token(key, presented.family, presented.number);
            genuine.mac.ct_eq(&presented.mac)
        };
        self.0.iter().map(compare).fold(Choice::from(0), |any, same| any | same).into()
    }
}

fn token(key: &SecretKey, family: SessionId, number: u32) -> RefreshToken {
    RefreshToken { family, number, mac: key.mac(&named_bytes(family, number)) }
}

fn named_bytes(family: SessionId, number: u32) -> [u8; FAMILY_LENGTH + NUMBER_LENGTH] {
    let mut bytes = [0; FAMILY_LENGTH + NUMBER_LENGTH];
    bytes[..FAMILY_LENGTH].copy_from_slice(family.as_uuid().as_bytes());
    bytes[FAMILY_LENGTH..].copy_from_slice(&number.to_be_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(masters: &[u8]) -> RefreshTokens {
        let masters = masters.iter().map(|byte| SecretKey::new([*byte; 32])).collect();
        RefreshTokens::new(&KeyRing::new(masters).unwrap())
    }

    fn family(number: u128) -> SessionId {
        SessionId::from(Uuid::from_u128(number))
    }

    #[test]
    fn the_successor_is_always_the_same() {
        let token = tokens(&[1]).make(family(1), 2);
        assert_eq!(*token.expose(), *tokens(&[1]).make(family(1), 2).expose());
        assert_eq!(
            *token.expose(),
            "kith_r1_AAAAAAAAAAAAAAAAAAAAAQAAAAIDDCSNPyGnHDgD6OefoL0NtNb0k7iIaWSK0-KMaLK5kQ"
        );
        assert_eq!(
            hex::encode(token.hash()),
            "d1a8d44d1134ec942d21a8b923cebf2d10970435d1d642bc7b2d2ee332b13001"
        );
        assert_ne!(token.hash(), tokens(&[1]).make(family(1), 3).hash());
        assert_ne!(token.hash(), tokens(&[1]).make(family(2), 2).hash());
        assert_ne!(token.hash(), tokens(&[2]).make(family(1), 2).hash());
    }

    #[test]
    fn a_new_key_knows_old_tokens_and_makes_them_again() {
        let old = tokens(&[1]).make(family(1), 7);
        let rotated = tokens(&[2, 1]);
        assert!(rotated.made(&old));
        assert_ne!(rotated.make(family(1), 7).hash(), old.hash());
        let again = rotated.make_again(family(1), 7, &old.hash()).unwrap();
        assert_eq!(*again.expose(), *old.expose());
        assert!(rotated.make_again(family(1), 8, &old.hash()).is_none());
        assert!(tokens(&[2]).make_again(family(1), 7, &old.hash()).is_none());
    }

    #[test]
    fn debug_shows_no_secret() {
        let token = tokens(&[1]).make(family(1), 2);
        assert_eq!(
            format!("{token:?}"),
            "RefreshToken(00000000-0000-0000-0000-000000000001, 2, redacted)"
        );
    }

    proptest! {
        #[test]
        fn a_token_is_read_back_and_a_changed_one_is_known(
            session: u128, number: u32, at in 8..78_usize, sign in "[A-Za-z0-9_-]",
        ) {
            let tokens = tokens(&[1]);
            let text = tokens.make(family(session), number).expose().clone();
            prop_assert_eq!(text.len(), 78);
            let read = RefreshToken::parse(&text).unwrap();
            prop_assert_eq!((read.family(), read.number()), (family(session), number));
            prop_assert!(tokens.made(&read));
            let mut changed = text.clone();
            changed.replace_range(at..=at, &sign);
            if changed != text {
                prop_assert!(!RefreshToken::parse(&changed).is_ok_and(|token| tokens.made(&token)));
            }
        }

        #[test]
        fn no_text_panics(text in ".{0,100}", encoded in "kith_r1_[A-Za-z0-9_-]{0,90}") {
            let _ = RefreshToken::parse(&text);
            prop_assert!(!RefreshToken::parse(&encoded).is_ok_and(|token| tokens(&[1]).made(&token)));
        }
    }
}
