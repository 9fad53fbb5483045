//! What becomes of a post when the work on its photo ends.

use kith_types::{
    id::{PostId, UploadId},
    visibility::PostStatus,
};
use serde_json::Value;

use super::store;
use crate::{
    db::Tx,
    features::uploads::StoredImage,
    http::problem::Problem,
    realtime::outbox::{EventKind, NewEvent},
};

/// The post of the upload, if there is one, becomes visible now. One that was deleted meanwhile keeps the photo
/// for when it is restored.
pub async fn photo_ready(tx: &Tx, upload: UploadId, image: &StoredImage) -> Result<(), Problem> {
    let Some(post) = store::show(tx, upload, image).await? else { return Ok(()) };
    if post.status == PostStatus::Active {
        tx.emit(NewEvent::post(EventKind::PostReady, post.id, post.author));
    }
    Ok(())
}

/// The post of the upload, if there is one, goes away; its author hears of it. Answers the post that is missed.
pub async fn photo_failed(tx: &Tx, upload: UploadId) -> Result<Option<PostId>, Problem> {
    let post = store::delete_failed(tx, upload).await?;
    let Some(post) = post.filter(|post| post.status != PostStatus::Deleted) else {
        return Ok(None);
    };
    tx.emit(NewEvent::post(EventKind::PostFailed, post.id, post.author).to(post.author));
    Ok(Some(post.id))
}

/// What is known of an image has grown, or it has a new version; its post repeats it.
pub async fn image_changed(tx: &Tx, image: &StoredImage, metadata: &Value) -> Result<(), Problem> {
    store::put_image_metadata(tx, image, metadata).await
}
