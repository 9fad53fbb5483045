//! Owns the shape of mail addresses. Whether one exists and whose it is, only a message to it tells.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// RFC 5321, section 4.5.3.1, in octets.
const MAX_LOCAL: usize = 64;
/// RFC 5321, section 4.5.3.1, less the angle brackets of a path.
const MAX_LENGTH: usize = 254;
/// RFC 1035, section 2.3.4.
const MAX_LABEL: usize = 63;

/// A mail address by its shape, as typed but for the case of its domain.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Email(String);

/// A text that cannot be a mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("enter a mail address, such as ana@example.org")]
pub struct EmailInvalid;

impl Email {
    /// Checks the shape: something before the last `@`, and a domain of two labels or more after it.
    ///
    /// Quoted local parts and addresses of hosts by number are refused, though RFC 5321 has them:
    /// nobody signs up with one.
    pub fn parse(text: &str) -> Result<Self, EmailInvalid> {
        if text.len() > MAX_LENGTH * 2 {
            return Err(EmailInvalid);
        }
        let text: String = text.trim().nfc().collect();
        let (local, domain) = text.rsplit_once('@').ok_or(EmailInvalid)?;
        let domain = domain.to_lowercase();
        let fits = local.len() + 1 + domain.len() <= MAX_LENGTH;
        if fits && is_local_part(local) && is_domain(&domain) {
            Ok(Self(format!("{local}@{domain}")))
        } else {
            Err(EmailInvalid)
        }
    }

    /// Returns the address to send to.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the form by which two addresses are the same: hosts that tell the case of local parts
    /// apart are a thing of the past.
    pub fn comparison_form(&self) -> String {
        self.0.to_lowercase()
    }
}

/// The dot-atom of RFC 5322, section 3.2.3, with the letters that RFC 6531 adds.
fn is_local_part(local: &str) -> bool {
    let is_atom_sign = |sign: char| sign.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(sign);
    local.len() <= MAX_LOCAL
        && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom_sign))
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        let is_label_sign = |sign: char| sign.is_alphanumeric() || sign == '-' || is_mark(sign);
        (1..=MAX_LABEL).contains(&label.len())
            && label.chars().all(is_label_sign)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && domain.split('.').all(is_label)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
}

/// Vowel signs of Indian and other scripts, which are no letters but stand in their domain names.
fn is_mark(sign: char) -> bool {
    unicode_normalization::char::is_combining_mark(sign) && !matches!(sign, '\u{fe00}'..='\u{fe0f}')
}

impl FromStr for Email {
    type Err = EmailInvalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Email(redacted)")
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl PartialSchema for Email {
    fn schema() -> RefOr<Schema> {
        Object::builder()
            .schema_type(Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::Custom("email".to_owned())))
            .max_length(Some(MAX_LENGTH))
            .examples(["ana@example.org"])
            .into()
    }
}

impl ToSchema for Email {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_known_by_their_shape() {
        for (text, expected) in [
            ("ana@example.org", "ana@example.org"),
            (" Ana.Maria+kith@Mail.EXAMPLE.org ", "Ana.Maria+kith@mail.example.org"),
            ("o'brien@example.co.uk", "o'brien@example.co.uk"),
            ("用户@例子.广告", "用户@例子.广告"),
            ("ana@xn--bcher-kva.example", "ana@xn--bcher-kva.example"),
            ("अजय@डाटा.भारत", "अजय@डाटा.भारत"),
        ] {
            assert_eq!(Email::parse(text).as_ref().map(Email::as_str), Ok(expected));
        }
        assert_eq!(Email::parse("Ana@Example.org").unwrap().comparison_form(), "ana@example.org");
    }

    #[test]
    fn other_texts_are_refused() {
        let long = format!("{}@example.org", "a".repeat(65));
        let label = format!("ana@{}.org", "a".repeat(64));
        let huge = format!("ana@{}org", "a.".repeat(126));
        for text in [
            "",
            "ana",
            "@example.org",
            "ana@",
            "ana@localhost",
            "ana@example..org",
            "ana@.org",
            "ana@-a.org",
            "ana@a-.org",
            "a b@example.org",
            "a@b@example.org",
            ".a@example.org",
            "a..b@example.org",
            "ana@1.2.3.4",
            "ana@exa_mple.org",
            "a\n@example.org",
            "ana\u{200b}@example.org",
            "ana@example.org\0",
            "\"a\"@example.org",
            &long,
            &label,
            &huge,
        ] {
            assert_eq!(Email::parse(text), Err(EmailInvalid), "{text:?}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Email::parse("ana@example.org").unwrap()), "Email(redacted)");
    }

    proptest! {
        #[test]
        fn reading_what_was_read_changes_nothing(text in any::<String>(), local in "[a-zA-Z.+]{1,9}", domain in "[a-zA-Z.é-]{1,12}") {
            let _ = Email::parse(&text);
            if let Ok(email) = Email::parse(&format!("{local}@{domain}")) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
            }
        }
    }
}
