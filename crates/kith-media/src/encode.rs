//! Encoders: sRGB pixels into JPEG, AVIF or WebP, with nothing but the pixels inside.
//!
//! Owns the quality settings. No metadata can get into an output, because none reaches this module.

use crate::failure::MediaFailure;
use crate::native::{self, Planes};
use crate::pixels::{RgbImage, index};
use crate::request::{AvifEffort, Format, Size};
use avif_serialize::Aviffy;
use avif_serialize::constants::{ColorPrimaries, MatrixCoefficients, TransferCharacteristics};
use std::borrow::Cow;

/// jpegli at 4:4:4: SSIMULACRA2 of about 76 on photographs ("high quality" begins at 70).
const JPEG_QUALITY: f32 = 77.0;
/// libaom's scale, 0 is lossless, 63 the coarsest: SSIMULACRA2 of about 68 at speed 9.
const AVIF_QUANTIZER: u32 = 27;
/// libwebp's scale, 100 is the best: SSIMULACRA2 of about 75.
const WEBP_QUALITY: f32 = 80.0;
/// libwebp's middle method: 5 % smaller than 2, half the time of 6.
const WEBP_METHOD: u8 = 4;

/// Encodes a picture in one format.
pub fn encode(
    image: Cow<'_, RgbImage>,
    format: Format,
    effort: AvifEffort,
) -> Result<Vec<u8>, MediaFailure> {
    match format {
        Format::Jpeg => native::jpeg_encode(&image, JPEG_QUALITY),
        Format::Webp => native::webp_encode(&image, WEBP_QUALITY, WEBP_METHOD),
        Format::Avif => avif(image, effort),
    }
}

fn avif(image: Cow<'_, RgbImage>, effort: AvifEffort) -> Result<Vec<u8>, MediaFailure> {
    let speed = match effort {
        AvifEffort::Fast => 9,
        AvifEffort::Small => 6,
    };
    let Size { width, height } = image.size;
    let planes = planes(&image);
    // The encoder is where a run needs most memory: the pixels may go before it starts.
    drop(image);
    let coded = native::av1_encode(&planes, AVIF_QUANTIZER, speed)?;
    let container = Aviffy::new()
        .set_color_primaries(ColorPrimaries::Bt709)
        .set_transfer_characteristics(TransferCharacteristics::Srgb)
        .set_matrix_coefficients(MatrixCoefficients::Bt601)
        .set_full_color_range(true)
        .set_chroma_subsampling((true, true))
        .to_vec(&coded, None, width, height, 8);
    Ok(container)
}

/// Full-range BT.601 with chroma averaged over two by two pixels. Fixed point with 16 fractional bits.
fn planes(image: &RgbImage) -> Planes {
    let Size { width, height } = image.size;
    let half = Size { width: width.div_ceil(2), height: height.div_ceil(2) };
    let half_pixels = index(half.width) * index(half.height);
    let mut planes = Planes {
        size: image.size,
        luma: vec![0; index(width) * index(height)],
        chroma: [vec![0; half_pixels], vec![0; half_pixels]],
    };
    for (from, to) in image.rows().zip(planes.luma.chunks_exact_mut(index(width))) {
        for (pixel, luma) in from.as_chunks::<3>().0.iter().zip(to) {
            *luma = luma_of(*pixel);
        }
    }
    let [blue, red] = &mut planes.chroma;
    let chroma_rows =
        blue.chunks_exact_mut(index(half.width)).zip(red.chunks_exact_mut(index(half.width)));
    for (pair, (blue, red)) in image.data.chunks(image.stride() * 2).zip(chroma_rows) {
        let (upper, lower) = pair.split_at(image.stride());
        // The last row of an odd height stands alone.
        let lower = if lower.is_empty() { upper } else { lower };
        let cells = upper.chunks(6).zip(lower.chunks(6));
        for ((upper, lower), (blue, red)) in cells.zip(blue.iter_mut().zip(red)) {
            (*blue, *red) = chroma_of(upper, lower);
        }
    }
    planes
}

fn luma_of([red, green, blue]: [u8; 3]) -> u8 {
    let sum =
        19_595 * u32::from(red) + 38_470 * u32::from(green) + 7_471 * u32::from(blue) + 32_768;
    byte(sum >> 16)
}

/// Blue and red difference of two or one pixels in each of two rows.
fn chroma_of(upper: &[u8], lower: &[u8]) -> (u8, u8) {
    let last = upper.len() - 3;
    let sum = |channel: usize| {
        let samples =
            [upper[channel], upper[last + channel], lower[channel], lower[last + channel]];
        samples.iter().map(|sample| i32::from(*sample)).sum::<i32>()
    };
    let (red, green, blue) = (sum(0), sum(1), sum(2));
    // Sums of four samples: two more bits to shift away. 128 is the middle.
    let middle = (128 << 18) + (1 << 17);
    let blue_difference = -11_059 * red - 21_709 * green + 32_768 * blue + middle;
    let red_difference = 32_768 * red - 27_439 * green - 5_329 * blue + middle;
    (
        byte((blue_difference >> 18).clamp(0, 255).cast_unsigned()),
        byte((red_difference >> 18).clamp(0, 255).cast_unsigned()),
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
            let planes = planes(&filled(pixel, 3, 3));
            assert_eq!(
                (planes.luma[4], planes.chroma[0][3], planes.chroma[1][3]),
                (luma, blue, red),
                "{pixel:?}"
            );
        }
    }
}
