//! The facts that the audit log knows.

use kith_types::visibility::AuthMethod;
use serde_json::{Value, json};

/// Something that happened to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A session began.
    SignedIn(AuthMethod),
    /// A code or password was wrong.
    SignInFailed(AuthMethod),
    /// A code was wrong that somebody who is signed in gave, to show what is named.
    CodeWrong(&'static str),
    /// A session was ended by whoever held it.
    SignedOut,
    /// A session was ended from another one.
    SessionEnded,
    /// A refresh token was used twice, and its session ended.
    TokenReused,
    /// The owner showed again who they are.
    SteppedUp,
    /// The account has another number.
    NumberChanged,
    /// The password was set or changed.
    PasswordSet,
    /// The password was taken away.
    PasswordRemoved,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was taken away.
    PasskeyRemoved,
    /// A passkey was refused: its counter ran backwards, so that a copy of it may exist.
    PasskeyCopied,
    /// A sign-in by another service was linked.
    IdentityLinked,
    /// A sign-in by another service was taken away.
    IdentityUnlinked,
    /// An e-mail address was verified.
    EmailVerified,
    /// The account was locked against sign-ins by code alone.
    LockSet,
    /// The lock was taken away.
    LockRemoved,
    /// A sign-in by code alone was held up by the lock.
    SignInHeld,
    /// The number went over to somebody else after a long silence.
    NumberPassedOn,
}

impl Fact {
    /// Every fact; those of a way in and those of a code once.
    pub const ALL: [Self; 20] = [
        Self::SignedIn(AuthMethod::Phone),
        Self::SignInFailed(AuthMethod::Phone),
        Self::CodeWrong("step-up"),
        Self::SignedOut,
        Self::SessionEnded,
        Self::TokenReused,
        Self::SteppedUp,
        Self::NumberChanged,
        Self::PasswordSet,
        Self::PasswordRemoved,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::PasskeyCopied,
        Self::IdentityLinked,
        Self::IdentityUnlinked,
        Self::EmailVerified,
        Self::LockSet,
        Self::LockRemoved,
        Self::SignInHeld,
        Self::NumberPassedOn,
    ];

    /// The word in the log.
    pub fn kind(self) -> &'static str {
        match self {
            Self::SignedIn(_) => "signed-in",
            Self::SignInFailed(_) => "sign-in-failed",
            Self::CodeWrong(_) => "code-wrong",
            Self::SignedOut => "signed-out",
            Self::SessionEnded => "session-ended",
            Self::TokenReused => "token-reused",
            Self::SteppedUp => "stepped-up",
            Self::NumberChanged => "number-changed",
            Self::PasswordSet => "password-set",
            Self::PasswordRemoved => "password-removed",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::PasskeyCopied => "passkey-copied",
            Self::IdentityLinked => "identity-linked",
            Self::IdentityUnlinked => "identity-unlinked",
            Self::EmailVerified => "email-verified",
            Self::LockSet => "lock-set",
            Self::LockRemoved => "lock-removed",
            Self::SignInHeld => "sign-in-held",
            Self::NumberPassedOn => "number-passed-on",
        }
    }

    /// Whether the owner is told. Not of what they are just doing, and not of what anybody can bring about who
    /// knows their number. A sign-in is told where they are signed in elsewhere.
    pub fn is_told(self) -> bool {
        !matches!(
            self,
            Self::SignInFailed(_)
                | Self::CodeWrong(_)
                | Self::SignedOut
                | Self::SessionEnded
                | Self::SteppedUp
        )
    }

    /// What the word does not say.
    pub fn details(self) -> Value {
        match self {
            Self::SignedIn(way) | Self::SignInFailed(way) => json!({ "way": way.as_str() }),
            Self::CodeWrong(purpose) => json!({ "for": purpose }),
            _ => json!({}),
        }
    }
}
