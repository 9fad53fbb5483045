//! WebP by `image-webp` (safe Rust). The format has no rows to stream; its edge is at most 16,383.

use super::{Decoded, Job};
use crate::colour::{Channels, Colour, to_srgb};
use crate::failure::MediaFailure;
use crate::pixels::{Reducer, index, over_white};
use image_webp::{DecodingError, WebPDecoder};
use std::io::Cursor;

/// Decodes a still picture or the first frame.
pub fn decode(job: &Job<'_>) -> Result<Decoded, MediaFailure> {
    let mut decoder = WebPDecoder::new(Cursor::new(job.input)).map_err(|error| refusal(&error))?;
    decoder.set_memory_limit(usize::try_from(job.limits.memory).unwrap_or(usize::MAX));
    let (width, height) = decoder.dimensions();
    if (width, height) != (job.inspected.stored.width, job.inspected.stored.height) {
        return Err(MediaFailure::Damaged);
    }
    let mut frame = vec![0; decoder.output_buffer_size().ok_or(MediaFailure::OutOfMemory)?];
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    if decoder.is_animated() {
        decoder.read_frame(&mut frame).map_err(|error| refusal(&error))?;
    } else {
        decoder.read_image(&mut frame).map_err(|error| refusal(&error))?;
    }
    let mut reducer = Reducer::new(job.inspected.stored, job.wanted_edge);
    let mut row = vec![0; index(width) * 3];
    for from in frame.chunks_exact(index(width) * channels) {
        if channels == 3 {
            reducer.push(from);
            continue;
        }
        for ([red, green, blue, alpha], to) in
            from.as_chunks::<4>().0.iter().zip(row.as_chunks_mut::<3>().0)
        {
            *to = [red, green, blue].map(|value| over_white(*value, *alpha));
        }
        reducer.push(&row);
    }
    drop(frame);
    let colour = job.inspected.icc.clone().map_or(Colour::Srgb, Colour::Icc);
    let reduced = reducer.finish();
    let (image, warning) = to_srgb(reduced.size, reduced.data, Channels::Rgb, &colour);
    Ok(Decoded { image, warnings: warning.into_iter().collect() })
}

fn refusal(error: &DecodingError) -> MediaFailure {
    match error {
        DecodingError::MemoryLimitExceeded | DecodingError::ImageTooLarge => {
            MediaFailure::OutOfMemory
        }
        _ => MediaFailure::Damaged,
    }
}
