//! Rows of decoded luma and chroma planes as 8-bit RGB: any depth, range and subsampling (ITU-T H.273).

use crate::failure::MediaFailure;
use crate::pixels::index;
use crate::request::Size;

/// A picture as video codecs decode it: luma, and two chroma planes that may be smaller.
pub trait Planar {
    /// Size of the luma plane.
    fn size(&self) -> Size;
    /// Bits of a sample, 8 to 12.
    fn bit_depth(&self) -> u8;
    /// There are no chroma planes.
    fn is_monochrome(&self) -> bool;
    /// Shifts that give chroma positions from luma positions: across, down.
    fn chroma_shift(&self) -> (u8, u8);
    /// What the coded picture says of its colours.
    fn numbers(&self) -> Numbers;
    /// Copies a row of a plane (0 luma, 1 and 2 chroma). A row past the plane leaves the buffer as it is.
    fn read(&self, plane: usize, row: u32, to: &mut [u16]);
}

/// Colour by numbers of ITU-T H.273.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// `ColourPrimaries`.
    pub primaries: u8,
    /// `TransferCharacteristics`.
    pub transfer: u8,
    /// `MatrixCoefficients`.
    pub matrix: u8,
    /// Samples use all values, not the narrower range of video.
    pub full_range: bool,
}

/// Converts rows of one picture.
pub struct Rows {
    matrix: Matrix,
    luma: Scale,
    chroma: Scale,
    /// Each output pixel is made of two by two luma samples and the one chroma sample they share.
    halved: bool,
    samples: [Vec<u16>; 3],
    near: Vec<u16>,
    far: Vec<u16>,
}

/// Brings samples to 0..1 (luma) or -0.5..0.5 (chroma).
struct Scale {
    offset: f32,
    factor: f32,
}

impl Scale {
    fn of(&self, sample: u16) -> f32 {
        (f32::from(sample) - self.offset) * self.factor
    }
}

/// How three planes become red, green and blue.
#[derive(Clone, Copy)]
enum Matrix {
    /// There is only luma.
    Grey,
    /// The planes are green, blue, red already.
    Identity,
    /// Weights of red and blue in luma.
    Weights { red: f32, blue: f32 },
}

impl Matrix {
    fn of(numbers: Numbers) -> Result<Self, MediaFailure> {
        let weights = |red, blue| Ok(Self::Weights { red, blue });
        match (numbers.matrix, numbers.primaries) {
            (0, _) => Ok(Self::Identity),
            // By number, or (12) by that of the primaries, whose weights these are.
            (1, _) | (12, 1) => weights(0.2126, 0.0722),
            (4, _) => weights(0.30, 0.11),
            // Unspecified is BT.601, as encoders of still pictures mean it.
            (2 | 5 | 6, _) => weights(0.299, 0.114),
            (7, _) => weights(0.212, 0.087),
            (9, _) | (12, 9) => weights(0.2627, 0.0593),
            (12, 12) => weights(0.228_98, 0.079_29),
            _ => Err(MediaFailure::UnsupportedType),
        }
    }
}

impl Rows {
    /// Prepares for a picture. `halved` needs chroma of half the size in both directions.
    pub fn new(picture: &dyn Planar, numbers: Numbers, halved: bool) -> Result<Self, MediaFailure> {
        let unit = f32::from(1_u16 << (picture.bit_depth().clamp(8, 12) - 8));
        let all = 256.0 * unit - 1.0;
        let (luma, chroma) =
            if numbers.full_range { (all, all) } else { (219.0 * unit, 224.0 * unit) };
        let luma_offset = if numbers.full_range { 0.0 } else { 16.0 * unit };
        let matrix = if picture.is_monochrome() { Matrix::Grey } else { Matrix::of(numbers)? };
        let middle = if matches!(matrix, Matrix::Identity) { luma_offset } else { 128.0 * unit };
        let chroma = if matches!(matrix, Matrix::Identity) { luma } else { chroma };
        let width = index(picture.size().width) >> u32::from(halved);
        Ok(Self {
            matrix,
            luma: Scale { offset: luma_offset, factor: 1.0 / luma },
            chroma: Scale { offset: middle, factor: 1.0 / chroma },
            halved,
            samples: [vec![0; width], vec![0; width], vec![0; width]],
            near: Vec::new(),
            far: Vec::new(),
        })
    }

