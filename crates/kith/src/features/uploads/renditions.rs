//! Where the files of images are, and how they go away.
//!
//! A file is named by what is in it, so that it never changes: what is made again has the same name, what is
//! made better another one, and versions of an image share what they have in common.

use std::collections::HashSet;

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
use sha2::{Digest as _, Sha256};

use super::{
    image::{StoredFile, StoredImage, StoredRendition},
    store::{self, Work},
};
use crate::{app::App, db::Tx, http::problem::Problem, jobs::NewJob};

/// Removes an image that nothing shows any more.
pub const DISCARD_TASK: &str = "uploads.discard";
/// Where images are.
pub const FOLDER: &str = "images";
/// The encoding of an image when it is new.
pub const FIRST_VERSION: i32 = 1;
/// So much of a SHA-256 names a file: enough that no two ever meet, and short in every row.
const DIGEST_BYTES: usize = 16;
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
pub fn key(
    image: ImageId,
    rendition: &StoredRendition,
    format: Format,
) -> Result<ObjectKey, Problem> {
    match rendition.digest(format) {
        Some(digest) => named(image, digest, format),
        // Made before files were named by what is in them: all of those are of the first version.
        None => named(image, &format!("{FIRST_VERSION}/{}", rendition.name), format),
    }
}

/// The keys of all files of an image.
pub fn keys(image: &StoredImage) -> Result<HashSet<ObjectKey>, Problem> {
    let formats = [Format::Avif, Format::Webp, Format::Jpeg];
    let files = image.every().flat_map(|rendition| formats.map(|format| (rendition, format)));
    files
        .filter(|(rendition, format)| rendition.byte_size(*format).is_some())
        .map(|(rendition, format)| key(image.image_id, rendition, format))
        .collect()
}

fn named(image: ImageId, name: &str, format: Format) -> Result<ObjectKey, Problem> {
    Ok(ObjectKey::parse(&format!("{FOLDER}/{image}/{name}.{}", format.extension()))?)
}

/// Stores one file of an image. Writing it again changes nothing.
pub async fn put(
    app: &App,
    image: ImageId,
    bytes: Bytes,
    format: Format,
) -> Result<StoredFile, Problem> {
    let digest = hex::encode(&Sha256::digest(&bytes)[..DIGEST_BYTES]);
    let byte_size = i64::try_from(bytes.len()).map_err(Problem::internal)?;
    let key = named(image, &digest, format)?;
    app.storage().put(&key, bytes, format.media_type(), PutMode::Replace).await?;
    Ok(StoredFile { byte_size, digest })
}

/// Reads the JPEG of a rendition, to make another format of it.
pub async fn jpeg(
    app: &App,
    image: ImageId,
    rendition: &StoredRendition,
) -> Result<Bytes, Problem> {
    let limit = u64::try_from(rendition.jpeg).map_err(Problem::internal)?;
    Ok(app.storage().get(&key(image, rendition, Format::Jpeg)?, limit).await?)
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
