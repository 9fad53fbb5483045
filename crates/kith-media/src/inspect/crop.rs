//! The clean aperture: the part of a coded picture that its container wants to be seen.

use super::bytes::Bytes;
use crate::request::Size;

/// The part of a coded picture that is meant to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crop {
    /// Columns cut off at the left.
    pub left: u32,
    /// Rows cut off at the top.
    pub top: u32,
    /// What remains.
    pub size: Size,
}

/// Width, height and the offsets of the centre, each as a fraction (ISO/IEC 14496-12, 12.1.4).
pub fn parse_crop(body: &[u8], coded: Size) -> Option<Crop> {
    let mut bytes = Bytes::new(body);
    let mut fraction = || {
        let (over, under) = (bytes.u32()?.cast_signed(), bytes.u32()?.cast_signed());
        (under > 0).then_some((i64::from(over), i64::from(under)))
    };
    let (width, height, across, down) = (fraction()?, fraction()?, fraction()?, fraction()?);
    let axis = |edge: u32, (size, size_under): (i64, i64), (offset, offset_under): (i64, i64)| {
        let size = size / size_under;
        let start = (i64::from(edge) - size) / 2 + offset / offset_under;
        let fits = size > 0 && start >= 0 && start + size <= i64::from(edge);
        fits.then(|| Some((u32::try_from(start).ok()?, u32::try_from(size).ok()?)))?
    };
    let (left, width) = axis(coded.width, width, across)?;
    let (top, height) = axis(coded.height, height, down)?;
    Some(Crop { left, top, size: Size { width, height } })
}
