//! Uploads and the images made of them.
//!
//! - An upload announces exact length, type and checksum, and gets one address that takes exactly that, once,
//!   for a quarter of an hour. The bytes never pass through a request that carries cookies.
//! - It may come in parts, each announced and addressed the same way: after a lost connection only what is missing
//!   is sent. Completing makes the whole of them, and only the announced one.
//! - `awaiting` → `processing` (completed, the bytes are there) → `ready` or `failed`, each once, in guarded
//!   statements. Every completed upload ends as one of the two, whatever dies: the job runs again until it
//!   succeeds or has used up its attempts, and a lost one is asked for again. Waiting fails no photo.
//! - `ready` means that every eager rendition is stored. What was sent is deleted then, or sealed where the
//!   settings keep it; it is never served.
//! - A picture that people look at is encoded once more when there is nothing else to do, see `refine`.
//! - What a file was announced as only decides whether its address is given out: what it is, and whether it is
//!   read, is decided by the decoder from its bytes. A photo under the wrong name is a photo.
//! - An account has so many uploads at a time that nothing uses, see `quota`.
//! - One post or one profile picture takes an upload, once. What nothing has taken after a day is removed.
//! - Image bytes go only to those who may see the image now, asked afresh at every request: the session says
//!   who asks, or a signature that names the viewer and never helps anybody else.

mod actions;
mod delivery;
mod http;
mod image;
mod images;
mod originals;
mod orphans;
mod parts;
mod picture;
mod quota;
mod refine;
mod render;
mod renditions;
mod store;
mod sweep;
pub mod views;
mod webp;
mod work;

pub use actions::{MAX_BYTES, Taken, release, take};
pub use image::{ImageBody, ImageUrls, StoredImage, StoredRendition, ViewerSignature};
pub use renditions::discard_image;

use std::time::Duration;

use super::Feature;
use crate::jobs::Task;

/// Registry entry.
pub const FEATURE: Feature = Feature {
    name: "uploads",
    routes: http::routes,
    tasks: &[
        Task {
            name: work::TASK,
            handler: |app, payload| Box::pin(work::process(app, payload)),
            every: None,
        },
        Task {
            name: renditions::DISCARD_TASK,
            handler: |app, payload| Box::pin(renditions::discard(app, payload)),
            every: None,
        },
        Task {
            name: refine::TASK,
            handler: |app, _| Box::pin(refine::refine(app)),
            every: Some(Duration::from_mins(1)),
        },
        Task {
            name: "uploads.retire",
            handler: |app, _| Box::pin(refine::retire(app)),
            every: Some(Duration::from_mins(2)),
        },
        Task {
            name: "uploads.sweep",
            handler: |app, _| Box::pin(sweep::sweep(app)),
            every: Some(Duration::from_mins(10)),
        },
        Task {
            name: "uploads.sweep_images",
            handler: |app, _| Box::pin(orphans::sweep(app)),
            every: Some(Duration::from_hours(6)),
        },
    ],
};
