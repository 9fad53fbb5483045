//! Deleted posts go away for good, with their photos, when they can no longer be restored.

use std::time::Duration;

use kith_types::{id::PostId, time::Timestamp};

use super::store;
use crate::{app::App, features::uploads, http::problem::Problem};

/// How many posts one statement finds.
const BATCH: i64 = 100;

/// Removes all that are due. The photo's files go by a job of the same commit.
pub async fn purge(app: App) -> Result<(), Problem> {
    let before = app.now() - Duration::from_hours(24 * app.config().retention.restore_days);
    loop {
        let expired = store::expired(&app, before, BATCH).await?;
        if expired.is_empty() {
            return Ok(());
        }
        for post in expired {
            purge_one(&app, post, before).await?;
        }
    }
}

async fn purge_one(app: &App, post: PostId, before: Timestamp) -> Result<(), Problem> {
    app.tx("posts.purge", move |tx| async move {
        match store::purge(&tx, post, before).await? {
            None => Ok(()),
            Some((_, Some(image))) => {
                uploads::discard_image(&tx, image);
                Ok(())
            }
            Some((upload, None)) => uploads::release(&tx, upload).await,
        }
    })
    .await
}
