//! Owns verification codes and what is stored of them. A code has a million values: only its keyed
//! hash may be kept, and only the count of tries keeps it from being guessed.

use std::fmt;

use subtle::{Choice, ConstantTimeEq as _};
use zeroize::Zeroizing;

use super::{KeyRing, Purpose, SecretKey};
use crate::id::VerificationId;
use crate::random::Random;

const DIGITS: usize = 6;
/// Ten to the number of digits.
const CODES: u32 = 1_000_000;

/// Six decimal digits that prove the hold of a phone or an address.
#[derive(Clone)]
pub struct VerificationCode(Zeroizing<String>);

/// A text that cannot be a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("enter the six digits of the code")]
pub struct CodeInvalid;

impl VerificationCode {
    /// Draws a code, each equally likely.
    pub fn draw(random: &dyn Random) -> Self {
        Self(Zeroizing::new(format!("{:0DIGITS$}", random.below(CODES))))
    }

    /// Reads a code as people type and paste it: spaces and dashes between the digits are dropped,
    /// digits of other scripts count.
    pub fn parse(text: &str) -> Result<Self, CodeInvalid> {
        const MAX_TEXT_BYTES: usize = 64;
        if text.len() > MAX_TEXT_BYTES {
            return Err(CodeInvalid);
        }
        let digits = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-');
        let digits: Option<String> = digits.map(decimal_digit).collect();
        match digits.map(Zeroizing::new) {
            Some(digits) if digits.len() == DIGITS => Ok(Self(digits)),
            _ => Err(CodeInvalid),
        }
    }

    /// Returns the digits, to be sent to the person and nowhere else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Reads a digit of ASCII, full width, Arabic, Persian, Devanagari or Bengali script.
fn decimal_digit(sign: char) -> Option<char> {
    const ZEROS: [char; 6] = ['0', '０', '٠', '۰', '०', '০'];
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(sign).checked_sub(u32::from(*zero))?;
        char::from_digit(value, 10)
    })
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("VerificationCode(redacted)")
    }
}

/// What is stored of a code: HMAC-SHA-256 of the flow, the number or address, and the code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CodeHash([u8; 32]);

impl CodeHash {
    /// Returns the bytes as they stand in the database.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for CodeHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("CodeHash(redacted)")
    }
}

/// Hashes codes and compares them.
#[derive(Clone, Debug)]
pub struct CodeHasher(Vec<SecretKey>);

impl CodeHasher {
    /// Takes the keys for it from the ring.
    pub fn new(ring: &KeyRing) -> Self {
        Self(ring.keys(Purpose::VerificationCode))
    }

    /// Returns what to store of a code. `subject` is the E.164 number or the mail address that the
    /// code goes to.
    pub fn hash(&self, flow: VerificationId, subject: &str, code: &VerificationCode) -> CodeHash {
        hash(&self.0[0], flow, subject, code)
    }

    /// Tells whether `stored` belongs to this code, in a time that does not depend on the answer.
    pub fn matches(
        &self,
        flow: VerificationId,
        subject: &str,
        code: &VerificationCode,
        stored: &[u8],
    ) -> bool {
        let compare = |key| hash(key, flow, subject, code).0.ct_eq(stored);
        self.0.iter().map(compare).fold(Choice::from(0), |any, same| any | same).into()
    }
}

fn hash(key: &SecretKey, flow: VerificationId, subject: &str, code: &VerificationCode) -> CodeHash {
    let parts = [flow.as_uuid().as_bytes(), subject.as_bytes(), code.expose().as_bytes()];
    CodeHash(key.mac_of_parts(&parts))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::random::SeededRandom;

    fn hasher(masters: &[u8]) -> CodeHasher {
        let masters = masters.iter().map(|byte| SecretKey::new([*byte; 32])).collect();
        CodeHasher::new(&KeyRing::new(masters).unwrap())
    }

    fn flow(number: u128) -> VerificationId {
        VerificationId::from(Uuid::from_u128(number))
    }

    #[test]
    fn codes_are_six_digits_of_which_none_is_rarer() {
        let random = SeededRandom::new(1);
        let mut first = [0_u32; 10];
        for _ in 0..10_000 {
            let code = VerificationCode::draw(&random);
            assert!(
                code.expose().len() == 6 && code.expose().bytes().all(|byte| byte.is_ascii_digit())
            );
            first[usize::from(code.expose().as_bytes()[0] - b'0')] += 1;
        }
        assert!(first.iter().all(|count| (850..1150).contains(count)), "{first:?}");
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        for text in ["012345", " 012 345 ", "012-345", "０１２３４５", "٠١٢٣٤٥", "۰۱۲۳۴۵"]
        {
            assert_eq!(VerificationCode::parse(text).unwrap().expose(), "012345", "{text}");
        }
        for text in ["", "12345", "1234567", "12345a", "12345½", "+12345", &"1".repeat(1000)] {
            assert!(VerificationCode::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_code_is_good_for_its_flow_and_number_only() {
        let hasher = hasher(&[1]);
        let code = VerificationCode::parse("012345").unwrap();
        let stored = hasher.hash(flow(1), "+14155550123", &code);
        assert_eq!(
            hex::encode(stored.as_bytes()),
            "55de04a70cecaf2434f775915093fefe165a4a4b214800713f3e9348d055cefd"
        );
        let matches = |flow, subject, code: &str| {
            let code = VerificationCode::parse(code).unwrap();
            hasher.matches(flow, subject, &code, stored.as_bytes())
        };
        assert!(matches(flow(1), "+14155550123", "012345"));
        assert!(!matches(flow(1), "+14155550123", "012346"));
        assert!(!matches(flow(1), "+14155550124", "012345"));
        assert!(!matches(flow(2), "+14155550123", "012345"));
        assert!(!hasher.matches(flow(1), "+14155550123", &code, b"short"));
    }

    #[test]
    fn a_new_key_still_knows_codes_on_their_way() {
        let code = VerificationCode::parse("012345").unwrap();
        let stored = hasher(&[1]).hash(flow(1), "+14155550123", &code);
        assert!(hasher(&[2, 1]).matches(flow(1), "+14155550123", &code, stored.as_bytes()));
        assert!(!hasher(&[2]).matches(flow(1), "+14155550123", &code, stored.as_bytes()));
    }

    #[test]
    fn debug_shows_nothing() {
        let code = VerificationCode::parse("012345").unwrap();
        let stored = hasher(&[1]).hash(flow(1), "+14155550123", &code);
        assert_eq!(format!("{code:?} {stored:?}"), "VerificationCode(redacted) CodeHash(redacted)");
    }
}
