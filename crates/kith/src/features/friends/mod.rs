//! Friends: two people who both agreed, and blocks between people.
//!
//! - A pair has one friendship or none. It goes from nothing to asked to active, and back to nothing.
//! - Two requests that cross make friends at once.
//! - Whoever is declined sees the request stay open until he cancels it or it expires after 60 days; whoever
//!   declined sees it no more, and becomes a friend at once by asking.
//! - A block ends whatever there is between two people, and each is as good as absent for the other. It
//!   answers the same for every id, and lists only people that existed for the blocker.
//! - Everything that changes a friendship is one function (`pair::Pair::change`), which holds both people's
//!   rows: of two racing changes the second sees what the first made.

mod actions;
mod blocks;
mod events;
mod expiry;
mod http;
mod pair;
mod reads;
mod responses;
mod store;

use std::time::Duration;

use super::Feature;
use crate::jobs::Task;

pub use store::{edge_drift, rebuild_edges};

const EXPIRE: Task = Task {
    name: "friends.expire_requests",
    handler: |app, _| Box::pin(expiry::expire_requests(app)),
    every: Some(Duration::from_hours(1)),
};

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "friends", routes: http::routes, tasks: &[EXPIRE] };
