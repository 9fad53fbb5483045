//! Header-only reading: what the bytes really are, how large, which way up.
//!
//! Every check that can refuse a picture without decoding lives here and runs first. All of it is bounds
//! checked slices over the input; nothing allocates by a size that the file states.

pub(crate) mod av1;
mod boxes;
mod bytes;
pub(crate) mod crop;
mod gif;
pub(crate) mod heif;
mod jpeg;
mod png;
mod webp;

use crate::exif::Orientation;
use crate::facts::InputFormat;
use crate::failure::MediaFailure;
use crate::limits::Limits;
use crate::request::Size;

/// What a header says, with references into the input.
#[derive(Debug)]
pub struct Inspected<'a> {
    /// The real type.
    pub format: InputFormat,
    /// Size as stored, before the orientation is applied.
    pub stored: Size,
    /// The TIFF block of EXIF data, if there is one.
    pub exif: Option<&'a [u8]>,
    /// HEIF only: the size before the container's crop.
    pub coded: Size,
    /// HEIF only: the turn that the container asks for.
    pub container_orientation: Orientation,
    /// Further frames follow.
    pub animated: bool,
    /// ICC profile, where the header reader finds it cheaply (JPEG: put together from its parts).
    pub icc: Option<Vec<u8>>,
    /// JPEG only: grey, colour or CMYK.
    pub components: u8,
}

impl Inspected<'_> {
    fn new(format: InputFormat, stored: Size) -> Self {
        Self {
            format,
            stored,
            exif: None,
            coded: stored,
            container_orientation: Orientation::Upright,
            animated: false,
            icc: None,
            components: 3,
        }
    }

    /// The turn that brings the decoded pixels upright. Containers with turns of their own (HEIF) have the
    /// EXIF value for information only, and it must not be applied a second time.
    pub fn orientation(&self) -> Orientation {
        match self.format {
            InputFormat::Heic | InputFormat::Avif => self.container_orientation,
            _ => self.exif.map_or(Orientation::Upright, crate::exif::orientation),
        }
    }

    /// Size of the upright picture.
    pub fn upright(&self) -> Size {
        if self.orientation().swaps_edges() { self.stored.turned() } else { self.stored }
    }
}

/// Reads the header and applies every limit that needs no decoding.
pub fn inspect<'a>(input: &'a [u8], limits: &Limits) -> Result<Inspected<'a>, MediaFailure> {
    if input.len() as u64 > limits.bytes {
        return Err(MediaFailure::TooLarge { limit_bytes: limits.bytes });
    }
    let inspected = match sniff(input).ok_or(MediaFailure::UnsupportedType)? {
        InputFormat::Jpeg => jpeg::inspect(input, limits)?,
        InputFormat::Png => png::inspect(input)?,
        InputFormat::Webp => webp::inspect(input)?,
        InputFormat::Gif => gif::inspect(input)?,
        InputFormat::Avif | InputFormat::Heic => heif::inspect(input)?,
    };
    check_size(inspected.coded, limits)?;
    check_size(inspected.stored, limits)?;
    Ok(inspected)
}

/// Refuses sizes over the limits, and empty ones.
pub fn check_size(size: Size, limits: &Limits) -> Result<(), MediaFailure> {
    if size.width == 0 || size.height == 0 {
        return Err(MediaFailure::Damaged);
    }
    if size.pixels() > limits.pixels || size.long() > limits.edge {
        return Err(MediaFailure::TooManyPixels { width: size.width, height: size.height });
    }
    Ok(())
}

/// The type by the first bytes. File names and declared types are never consulted.
pub fn sniff(input: &[u8]) -> Option<InputFormat> {
    match input {
        [0xff, 0xd8, 0xff, ..] => Some(InputFormat::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(InputFormat::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(InputFormat::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(InputFormat::Webp),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => heif::sniff(input),
        _ => None,
    }
}
