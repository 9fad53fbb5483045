//! One photo through the media process: the bytes that were sent in, renditions out into the store.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::{StreamExt as _, TryStreamExt as _};
use kith_media::{
    Appearance, Facts, Format, Location, MediaFailure, Output, RenderEvent, RenderRequest,
    Rendition, RenditionName, Size, Warning,
};
use kith_storage::StorageError;
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncRead;
use tokio_util::io::StreamReader;

use super::{
    image::{StoredImage, StoredRendition},
    renditions,
    store::Work,
};
use crate::{app::App, config::WebpMaking, http::problem::Problem};

/// Why there is no image.
pub enum Unrendered {
    /// The same bytes will never become one.
    Refused(Refused),
    /// The process died over them or did not end, which the machine may have caused.
    Doubtful(Refused),
    /// Something of ours was away: worth another try.
    Later(Problem),
}

/// What the person is told.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Stable name.
    pub kind: &'static str,
    /// What to do about it.
    pub detail: String,
}

impl From<MediaFailure> for Unrendered {
    fn from(failure: MediaFailure) -> Self {
        if failure.is_transient() {
            return Self::Later(Problem::unavailable(failure));
        }
        let refused = Refused { kind: failure.name(), detail: failure.to_string() };
        if failure.is_doubtful() { Self::Doubtful(refused) } else { Self::Refused(refused) }
    }
}

impl From<Problem> for Unrendered {
    fn from(problem: Problem) -> Self {
        Self::Later(problem)
    }
}

/// Makes the image. What may have been an accident is tried once more, since a refusal takes a post along.
pub async fn render(app: &App, work: &Work) -> Result<StoredImage, Unrendered> {
    match attempt(app, work).await {
        Err(Unrendered::Doubtful(refused)) => {
            tracing::warn!(upload = %work.upload, failure = refused.kind, "a photo is tried again");
            attempt(app, work).await
        }
        decided => decided,
    }
}

/// Stores every eager rendition, as they come, and describes the image.
async fn attempt(app: &App, work: &Work) -> Result<StoredImage, Unrendered> {
    let (input, digest) = open(app, work).await?;
    let request = request(app, work);
    let mut rendering = app.media().process().render(input, &request).await?;
    let mut draft = Draft::default();
    let image_id = renditions::image_id(work);
    while let Some(event) = rendering.next().await {
        match event? {
            RenderEvent::Facts(facts) => draft.facts = Some(facts),
            RenderEvent::Appearance(appearance) => draft.appearance = Some(appearance),
            RenderEvent::Rendition(rendition) => {
                let Rendition { name, format, size, bytes } = rendition;
                let file = renditions::put(app, image_id, bytes, format).await?;
                draft.rendition(name.as_str(), size).set(format, file);
            }
            RenderEvent::Warning(warning) => draft.warnings.push(warning),
            RenderEvent::Done(_) => {}
        }
    }
    if digest.finish() != work.sha256 {
        return Err(MediaFailure::Damaged.into());
    }
    let mut image = draft.finish().ok_or(MediaFailure::Crashed)?;
    image.image_id = image_id;
    Ok(image)
}

/// What is made of every photo; WebP too, where the settings say so.
fn request(app: &App, work: &Work) -> RenderRequest {
    let mut request = RenderRequest::complete_set(work.byte_size);
    if app.config().media.webp == WebpMaking::Eager {
        let names = RenditionName::LADDER.into_iter().chain([RenditionName::Square]);
        let webp = |name| Output { name, format: Format::Webp, size: None };
        request.outputs.extend(names.map(webp));
    }
    if work.keeps_location {
        request.location = Location::Read;
    }
    request
}

/// The bytes as they come from the store, hashed on the way.
async fn open(
    app: &App,
    work: &Work,
) -> Result<(impl AsyncRead + Send + Unpin + 'static, Digest), Unrendered> {
    let object = match app.storage().read(&work.key, None).await {
        Ok(object) if object.object_size == work.byte_size => object,
        Ok(_) => return Err(MediaFailure::Damaged.into()),
        Err(StorageError::NotFound) => {
            let detail = "the photo did not arrive; send it again".to_owned();
            return Err(Unrendered::Refused(Refused { kind: "missing", detail }));
        }
        Err(error) => return Err(Unrendered::Later(error.into())),
    };
    let digest = Digest::default();
    let seen = digest.clone();
    let bytes = object.into_stream().inspect_ok(move |chunk| seen.update(chunk));
    Ok((StreamReader::new(bytes.map_err(std::io::Error::other).boxed()), digest))
}

/// The hash of a stream that somebody else reads.
#[derive(Clone, Default)]
struct Digest(Arc<Mutex<Sha256>>);

impl Digest {
    fn update(&self, bytes: &[u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).update(bytes);
    }

    fn finish(&self) -> [u8; 32] {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize().into()
    }
}

/// What the media process has said so far.
#[derive(Default)]
struct Draft {
    facts: Option<Facts>,
    appearance: Option<Appearance>,
    warnings: Vec<Warning>,
    renditions: Vec<StoredRendition>,
}

impl Draft {
    /// The rendition of that name, a new one at first.
    fn rendition(&mut self, name: &str, size: Size) -> &mut StoredRendition {
        let known = self.renditions.iter().position(|known| known.name == name);
        let index = known.unwrap_or_else(|| {
            self.renditions.push(StoredRendition::new(name, size));
            self.renditions.len() - 1
        });
        &mut self.renditions[index]
    }

    /// The image, if nothing is missing: a JPEG of every rendition, and the square.
    fn finish(mut self) -> Option<StoredImage> {
        let (facts, appearance) = (self.facts?, self.appearance?);
        if self.renditions.iter().any(|made| made.byte_size(Format::Jpeg).is_none()) {
            return None;
        }
        let is_square = |r: &StoredRendition| r.name == RenditionName::Square.as_str();
        let square = self.renditions.remove(self.renditions.iter().position(is_square)?);
        self.renditions.sort_by_key(|rendition| rendition.width.max(rendition.height));
        self.renditions.first()?;
        Some(StoredImage {
            image_id: uuid::Uuid::nil().into(),
            version: renditions::FIRST_VERSION,
            width: facts.width,
            height: facts.height,
            facts: kept_facts(&facts, &appearance, &self.warnings),
            placeholder: appearance.placeholder,
            square,
            renditions: self.renditions,
        })
    }
}

/// What the file said about itself, for its owner's export and for finding near pictures, and what was amiss
/// with it. Its size stands beside these.
fn kept_facts(facts: &Facts, appearance: &Appearance, warnings: &[Warning]) -> serde_json::Value {
    serde_json::json!({
        "format": facts.format,
        "content_hash": facts.content_hash,
        "orientation": facts.orientation,
        "animated": facts.animated,
        "captured_at": facts.captured_at,
        "camera_make": facts.camera_make,
        "camera_model": facts.camera_model,
        "lens": facts.lens,
        "location": facts.location,
        "dominant_colours": appearance.dominant_colours,
        "perceptual_hash": appearance.perceptual_hash,
        "warnings": warnings,
    })
}
