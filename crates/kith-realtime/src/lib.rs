//! The realtime protocol `kith.v1`: its frames, and the state of one connection. It must never know
//! HTTP, sockets, tasks or the database: it is told what arrived and what time it is, and answers
//! with what to send and what to do.
//!
//! ```text
//!  socket ──text, pong──▶ ┌────────────┐ ──Action──▶ authorise a channel, replay, acknowledge,
//!  clock ─────tick──────▶ │ Connection │             ping, close
//!  hub ─event, missed───▶ └────────────┘ ──Frame───▶ socket, whenever it takes one
//! ```
//!
//! A connection that did not prove who it is in the handshake starts as [`Unauthenticated`] and can
//! do nothing but present a token; only [`Checking::accepted`] makes a [`Connection`] of it.
//!
//! **For whoever drives it.** Register the connection with the hub *before* reading what a
//! [`Action::Subscribe`] asks for, then hand over all of it at once with
//! [`Connection::on_subscribed`]: live events that came in between are held, put behind the replay
//! and told apart by their number. Call [`Connection::next_frame`] whenever the socket takes a frame,
//! [`Connection::on_tick`] at [`Connection::deadline`], and stop at [`Action::Close`]. What is queued
//! or held for a reader that does not read is bounded by [`Limits`]; beyond that it gets `resync`.

mod channel;
mod close;
mod connection;
mod event;
mod frame;
mod handshake;
mod limits;
mod outbox;
mod problem;
mod rate;
mod subscription;

pub use channel::{Channel, ChannelInvalid};
pub use close::CloseCode;
pub use connection::{Action, Connection, Missed};
pub use event::{Event, EventBody, EventText};
pub use frame::{ClientFrame, Cursor, ServerFrame, Token};
pub use handshake::{Checking, Unauthenticated};
pub use limits::Limits;
pub use problem::Problem;
pub use subscription::{Delivery, Request};

/// The name of the subprotocol in the handshake.
pub const SUBPROTOCOL: &str = "kith.v1";
