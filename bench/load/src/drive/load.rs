//! Two kinds of load. Closed: so many connections, each asking as soon as it was answered; it says what a request
//! costs. Open: requests come when they come, whether or not the server keeps up; it says how long people wait.

use std::{cell::Cell, time::Duration};

use futures_util::future::try_join_all;
use tokio::time::{Instant, sleep_until};

use super::{
    connection::Connection,
    operation::{Operation, Target, get},
};
use crate::random::Draws;

/// How requests come.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// As fast as they are answered.
    Closed,
    /// So many a second on average, independent of each other (a Poisson process).
    Open(f64),
}

/// What came of a phase.
#[derive(Default)]
pub struct Outcome {
    /// Of each operation, in microseconds.
    pub latencies: Vec<u32>,
    pub errors: u64,
    pub elapsed: Duration,
}

/// The connections, and where in the list of targets they are.
pub struct Load<'a> {
    connections: Vec<Connection>,
    targets: &'a [Target],
    next: Cell<usize>,
    operation: Operation,
}

impl<'a> Load<'a> {
    /// Everything that one run shares. It begins at the target `start`.
    pub fn new(
        address: &str,
        connections: usize,
        targets: &'a [Target],
        operation: Operation,
        start: usize,
    ) -> Self {
        let connections = (0..connections).map(|_| Connection::new(address)).collect();
        Self { connections, targets, next: Cell::new(start), operation }
    }

    /// Uses everybody's token once, as a server that runs for long has seen them before.
    pub async fn greet(&mut self) -> anyhow::Result<()> {
        let mut known = std::collections::HashSet::new();
        let people: Vec<&Target> =
            self.targets.iter().filter(|target| known.insert(target.user())).collect();
        let share = people.len().div_ceil(self.connections.len());
        try_join_all(self.connections.iter_mut().zip(people.chunks(share)).map(
            async |(connection, people)| -> anyhow::Result<()> {
                for target in people {
                    connection
                        .exchange(get(target, "/v1/notifications/unread-count").as_bytes())
                        .await?;
                }
                Ok(())
            },
        ))
        .await?;
        Ok(())
    }

    /// Loads the server for that long. What began in time is counted, however late it ends.
    pub async fn phase(
        &mut self,
        pace: Pace,
        length: Duration,
        seed: u64,
    ) -> anyhow::Result<Outcome> {
        let began = Instant::now();
        let schedule = Schedule::new(pace, began, began + length, seed);
        let (targets, next, operation) = (self.targets, &self.next, self.operation);
        let workers = self.connections.iter_mut().enumerate().map(async |(index, connection)| {
            let mut draws = Draws::new(seed ^ index as u64, "operations");
            let mut outcome = Outcome::default();
            while let Some(due) = schedule.turn().await {
                let target = &targets[next.replace(next.get() + 1) % targets.len()];
                let is_good = operation.drawn(&mut draws).run(connection, target).await?;
                outcome.latencies.push(due.elapsed().as_micros() as u32);
                outcome.errors += u64::from(!is_good);
            }
            anyhow::Ok(outcome)
        });
        let mut all = Outcome::default();
        for outcome in try_join_all(workers).await? {
            all.latencies.extend(outcome.latencies);
            all.errors += outcome.errors;
        }
        all.latencies.sort_unstable();
        all.elapsed = began.elapsed();
        Ok(all)
    }
}

/// When the requests of a phase are due.
struct Schedule {
    pace: Pace,
    next: Cell<Instant>,
    end: Instant,
    draws: std::cell::RefCell<Draws>,
}

impl Schedule {
    fn new(pace: Pace, begin: Instant, end: Instant, seed: u64) -> Self {
        Self { pace, next: Cell::new(begin), end, draws: Draws::new(seed, "arrivals").into() }
    }

    /// Waits for the turn of the next request and says since when it waits: since it was due if no connection was
    /// free then. So a slow server is charged with every request that it kept from being sent.
    async fn turn(&self) -> Option<Instant> {
        let due = self.due(Instant::now())?;
        if due > Instant::now() {
            sleep_until(due).await;
            return Some(Instant::now());
        }
        Some(due)
    }

    /// When the next request is due, none after the end.
    fn due(&self, now: Instant) -> Option<Instant> {
        let Pace::Open(rate) = self.pace else {
            return Some(now).filter(|now| *now < self.end);
        };
        let due = self.next.get();
        let gap = self.draws.borrow_mut().exponential(1.0 / rate);
        self.next.set(due + Duration::from_secs_f64(gap));
        Some(due).filter(|due| *due < self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    #[tokio::test]
    async fn a_late_request_waits_since_it_was_due() {
        let begin = Instant::now().checked_sub(MINUTE / 2).unwrap();
        let schedule = Schedule::new(Pace::Open(10.0), begin, begin + MINUTE, 1);
        assert_eq!(schedule.turn().await, Some(begin));
        let second = schedule.next.get();
        assert!(second < Instant::now());
        assert_eq!(schedule.turn().await, Some(second));
    }

    #[test]
    fn requests_come_at_the_rate_until_the_end() {
        let begin = Instant::now();
        let schedule = Schedule::new(Pace::Open(200.0), begin, begin + MINUTE, 1);
        let turns = std::iter::from_fn(|| schedule.due(begin)).count();
        assert!((11_500..12_500).contains(&turns), "{turns}");
    }

    #[test]
    fn a_closed_loop_is_always_due() {
        let begin = Instant::now();
        let schedule = Schedule::new(Pace::Closed, begin, begin + MINUTE, 1);
        let middle = begin + MINUTE / 2;
        assert_eq!(schedule.due(middle), Some(middle));
        assert_eq!(schedule.due(begin + MINUTE), None);
    }
}
