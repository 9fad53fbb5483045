//! What parent and child say to each other over the pipes.
//!
//! The child may have been taken over by the picture it decodes, so the reading side trusts nothing: kinds,
//! lengths, names, sizes and file signatures are checked against the request before anything is handed on.

use crate::exif::MAX_TEXT;
use crate::facts::{Appearance, Facts, RenderEvent, Rendition, Summary, Warning};
use crate::failure::MediaFailure;
use crate::request::{Format, Output, RenderRequest, RenditionName, Size};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// Bytes before each message: two lengths, least significant byte first.
pub const PREFIX: usize = 8;
/// Longest JSON part.
const MAX_HEAD: u64 = 16 * 1024;
/// Longest file. The largest rendition at lossless quality stays below.
const MAX_BODY: u64 = 16 * 1024 * 1024;
/// More messages than a complete set has.
const MAX_MESSAGES: u32 = 64;

/// The JSON part of a message; a rendition's bytes follow it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Head {
    Facts(Facts),
    Appearance(Appearance),
    Warning { warning: Warning },
    Rendition { name: RenditionName, format: Format, size: Size },
    Done(Summary),
    Failed { failure: MediaFailure },
}

/// Writes one event as one message.
pub fn encode_event(event: &RenderEvent) -> Vec<u8> {
    match event {
        RenderEvent::Facts(facts) => message(&Head::Facts(facts.clone()), &[]),
        RenderEvent::Appearance(appearance) => message(&Head::Appearance(appearance.clone()), &[]),
        RenderEvent::Warning(warning) => message(&Head::Warning { warning: *warning }, &[]),
        RenderEvent::Done(summary) => message(&Head::Done(summary.clone()), &[]),
        RenderEvent::Rendition(rendition) => {
            let Rendition { name, format, size, bytes } = rendition;
            message(&Head::Rendition { name: *name, format: *format, size: *size }, bytes)
        }
    }
}

/// Writes a refusal.
pub fn encode_failure(failure: &MediaFailure) -> Vec<u8> {
    message(&Head::Failed { failure: failure.clone() }, &[])
}

/// Writes the request that goes before the input bytes.
pub fn encode_request(request: &RenderRequest) -> Vec<u8> {
    let json = serde_json::to_vec(request).unwrap_or_default();
    let length = u32::try_from(json.len()).unwrap_or(u32::MAX);
    [&length.to_le_bytes(), json.as_slice()].concat()
}

fn message(head: &Head, body: &[u8]) -> Vec<u8> {
    // Plain data: serialisation cannot fail, and an empty head would be refused by the reader.
    let json = serde_json::to_vec(head).unwrap_or_default();
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
    [&length(&json), &length(body), json.as_slice(), body].concat()
}

/// Lengths of the two parts of the next message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lengths {
    /// JSON part.
    pub head: usize,
    /// File part.
    pub body: usize,
}

/// Checks messages against what was asked for. One per run.
#[derive(Debug)]
pub struct Validator {
    expected: Vec<Output>,
    messages: u32,
    finished: bool,
}

/// The child said something it must not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the media process broke the protocol")]
pub struct ProtocolBroken;

impl Validator {
    /// For one request.
    pub fn new(request: &RenderRequest) -> Self {
        Self { expected: request.outputs.clone(), messages: 0, finished: false }
    }

    /// Reads the prefix of a message.
    pub fn lengths(&mut self, prefix: [u8; PREFIX]) -> Result<Lengths, ProtocolBroken> {
        let lengths = u64::from_le_bytes(prefix);
        let (head, body) = (lengths & u64::from(u32::MAX), lengths >> 32);
        self.messages += 1;
        if self.finished || head > MAX_HEAD || body > MAX_BODY || self.messages > MAX_MESSAGES {
            return Err(ProtocolBroken);
        }
        let length = |length: u64| usize::try_from(length).map_err(|_| ProtocolBroken);
        Ok(Lengths { head: length(head)?, body: length(body)? })
    }

    /// Turns the two parts into an event, or into the failure that the child reports.
    pub fn accept(
        &mut self,
        head: &[u8],
        body: Bytes,
    ) -> Result<Result<RenderEvent, MediaFailure>, ProtocolBroken> {
        let head: Head = serde_json::from_slice(head).map_err(|_| ProtocolBroken)?;
        let event = match head {
            Head::Rendition { name, format, size } => {
                return self.rendition(name, format, size, body).map(Ok);
            }
            _ if !body.is_empty() => return Err(ProtocolBroken),
            Head::Facts(facts) => RenderEvent::Facts(check_facts(facts)?),
            Head::Appearance(appearance) => RenderEvent::Appearance(check_appearance(appearance)?),
            Head::Warning { warning } => RenderEvent::Warning(warning),
            Head::Done(summary) => {
                self.finished = true;
                RenderEvent::Done(summary)
            }
            Head::Failed { failure } => {
                self.finished = true;
                return Ok(Err(failure));
            }
        };
        Ok(Ok(event))
    }

