//! AVIF: coded pictures of a HEIF container by libaom.

use super::heif;
use super::planar::{Numbers, Planar};
use super::{Decoded, Job};
use crate::failure::MediaFailure;
use crate::inspect::av1;
use crate::native::Av1Frame;
use crate::request::Size;

/// A still picture is one frame, or up to four layers of one. Frames that repeat what was there cost a few
/// bytes each, and the decoder a pass over the whole picture.
const MAX_FRAMES: usize = 4;

/// Decodes the primary picture.
pub fn decode(job: &Job<'_>) -> Result<Decoded, MediaFailure> {
    heif::decode(job, &|container, item, max_pixels| {
        let data = container.data(item).ok_or(MediaFailure::Damaged)?;
        if av1::frames(&data) > MAX_FRAMES {
            return Err(MediaFailure::TooComplex);
        }
        Ok(Box::new(Av1Frame::decode(&data, max_pixels)?))
    })
}

impl Planar for Av1Frame {
    fn size(&self) -> Size {
        self.size()
    }

    fn bit_depth(&self) -> u8 {
        self.bit_depth()
    }

    fn is_monochrome(&self) -> bool {
        self.is_monochrome()
    }

    fn chroma_shift(&self) -> (u8, u8) {
        self.chroma_shift()
    }

    fn numbers(&self) -> Numbers {
        let (primaries, transfer, matrix) = self.cicp();
        Numbers { primaries, transfer, matrix, full_range: self.is_full_range() }
    }

    fn read(&self, plane: usize, row: u32, to: &mut [u16]) {
        let Some(bytes) = self.row(plane, row) else { return };
        if self.is_wide() {
            let pairs = bytes.as_chunks::<2>().0;
            pairs.iter().zip(to).for_each(|(pair, sample)| *sample = u16::from_ne_bytes(*pair));
        } else {
            bytes.iter().zip(to).for_each(|(byte, sample)| *sample = u16::from(*byte));
        }
    }
}
