//! PNG by the `png` crate (safe Rust), row by row. Interlaced files need the whole picture once.

use super::{Decoded, Job};
use crate::colour::{Channels, Colour, DeepConverter, to_srgb};
use crate::facts::Warning;
use crate::failure::MediaFailure;
use crate::pixels::{Reducer, RgbImage, index, over_white};
use png::{BitDepth, ColorType, Transformations};
use std::io::Cursor;

/// Bytes the decoder may hold for chunks: large enough for every profile, small for a bomb.
const CHUNK_MEMORY: usize = 16 * 1024 * 1024;

/// Decodes with palette and small depths expanded; opacity is laid over white.
pub fn decode(job: &Job<'_>) -> Result<Decoded, MediaFailure> {
    let mut decoder =
        png::Decoder::new_with_limits(Cursor::new(job.input), png::Limits { bytes: CHUNK_MEMORY });
    decoder.set_transformations(Transformations::EXPAND);
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().map_err(|_| MediaFailure::Damaged)?;
    let colour = colour_of(reader.info());
    let mut rows = Rows::new(job, &reader, &colour);
    let mut truncated = false;
    if reader.info().interlaced {
        truncated = read_interlaced(&mut reader, &mut rows)?;
    } else {
        loop {
            match reader.next_row() {
                Ok(Some(row)) => rows.push(row.data()),
                Ok(None) => break,
                Err(_) if rows.count > 0 => {
                    truncated = true;
                    break;
                }
                Err(_) => return Err(MediaFailure::Damaged),
            }
        }
    }
    let mut decoded = rows.finish(&colour);
    decoded.warnings.extend(truncated.then_some(Warning::Truncated));
    Ok(decoded)
}

/// Explicit numbers win over a profile, a profile over the plain sRGB marker (PNG, third edition).
fn colour_of(info: &png::Info<'_>) -> Colour {
    if let Some(cicp) = &info.coding_independent_code_points {
        return Colour::Cicp { primaries: cicp.color_primaries, transfer: cicp.transfer_function };
    }
    info.icc_profile.as_ref().map_or(Colour::Srgb, |icc| Colour::Icc(icc.to_vec()))
}

/// The passes of an interlaced picture jump about: it is put together as stored, then read by rows.
fn read_interlaced(
    reader: &mut png::Reader<Cursor<&[u8]>>,
    rows: &mut Rows,
) -> Result<bool, MediaFailure> {
    let size = reader.output_buffer_size().ok_or(MediaFailure::OutOfMemory)?;
    let stride = reader.output_line_size(reader.info().width).ok_or(MediaFailure::OutOfMemory)?;
    let mut frame = vec![0; size];
    let truncated = reader.next_frame(&mut frame).is_err();
    frame.chunks_exact(stride).for_each(|row| rows.push(row));
    Ok(truncated)
}

/// Turns rows as the decoder gives them into rows of 8-bit RGB and reduces them.
struct Rows {
    reducer: Reducer,
    deep: Option<DeepConverter>,
    channels: usize,
    count: usize,
    wide: Vec<u16>,
    row: Vec<u8>,
    warning: Option<Warning>,
}

impl Rows {
    fn new(job: &Job<'_>, reader: &png::Reader<Cursor<&[u8]>>, colour: &Colour) -> Self {
        let (kind, depth) = reader.output_color_type();
        let width = index(job.inspected.stored.width);
        let (deep, warning) = if depth == BitDepth::Sixteen
            && kind != ColorType::Grayscale
            && kind != ColorType::GrayscaleAlpha
        {
            let (converter, warning) = DeepConverter::new(colour, width);
            (Some(converter), warning)
        } else {
            (None, None)
        };
        Self {
            reducer: Reducer::new(job.inspected.stored, job.wanted_edge),
            deep,
            channels: kind.samples(),
            count: 0,
            wide: if depth == BitDepth::Sixteen { vec![0; width * 3] } else { Vec::new() },
            row: vec![0; width * 3],
            warning,
        }
    }

    fn push(&mut self, data: &[u8]) {
        if self.wide.is_empty() {
            flatten(data, self.channels, &mut self.row);
        } else {
            flatten_wide(data, self.channels, &mut self.wide);
            match &mut self.deep {
                Some(converter) => converter.convert(&self.wide, &mut self.row),
                None => self
                    .wide
                    .iter()
                    .zip(&mut self.row)
                    .for_each(|(wide, byte)| *byte = crate::colour::narrow(*wide)),
            }
        }
        self.reducer.push(&self.row);
        self.count += 1;
    }

    fn finish(self, colour: &Colour) -> Decoded {
        let reduced = self.reducer.finish();
        if self.deep.is_some() {
            return Decoded { image: reduced, warnings: self.warning.into_iter().collect() };
        }
        let (image, warning) = convert(reduced, self.channels, colour);
        Decoded { image, warnings: warning.into_iter().collect() }
    }
}

/// Grey profiles want one channel; the rows were already spread over three.
fn convert(image: RgbImage, channels: usize, colour: &Colour) -> (RgbImage, Option<Warning>) {
    if channels <= 2 && matches!(colour, Colour::Icc(_)) {
        let grey = image.data.iter().step_by(3).copied().collect();
        return to_srgb(image.size, grey, Channels::Grey, colour);
    }
    to_srgb(image.size, image.data, Channels::Rgb, colour)
}

/// One row of 8-bit samples with one to four channels as RGB over white.
fn flatten(from: &[u8], channels: usize, to: &mut [u8]) {
    for (from, to) in from.chunks_exact(channels).zip(to.as_chunks_mut::<3>().0) {
        *to = match *from {
            [grey] => [grey; 3],
            [grey, alpha] => [over_white(grey, alpha); 3],
            [red, green, blue] => [red, green, blue],
            [red, green, blue, alpha] => [red, green, blue].map(|value| over_white(value, alpha)),
            _ => return,
        };
    }
}

/// The same for big-endian 16-bit samples.
fn flatten_wide(from: &[u8], channels: usize, to: &mut [u16]) {
    let over = |value: u16, alpha: u16| {
        let blended = u64::from(value) * u64::from(alpha) + 65_535 * u64::from(65_535 - alpha);
        u16::try_from((blended + 32_767) / 65_535).unwrap_or(u16::MAX)
    };
    for (from, to) in from.chunks_exact(channels * 2).zip(to.as_chunks_mut::<3>().0) {
        let sample = |at: usize| u16::from_be_bytes([from[at * 2], from[at * 2 + 1]]);
        *to = match channels {
            1 => [sample(0); 3],
            2 => [over(sample(0), sample(1)); 3],
            3 => [sample(0), sample(1), sample(2)],
            _ => [0, 1, 2].map(|at| over(sample(at), sample(3))),
        };
    }
}