    fn rendition(
        &mut self,
        name: RenditionName,
        format: Format,
        size: Size,
        bytes: Bytes,
    ) -> Result<RenderEvent, ProtocolBroken> {
        let found =
            self.expected.iter().position(|output| output.name == name && output.format == format);
        let output = self.expected.swap_remove(found.ok_or(ProtocolBroken)?);
        let asked = output.size.is_none_or(|asked| asked == size);
        let edges = 1..=output.size.map_or(name.long_edge(), Size::long);
        if !asked
            || !edges.contains(&size.width)
            || !edges.contains(&size.height)
            || !has_signature(format, &bytes)
        {
            return Err(ProtocolBroken);
        }
        Ok(RenderEvent::Rendition(Rendition { name, format, size, bytes }))
    }
}

/// Whether the bytes begin (and, for JPEG, end) as the format demands.
fn has_signature(format: Format, bytes: &[u8]) -> bool {
    match format {
        Format::Jpeg => bytes.starts_with(&[0xff, 0xd8, 0xff]) && bytes.ends_with(&[0xff, 0xd9]),
        Format::Avif => bytes.get(4..12) == Some(b"ftypavif"),
        Format::Webp => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
    }
}

fn is_plain(text: &str, longest: usize) -> bool {
    text.chars().count() <= longest && !text.chars().any(char::is_control)
}

fn check_facts(facts: Facts) -> Result<Facts, ProtocolBroken> {
    let texts = [&facts.captured_at, &facts.camera_make, &facts.camera_model, &facts.lens];
    let plain = texts.into_iter().flatten().all(|text| is_plain(text, MAX_TEXT));
    let hash = facts.content_hash.len() == 64
        && facts.content_hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    (plain && hash && (1..=8).contains(&facts.orientation)).then_some(facts).ok_or(ProtocolBroken)
}

fn check_appearance(appearance: Appearance) -> Result<Appearance, ProtocolBroken> {
    let plain = is_plain(&appearance.placeholder, 64)
        && is_plain(&appearance.perceptual_hash, 16)
        && appearance.dominant_colours.len() <= 8
        && appearance.dominant_colours.iter().all(|colour| is_plain(colour, 7));
    plain.then_some(appearance).ok_or(ProtocolBroken)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0xff, 0xd9];

    fn read(
        validator: &mut Validator,
        message: &[u8],
    ) -> Result<Result<RenderEvent, MediaFailure>, ProtocolBroken> {
        let lengths = validator.lengths(message[..PREFIX].try_into().unwrap())?;
        let (head, body) = message[PREFIX..].split_at(lengths.head);
        assert_eq!(body.len(), lengths.body);
        validator.accept(head, Bytes::copy_from_slice(body))
    }

    fn rendition(name: RenditionName, edge: u32, bytes: &'static [u8]) -> RenderEvent {
        let size = Size { width: edge, height: 10 };
        RenderEvent::Rendition(Rendition {
            name,
            format: Format::Jpeg,
            size,
            bytes: Bytes::from_static(bytes),
        })
    }

    #[test]
    fn events_come_back_as_they_were_sent() {
        let mut validator = Validator::new(&RenderRequest::complete_set(1));
        for event in
            [RenderEvent::Warning(Warning::Truncated), rendition(RenditionName::W640, 640, JPEG)]
        {
            assert_eq!(read(&mut validator, &encode_event(&event)), Ok(Ok(event)));
        }
        assert_eq!(
            read(&mut validator, &encode_failure(&MediaFailure::Damaged)),
            Ok(Err(MediaFailure::Damaged))
        );
        assert_eq!(
            read(&mut validator, &encode_event(&RenderEvent::Warning(Warning::Truncated))),
            Err(ProtocolBroken)
        );
    }

    #[test]
    fn what_was_not_asked_for_is_refused() {
        let small = Output { name: RenditionName::W320, format: Format::Jpeg, size: None };
        let request = RenderRequest::of(1, vec![small]);
        for event in [
            rendition(RenditionName::W640, 640, JPEG),
            rendition(RenditionName::W320, 321, JPEG),
            rendition(RenditionName::W320, 320, b"<svg onload=alert(1)>"),
        ] {
            assert_eq!(
                read(&mut Validator::new(&request), &encode_event(&event)),
                Err(ProtocolBroken)
            );
        }
        let mut validator = Validator::new(&request);
        let good = encode_event(&rendition(RenditionName::W320, 320, JPEG));
        assert!(read(&mut validator, &good).is_ok());
        assert_eq!(read(&mut validator, &good), Err(ProtocolBroken), "the same rendition twice");
    }

    #[test]
    fn lengths_are_bounded_before_anything_is_read() {
        let mut validator = Validator::new(&RenderRequest::complete_set(1));
        assert_eq!(validator.lengths([0xff; PREFIX]), Err(ProtocolBroken));
    }
}
