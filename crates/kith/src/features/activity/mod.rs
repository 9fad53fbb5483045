//! What people do, for the operator's own figures.
//!
//! - Sign-ins, posts, comments and looking around (at most every five minutes) are noted, with the client's
//!   network and never its address; devices are not noted here, sessions name them.
//! - Whoever switched `analytics` off is not noted at all.
//! - No request waits for it: activities queue up and are written in batches. A full queue or a database that
//!   is away loses some, counted in a metric; nobody is harmed.
//! - They are kept by month and forgotten by dropping a month.

mod partitions;
mod queue;
mod store;

pub use partitions::keep_up;
pub use queue::{Queue, flush, record, run};

use std::time::Duration;

use utoipa_axum::router::OpenApiRouter;

use super::Feature;
use crate::jobs::Task;

/// Registry entry.
pub const FEATURE: Feature = Feature {
    name: "activity",
    routes: OpenApiRouter::new,
    tasks: &[Task {
        name: "activity.partitions",
        handler: |app, _| Box::pin(async move { keep_up(&app).await }),
        every: Some(Duration::from_hours(1)),
    }],
};
