//! Images as clients get them: stable paths per version, signed for one viewer in token sessions.
//!
//! A signature only names the viewer and an end; it never replaces the check that this viewer may still see
//! the image, which the image route makes on every request.

use aws_lc_rs::hmac;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kith_media::{Format, RenditionName, Size};
use kith_types::{
    id::{ImageId, UserId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::App,
    http::auth::{Me, Transport},
};

/// Signatures end on a grid of this many seconds, so that answers (and their ETags) stay the same for a while;
/// what is given out lives 180 to 300 seconds.
const SIGNATURE_GRID_SECONDS: i64 = 120;
const SIGNATURE_MIN_SECONDS: i64 = 180;

/// What is kept of an image: enough to list every address without another read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredImage {
    /// The image.
    pub image_id: ImageId,
    /// Its encoding.
    pub version: i32,
    /// Thumbhash, base64.
    pub placeholder: String,
    /// Pixels of the upright picture.
    pub width: u32,
    /// Pixels of the upright picture.
    pub height: u32,
    /// The content-aware square.
    pub square: StoredRendition,
    /// Long edges, smallest first.
    pub renditions: Vec<StoredRendition>,
    /// What the file said about itself, without its place unless the person opted in.
    #[serde(default)]
    pub facts: serde_json::Value,
}

/// One size in its formats.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredRendition {
    /// `w320`, `w640`, `w1080`, `w2048` or `square`.
    pub name: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Bytes of the AVIF.
    pub avif: Option<i64>,
    /// Bytes of the WebP; none until somebody asked for it.
    #[serde(default)]
    pub webp: Option<i64>,
    /// Bytes of the JPEG.
    pub jpeg: i64,
    /// What its files are called in the store.
    #[serde(default)]
    pub digests: Digests,
}

/// The beginnings of the files' SHA-256, by which they are named. None of files made before they were.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Digests {
    avif: Option<String>,
    webp: Option<String>,
    jpeg: Option<String>,
}

/// A file as it stands in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Its length.
    pub byte_size: i64,
    /// What is in it: 128 bits of SHA-256, in hexadecimal.
    pub digest: String,
}

impl StoredRendition {
    /// One without any file.
    pub fn new(name: &str, size: Size) -> Self {
        let Size { width, height } = size;
        let digests = Digests::default();
        Self { name: name.to_owned(), width, height, avif: None, webp: None, jpeg: 0, digests }
    }

    /// Its name among those that can be made.
    pub fn rendition_name(&self) -> Option<RenditionName> {
        let mut names = RenditionName::LADDER.into_iter().chain([RenditionName::Square]);
        names.find(|name| name.as_str() == self.name)
    }

    /// Its pixels.
    pub fn size(&self) -> Size {
        Size { width: self.width, height: self.height }
    }

    /// Length of its file of a format, if there is one.
    pub fn byte_size(&self, format: Format) -> Option<i64> {
        match format {
            Format::Avif => self.avif,
            Format::Webp => self.webp,
            Format::Jpeg => Some(self.jpeg).filter(|size| *size > 0),
        }
    }

    /// What names its file of a format.
    pub fn digest(&self, format: Format) -> Option<&str> {
        let Digests { avif, webp, jpeg } = &self.digests;
        match format {
            Format::Avif => avif.as_deref(),
            Format::Webp => webp.as_deref(),
            Format::Jpeg => jpeg.as_deref(),
        }
    }

    /// Takes a file as its own.
    pub fn set(&mut self, format: Format, file: StoredFile) {
        let StoredFile { byte_size, digest } = file;
        let digest = Some(digest);
        match format {
            Format::Avif => (self.avif, self.digests.avif) = (Some(byte_size), digest),
            Format::Webp => (self.webp, self.digests.webp) = (Some(byte_size), digest),
            Format::Jpeg => (self.jpeg, self.digests.jpeg) = (byte_size, digest),
        }
    }
}

impl StoredImage {
    /// Where its files are, relative to the API.
    pub fn path(&self) -> String {
        format!("/v1/images/{}/{}", self.image_id, self.version)
    }

    /// The rendition of that name.
    pub fn rendition(&self, name: &str) -> Option<&StoredRendition> {
        self.every().find(|rendition| rendition.name == name)
    }

    /// The rendition of that name, for a change.
    pub fn rendition_mut(&mut self, name: &str) -> Option<&mut StoredRendition> {
        let square = std::iter::once(&mut self.square);
        square.chain(&mut self.renditions).find(|rendition| rendition.name == name)
    }

    /// The square and every size.
    pub fn every(&self) -> impl Iterator<Item = &StoredRendition> {
        std::iter::once(&self.square).chain(&self.renditions)
    }
}

/// A picture in all its sizes and formats.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Image)]
pub struct ImageBody {
    /// Thumbhash, base64: draw it until the picture is there.
    pub placeholder: String,
    /// Pixels of the largest form.
    pub width: u32,
    /// Pixels of the largest form.
    pub height: u32,
    /// What is to be seen, for people who cannot see it.
    #[schema(required)]
    pub alt: Option<String>,
    /// A square cut for grids.
    pub square: RenditionBody,
    /// Sizes by long edge, smallest first.
    pub renditions: Vec<RenditionBody>,
}

