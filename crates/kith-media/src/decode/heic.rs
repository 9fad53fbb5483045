//! HEIC by `heic-decoder` (safe Rust, no `unsafe` at all).

use super::{CroppedRows, Decoded, Job};
use crate::colour::{Channels, Colour, to_srgb};
use crate::failure::MediaFailure;
use crate::inspect::check_size;
use crate::inspect::heif::Heif;
use crate::pixels::over_white;
use crate::request::Size;
use heic_decoder::{ColorInfo, DecodeOptions, HeifError, Metadata};

/// Decodes the primary picture as coded; crop and turn are applied later, on the reduced picture.
pub fn decode(job: &Job<'_>) -> Result<Decoded, MediaFailure> {
    let size = |width: usize, height: usize| Size {
        width: u32::try_from(width).unwrap_or(u32::MAX),
        height: u32::try_from(height).unwrap_or(u32::MAX),
    };
    let info = heic_decoder::probe(job.input).map_err(|error| refusal(&error))?;
    check_size(size(info.coded_width, info.coded_height), job.limits)?;
    let as_coded = DecodeOptions { apply_transforms: false };
    let mut picture =
        heic_decoder::decode_with(job.input, &as_coded).map_err(|error| refusal(&error))?;
    let colour = colour_of(std::mem::take(&mut picture.metadata), picture.color_info);
    let coded = size(picture.width, picture.height);
    let crop = Heif::parse(job.input).ok_or(MediaFailure::Damaged)?.crop(coded);
    if crop.size != job.inspected.stored {
        return Err(MediaFailure::Damaged);
    }
    let mut rows = CroppedRows::new(crop, job.wanted_edge);
    if picture.alpha.is_some() {
        let pixels = picture.to_rgba8().map_err(|error| refusal(&error))?;
        let mut row = vec![0; pixels.width * 3];
        for from in pixels.data.chunks_exact(pixels.width * 4) {
            for ([red, green, blue, alpha], to) in
                from.as_chunks::<4>().0.iter().zip(row.as_chunks_mut::<3>().0)
            {
                *to = [red, green, blue].map(|value| over_white(*value, *alpha));
            }
            rows.push(&row);
        }
    } else {
        let pixels = picture.to_rgb8().map_err(|error| refusal(&error))?;
        drop(picture);
        pixels.data.chunks_exact(pixels.width * 3).for_each(|row| rows.push(row));
    }
    let reduced = rows.finish();
    let (image, warning) = to_srgb(reduced.size, reduced.data, Channels::Rgb, &colour);
    Ok(Decoded { image, warnings: warning.into_iter().collect() })
}

fn colour_of(metadata: Metadata, info: Option<ColorInfo>) -> Colour {
    match (metadata.icc_profile, info) {
        (Some(icc), _) => Colour::Icc(icc),
        (None, Some(info)) => {
            let number = |value: u16| u8::try_from(value).unwrap_or(2);
            Colour::Cicp {
                primaries: number(info.color_primaries),
                transfer: number(info.transfer_characteristics),
            }
        }
        (None, None) => Colour::Srgb,
    }
}

fn refusal(error: &HeifError) -> MediaFailure {
    match error {
        HeifError::LimitExceeded(_) => MediaFailure::OutOfMemory,
        _ => MediaFailure::Damaged,
    }
}
