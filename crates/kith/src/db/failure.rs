//! What logs and the job queue may know of a failed statement.

use std::{error::Error as _, fmt};

/// An error of PostgreSQL or of the way to it. Its text is code, message and constraint: `DETAIL`, `HINT` and
/// `CONTEXT` quote rows and parameters, which are people's.
pub struct Failure(pub tokio_postgres::Error);

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(error) = self.0.as_db_error() {
            write!(out, "{}: {}", error.code().code(), error.message())?;
            return match error.constraint() {
                Some(constraint) => write!(out, " (constraint {constraint})"),
                None => Ok(()),
            };
        }
        write!(out, "{}", self.0)?;
        let mut source = self.0.source();
        while let Some(cause) = source {
            write!(out, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// Without a source: whoever prints the chain would print what is left out.
impl std::error::Error for Failure {}
