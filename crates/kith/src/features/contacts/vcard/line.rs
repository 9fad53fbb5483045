//! Content lines: folded lines put together, split into name, parameters and value. It must never decode a
//! value: that needs to know what the property is.

use std::borrow::Cow;

/// One content line; the value is still in the file's bytes.
pub(super) struct Line<'a> {
    /// Upper case, without the group: `TEL` of `item1.TEL`.
    pub name: String,
    /// As written, in order: name (upper case; empty for the bare words of 2.1) and value.
    pub parameters: Vec<(String, String)>,
    /// After the colon.
    pub value: Cow<'a, [u8]>,
}

impl Line<'_> {
    /// Whether the value is this word, in either case.
    pub fn value_is(&self, word: &str) -> bool {
        self.value.trim_ascii().eq_ignore_ascii_case(word.as_bytes())
    }

    /// The value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the value is in quoted-printable, which 2.1 says with or without the parameter's name.
    pub fn is_quoted_printable(&self) -> bool {
        self.parameters.iter().any(|(name, value)| {
            (name.is_empty() || name == "ENCODING")
                && value.eq_ignore_ascii_case("quoted-printable")
        })
    }
}

/// The content lines of a file.
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    /// 2.1 folds at white space and keeps it; later versions add one sign that goes away again.
    keeps_fold_space: bool,
}

impl<'a> Lines<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, keeps_fold_space: false }
    }

    /// Takes one line of the file, ended by CRLF, LF or CR.
    fn physical(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        let Some(end) = end else {
            return Some(std::mem::take(&mut self.rest));
        };
        let line = &self.rest[..end];
        let is_pair = self.rest[end..].starts_with(b"\r\n");
        self.rest = &self.rest[end + if is_pair { 2 } else { 1 }..];
        Some(line)
    }

    /// Takes a line with those that it was folded into.
    fn unfolded(&mut self) -> Option<Cow<'a, [u8]>> {
        let mut last = self.physical()?;
        let is_quoted_printable = says_quoted_printable(last);
        let mut line = Cow::Borrowed(last);
        while let [b' ' | b'\t', ..] = self.rest {
            // Such a line goes on by the rule of quoted-printable, not by that of folding.
            if is_quoted_printable && last.trim_ascii_end().ends_with(b"=") {
                break;
            }
            let Some(more) = self.physical() else { break };
            last = if self.keeps_fold_space { more } else { &more[1..] };
            line.to_mut().extend_from_slice(last);
        }
        Some(line)
    }

    /// Takes the lines that a quoted-printable value goes on in: each one but the last ends with `=`.
    fn soft_breaks(&mut self, value: &mut Cow<'a, [u8]>) {
        while value.trim_ascii_end().ends_with(b"=") {
            let Some(more) = self.physical() else { return };
            let owned = value.to_mut();
            owned.truncate(owned.trim_ascii_end().len() - 1);
            owned.extend_from_slice(more);
        }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    /// Lines without a colon are no content lines: blanks, and pictures in the loose form of 2.1.
    fn next(&mut self) -> Option<Line<'a>> {
        loop {
            let Some(mut line) = split(self.unfolded()?) else { continue };
            if line.is_quoted_printable() {
                self.soft_breaks(&mut line.value);
            }
            match line.name.as_str() {
                "VERSION" => self.keeps_fold_space = line.value_is("2.1"),
                "BEGIN" | "END" => self.keeps_fold_space = false,
                _ => {}
            }
            return Some(line);
        }
    }
}

/// Whether the parameters of a line name the encoding, looked at before they are taken apart.
fn says_quoted_printable(line: &[u8]) -> bool {
    const WORD: &[u8] = b"QUOTED-PRINTABLE";
    let head = line.split(|byte| *byte == b':').next().unwrap_or_default();
    head.windows(WORD.len()).any(|window| window.eq_ignore_ascii_case(WORD))
}

fn split(line: Cow<'_, [u8]>) -> Option<Line<'_>> {
    let colon = colon_outside_quotes(&line)?;
    let head = String::from_utf8_lossy(&line[..colon]).into_owned();
    let value = match line {
        Cow::Borrowed(line) => Cow::Borrowed(&line[colon + 1..]),
        Cow::Owned(mut line) => Cow::Owned(line.split_off(colon + 1)),
    };
    let mut parts = split_outside_quotes(&head).into_iter();
    let name = parts.next().unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or(name).trim().to_ascii_uppercase();
    let parameters = parts.map(parameter).collect();
    Some(Line { name, parameters, value })
}

/// A quote that nobody closes is a sign like any other.
fn colon_outside_quotes(line: &[u8]) -> Option<usize> {
    let mut is_quoted = false;
    let outside = line.iter().position(|byte| {
        is_quoted ^= *byte == b'"';
        *byte == b':' && !is_quoted
    });
    outside.or_else(|| line.iter().position(|byte| *byte == b':'))
}

fn split_outside_quotes(head: &str) -> Vec<&str> {
    let mut is_quoted = false;
    head.split(|sign| {
        is_quoted ^= sign == '"';
        sign == ';' && !is_quoted
    })
    .collect()
}

fn parameter(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or(("", text));
    (name.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned())
}
