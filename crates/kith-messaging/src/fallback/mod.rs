//! Several providers as one sender: in the operator's order, those that lately failed last.
//!
//! Owns how long each may take, so that the next one is reached while the person still waits, and who is
//! skipped. Must never go round a refusal that is about the number, and remembers no number.

mod circuit;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kith_types::time::{Clock, Timestamp};
use tokio::time::Instant;

use self::circuit::Circuit;
use crate::{
    Blame, Callback, CallbackError, Cause, Delivery, Receipt, Report, SendError, SmsMessage,
    SmsSender,
};

/// A provider by its name.
pub struct Way {
    /// As operators write it, and as its callbacks' address ends.
    pub name: &'static str,
    /// What sends.
    pub sender: Arc<dyn SmsSender>,
}

/// Asks one provider after the other until one takes the message.
pub struct Fallback {
    ways: Vec<Way>,
    /// One for each way. One lock for all, so that choosing and noting the choice are one step.
    circuits: Mutex<Vec<Circuit>>,
    patience: Duration,
    clock: Arc<dyn Clock>,
}

impl Fallback {
    /// Providers in the order of preference, and how long all of them together may take.
    pub fn new(ways: Vec<Way>, patience: Duration, clock: Arc<dyn Clock>) -> Self {
        let circuits = ways.iter().map(|_| Circuit::default()).collect();
        Self { ways, circuits: Mutex::new(circuits), patience, clock }
    }

    /// Takes the best of those that are left: not skipped before skipped, not avoided before avoided.
    fn choose(&self, left: &mut Vec<usize>, avoid: &[String], now: Timestamp) -> Option<usize> {
        let mut circuits = self.lock();
        let rank = |&at: &usize| {
            (circuits[at].is_skipped(now), avoid.iter().any(|name| name == self.ways[at].name), at)
        };
        let best = left.iter().copied().min_by_key(rank)?;
        left.retain(|at| *at != best);
        circuits[best].begin(now);
        Some(best)
    }

    /// Asks one provider, for no longer than its share of the time, and remembers how it went.
    async fn ask(
        &self,
        at: usize,
        message: SmsMessage,
        share: Duration,
        begun: Timestamp,
    ) -> Result<Receipt, SendError> {
        let answer = tokio::time::timeout(share, self.ways[at].sender.send(message)).await;
        let answer = answer.unwrap_or(Err(SendError::Temporary(Cause::NoAnswer)));
        let now = self.clock.now();
        let mut circuits = self.lock();
        let circuit = &mut circuits[at];
        match &answer {
            Err(SendError::Temporary(_)) => circuit.fail(begun, now),
            // It was not even asked.
            Err(SendError::NotHere(Cause::NotConfigured)) => {}
            Ok(_) | Err(SendError::NotHere(_) | SendError::Permanent(_)) => circuit.succeed(),
        }
        answer
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Circuit>> {
        self.circuits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn position(&self, provider: &str) -> Option<usize> {
        self.ways.iter().position(|way| way.name == provider)
    }
}

#[async_trait::async_trait]
impl SmsSender for Fallback {
    async fn send(&self, message: SmsMessage) -> Result<Receipt, SendError> {
        let started = Instant::now();
        let mut left: Vec<usize> = (0..self.ways.len()).collect();
        let mut failed = Vec::new();
        let mut reason = SendError::NotHere(Cause::NotConfigured);
        loop {
            let begun = self.clock.now();
            let waiting = u32::try_from(left.len()).unwrap_or(u32::MAX).max(1);
            let Some(at) = self.choose(&mut left, &message.avoid, begun) else {
                return Err(reason);
            };
            let share = self.patience.saturating_sub(started.elapsed()) / waiting;
            let provider = self.ways[at].name;
            match self.ask(at, message.clone(), share, begun).await {
                Ok(receipt) => return Ok(Receipt { provider, failed, ..receipt }),
                Err(SendError::Permanent(cause)) => return Err(SendError::Permanent(cause)),
                // It has no such channel, which says nothing of the number.
                Err(SendError::NotHere(Cause::NotConfigured)) => {}
                Err(error) => {
                    tracing::warn!(provider, %error, "a provider did not take a message");
                    failed.push(provider);
                    // What may pass by itself is the better thing to tell.
                    if !matches!(reason, SendError::Temporary(_)) {
                        reason = error;
                    }
                }
            }
        }
    }

    fn read_report(
        &self,
        provider: &str,
        callback: &Callback<'_>,
    ) -> Result<Option<Report>, CallbackError> {
        let at = self.position(provider).ok_or(CallbackError::UnknownProvider)?;
        self.ways[at].sender.read_report(provider, callback)
    }

    fn learn(&self, report: &Report) {
        let Some(at) = self.position(report.provider) else { return };
        let now = self.clock.now();
        let mut circuits = self.lock();
        let circuit = &mut circuits[at];
        match report.delivery {
            Delivery::Delivered => circuit.arrived(),
            Delivery::Undelivered(Blame::Way) => circuit.lost(now),
            Delivery::Queued | Delivery::Sent | Delivery::Undelivered(Blame::Phone) => {}
        }
    }
}
