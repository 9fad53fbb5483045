//! Where the files of images are, and how they go away.

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use kith_media::Format;
use kith_storage::{ObjectKey, PutMode};
use kith_types::{
    id::{ImageId, UploadId, UserId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::store::{self, Work};
use crate::{app::App, db::Tx, http::problem::Problem, jobs::NewJob};

/// Removes an image that nothing shows any more.
pub const DISCARD_TASK: &str = "uploads.discard";
/// Where images are.
pub const FOLDER: &str = "images";
/// How many objects one request to the store removes.
const DELETE_BATCH: usize = 100;

/// The image that an upload becomes: always the same one, so that a job killed and run again writes the same
/// files, and whoever cleans up knows where they are.
pub fn image_id(work: &Work) -> ImageId {
    image_of_upload(work.upload, work.owner, work.created_at)
}

/// The same, of what a statement tells of an upload.
pub fn image_of_upload(upload: UploadId, owner: UserId, created_at: Timestamp) -> ImageId {
    ImageId::derived(created_at, owner.bucket(), upload.uuid().as_bytes())
}

/// The key of one file of an image.
pub fn key(image: ImageId, version: i32, name: &str, format: Format) -> Result<ObjectKey, Problem> {
    Ok(ObjectKey::parse(&format!("{FOLDER}/{image}/{version}/{name}.{}", format.extension()))?)
}

/// Stores one file of an image. Writing it again changes nothing.
pub async fn put(app: &App, key: &ObjectKey, bytes: Bytes, format: Format) -> Result<(), Problem> {
    Ok(app.storage().put(key, bytes, format.media_type(), PutMode::Replace).await?)
}

/// Deletes every file of an image.
pub async fn delete_files(app: &App, image: ImageId) -> Result<(), Problem> {
    let folder = ObjectKey::parse(&format!("{FOLDER}/{image}"))?;
    let files: Vec<_> = app.storage().list(Some(&folder)).try_collect().await?;
    for batch in files.chunks(DELETE_BATCH) {
        app.storage().delete_many(batch.iter().map(|file| file.key.clone()).collect()).await?;
    }
    Ok(())
}

#[derive(Deserialize, Serialize)]
struct Discard {
    image_id: ImageId,
}

/// Has an image removed once the transaction commits that took it from where it was shown.
pub fn discard_image(tx: &Tx, image: ImageId) {
    tx.enqueue(NewJob::new(DISCARD_TASK, serde_json::json!(Discard { image_id: image })));
}

/// The job: files first, so that what dies in between is found again by the row. And once more after the row: who
/// has made a WebP until then has noted it there, and who comes later finds no row and takes it back.
pub async fn discard(app: App, payload: Value) -> Result<(), Problem> {
    let Discard { image_id } = serde_json::from_value(payload).map_err(Problem::internal)?;
    if store::is_image_used(&app, image_id).await? {
        return Ok(());
    }
    delete_files(&app, image_id).await?;
    app.tx("uploads.discard", move |tx| async move { store::delete_image(&tx, image_id).await })
        .await?;
    delete_files(&app, image_id).await
}

/// The image that a stored file is of.
pub fn image_of(key: &ObjectKey) -> Option<ImageId> {
    let (image, _) = key.as_str().strip_prefix(FOLDER)?.strip_prefix('/')?.split_once('/')?;
    image.parse().ok()
}
