//! Decoders: bytes of any accepted format into sRGB pixels, no larger than needed.
//!
//! Each decoder scales down while it reads (JPEG by its DCT, the others by rows), so that a picture of
//! 64 megapixels never exists in memory as a whole. Runs only inside the sandboxed process.

mod avif;
mod gif;
mod heic;
mod heif;
mod jpeg;
mod planar;
mod png;
mod webp;

use crate::facts::{InputFormat, Warning};
use crate::failure::MediaFailure;
use crate::inspect::Inspected;
use crate::inspect::crop::Crop;
use crate::limits::Limits;
use crate::pixels::{Reducer, RgbImage, index};

/// A decoded picture, not yet turned upright.
#[derive(Debug)]
pub struct Decoded {
    /// sRGB; its long edge is at least the wanted one, where the source has it.
    pub image: RgbImage,
    /// Defects that were worked around.
    pub warnings: Vec<Warning>,
}

/// What a decoder gets.
pub struct Job<'a> {
    /// The whole file.
    pub input: &'a [u8],
    /// Its header.
    pub inspected: &'a Inspected<'a>,
    /// The long edge that renditions need.
    pub wanted_edge: u32,
    /// Limits for sizes that only decoding reveals.
    pub limits: &'a Limits,
}

/// Takes rows of a coded picture, cuts the container's crop out of them and reduces what remains.
struct CroppedRows {
    crop: Crop,
    reducer: Reducer,
    row: u32,
}

impl CroppedRows {
    fn new(crop: Crop, wanted_edge: u32) -> Self {
        Self { crop, reducer: Reducer::new(crop.size, wanted_edge), row: 0 }
    }

    /// The next row of the coded picture, 8-bit RGB.
    fn push(&mut self, row: &[u8]) {
        let (left, width) = (index(self.crop.left) * 3, index(self.crop.size.width) * 3);
        if self.row >= self.crop.top
            && let Some(visible) = row.get(left..left + width)
        {
            self.reducer.push(visible);
        }
        self.row += 1;
    }

    fn finish(self) -> RgbImage {
        self.reducer.finish()
    }
}

/// Decodes the first picture.
pub fn decode(job: &Job<'_>) -> Result<Decoded, MediaFailure> {
    match job.inspected.format {
        InputFormat::Jpeg => jpeg::decode(job),
        InputFormat::Png => png::decode(job),
        InputFormat::Webp => webp::decode(job),
        InputFormat::Gif => gif::decode(job),
        InputFormat::Avif => avif::decode(job),
        InputFormat::Heic => heic::decode(job),
    }
}
