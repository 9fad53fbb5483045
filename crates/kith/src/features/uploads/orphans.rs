//! Files of images that nothing knows: what a death at the wrong moment, or a database set back to an earlier
//! state, leaves in the store. Runs seldom, since it lists every photo; must never touch a file that a row or
//! an upload in work may mean, nor one whose name is not ours.

use std::{collections::HashSet, time::Duration};

use futures_util::{StreamExt as _, TryStreamExt as _};
use kith_storage::{ListedObject, ObjectKey};
use kith_types::id::ImageId;

use super::{renditions, store};
use crate::{app::App, http::problem::Problem};

/// How many files one statement is about, and one request to the store removes.
const BATCH: usize = 1_000;
/// Files of younger images are not looked at.
const AGE: Duration = Duration::from_hours(24);

/// Removes all of them.
pub async fn sweep(app: App) -> Result<(), Problem> {
    let before = app.now() - AGE;
    let folder = ObjectKey::parse(renditions::FOLDER)?;
    let is_old = move |file: &ListedObject| {
        renditions::image_of(&file.key).is_some_and(|image| image.timestamp() < before)
    };
    let files = app.storage().list(Some(&folder));
    let mut batches = files.try_filter(move |file| std::future::ready(is_old(file))).chunks(BATCH);
    while let Some(batch) = batches.next().await {
        let batch: Vec<ListedObject> = batch.into_iter().collect::<Result<_, _>>()?;
        remove_orphans(&app, batch).await?;
    }
    Ok(())
}

/// The files were listed first and the uploads are read before the images: one that is finished in between is
/// found among those.
async fn remove_orphans(app: &App, files: Vec<ListedObject>) -> Result<(), Problem> {
    let image = |file: &ListedObject| renditions::image_of(&file.key);
    let images: HashSet<ImageId> = files.iter().filter_map(image).collect();
    let mut known = store::images_in_work(app, &images).await?;
    known.extend(store::known_images(app, &images).await?);
    let is_orphan = |file: &ListedObject| image(file).is_some_and(|image| !known.contains(&image));
    let orphans: Vec<_> = files.into_iter().filter(is_orphan).map(|file| file.key).collect();
    if orphans.is_empty() {
        return Ok(());
    }
    tracing::warn!(files = orphans.len(), "files of images that are gone are removed");
    Ok(app.storage().delete_many(orphans).await?)
}
