//! Verification of the e-mail address of an account.
//!
//! - An address is never needed. Unverified it is only kept; verified it belongs to one account, which others learn
//!   only by holding the address themselves: by its right code. It is no way in.
//! - A code has six digits, lives half an hour, is compared at most five times, and dies when it is used or
//!   replaced, or when the address changes. It counts for the account that asked for it.
//! - An account and an address get at most five codes a day each, after growing pauses. Both are counted in the
//!   database, under locks; a code that could not be sent for now counts for nothing. One that a mail server refused
//!   for good counts: otherwise an account could ask without end which mailboxes of strangers there are.
//! - Whoever changes the address starts again: it is unverified.

mod code;
mod http;
mod store;

use super::Feature;

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "email", routes: http::routes, tasks: &[] };
