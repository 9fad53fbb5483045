//! A private PostgreSQL server, started from the installed server programs.
//!
//! Owns the life of one cluster directory: initialise once, start, adopt a server that outlived
//! its owner, stop cleanly. It listens on a Unix socket only, in a directory that no other account
//! can enter. It must never open a TCP port, never touch a cluster of the system, and never know
//! what is stored inside: schema and queries belong to `kith-sql`.
//!
//! All functions block; asynchronous callers use `spawn_blocking`.

mod account;
mod cluster;
mod config;
mod connection;
mod error;
mod postmaster;
mod programs;
mod server;
mod settings;
mod socket;

pub use config::{Durability, EmbeddedConfig};
pub use connection::{Connection, DATABASE, OWNER_ROLE, SUPERUSER_ROLE};
pub use error::Error;
pub use server::{Running, attach, installed_version, start};
