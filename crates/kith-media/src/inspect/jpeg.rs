//! JPEG markers up to the end of the first picture: size, scans, EXIF, ICC profile.

use super::Inspected;
use super::bytes::Bytes;
use crate::facts::InputFormat;
use crate::failure::MediaFailure;
use crate::limits::Limits;
use crate::request::Size;

/// Profiles of real cameras and printers stay below 2 MB (large CMYK tables).
const MAX_ICC_BYTES: usize = 4 * 1024 * 1024;

struct Frame {
    size: Size,
    components: u8,
}

/// Walks over the markers. Scan data is skipped by searching for the next marker, so that scans are
/// counted (each one can cost a pass over the whole picture) without decoding any.
pub fn inspect<'a>(input: &'a [u8], limits: &Limits) -> Result<Inspected<'a>, MediaFailure> {
    let mut frame = None;
    let mut scans = 0_u32;
    let mut exif = None;
    let mut profile = ProfileParts::default();
    let mut rest = input.get(2..).unwrap_or_default();
    while let Some((marker, after)) = next_marker(rest) {
        rest = after;
        match marker {
            0xd9 => break,
            // Markers without a body: fill, restart, start of image, temporary.
            0x00 | 0x01 | 0xd0..=0xd8 | 0xff => continue,
            _ => {}
        }
        let Some(body) = segment(rest) else { break };
        rest = rest.get(body.len() + 2..).unwrap_or_default();
        match marker {
            0xc0..=0xc2 | 0xc9 | 0xca => frame = frame.or(parse_frame(body)?),
            // Lossless, hierarchical and differential processes: no camera writes them, no browser reads them.
            0xc3 | 0xc5..=0xc7 | 0xcb | 0xcd..=0xcf => return Err(MediaFailure::UnsupportedType),
            0xda => {
                scans += 1;
                check_scans(scans, frame.as_ref(), limits)?;
            }
            0xe1 => exif = exif.or_else(|| body.strip_prefix(b"Exif\0\0")),
            0xe2 => profile.add(body),
            _ => {}
        }
    }
    let frame = frame.ok_or(MediaFailure::Damaged)?;
    if scans == 0 {
        return Err(MediaFailure::Damaged);
    }
    let mut inspected = Inspected::new(InputFormat::Jpeg, frame.size);
    inspected.components = frame.components;
    inspected.exif = exif;
    inspected.icc = profile.join();
    Ok(inspected)
}

/// The next marker code at or after the start, skipping stuffed and stray bytes.
fn next_marker(input: &[u8]) -> Option<(u8, &[u8])> {
    let mut at = 0;
    loop {
        at += memchr::memchr(0xff, input.get(at..)?)?;
        let code = *input.get(at + 1)?;
        if code != 0 && code != 0xff {
            return Some((code, input.get(at + 2..)?));
        }
        at += 1;
    }
}

fn segment(input: &[u8]) -> Option<&[u8]> {
    let length = usize::from(Bytes::new(input).u16()?);
    input.get(2..length.max(2))
}

fn parse_frame(body: &[u8]) -> Result<Option<Frame>, MediaFailure> {
    let mut bytes = Bytes::new(body);
    let header = (|| Some((bytes.u8()?, bytes.u16()?, bytes.u16()?, bytes.u8()?)))();
    let (precision, height, width, components) = header.ok_or(MediaFailure::Damaged)?;
    if precision != 8 || !matches!(components, 1 | 3 | 4) {
        return Err(MediaFailure::UnsupportedType);
    }
    Ok(Some(Frame { size: Size { width: width.into(), height: height.into() }, components }))
}

fn check_scans(scans: u32, frame: Option<&Frame>, limits: &Limits) -> Result<(), MediaFailure> {
    let pixels = frame.map_or(0, |frame| frame.size.pixels());
    // Three scans of one component each are an ordinary sequential file.
    if scans > limits.scans || (scans > 4 && u64::from(scans) * pixels > limits.scan_pixels) {
        return Err(MediaFailure::TooComplex);
    }
    Ok(())
}

/// An ICC profile arrives in up to 255 numbered parts.
#[derive(Default)]
struct ProfileParts<'a> {
    parts: Vec<(u8, &'a [u8])>,
}

impl<'a> ProfileParts<'a> {
    fn add(&mut self, body: &'a [u8]) {
        if let Some([number, _count, data @ ..]) = body.strip_prefix(b"ICC_PROFILE\0")
            && self.parts.len() < 255
        {
            self.parts.push((*number, data));
        }
    }

    fn join(mut self) -> Option<Vec<u8>> {
        let total: usize = self.parts.iter().map(|(_, data)| data.len()).sum();
        if total == 0 || total > MAX_ICC_BYTES {
            return None;
        }
        self.parts.sort_by_key(|(number, _)| *number);
        Some(self.parts.into_iter().flat_map(|(_, data)| data).copied().collect())
    }
}