    /// One row of RGB; `to` holds three bytes for each pixel wanted from the left.
    pub fn rgb(&mut self, picture: &dyn Planar, row: u32, to: &mut [u8]) {
        self.read(picture, row);
        let [luma, first, second] = &self.samples;
        let planes = luma.iter().zip(first).zip(second);
        let pixels = to.as_chunks_mut::<3>().0.iter_mut().zip(planes);
        match self.matrix {
            Matrix::Grey => {
                pixels.for_each(|(pixel, ((y, _), _))| *pixel = [to_byte(self.luma.of(*y)); 3]);
            }
            Matrix::Identity => pixels.for_each(|(pixel, ((green, blue), red))| {
                *pixel = [self.chroma.of(*red), self.luma.of(*green), self.chroma.of(*blue)]
                    .map(to_byte);
            }),
            Matrix::Weights { red, blue } => {
                let (from_red, from_blue) = (2.0 * (1.0 - red), 2.0 * (1.0 - blue));
                let green = 1.0 - red - blue;
                let (less_red, less_blue) = (red * from_red / green, blue * from_blue / green);
                pixels.for_each(|(pixel, ((y, cb), cr))| {
                    let (y, cb, cr) = (self.luma.of(*y), self.chroma.of(*cb), self.chroma.of(*cr));
                    *pixel =
                        [y + from_red * cr, y - less_red * cr - less_blue * cb, y + from_blue * cb]
                            .map(to_byte);
                });
            }
        }
    }

    /// Luma alone, one byte a pixel: the rows of an opacity picture.
    pub fn grey(&mut self, picture: &dyn Planar, row: u32, to: &mut [u8]) {
        self.read_luma(picture, row);
        for (sample, byte) in self.samples[0].iter().zip(to) {
            *byte = to_byte(self.luma.of(*sample));
        }
    }

    fn read(&mut self, picture: &dyn Planar, row: u32) {
        self.read_luma(picture, row);
        if matches!(self.matrix, Matrix::Grey) {
            return;
        }
        if self.halved {
            picture.read(1, row, &mut self.samples[1]);
            picture.read(2, row, &mut self.samples[2]);
        } else {
            self.read_chroma(picture, row);
        }
    }

    fn read_luma(&mut self, picture: &dyn Planar, row: u32) {
        if !self.halved {
            picture.read(0, row, &mut self.samples[0]);
            return;
        }
        let width = index(picture.size().width);
        self.near.resize(width, 0);
        self.far.resize(width, 0);
        picture.read(0, row * 2, &mut self.near);
        picture.read(0, row * 2 + 1, &mut self.far);
        let pairs = self.near.as_chunks::<2>().0.iter().zip(self.far.as_chunks::<2>().0);
        for (sample, ([a, b], [c, d])) in self.samples[0].iter_mut().zip(pairs) {
            *sample = (a + b + c + d + 2) / 4;
        }
    }

    /// Brings both chroma rows to full size. Subsampled planes are interpolated 3:1 towards the nearer
    /// neighbour, which is linear interpolation for samples that sit in the middle of their pixels.
    fn read_chroma(&mut self, picture: &dyn Planar, row: u32) {
        let (across, down) = picture.chroma_shift();
        let other = if row % 2 == 1 { (row >> 1) + 1 } else { (row >> 1).saturating_sub(1) };
        let width = self.samples[0].len().div_ceil(1 << across);
        for plane in [1, 2] {
            self.near.resize(width, 0);
            picture.read(plane, row >> down, &mut self.near);
            if down == 1 {
                self.far.clone_from(&self.near);
                picture.read(plane, other, &mut self.far);
                self.near
                    .iter_mut()
                    .zip(&self.far)
                    .for_each(|(near, far)| *near = blend(*near, *far));
            }
            if across == 0 {
                self.samples[plane].clone_from(&self.near);
            } else {
                widen(&self.near, &mut self.samples[plane]);
            }
        }
    }
}

fn widen(near: &[u16], to: &mut [u16]) {
    let last = near.len() - 1;
    for (x, pair) in to.chunks_mut(2).enumerate() {
        pair[0] = blend(near[x], near[x.saturating_sub(1)]);
        if let Some(right) = pair.get_mut(1) {
            *right = blend(near[x], near[(x + 1).min(last)]);
        }
    }
}

fn blend(near: u16, far: u16) -> u16 {
    (near * 3 + far + 2) / 4
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast to a byte saturates"
)]
fn to_byte(value: f32) -> u8 {
    (value * 255.0 + 0.5) as u8
}
