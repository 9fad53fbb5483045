//! Passwords: a second way in for who wants one. Nobody needs one.
//!
//! - 10 to 200 characters, compared as people see them (NFC), without the username or the number in it, and not
//!   publicly known.
//! - Kept as an Argon2id hash inside of an envelope: who reads the database alone has nothing to guess at.
//! - Setting, changing and removing one demands a step-up; changing demands the present one, too. Other sessions
//!   go on, and their devices hear of it.
//! - At most ten wrong ones for a number in an hour, with growing pauses, counted in PostgreSQL before anything is
//!   compared. Other ways in stay open. Unknown numbers get the same answers in the same time.
//! - Few are hashed at a time; what is beyond a short queue is turned away.

mod actions;
mod hashing;
mod http;
mod known;
mod rules;
mod store;
mod tries;

pub use hashing::Hashing;

use kith_types::id::UserId;

use super::Feature;
use crate::{app::App, http::problem::Problem};

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "password", routes: http::routes, tasks: &[] };

/// Whether a person has a password.
pub async fn is_set(app: &App, user: UserId) -> Result<bool, Problem> {
    Ok(store::find_by_user(app, user).await?.is_some())
}
