//! The fuzzer's targets over seeds made by code and their mutants, the same ones every time: a short run of
//! what `scripts/fuzz` does for hours. `KITH_TEST_EFFORT=long` makes it a hundred times as many.
//!
//! With `KITH_FUZZ_SEEDS` naming a folder the seeds are written there.

use crate::containers::{
    Item, av1_item, boxed, container, exif_item, full, hevc_item, ispe, xmp_item,
};
use crate::pictures::{
    Exif, avif, camera_jpeg, gif, heic, jpeg_of, lossless_webp, lossy_webp, png, progressive_jpeg,
    quadrants, rgb_png,
};
use kith_media::protocol::{encode_event, encode_failure};
use kith_media::{
    Format, MediaFailure, RenderEvent, Rendition, RenditionName, Size, Warning, fuzz,
};
use png::{BitDepth, ColorType};

/// Mutants of each seed in the short run: some seconds in all.
const MUTANTS: usize = 150;

fn note() -> Exif {
    Exif::new().orientation(6).text(0x010f, "Maker").text(0x9003, "2024:02:29 23:59:58").gps()
}

fn profile() -> Vec<u8> {
    moxcms::ColorProfile::new_display_p3().encode().unwrap()
}

fn jpegs() -> Vec<Vec<u8>> {
    let (picture, size) = (quadrants(48, 40), Size { width: 48, height: 40 });
    let segment = (2, [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile()].concat());
    vec![
        camera_jpeg(&picture, &[note().segment(), segment]),
        progressive_jpeg(&picture),
        jpeg_of(&[90; 48 * 40], size, jpeg_encoder::ColorType::Luma),
        jpeg_of(&[90; 48 * 40 * 4], size, jpeg_encoder::ColorType::Cmyk),
    ]
}

fn pngs() -> Vec<Vec<u8>> {
    let picture = quadrants(48, 40);
    let wide: Vec<u8> = picture.data.iter().flat_map(|value| [*value, 1]).collect();
    let described = png(picture.size, ColorType::Rgb, BitDepth::Sixteen, &wide, |info| {
        info.exif_metadata = Some(note().tiff().into());
        info.icc_profile = Some(profile().into());
    });
    let bits = png(picture.size, ColorType::Grayscale, BitDepth::One, &[0x5a; 6 * 40], |_| {});
    let palette = png(picture.size, ColorType::Indexed, BitDepth::Four, &[0x12; 24 * 40], |info| {
        info.palette = Some(vec![9; 9].into());
    });
    vec![rgb_png(&picture), described, bits, palette]
}

fn webps() -> Vec<Vec<u8>> {
    let picture = quadrants(48, 40);
    let described = lossless_webp(&picture, |encoder| {
        encoder.set_exif_metadata(note().tiff());
        encoder.set_icc_profile(profile());
    });
    vec![lossless_webp(&picture, |_| {}), described, lossy_webp(&picture)]
}

/// One picture with metadata, one turned, one grid of two by one.
fn containers(brand: [u8; 4], item: impl Fn(&[Vec<u8>]) -> Item, tile: Size) -> Vec<Vec<u8>> {
    let one = [item(&[boxed(*b"irot", &[1])]), exif_item(note()), xmp_item("words")];
    let size = Size { width: tile.width * 2, height: tile.height };
    let edge = |edge: u32| u16::try_from(edge).unwrap().to_be_bytes();
    let grid = Item {
        kind: *b"grid",
        data: [&[0, 0, 0, 1], edge(size.width).as_slice(), &edge(size.height)].concat(),
        properties: vec![ispe(size)],
    };
    let opacity = full(*b"auxC", 0, b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0");
    vec![
        container(brand, &one, &[(*b"cdsc", 2, vec![1]), (*b"cdsc", 3, vec![1])]),
        container(brand, &[grid, item(&[]), item(&[])], &[(*b"dimg", 1, vec![2, 3])]),
        container(brand, &[item(&[]), item(&[opacity])], &[(*b"auxl", 2, vec![1])]),
    ]
}

fn messages() -> Vec<u8> {
    let rendition = Rendition {
        name: RenditionName::W640,
        format: Format::Jpeg,
        size: Size { width: 640, height: 480 },
        bytes: vec![0xff, 0xd8, 0xff, 0xe0, 0xff, 0xd9].into(),
    };
    [
        encode_event(&RenderEvent::Warning(Warning::Truncated)),
        encode_event(&RenderEvent::Rendition(rendition)),
        encode_failure(&MediaFailure::Damaged),
    ]
    .concat()
}

/// The seeds of a target.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let small = Size { width: 48, height: 40 };
    let tile = Size { width: 96, height: 64 };
    let avifs = || {
        let item = |properties: &[Vec<u8>]| av1_item(&quadrants(48, 40), properties);
        [containers(*b"avif", item, small), vec![avif(&quadrants(48, 40))]].concat()
    };
    let heics = || [containers(*b"heic", hevc_item, tile), vec![heic()]].concat();
    let gifs = || vec![gif(&quadrants(48, 40))];
    match target {
        "jpeg" => jpegs(),
        "png" => pngs(),
        "webp" => webps(),
        "gif" => gifs(),
        "avif" => avifs(),
        "heic" => heics(),
        "exif" => vec![note().tiff()],
        "profile" => {
            vec![profile(), moxcms::ColorProfile::new_gray_with_gamma(2.2).encode().unwrap()]
        }
        "protocol" => vec![messages()],
        "headers" => [jpegs(), pngs(), webps(), gifs(), avifs(), heics()].concat(),
        other => panic!("no seeds for {other}"),
    }
}

/// Numbers that look random and are the same every time (xorshift, Marsaglia 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// One to six changes, as fuzzers make them.
fn mutant(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(bytes.len());
        let length = numbers.below(16).min(bytes.len() - at);
        match numbers.below(7) {
            0 => bytes[at] ^= 1 << numbers.below(8),
            1 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][numbers.below(5)],
            2 => bytes[at..at + length].fill(0xff),
            3 => drop(bytes.drain(at..at + length)),
            4 => {
                let again = bytes[at..at + length].to_vec();
                bytes.splice(at..at, again);
            }
            5 => bytes[at] = numbers.below(256) as u8,
            _ => bytes.truncate((bytes.len() - numbers.below(bytes.len() / 2 + 1)).max(1)),
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
    bytes
}

#[test]
fn mutants_are_decoded_or_refused() {
    let long = std::env::var("KITH_TEST_EFFORT").is_ok_and(|effort| effort == "long");
    let count = if long { MUTANTS * 100 } else { MUTANTS };
    for (name, target) in fuzz::TARGETS {
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        for (at, seed) in seeds(name).into_iter().enumerate() {
            target(&seed);
            for number in 0..count {
                let bytes = mutant(&seed, &mut numbers);
                let survived = std::panic::catch_unwind(|| target(&bytes));
                assert!(
                    survived.is_ok(),
                    "{name}: mutant {number} of seed {at}: {}",
                    hex::encode(&bytes)
                );
            }
        }
    }
}

#[test]
fn seeds_are_written_for_the_fuzzer() {
    let Some(folder) = std::env::var_os("KITH_FUZZ_SEEDS") else { return };
    for (name, _) in fuzz::TARGETS {
        let folder = std::path::Path::new(&folder).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for (number, seed) in seeds(name).into_iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{number}")), seed).unwrap();
        }
    }
}
