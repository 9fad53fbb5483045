//! Values: quoted-printable, character sets, escapes. It must never refuse: bytes that mean nothing become the
//! replacement sign.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::line::Line;

/// Makes the file one whose line structure is ASCII, and finds what its values are written in where they do
/// not say. A byte order mark decides over what the sender said.
pub(super) fn as_ascii_superset<'a>(
    bytes: &'a [u8],
    charset: Option<&str>,
) -> (Cow<'a, [u8]>, Option<&'static Encoding>) {
    let named = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (Some(encoding), &bytes[length..]),
        None => (named, bytes),
    };
    match encoding {
        Some(wide) if wide == UTF_16LE || wide == UTF_16BE => {
            let (text, _) = wide.decode_without_bom_handling(bytes);
            (Cow::Owned(text.into_owned().into_bytes()), Some(UTF_8))
        }
        other => (Cow::Borrowed(bytes), other),
    }
}

/// The value as text. Old files that do not say what they are written in and are no UTF-8 came from Western
/// Windows more often than from anywhere else.
pub(super) fn decoded(line: &Line<'_>, charset: Option<&'static Encoding>) -> String {
    let bytes = if line.is_quoted_printable() {
        Cow::Owned(from_quoted_printable(&line.value))
    } else {
        Cow::Borrowed(line.value.as_ref())
    };
    let named = line.parameter("CHARSET").and_then(|label| Encoding::for_label(label.as_bytes()));
    let encoding = named.or(charset).unwrap_or_else(|| match std::str::from_utf8(&bytes) {
        Ok(_) => UTF_8,
        Err(_) => WINDOWS_1252,
    });
    encoding.decode_without_bom_handling(&bytes).0.into_owned()
}

/// RFC 2045, section 6.7. An `=` that two hexadecimal digits do not follow stays one.
fn from_quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'=', [high, low, after @ ..])
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                out.push(digit(*high) << 4 | digit(*low));
                rest = after;
            }
            (byte, _) => out.push(byte),
        }
    }
    out
}

fn digit(sign: u8) -> u8 {
    match sign {
        b'0'..=b'9' => sign - b'0',
        other => (other.to_ascii_uppercase() - b'A') + 10,
    }
}

/// Takes the backslashes out: `\n` is a line break, every other sign stands for itself.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            other => out.push(other),
        }
    }
    out
}

/// The parts of a structured value, between semicolons that are not escaped.
pub(super) fn components(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        if sign == ';' {
            parts.push(String::new());
            continue;
        }
        let Some(part) = parts.last_mut() else { return parts };
        match sign {
            '\\' => match signs.next() {
                Some('n' | 'N') => part.push('\n'),
                Some(other) => part.push(other),
                None => {}
            },
            other => part.push(other),
        }
    }
    parts
}
