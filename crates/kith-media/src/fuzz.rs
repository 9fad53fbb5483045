//! What the fuzzer calls: one function for every way in that a stranger's bytes have.
//!
//! Each takes any bytes and must return: no panic, no endless loop, memory within small limits. `fuzz/` runs
//! them under libFuzzer, an ordinary test for a short while over the same seeds.

use crate::colour::{Channels, Colour, DeepConverter, to_srgb};
use crate::decode::{Job, decode};
use crate::facts::InputFormat;
use crate::inspect::inspect;
use crate::limits::Limits;
use crate::protocol::{PREFIX, Validator};
use crate::request::{Location, RenderRequest, Size};
use crate::{exif, pipeline};
use bytes::Bytes;

/// A way in: its name, and what takes the bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target by its name, which is also that of its program in `fuzz/`.
pub const TARGETS: [Target; 10] = [
    ("headers", headers),
    ("exif", exif),
    ("jpeg", jpeg),
    ("png", png),
    ("webp", webp),
    ("gif", gif),
    ("avif", avif),
    ("heic", heic),
    ("profile", profile),
    ("protocol", protocol),
];

/// Small, so that the fuzzer makes many tries a second and a bomb is told from a large picture.
fn limits() -> Limits {
    Limits {
        bytes: 1024 * 1024,
        pixels: 300_000,
        edge: 4000,
        scans: 12,
        memory: 64 * 1024 * 1024,
        ..Limits::default()
    }
}

/// Headers of every format, with all that is read of metadata.
pub fn headers(input: &[u8]) {
    let mut request = RenderRequest::of(input.len() as u64, Vec::new());
    (request.limits, request.location) = (limits(), Location::Read);
    let _ = pipeline::facts(input, &request);
}

/// A TIFF block as EXIF carries it.
pub fn exif(input: &[u8]) {
    let _ = exif::orientation(input);
    let _ = exif::camera_notes(input);
    let _ = exif::location(input);
}

fn decode_as(format: InputFormat, input: &[u8]) {
    let limits = limits();
    let Ok(inspected) = inspect(input, &limits) else { return };
    if inspected.format != format {
        return;
    }
    for wanted_edge in [32, limits.edge] {
        let job = Job { input, inspected: &inspected, wanted_edge, limits: &limits };
        let _ = decode(&job);
    }
}

/// JPEG.
pub fn jpeg(input: &[u8]) {
    decode_as(InputFormat::Jpeg, input);
}

/// PNG.
pub fn png(input: &[u8]) {
    decode_as(InputFormat::Png, input);
}

/// WebP.
pub fn webp(input: &[u8]) {
    decode_as(InputFormat::Webp, input);
}

/// GIF.
pub fn gif(input: &[u8]) {
    decode_as(InputFormat::Gif, input);
}

/// AVIF.
pub fn avif(input: &[u8]) {
    decode_as(InputFormat::Avif, input);
}

/// HEIC.
pub fn heic(input: &[u8]) {
    decode_as(InputFormat::Heic, input);
}

/// A colour profile, for samples of every kind.
pub fn profile(input: &[u8]) {
    let size = Size { width: 4, height: 3 };
    let colour = Colour::Icc(input.to_vec());
    for (channels, count) in [(Channels::Grey, 1), (Channels::Rgb, 3), (Channels::Cmyk, 4)] {
        let samples = (0..12 * count).map(|number: u8| number.wrapping_mul(37)).collect();
        let _ = to_srgb(size, samples, channels, &colour);
    }
    let (mut converter, _) = DeepConverter::new(&colour, 4);
    converter.convert(&[0, 257, 65_535, 9, 999, 9_999, 1, 2, 3, 4, 5, 6], &mut [0; 12]);
}

/// What a child that was taken over might say to its parent.
pub fn protocol(input: &[u8]) {
    let mut validator = Validator::new(&RenderRequest::complete_set(1));
    let mut rest = input;
    while let Some((prefix, after)) = rest.split_first_chunk::<PREFIX>() {
        let Ok(lengths) = validator.lengths(*prefix) else { return };
        let Some((head, after)) = after.split_at_checked(lengths.head) else { return };
        let Some((body, after)) = after.split_at_checked(lengths.body) else { return };
        if validator.accept(head, Bytes::copy_from_slice(body)).is_err() {
            return;
        }
        rest = after;
    }
}
