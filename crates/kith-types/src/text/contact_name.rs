//! Owns the names in people's contact books. They come from anywhere and are never refused: what
//! would be refused elsewhere is left out.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;
use utoipa::ToSchema;

use super::{Layout, signs};

const MAX_CHARACTERS: usize = 200;
const MAX_BYTES: usize = 1_000;
/// As much of a text as is looked at, in code points.
const MAX_SIGNS_READ: usize = 4_000;

/// What the owner of a contact book calls somebody: one line of at most 200 characters, maybe empty.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
#[schema(value_type = String)]
pub struct ContactName(String);

impl ContactName {
    /// Makes the best of any text.
    pub fn from_book(text: &str) -> Self {
        let signs: Vec<char> = text.chars().take(MAX_SIGNS_READ).collect();
        let composed: String = visible(&signs).nfc().collect();
        let line = composed.split_whitespace().collect::<Vec<_>>().join(" ");
        Self(shortened(&line).trim_end().to_owned())
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name itself.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Leaves out what may not stand where it stands; white space of any kind becomes a space.
fn visible(signs: &[char]) -> String {
    let mut kept = String::new();
    for (index, sign) in signs.iter().copied().enumerate() {
        let next = signs.get(index + 1).copied();
        if sign.is_whitespace() {
            kept.push(' ');
        } else if signs::may_stand(kept.chars().next_back(), sign, next, Layout::OneLine) {
            kept.push(sign);
        }
    }
    kept
}

/// Takes whole characters while they fit, leaving out those that pile up marks.
fn shortened(line: &str) -> String {
    let mut short = String::new();
    for character in line.graphemes(true).take(MAX_CHARACTERS) {
        if signs::is_stacked(character) {
            continue;
        }
        if short.len() + character.len() > MAX_BYTES {
            break;
        }
        short.push_str(character);
    }
    short
}

impl fmt::Debug for ContactName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ContactName({} bytes)", self.0.len())
    }
}

impl<'de> Deserialize<'de> for ContactName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Ok(Self::from_book(&text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(text: &str) -> String {
        ContactName::from_book(text).into_string()
    }

    #[test]
    fn every_name_is_made_the_best_of() {
        assert_eq!(name("  Mum \u{202e}\u{200b}❤️\r\n(home)\0 "), "Mum ❤️ (home)");
        assert_eq!(name("Cafe\u{200b}\u{301}"), "Café");
        assert_eq!(name("\u{3164}\u{2800}"), "");
        assert_eq!(name("👩‍👩‍👧 می‌خواهم"), "👩‍👩‍👧 می‌خواهم");
        assert_eq!(name(&"é".repeat(300)).chars().count(), 200);
        assert_eq!(name(&"👩‍👩‍👧‍👦".repeat(100)).len() % "👩‍👩‍👧‍👦".len(), 0);
        assert_eq!(name(&format!("a{}b", "\u{301}".repeat(50))), "b");
        assert_eq!(format!("{:?}", ContactName::from_book("Mum")), "ContactName(3 bytes)");
        assert_eq!(serde_json::from_str::<ContactName>("\" Mum \"").unwrap().as_str(), "Mum");
    }

    proptest! {
        #[test]
        fn a_name_fits_and_shows(text in any::<String>()) {
            let name = name(&text);
            prop_assert!(name.len() <= MAX_BYTES);
            prop_assert!(name.graphemes(true).count() <= MAX_CHARACTERS);
            prop_assert!(!name.contains(char::is_control));
            prop_assert_eq!(name.trim(), name.as_str());
        }
    }
}
