//! GIF by the `gif` crate (safe Rust): the first frame on a white screen.

use super::{Decoded, Job};
use crate::failure::MediaFailure;
use crate::pixels::{Reducer, index};
use gif::{ColorOutput, DecodeOptions, Frame, MemoryLimit};
use std::io::Cursor;
use std::num::NonZeroU64;

const WHITE: u8 = 255;

/// Decodes the first frame, which may cover only a part of the screen.
pub fn decode(job: &Job<'_>) -> Result<Decoded, MediaFailure> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    if let Some(limit) = NonZeroU64::new(job.limits.pixels) {
        options.set_memory_limit(MemoryLimit::Bytes(limit));
    }
    let mut decoder =
        options.read_info(Cursor::new(job.input)).map_err(|_| MediaFailure::Damaged)?;
    let global = decoder.global_palette().map(<[u8]>::to_vec);
    let frame = decoder
        .read_next_frame()
        .map_err(|_| MediaFailure::Damaged)?
        .ok_or(MediaFailure::Damaged)?;
    let palette = frame.palette.clone().or(global).ok_or(MediaFailure::Damaged)?;
    let size = job.inspected.stored;
    let mut reducer = Reducer::new(size, job.wanted_edge);
    let mut row = vec![WHITE; index(size.width) * 3];
    for y in 0..index(size.height) {
        row.fill(WHITE);
        paint(frame, &palette, y, &mut row);
        reducer.push(&row);
    }
    Ok(Decoded { image: reducer.finish(), warnings: Vec::new() })
}

/// Puts one row of the frame onto one row of the screen.
fn paint(frame: &Frame<'_>, palette: &[u8], y: usize, row: &mut [u8]) {
    let (left, top, width) =
        (usize::from(frame.left), usize::from(frame.top), usize::from(frame.width));
    let Some(line) =
        y.checked_sub(top).and_then(|line| frame.buffer.get(line * width..(line + 1) * width))
    else {
        return;
    };
    let colours = palette.as_chunks::<3>().0;
    for (entry, pixel) in line.iter().zip(row.as_chunks_mut::<3>().0.iter_mut().skip(left)) {
        if frame.transparent != Some(*entry)
            && let Some(colour) = colours.get(usize::from(*entry))
        {
            *pixel = *colour;
        }
    }
}
