//! SQL of the versions of an image: what was looked at, what replaces what, and until when.

use kith_sql_generated::queries::uploads as sql;
use kith_types::{
    id::{ImageId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use super::super::image::StoredImage;
use crate::{app::App, db::Tx, http::problem::Problem};

/// Notes that somebody looked at these images. Writes only of those that nobody was seen to look at before.
pub async fn note_views(app: &App, images: &[ImageId]) -> Result<(), Problem> {
    let ids: Vec<Uuid> = images.iter().map(|image| image.uuid()).collect();
    let db = app.db().pooled().await?;
    sql::note_views().bind(&db, &app.now(), &ids.as_slice()).await?;
    Ok(())
}

/// The image that waits longest for its second encoding.
pub async fn next_viewed(app: &App) -> Result<Option<StoredImage>, Problem> {
    let db = app.db().pooled().await?;
    let image = sql::next_viewed_image().bind(&db).opt().await?;
    image.map(serde_json::from_value).transpose().map_err(Problem::internal)
}

/// Notes that the second encoding is through with an image, whatever came of it.
pub async fn mark_refined(tx: &Tx, image: ImageId) -> Result<(), Problem> {
    sql::refined_image().bind(tx.db(), &tx.now(), image.as_uuid()).await?;
    Ok(())
}

/// Makes room for a new version, which [`super::put_image`] then writes: the one of now goes on to answer until
/// the given time.
pub async fn succeed(
    tx: &Tx,
    image: ImageId,
    version: i32,
    previous_until: Timestamp,
) -> Result<(), Problem> {
    sql::replace_image().bind(tx.db(), &previous_until, &version, image.as_uuid()).await?;
    Ok(())
}

/// Images whose version before answers no more: what is kept of them now, and of that version.
pub async fn ended(app: &App, most: i64) -> Result<Vec<(StoredImage, StoredImage)>, Problem> {
    let db = app.db().pooled().await?;
    let rows = sql::ended_versions().bind(&db, &app.now(), &most).all().await?;
    let read = |value| serde_json::from_value(value).map_err(Problem::internal);
    rows.into_iter().map(|row| Ok((read(row.image)?, read(row.previous)?))).collect()
}

/// Forgets the version before, which answers no more.
pub async fn forget(tx: &Tx, image: ImageId) -> Result<(), Problem> {
    sql::forget_version().bind(tx.db(), image.as_uuid(), &tx.now()).await?;
    Ok(())
}

/// The owner's own key, sealed; none if the owner is gone.
pub async fn owner_key(app: &App, owner: UserId) -> Result<Option<Vec<u8>>, Problem> {
    let db = app.db().shared().await?;
    Ok(sql::owner_key().bind(&*db, owner.as_uuid()).opt().await?)
}

/// The owner of an image, with that person's own key, sealed.
pub async fn image_owner_key(
    app: &App,
    image: ImageId,
) -> Result<Option<(UserId, Vec<u8>)>, Problem> {
    let db = app.db().shared().await?;
    let row = sql::image_owner_key().bind(&*db, image.as_uuid()).opt().await?;
    Ok(row.map(|row| (row.owner_id.into(), row.data_key)))
}
