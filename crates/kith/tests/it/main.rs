//! All integration tests in one binary: one module per feature, and the catalogues that look at all of them.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a failed expectation is a failed test"
)]

mod activity;
mod audience;
mod auth;
mod catalogue;
mod comments;
mod contacts;
mod demo;
mod edge;
mod email;
mod foundations;
mod friends;
mod identities;
mod messaging;
mod notifications;
mod number;
mod operate;
mod passkeys;
mod password;
mod posts;
mod program;
mod rate_limits;
mod realtime;
mod redis;
mod retention;
mod s3;
mod security;
mod settings;
mod sms;
mod uploads;
mod users;
mod ways_in;
