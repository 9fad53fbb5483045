//! The port for what processes share and may lose: hints, budgets, a cache; in Redis or in process.
//!
//! Owns the time limits and the recovery: a Redis that is slow, stopped, emptied or started again
//! costs no request more than a moment, and nobody has to do anything. Must never hold the only copy of
//! anything: the truth is in PostgreSQL. Keys and hints are not personal data; numbers of people
//! come as keyed hashes.

mod buckets;
mod cache;
mod gcra;
mod limit;
mod link;
mod topics;

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use bytes::Bytes;
use kith_types::random::Random;
use kith_types::time::Clock;
use redis::Script;
use secrecy::SecretString;
use tokio::task::JoinSet;
use tokio::time::timeout;

use buckets::Buckets;
use cache::LocalCache;
use gcra::Rule;
pub use limit::{Decision, Limit, OnUnavailable, Scope, Wanted};
use link::Link;
use topics::Topics;
pub use topics::{Hint, Subscription};

static TAKE: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("gcra.lua")));

/// The bus; a cheap handle to clone. Its tasks end with the last handle.
#[derive(Clone)]
pub struct Bus(Arc<Inner>);

struct Inner {
    clock: Arc<dyn Clock>,
    buckets: Buckets,
    cache: LocalCache,
    topics: Arc<Topics>,
    redis: Option<Arc<Link>>,
    _tasks: JoinSet<()>,
}

/// How to reach Redis.
#[derive(Debug, Clone)]
pub struct RedisSettings {
    /// `redis://[user:password@]host[:port][/database]`, `rediss://…` with TLS, or
    /// `redis+unix:///path`. Redis 6 or newer.
    pub url: SecretString,
    /// Longest wait for one answer, [`RedisSettings::COMMAND_TIMEOUT`] unless something else is known.
    pub command_timeout: Duration,
}

/// The address of Redis cannot be read. It may hold a password, so it is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the redis address must look like redis://host:6379/0, rediss://host:6379/0 or redis+unix:///path"
)]
pub struct InvalidRedisUrl;

/// What readiness and the doctor tell about the bus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BusStatus {
    /// There is no Redis: one process has it all in memory.
    InProcess,
    /// Redis answers.
    Connected,
    /// Redis does not answer; it is tried again and again.
    Disconnected {
        /// What the last attempt led to.
        reason: String,
    },
}

impl RedisSettings {
    /// A quarter of a second is long for an answer of Redis and short for a person.
    pub const COMMAND_TIMEOUT: Duration = Duration::from_millis(250);

    /// The address with the usual time limit.
    pub fn new(url: SecretString) -> Self {
        Self { url, command_timeout: Self::COMMAND_TIMEOUT }
    }
}

