//! What leads into one's account: the phone always, and what was added to it. Read only; each way is its own
//! feature's.

mod http;

pub use http::IdentityBody;

use super::Feature;

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "ways_in", routes: http::routes, tasks: &[] };
