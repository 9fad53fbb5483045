//! Posts: a photo with a caption, for all friends or for some, and the feed of them.
//!
//! - A post takes an upload once. While its photo is in work only its author has it; it becomes visible, and
//!   gets its `posted_at`, by the commit that finishes the photo. If that fails the post goes away.
//! - Who sees a post is decided when it is read, by the visibility definition: friends of the author, or the
//!   chosen ones among them. Audience rows outlive an unfriending and count again after re-friending.
//! - Only friends can be chosen; strangers and ids of nobody are refused with the same words.
//! - A change of audience tells those who gain the post that it is ready and those who lose it that it is gone.
//! - Deleting hides a post at once. Its author can restore it for some days, as what it was; then row and
//!   photo are removed for good.
//! - The feed is read, never stored: a friendship, a block or a deletion is exact at the next read.

mod actions;
mod audience;
mod body;
mod feed;
mod http;
mod photo;
mod purge;
mod store;

pub use body::PostBody;
pub use photo::{image_changed, photo_failed, photo_ready};

use std::time::Duration;

use super::Feature;
use crate::jobs::Task;

/// Registry entry.
pub const FEATURE: Feature = Feature {
    name: "posts",
    routes: http::routes,
    tasks: &[Task {
        name: "posts.purge",
        handler: |app, _| Box::pin(purge::purge(app)),
        every: Some(Duration::from_mins(30)),
    }],
};
