//! What is stored of a photo: sizes and formats, as the media process reports them. No photo is made.

use kith_types::id::{ImageId, UserId};

use super::circle::moment;
use crate::random::Draws;

/// Name, long edge, bytes of the AVIF and of the JPEG at an ordinary photo.
const SIZES: [(&str, u32, u32, u32); 4] = [
    ("w320", 320, 11_000, 17_000),
    ("w640", 640, 34_000, 56_000),
    ("w1080", 1_080, 78_000, 140_000),
    ("w2048", 2_048, 205_000, 430_000),
];
const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// An image and the upload that it was made of.
pub struct Picture {
    pub image: ImageId,
    pub width: i32,
    pub height: i32,
    pub url: String,
    pub metadata: String,
}

/// The image of somebody's photo of that time; always the same one.
pub fn image_id(owner: UserId, at: i64) -> ImageId {
    ImageId::derived(moment(at), owner.bucket(), owner.uuid().as_bytes())
}

/// A photo of a phone, upright or not.
pub fn photo(draws: &mut Draws, owner: UserId, at: i64) -> Picture {
    let (width, height) = if draws.chance(0.5) { (4_032, 3_024) } else { (3_024, 4_032) };
    picture(draws, owner, at, (width, height), 4)
}

/// A picture for a profile.
pub fn portrait(draws: &mut Draws, owner: UserId, at: i64) -> Picture {
    picture(draws, owner, at, (1_080, 1_080), 3)
}

fn picture(
    draws: &mut Draws,
    owner: UserId,
    at: i64,
    (width, height): (u32, u32),
    sizes: usize,
) -> Picture {
    let image = image_id(owner, at);
    // Detail differs from photo to photo.
    let detail = draws.log_normal(1.0, 0.35);
    let (edge, square) =
        (width.max(height), rendition("square", (640, 640), (30_000, 48_000), detail));
    let renditions: Vec<String> = SIZES[..sizes]
        .iter()
        .map(|&(name, long, avif, jpeg)| {
            let size = (width * long / edge, height * long / edge);
            rendition(name, size, (avif, jpeg), detail)
        })
        .collect();
    let placeholder: String =
        (0..28).map(|_| char::from(*draws.pick(SIGNS))).chain(std::iter::once('=')).collect();
    let metadata = format!(
        r#"{{"image_id":"{image}","version":1,"placeholder":"{placeholder}","width":{width},"height":{height},"square":{square},"renditions":[{}],"facts":{{"format":"jpeg","captured_at":"2026-05-17T14:03:22","camera":"Pixel 8 Pro"}}}}"#,
        renditions.join(",")
    );
    let url = format!("/v1/images/{image}/1");
    Picture { image, width: width as i32, height: height as i32, url, metadata }
}

fn rendition(name: &str, (width, height): (u32, u32), bytes: (u32, u32), detail: f64) -> String {
    let [avif, jpeg] = [bytes.0, bytes.1].map(|bytes| (f64::from(bytes) * detail) as u32);
    format!(
        r#"{{"name":"{name}","width":{width},"height":{height},"avif":{avif},"webp":null,"jpeg":{jpeg}}}"#
    )
}
