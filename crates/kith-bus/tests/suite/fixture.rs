//! A bus of either kind, seen from two processes.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::{FutureExt, StreamExt};
use kith_bus::{Bus, Hint, RedisSettings, Subscription};
use kith_types::random::SystemRandom;
use kith_types::time::{Clock, ManualClock, SystemClock, Timestamp};
use tokio::time::timeout;

use crate::redis_server::RedisServer;

/// Longest wait for what a real process does, on a busy machine.
pub const DEADLINE: Duration = Duration::from_secs(20);

pub struct Fixture {
    /// The bus of this process.
    pub here: Bus,
    /// The bus of another process; the same one where there is only one process.
    pub there: Bus,
    pub server: Option<RedisServer>,
    clock: Option<Arc<ManualClock>>,
}

impl Fixture {
    pub fn in_process() -> Self {
        let clock = Arc::new(ManualClock::new(Timestamp::from_unix_seconds(1_800_000_000)));
        let here = Bus::in_process(Arc::clone(&clock) as Arc<dyn Clock>);
        Self { there: here.clone(), here, server: None, clock: Some(clock) }
    }

    pub async fn redis() -> Self {
        let server = RedisServer::start();
        let (here, there) = (redis_bus(&server, DEADLINE), redis_bus(&server, DEADLINE));
        assert!(here.connected_within(DEADLINE).await && there.connected_within(DEADLINE).await);
        Self { here, there, server: Some(server), clock: None }
    }

    /// Waits until a condition holds that only the passing of `time` can bring about.
    pub async fn after<F: Future<Output = bool>>(&self, time: Duration, condition: impl Fn() -> F) {
        if let Some(clock) = &self.clock {
            clock.advance(time);
            assert!(condition().await);
        } else {
            until(condition).await;
        }
    }
}

pub fn redis_bus(server: &RedisServer, command_timeout: Duration) -> Bus {
    let settings = RedisSettings { url: server.url().into(), command_timeout };
    Bus::redis(&settings, Arc::new(SystemClock), &SystemRandom).unwrap()
}

/// Asks again and again: only for what happens in another process.
pub async fn until<F: Future<Output = bool>>(condition: impl Fn() -> F) {
    let deadline = Instant::now() + DEADLINE;
    while !condition().await {
        assert!(Instant::now() < deadline, "it did not happen in time");
        tokio::task::yield_now().await;
    }
}

pub async fn next(hints: &mut Subscription) -> Hint {
    timeout(DEADLINE, hints.next()).await.expect("a hint in time").expect("the bus is there")
}

/// The next message, whatever there was to catch up.
pub async fn next_message(hints: &mut Subscription) -> Vec<u8> {
    loop {
        if let Hint::Message(bytes) = next(hints).await {
            return bytes.to_vec();
        }
    }
}

/// Whether a subscription has nothing to say now.
pub fn is_quiet(hints: &mut Subscription) -> bool {
    hints.next().now_or_never().is_none()
}

/// Makes sure that a subscription is in force in Redis: publishes until it hears.
pub async fn hears(hints: &mut Subscription, from: &Bus, topic: &str) {
    let deadline = Instant::now() + DEADLINE;
    loop {
        from.publish(topic, b"probe");
        let heard = timeout(Duration::from_millis(20), hints.next()).await;
        if matches!(heard, Ok(Some(Hint::Message(_)))) {
            break;
        }
        assert!(Instant::now() < deadline, "nothing was heard in time");
    }
    // Probes that are still under way are over when a hint sent after them arrives.
    from.publish(topic, b"last probe");
    while next_message(hints).await != b"last probe" {}
}
