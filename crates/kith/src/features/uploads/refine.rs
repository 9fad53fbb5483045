//! The second encoding of pictures that are looked at: slower, and so smaller. A new version with a new URL; the
//! one before answers for ten minutes more, and then its files go.
//!
//! It runs only while no job runs or waits, ends at once when one comes, and on one node at a time. Whatever dies
//! in between is done again to the same end: files are named by what is in them.
//!
//! Without the original it starts from the largest JPEG. That costs 0.5 points of SSIMULACRA2 at 640 pixels and 1.3 at
//! 1080, but 3 to 5 at the JPEG's own size, and so at the square's: those stay as they are.

use std::{io::Cursor, time::Duration};

use bytes::Bytes;
use kith_media::{AvifEffort, Format, MediaFailure, Output, RenderEvent, RenderRequest};
use kith_storage::StorageError;
use kith_types::id::ImageId;

use super::{
    image::{StoredFile, StoredImage, StoredRendition},
    originals, renditions,
    store::{self, versions},
};
use crate::{app::App, db::lease::Lease, features::posts, http::problem::Problem, jobs};

/// The task, and the lease that one node at a time runs it under.
pub const TASK: &str = "uploads.refine";
const LEASE: &str = "uploads.refining";
/// Longer than one picture takes.
const LEASE_PERIOD: Duration = Duration::from_mins(2);
/// How often it looks whether it is in anybody's way.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How long the version before goes on to answer.
pub const ANSWERS_ON: Duration = Duration::from_mins(10);
/// How many images one statement finds.
const BATCH: i64 = 100;

/// Why a picture stays as it is.
enum Unrefined {
    /// It cannot be made, now or later.
    Never(&'static str),
    /// Something of ours was away.
    Later(Problem),
}

impl From<Problem> for Unrefined {
    fn from(problem: Problem) -> Self {
        Self::Later(problem)
    }
}

impl From<MediaFailure> for Unrefined {
    fn from(failure: MediaFailure) -> Self {
        if failure.is_transient() {
            return Self::Later(Problem::unavailable(failure));
        }
        Self::Never(failure.name())
    }
}

/// Encodes what waits, one picture after the other, as long as there is nothing else to do.
pub async fn refine(app: App) -> Result<(), Problem> {
    if !app.config().media.second_pass {
        return Ok(());
    }
    let mut lease = Lease::new(LEASE, LEASE_PERIOD);
    let outcome = refine_all(&app, &mut lease).await;
    lease.release(&app).await?;
    outcome
}

async fn refine_all(app: &App, lease: &mut Lease) -> Result<(), Problem> {
    while lease.hold(app).await? && !jobs::is_any_open(app).await? {
        let Some(image) = versions::next_viewed(app).await? else { break };
        tokio::select! {
            refined = refine_one(app, &image) => refined?,
            () = in_the_way(app) => break,
        }
    }
    Ok(())
}

/// Resolves when somebody has a use for this machine. What was begun is lost, and found again by the next run.
async fn in_the_way(app: &App) {
    while app.stopping().run_until_cancelled(tokio::time::sleep(LOOK_EVERY)).await.is_some() {
        if jobs::is_any_open(app).await.unwrap_or(true) {
            return;
        }
    }
}

async fn refine_one(app: &App, image: &StoredImage) -> Result<(), Problem> {
    let smaller = match encode(app, image).await {
        Ok(smaller) => smaller,
        Err(Unrefined::Later(problem)) => return Err(problem),
        Err(Unrefined::Never(reason)) => {
            tracing::warn!(image = %image.image_id, reason, "a picture is not encoded again");
            Vec::new()
        }
    };
    let mut files = Vec::with_capacity(smaller.len());
    for (name, bytes) in smaller {
        files.push((name, renditions::put(app, image.image_id, bytes, Format::Avif).await?));
    }
    metrics::counter!("kith_images_refined_total").increment(u64::from(!files.is_empty()));
    if !replace(app, image.image_id, image.version, files).await? {
        renditions::delete_files(app, image.image_id).await?;
    }
    Ok(())
}

/// The AVIFs that came out smaller, by the names of their renditions.
async fn encode(app: &App, image: &StoredImage) -> Result<Vec<(String, Bytes)>, Unrefined> {
    let mut smaller = Vec::new();
    let (source, renditions) = source(app, image).await?;
    let outputs: Vec<Output> = renditions.into_iter().filter_map(output).collect();
    if outputs.is_empty() {
        return Ok(smaller);
    }
    let byte_size = u64::try_from(source.len()).map_err(Problem::internal)?;
    let mut request = RenderRequest::of(byte_size, outputs);
    request.avif_effort = AvifEffort::Small;
    let mut rendering = app.media().idle_process().render(Cursor::new(source), &request).await?;
    yield_to_others(rendering.process_id());
    while let Some(event) = rendering.next().await {
        let RenderEvent::Rendition(made) = event? else { continue };
        let name = made.name.as_str();
        let before = image.rendition(name).and_then(|rendition| rendition.avif);
        let length = i64::try_from(made.bytes.len()).map_err(Problem::internal)?;
        if before.is_some_and(|before| length < before) {
            smaller.push((name.to_owned(), made.bytes));
        }
    }
    Ok(smaller)
}

/// What to encode from, and which renditions of it: all of the original, where that is kept; else what is so much
/// smaller than the largest JPEG that nothing is seen of that one's own losses.
async fn source<'a>(
    app: &App,
    image: &'a StoredImage,
) -> Result<(Bytes, Vec<&'a StoredRendition>), Unrefined> {
    if let Some(original) = originals::read(app, image.image_id).await? {
        return Ok((original, image.every().collect()));
    }
    let Some(largest) = image.renditions.last() else { return Err(Unrefined::Never("no-sizes")) };
    let is_enough =
        |rendition: &&StoredRendition| largest.size().long() * 2 >= rendition.size().long() * 3;
    match renditions::jpeg(app, image.image_id, largest).await {
        Ok(jpeg) => Ok((jpeg, image.renditions.iter().filter(is_enough).collect())),
        Err(problem) if is_missing(&problem) => Err(Unrefined::Never("missing")),
        Err(problem) => Err(problem.into()),
    }
}

