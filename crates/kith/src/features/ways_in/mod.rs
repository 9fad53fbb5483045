//! What leads into one's account: the phone, and what was added to it. Each way is its own feature's; this one
//! lists them, and must never let the last one be taken away.

mod http;
mod store;

use kith_types::id::UserId;

pub use http::IdentityBody;
pub use store::hold;

use super::Feature;
use crate::{
    app::App,
    db::Tx,
    http::problem::{Kind, Problem},
};

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "ways_in", routes: http::routes, tasks: &[] };

/// Refuses what has just taken the last way into an account away. Its ways must be held ([`hold`]).
pub async fn require_one(app: &App, tx: &Tx, user: UserId) -> Result<(), Problem> {
    let providers: Vec<&str> = app.providers().names().collect();
    if store::has_one(tx, user, &providers).await? {
        return Ok(());
    }
    Err(Problem::new(
        Kind::LastWayIn,
        "nothing else leads into this account; set a number or add a passkey first",
    ))
}
