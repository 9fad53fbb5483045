//! The one picture type between decoders and encoders: 8-bit RGB rows without padding.
//!
//! Owns turning, cropping, and the row reducer that keeps large pictures out of memory.

use crate::exif::Orientation;
use crate::ladder::reaches;
use crate::request::Size;

/// Interleaved 8-bit RGB, rows from top to bottom, no padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RgbImage {
    /// Size in pixels.
    pub size: Size,
    /// `size.width * size.height * 3` bytes.
    pub data: Vec<u8>,
}

/// Pixels as an index.
pub(crate) fn index(value: u32) -> usize {
    // Kith supports 64-bit machines only; the limits keep every size far below.
    value as usize
}

impl RgbImage {
    /// All black.
    pub fn new(size: Size) -> Self {
        Self { size, data: vec![0; index(size.width) * index(size.height) * 3] }
    }

    /// Bytes of one row.
    pub fn stride(&self) -> usize {
        index(self.size.width) * 3
    }

    /// Rows from top to bottom.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.data.chunks_exact(self.stride())
    }

    /// The picture as it is meant to be seen.
    #[must_use]
    pub fn oriented(mut self, orientation: Orientation) -> Self {
        match orientation {
            Orientation::Upright => self,
            Orientation::Mirrored => {
                let stride = self.stride();
                self.data.chunks_exact_mut(stride).for_each(mirror_row);
                self
            }
            Orientation::HalfTurn => {
                mirror_row(&mut self.data);
                self
            }
            Orientation::FlippedDown => {
                mirror_row(&mut self.data);
                self.oriented(Orientation::Mirrored)
            }
            Orientation::Transposed => self.transposed(),
            Orientation::TurnedRight => self.transposed().oriented(Orientation::Mirrored),
            Orientation::TurnedLeft => self.transposed().oriented(Orientation::FlippedDown),
            Orientation::Transversed => self.transposed().oriented(Orientation::HalfTurn),
        }
    }

    /// Rows become columns. Works in tiles, so that both pictures are touched a cache line at a time.
    fn transposed(&self) -> Self {
        const TILE: usize = 32;
        let (width, height) = (index(self.size.width), index(self.size.height));
        let mut turned = Self::new(self.size.turned());
        for top in (0..height).step_by(TILE) {
            for left in (0..width).step_by(TILE) {
                for x in left..(left + TILE).min(width) {
                    for y in top..(top + TILE).min(height) {
                        let (from, to) = ((y * width + x) * 3, (x * height + y) * 3);
                        turned.data[to..to + 3].copy_from_slice(&self.data[from..from + 3]);
                    }
                }
            }
        }
        turned
    }

    /// A rectangle out of the picture. It must lie inside.
    #[must_use]
    pub fn cropped(&self, left: u32, top: u32, size: Size) -> Self {
        let (start, width) = (index(left) * 3, index(size.width) * 3);
        let rows = self.rows().skip(index(top)).take(index(size.height));
        Self { size, data: rows.flat_map(|row| &row[start..start + width]).copied().collect() }
    }
}

/// Reverses the order of pixels.
fn mirror_row(row: &mut [u8]) {
    let (pixels, _) = row.as_chunks_mut::<3>();
    pixels.reverse();
}

/// Takes rows of a large picture and keeps a copy scaled down by a whole factor, so that the large one
/// never exists in memory. Each output pixel is the mean of `factor` by `factor` input pixels.
pub struct Reducer {
    source: Size,
    factor: u32,
    image: RgbImage,
    sums: Vec<u32>,
    row: u32,
}

impl Reducer {
    /// Chooses the factor by the long edge that is wanted.
    pub fn new(source: Size, wanted_edge: u32) -> Self {
        let factor = Self::factor(source, wanted_edge);
        let size =
            Size { width: source.width.div_ceil(factor), height: source.height.div_ceil(factor) };
        let sums = if factor == 1 { Vec::new() } else { vec![0; index(size.width) * 3] };
        Self { source, factor, image: RgbImage::new(size), sums, row: 0 }
    }

    /// The largest factor that still reaches the wanted edge.
    pub fn factor(source: Size, wanted_edge: u32) -> u32 {
        let factor = source.long() / wanted_edge.max(1) + 1;
        let reached = |factor: u32| reaches(source.long().div_ceil(factor), wanted_edge);
        if reached(factor) { factor } else { (factor - 1).max(1) }
    }

    /// Adds the next row of the source: `width * 3` bytes. Rows after the last are ignored.
    pub fn push(&mut self, row: &[u8]) {
        if self.row >= self.source.height {
            return;
        }
        let at = index(self.row / self.factor) * self.image.stride();
        self.row += 1;
        if self.factor == 1 {
            let end = at + self.image.stride();
            self.image.data[at..end].copy_from_slice(row);
            return;
        }
        self.accumulate(row);
        if self.row.is_multiple_of(self.factor) || self.row == self.source.height {
            self.flush(at);
        }
    }

