//! SQL of uploads and images.

pub mod versions;

use std::collections::HashSet;

use kith_sql_generated::queries::uploads as sql;
use kith_storage::ObjectKey;
use kith_types::{
    id::{ImageId, PostId, UploadId, UserId},
    time::Timestamp,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{actions::KEPT_UNUSED, image::StoredImage, parts::Parts, renditions};
use crate::{app::App, db::Tx, http::problem::Problem};

/// Where an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The bytes have not been announced as complete.
    Awaiting,
    /// The photo is being made.
    Processing,
    /// Every eager rendition exists.
    Ready,
    /// No photo could be made of it.
    Failed,
}

impl State {
    fn parse(text: &str) -> Result<Self, Problem> {
        match text {
            "awaiting" => Ok(Self::Awaiting),
            "processing" => Ok(Self::Processing),
            "ready" => Ok(Self::Ready),
            "failed" => Ok(Self::Failed),
            _ => Err(Problem::internal(anyhow::anyhow!("an upload has an unknown state"))),
        }
    }
}

/// What the client announced.
#[derive(Clone, Debug)]
pub struct Announced {
    pub content_type: String,
    pub byte_size: i64,
    pub sha256: [u8; 32],
    /// How it may also come.
    pub parts: Option<Parts>,
}

/// An upload as its owner sees it.
pub struct Upload {
    pub announced: Announced,
    pub key: ObjectKey,
    pub state: State,
    pub failure: Option<(String, String)>,
    pub image: Option<StoredImage>,
}

/// A row to be written.
pub struct NewUpload {
    pub id: UploadId,
    pub owner: UserId,
    pub announced: Announced,
    pub key: ObjectKey,
    pub expires_at: Timestamp,
}

/// Writes a new upload.
pub async fn insert(tx: &Tx, upload: &NewUpload) -> Result<(), Problem> {
    let announced = &upload.announced;
    let (part_size, part_sums) = announced
        .parts
        .as_ref()
        .map(|parts| (parts.byte_size, parts.sha256.as_flattened()))
        .unzip();
    sql::insert_upload()
        .bind(
            tx.db(),
            upload.id.as_uuid(),
            upload.owner.as_uuid(),
            &announced.content_type,
            &announced.byte_size,
            &announced.sha256.as_slice(),
            &part_size,
            &part_sums,
            &upload.key.as_str(),
            &upload.expires_at,
            &tx.now(),
        )
        .await?;
    Ok(())
}

/// Reads a person's own upload.
pub async fn own(app: &App, owner: UserId, id: UploadId) -> Result<Option<Upload>, Problem> {
    let db = app.db().shared().await?;
    let row = sql::own_upload().bind(&*db, id.as_uuid(), owner.as_uuid()).opt().await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Upload {
        announced: Announced {
            content_type: row.content_type,
            byte_size: row.byte_size,
            sha256: checksum(&row.sha256)?,
            parts: row
                .part_size
                .zip(row.part_sha256)
                .map(|(byte_size, sums)| Parts { byte_size, sha256: sums.as_chunks().0.to_vec() }),
        },
        key: ObjectKey::parse(&row.object_key)?,
        state: State::parse(&row.state)?,
        failure: row.failure_type.zip(row.failure_detail),
        image: row.image.map(serde_json::from_value).transpose().map_err(Problem::internal)?,
    }))
}

/// Starts processing; false if it was started before.
pub async fn start_processing(tx: &Tx, owner: UserId, id: UploadId) -> Result<bool, Problem> {
    let started =
        sql::start_processing().bind(tx.db(), &tx.now(), id.as_uuid(), owner.as_uuid()).await?;
    Ok(started == 1)
}

/// State of an upload, and whether something has used it, until the transaction ends.
pub async fn lock(tx: &Tx, owner: UserId, id: UploadId) -> Result<Option<(State, bool)>, Problem> {
    let row = sql::lock_upload().bind(tx.db(), id.as_uuid(), owner.as_uuid()).opt().await?;
    row.map(|row| Ok((State::parse(&row.state)?, row.used_at.is_some()))).transpose()
}

/// The image of a finished upload.
pub async fn image_of(tx: &Tx, id: UploadId) -> Result<StoredImage, Problem> {
    let image = sql::upload_image().bind(tx.db(), id.as_uuid()).one().await?;
    serde_json::from_value(image).map_err(Problem::internal)
}

/// Notes that a post or a profile picture has it.
pub async fn mark_used(tx: &Tx, id: UploadId) -> Result<(), Problem> {
    sql::use_upload().bind(tx.db(), &tx.now(), id.as_uuid()).await?;
    Ok(())
}

/// Notes that what had it is gone.
pub async fn mark_unused(tx: &Tx, id: UploadId) -> Result<(), Problem> {
    sql::release_upload().bind(tx.db(), &tx.now(), id.as_uuid()).await?;
    Ok(())
}

