//! Which images are looked at, so that those are encoded a second time: noted in memory, written in batches, once
//! for every image. Must never make a request wait, nor keep who looked.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use kith_types::id::ImageId;
use moka::sync::Cache;
use tokio_util::sync::CancellationToken;

use super::store::versions;
use crate::app::App;

const WRITE_EVERY: Duration = Duration::from_secs(10);
/// Images that are known to be noted, in 6 MB at most; of others it is said again, which changes nothing.
const REMEMBERED: u64 = 100_000;
/// A view that could not be written is noted again by the next one after this.
const REMEMBERED_FOR: Duration = Duration::from_hours(1);
/// More than this wait only if the database is away.
const MAX_WAITING: usize = 10_000;

/// Views that wait to be written.
pub struct Views {
    noted: Cache<ImageId, ()>,
    waiting: Mutex<Vec<ImageId>>,
}

impl Default for Views {
    fn default() -> Self {
        let noted = Cache::builder().max_capacity(REMEMBERED).time_to_live(REMEMBERED_FOR).build();
        Self { noted, waiting: Mutex::default() }
    }
}

impl Views {
    /// Notes that somebody looked at an image.
    pub fn note(&self, image: ImageId) {
        if self.noted.contains_key(&image) {
            return;
        }
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < MAX_WAITING {
            waiting.push(image);
            self.noted.insert(image, ());
        }
    }

    fn take(&self) -> Vec<ImageId> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes what waits, every ten seconds and at the end.
pub async fn run(app: App, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let _ = stop.run_until_cancelled(tokio::time::sleep(WRITE_EVERY)).await;
        flush(&app).await;
    }
}

/// Writes what waits.
pub async fn flush(app: &App) {
    let images = app.views().take();
    if images.is_empty() {
        return;
    }
    if let Err(problem) = versions::note_views(app, &images).await {
        tracing::debug!(problem = problem.kind().slug(), "views were dropped");
    }
}
