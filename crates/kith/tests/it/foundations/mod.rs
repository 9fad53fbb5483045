//! What everything else stands on: keys, connections, the database's errors and encryption, schedules, logs.

mod connections;
mod database_errors;
pub mod database_tls;
mod headers;
mod logs;
mod master_key;
mod network;
mod schedule;
