//! WebP: listed from the start, made when somebody first asks.

use kith::config::WebpMaking;
use kith_media::Format;
use kith_testkit::{Options, Photo, TestApp, posts::source_url};
use serde_json::{Value, json};

use super::{key, state, stored};

fn webp_size(image: &Value, name: &str) -> Value {
    let renditions =
        image["renditions"].as_array().expect("renditions").iter().chain([&image["square"]]);
    let rendition = renditions.into_iter().find(|rendition| rendition["name"] == name).expect(name);
    let sources = rendition["sources"].as_array().expect("sources");
    sources.iter().find(|source| source["type"] == "image/webp").expect("WebP is listed")["byte_size"].clone()
}

#[tokio::test]
async fn it_is_made_once_for_all_who_ask_at_the_same_time() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::of(Format::Jpeg, 700, 500, 7)).await;
    let post = ana.shares(json!({ "upload_id": upload, "visibility": "friends-only" })).await;
    app.processes_photos().await;
    let image = ana.get(&post.path()).await.expect(200).at("/image");
    assert_eq!(webp_size(&image, "w640"), json!(null));
    let url = source_url(&image, "w640.webp").expect("a source");
    let (one, other, third) = tokio::join!(ana.loads(&url), ana.loads(&url), ana.loads(&url));
    let bytes = one.expect(200).bytes;
    assert!(bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WEBP");
    assert_eq!((other.expect(200).bytes, third.expect(200).bytes), (bytes.clone(), bytes.clone()));

    // Its length is known from now on, wherever the image is described.
    let length = json!(bytes.len());
    let image = ana.get(&post.path()).await.expect(200).at("/image");
    assert_eq!(webp_size(&image, "w640"), length);
    assert_eq!(webp_size(&image, "w320"), json!(null));
    assert_eq!(webp_size(&state(&ana, &upload).await.at("/image"), "w640"), length);
    assert_eq!(stored(&app, &key(&app, &url).await).await, Some(bytes.len() as u64));
    assert_eq!(ana.loads(&url).await.expect(200).bytes, bytes);
}

#[tokio::test]
async fn the_square_is_made_of_the_square() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::of(Format::Jpeg, 300, 200, 7)).await;
    app.processes_photos().await;
    let image = state(&ana, &upload).await.at("/image");
    let url = source_url(&image, "square.webp").expect("a source");
    let bytes = ana.loads(&url).await.expect(200).bytes;
    assert!(bytes.starts_with(b"RIFF"));
    assert_eq!(webp_size(&state(&ana, &upload).await.at("/image"), "square"), json!(bytes.len()));
}

#[tokio::test]
async fn it_is_made_with_the_others_where_the_settings_say_so() {
    let configure = |config: &mut kith::config::Config| config.media.webp = WebpMaking::Eager;
    let app = TestApp::with(Options { configure, ..Options::default() }).await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::of(Format::Jpeg, 700, 500, 7)).await;
    app.processes_photos().await;
    let image = state(&ana, &upload).await.at("/image");
    for name in ["w320", "w640", "square"] {
        let url = source_url(&image, &format!("{name}.webp")).expect("a source");
        assert!(stored(&app, &key(&app, &url).await).await.is_some(), "{name} is there unasked");
        let bytes = ana.loads(&url).await.expect(200).bytes;
        assert_eq!(webp_size(&image, name), json!(bytes.len()));
        assert!(bytes.starts_with(b"RIFF"));
    }
}
