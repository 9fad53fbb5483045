//! What a call says: the code, digit by digit, slowly, twice, in a language (TwiML of Programmable Voice).
//!
//! Owns the sentences. Nothing that somebody else wrote is ever spoken, so nothing can end the markup.

use std::fmt::Write as _;

/// Tags that `<Say>` knows, and the sentence before the digits. No sentence has a character that XML would read.
const SENTENCES: [(&str, &str); 13] = [
    ("da-DK", "Din Kith-kode er:"),
    ("de-DE", "Ihr Kith-Code lautet:"),
    ("en-GB", "Your Kith code is:"),
    ("en-US", "Your Kith code is:"),
    ("es-ES", "Su código de Kith es:"),
    ("es-MX", "Su código de Kith es:"),
    ("fr-FR", "Votre code Kith est :"),
    ("it-IT", "Il suo codice Kith è:"),
    ("nl-NL", "Uw Kith-code is:"),
    ("pl-PL", "Twój kod Kith to:"),
    ("pt-BR", "Seu código do Kith é:"),
    ("pt-PT", "O seu código do Kith é:"),
    ("sv-SE", "Din Kith-kod är:"),
];
/// Position of `en-US`.
const USUAL: usize = 3;

/// Longer than a breath, so that a digit can be written down before the next.
const PAUSE: &str = "<Pause length=\"1\"/>";

/// A language that calls can speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoiceLanguage {
    tag: &'static str,
    sentence: &'static str,
}

/// There is no sentence in this language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("calls do not speak {0}: use one of {known}", known = VoiceLanguage::tags().join(", "))]
pub struct UnknownVoiceLanguage(String);

impl Default for VoiceLanguage {
    fn default() -> Self {
        let (tag, sentence) = SENTENCES[USUAL];
        Self { tag, sentence }
    }
}

impl VoiceLanguage {
    /// The language of a tag such as `de-DE`.
    pub fn parse(tag: &str) -> Result<Self, UnknownVoiceLanguage> {
        let found = SENTENCES.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag));
        let (tag, sentence) = *found.ok_or_else(|| UnknownVoiceLanguage(tag.to_owned()))?;
        Ok(Self { tag, sentence })
    }

    /// Every tag.
    pub fn tags() -> Vec<&'static str> {
        SENTENCES.iter().map(|(tag, _)| *tag).collect()
    }

    /// Its tag.
    pub fn tag(self) -> &'static str {
        self.tag
    }

    /// The whole call. Only digits of the code are spoken.
    pub(crate) fn twiml(self, code: &str) -> String {
        let Self { tag, sentence } = self;
        let mut round = format!("<Say language=\"{tag}\">{sentence}</Say>{PAUSE}");
        for digit in code.chars().filter(char::is_ascii_digit) {
            // Writing to a string cannot fail.
            let _ = write!(round, "<Say language=\"{tag}\">{digit}</Say>{PAUSE}");
        }
        format!("<Response>{PAUSE}{round}{round}</Response>")
    }
}
