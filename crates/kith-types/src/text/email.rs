//! Owns the shape of mail addresses. Whether one exists and whose it is, only a message to it tells.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// RFC 5321, section 4.5.3.1, in octets.
const MAX_LOCAL: usize = 64;
/// RFC 5321, section 4.5.3.1, less the angle brackets of a path.
const MAX_LENGTH: usize = 254;

/// A mail address by its shape, as typed but for its domain, which is in the form that the name system has it in.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Email(String);

/// A text that cannot be a mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("enter a mail address, such as ana@example.org")]
pub struct EmailInvalid;

impl Email {
    /// Checks the shape: something before the last `@`, and a domain of two labels or more after it.
    ///
    /// A domain in letters beyond ASCII is brought to its ASCII form: both are the same domain, and must be one
    /// address to whoever compares them.
    ///
    /// Quoted local parts and addresses of hosts by number are refused, though RFC 5321 has them:
    /// nobody signs up with one.
    pub fn parse(text: &str) -> Result<Self, EmailInvalid> {
        if text.len() > MAX_LENGTH * 2 {
            return Err(EmailInvalid);
        }
        let text: String = text.trim().nfc().collect();
        let (local, domain) = text.rsplit_once('@').ok_or(EmailInvalid)?;
        let domain = ascii_domain(domain).ok_or(EmailInvalid)?;
        let fits = local.len() + 1 + domain.len() <= MAX_LENGTH;
        if fits && is_local_part(local) {
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

/// The form in which a domain is asked for (UTS 46), if it can be one of a mail host: letters, digits and hyphens,
/// in labels and a whole as long as RFC 1035, section 2.3.4, allows. Hyphens may stand third and fourth in a label,
/// as they do in real ones.
fn ascii_domain(domain: &str) -> Option<Cow<'_, str>> {
    let domain = Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .ok()?;
    let (_, last) = domain.rsplit_once('.')?;
    let is_host_by_number = last.bytes().all(|byte| byte.is_ascii_digit());
    (!is_host_by_number).then_some(domain)
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
            ("用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v"),
            ("ana@xn--bcher-kva.example", "ana@xn--bcher-kva.example"),
            ("अजय@डाटा.भारत", "अजय@xn--c2bd1gb.xn--h2brj9c"),
            ("ana@r3---a.example.org", "ana@r3---a.example.org"),
        ] {
            assert_eq!(Email::parse(text).as_ref().map(Email::as_str), Ok(expected));
        }
        assert_eq!(Email::parse("Ana@Example.org").unwrap().comparison_form(), "ana@example.org");
    }

    #[test]
    fn a_domain_is_the_same_however_it_is_written() {
        for domain in [
            "bücher.example",
            "BÜCHER.example",
            "bu\u{308}cher.example",
            "ｂücher。example",
            "xn--bcher-kva.example",
            "XN--BCHER-KVA.Example",
        ] {
            let email = Email::parse(&format!("a@{domain}")).expect(domain);
            assert_eq!(email.comparison_form(), "a@xn--bcher-kva.example", "{domain}");
        }
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
            "ana@１.２.３.４",
            "ana@xn--.org",
            "ana@xn--a.org",
            "ana@xn--abc-.org",
            "ana@\u{308}a.org",
            "ana@a.org.",
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