/// One size of a picture.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Rendition)]
pub struct RenditionBody {
    /// `w320`, `w640`, `w1080`, `w2048` or `square`.
    pub name: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Best format first.
    pub sources: Vec<SourceBody>,
}

/// One file.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Source)]
pub struct SourceBody {
    /// `image/avif`, `image/webp` or `image/jpeg`.
    #[serde(rename = "type")]
    pub media_type: &'static str,
    /// Where it is, relative to the API.
    pub url: String,
    /// Its length; null until it was made.
    #[schema(required)]
    pub byte_size: Option<i64>,
}

/// Makes addresses for one viewer.
#[derive(Clone, Debug)]
pub struct ImageUrls {
    viewer: UserId,
    signing: Option<(hmac::Key, i64)>,
}

impl ImageUrls {
    /// Addresses for a person's session: bare paths for cookies, signed ones for tokens.
    pub fn for_me(app: &App, me: &Me) -> Self {
        Self::for_viewer(app, me.user_id, me.transport)
    }

    /// Addresses for a viewer whose session is of the given kind.
    pub fn for_viewer(app: &App, viewer: UserId, transport: Transport) -> Self {
        let signing = match transport {
            Transport::Cookie => None,
            Transport::Bearer => Some((signing_key(app), expiry(app.now()))),
        };
        Self { viewer, signing }
    }

    /// The picture with its addresses.
    pub fn image(&self, stored: &StoredImage, alt: Option<&str>) -> ImageBody {
        let query = self.query(stored.image_id, stored.version);
        let base = stored.path();
        let rendition = |rendition: &StoredRendition| rendition_body(rendition, &base, &query);
        ImageBody {
            placeholder: stored.placeholder.clone(),
            width: stored.width,
            height: stored.height,
            alt: alt.map(str::to_owned),
            square: rendition(&stored.square),
            renditions: stored.renditions.iter().map(rendition).collect(),
        }
    }

    fn query(&self, image: ImageId, version: i32) -> String {
        match &self.signing {
            None => String::new(),
            Some((key, expires)) => {
                let signature = sign(key, image, version, self.viewer, *expires);
                format!("?viewer={}&expires={expires}&signature={signature}", self.viewer)
            }
        }
    }
}

fn rendition_body(stored: &StoredRendition, base: &str, query: &str) -> RenditionBody {
    let source = |extension: &str, media_type, byte_size| SourceBody {
        media_type,
        url: address(&[base, "/", &stored.name, ".", extension, query]),
        byte_size,
    };
    let mut sources = Vec::with_capacity(3);
    if stored.avif.is_some() {
        sources.push(source("avif", "image/avif", stored.avif));
    }
    sources.push(source("webp", "image/webp", stored.webp));
    sources.push(source("jpg", "image/jpeg", Some(stored.jpeg)));
    RenditionBody { name: stored.name.clone(), width: stored.width, height: stored.height, sources }
}

/// One allocation for each of the some 600 addresses of a page of the feed.
fn address(parts: &[&str]) -> String {
    parts.concat()
}

/// Signature of a viewer's address.
#[derive(Clone, Debug, Deserialize)]
pub struct ViewerSignature {
    /// Who may use it.
    pub viewer: UserId,
    /// Unix seconds.
    pub expires: i64,
    /// The MAC.
    pub signature: String,
}

impl ViewerSignature {
    /// Whether we signed it and it has not ended.
    pub fn is_valid(&self, app: &App, image: ImageId, version: i32) -> bool {
        let now = app.now().unix_milliseconds().div_euclid(1000);
        let expected = sign(&signing_key(app), image, version, self.viewer, self.expires);
        let is_ours = aws_lc_rs::constant_time::verify_slices_are_equal(
            expected.as_bytes(),
            self.signature.as_bytes(),
        );
        is_ours.is_ok() && now < self.expires
    }
}

fn signing_key(app: &App) -> hmac::Key {
    app.image_key().clone()
}

fn expiry(now: Timestamp) -> i64 {
    let seconds = now.unix_milliseconds().div_euclid(1000);
    (seconds.div_euclid(SIGNATURE_GRID_SECONDS) + 1) * SIGNATURE_GRID_SECONDS
        + SIGNATURE_MIN_SECONDS
}

fn sign(key: &hmac::Key, image: ImageId, version: i32, viewer: UserId, expires: i64) -> String {
    let mut message = [0_u8; 44];
    message[..16].copy_from_slice(image.uuid().as_bytes());
    message[16..32].copy_from_slice(viewer.uuid().as_bytes());
    message[32..36].copy_from_slice(&version.to_be_bytes());
    message[36..].copy_from_slice(&expires.to_be_bytes());
    URL_SAFE_NO_PAD.encode(&hmac::sign(key, &message).as_ref()[..16])
}
