//! Who a number is for, as people change their numbers and numbers change hands.
//!
//! - A number opens the account that has it. Changing it needs a step-up in the session that does it and a code
//!   that went to the new number; whether that one is taken is said only after the right code. The old number is
//!   free at once, friendships and the other sessions stay, and all devices are told. An account that lost its
//!   number needs a step-up by a passkey if it has one, and else none: it has nothing to step up with.
//! - An account is silent when no session of it was used and nobody signed in for `auth.recycle_days`. Its number
//!   alone then opens a fresh account: the old one keeps everything but its number, and nothing of it is shown.
//!   A passkey, a linked service, or an old device that nobody signed out leads its owner back; a password does
//!   not, since it is asked for with the present number.
//! - A silent account that is suspended keeps its number, and nobody enters by it: a suspension is not washed off
//!   by waiting, and whoever has the number now learns nothing about who had it.
//! - An account may be locked: then a code lets no new device in until seven days after it was last seen. Its
//!   devices are told at once that somebody tried. What leads back above opens it at any time, and so does its
//!   password. Any session that stays in use keeps the lock up, also one that is not the owner's.

mod change;
mod holder;
mod http;
mod lock;
mod store;

pub use holder::{Claim, Withheld, claim};
pub use lock::is_locked;

use super::Feature;

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "number", routes: http::routes, tasks: &[] };
