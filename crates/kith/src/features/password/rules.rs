//! Which passwords are good enough to be set. Comparing one asks none of this.

use secrecy::{ExposeSecret as _, SecretString};
use unicode_normalization::UnicodeNormalization as _;

use crate::http::problem::Problem;

const MIN_CHARACTERS: usize = 10;
const MAX_CHARACTERS: usize = 200;
/// So many digits of somebody's number in a row are a trace of it.
const TRACE_OF_NUMBER: usize = 7;

/// Whose password it is to be.
pub struct Owner {
    /// Their username, if they have chosen one.
    pub username: Option<String>,
    /// Their number, E.164.
    pub phone: String,
}

/// The one spelling of a password: keyboards write the same letter in several ways.
pub fn composed(password: &SecretString) -> SecretString {
    SecretString::from(password.expose_secret().nfc().collect::<String>())
}

/// Refuses what is too short, too long or made of what everybody knows of its owner.
pub fn require_good(password: &SecretString, owner: &Owner) -> Result<(), Problem> {
    let text = password.expose_secret();
    let refuse = |detail: &'static str| Err(Problem::invalid("/password", detail));
    if !(MIN_CHARACTERS..=MAX_CHARACTERS).contains(&text.chars().count()) {
        return refuse("use 10 to 200 characters");
    }
    let lower = text.to_lowercase();
    if owner.username.as_ref().is_some_and(|username| lower.contains(username)) {
        return refuse("leave your username out of it");
    }
    let digits: String = owner.phone.chars().filter(char::is_ascii_digit).collect();
    let end = digits.len().saturating_sub(TRACE_OF_NUMBER);
    let written: String = text.chars().filter(char::is_ascii_digit).collect();
    if written.contains(&digits[end..]) {
        return refuse("leave your phone number out of it");
    }
    Ok(())
}
