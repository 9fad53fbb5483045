//! Owns the texts that people write for each other. Once made, such a text is clean and fits.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{Layout, TextInvalid, signs};

/// Canonical composition changes the length of a text, so what comes in may be this much longer.
const SLACK_BEFORE_COMPOSITION: usize = 3;

/// What one kind of text allows.
struct Rules {
    min_characters: usize,
    max_characters: usize,
    max_bytes: usize,
    layout: Layout,
}

impl Rules {
    /// Composes (Unicode normalisation form C), trims and checks a text.
    fn clean(&self, text: &str) -> Result<String, TextInvalid> {
        if text.len() > self.max_bytes * SLACK_BEFORE_COMPOSITION {
            return Err(TextInvalid::TooManyBytes { bytes: self.max_bytes });
        }
        let composed = composed(text);
        let clean = match self.layout {
            Layout::OneLine => on_one_line(&composed)?,
            Layout::Lines => with_plain_line_ends(composed.trim()),
        };
        if clean.len() > self.max_bytes {
            return Err(TextInvalid::TooManyBytes { bytes: self.max_bytes });
        }
        let characters = signs::check(&clean, self.layout)?;
        if characters > self.max_characters {
            return Err(TextInvalid::TooLong { characters: self.max_characters });
        }
        if characters < self.min_characters {
            return Err(TextInvalid::Empty);
        }
        Ok(clean)
    }

    fn schema(&self, about: &str) -> RefOr<Schema> {
        let lines = if self.layout == Layout::Lines { "" } else { ", on one line" };
        Object::builder()
            .schema_type(Type::String)
            .min_length(Some(self.min_characters))
            .max_length(Some(self.max_bytes))
            .description(Some(format!(
                "{about}: at most {} characters as people count them{lines}",
                self.max_characters
            )))
            .into()
    }
}

/// Composes a text, if it is not composed already, as almost every one is.
fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
}

