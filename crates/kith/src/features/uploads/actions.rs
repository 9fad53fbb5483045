//! Announcing, completing and taking an upload.

use std::time::Duration;

use kith_storage::{ObjectKey, PresignedPut, StorageError, UploadTerms};
use kith_types::id::{UploadId, UserId};

use super::{
    image::StoredImage,
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
pub fn checked(content_type: &str, byte_size: i64, sha256: &str) -> Result<Announced, Problem> {
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
    Ok(Announced { content_type, byte_size, sha256: digest.ok_or_else(invalid)? })
}

/// Makes an upload, or finds that of a repeated request, and signs an address for its bytes.
pub async fn start(
    app: &App,
    owner: UserId,
    claim: Claim,
    announced: Announced,
) -> Result<(UploadId, PresignedPut), Problem> {
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
    let upload = own(app, owner, id).await?;
    let target = presign(app, &upload)?;
    Ok((id, target))
}

fn presign(app: &App, upload: &Upload) -> Result<PresignedPut, Problem> {
    let announced = &upload.announced;
    let terms = UploadTerms {
        key: upload.key.clone(),
        content_length: u64::try_from(announced.byte_size).map_err(Problem::internal)?,
        content_type: announced.content_type.clone(),
        sha256: announced.sha256,
    };
    let life = Duration::from_secs(app.config().storage.upload_seconds);
    Ok(app.storage().presign_put(&terms, app.now(), life)?)
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
    require_bytes(app, &upload).await?;
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

async fn require_bytes(app: &App, upload: &Upload) -> Result<(), Problem> {
    match app.storage().head(&upload.key).await {
        Ok(object) if i64::try_from(object.size) == Ok(upload.announced.byte_size) => Ok(()),
        Ok(_) | Err(StorageError::NotFound) => {
            Err(Problem::new(Kind::UploadNotUsable, "send the bytes to the upload's address first"))
        }
        Err(error) => Err(error.into()),
    }
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
