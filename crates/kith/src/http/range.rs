//! Byte ranges (RFC 9110, section 14): which part of a file a request asks for.

use std::ops::Range;

use http::{HeaderMap, header};

/// What of a file is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// Nothing: the range lies outside of the file.
    Outside,
}

/// Reads `Range` and `If-Range` for a file of `size` bytes, at least one, with a strong `tag`. Several ranges,
/// other units and what cannot be read count as no range, as the RFC allows.
pub fn requested(headers: &HeaderMap, size: u64, tag: &str) -> Part {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    // A date or another tag: the client's part may be of other bytes.
    if headers.contains_key(header::IF_RANGE) && text(header::IF_RANGE) != Some(tag) {
        return Part::Whole;
    }
    let range = text(header::RANGE).and_then(|range| range.strip_prefix("bytes="));
    range.and_then(|range| part(range.trim(), size)).unwrap_or(Part::Whole)
}

fn part(range: &str, size: u64) -> Option<Part> {
    let (first, last) = range.split_once('-')?;
    let bytes = match (first, last) {
        ("", suffix) => {
            let length = number(suffix)?.min(size);
            size - length..size
        }
        (first, "") => number(first)?..size,
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            first..last.saturating_add(1).min(size)
        }
    };
    Some(if bytes.start < bytes.end { Part::Bytes(bytes) } else { Part::Outside })
}

/// Digits only: `parse` would also take a sign.
fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}
