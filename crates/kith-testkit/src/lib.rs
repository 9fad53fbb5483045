//! What tests are written with: a running application on a real database, a cast of people with verbs, a
//! clock that only moves when told, and a check of every answer against the served document.
//!
//! It must never reach into the application behind its API, but to look at what is stored.

#![expect(clippy::expect_used, reason = "a failed expectation is a failed test")]

pub mod app;
pub mod clock;
pub mod codes;
pub mod comments;
pub mod contacts;
pub mod contract;
pub mod effort;
pub mod friends;
pub mod node_peer;
pub mod notifications;
pub mod number;
pub mod parts;
pub mod passkeys;
pub mod person;
pub mod postgres;
pub mod posts;
pub mod program;
pub mod realtime;
pub mod redis_server;
pub mod rows;
pub mod s3;
pub mod twilio;

pub use app::{Node, Options, TestApp};
pub use person::{Answer, Person};
pub use posts::{Photo, Post};
