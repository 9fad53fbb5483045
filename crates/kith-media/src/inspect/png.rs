//! PNG chunks before the picture data: size, EXIF, whether it is animated.

use super::Inspected;
use super::bytes::Bytes;
use crate::facts::InputFormat;
use crate::failure::MediaFailure;
use crate::request::Size;

const SIGNATURE: usize = 8;

/// Reads the header chunk and looks through the ones before the picture data. EXIF may also stand behind
/// it; the walk goes on over chunk headers only.
pub fn inspect(input: &[u8]) -> Result<Inspected<'_>, MediaFailure> {
    let mut bytes = Bytes::new(input.get(SIGNATURE..).unwrap_or_default());
    let (kind, header) = chunk(&mut bytes).ok_or(MediaFailure::Damaged)?;
    if kind != b"IHDR" {
        return Err(MediaFailure::Damaged);
    }
    let mut fields = Bytes::new(header);
    let size = (|| Some(Size { width: fields.u32()?, height: fields.u32()? }))()
        .ok_or(MediaFailure::Damaged)?;
    let mut inspected = Inspected::new(InputFormat::Png, size);
    while let Some((kind, body)) = chunk(&mut bytes) {
        match kind {
            b"acTL" => inspected.animated = true,
            b"eXIf" => inspected.exif = Some(body),
            b"IEND" => break,
            _ => {}
        }
    }
    Ok(inspected)
}

fn chunk<'a>(bytes: &mut Bytes<'a>) -> Option<(&'a [u8], &'a [u8])> {
    let length = usize::try_from(bytes.u32()?).ok()?;
    let kind = bytes.take(4)?;
    let body = bytes.take(length)?;
    bytes.take(4)?;
    Some((kind, body))
}
