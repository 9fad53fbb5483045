//! Address books: what people call others, and who of those is here.
//!
//! - Names and numbers are sealed with their owner's own key; a keyed blind index of the number is all that is
//!   compared. Neither is ever stored, logged or queued in the clear.
//! - A number is matched to an account only as far as that account lets itself be found (`matched_contacts` in
//!   the visibility definition). Friendship never loosens this.
//! - A person may look up 5,000 numbers, then 100 new ones a day. More are stored and wait; what is stored
//!   already costs nothing again.
//! - One's own number is no contact: it is passed over. Of a number that comes twice, the first name counts.
//! - Entries that no import brings again within 12 months are forgotten.
//! - Nobody is told that somebody joined.

mod book;
mod budget;
mod http;
mod import;
mod sealed;
mod store;
mod upkeep;
mod upload;
pub mod vcard;
mod waiting;

use std::time::Duration;

use super::Feature;
use crate::jobs::Task;

pub use budget::Budget;
pub use sealed::BookKey;
pub use store::{refresh_between, refresh_numbers, status_drift};
pub use upkeep::rebuild_statuses;

/// Numbers in one import.
const MAX_IMPORT: usize = 5_000;
/// Bytes of one import.
const MAX_BODY_BYTES: usize = 10 * 1024 * 1024;
/// Numbers in one address book: all names are opened to sort it.
const MAX_BOOK: usize = 25_000;

const LOOK_UP: Task = Task {
    name: "contacts.look_up_waiting",
    handler: |app, _| Box::pin(waiting::look_up_all(app)),
    every: Some(Duration::from_hours(1)),
};

const FORGET: Task = Task {
    name: "contacts.forget_stale",
    handler: |app, _| Box::pin(upkeep::forget_stale(app)),
    every: Some(Duration::from_hours(24)),
};

/// Registry entry.
pub const FEATURE: Feature =
    Feature { name: "contacts", routes: http::routes, tasks: &[LOOK_UP, FORGET] };
