//! What everything else stands on: keys, connections, the database's errors and encryption, schedules, logs.

mod database_errors;
mod master_key;
mod schedule;
