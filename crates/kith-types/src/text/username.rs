//! Owns the public handles. A handle is ASCII, so that no two of them look alike but for what the
//! letters of one alphabet share.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

const MIN_LENGTH: usize = 3;
const MAX_LENGTH: usize = 30;

/// Handles that would pass for the service, its pages or nobody, compared without separators.
const RESERVED: &[&str] = &[
    "abuse",
    "account",
    "accounts",
    "admin",
    "administrator",
    "all",
    "anonymous",
    "api",
    "app",
    "apps",
    "auth",
    "blocked",
    "contact",
    "contacts",
    "deleted",
    "deleteduser",
    "dev",
    "everyone",
    "explore",
    "feed",
    "friend",
    "friends",
    "help",
    "helpdesk",
    "here",
    "home",
    "hostmaster",
    "info",
    "invite",
    "invites",
    "kith",
    "kithapp",
    "kithhelp",
    "kithofficial",
    "kithsupport",
    "kithteam",
    "legal",
    "login",
    "logout",
    "mail",
    "media",
    "member",
    "members",
    "moderation",
    "moderator",
    "moderators",
    "mods",
    "nobody",
    "noreply",
    "notification",
    "notifications",
    "null",
    "official",
    "operator",
    "owner",
    "photo",
    "photos",
    "post",
    "postmaster",
    "posts",
    "privacy",
    "profile",
    "register",
    "report",
    "reports",
    "root",
    "safety",
    "security",
    "service",
    "session",
    "sessions",
    "settings",
    "signin",
    "signout",
    "signup",
    "staff",
    "status",
    "superuser",
    "support",
    "sysadmin",
    "system",
    "team",
    "terms",
    "undefined",
    "unknown",
    "upload",
    "uploads",
    "user",
    "username",
    "users",
    "verification",
    "verified",
    "verify",
    "webmaster",
    "www",
];

/// A handle: 3 to 30 lower-case letters, digits, `.` and `_`, at least one of them a letter; the
/// two separators stand alone and never first or last.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Username(String);

/// Why a text is no handle, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum UsernameInvalid {
    /// Too short or too long.
    #[error("use 3 to 30 characters")]
    Length,
    /// Something other than letters of English, digits, `.` and `_`.
    #[error("use only the letters a to z, digits, . and _")]
    Character,
    /// A separator at an end or next to another.
    #[error("put . and _ only between letters or digits, one at a time")]
    Separator,
    /// Nothing but digits, which could be taken for a phone number.
    #[error("use at least one letter")]
    NoLetter,
    /// A word that would pass for the service itself.
    #[error("choose another name: this one is reserved")]
    Reserved,
}

impl Username {
    /// Checks a handle; upper case becomes lower case, space around it is dropped.
    pub fn parse(text: &str) -> Result<Self, UsernameInvalid> {
        let name = text.trim();
        if name.chars().any(|sign| !sign.is_ascii_alphanumeric() && !is_separator(sign)) {
            return Err(UsernameInvalid::Character);
        }
        if !(MIN_LENGTH..=MAX_LENGTH).contains(&name.len()) {
            return Err(UsernameInvalid::Length);
        }
        if name.split(is_separator).any(str::is_empty) {
            return Err(UsernameInvalid::Separator);
        }
        if !name.contains(|sign: char| sign.is_ascii_alphabetic()) {
            return Err(UsernameInvalid::NoLetter);
        }
        let name = name.to_ascii_lowercase();
        if RESERVED.binary_search(&name.replace(is_separator, "").as_str()).is_ok() {
            return Err(UsernameInvalid::Reserved);
        }
        Ok(Self(name))
    }

    /// Returns the handle, lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the handle itself.
    pub fn into_string(self) -> String {
        self.0
    }
}

fn is_separator(sign: char) -> bool {
    matches!(sign, '.' | '_')
}

impl AsRef<str> for Username {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Username {
    type Err = UsernameInvalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Username {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for Username {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "@{}", self.0)
    }
}

impl<'de> Deserialize<'de> for Username {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl PartialSchema for Username {
    fn schema() -> RefOr<Schema> {
        Object::builder()
            .schema_type(Type::String)
            .min_length(Some(MIN_LENGTH))
            .max_length(Some(MAX_LENGTH))
            .pattern(Some("^[a-z0-9]+([._][a-z0-9]+)*$"))
            .examples(["ana.maria"])
            .into()
    }
}

impl ToSchema for Username {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn handles_are_lower_case_ascii() {
        for (text, expected) in [
            ("ana", "ana"),
            (" Ana.Maria ", "ana.maria"),
            ("a_1.b", "a_1.b"),
            ("0x0", "0x0"),
            ("abcdefghijklmnopqrstuvwxyz1234", "abcdefghijklmnopqrstuvwxyz1234"),
        ] {
            assert_eq!(Username::parse(text).as_ref().map(Username::as_str), Ok(expected));
        }
    }

    #[test]
    fn what_is_refused_says_why() {
        use UsernameInvalid::{Character, Length, NoLetter, Reserved, Separator};
        for (text, expected) in [
            ("", Length),
            ("ab", Length),
            ("abcdefghijklmnopqrstuvwxyz12345", Length),
            ("аna", Character), // a Cyrillic а
            ("ana maria", Character),
            ("ana\u{200d}", Character),
            ("ﬁne", Character),
            ("ana-maria", Character),
            ("@ana", Character),
            (".ana", Separator),
            ("ana_", Separator),
            ("ana..maria", Separator),
            ("ana__maria", Separator),
            ("ana._maria", Separator),
            ("...", Separator),
            ("14155550123", NoLetter),
            ("1_2.3", NoLetter),
            ("Admin", Reserved),
            ("k.i.t.h", Reserved),
            ("kith_support", Reserved),
        ] {
            assert_eq!(Username::parse(text), Err(expected), "{text:?}");
        }
    }

    #[test]
    fn the_reserved_words_are_in_order_and_plain() {
        assert!(RESERVED.is_sorted());
        for word in RESERVED {
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
            assert_eq!(Username::parse(word), Err(UsernameInvalid::Reserved), "{word}");
        }
    }

    proptest! {
        #[test]
        fn reading_what_was_read_changes_nothing(text in "[a-zA-Z0-9._ é]{0,32}") {
            if let Ok(name) = Username::parse(&text) {
                prop_assert_eq!(Username::parse(name.as_str()), Ok(name.clone()));
                prop_assert_eq!(Username::parse(&text.to_uppercase()), Ok(name.clone()));
                prop_assert!(name.as_str().is_ascii());
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = Username::parse(&text);
        }
    }
}