/// What the job needs to know of an upload.
#[derive(Clone, Debug)]
pub struct Work {
    pub upload: UploadId,
    pub owner: UserId,
    pub key: ObjectKey,
    pub byte_size: u64,
    pub sha256: [u8; 32],
    pub state: State,
    pub created_at: Timestamp,
    pub keeps_location: bool,
}

/// Reads an upload for its job.
pub async fn work(app: &App, id: UploadId) -> Result<Option<Work>, Problem> {
    let db = app.db().shared().await?;
    let row = sql::upload_to_process().bind(&*db, id.as_uuid()).opt().await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Work {
        upload: id,
        owner: row.user_id.into(),
        key: ObjectKey::parse(&row.object_key)?,
        byte_size: u64::try_from(row.byte_size).map_err(Problem::internal)?,
        sha256: checksum(&row.sha256)?,
        state: State::parse(&row.state)?,
        created_at: row.created_at,
        keeps_location: row.keeps_location,
    }))
}

/// Writes the image of an upload that is being processed; false if the upload has been finished meanwhile.
pub async fn finish(tx: &Tx, work: &Work, image: &StoredImage) -> Result<bool, Problem> {
    if lock(tx, work.owner, work.upload).await?.is_none_or(|(state, _)| state != State::Processing)
    {
        return Ok(false);
    }
    let metadata = serde_json::to_value(image).map_err(Problem::internal)?;
    let side = |pixels: u32| i32::try_from(pixels).map_err(Problem::internal);
    sql::insert_image()
        .bind(
            tx.db(),
            image.image_id.as_uuid(),
            work.owner.as_uuid(),
            &image.version,
            &work.sha256.as_slice(),
            &side(image.width)?,
            &side(image.height)?,
            &metadata,
            &tx.now(),
        )
        .await?;
    let (image_id, upload) = (image.image_id.as_uuid(), work.upload.as_uuid());
    sql::finish_upload().bind(tx.db(), image_id, &tx.now(), upload).await?;
    Ok(true)
}

/// Ends an upload without an image; false if it has been finished meanwhile.
pub async fn fail(tx: &Tx, id: UploadId, kind: &str, detail: &str) -> Result<bool, Problem> {
    let (now, kept_until) = (tx.now(), tx.now() + KEPT_UNUSED);
    let query = sql::fail_upload();
    Ok(query.bind(tx.db(), &kind, &detail, &kept_until, &now, id.as_uuid()).await? == 1)
}

/// The image, if the viewer may load this version of it.
pub async fn visible_image(
    app: &App,
    viewer: UserId,
    image: ImageId,
    version: i32,
) -> Result<Option<StoredImage>, Problem> {
    let db = app.db().shared().await?;
    let query = sql::visible_image();
    let (viewer, image) = (viewer.as_uuid(), image.as_uuid());
    let row = query.bind(&*db, &version, viewer, image, &app.now()).opt().await?;
    row.flatten().map(serde_json::from_value).transpose().map_err(Problem::internal)
}

/// Reads an image by itself, for work on it: never for a person.
pub async fn image(app: &App, id: ImageId) -> Result<Option<StoredImage>, Problem> {
    let db = app.db().shared().await?;
    let row = sql::image_metadata().bind(&*db, id.as_uuid()).opt().await?;
    row.map(serde_json::from_value).transpose().map_err(Problem::internal)
}

/// Reads an image and its owner for a change.
pub async fn lock_image(tx: &Tx, id: ImageId) -> Result<Option<(UserId, StoredImage)>, Problem> {
    let Some(row) = sql::lock_image().bind(tx.db(), id.as_uuid()).opt().await? else {
        return Ok(None);
    };
    let image = serde_json::from_value(row.image).map_err(Problem::internal)?;
    Ok(Some((row.owner_id.into(), image)))
}

/// Writes what is kept of an image, also where its owner's profile repeats it.
pub async fn put_image(tx: &Tx, owner: UserId, image: &StoredImage) -> Result<Value, Problem> {
    let metadata = serde_json::to_value(image).map_err(Problem::internal)?;
    let id = image.image_id;
    sql::put_image_metadata().bind(tx.db(), &metadata, id.as_uuid()).await?;
    let text = id.to_string();
    let owner = owner.as_uuid();
    sql::put_picture_metadata().bind(tx.db(), &metadata, &image.path(), owner, &text).await?;
    Ok(metadata)
}

/// A person's profile picture, for a change.
pub async fn lock_picture(tx: &Tx, user: UserId) -> Result<Option<StoredImage>, Problem> {
    let image = sql::lock_picture().bind(tx.db(), user.as_uuid()).one().await?;
    image.map(serde_json::from_value).transpose().map_err(Problem::internal)
}

/// Whether the image was made of this upload of the person.
pub async fn is_upload_of(
    tx: &Tx,
    user: UserId,
    upload: UploadId,
    image: ImageId,
) -> Result<bool, Problem> {
    let query = sql::is_upload_of_image();
    Ok(query.bind(tx.db(), upload.as_uuid(), user.as_uuid(), image.as_uuid()).one().await?)
}

