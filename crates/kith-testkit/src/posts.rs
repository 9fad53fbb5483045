//! Verbs of photos and posts, and photos made by code.

use std::borrow::Cow;

use kith_media::{
    AvifEffort, Format, RgbImage, Size,
    resize::{Accelerator as _, Cpu},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    app::TestApp,
    person::{Answer, Person},
};

/// A file that somebody sends.
#[derive(Clone, Debug)]
pub struct Photo {
    /// What it is announced as.
    pub content_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Photo {
    /// A small JPEG, quick to process. Two of another `hue` differ.
    pub fn small(hue: u8) -> Self {
        Self::of(Format::Jpeg, 96, 64, hue)
    }

    /// A picture of any size in a format.
    pub fn of(format: Format, width: u32, height: u32, hue: u8) -> Self {
        // Two slow ramps up and down: something to see at any size.
        let ramp = |place: u32, period: u32| {
            u8::try_from((place % period).abs_diff(period / 2) * 400 / period).unwrap_or(u8::MAX)
        };
        let pixel = |x: u32, y: u32| [ramp(x, 144), ramp(y, 106), hue];
        let data = (0..height).flat_map(|y| (0..width).flat_map(move |x| pixel(x, y))).collect();
        let picture = RgbImage { size: Size { width, height }, data };
        let bytes = Cpu::default().encode(Cow::Borrowed(&picture), format, AvifEffort::Fast);
        Self { content_type: format.media_type(), bytes: bytes.expect("the picture is encoded") }
    }

    /// A JPEG whose file also holds a text that must never get out.
    pub fn with_secret(secret: &str) -> Self {
        let mut photo = Self::small(99);
        let note = [b"Exif\0\0", secret.as_bytes()].concat();
        let length = u16::try_from(note.len() + 2).expect("a short text").to_be_bytes();
        let segment = [&[0xff, 0xe1], &length[..], &note[..]].concat();
        photo.bytes.splice(2..2, segment);
        photo
    }

    /// Something that is no picture.
    pub fn broken() -> Self {
        Self { content_type: "image/jpeg", bytes: b"this is no picture at all".to_vec() }
    }

    /// What is said of it before it is sent.
    pub fn announcement(&self) -> Value {
        json!({
            "content_type": self.content_type,
            "byte_size": self.bytes.len(),
            "sha256": hex::encode(Sha256::digest(&self.bytes)),
        })
    }
}

/// A post as tests hand it around.
#[derive(Clone, Debug)]
pub struct Post {
    /// Its id.
    pub id: String,
    /// The first answer.
    pub answer: Answer,
}

impl Post {
    /// Its address.
    pub fn path(&self) -> String {
        format!("/v1/posts/{}", self.id)
    }
}

impl TestApp {
    /// Makes the photos of every completed upload.
    pub async fn processes_photos(&self) {
        self.drain_jobs().await;
    }
}

impl Person {
    /// Announces a photo.
    pub async fn announces(&self, photo: &Photo) -> Answer {
        self.post("/v1/uploads", photo.announcement()).await
    }

    /// Sends bytes to an address as any client does: without a session.
    pub async fn sends(&self, target: &Answer, bytes: Vec<u8>) -> StatusCode {
        let url = target.text("/url");
        let mut request = self.request_without_session(Method::PUT, &url);
        for (name, value) in target.at("/headers").as_object().expect("headers") {
            request = request.header(name, value.as_str().expect("a text"));
        }
        request.body(bytes).send().await.expect("the server answers").status()
    }

    /// Announces, sends and completes a photo; answers the upload's id.
    pub async fn uploads(&self, photo: &Photo) -> String {
        let target = self.announces(photo).await.expect(201);
        assert_eq!(self.sends(&target, photo.bytes.clone()).await, 200);
        let upload = target.text("/upload_id");
        self.posts_nothing(&format!("/v1/uploads/{upload}/complete")).await.expect(202);
        upload
    }

    /// Shares a photo with all friends. It becomes visible when [`TestApp::processes_photos`] has run.
    pub async fn posts(&self, photo: Photo) -> Post {
        let upload_id = self.uploads(&photo).await;
        self.shares(json!({ "upload_id": upload_id, "visibility": "friends-only" })).await
    }

    /// Shares a photo with some friends.
    pub async fn posts_to<const N: usize>(&self, friends: [&Self; N], photo: Photo) -> Post {
        let upload_id = self.uploads(&photo).await;
        let audience = friends.map(|friend| friend.user_id.clone());
        let visibility = "specific-friends";
        let body =
            json!({ "upload_id": upload_id, "visibility": visibility, "audience": &audience[..] });
        self.shares(body).await
    }

    /// Shares an uploaded photo, finished or not.
    pub async fn shares(&self, body: Value) -> Post {
        let answer = self.post("/v1/posts", body).await;
        assert!(answer.status.is_success(), "{}", answer.body);
        Post { id: answer.text("/post_id"), answer }
    }

    /// Whether this person can read a post.
    pub async fn sees(&self, post: &Post) -> bool {
        let answer = self.get(&post.path()).await;
        let is_seen = answer.status == StatusCode::OK;
        if !is_seen {
            answer.expect_problem(404, "not-found");
        }
        is_seen
    }

    /// Ids of the posts on the first page of the feed, newest first.
    pub async fn feed(&self) -> Vec<String> {
        post_ids(&self.get("/v1/feed").await.expect(200))
    }

    /// Ids of somebody's posts, newest first.
    pub async fn grid_of(&self, other: &Self) -> Vec<String> {
        post_ids(&self.get(&format!("/v1/users/{}/posts", other.user_id)).await.expect(200))
    }

    /// The bytes behind an address of an image, with this person's session.
    pub async fn loads(&self, url: &str) -> Answer {
        self.get(url).await
    }

    /// The bytes behind an address of an image, by the address alone.
    pub async fn loads_by_address(&self, url: &str) -> Answer {
        self.send(self.request_without_session(Method::GET, url), Method::GET, url).await
    }
}

/// The ids of a list of posts.
pub fn post_ids(answer: &Answer) -> Vec<String> {
    let id = |item: &Value| item["post_id"].as_str().map(str::to_owned);
    answer.items().iter().filter_map(id).collect()
}

/// The address of a source of an image, as `w640.jpg` or `square.avif`.
pub fn source_url(image: &Value, file: &str) -> Option<String> {
    let (name, extension) = file.split_once('.')?;
    let renditions = image["renditions"].as_array()?.iter().chain([&image["square"]]);
    let rendition = renditions.into_iter().find(|rendition| rendition["name"] == name)?;
    let sources = rendition["sources"].as_array()?;
    let ending = format!("/{name}.{extension}");
    let url = |source: &Value| source["url"].as_str().map(str::to_owned);
    sources
        .iter()
        .filter_map(url)
        .find(|url| url.split('?').next().is_some_and(|path| path.ends_with(&ending)))
}
