//! What a person is told of the account, and in which words. A sentence says what happened, and what to do if it
//! was not the reader. It must never hold more of a device than the name that it was given.

use kith_types::visibility::AuthMethod;
use serde_json::Value;

/// How much of a device's name is repeated, in characters.
const NAME: usize = 40;

macro_rules! notes {
    ($($variant:ident, $kind:literal;)*) => {
        /// What happened to an account, named as in the audit log.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum AccountNote { $(#[doc = $kind] $variant),* }

        impl AccountNote {
            /// Every note.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The note of a fact; none for facts that nobody is told.
            pub fn of_fact(kind: &str) -> Option<Self> {
                match kind { $($kind => Some(Self::$variant),)* _ => None }
            }

            /// The key that is stored.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => concat!("account.", $kind)),* }
            }
        }
    };
}

notes! {
    SignedIn, "signed-in";
    TokenReused, "token-reused";
    NumberChanged, "number-changed";
    NumberPassedOn, "number-passed-on";
    PasswordSet, "password-set";
    PasswordRemoved, "password-removed";
    PasskeyAdded, "passkey-added";
    PasskeyRemoved, "passkey-removed";
    PasskeyCopied, "passkey-copied";
    IdentityLinked, "identity-linked";
    IdentityUnlinked, "identity-unlinked";
    EmailVerified, "email-verified";
    LockSet, "lock-set";
    LockRemoved, "lock-removed";
    SignInHeld, "sign-in-held";
    RoleChanged, "role-changed";
}

/// What is still known of what was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deed {
    /// What its owner calls the device that it was done on.
    pub device: Option<String>,
    /// The way in, of a sign-in.
    pub way: Option<AuthMethod>,
}

impl Deed {
    /// Reads it from the audit log and from the session.
    pub fn read(details: &Value, device: Option<&Value>) -> Self {
        let way = details.get("way").and_then(Value::as_str);
        let name = device.and_then(|device| device.get("name")).and_then(Value::as_str);
        let name = name.map(|name| name.trim().chars().take(NAME).collect::<String>());
        Self {
            device: name.filter(|name| !name.is_empty()),
            way: way.and_then(|way| AuthMethod::ALL.iter().copied().find(|m| m.as_str() == way)),
        }
    }
}

impl AccountNote {
    /// The sentence.
    pub fn say(self, deed: Option<&Deed>) -> String {
        let device = deed.and_then(|deed| deed.device.as_deref());
        let on = device.map_or_else(String::new, |device| format!(" on “{device}”"));
        let what = match self {
            Self::SignedIn => {
                let way = deed.and_then(|deed| deed.way).map_or("", way);
                format!("New sign-in{on}{way}")
            }
            Self::TokenReused => format!(
                "A session{on} was ended, because its key was used twice: somebody may have copied it"
            ),
            Self::NumberChanged => format!("The number of your account was changed{on}"),
            Self::NumberPassedOn => {
                "Your number belongs to somebody else now, who signed in with it after you \
                had not been here for long. Your account stays yours: set your new number"
                    .to_owned()
            }
            Self::PasswordSet => format!("A password was set{on}"),
            Self::PasswordRemoved => format!("The password was removed{on}"),
            Self::PasskeyAdded => format!("A passkey was added{on}"),
            Self::PasskeyRemoved => format!("A passkey was removed{on}"),
            Self::PasskeyCopied => {
                "A passkey was refused: somebody may have a copy of it".to_owned()
            }
            Self::IdentityLinked => format!("Sign-in by another service was added{on}"),
            Self::IdentityUnlinked => format!("Sign-in by another service was removed{on}"),
            Self::EmailVerified => format!("An e-mail address was verified{on}"),
            Self::LockSet => {
                format!("Your account was locked{on}: a code alone lets no new device in")
            }
            Self::LockRemoved => {
                format!(
                    "The lock of your account was removed{on}: a code alone lets a new device in"
                )
            }
            Self::SignInHeld => {
                "Somebody with a code for your number tried to sign in, and the lock held them up"
                    .to_owned()
            }
            Self::RoleChanged => {
                "Whoever runs this server changed what your account may do".to_owned()
            }
        };
        match self.advice() {
            Some(advice) => format!("{what}. {advice}"),
            None => what,
        }
    }

    /// What to do if it was not the reader.
    fn advice(self) -> Option<&'static str> {
        Some(match self {
            Self::NumberPassedOn | Self::RoleChanged => return None,
            Self::SignedIn => {
                "If this was not you, end that session under Devices and lock your account"
            }
            Self::TokenReused => "Sign in there again, and look through your devices",
            Self::PasskeyCopied => "Remove it, and add a new one",
            Self::NumberChanged => "If this was not you, end the other sessions and change it back",
            Self::SignInHeld => {
                "If this was you, use a passkey or your password; if not, ask your phone company \
                whether somebody took your number over"
            }
            _ => "If this was not you, end the other sessions and undo it",
        })
    }
}

fn way(way: AuthMethod) -> &'static str {
    match way {
        AuthMethod::Phone => ", with a code",
        AuthMethod::Password => ", with your password",
        AuthMethod::Passkey => ", with a passkey",
        AuthMethod::Social => ", by another service",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::features::security::Fact;

    #[test]
    fn every_fact_that_is_told_has_words() {
        for fact in Fact::ALL {
            let note = AccountNote::of_fact(fact.kind());
            assert_eq!(note.is_some(), fact.is_told(), "{}", fact.kind());
        }
    }

    #[test]
    fn a_device_has_the_name_that_it_was_given_and_no_more() {
        let details = json!({ "way": "passkey" });
        let name = format!(" {} ", "x".repeat(90));
        let deed = Deed::read(&details, Some(&json!({ "name": name, "user_agent": "secret" })));
        let said = AccountNote::SignedIn.say(Some(&deed));
        assert!(
            said.starts_with(&format!("New sign-in on “{}”, with a passkey. ", "x".repeat(NAME))),
            "{said}"
        );
        for nameless in [None, Some(&json!({ "name": null })), Some(&json!({ "name": " " }))] {
            assert_eq!(Deed::read(&json!({}), nameless), Deed::default());
        }
        assert!(AccountNote::SignedIn.say(None).starts_with("New sign-in. "));
    }
}
