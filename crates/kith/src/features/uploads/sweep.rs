//! What nobody waits for any more: photos that never became one, uploads that nothing used, bytes without an
//! upload. Runs often; each step may die and is done again.
//!
//! Time alone fails no photo: one that only waits its turn, however long, was accepted and is kept.

use std::collections::HashSet;

use futures_util::{StreamExt as _, TryStreamExt as _};
use kith_storage::{ListedObject, ObjectKey};
use kith_types::{id::UploadId, time::Timestamp};
use uuid::Uuid;

use super::{
    render::Refused,
    renditions,
    store::{self, State},
    work,
};
use crate::{
    app::App,
    http::problem::Problem,
    jobs::{self, Fate},
};

/// How many uploads one statement or request is about.
const BATCH: usize = 100;
/// What no upload needs is kept this long in the store.
const KEPT_INCOMING: std::time::Duration = std::time::Duration::from_hours(24);

/// Removes all of it.
pub async fn sweep(app: App) -> Result<(), Problem> {
    settle_unfinished(&app).await?;
    remove_unused(&app).await?;
    remove_incoming(&app).await?;
    app.storage().remove_unfinished(app.now() - KEPT_INCOMING).await?;
    Ok(())
}

/// Every completed upload ends: one whose job has used up its attempts has failed, and a job that was lost is
/// asked for again.
async fn settle_unfinished(app: &App) -> Result<(), Problem> {
    let mut place = (Timestamp::UNIX_EPOCH, Uuid::nil());
    loop {
        let uploads = store::processing(app, place, BATCH).await?;
        let keys: Vec<String> = uploads.iter().map(|(_, id)| work::key((*id).into())).collect();
        let fates = jobs::fates(app, &keys).await?;
        for ((_, id), key) in uploads.iter().zip(&keys) {
            match fates.get(key) {
                Some(Fate::Open) => {}
                Some(Fate::Exhausted) => give_up(app, (*id).into()).await?,
                None => ask_again(app, (*id).into()).await?,
            }
        }
        match uploads.last() {
            Some(last) if uploads.len() == BATCH => place = *last,
            _ => return Ok(()),
        }
    }
}

async fn give_up(app: &App, id: UploadId) -> Result<(), Problem> {
    let Some(work) = store::work(app, id).await? else { return Ok(()) };
    tracing::error!(upload = %id, "no attempt to process a photo has succeeded");
    let detail = "the photo could not be processed; send it again".to_owned();
    work::fail(app, &work, Refused { kind: "unavailable", detail }).await
}

/// A job goes away only after its upload is finished, so that one without a job and unfinished has none.
async fn ask_again(app: &App, id: UploadId) -> Result<(), Problem> {
    app.tx("uploads.ask_again", move |tx| async move {
        if store::is_processing(&tx, id).await? {
            tracing::warn!(upload = %id, "the job of an upload was lost");
            tx.enqueue(work::job(id));
        }
        Ok(())
    })
    .await
}

/// Uploads that nothing used in time, with their files.
async fn remove_unused(app: &App) -> Result<(), Problem> {
    loop {
        let unused = store::unused(app, BATCH).await?;
        for id in &unused {
            remove_one(app, *id).await?;
        }
        if unused.len() < BATCH {
            return Ok(());
        }
    }
}

/// The row goes first, so that nothing can take the upload any more; the job of the same commit removes the
/// files.
async fn remove_one(app: &App, id: UploadId) -> Result<(), Problem> {
    let Some(work) = store::work(app, id).await? else { return Ok(()) };
    if work.state == State::Processing {
        return Ok(());
    }
    let image = renditions::image_id(&work);
    let is_gone = app
        .tx("uploads.sweep", move |tx| async move {
            let is_gone = store::delete_unused(&tx, id).await?;
            if is_gone {
                renditions::discard_image(&tx, image);
            }
            Ok(is_gone)
        })
        .await?;
    if is_gone {
        app.storage().delete(&work.key).await?;
    }
    Ok(())
}

/// Incoming objects, parts too, older than a day that no upload in work needs: used ones, and those of uploads that are
/// gone. Their age is that of the upload, which its id tells.
async fn remove_incoming(app: &App) -> Result<(), Problem> {
    let before = app.now() - KEPT_INCOMING;
    let folder = ObjectKey::parse("incoming")?;
    let mut batches = app
        .storage()
        .list(Some(&folder))
        .try_filter(move |object| std::future::ready(age(object) < before))
        .chunks(BATCH);
    while let Some(batch) = batches.next().await {
        let batch: Vec<ListedObject> = batch.into_iter().collect::<Result<_, _>>()?;
        remove_batch(app, batch).await?;
    }
    Ok(())
}

async fn remove_batch(app: &App, batch: Vec<ListedObject>) -> Result<(), Problem> {
    let ids: Vec<Uuid> = batch.iter().filter_map(|object| Some(upload(object)?.uuid())).collect();
    let in_work: HashSet<Uuid> = store::in_work(app, &ids).await?;
    let is_needed =
        |object: &ListedObject| upload(object).is_some_and(|id| in_work.contains(id.as_uuid()));
    let keys = batch.into_iter().filter(|object| !is_needed(object)).map(|object| object.key);
    app.storage().delete_many(keys.collect()).await?;
    Ok(())
}

fn upload(object: &ListedObject) -> Option<UploadId> {
    object.key.upload_name()?.parse().ok()
}

fn age(object: &ListedObject) -> Timestamp {
    upload(object).map_or(object.modified, UploadId::timestamp)
}
