//! AVIF: coded pictures of a HEIF container by libaom.

use super::heif;
use super::planar::{Numbers, Planar};
use super::{Decoded, Job};
use crate::failure::MediaFailure;
use crate::native::Av1Frame;
use crate::request::Size;

/// Decodes the primary picture.
pub fn decode(job: &Job<'_>) -> Result<Decoded, MediaFailure> {
    heif::decode(job, &|container, item| {
        let data = container.data(item).ok_or(MediaFailure::Damaged)?;
        Ok(Box::new(Av1Frame::decode(&data, job.limits.pixels)?))
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
