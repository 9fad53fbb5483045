//! Rows of decoded AV1 planes as 8-bit RGB: any bit depth, range and subsampling (ITU-T H.273).

use crate::failure::MediaFailure;
use crate::native::Av1Frame;
use crate::pixels::index;

/// Converts rows of one frame.
pub struct YuvRows {
    matrix: Matrix,
    luma_offset: f32,
    luma_scale: f32,
    chroma_offset: f32,
    chroma_scale: f32,
    luma: Vec<u16>,
    chroma: [Vec<u16>; 2],
    near: Vec<u16>,
    far: Vec<u16>,
}

/// How three planes become red, green and blue.
enum Matrix {
    /// The planes are green, blue, red already.
    Identity,
    /// Weights of red and blue in luma.
    Weights { red: f32, blue: f32 },
}

impl Matrix {
    fn of(number: u8) -> Result<Self, MediaFailure> {
        match number {
            0 => Ok(Self::Identity),
            1 => Ok(Self::Weights { red: 0.2126, blue: 0.0722 }),
            // Unspecified is BT.601, as AVIF encoders mean it.
            2 | 5 | 6 => Ok(Self::Weights { red: 0.299, blue: 0.114 }),
            9 => Ok(Self::Weights { red: 0.2627, blue: 0.0593 }),
            _ => Err(MediaFailure::UnsupportedType),
        }
    }
}

impl YuvRows {
    /// Prepares for a frame; `matrix` is the number that the container or the stream states.
    pub fn new(frame: &Av1Frame, matrix: u8, full_range: bool) -> Result<Self, MediaFailure> {
        let unit = f32::from(1_u16 << (frame.bit_depth().clamp(8, 12) - 8));
        let (luma_offset, luma_scale, chroma_scale) = if full_range {
            (0.0, 256.0 * unit - 1.0, 256.0 * unit - 1.0)
        } else {
            (16.0 * unit, 219.0 * unit, 224.0 * unit)
        };
        let width = index(frame.size().width);
        Ok(Self {
            matrix: if frame.is_monochrome() {
                Matrix::Weights { red: 0.0, blue: 0.0 }
            } else {
                Matrix::of(matrix)?
            },
            luma_offset,
            luma_scale,
            chroma_offset: 128.0 * unit,
            chroma_scale,
            luma: vec![0; width],
            chroma: [vec![0; width], vec![0; width]],
            near: Vec::new(),
            far: Vec::new(),
        })
    }

    /// One row of RGB; `to` holds three bytes for each pixel wanted from the left.
    pub fn rgb(&mut self, frame: &Av1Frame, row: u32, to: &mut [u8]) {
        read_samples(frame, 0, row, &mut self.luma);
        let colour = !frame.is_monochrome();
        if colour {
            self.read_chroma(frame, row);
        }
        for (x, pixel) in to.as_chunks_mut::<3>().0.iter_mut().enumerate().take(self.luma.len()) {
            let luma = (f32::from(self.luma[x]) - self.luma_offset) / self.luma_scale;
            *pixel = match self.matrix {
                _ if !colour => [to_byte(luma); 3],
                Matrix::Identity => {
                    let plane = |plane: usize| {
                        (f32::from(self.chroma[plane][x]) - self.luma_offset) / self.luma_scale
                    };
                    [plane(1), luma, plane(0)].map(to_byte)
                }
                Matrix::Weights { red, blue } => {
                    let difference = |plane: usize| {
                        (f32::from(self.chroma[plane][x]) - self.chroma_offset) / self.chroma_scale
                    };
                    weighted(luma, difference(0), difference(1), red, blue).map(to_byte)
                }
            };
        }
    }

    /// Luma alone: the rows of an opacity picture.
    pub fn grey(&mut self, frame: &Av1Frame, row: u32, to: &mut [u8]) {
        read_samples(frame, 0, row, &mut self.luma);
        for (sample, byte) in self.luma.iter().zip(to) {
            *byte = to_byte((f32::from(*sample) - self.luma_offset) / self.luma_scale);
        }
    }

    /// Brings both chroma rows to full size. Subsampled planes are interpolated 3:1 towards the nearer
    /// neighbour, which is linear interpolation for samples that sit in the middle of their pixels.
    fn read_chroma(&mut self, frame: &Av1Frame, row: u32) {
        let (across, down) = frame.chroma_shift();
        let other = if row % 2 == 1 { (row >> 1) + 1 } else { (row >> 1).saturating_sub(1) };
        let width = self.luma.len().div_ceil(1 << across);
        for plane in [0, 1] {
            self.near.resize(width, 0);
            read_samples(frame, plane + 1, row >> down, &mut self.near);
            if down == 1 {
                self.far.clone_from(&self.near);
                read_samples(frame, plane + 1, other, &mut self.far);
                self.near
                    .iter_mut()
                    .zip(&self.far)
                    .for_each(|(near, far)| *near = blend(*near, *far));
            }
            if across == 0 {
                self.chroma[plane].clone_from(&self.near);
                continue;
            }
            for (x, sample) in self.chroma[plane].iter_mut().enumerate() {
                let other =
                    if x % 2 == 1 { (x / 2 + 1).min(width - 1) } else { (x / 2).saturating_sub(1) };
                *sample = blend(self.near[x / 2], self.near[other]);
            }
        }
    }
}

fn blend(near: u16, far: u16) -> u16 {
    (near * 3 + far + 2) / 4
}

/// Copies a row of 8-bit or 16-bit samples. A row past the plane leaves the buffer as it is.
fn read_samples(frame: &Av1Frame, plane: usize, row: u32, to: &mut [u16]) {
    let Some(bytes) = frame.row(plane, row) else { return };
    if frame.is_wide() {
        bytes
            .as_chunks::<2>()
            .0
            .iter()
            .zip(to)
            .for_each(|(pair, sample)| *sample = u16::from_ne_bytes(*pair));
    } else {
        bytes.iter().zip(to).for_each(|(byte, sample)| *sample = u16::from(*byte));
    }
}

fn weighted(luma: f32, blue_difference: f32, red_difference: f32, red: f32, blue: f32) -> [f32; 3] {
    let r = luma + 2.0 * (1.0 - red) * red_difference;
    let b = luma + 2.0 * (1.0 - blue) * blue_difference;
    [r, (luma - red * r - blue * b) / (1.0 - red - blue), b]
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of a byte before"
)]
fn to_byte(value: f32) -> u8 {
    (value * 255.0 + 0.5).clamp(0.0, 255.0) as u8
}