impl Bus {
    /// A bus for one process.
    pub fn in_process(clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner {
            clock,
            buckets: Buckets::new(),
            cache: LocalCache::new(),
            topics: Arc::default(),
            redis: None,
            _tasks: JoinSet::new(),
        }))
    }

    /// A bus through Redis, which is connected in the background, now or later. Needs a running
    /// tokio runtime. `random` makes the name of this process among the senders of hints.
    pub fn redis(
        settings: &RedisSettings,
        clock: Arc<dyn Clock>,
        random: &dyn Random,
    ) -> Result<Self, InvalidRedisUrl> {
        let topics = Arc::<Topics>::default();
        let mut tasks = JoinSet::new();
        let link = Link::start(settings, random.bytes(), Arc::clone(&topics), &mut tasks)?;
        Ok(Self(Arc::new(Inner {
            clock,
            buckets: Buckets::new(),
            cache: LocalCache::new(),
            topics,
            redis: Some(link),
            _tasks: tasks,
        })))
    }

    /// Whether Redis answers, for readiness and the doctor.
    pub fn status(&self) -> BusStatus {
        self.0.redis.as_ref().map_or(BusStatus::InProcess, |link| link.status())
    }

    /// Waits for Redis to answer, and tells whether it did in time. In process it is always there.
    pub async fn connected_within(&self, limit: Duration) -> bool {
        match &self.0.redis {
            Some(link) => timeout(limit, link.connected()).await.is_ok(),
            None => true,
        }
    }

    /// Sends a hint to all subscribers of a topic, here and in other processes. Never waits. A hint
    /// is small (an id, a number) and may be lost: readers learn the rest from the database.
    pub fn publish(&self, topic: &str, hint: &[u8]) {
        if let Some(link) = &self.0.redis {
            link.publish(topic, hint);
        }
        self.0.topics.deliver(topic, Hint::Message(Bytes::copy_from_slice(hint)));
    }

    /// Listens to a topic from now on, through every loss of Redis.
    pub fn subscribe(&self, topic: &str) -> Subscription {
        self.0.topics.subscribe(topic)
    }

    /// Takes one unit of a budget.
    pub async fn check(&self, limit: &Limit, key: &str) -> Decision {
        self.take(limit, key, Wanted::All(1)).await
    }

    /// Takes units of a budget: what the process itself refuses is answered without a message to Redis.
    pub async fn take(&self, limit: &Limit, key: &str, wanted: Wanted) -> Decision {
        let (now, buckets) = (self.0.clock.now().unix_microseconds(), &self.0.buckets);
        let (Some(link), Scope::Shared(on_unavailable)) = (&self.0.redis, limit.scope) else {
            return buckets.take(limit, key, now, wanted);
        };
        let own = buckets.peek(limit, key, now, wanted);
        if own.granted == 0 && !own.is_allowed() {
            return own;
        }
        match take_shared(link, limit, key, wanted.at_most(own.granted)).await {
            Some(mut answer) => {
                buckets.learn(limit, key, now, &answer);
                if answer.granted < wanted.units() {
                    answer.retry_after = answer.retry_after.or(own.retry_after);
                }
                answer
            }
            None if on_unavailable == OnUnavailable::FailOpen => {
                buckets.take(limit, key, now, wanted)
            }
            None => Decision::closed(limit, Duration::from_secs(1)),
        }
    }

    /// Reads from the cache; what is not there may never have been, or is lost.
    pub async fn cache_get(&self, key: &str) -> Option<Bytes> {
        let Some(link) = &self.0.redis else { return self.0.cache.get(key, self.0.clock.now()) };
        let command = redis::Cmd::get(cache_key(key));
        link.run(async |mut connection| command.query_async::<Option<Bytes>>(&mut connection).await)
            .await
            .flatten()
    }

    /// Puts something into the cache for at most `life`.
    pub async fn cache_set(&self, key: &str, bytes: Bytes, life: Duration) {
        let Some(link) = &self.0.redis else {
            return self.0.cache.set(key, bytes, self.0.clock.now(), life);
        };
        let life = u64::try_from(life.as_millis()).unwrap_or(u64::MAX).max(1);
        let command = redis::Cmd::pset_ex(cache_key(key), bytes.as_ref(), life);
        link.run(async |mut connection| command.exec_async(&mut connection).await).await;
    }

    /// Takes something out of the cache. If Redis cannot be asked it stays until its end: nothing
    /// may depend on it being gone.
    pub async fn cache_delete(&self, key: &str) {
        let Some(link) = &self.0.redis else { return self.0.cache.delete(key) };
        let command = redis::Cmd::del(cache_key(key));
        link.run(async |mut connection| command.exec_async(&mut connection).await).await;
    }
}

fn cache_key(key: &str) -> String {
    format!("kith:cache:{key}")
}

/// Asks Redis, which counts for all processes by its own clock.
async fn take_shared(link: &Link, limit: &Limit, key: &str, wanted: Wanted) -> Option<Decision> {
    let rule = Rule::new(limit);
    let mut call = TAKE.prepare_invoke();
    call.key(format!("kith:limit:{}:{key}", limit.name))
        .arg(rule.interval)
        .arg(rule.burst)
        .arg(wanted.units());
    call.arg(if matches!(wanted, Wanted::All(_)) { "all" } else { "part" });
    let answer = link
        .run(async |mut connection| {
            call.invoke_async::<(u32, u32, i64, i64)>(&mut connection).await
        })
        .await;
    let (granted, remaining, wait, reset) = answer?;
    Some(Decision {
        limit: limit.burst,
        granted,
        remaining,
        retry_after: (granted < wanted.units()).then(|| gcra::micros(wait)),
        reset_after: gcra::micros(reset),
    })
}
