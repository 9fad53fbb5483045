//! Boxes of ISO base media files (ISO/IEC 14496-12): a length, a kind, a body.

use super::bytes::Bytes;

/// Four letters that name a box, an item or a property.
pub type Kind = [u8; 4];

/// Reads version and flags of a full box, gives the version.
pub fn read_version(bytes: &mut Bytes<'_>) -> Option<u8> {
    let version = bytes.u8()?;
    bytes.take(3)?;
    Some(version)
}

/// The boxes of a stretch of bytes, up to the first that is cut off.
pub fn boxes(input: &[u8]) -> impl Iterator<Item = (Kind, &[u8])> {
    let mut rest = input;
    std::iter::from_fn(move || {
        let (kind, body, after) = next_box(rest)?;
        rest = after;
        Some((kind, body))
    })
}

/// Kind, body and what follows. A box that says it is longer than the file ends with the file.
pub fn next_box(input: &[u8]) -> Option<(Kind, &[u8], &[u8])> {
    let mut bytes = Bytes::new(input);
    let short = u64::from(bytes.u32()?);
    let kind = bytes.take(4)?.try_into().ok()?;
    let (length, header) = match short {
        0 => (input.len() as u64, 8),
        1 => (bytes.u64()?, 16),
        length => (length, 8),
    };
    let end = usize::try_from(length).unwrap_or(usize::MAX).min(input.len());
    Some((kind, input.get(header..end)?, input.get(end..)?))
}
