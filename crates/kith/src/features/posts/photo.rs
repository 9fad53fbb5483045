//! What becomes of a post when the work on its photo ends.

use kith_sql_generated::queries::posts as sql;
use kith_types::{
    id::{ImageId, PostId, UploadId, UserId},
    visibility::PostStatus,
};
use serde_json::Value;

use crate::{
    db::Tx,
    features::uploads::StoredImage,
    http::problem::Problem,
    realtime::outbox::{EventKind, NewEvent},
};

/// The post of the upload, if there is one, becomes visible now. One that was deleted meanwhile keeps the photo
/// for when it is restored.
pub async fn photo_ready(tx: &Tx, upload: UploadId, image: &StoredImage) -> Result<(), Problem> {
    let metadata = serde_json::to_value(image).map_err(Problem::internal)?;
    let row = sql::show_post()
        .bind(
            tx.db(),
            image.image_id.as_uuid(),
            &image.path(),
            &metadata,
            &tx.now(),
            upload.as_uuid(),
        )
        .opt()
        .await?;
    let Some(row) = row else { return Ok(()) };
    sql::date_audience().bind(tx.db(), &tx.now(), &row.post_id).await?;
    if row.status == PostStatus::Active {
        let (post, author) = (PostId::from(row.post_id), UserId::from(row.user_id));
        tx.emit(NewEvent::post(EventKind::PostReady, post, author));
    }
    Ok(())
}

/// The post of the upload, if there is one, goes away; its author hears of it.
pub async fn photo_failed(tx: &Tx, upload: UploadId) -> Result<(), Problem> {
    let row = sql::delete_failed_post().bind(tx.db(), upload.as_uuid()).opt().await?;
    let Some(row) = row else { return Ok(()) };
    if row.status != PostStatus::Deleted {
        let (post, author) = (PostId::from(row.post_id), UserId::from(row.user_id));
        tx.emit(NewEvent::post(EventKind::PostFailed, post, author).to(author));
    }
    Ok(())
}

/// What is known of an image has grown; its post repeats it.
pub async fn image_changed(tx: &Tx, image: ImageId, metadata: &Value) -> Result<(), Problem> {
    sql::put_post_image_metadata().bind(tx.db(), metadata, image.as_uuid()).await?;
    Ok(())
}
