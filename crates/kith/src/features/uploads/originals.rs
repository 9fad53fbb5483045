//! What was sent, where the settings say that it is kept: sealed with its owner's own key, so that it opens for
//! nothing but this program, and for nothing at all once that key is deleted. Never served to others.
//!
//! It stands among the files of its image, and goes with them.

use bytes::Bytes;
use kith_storage::{ObjectKey, PutMode, StorageError};
use kith_types::{id::ImageId, keys::Place};

use super::{
    actions::MAX_BYTES,
    renditions,
    store::{Work, versions},
};
use crate::{app::App, http::problem::Problem};

/// What the seal says that it is.
const PLACE: &str = "images.original";
/// More than any sealed original has.
const MAX_SEALED: u64 = MAX_BYTES.unsigned_abs() + 1_024;

fn object_key(image: ImageId) -> Result<ObjectKey, Problem> {
    Ok(ObjectKey::parse(&format!("{}/{image}/original", renditions::FOLDER))?)
}

/// Seals and stores what was sent, if originals are kept. Doing it again changes nothing that can be read.
pub async fn keep(app: &App, work: &Work) -> Result<(), Problem> {
    if !app.config().media.keep_originals {
        return Ok(());
    }
    let Some(key) = versions::owner_key(app, work.owner).await? else { return Ok(()) };
    let envelopes = app.keys().personal(work.owner, &key).map_err(Problem::internal)?;
    let (image, original) =
        (renditions::image_id(work), app.storage().get(&work.key, work.byte_size).await?);
    let app_in = app.clone();
    let seal = move || envelopes.seal(Place::new(image, PLACE), &original, app_in.random());
    let sealed = tokio::task::spawn_blocking(seal).await.map_err(Problem::internal)?;
    let content_type = "application/octet-stream";
    Ok(app
        .storage()
        .put(&object_key(image)?, sealed.into(), content_type, PutMode::Replace)
        .await?)
}

/// The file that the image was made of, if it was kept. For work on the image and its owner's export only.
pub async fn read(app: &App, image: ImageId) -> Result<Option<Bytes>, Problem> {
    let sealed = match app.storage().get(&object_key(image)?, MAX_SEALED).await {
        Ok(sealed) => sealed,
        Err(StorageError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let Some((owner, key)) = versions::image_owner_key(app, image).await? else { return Ok(None) };
    let envelopes = app.keys().personal(owner, &key).map_err(Problem::internal)?;
    let open = move || envelopes.open(Place::new(image, PLACE), &sealed);
    let opened = tokio::task::spawn_blocking(open).await.map_err(Problem::internal)?;
    Ok(Some(Bytes::from(opened.map_err(Problem::internal)?.to_vec())))
}
