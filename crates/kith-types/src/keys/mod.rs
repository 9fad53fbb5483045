//! Owns what is done with secret keys: deriving them by purpose, indexing what must be found
//! without being read, sealing what must be read back, and the hashes and tokens of sign-in. It
//! must never print a secret, nor hold one that came from anywhere but its caller.
//!
//! Everything starts from a [`KeyRing`] of master keys, newest first. The newest makes; all of them
//! open what was made before, so that a key is changed by adding one in front and, when nothing
//! depends on the old one any more, taking that away.

mod blind_index;
mod code;
mod envelope;
mod refresh_token;
mod ring;
mod secret_key;

pub use blind_index::{BlindIndex, PhoneIndex};
pub use code::{CodeHash, CodeHasher, CodeInvalid, VerificationCode};
pub use envelope::{Envelopes, OpenFailed, Place};
pub use refresh_token::{RefreshToken, RefreshTokenInvalid, RefreshTokens};
pub use ring::{KeyId, KeyRing, KeyRingInvalid, Purpose};
pub use secret_key::{SecretKey, SecretKeyInvalid};