    fn accumulate(&mut self, row: &[u8]) {
        let cells = row.chunks(index(self.factor) * 3);
        for (cell, sums) in cells.zip(self.sums.as_chunks_mut::<3>().0) {
            for pixel in cell.as_chunks::<3>().0 {
                for (sum, value) in sums.iter_mut().zip(pixel) {
                    *sum += u32::from(*value);
                }
            }
        }
    }

    fn flush(&mut self, at: usize) {
        let rows = (self.row - 1) % self.factor + 1;
        let last_columns = self.source.width - (self.image.size.width - 1) * self.factor;
        let cells = self.sums.len() / 3;
        for (cell, sums) in self.sums.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            let columns = if cell + 1 == cells { last_columns } else { self.factor };
            let count = rows * columns;
            for (channel, sum) in sums.iter_mut().enumerate() {
                let mean = (*sum + count / 2) / count;
                self.image.data[at + cell * 3 + channel] = u8::try_from(mean).unwrap_or(u8::MAX);
                *sum = 0;
            }
        }
    }

    /// The reduced picture. Rows that never came stay black.
    pub fn finish(self) -> RgbImage {
        self.image
    }
}

/// Lays a value over white: `alpha` 255 is opaque.
pub(crate) fn over_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    let blended = value * alpha + 255 * (255 - alpha);
    u8::try_from((blended + 127) / 255).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(width: u32, height: u32) -> RgbImage {
        let mut image = RgbImage::new(Size { width, height });
        for (number, pixel) in image.data.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            *pixel = [u8::try_from(number).unwrap(), 0, 0];
        }
        image
    }

    fn numbers(image: &RgbImage) -> Vec<u8> {
        image.data.as_chunks::<3>().0.iter().map(|pixel| pixel[0]).collect()
    }

    #[test]
    fn the_eight_orientations_of_a_two_by_three_picture() {
        // 0 1
        // 2 3
        // 4 5
        let upright = |number| numbers(&numbered(2, 3).oriented(Orientation::from_exif(number)));
        assert_eq!(upright(1), [0, 1, 2, 3, 4, 5]);
        assert_eq!(upright(2), [1, 0, 3, 2, 5, 4]);
        assert_eq!(upright(3), [5, 4, 3, 2, 1, 0]);
        assert_eq!(upright(4), [4, 5, 2, 3, 0, 1]);
        assert_eq!(upright(5), [0, 2, 4, 1, 3, 5]);
        assert_eq!(upright(6), [4, 2, 0, 5, 3, 1]);
        assert_eq!(upright(7), [5, 3, 1, 4, 2, 0]);
        assert_eq!(upright(8), [1, 3, 5, 0, 2, 4]);
    }

    #[test]
    fn two_turns_compose_as_the_pictures_do() {
        for first in (1..=8).map(Orientation::from_exif) {
            for second in (1..=8).map(Orientation::from_exif) {
                let stepwise = numbered(2, 3).oriented(first).oriented(second);
                assert_eq!(
                    numbered(2, 3).oriented(first.then(second)),
                    stepwise,
                    "{first:?} then {second:?}"
                );
            }
        }
    }

    #[test]
    fn transposing_crosses_tile_borders() {
        let mut image = RgbImage::new(Size { width: 70, height: 41 });
        for (at, byte) in image.data.iter_mut().enumerate() {
            *byte = u8::try_from(at % 251).unwrap();
        }
        assert_eq!(image.transposed().transposed(), image);
    }

    #[test]
    fn reducing_takes_means_of_cells_and_of_partial_cells() {
        let mut reducer = Reducer::new(Size { width: 5, height: 3 }, 3);
        for row in numbered(5, 3).rows() {
            reducer.push(row);
        }
        // Cells of two by two: 0 1 5 6, 2 3 7 8, 4 9; below 10 11, 12 13, 14.
        let reduced = reducer.finish();
        assert_eq!(reduced.size, Size { width: 3, height: 2 });
        assert_eq!(numbers(&reduced), [3, 5, 7, 11, 13, 14]);
    }

    #[test]
    fn a_factor_that_nearly_reaches_the_edge_is_taken() {
        let factor = |long| Reducer::factor(Size { width: long, height: 10 }, 2048);
        assert_eq!([2048, 4000, 4032, 4096, 6030, 100].map(factor), [1, 1, 2, 2, 3, 1]);
    }

    #[test]
    fn cropping_cuts_the_named_rectangle() {
        let cut = numbered(4, 4).cropped(1, 2, Size { width: 2, height: 2 });
        assert_eq!(numbers(&cut), [9, 10, 13, 14]);
    }

    #[test]
    fn transparency_falls_on_white() {
        assert_eq!((over_white(0, 0), over_white(0, 255), over_white(100, 128)), (255, 0, 177));
    }
}
