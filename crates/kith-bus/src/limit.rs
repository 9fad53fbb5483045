//! Budgets: what may be done how often, and what an answer about it says.

use std::time::Duration;

/// A budget of `burst` units per key that fills evenly within `period`.
///
/// "5 per day" is a burst of 5 and a period of 24 hours: five at once, then one every 4.8 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Keeps the buckets of different limits apart; also the policy name that clients see.
    pub name: &'static str,
    /// Units of a full bucket; 0 refuses everything.
    pub burst: u32,
    /// Time in which an empty bucket fills.
    pub period: Duration,
    /// Which processes share the budget.
    pub scope: Scope,
}

/// Which processes share a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Each process counts for itself, without a message to anybody: for cheap and frequent requests.
    Process,
    /// All processes count together. Only what the process's own count allows is asked of Redis.
    Shared(OnUnavailable),
}

/// What a shared budget means while Redis cannot be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnUnavailable {
    /// The process's own count decides: for reading and convenience.
    FailOpen,
    /// Nothing is granted: for what costs money or guards an account.
    FailClosed,
}

/// How many units are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// So many or none.
    All(u32),
    /// As many as there are, at most so many.
    UpTo(u32),
}

/// The answer of a budget, with all that the `RateLimit` header fields tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// Units of a full bucket.
    pub limit: u32,
    /// Units that were taken.
    pub granted: u32,
    /// Units that are left.
    pub remaining: u32,
    /// When asking for the missing units makes sense; none if nothing is missing.
    pub retry_after: Option<Duration>,
    /// When the bucket is full again.
    pub reset_after: Duration,
}

impl Wanted {
    pub(crate) fn units(self) -> u32 {
        match self {
            Self::All(units) | Self::UpTo(units) => units,
        }
    }

    /// The same question for fewer units.
    pub(crate) fn at_most(self, limit: u32) -> Self {
        match self {
            Self::All(units) => Self::All(units),
            Self::UpTo(units) => Self::UpTo(units.min(limit)),
        }
    }
}

impl Decision {
    /// Whether everything was granted.
    pub fn is_allowed(&self) -> bool {
        self.retry_after.is_none()
    }

    /// The answer of a budget that cannot be asked and must not be overdrawn.
    pub(crate) fn closed(limit: &Limit, retry_after: Duration) -> Self {
        Self {
            limit: limit.burst,
            granted: 0,
            remaining: 0,
            retry_after: Some(retry_after),
            reset_after: limit.period,
        }
    }
}
