//! People: one's own profile, and the cards of others.
//!
//! - A new account is `pending` until its first username; then it is `active`.
//! - A username is a public handle among signed-in active accounts; a card by user id is only for people who
//!   have something to do with its owner (`visible_cards` in the visibility definition).
//! - An e-mail address is kept unverified, never conflicts and never signs in.

mod actions;
mod http;
mod profile;
mod store;
mod terms;

pub use actions::take_lookup;
pub use profile::{MeBody, UserCardBody, card, card_with, number_of, own_profile};
pub use store::{EMAIL_PLACE, PHONE_PLACE};
pub use terms::{Consent, record_consent, require_terms};

use super::Feature;

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "users", routes: http::routes, tasks: &[] };
