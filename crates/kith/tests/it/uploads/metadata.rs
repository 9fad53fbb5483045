//! What is kept of a photo in `image_metadata`, and what only with its author's consent.

use kith_media::Format;
use kith_testkit::{Person, Photo, TestApp};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// One entry of a TIFF directory whose value follows all directories.
type Entry = (u16, u16, u32, Vec<u8>);

/// A phone's EXIF block: turned, with maker, model, time, and a place in Berlin.
fn phone_exif() -> Vec<u8> {
    let text = |tag, text: &str| -> Entry {
        let bytes = [text.as_bytes(), &[0]].concat();
        (tag, 2, u32::try_from(bytes.len()).expect("short"), bytes)
    };
    let degrees = |tag, numbers: [u32; 3]| -> Entry {
        let bytes = numbers.iter().flat_map(|n| [n.to_be_bytes(), 1_u32.to_be_bytes()].concat());
        (tag, 5, 3, bytes.collect())
    };
    let main = [
        text(0x010f, "Maker of phones"),
        text(0x0110, "Model 7"),
        (0x0112, 3, 1, vec![0, 6, 0, 0]),
        text(0x0132, "2024:02:29 23:59:58"),
        (0x8825, 4, 1, 200_u32.to_be_bytes().to_vec()),
    ];
    let place = [text(1, "N"), degrees(2, [52, 30, 0]), text(3, "E"), degrees(4, [13, 24, 0])];
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    for (directory, end) in [(main.as_slice(), 200), (place.as_slice(), 400)] {
        append_directory(&mut tiff, directory);
        assert!(tiff.len() <= end, "the next directory has room");
        tiff.resize(end, 0);
    }
    tiff
}

fn append_directory(tiff: &mut Vec<u8>, entries: &[Entry]) {
    let mut at = tiff.len() + 2 + entries.len() * 12 + 4;
    let mut values = Vec::new();
    tiff.extend(u16::try_from(entries.len()).expect("few").to_be_bytes());
    for (tag, kind, count, value) in entries {
        tiff.extend([tag.to_be_bytes(), kind.to_be_bytes()].concat());
        tiff.extend(count.to_be_bytes());
        if value.len() <= 4 {
            tiff.extend(value.iter().copied().chain([0; 4]).take(4));
        } else {
            tiff.extend(u32::try_from(at + values.len()).expect("small").to_be_bytes());
            values.extend_from_slice(value);
        }
    }
    at += values.len();
    tiff.extend([0; 4]);
    tiff.extend(values);
    assert_eq!(tiff.len(), at);
}

/// A camera file that breaks off after three quarters.
fn interrupted_photo() -> Photo {
    let mut photo = Photo::of(Format::Jpeg, 640, 480, 5);
    let note = [b"Exif\0\0".as_slice(), &phone_exif()].concat();
    let length = u16::try_from(note.len() + 2).expect("a short note").to_be_bytes();
    photo.bytes.splice(2..2, [&[0xff, 0xe1], length.as_slice(), &note].concat());
    photo.bytes.truncate(photo.bytes.len() * 3 / 4);
    photo
}

async fn shared(app: &TestApp, person: &Person, photo: &Photo) -> Value {
    let upload = person.uploads(photo).await;
    person.shares(json!({ "upload_id": upload, "visibility": "friends-only" })).await;
    app.processes_photos().await;
    let db = app.app.db().pooled().await.expect("a connection");
    let row = "select image_metadata from posts where upload_id::text = $1";
    db.query_one(row, &[&upload]).await.expect("the post").get(0)
}

#[tokio::test]
async fn a_post_keeps_what_its_photo_says_of_itself_and_what_was_amiss() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = interrupted_photo();
    let metadata = shared(&app, &ana, &photo).await;
    assert_eq!((&metadata["width"], &metadata["height"]), (&json!(480), &json!(640)));
    let facts = &metadata["facts"];
    for (name, expected) in [
        ("format", json!("jpeg")),
        ("content_hash", json!(hex::encode(Sha256::digest(&photo.bytes)))),
        ("orientation", json!(6)),
        ("animated", json!(false)),
        ("captured_at", json!("2024-02-29T23:59:58")),
        ("camera_make", json!("Maker of phones")),
        ("camera_model", json!("Model 7")),
        ("lens", json!(null)),
        ("warnings", json!(["truncated"])),
        // Nobody asked for it to be kept.
        ("location", json!(null)),
    ] {
        assert_eq!(facts[name], expected, "{name}");
    }
    assert!(facts["dominant_colours"].as_array().is_some_and(|colours| !colours.is_empty()));
    assert_eq!(facts["perceptual_hash"].as_str().map(str::len), Some(16));
}

#[tokio::test]
async fn the_place_is_kept_for_who_opted_in_and_never_answered() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let photo = interrupted_photo();
    let patch = json!({ "privacy_settings": { "store_location": true } });
    ana.patch("/v1/me/settings", "*", patch).await.expect(200);
    let metadata = shared(&app, &ana, &photo).await;
    let place = &metadata["facts"]["location"];
    assert_eq!((&place["latitude"], &place["longitude"]), (&json!(52.5), &json!(13.4)));
    let feed = ana.get("/v1/feed").await.expect(200).body.to_string();
    assert!(!feed.contains("52.5") && !feed.contains("Model 7"), "{feed}");
}
