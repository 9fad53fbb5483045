//! Canaries planted wherever a file can carry words: none may sing in any output.
//!
//! Six input formats, every place that each of them has: EXIF with its thumbnail and GPS, XMP, IPTC, comments,
//! profiles, names of items and files, unknown blocks, later pictures, trailers.

use crate::containers::{Item, av1_item, boxed, container, exif_item, hevc_item, xmp_item};
use crate::pictures::{Exif, camera_jpeg, gif, lossless_webp, png, quadrants, render_as};
use kith_media::{Format, Output, RenderEvent, RenderRequest, RgbImage};
use png::{BitDepth, ColorType};

const CANARY: &str = "CANARY-4d1f";

/// Every text tag that a camera or its owner fills in, but maker, model, lens and time, which are facts.
fn planted() -> Exif {
    let tags =
        [0x010d, 0x010e, 0x0131, 0x013b, 0x8298, 0x9286, 0x927c, 0xa420, 0xa430, 0xa431, 0xa435];
    tags.into_iter().fold(Exif::new(), |exif, tag| exif.text(tag, CANARY)).gps()
}

/// EXIF with a second directory behind the first: the thumbnail, which is a whole JPEG with a comment.
fn planted_with_thumbnail() -> Vec<u8> {
    let mut tiff = planted().tiff();
    let at = tiff.len();
    let entries = usize::from(u16::from_be_bytes([tiff[8], tiff[9]]));
    let next = 10 + entries * 12;
    tiff[next..next + 4].copy_from_slice(&u32::try_from(at).unwrap().to_be_bytes());
    let thumbnail = commented(camera_jpeg(&quadrants(16, 16), &[]));
    let data_at = u32::try_from(at + 2 + 24 + 4).unwrap();
    tiff.extend([0, 2]);
    for (tag, value) in [(0x0201_u16, data_at), (0x0202, u32::try_from(thumbnail.len()).unwrap())] {
        tiff.extend(tag.to_be_bytes());
        tiff.extend([0, 4, 0, 0, 0, 1]);
        tiff.extend(value.to_be_bytes());
    }
    tiff.extend([0; 4]);
    tiff.extend(thumbnail);
    tiff
}

fn xmp() -> String {
    format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><exif:GPSLatitude>{CANARY}</exif:GPSLatitude></x:xmpmeta>"
    )
}

/// IPTC as Photoshop wraps it: caption, city, and a thumbnail resource.
fn iptc() -> Vec<u8> {
    let caption =
        [&[0x1c, 2, 0x78, 0, 11], CANARY.as_bytes(), &[0x1c, 2, 0x5a, 0, 11], CANARY.as_bytes()];
    let resource = |number: u16, body: &[u8]| {
        let length = u32::try_from(body.len()).unwrap().to_be_bytes();
        [b"8BIM", number.to_be_bytes().as_slice(), &[0, 0], &length, body].concat()
    };
    let thumbnail = [&[0; 28], commented(camera_jpeg(&quadrants(16, 16), &[])).as_slice()].concat();
    [b"Photoshop 3.0\0".to_vec(), resource(0x0404, &caption.concat()), resource(0x040c, &thumbnail)]
        .concat()
}

/// A sound profile whose description has the canary.
fn profile() -> Vec<u8> {
    let mut profile = moxcms::ColorProfile::new_display_p3();
    profile.description = Some(moxcms::ProfileText::PlainString(CANARY.to_owned()));
    profile.encode().unwrap()
}

fn commented(mut jpeg: Vec<u8>) -> Vec<u8> {
    jpeg.splice(2..2, [&[0xff, 0xfe, 0, 13], CANARY.as_bytes()].concat());
    jpeg
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let segments = [
        (1, [b"Exif\0\0".as_slice(), &planted_with_thumbnail()].concat()),
        (1, [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), xmp().as_bytes()].concat()),
        (1, [b"http://ns.adobe.com/xmp/extension/\0".as_slice(), CANARY.as_bytes()].concat()),
        (2, [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile()].concat()),
        (2, [b"MPF\0".as_slice(), CANARY.as_bytes()].concat()),
        (13, iptc()),
        (11, CANARY.as_bytes().to_vec()),
    ];
    let first = commented(camera_jpeg(picture, &segments));
    let second = commented(camera_jpeg(&quadrants(64, 64), &[]));
    // A further picture, the film of a motion photo, and an archive with a file's name.
    let film = boxed(*b"ftyp", CANARY.as_bytes());
    [first, second, film, b"PK\x03\x04".to_vec(), CANARY.as_bytes().to_vec()].concat()
}

fn png_with_words(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = png(picture.size, ColorType::Rgb, BitDepth::Eight, &picture.data, |info| {
        info.exif_metadata = Some(planted_with_thumbnail().into());
        info.icc_profile = Some(profile().into());
        info.uncompressed_latin1_text.push(png::text_metadata::TEXtChunk::new("Title", CANARY));
        info.uncompressed_latin1_text
            .push(png::text_metadata::TEXtChunk::new("Raw profile type iptc", CANARY));
        info.compressed_latin1_text.push(png::text_metadata::ZTXtChunk::new("Author", CANARY));
        info.utf8_text.push(png::text_metadata::ITXtChunk::new("XML:com.adobe.xmp", xmp()));
    });
    bytes.extend_from_slice(CANARY.as_bytes());
    bytes
}

fn webp(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = lossless_webp(picture, |encoder| {
        encoder.set_exif_metadata(planted_with_thumbnail());
        encoder.set_xmp_metadata(xmp().into_bytes());
        encoder.set_icc_profile(profile());
    });
    bytes.extend([b"XTRA\x0b\0\0\0", CANARY.as_bytes(), b"\0", CANARY.as_bytes()].concat());
    bytes
}

