//! Sign-in by other services: OpenID Connect (Core 1.0) by authorization code with PKCE, state and nonce.
//!
//! - Only services that the operator configured, and only addresses that they name over TLS, are ever asked.
//! - An identity opens the account that linked it and never makes one: whoever has none signs in by phone first and
//!   links it, after showing again who they are. It belongs to one account; an account has one of each service.
//! - An identity is what the service calls a person in itself (issuer and subject). E-mail addresses and names that
//!   a service tells are neither asked for nor looked at.
//! - The way to a service and back is one browser's: its secret is in a cookie, the database has only hashes of it.
//!   It takes at most ten minutes and ends once. A linking is also one session's.
//! - Whatever of an answer does not fit refuses the sign-in; the log has the reason, the person a word.

mod actions;
mod exchange;
mod flow;
mod http;
mod id_token;
mod key_set;
mod provider;
mod refusal;
mod return_to;
mod store;

pub use actions::linked;
pub use provider::Providers;

use super::Feature;

/// Registry entry.
pub const FEATURE: Feature = Feature { name: "identities", routes: http::routes, tasks: &[] };
