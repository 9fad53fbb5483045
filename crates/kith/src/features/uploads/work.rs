//! The job that makes an image of an upload, and how it ends.

use bytes::Bytes;
use kith_storage::PutMode;
use kith_types::id::UploadId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    image::StoredImage,
    originals,
    render::{self, Refused, Unrendered},
    renditions,
    store::{self, State, Work},
};
use crate::{app::App, features::posts, http::problem::Problem, jobs::NewJob};

/// The job's name.
pub const TASK: &str = "uploads.process";
/// How often a photo is tried before it has failed. The queue waits e^min(n, 10) seconds after the nth failure:
/// the last attempt comes 52 hours after the first, so that two days without the store cost nobody a photo.
const ATTEMPTS: i32 = 18;

#[derive(Deserialize, Serialize)]
struct Payload {
    upload_id: UploadId,
}

/// What the upload's job is known by.
pub fn key(upload: UploadId) -> String {
    format!("{TASK}:{upload}")
}

/// Asks for the image of a completed upload.
pub fn job(upload: UploadId) -> NewJob {
    let job = NewJob::new(TASK, serde_json::json!(Payload { upload_id: upload }));
    NewJob { max_attempts: ATTEMPTS, ..job.keyed(key(upload)) }
}

/// Makes the image. Runs again from the start after any death, to the same end.
pub async fn process(app: App, payload: Value) -> Result<(), Problem> {
    let Payload { upload_id } = serde_json::from_value(payload).map_err(Problem::internal)?;
    // The account is gone, and the upload with it.
    let Some(work) = store::work(&app, upload_id).await? else { return Ok(()) };
    if work.state == State::Processing {
        match render::render(&app, &work).await {
            Ok(image) => {
                originals::keep(&app, &work).await?;
                finish(&app, &work, image).await?;
            }
            Err(Unrendered::Refused(refused) | Unrendered::Doubtful(refused)) => {
                fail(&app, &work, refused).await?;
            }
            Err(Unrendered::Later(problem)) => return Err(problem),
        }
    }
    use_up(&app, &work).await
}

/// The image exists: everything that waited for it becomes visible by the same commit.
async fn finish(app: &App, work: &Work, image: StoredImage) -> Result<(), Problem> {
    let work = work.clone();
    app.tx("uploads.finish", move |tx| {
        let (work, image) = (work.clone(), image.clone());
        async move {
            if store::finish(&tx, &work, &image).await? {
                posts::photo_ready(&tx, work.upload, &image).await?;
            }
            Ok(())
        }
    })
    .await
}

/// There will be no image: the post that waited for it goes away, and whatever was stored.
pub async fn fail(app: &App, work: &Work, refused: Refused) -> Result<(), Problem> {
    let (upload, image) = (work.upload, renditions::image_id(work));
    app.tx("uploads.fail", move |tx| {
        let refused = refused.clone();
        async move {
            if store::fail(&tx, upload, refused.kind, &refused.detail).await? {
                if let Some(post) = posts::photo_failed(&tx, upload).await? {
                    store::put_failed_post(&tx, upload, post).await?;
                }
                renditions::discard_image(&tx, image);
            }
            Ok(())
        }
    })
    .await
}

/// Deletes what was sent. An empty object stays until the sweep: while it is there, the address, which may
/// still be valid, takes nothing more.
async fn use_up(app: &App, work: &Work) -> Result<(), Problem> {
    let content_type = "application/octet-stream";
    Ok(app.storage().put(&work.key, Bytes::new(), content_type, PutMode::Replace).await?)
}
