//! Kith: photos for your people, and only for them.
//!
//! Data flows one way: router → handler → action → transaction → store. See ARCHITECTURE.md.

pub mod app;
pub mod cli;
pub mod config;
pub mod db;
pub mod features;
pub mod http;
pub mod jobs;
pub mod keys;
pub mod media;
pub mod openapi;
pub mod problem;
pub mod realtime;
pub mod server;
pub mod start;
pub mod telemetry;
pub mod tokens;
