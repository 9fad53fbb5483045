//! Comments under posts.
//!
//! - Whoever sees a post that is ready may comment on it and sees its comments, oldest first; for anybody else
//!   post and comments do not exist. Before it is ready its author finds no comments there and can write none.
//! - Hidden are comments that are deleted or flagged, by suspended people, or by somebody with a block either
//!   way to the viewer.
//! - The author edits a comment (guarded by its version); the author or the author of the post deletes it. Its
//!   text is erased at once. Deleting twice harms nothing.
//! - `posts.comment_count` changes in the same transaction as the comment and is always exact.
//! - A comment is written by one statement that also checks the session and tells the event log.

mod actions;
mod comment;
mod http;
mod store;

use super::Feature;

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "comments", routes: http::routes, tasks: &[] };
