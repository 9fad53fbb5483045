//! Sign-in by phone number, sessions and their tokens.
//!
//! - A code has six digits, lives ten minutes, dies when it is used or replaced, and is compared at most five
//!   times; a number at most 15 times a day, however often codes are sent again. What may be sent: `budget`.
//! - Known and unknown numbers get the same answers; the first right code makes a `pending` account. Who an
//!   account of a number is for is decided by the feature `number`.
//! - A session is a family of refresh tokens. The newest one rotates; its immediate predecessor gets the same
//!   successor again within ten seconds, or later while the successor is unused; anything older ends the session.
//! - Ending a session works at its next request; its owner's sockets hear of it.

mod actions;
mod budget;
pub mod code;
mod device;
mod http;
mod inbox;
mod old_device;
mod opening;
mod refresh;
mod responses;
mod reviewers;
mod sessions;
pub mod step_up;
mod store;

// What every other way in needs: what was asked for, the session, the answer.
pub use actions::begin_session;
pub use code::Started;
pub use http::{ChannelName, phone_of};
pub use inbox::routes as inbox_routes;
pub use opening::{DeviceInput, Opening, SessionKind};
pub use refresh::Granted;
pub use responses::{SignedIn, add_session_cookies, append_cookie, granted, remove_cookie};

use super::Feature;

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "auth", routes: http::routes, tasks: &[] };
