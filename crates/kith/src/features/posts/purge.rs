//! Deleted posts go away for good, with their photos, when they can no longer be restored.

use std::time::Duration;

use kith_sql_generated::queries::posts as sql;
use kith_types::time::Timestamp;
use uuid::Uuid;

use crate::{app::App, features::uploads, http::problem::Problem};

/// How many posts one statement finds.
const BATCH: i64 = 100;

/// Removes all that are due. The photo's files go by a job of the same commit.
pub async fn purge(app: App) -> Result<(), Problem> {
    let before = app.now() - Duration::from_hours(24 * app.config().retention.restore_days);
    loop {
        let expired = {
            let db = app.db().pooled().await?;
            sql::expired_posts().bind(&db, &before, &BATCH).all().await?
        };
        if expired.is_empty() {
            return Ok(());
        }
        for post in expired {
            purge_one(&app, post, before).await?;
        }
    }
}

async fn purge_one(app: &App, post: Uuid, before: Timestamp) -> Result<(), Problem> {
    app.tx("posts.purge", move |tx| async move {
        let Some(row) = sql::purge_post().bind(tx.db(), &post, &before).opt().await? else {
            return Ok(());
        };
        match row.image_id {
            Some(image) => uploads::discard_image(&tx, image.into()),
            None => uploads::release(&tx, row.upload_id.into()).await?,
        }
        Ok(())
    })
    .await
}