fn is_missing(problem: &Problem) -> bool {
    let cause = problem.source().and_then(|source| source.downcast_ref());
    matches!(cause, Some(StorageError::NotFound))
}

/// The AVIF of a rendition that has one, at the size that it has.
fn output(rendition: &StoredRendition) -> Option<Output> {
    rendition.avif?;
    let name = rendition.rendition_name()?;
    Some(Output { name, format: Format::Avif, size: Some(rendition.size()) })
}

/// The lowest of priorities, so that requests of people come first.
fn yield_to_others(process: Option<u32>) {
    let process =
        process.and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw);
    // Without it, it is only less polite.
    if process.is_some_and(|id| rustix::process::setpriority_process(Some(id), 19).is_err()) {
        tracing::debug!("the priority of a process could not be lowered");
    }
}

/// Has the new files take the place of the old ones, everywhere by one commit; false if the image is gone.
async fn replace(
    app: &App,
    id: ImageId,
    version: i32,
    files: Vec<(String, StoredFile)>,
) -> Result<bool, Problem> {
    app.tx("uploads.refine", move |tx| {
        let files = files.clone();
        async move {
            let Some((owner, mut image)) = store::lock_image(&tx, id).await? else {
                return Ok(false);
            };
            // Somebody else was faster, with the same files.
            if image.version != version {
                return Ok(true);
            }
            versions::mark_refined(&tx, id).await?;
            if files.is_empty() {
                return Ok(true);
            }
            image.version += 1;
            for (name, file) in files {
                if let Some(rendition) = image.rendition_mut(&name) {
                    rendition.set(Format::Avif, file);
                }
            }
            versions::succeed(&tx, id, image.version, tx.now() + ANSWERS_ON).await?;
            let metadata = store::put_image(&tx, owner, &image).await?;
            posts::image_changed(&tx, &image, &metadata).await?;
            Ok(true)
        }
    })
    .await
}

/// Removes what only ended versions had. Files first, so that what dies in between is found again by the row.
pub async fn retire(app: App) -> Result<(), Problem> {
    loop {
        let ended = versions::ended(&app, BATCH).await?;
        for (image, previous) in &ended {
            let kept = renditions::keys(image)?;
            let gone = renditions::keys(previous)?.into_iter().filter(|key| !kept.contains(key));
            app.storage().delete_many(gone.collect()).await?;
            let id = image.image_id;
            app.tx("uploads.retire", move |tx| async move { versions::forget(&tx, id).await })
                .await?;
        }
        if ended.len() < usize::try_from(BATCH).unwrap_or(usize::MAX) {
            return Ok(());
        }
    }
}
