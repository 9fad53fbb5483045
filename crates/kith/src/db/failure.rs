//! What logs, operators and the job queue may know of a failed statement.

use std::{error::Error, fmt};

use anyhow::Chain;
use tokio_postgres::error::DbError;

/// An error of PostgreSQL or of the way to it. Its text is code, message and constraint: `DETAIL`, `HINT` and
/// `CONTEXT` quote rows and parameters, which are people's.
pub struct Failure(pub tokio_postgres::Error);

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_db_error() {
            Some(error) => out.write_str(&statement(error)),
            None => out.write_str(&chain(&self.0)),
        }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// Without a source: whoever prints the chain would print what is left out.
impl Error for Failure {}

/// An error with all its causes on one line; of a statement that PostgreSQL refused no more than [`Failure`] says.
pub fn causes(error: &anyhow::Error) -> String {
    chain(error.as_ref())
}

fn chain(error: &(dyn Error + 'static)) -> String {
    let text = |error: &(dyn Error + 'static)| match error.downcast_ref::<DbError>() {
        Some(error) => statement(error),
        None => error.to_string(),
    };
    Chain::new(error).map(text).collect::<Vec<_>>().join(": ")
}

fn statement(error: &DbError) -> String {
    let constraint = error.constraint().map(|name| format!(" (constraint {name})"));
    format!("{}: {}{}", error.code().code(), error.message(), constraint.unwrap_or_default())
}
