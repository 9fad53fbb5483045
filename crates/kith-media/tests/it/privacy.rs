//! Canaries planted wherever a file can carry words: none may sing in any output.

use crate::containers::{container, exif_item, hevc_item, xmp_item};
use crate::pictures::{Exif, avif, camera_jpeg, gif, lossless_webp, png, quadrants, render};
use kith_media::RgbImage;
use png::{BitDepth, ColorType};

const CANARY: &str = "CANARY-4d1f";

fn planted() -> Exif {
    Exif::new()
        .text(0x010e, CANARY)
        .text(0x010f, CANARY)
        .text(0x8298, CANARY)
        .text(0x9286, CANARY)
        .text(0xa430, CANARY)
        .gps()
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let xmp = format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{CANARY}</x:xmpmeta>");
    let iptc = format!("Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x0f{CANARY}");
    let mut bytes = camera_jpeg(
        picture,
        &[
            planted().segment(),
            (1, xmp.into_bytes()),
            (13, iptc.into_bytes()),
            (11, CANARY.as_bytes().to_vec()),
        ],
    );
    let comment = [&[0xff, 0xfe, 0, 13], CANARY.as_bytes()].concat();
    bytes.splice(2..2, comment);
    bytes.extend_from_slice(CANARY.as_bytes());
    bytes
}

fn png_with_words(picture: &RgbImage) -> Vec<u8> {
    png(picture.size, ColorType::Rgb, BitDepth::Eight, &picture.data, |info| {
        info.exif_metadata = Some(planted().tiff().into());
        info.uncompressed_latin1_text.push(png::text_metadata::TEXtChunk::new("Comment", CANARY));
        info.utf8_text.push(png::text_metadata::ITXtChunk::new("XML:com.adobe.xmp", CANARY));
    })
}

#[tokio::test]
async fn no_output_carries_a_word_of_its_input() {
    let picture = quadrants(700, 500);
    let mut gif = gif(&picture);
    let end = gif.len() - 1;
    gif.splice(end..end, [&[0x21, 0xfe, 11], CANARY.as_bytes(), &[0]].concat());
    let mut avif = avif(&picture);
    avif.extend([&[0, 0, 0, 19], b"free".as_slice(), CANARY.as_bytes()].concat());
    let webp = lossless_webp(&picture, |encoder| {
        encoder.set_exif_metadata(planted().tiff());
        encoder.set_xmp_metadata(CANARY.as_bytes().to_vec());
    });
    let heic = container(
        *b"heic",
        &[hevc_item(&[]), exif_item(planted()), xmp_item(CANARY)],
        &[(*b"cdsc", 2, vec![1]), (*b"cdsc", 3, vec![1])],
    );
    for (name, input) in [
        ("JPEG", jpeg(&picture)),
        ("PNG", png_with_words(&picture)),
        ("WebP", webp),
        ("AVIF", avif),
        ("HEIC", heic),
        ("GIF", gif),
    ] {
        assert!(contains(&input, CANARY.as_bytes()), "{name}: nothing was planted");
        let rendered = render(&input).await.unwrap_or_else(|failure| panic!("{name}: {failure}"));
        for rendition in rendered.renditions() {
            for trace in
                [CANARY.as_bytes(), b"Exif", b"http", b"8BIM", b"ICC_PROFILE", b"xmp", b"tEXt"]
            {
                assert!(
                    !contains(&rendition.bytes, trace),
                    "{name}: {} {:?} carries {trace:?}",
                    rendition.name,
                    rendition.format
                );
            }
        }
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
