//! WebP chunks: canvas size, animation flag, EXIF, ICC profile.

use super::Inspected;
use super::bytes::Bytes;
use crate::facts::InputFormat;
use crate::failure::MediaFailure;
use crate::request::Size;

/// Reads the three kinds of header: extended, lossy, lossless.
pub fn inspect(input: &[u8]) -> Result<Inspected<'_>, MediaFailure> {
    let mut bytes = Bytes::new(input.get(12..).unwrap_or_default());
    let (kind, body) = chunk(&mut bytes).ok_or(MediaFailure::Damaged)?;
    let size = match kind {
        b"VP8X" => extended_size(body),
        b"VP8 " => lossy_size(body),
        b"VP8L" => lossless_size(body),
        _ => None,
    };
    let mut inspected = Inspected::new(InputFormat::Webp, size.ok_or(MediaFailure::Damaged)?);
    inspected.animated = kind == b"VP8X" && body.first().is_some_and(|flags| flags & 0x02 != 0);
    while let Some((kind, body)) = chunk(&mut bytes) {
        match kind {
            b"EXIF" => inspected.exif = Some(body.strip_prefix(b"Exif\0\0").unwrap_or(body)),
            b"ICCP" => inspected.icc = Some(body.to_vec()),
            _ => {}
        }
    }
    Ok(inspected)
}

fn chunk<'a>(bytes: &mut Bytes<'a>) -> Option<(&'a [u8], &'a [u8])> {
    let kind = bytes.take(4)?;
    let length = usize::try_from(bytes.u32_le()?).ok()?;
    // The last chunk of a broken file may be cut short; its header still counts.
    let body = bytes.take(length.min(bytes.rest().len()))?;
    if length % 2 == 1 {
        bytes.take(1);
    }
    Some((kind, body))
}

fn extended_size(body: &[u8]) -> Option<Size> {
    let edge = |at: usize| {
        let bytes = body.get(at..at + 3)?;
        Some(1 + u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]))
    };
    Some(Size { width: edge(4)?, height: edge(7)? })
}

fn lossy_size(body: &[u8]) -> Option<Size> {
    let mut bytes = Bytes::new(body.get(3..)?);
    if bytes.take(3)? != [0x9d, 0x01, 0x2a] {
        return None;
    }
    let edge = |value: u16| u32::from(value & 0x3fff);
    Some(Size { width: edge(bytes.u16_le()?), height: edge(bytes.u16_le()?) })
}

fn lossless_size(body: &[u8]) -> Option<Size> {
    let mut bytes = Bytes::new(body);
    if bytes.u8()? != 0x2f {
        return None;
    }
    let packed = bytes.u32_le()?;
    Some(Size { width: (packed & 0x3fff) + 1, height: (packed >> 14 & 0x3fff) + 1 })
}
