//! Why somebody came back from a service without a session: words for the sign-in page, reasons for the log.

use crate::http::problem::{Kind, Problem};

/// What the sign-in page is told, and tells the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody has linked this identity.
    Unknown,
    /// It took too long, ended before, or was begun in another browser or session.
    Expired,
    /// The person said no at the service.
    Cancelled,
    /// The service said no, or what it said does not hold.
    Refused,
    /// The service does not answer.
    Unavailable,
}

impl Refusal {
    /// The word in the address of the sign-in page.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Unknown => "identity-unknown",
            Self::Expired => "identity-expired",
            Self::Cancelled => "identity-cancelled",
            Self::Refused => "identity-refused",
            Self::Unavailable => "identity-unavailable",
        }
    }
}

/// What is wrong with a service or with its answer. The reason is for the log: nothing of a person is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not answer, or not as a service of OpenID Connect does.
    Away(&'static str),
    /// It answers, and this sign-in does not hold.
    Wrong(&'static str),
}

/// How a way to a service ends badly.
#[derive(Debug)]
pub enum Failure {
    /// With a word on the sign-in page.
    Refusal(Refusal),
    /// With a problem of our own.
    Problem(Problem),
}

impl Failure {
    /// The word for the sign-in page; what is our own fault is answered as such.
    pub fn into_slug(self) -> Result<&'static str, Problem> {
        match self {
            Self::Refusal(refusal) => Ok(refusal.slug()),
            Self::Problem(problem) if problem.kind().status().is_server_error() => Err(problem),
            Self::Problem(problem) => Ok(problem.kind().slug()),
        }
    }

    /// Tells the operator of a fault.
    pub fn of(provider: &str, fault: Fault) -> Self {
        let (refusal, reason) = match fault {
            Fault::Away(reason) => (Refusal::Unavailable, reason),
            Fault::Wrong(reason) => (Refusal::Refused, reason),
        };
        tracing::warn!(provider, reason, "a sign-in by another service failed");
        Self::Refusal(refusal)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// Somebody else has linked it.
pub fn taken() -> Problem {
    Problem::new(Kind::IdentityTaken, "unlink it from the other account first")
}