/// Sets or removes a person's profile picture.
pub async fn set_picture(
    tx: &Tx,
    user: UserId,
    image: Option<&StoredImage>,
) -> Result<(), Problem> {
    let url = image.map(StoredImage::path);
    let metadata = image.map(serde_json::to_value).transpose().map_err(Problem::internal)?;
    sql::set_picture().bind(tx.db(), &url, &metadata, &tx.now(), user.as_uuid()).await?;
    Ok(())
}

fn checksum(bytes: &[u8]) -> Result<[u8; 32], Problem> {
    bytes.try_into().map_err(Problem::internal)
}

fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// Notes which post a failed upload took along.
pub async fn put_failed_post(tx: &Tx, upload: UploadId, post: PostId) -> Result<(), Problem> {
    sql::put_failed_post().bind(tx.db(), post.as_uuid(), upload.as_uuid()).await?;
    Ok(())
}

/// Uploads in work that were completed after a place, oldest first.
pub async fn processing(
    app: &App,
    (at, id): (Timestamp, Uuid),
    most: usize,
) -> Result<Vec<(Timestamp, Uuid)>, Problem> {
    let db = app.db().pooled().await?;
    let rows = sql::processing_uploads().bind(&db, &at, &id, &limit(most)).all().await?;
    Ok(rows.into_iter().map(|row| (row.completed_at, row.upload_id)).collect())
}

/// Whether the upload is in work, until the transaction ends.
pub async fn is_processing(tx: &Tx, id: UploadId) -> Result<bool, Problem> {
    Ok(sql::lock_processing_upload().bind(tx.db(), id.as_uuid()).opt().await?.is_some())
}

/// Uploads that nothing used in time.
pub async fn unused(app: &App, most: usize) -> Result<Vec<UploadId>, Problem> {
    let db = app.db().pooled().await?;
    let rows = sql::unused_uploads().bind(&db, &app.now(), &limit(most)).all().await?;
    Ok(rows.into_iter().map(|row| row.upload_id.into()).collect())
}

/// Length and end of a person's uploads that nothing uses, the first to end first. Whoever else asks for the same
/// person waits until the transaction ends.
pub async fn lock_unused(tx: &Tx, owner: UserId) -> Result<Vec<(i64, Timestamp)>, Problem> {
    sql::lock_uploader().bind(tx.db(), owner.as_uuid()).one().await?;
    let query = sql::unused_uploads_of();
    let rows = query.bind(tx.db(), owner.as_uuid(), &tx.now()).all().await?;
    Ok(rows.into_iter().map(|row| (row.byte_size, row.expires_at)).collect())
}

/// Removes an upload if nothing took it meanwhile; false if something did.
pub async fn delete_unused(tx: &Tx, upload: UploadId) -> Result<bool, Problem> {
    let removed = sql::delete_unused_upload().bind(tx.db(), upload.as_uuid(), &tx.now()).await?;
    Ok(removed == 1)
}

/// Which of the uploads are in work.
pub async fn in_work(app: &App, uploads: &[Uuid]) -> Result<HashSet<Uuid>, Problem> {
    let db = app.db().pooled().await?;
    Ok(sql::uploads_in_work().bind(&db, &uploads).all().await?.into_iter().collect())
}

/// Which of the images are being made, for uploads in work.
pub async fn images_in_work(
    app: &App,
    images: &HashSet<ImageId>,
) -> Result<HashSet<ImageId>, Problem> {
    // An image carries the time of its upload, to the millisecond; the rest of its id cannot be undone.
    let times: Vec<Timestamp> = images.iter().map(|image| image.timestamp()).collect();
    let db = app.db().pooled().await?;
    let rows = sql::processing_uploads_of().bind(&db, &times.as_slice()).all().await?;
    let image = |row: sql::ProcessingUploadsOf| {
        renditions::image_of_upload(row.upload_id.into(), row.user_id.into(), row.created_at)
    };
    Ok(rows.into_iter().map(image).filter(|image| images.contains(image)).collect())
}

/// Which of the images have a row.
pub async fn known_images(
    app: &App,
    images: &HashSet<ImageId>,
) -> Result<HashSet<ImageId>, Problem> {
    let ids: Vec<Uuid> = images.iter().map(|image| image.uuid()).collect();
    let db = app.db().pooled().await?;
    let known = sql::known_images().bind(&db, &ids.as_slice()).all().await?;
    Ok(known.into_iter().map(ImageId::from).collect())
}

/// Whether a post or a profile shows the image.
pub async fn is_image_used(app: &App, image: ImageId) -> Result<bool, Problem> {
    let db = app.db().shared().await?;
    Ok(sql::is_image_used().bind(&*db, image.as_uuid()).opt().await? == Some(true))
}

/// Removes the rows of an image.
pub async fn delete_image(tx: &Tx, image: ImageId) -> Result<(), Problem> {
    sql::delete_upload_of_image().bind(tx.db(), image.as_uuid()).await?;
    sql::delete_image().bind(tx.db(), image.as_uuid()).await?;
    Ok(())
}
