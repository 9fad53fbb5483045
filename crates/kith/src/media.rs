//! The media process as this program runs it: so many photos at a time, and further formats of one image
//! one after the other.

use std::sync::Arc;

use kith_media::MediaProcess;
use kith_types::id::ImageId;
use moka::sync::Cache;
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::config;

/// Images worked on at the same time. Beyond it a format may be made twice, which changes nothing.
const FLIGHTS: u64 = 1_024;

/// Makes renditions.
pub struct Media {
    process: MediaProcess,
    idle_process: MediaProcess,
    flights: Cache<ImageId, Arc<Mutex<()>>>,
}

impl Media {
    /// Decoding happens in processes of the configured program, or of this one.
    pub fn new(config: &config::Media) -> std::io::Result<Self> {
        let program = config.program.clone().map_or_else(std::env::current_exe, Ok)?;
        let idle_process = MediaProcess::new(program.clone()).with_slots(1);
        let process = MediaProcess::new(program).with_slots(config.concurrency);
        Ok(Self { process, idle_process, flights: Cache::new(FLIGHTS) })
    }

    /// Starts decoding processes.
    pub fn process(&self) -> &MediaProcess {
        &self.process
    }

    /// The same for work that nobody waits for: one at a time, and in nobody's place.
    pub fn idle_process(&self) -> &MediaProcess {
        &self.idle_process
    }

    /// Waits until nobody else in this process makes a further format of the image.
    pub async fn flight(&self, image: ImageId) -> OwnedMutexGuard<()> {
        self.flights.get_with(image, Arc::default).lock_owned().await
    }
}