/// Makes one space of every run of white space; a line break inside is refused.
fn on_one_line(text: &str) -> Result<String, TextInvalid> {
    let text = text.trim();
    if text.contains(is_line_break) {
        return Err(TextInvalid::LineBreak);
    }
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Makes `\n` of every kind of line break, and a space of a tab.
fn with_plain_line_ends(text: &str) -> String {
    let plain = |sign| match sign {
        '\t' => ' ',
        sign if is_line_break(sign) => '\n',
        sign => sign,
    };
    text.replace("\r\n", "\n").chars().map(plain).collect()
}

fn is_line_break(sign: char) -> bool {
    matches!(sign, '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

macro_rules! written {
    ($( $(#[$about:meta])* $name:ident ( $title:literal ) $rules:expr; )+) => { $(
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, Hash, Serialize)]
        pub struct $name(String);

        impl $name {
            const RULES: Rules = $rules;

            /// Cleans and checks a text.
            pub fn parse(text: &str) -> Result<Self, TextInvalid> {
                Self::RULES.clean(text).map(Self)
            }

            /// Returns the text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns the text itself.
            pub fn into_string(self) -> String {
                self.0
            }

            /// Returns nothing for an empty text, which stands for taking it away.
            pub fn or_none(self) -> Option<Self> {
                (!self.0.is_empty()).then_some(self)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = TextInvalid;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<str>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}({} bytes)", stringify!($name), self.0.len())
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                Self::RULES.schema($title)
            }
        }

        impl ToSchema for $name {}
    )+ };
}

written! {
    /// The name that a person goes by.
    DisplayName("the name that a person goes by") Rules {
        min_characters: 1, max_characters: 50, max_bytes: 500, layout: Layout::OneLine,
    };
    /// What the author says of a photo; may be empty.
    Caption("what the author says of the photo") Rules {
        min_characters: 0, max_characters: 1_000, max_bytes: 10_000, layout: Layout::Lines,
    };
    /// What a photo shows, for those who cannot see it; may be empty.
    AltText("what the photo shows") Rules {
        min_characters: 0, max_characters: 1_500, max_bytes: 15_000, layout: Layout::Lines,
    };
    /// A comment.
    CommentText("a comment") Rules {
        min_characters: 1, max_characters: 1_000, max_bytes: 10_000, layout: Layout::Lines,
    };
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_composed_trimmed_and_given_plain_line_ends() {
        assert_eq!(
            Caption::parse("  Cafe\u{301} \r\n\u{2028}at\tnoon\r ").unwrap().as_str(),
            "Café \n\nat noon"
        );
        assert_eq!(DisplayName::parse("\u{3000}Ana\u{a0}  María ").unwrap().as_str(), "Ana María");
        assert_eq!(DisplayName::parse("Ana\nMaría"), Err(TextInvalid::LineBreak));
        assert_eq!(DisplayName::parse("Ana\n").unwrap().as_str(), "Ana");
    }

    #[test]
    fn lengths_are_what_people_count() {
        let family = "👩🏽‍👩🏽‍👧🏽‍👦🏽";
        assert_eq!(Caption::parse(&"é".repeat(1_000)).unwrap().as_str().len(), 2_000);
        assert!(Caption::parse(&"é".repeat(1_001)).is_err());
        assert!(CommentText::parse(&"👍🏽".repeat(1_000)).is_ok());
        assert!(DisplayName::parse(&"नि".repeat(50)).is_ok());
        assert_eq!(
            DisplayName::parse(&"a".repeat(51)),
            Err(TextInvalid::TooLong { characters: 50 }),
        );
        assert_eq!(
            CommentText::parse(&family.repeat(500)),
            Err(TextInvalid::TooManyBytes { bytes: 10_000 }),
        );
        assert_eq!(CommentText::parse(" \n\t "), Err(TextInvalid::Empty));
        assert_eq!(DisplayName::parse(""), Err(TextInvalid::Empty));
        assert_eq!(Caption::parse(" ").unwrap().or_none(), None);
        assert!(AltText::parse("a dog").unwrap().or_none().is_some());
        assert!(Caption::parse(&"x".repeat(50_000_000)).is_err());
    }

    #[test]
    fn what_people_write_is_kept() {
        for text in [
            "👩🏽‍👩🏽‍👧🏽‍👦🏽 ❤️‍🔥 🏳️‍⚧️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ #️⃣ ☕︎ 👩‍⚕️ 🇩🇪",
            "می‌خواهم نامه‌ای",
            "क्‍ष र्‍य ശ്രീ ක්‍ර",
            "शक्‌ति",
            "葛\u{e0100}城 神\u{fe00}",
            "Tiếng Việt ệ, Ωμέγα, ʻOkina, naïve — “quotes” … ½ ± ♥ \u{f8ff}",
            "שָׁלוֹם עֲלֵיכֶ֑ם \u{200f}",
            "བསྒྲུབས་ ភាសាខ្មែរ မြန်မာ",
            "٪ ۝ ﷺ",
        ] {
            assert_eq!(
                Caption::parse(text).unwrap().as_str(),
                text.nfc().collect::<String>().trim()
            );
        }
    }

    #[test]
    fn what_cannot_be_seen_is_refused_with_its_place() {
        for hidden in [
            '\0',
            '\u{7}',
            '\u{1b}',
            '\u{7f}',
            '\u{9b}',
            '\u{ad}',
            '\u{34f}',
            '\u{115f}',
            '\u{180e}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{202a}',
            '\u{202d}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{2069}',
            '\u{206a}',
            '\u{2800}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fff9}',
            '\u{fffe}',
            '\u{fdd0}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e0100}',
            '\u{1d173}',
            '\u{10ffff}',
        ] {
            let text = format!("ab{hidden}c");
            let expected = match hidden {
                // These belong to the character before them.
                '\u{34f}' | '\u{200c}' | '\u{200d}' | '\u{fe0f}' | '\u{e0041}' | '\u{e0100}' => 2,
                _ => 3,
            };
            for refused in [DisplayName::parse(&text).err(), CommentText::parse(&text).err()] {
                assert_eq!(
                    refused,
                    Some(TextInvalid::Invisible { position: expected }),
                    "{hidden:?}"
                );
            }
        }
        for text in [
            "ab\u{200e}",
            "1\u{fe0f}2",
            "👍\u{200d}",
            "\u{200d}👍",
            "س\u{200c}",
            "س\u{200c}\u{200c}س",
        ] {
            assert!(DisplayName::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn piles_of_marks_are_refused() {
        let pile = format!("aZ{}", "\u{336}".repeat(9));
        assert_eq!(CommentText::parse(&pile), Err(TextInvalid::Stacked { position: 2 }));
        let chain = format!("👍{}", "\u{200d}👍".repeat(20));
        assert_eq!(CommentText::parse(&chain), Err(TextInvalid::Stacked { position: 1 }));
        let smuggled = format!("\u{1f3f4}{}", "\u{e0041}".repeat(30));
        assert_eq!(CommentText::parse(&smuggled), Err(TextInvalid::Stacked { position: 1 }));
    }

    #[test]
    fn debug_never_shows_the_text() {
        let comment = CommentText::parse("our secret").unwrap();
        assert_eq!(format!("{comment:?}"), "CommentText(10 bytes)");
    }

    #[test]
    fn json_refuses_with_advice() {
        let error = serde_json::from_str::<CommentText>("\"a\\u202eb\"").unwrap_err().to_string();
        assert!(error.starts_with("remove the invisible character at position 2"), "{error}");
        assert_eq!(serde_json::to_string(&Caption::parse(" hi ").unwrap()).unwrap(), "\"hi\"");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC{0,80}|[ \\n\\ta\u{301}\u{200d}👍🏽س\u{200c}क\u{94d}\u{fe0f}]{0,20}") {
            for rules in [&Caption::RULES, &DisplayName::RULES] {
                if let Ok(clean) = rules.clean(&text) {
                    prop_assert_eq!(rules.clean(&clean), Ok(clean.clone()));
                }
            }
        }

        #[test]
        fn what_passes_fits(text in any::<String>()) {
            if let Ok(name) = DisplayName::parse(&text) {
                prop_assert!(!name.as_str().trim().is_empty() && name.as_str().len() <= 500);
                prop_assert!(!name.as_str().contains(char::is_control));
            }
            let _ = CommentText::parse(&text);
        }
    }
}
