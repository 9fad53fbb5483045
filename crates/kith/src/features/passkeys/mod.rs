//! Passkeys: a way in that needs no text message.
//!
//! - A passkey is made in a session whose owner has just shown again who they are: a stolen session must not
//!   leave a way in behind. It belongs to one account, has a name, and an account has at most ten.
//! - It signs in by itself: the authenticator says whose it is, and has checked its owner by PIN or body.
//! - A challenge lives five minutes and is answered once, rightly or wrongly.
//! - The relying party is the host of the public address, and answers count from exactly that origin, never from
//!   inside of another site's page.
//! - A counter that runs backwards is refused and recorded. Whatever else is wrong gets the same answer.

mod actions;
mod http;
mod relying_party;
mod store;

pub use actions::{check, refused, take_assertion};
pub use http::{PasskeyBody, list};

use super::Feature;
use crate::app::App;

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "passkeys", routes: http::routes, tasks: &[] };

/// Whether this server can take passkeys: they are bound to a name, and an address of numbers has none.
pub fn are_offered(app: &App) -> bool {
    app.config().auth.passkeys && relying_party::Names::of(app).is_some()
}
