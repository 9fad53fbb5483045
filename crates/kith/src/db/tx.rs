//! The unit of work: one named transaction with one frozen time, an outbox and a job list.
//!
//! [`Tx`] is a handle passed by value. Begin and commit are plain statements on the one connection that it
//! owns, and a connection not known to be idle is dropped, never pooled again. Nothing that leaves the
//! database (network, files) belongs inside; the ports are not reachable from here.

use std::sync::{
    Arc, Mutex, MutexGuard, OnceLock, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use deadpool_postgres::Object;
use kith_sql_generated::queries::db::take_turns;
use kith_types::{
    id::IdSource,
    time::{Clock, Timestamp},
};

use super::{Database, is_retryable};
use crate::{
    jobs::{self, NewJob},
    problem::Problem,
    realtime::outbox::{self, NewEvent},
};

/// How often a transaction is tried after serialisation failures and deadlocks.
const MAX_ATTEMPTS: usize = 4;

/// A running transaction; see the module.
#[derive(Clone)]
pub struct Tx {
    inner: Arc<Inner>,
}

struct Inner {
    /// Taken out only when dropped.
    connection: Option<Object>,
    clock: Arc<dyn Clock>,
    now: OnceLock<Timestamp>,
    ids: IdSource,
    events: Mutex<Vec<NewEvent>>,
    jobs: Mutex<Vec<NewJob>>,
    idle: AtomicBool,
}

impl Tx {
    /// The connection inside the transaction, for the store functions.
    pub fn db(&self) -> &Object {
        #[expect(clippy::expect_used, reason = "the connection is taken out only by drop")]
        self.inner.connection.as_ref().expect("a transaction owns its connection")
    }

    /// The one time of everything in this transaction, read when it is first asked for: a transaction that
    /// has waited for a row until then is later than the one that it waited for.
    pub fn now(&self) -> Timestamp {
        *self.inner.now.get_or_init(|| self.inner.clock.now())
    }

    /// Makes identifiers of this transaction's time.
    pub fn ids(&self) -> &IdSource {
        &self.inner.ids
    }

    /// Waits for other transactions that are about the same subject, and makes later ones wait for this one.
    pub async fn take_turns(&self, subject: &str) -> Result<(), Problem> {
        take_turns().bind(self.db(), &subject).one().await?;
        Ok(())
    }

    /// Records that something happened; written to the outbox when the transaction commits.
    pub fn emit(&self, event: NewEvent) {
        lock(&self.inner.events).push(event);
    }

    /// Asks for work after the commit; the job exists exactly if the transaction does.
    pub fn enqueue(&self, job: NewJob) {
        lock(&self.inner.jobs).push(job);
    }

    async fn begin(db: &Database, clock: Arc<dyn Clock>, ids: IdSource) -> Result<Self, Problem> {
        let connection = db.pooled().await?;
        let inner = Inner {
            connection: Some(connection),
            clock,
            now: OnceLock::new(),
            ids,
            events: Mutex::default(),
            jobs: Mutex::default(),
            idle: AtomicBool::new(false),
        };
        let tx = Self { inner: Arc::new(inner) };
        tx.db().batch_execute("begin").await?;
        Ok(tx)
    }

    /// Writes outbox and jobs and commits. Answers whether there were events.
    async fn commit(&self) -> Result<bool, Problem> {
        let events = std::mem::take(&mut *lock(&self.inner.events));
        let jobs = std::mem::take(&mut *lock(&self.inner.jobs));
        outbox::write(self.db(), &self.inner.ids, self.now(), &events).await?;
        jobs::write(self.db(), &jobs).await?;
        // A commit after a swallowed error would silently roll back: the empty select fails then.
        self.db().batch_execute("select; commit").await?;
        self.inner.idle.store(true, Ordering::Release);
        Ok(!events.is_empty())
    }

    async fn roll_back(&self) {
        if self.db().batch_execute("rollback").await.is_ok() {
            self.inner.idle.store(true, Ordering::Release);
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if !self.idle.load(Ordering::Acquire)
            && let Some(connection) = self.connection.take()
        {
            drop(Object::take(connection));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a committed transaction leaves behind.
pub struct Committed<T> {
    /// What the work returned.
    pub value: T,
    /// Whether the sequencer has something to do.
    pub has_events: bool,
}

/// Runs `work` in a transaction called `name`, again after a serialisation failure or a deadlock. `work`
/// must have no effect outside of the [`Tx`].
pub async fn run<T, F, Fut>(
    db: &Database,
    clock: &Arc<dyn Clock>,
    ids: &IdSource,
    name: &'static str,
    work: F,
) -> Result<Committed<T>, Problem>
where
    F: Fn(Tx) -> Fut,
    Fut: Future<Output = Result<T, Problem>>,
{
    let mut attempt = 1;
    loop {
        let tx = Tx::begin(db, Arc::clone(clock), ids.clone()).await?;
        let outcome = match work(tx.clone()).await {
            Ok(value) => tx.commit().await.map(|has_events| Committed { value, has_events }),
            Err(problem) => {
                tx.roll_back().await;
                Err(problem)
            }
        };
        let result = match &outcome {
            Ok(_) => "committed",
            Err(problem) if is_retryable(problem) && attempt < MAX_ATTEMPTS => "retried",
            Err(_) => "rolled-back",
        };
        count(name, result);
        if result != "retried" {
            return outcome;
        }
        attempt += 1;
    }
}

/// Counts how a transaction ended; for statements that are one by themselves.
pub fn count(name: &'static str, result: &'static str) {
    metrics::counter!("kith_transactions_total", "name" => name, "result" => result).increment(1);
}