fn gif_with_words(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = gif(picture);
    let end = bytes.len() - 1;
    let block = [&[11], CANARY.as_bytes(), &[0]].concat();
    let comment = [&[0x21, 0xfe], block.as_slice()].concat();
    let application = [&[0x21, 0xff, 11], b"XMP DataXMP".as_slice(), &block].concat();
    bytes.splice(end..end, [comment.clone(), application.clone()].concat());
    // Before the first frame as well: behind the screen and its palette of four colours.
    bytes.splice(13 + 12..13 + 12, [comment, application].concat());
    bytes.extend_from_slice(CANARY.as_bytes());
    bytes
}

/// A container around a picture, with everything that phones put beside it.
fn heif(brand: [u8; 4], mut item: Item) -> Vec<u8> {
    item.properties.push(boxed(*b"colr", &[b"prof", profile().as_slice()].concat()));
    item.properties.push(boxed(*b"udes", &[&[0; 4], CANARY.as_bytes(), &[0]].concat()));
    let exif =
        Item { data: [vec![0; 4], planted_with_thumbnail()].concat(), ..exif_item(Exif::new()) };
    let thumbnail = Item {
        data: commented(camera_jpeg(&quadrants(16, 16), &[])),
        kind: *b"jpeg",
        properties: Vec::new(),
    };
    let references = [(*b"cdsc", 2, vec![1]), (*b"cdsc", 3, vec![1]), (*b"thmb", 4, vec![1])];
    let file = container(brand, &[item, exif, xmp_item(&xmp()), thumbnail], &references);
    // Blocks of vendors, free space, and what follows them.
    let vendor = boxed(*b"uuid", &[&[7; 16], CANARY.as_bytes()].concat());
    [file, vendor, boxed(*b"free", CANARY.as_bytes()), CANARY.as_bytes().to_vec()].concat()
}

/// The complete set, and each of it as WebP.
fn everything(byte_size: u64) -> RenderRequest {
    let mut request = RenderRequest::complete_set(byte_size);
    let names = request.outputs.clone().into_iter().filter(|output| output.format == Format::Jpeg);
    request.outputs.extend(names.map(|output| Output { format: Format::Webp, ..output }));
    request
}

#[tokio::test]
async fn no_output_carries_a_word_of_its_input() {
    let picture = quadrants(700, 500);
    for (name, input) in [
        ("JPEG", jpeg(&picture)),
        ("PNG", png_with_words(&picture)),
        ("WebP", webp(&picture)),
        ("AVIF", heif(*b"avif", av1_item(&picture, &[]))),
        ("HEIC", heif(*b"heic", hevc_item(&[]))),
        ("GIF", gif_with_words(&picture)),
    ] {
        assert!(contains(&input, CANARY.as_bytes()), "{name}: nothing was planted");
        let request = everything(input.len() as u64);
        let rendered =
            render_as(&input, &request).await.unwrap_or_else(|failure| panic!("{name}: {failure}"));
        assert!(rendered.renditions().any(|rendition| rendition.format == Format::Webp), "{name}");
        for event in &rendered.events {
            let said = format!("{event:?}");
            assert!(!said.contains("CANARY"), "{name}: {said}");
            let RenderEvent::Rendition(rendition) = event else { continue };
            let (name_, format) = (rendition.name, rendition.format);
            // Long enough not to turn up in compressed data by chance.
            for trace in [
                CANARY,
                "Exif",
                "EXIF",
                "http",
                "8BIM",
                "ICC_PROFILE",
                "iCCP",
                "xmpmeta",
                "XMP Data",
                "tEXt",
            ] {
                assert!(
                    !contains(&rendition.bytes, trace.as_bytes()),
                    "{name}: {name_} {format:?} carries {trace:?}"
                );
            }
            assert_eq!(
                unexpected_parts(format, &rendition.bytes),
                [""; 0],
                "{name}: {name_} {format:?}"
            );
        }
    }
}

/// Parts of an output that are none of those a bare picture needs.
fn unexpected_parts(format: Format, bytes: &[u8]) -> Vec<String> {
    match format {
        Format::Jpeg => jpeg_segments(bytes),
        Format::Webp => bytes[12..]
            .starts_with(b"VP8 ")
            .then(Vec::new)
            .unwrap_or_else(|| vec!["more than one WebP chunk".to_owned()]),
        Format::Avif => {
            let known: [&[u8]; 3] = [b"ftyp", b"meta", b"mdat"];
            let mut rest = bytes;
            let mut found = Vec::new();
            while let Some((length, after)) = rest.split_first_chunk::<4>() {
                if !known.contains(&&after[..4]) {
                    found.push(String::from_utf8_lossy(&after[..4]).into_owned());
                }
                rest = &rest[u32::from_be_bytes(*length) as usize..];
            }
            found
        }
    }
}

/// Application segments but JFIF's own sixteen bytes, and comments.
fn jpeg_segments(bytes: &[u8]) -> Vec<String> {
    let (mut at, mut found) = (2, Vec::new());
    while bytes[at + 1] != 0xda {
        let length = usize::from(u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]));
        let bare_jfif = bytes[at + 1] == 0xe0 && length == 16;
        if matches!(bytes[at + 1], 0xe0..=0xef | 0xfe) && !bare_jfif {
            found.push(format!("segment {:x} of {length} bytes", bytes[at + 1]));
        }
        at += 2 + length;
    }
    found
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(haystack, needle).is_some()
}
