//! Access to PostgreSQL: a pool for transactions and slow reads, a few shared pipelined connections for
//! short reads, and the unit of work ([`tx::Tx`]).
//!
//! It must never know HTTP routes or features.

mod connection;
mod failure;
pub mod lease;
pub mod pool;
mod tls;
pub mod tx;

pub use connection::Connection;
pub use failure::{Failure, causes};
pub use pool::{Database, DatabaseError};
pub use tls::TlsError;
pub use tx::Tx;

use crate::problem::Problem;
use tokio_postgres::error::SqlState;

/// Maps a database error to what the client is told: away (503), or a fault of ours (500).
/// Named constraints are mapped where the statement is run, with [`violates`].
pub fn problem(error: tokio_postgres::Error) -> Problem {
    let away = error.is_closed()
        || error.as_db_error().is_none()
        || error.code().is_some_and(|code| {
            *code == SqlState::ADMIN_SHUTDOWN
                || *code == SqlState::CANNOT_CONNECT_NOW
                || *code == SqlState::TOO_MANY_CONNECTIONS
                || *code == SqlState::QUERY_CANCELED
                || *code == SqlState::LOCK_NOT_AVAILABLE
                || *code == SqlState::READ_ONLY_SQL_TRANSACTION
                || *code == SqlState::DISK_FULL
        });
    let failure = Failure(error);
    if away { Problem::unavailable(failure) } else { Problem::internal(failure) }
}

/// Whether the error is a violation of the named constraint.
pub fn violates(error: &tokio_postgres::Error, constraint: &str) -> bool {
    error
        .as_db_error()
        .and_then(|e| e.constraint())
        .is_some_and(|name| name.starts_with(constraint))
}

/// Whether running the same transaction again can help (serialisation failure, deadlock).
pub fn is_retryable(problem: &Problem) -> bool {
    problem
        .source()
        .and_then(|source| source.downcast_ref::<Failure>())
        .and_then(|failure| failure.0.code())
        .is_some_and(|code| {
            *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED
        })
}
