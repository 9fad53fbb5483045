//! Files that are small and ask for much: refused, or done within one second of processor time and the
//! memory limit. The table runs on the real child process, measured by the kernel.

use crate::containers::{Item, av1_item, boxed, container, full, hevc_item, ispe, tile_item};
use crate::measured::{Measured, measure};
use crate::pictures::{camera_jpeg, gif, lossless_webp, progressive_jpeg, quadrants, rgb_png};
use crate::refused::lying_jpeg;
use kith_media::{RgbImage, Size};
use png::{BitDepth, ColorType};
use std::time::Duration;

/// A second is what the dearest of them costs on a quiet machine; processor time stretches by half where neighbours
/// empty the caches. Without its bound a bomb costs ten times as much and more.
const LIMIT: Duration = Duration::from_secs(2);
const MEMORY: u64 = 512 << 20;

/// A bomb, and the only verdicts that are right for it.
type Bomb = (&'static str, Vec<u8>, &'static [&'static str]);

#[expect(clippy::print_stdout, reason = "what each of them cost is what one wants to read")]
fn assert_harmless(bombs: Vec<Bomb>) {
    for (name, bytes, verdicts) in bombs {
        let Measured { verdict, cpu, peak } = measure(&bytes);
        println!("{verdict:16} {cpu:9.3?} {:4} MB  {name}, {} bytes", peak >> 20, bytes.len());
        assert!(verdicts.contains(&verdict.as_str()), "{name}: {verdict}");
        assert!(cpu < LIMIT, "{name}: {cpu:?}");
        assert!(peak < MEMORY, "{name}: {peak} bytes");
    }
}

const PIXELS: &[&str] = &["too-many-pixels"];
const COMPLEX: &[&str] = &["too-complex"];
const DAMAGED: &[&str] = &["damaged"];
const ACCEPTED: &[&str] = &["accepted"];

/// Spectral scans without data: each one is a pass over every coefficient all the same.
fn with_scans(mut picture: Vec<u8>, count: usize) -> Vec<u8> {
    let end = picture.split_off(picture.len() - 2);
    picture.extend([0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0x10, 0].repeat(count));
    [picture, end].concat()
}

/// A small JPEG whose header says that it is larger; its data ends early.
fn stretched(mut jpeg: Vec<u8>, width: u16, height: u16) -> Vec<u8> {
    let is_frame = |pair: &[u8]| matches!(pair, [0xff, 0xc0 | 0xc2]);
    let at = jpeg.windows(2).position(is_frame).unwrap();
    jpeg[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

fn jpeg_segments(number: u8, body: &[u8], count: usize) -> Vec<u8> {
    let mut picture = camera_jpeg(&quadrants(96, 64), &[]);
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    let segment = [&[0xff, number], length.as_slice(), body].concat();
    picture.splice(2..2, segment.repeat(count));
    picture
}

#[test]
fn jpeg_bombs() {
    let baseline = || camera_jpeg(&quadrants(64, 64), &[]);
    let progressive = || progressive_jpeg(&quadrants(64, 64));
    assert_harmless(vec![
        ("baseline header of 65,500 squared", lying_jpeg(0xc0, 65_500, 65_500), PIXELS),
        ("progressive header of 65,500 squared", lying_jpeg(0xc2, 65_500, 65_500), PIXELS),
        ("64 megapixels with data for a few", stretched(baseline(), 8000, 8000), ACCEPTED),
        (
            "64 progressive megapixels with data for a few",
            stretched(progressive(), 8000, 8000),
            &["accepted", "out-of-memory"],
        ),
        (
            "2,000 scans of 12 megapixels",
            with_scans(stretched(progressive(), 4032, 3024), 2000),
            COMPLEX,
        ),
        (
            "2,000 scans of a small picture",
            with_scans(progressive_jpeg(&quadrants(96, 64)), 2000),
            COMPLEX,
        ),
        (
            "as many scans as 48 megapixels may have",
            with_scans(stretched(progressive(), 8064, 6048), 10),
            ACCEPTED,
        ),
        (
            "as many scans as 12 megapixels may have",
            with_scans(stretched(progressive(), 4000, 3000), 80),
            ACCEPTED,
        ),
        ("six million empty segments", jpeg_segments(0xe5, &[], 6_000_000), ACCEPTED),
        ("25 MB of comments", jpeg_segments(0xfe, &[b'c'; 65_000], 400), ACCEPTED),
        (
            "a million parts of a profile",
            jpeg_segments(0xe2, b"ICC_PROFILE\0\x01\x01", 1_000_000),
            ACCEPTED,
        ),
        (
            "25 MB of fill bytes",
            {
                let mut picture = camera_jpeg(&quadrants(96, 64), &[]);
                picture.splice(2..2, std::iter::repeat_n(0xff, 25_000_000));
                picture
            },
            ACCEPTED,
        ),
    ]);
}

/// A PNG chunk with its checksum.
fn chunk(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let checked = [kind.as_slice(), body].concat();
    let mut sum = u32::MAX;
    for byte in &checked {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = sum >> 1 ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [length.as_slice(), &checked, &(!sum).to_be_bytes()].concat()
}

/// So many squared zeros of a PNG, by a writer that never holds them.
fn flat_png(edge: u32, kind: ColorType, depth: BitDepth) -> Vec<u8> {
    let mut info = png::Info::with_size(edge, edge);
    (info.color_type, info.bit_depth) = (kind, depth);
    let stride = info.raw_row_length() - 1;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::with_info(&mut bytes, info).unwrap();
    encoder.set_compression(png::Compression::Fast);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().unwrap();
    let mut stream = writer.stream_writer().unwrap();
    let row = vec![0; stride];
    for _ in 0..edge {
        std::io::Write::write_all(&mut stream, &row).unwrap();
    }
    stream.finish().unwrap();
    drop(writer);
    bytes
}

/// A zlib stream of 100 million zeros: the picture data of a PNG that holds nothing else.
fn compressed_zeros() -> Vec<u8> {
    let file = flat_png(10_000, ColorType::Grayscale, BitDepth::Eight);
    let (mut at, mut stream) = (8, Vec::new());
    while at < file.len() {
        let length = u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        if &file[at + 4..at + 8] == b"IDAT" {
            stream.extend_from_slice(&file[at + 8..at + 8 + length]);
        }
        at += length + 12;
    }
    stream
}

/// Chunks put behind the header of a small PNG.
fn png_with(chunks: &[u8]) -> Vec<u8> {
    let mut picture = rgb_png(&quadrants(96, 64));
    picture.splice(33..33, chunks.iter().copied());
    picture
}

#[test]
fn png_bombs() {
    let zeros = compressed_zeros();
    let named = |start: &[u8]| [start, zeros.as_slice()].concat();
    let mut lying = flat_png(8, ColorType::Grayscale, BitDepth::One);
    lying[16..29].copy_from_slice(&[0, 0, 0xff, 0xdc, 0, 0, 0xff, 0xdc, 1, 0, 0, 0, 0]);
    let mut square = flat_png(8, ColorType::Rgb, BitDepth::Eight);
    let header = [&8000_u32.to_be_bytes()[..], &8000_u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    square.splice(8..33, chunk(*b"IHDR", &header));
    let empty = chunk(*b"IDAT", &[]).repeat(2_000_000);
    let frames = chunk(*b"fcTL", &[0; 26]).repeat(500_000);
    assert_harmless(vec![
        ("65,500 squared in one bit", lying, PIXELS),
        ("64 megapixels with a few bytes of data", square, &["damaged", "accepted"]),
        ("64 grey megapixels", flat_png(8000, ColorType::Grayscale, BitDepth::Eight), ACCEPTED),
        ("64 megapixels in one bit", flat_png(8000, ColorType::Grayscale, BitDepth::One), ACCEPTED),
        ("a compressed text of 100 MB", png_with(&chunk(*b"zTXt", &named(b"a\0\0"))), ACCEPTED),
        (
            "40 compressed texts of 100 MB",
            png_with(&chunk(*b"zTXt", &named(b"a\0\0")).repeat(40)),
            ACCEPTED,
        ),
        (
            "an international text of 100 MB",
            png_with(&chunk(*b"iTXt", &named(b"a\0\x01\0\0\0"))),
            ACCEPTED,
        ),
        (
            "a profile of 100 MB",
            png_with(&chunk(*b"iCCP", &named(b"a\0\0"))),
            &["accepted", "damaged"],
        ),
        (
            "40 profiles of 100 MB",
            png_with(&chunk(*b"iCCP", &named(b"a\0\0")).repeat(40)),
            &["accepted", "damaged"],
        ),
        ("two million empty chunks of data", png_with(&empty), &["accepted", "damaged"]),
        ("half a million frames", png_with(&frames), &["accepted", "damaged"]),
    ]);
}

#[test]
fn gif_and_webp_bombs() {
    let mut frames = gif(&quadrants(2, 2));
    let end = frames.len() - 1;
    let frame = frames[end - 16..end].to_vec();
    frames.splice(end..end, frame.repeat(500_000));
    let mut wide = gif(&quadrants(8, 8));
    let at = wide.iter().position(|byte| *byte == 0x2c).unwrap();
    wide[at + 5..at + 9].copy_from_slice(&[0xff; 4]);
    let mut canvas = lossless_webp(&quadrants(96, 64), |encoder| {
        encoder.set_xmp_metadata(b"extended".to_vec());
    });
    canvas[24..30].copy_from_slice(&[0xff, 0x0f, 0, 0xff, 0x0f, 0]);
    let mut huge = canvas.clone();
    huge[24..30].copy_from_slice(&[0xff; 6]);
    let flat = RgbImage::new(Size { width: 7000, height: 7000 });
    assert_harmless(vec![
        ("a GIF screen of 65,535 squared", b"GIF89a\xff\xff\xff\xff\0\0\0;".to_vec(), PIXELS),
        ("a GIF frame of 65,535 squared on a small screen", wide, DAMAGED),
        ("half a million GIF frames", frames, ACCEPTED),
        ("a WebP canvas larger than its picture", canvas, DAMAGED),
        ("a WebP canvas of 16 million squared", huge, PIXELS),
        ("49 flat megapixels of WebP", lossless_webp(&flat, |_| {}), ACCEPTED),
    ]);
}

/// A grid of one tile, again and again.
fn repeated(tile: &Item, columns: u16, rows: u16, size: Size) -> Vec<u8> {
    let edges = [size.width.to_be_bytes(), size.height.to_be_bytes()].concat();
    let counts = [columns, rows].map(|count| u8::try_from(count - 1).unwrap());
    let grid = Item {
        kind: *b"grid",
        data: [&[0, 1, counts[1], counts[0]], edges.as_slice()].concat(),
        properties: vec![ispe(size)],
    };
    let brand = if &tile.kind == b"hvc1" { *b"heic" } else { *b"avif" };
    let tiles = vec![2; usize::from(columns) * usize::from(rows)];
    container(brand, &[grid, tile.clone()], &[(*b"dimg", 1, tiles)])
}

#[test]
fn heif_bombs() {
    let size = |width, height| Size { width, height };
    let small = av1_item(&quadrants(64, 64), &[]);
    let large = av1_item(&quadrants(1500, 1500), &[]);
    let mut frames = av1_item(&quadrants(512, 512), &[]);
    frames.data = frames.data.repeat(400);
    let mut lying = av1_item(&quadrants(2000, 2000), &[]);
    lying.properties[1] = ispe(size(40, 40));
    // Locations whose fields have no width.
    let locations =
        [[0, 0].as_slice(), &4096_u16.to_be_bytes(), &[0, 1, 0, 0, 0xff, 0xff].repeat(4096)];
    let locations = full(*b"iloc", 0, &locations.concat());
    let extents = [boxed(*b"ftyp", b"avif\0\0\0\0mif1"), full(*b"meta", 0, &locations)].concat();
    assert_harmless(vec![
        ("a grid of 65,280 tiles", repeated(&small, 256, 255, size(7900, 7900)), COMPLEX),
        ("as many tiles as there may be", repeated(&small, 32, 32, size(2048, 2048)), ACCEPTED),
        ("as many HEVC tiles", repeated(&hevc_item(&[]), 32, 32, size(3072, 2048)), ACCEPTED),
        ("large tiles of a small grid", repeated(&large, 32, 32, size(1600, 1600)), COMPLEX),
        ("HEVC tiles of a smaller grid", repeated(&tile_item(), 32, 32, size(600, 600)), COMPLEX),
        ("400 frames in one item", container(*b"avif", &[frames], &[]), COMPLEX),
        ("a picture larger than its container says", container(*b"avif", &[lying], &[]), COMPLEX),
        ("millions of extents", extents, DAMAGED),
        (
            "three million empty boxes",
            boxed(*b"free", &[]).repeat(3_000_000),
            &["unsupported-type"],
        ),
    ]);
}

/// 48 megapixels as a phone stores them: 192 tiles of 512 squared, each with its own bytes.
#[test]
fn a_phones_48_megapixels_pass() {
    let (columns, rows) = (16_u16, 12_u16);
    let size = Size { width: 8064, height: 6048 };
    let grid = Item {
        kind: *b"grid",
        data: [&[0, 0, 11, 15][..], &8064_u16.to_be_bytes(), &6048_u16.to_be_bytes()].concat(),
        properties: vec![ispe(size)],
    };
    let tiles = vec![tile_item(); usize::from(columns * rows)];
    let numbers = (2..2 + columns * rows).collect();
    let items = [vec![grid], tiles].concat();
    let file = container(*b"heic", &items, &[(*b"dimg", 1, numbers)]);
    let Measured { verdict, cpu, peak } = measure(&file);
    println!("48 MP HEIC of {} bytes: {cpu:?}, {} MB", file.len(), peak >> 20);
    assert_eq!(verdict, "accepted");
    assert!(cpu < Duration::from_secs(10), "{cpu:?}");
    assert!(peak < MEMORY, "{peak}");
}
