//! Encoders: sRGB pixels into JPEG, AVIF or WebP, with nothing but the pixels inside.
//!
//! How good a file becomes is decided in [`crate::quality`]. No metadata can get into an output, because
//! none reaches this module.

use crate::failure::MediaFailure;
use crate::native::{self, Planes};
use crate::pixels::{RgbImage, index};
use crate::quality::{Chroma, Setting};
use crate::request::Size;
use avif_serialize::Aviffy;
use avif_serialize::constants::{ColorPrimaries, MatrixCoefficients, TransferCharacteristics};
use std::borrow::Cow;

/// Encodes a picture in the format of the setting.
pub fn encode(image: Cow<'_, RgbImage>, setting: Setting) -> Result<Vec<u8>, MediaFailure> {
    match setting {
        Setting::Jpeg { quality } => native::jpeg_encode(&image, quality),
        Setting::Webp { quality, method } => native::webp_encode(&image, quality, method),
        Setting::Avif { quantizer, speed, chroma } => {
            let size = image.size;
            let planes = planes(&image, chroma);
            // The encoder is where a run needs most memory: the pixels may go before it starts.
            drop(image);
            let coded = native::av1_encode(&planes, quantizer, speed)?;
            Ok(container(&coded, size, chroma))
        }
    }
}

fn container(coded: &[u8], Size { width, height }: Size, chroma: Chroma) -> Vec<u8> {
    let halved = chroma == Chroma::Halved;
    Aviffy::new()
        .set_color_primaries(ColorPrimaries::Bt709)
        .set_transfer_characteristics(TransferCharacteristics::Srgb)
        .set_matrix_coefficients(MatrixCoefficients::Bt601)
        .set_full_color_range(true)
        .set_chroma_subsampling((halved, halved))
        .set_seq_profile(u8::from(!halved))
        .to_vec(coded, None, width, height, 8)
}

/// Full-range BT.601. Fixed point with 16 fractional bits.
fn planes(image: &RgbImage, chroma: Chroma) -> Planes {
    let Size { width, height } = image.size;
    let chroma_size = match chroma {
        Chroma::Full => image.size,
        Chroma::Halved => Size { width: width.div_ceil(2), height: height.div_ceil(2) },
    };
    let chroma_pixels = index(chroma_size.width) * index(chroma_size.height);
    let mut planes = Planes {
        size: image.size,
        chroma_size,
        luma: vec![0; index(width) * index(height)],
        chroma: [vec![0; chroma_pixels], vec![0; chroma_pixels]],
    };
    let pixels = image.data.as_chunks::<3>().0;
    for (pixel, luma) in pixels.iter().zip(&mut planes.luma) {
        *luma = luma_of(*pixel);
    }
    match chroma {
        Chroma::Full => {
            let [blue, red] = &mut planes.chroma;
            for (pixel, (blue, red)) in pixels.iter().zip(blue.iter_mut().zip(red)) {
                (*blue, *red) = chroma_of::<16>(pixel.map(i32::from));
            }
        }
        Chroma::Halved => halve_chroma(image, &mut planes),
    }
    planes
}

/// Chroma averaged over two by two pixels.
fn halve_chroma(image: &RgbImage, planes: &mut Planes) {
    let width = index(planes.chroma_size.width);
    let [blue, red] = &mut planes.chroma;
    let chroma_rows = blue.chunks_exact_mut(width).zip(red.chunks_exact_mut(width));
    for (pair, (blue, red)) in image.data.chunks(image.stride() * 2).zip(chroma_rows) {
        let (upper, lower) = pair.split_at(image.stride());
        // The last row of an odd height stands alone.
        let lower = if lower.is_empty() { upper } else { lower };
        let cells = upper.chunks(6).zip(lower.chunks(6));
        for ((upper, lower), (blue, red)) in cells.zip(blue.iter_mut().zip(red)) {
            (*blue, *red) = chroma_of::<18>(cell_sums(upper, lower));
        }
    }
}

fn luma_of([red, green, blue]: [u8; 3]) -> u8 {
    let sum =
        19_595 * u32::from(red) + 38_470 * u32::from(green) + 7_471 * u32::from(blue) + 32_768;
    byte(sum >> 16)
}

/// Sums of the channels over two or one pixels in each of two rows.
fn cell_sums(upper: &[u8], lower: &[u8]) -> [i32; 3] {
    let last = upper.len() - 3;
    [0, 1, 2].map(|channel| {
        let samples =
            [upper[channel], upper[last + channel], lower[channel], lower[last + channel]];
        samples.iter().map(|sample| i32::from(*sample)).sum()
    })
}

/// Blue and red difference. `BITS` are the fractional ones: 16 for one pixel, 18 for the sum of four.
fn chroma_of<const BITS: u32>([red, green, blue]: [i32; 3]) -> (u8, u8) {
    // 128 is the middle.
    let middle = (128 << BITS) + (1 << (BITS - 1));
    let blue_difference = -11_059 * red - 21_709 * green + 32_768 * blue + middle;
    let red_difference = 32_768 * red - 27_439 * green - 5_329 * blue + middle;
    (
        byte((blue_difference >> BITS).clamp(0, 255).cast_unsigned()),
        byte((red_difference >> BITS).clamp(0, 255).cast_unsigned()),
    )
}

fn byte(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pixel: [u8; 3], width: u32, height: u32) -> RgbImage {
        let size = Size { width, height };
        RgbImage { size, data: pixel.repeat(index(width) * index(height)) }
    }

    #[test]
    fn known_colours_give_known_planes() {
        for (pixel, luma, blue, red) in [
            ([255, 255, 255], 255, 128, 128),
            ([0, 0, 0], 0, 128, 128),
            ([255, 0, 0], 76, 85, 255),
            ([0, 0, 255], 29, 255, 107),
            ([0, 255, 0], 150, 44, 21),
        ] {
            for chroma in [Chroma::Full, Chroma::Halved] {
                let planes = planes(&filled(pixel, 3, 3), chroma);
                assert_eq!(
                    (planes.luma[4], planes.chroma[0][3], planes.chroma[1][3]),
                    (luma, blue, red),
                    "{pixel:?} {chroma:?}"
                );
            }
        }
    }
}
