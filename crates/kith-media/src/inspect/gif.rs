//! GIF: the logical screen, and whether a second frame follows.

use super::Inspected;
use super::bytes::Bytes;
use crate::facts::InputFormat;
use crate::failure::MediaFailure;
use crate::request::Size;

/// Reads the screen descriptor and walks to the second image descriptor, if there is one.
pub fn inspect(input: &[u8]) -> Result<Inspected<'_>, MediaFailure> {
    let mut bytes = Bytes::new(input.get(6..).unwrap_or_default());
    let screen = (|| {
        let size = Size { width: bytes.u16_le()?.into(), height: bytes.u16_le()?.into() };
        let flags = bytes.u8()?;
        bytes.take(2 + palette_bytes(flags))?;
        Some(size)
    })();
    let mut inspected = Inspected::new(InputFormat::Gif, screen.ok_or(MediaFailure::Damaged)?);
    inspected.animated = count_frames_to_two(&mut bytes) == 2;
    Ok(inspected)
}

fn palette_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn count_frames_to_two(bytes: &mut Bytes<'_>) -> usize {
    let mut frames = 0;
    while frames < 2 {
        let step = match bytes.u8() {
            Some(0x21) => bytes.take(1).and_then(|_| skip_blocks(bytes)),
            Some(0x2c) => {
                frames += 1;
                skip_frame(bytes)
            }
            _ => None,
        };
        if step.is_none() {
            break;
        }
    }
    frames
}

fn skip_frame(bytes: &mut Bytes<'_>) -> Option<()> {
    bytes.take(8)?;
    let flags = bytes.u8()?;
    bytes.take(palette_bytes(flags) + 1)?;
    skip_blocks(bytes)
}

fn skip_blocks(bytes: &mut Bytes<'_>) -> Option<()> {
    loop {
        match bytes.u8()? {
            0 => return Some(()),
            length => bytes.take(length.into())?,
        };
    }
}
