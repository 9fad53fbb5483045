//! What is read from metadata, and what is not.

use crate::pictures::{Exif, avif, camera_jpeg, lossless_webp, png, quadrants, render, render_as};
use kith_media::{Location, RenderRequest};
use png::{BitDepth, ColorType};
use sha2::{Digest as _, Sha256};

fn phone() -> Exif {
    Exif::new()
        .text(0x010f, "Maker \u{7} \n")
        .text(0x0110, "Model 7")
        .text(0x9003, "2024:02:29 23:59:58")
        .text(0x9011, "-07:00")
        .text(0xa434, "Lens 35mm f/1.8")
        .gps()
}

#[tokio::test]
async fn camera_facts_of_every_container_with_exif() {
    let picture = quadrants(96, 64);
    let tiff = phone().tiff();
    for bytes in [
        camera_jpeg(&picture, &[phone().segment()]),
        png(picture.size, ColorType::Rgb, BitDepth::Eight, &picture.data, |info| {
            info.exif_metadata = Some(tiff.clone().into());
        }),
        lossless_webp(&picture, |encoder| encoder.set_exif_metadata(tiff.clone())),
    ] {
        let rendered = render(&bytes).await.unwrap();
        let facts = rendered.facts();
        assert_eq!(facts.captured_at.as_deref(), Some("2024-02-29T23:59:58-07:00"));
        assert_eq!(facts.camera_make.as_deref(), Some("Maker"));
        assert_eq!(facts.camera_model.as_deref(), Some("Model 7"));
        assert_eq!(facts.lens.as_deref(), Some("Lens 35mm f/1.8"));
        assert_eq!(facts.location, None);
    }
}

#[tokio::test]
async fn the_location_is_read_only_when_asked_for() {
    let bytes = camera_jpeg(&quadrants(96, 64), &[phone().segment()]);
    let mut request = RenderRequest::complete_set(bytes.len() as u64);
    request.location = Location::Read;
    let rendered = render_as(&bytes, &request).await.unwrap();
    let place = rendered.facts().location.unwrap();
    assert!((place.latitude - 52.5).abs() < 1e-9 && (place.longitude + 13.4).abs() < 1e-9);
}

#[tokio::test]
async fn clocks_that_were_never_set_give_no_time() {
    for text in [
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "2023:02:29 10:00:00",
        "2024:01:01 25:00:00",
        "",
    ] {
        let bytes = camera_jpeg(&quadrants(16, 16), &[Exif::new().text(0x9003, text).segment()]);
        assert_eq!(render(&bytes).await.unwrap().facts().captured_at, None, "{text:?}");
    }
}

#[tokio::test]
async fn the_content_hash_is_that_of_the_file() {
    let bytes = avif(&quadrants(96, 64));
    let rendered = render(&bytes).await.unwrap();
    assert_eq!(rendered.facts().content_hash, hex::encode(Sha256::digest(&bytes)));
}
