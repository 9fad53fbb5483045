//! Announcing, completing and taking an upload.

use std::time::Duration;

use kith_storage::{ObjectKey, PresignedPut};
use kith_types::id::{UploadId, UserId};

use super::{
    image::StoredImage,
    parts::{self, NewParts},
    quota,
    store::{self, Announced, NewUpload, State, Upload},
    work,
};
use crate::{
    app::App,
    db::Tx,
    http::{
        idempotency::{Claim, Claimed},
        problem::{Kind, Problem},
    },
};

/// Largest photo, in bytes. Phone originals stay below 20 MB even at 48 megapixels.
pub const MAX_BYTES: i64 = 25 * 1024 * 1024;
/// What can be read; see the media process.
const CONTENT_TYPES: &[&str] = &[
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/avif",
    "image/heic",
    "image/heif",
    "image/gif",
];
/// What nothing has used by then is removed.
pub const KEPT_UNUSED: Duration = Duration::from_hours(24);

/// An upload that a post or a profile picture now has.
pub enum Taken {
    /// Its image exists.
    Ready(Box<StoredImage>),
    /// Its image is still being made.
    Processing,
}

/// Checks what a client announces.
pub fn checked(
    content_type: &str,
    byte_size: i64,
    sha256: &str,
    parts: Option<&NewParts>,
) -> Result<Announced, Problem> {
    let content_type = content_type.to_ascii_lowercase();
    if !CONTENT_TYPES.contains(&content_type.as_str()) {
        let detail = format!("send one of {}", CONTENT_TYPES.join(", "));
        return Err(Problem::invalid("/content_type", detail));
    }
    if !(1..=MAX_BYTES).contains(&byte_size) {
        return Err(Problem::invalid("/byte_size", format!("send 1 to {MAX_BYTES} bytes")));
    }
    let digest = hex::decode(sha256).ok().and_then(|bytes| bytes.try_into().ok());
    let invalid = || Problem::invalid("/sha256", "write SHA-256 as 64 hexadecimal digits");
    let sha256 = digest.ok_or_else(invalid)?;
    let parts = parts.map(|parts| parts::checked(byte_size, parts)).transpose()?;
    Ok(Announced { content_type, byte_size, sha256, parts })
}

/// Makes an upload, or finds that of a repeated request.
pub async fn start(
    app: &App,
    owner: UserId,
    claim: Claim,
    announced: Announced,
) -> Result<(UploadId, Upload), Problem> {
    let id = app
        .tx("uploads.start", move |tx| {
            let (claim, announced) = (claim.clone(), announced.clone());
            async move {
                let id: UploadId = tx.ids().make_at(tx.now(), owner.bucket());
                if let Claimed::Replay { resource, .. } = claim.take(&tx, 201, id.uuid()).await? {
                    return Ok(resource.into());
                }
                quota::require(app, &tx, owner, announced.byte_size).await?;
                let key = ObjectKey::incoming(&id.to_string())?;
                let expires_at = tx.now() + KEPT_UNUSED;
                store::insert(&tx, &NewUpload { id, owner, announced, key, expires_at }).await?;
                Ok(id)
            }
        })
        .await?;
    Ok((id, own(app, owner, id).await?))
}

/// Signs an address for the bytes of the whole photo.
pub fn presign(app: &App, upload: &Upload) -> Result<PresignedPut, Problem> {
    Ok(app.storage().presign_put(&parts::whole(upload)?, app.now(), address_life(app))?)
}

/// How long an address works.
pub fn address_life(app: &App) -> Duration {
    Duration::from_secs(app.config().storage.upload_seconds)
}

/// A person's own upload; anybody else's is not there.
pub async fn own(app: &App, owner: UserId, id: UploadId) -> Result<Upload, Problem> {
    store::own(app, owner, id).await?.ok_or_else(Problem::not_found)
}

/// Starts processing once the bytes are there. Completing again changes nothing.
pub async fn complete(app: &App, owner: UserId, id: UploadId) -> Result<State, Problem> {
    let upload = own(app, owner, id).await?;
    if upload.state != State::Awaiting {
        return Ok(upload.state);
    }
    parts::require_whole(app, &upload).await?;
    let is_started = app
        .tx("uploads.complete", move |tx| async move {
            let is_started = store::start_processing(&tx, owner, id).await?;
            if is_started {
                tx.enqueue(work::job(id));
            }
            Ok(is_started)
        })
        .await?;
    // What was done here is what is told; the job may have ended already.
    if is_started { Ok(State::Processing) } else { Ok(own(app, owner, id).await?.state) }
}

/// Takes an upload for a post or a profile picture, once.
pub async fn take(tx: &Tx, owner: UserId, id: UploadId) -> Result<Taken, Problem> {
    let unusable = |detail: &'static str| Err(Problem::new(Kind::UploadNotUsable, detail));
    let (state, is_used) = store::lock(tx, owner, id).await?.ok_or_else(Problem::not_found)?;
    if is_used {
        return unusable("it is used already; upload the photo again");
    }
    let taken = match state {
        State::Awaiting => return unusable("complete the upload first"),
        State::Failed => return unusable("it could not be read; choose another photo"),
        State::Processing => Taken::Processing,
        State::Ready => Taken::Ready(Box::new(store::image_of(tx, id).await?)),
    };
    store::mark_used(tx, id).await?;
    Ok(taken)
}

/// Gives an upload back whose image was never shown; the sweep removes it.
pub async fn release(tx: &Tx, id: UploadId) -> Result<(), Problem> {
    store::mark_unused(tx, id).await
}
