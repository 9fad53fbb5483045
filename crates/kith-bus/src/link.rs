//! The connection to Redis: made again whenever it is lost, never waited for.
//!
//! Owns one RESP3 connection for commands, hints and subscriptions, its supervision and its time
//! limits. While Redis does not answer, every command fails at once; nothing here is kept in Redis
//! that Kith could not lose.

use std::collections::HashSet;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, IntoConnectionInfo, ProtocolVersion, PushInfo, PushKind,
    RedisResult,
};
use redis::{ErrorKind, RedisError, ServerErrorKind, Value};
use secrecy::ExposeSecret;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};

use crate::topics::{Hint, Topics};
use crate::{BusStatus, InvalidRedisUrl, RedisSettings};

/// What the supervisor grants a new connection or a sign of life.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it asks for a sign of life; a machine that vanished is noticed within this and `PATIENCE`.
const PULSE: Duration = Duration::from_secs(1);
/// Pause before the first and the later attempts to connect.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));
/// A connection that lasted longer was sound, and is made again without delay.
const STABLE: Duration = Duration::from_secs(5);
/// Hints that wait to be sent; more are dropped, which readers notice by their cursors.
const OUTGOING: usize = 4096;
/// Hints that are sent with one write.
const BATCH: usize = 64;

/// A handle to the connection, in whatever state it is.
pub(crate) struct Link {
    client: Client,
    topics: Arc<Topics>,
    state: watch::Sender<State>,
    /// A command got no answer in time: the supervisor looks whether the connection lives.
    suspicion: Notify,
    /// The server has become a replica: the supervisor connects again, by then perhaps to the new primary.
    demotion: Notify,
    outgoing: mpsc::Sender<(String, Bytes)>,
    command_timeout: Duration,
    /// Pub/sub ignores the database number, so the channels carry it.
    channel_prefix: String,
    /// Begins every hint, so that a process does not hear its own ones twice.
    origin: [u8; 8],
}

struct State {
    /// Only while commands can be expected to succeed.
    connection: Option<MultiplexedConnection>,
    status: BusStatus,
}

impl Link {
    /// Starts to connect, in tasks that end with `tasks`.
    pub(crate) fn start(
        settings: &RedisSettings,
        origin: [u8; 8],
        topics: Arc<Topics>,
        tasks: &mut JoinSet<()>,
    ) -> Result<Arc<Self>, InvalidRedisUrl> {
        let info =
            settings.url.expose_secret().into_connection_info().map_err(|_| InvalidRedisUrl)?;
        let session = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
        let channel_prefix = format!("kith:{}:topic:", session.db());
        let client = Client::open(info.set_redis_settings(session)).map_err(|_| InvalidRedisUrl)?;
        let (outgoing, queue) = mpsc::channel(OUTGOING);
        let status = BusStatus::Disconnected { reason: "not connected yet".to_owned() };
        let link = Arc::new(Self {
            client,
            topics,
            state: watch::Sender::new(State { connection: None, status }),
            suspicion: Notify::new(),
            demotion: Notify::new(),
            outgoing,
            command_timeout: settings.command_timeout,
            channel_prefix,
            origin,
        });
        tasks.spawn(Arc::clone(&link).supervise());
        tasks.spawn(Arc::clone(&link).send_hints(queue));
        Ok(link)
    }

    pub(crate) fn status(&self) -> BusStatus {
        self.state.borrow().status.clone()
    }

    pub(crate) async fn connected(&self) {
        // Fails only without a sender, which is this link.
        let _ = self.state.subscribe().wait_for(|state| state.connection.is_some()).await;
    }

    /// Queues a hint for the other processes.
    pub(crate) fn publish(&self, topic: &str, hint: &[u8]) {
        let channel = format!("{}{topic}", self.channel_prefix);
        let _ = self.outgoing.try_send((channel, [&self.origin, hint].concat().into()));
    }

    /// Runs a command if Redis is there; `None` if it did not succeed within its time.
    pub(crate) async fn run<T, F>(
        &self,
        command: impl FnOnce(MultiplexedConnection) -> F,
    ) -> Option<T>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let connection = self.state.borrow().connection.clone()?;
        match timeout(self.command_timeout, command(connection)).await {
            Ok(Ok(answer)) => Some(answer),
            Ok(Err(error)) => {
                self.judge(&error);
                None
            }
            Err(_) => {
                self.suspect("no answer in time".to_owned());
                None
            }
        }
    }

    /// Acts on an error that says something about the server rather than about the one command.
    fn judge(&self, error: &RedisError) {
        if error.kind() == ErrorKind::Server(ServerErrorKind::ReadOnly) {
            self.set_down(error.to_string());
            self.demotion.notify_one();
        } else if error.is_io_error()
            || error.is_unrecoverable_error()
            || error.kind() == ErrorKind::Server(ServerErrorKind::BusyLoading)
        {
            self.suspect(error.to_string());
        }
    }

    /// Spares the next callers the wait until the supervisor has looked.
    fn suspect(&self, reason: String) {
        self.set_down(reason);
        self.suspicion.notify_one();
    }

    fn set_down(&self, reason: String) {
        self.state
            .send_replace(State { connection: None, status: BusStatus::Disconnected { reason } });
    }

    fn set_up(&self, connection: MultiplexedConnection) {
        self.state
            .send_replace(State { connection: Some(connection), status: BusStatus::Connected });
    }

    async fn supervise(self: Arc<Self>) {
        let mut pause = PAUSES.0;
        loop {
            let (lost, began) = (Arc::new(Notify::new()), Instant::now());
            let error = match self.connect(&lost).await {
                Ok(connection) => self.serve(connection, &lost).await,
                Err(error) => error,
            };
            self.set_down(error.to_string());
            sleep(pause).await;
            pause = if began.elapsed() > STABLE { PAUSES.0 } else { (pause * 2).min(PAUSES.1) };
        }
    }

    async fn connect(self: &Arc<Self>, lost: &Arc<Notify>) -> RedisResult<MultiplexedConnection> {
        let (topics, prefix, origin) =
            (Arc::clone(&self.topics), self.channel_prefix.clone(), self.origin);
        let lost = Arc::clone(lost);
        let on_push = move |push: PushInfo| {
            match push.kind {
                PushKind::Disconnection => lost.notify_one(),
                PushKind::Message => deliver(&topics, &prefix, origin, &push.data),
                _ => {}
            }
            Ok::<(), redis::aio::SendError>(())
        };
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_push_sender(on_push);
        self.client.get_multiplexed_async_connection_with_config(&config).await
    }

    /// Keeps a connection in use until it fails, and returns why it did.
    async fn serve(&self, mut connection: MultiplexedConnection, lost: &Notify) -> RedisError {
        let mut subscribed = HashSet::new();
        let mut pulse = interval(PULSE);
        pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let step = tokio::select! {
                () = lost.notified() => return RedisError::from((ErrorKind::Io, "the connection was closed")),
                () = self.demotion.notified() => return RedisError::from((ErrorKind::Io, "redis has become a replica")),
                () = self.topics.changed.notified() => self.subscribe(&mut connection, &mut subscribed).await,
                () = self.suspicion.notified() => ping(&mut connection).await,
                // The first tick is at once: the topics of the time before are subscribed, and the
                // connection goes into use.
                _ = pulse.tick() => match self.subscribe(&mut connection, &mut subscribed).await {
                    Ok(()) => ping(&mut connection).await,
                    failed => failed,
                },
            };
            match step {
                Ok(()) if self.state.borrow().connection.is_some() => {}
                Ok(()) => self.set_up(connection.clone()),
                Err(error) => return error,
            }
        }
    }

    /// Makes the subscriptions of this connection those that somebody reads.
    async fn subscribe(
        &self,
        connection: &mut MultiplexedConnection,
        subscribed: &mut HashSet<String>,
    ) -> RedisResult<()> {
        let wanted: HashSet<String> = self.topics.names().into_iter().collect();
        let channels = |topics: Vec<&String>| {
            topics.iter().map(|topic| format!("{}{topic}", self.channel_prefix)).collect::<Vec<_>>()
        };
        let gone = channels(subscribed.difference(&wanted).collect());
        if !gone.is_empty() {
            connection.unsubscribe(gone).await?;
        }
        let new: Vec<&String> = wanted.difference(subscribed).collect();
        if !new.is_empty() {
            connection.subscribe(channels(new.clone())).await?;
        }
        for topic in new {
            self.topics.deliver(topic, Hint::CatchUp);
        }
        *subscribed = wanted;
        Ok(())
    }

    async fn send_hints(self: Arc<Self>, mut queue: mpsc::Receiver<(String, Bytes)>) {
        let mut batch = Vec::with_capacity(BATCH);
        while queue.recv_many(&mut batch, BATCH).await > 0 {
            let mut pipeline = redis::pipe();
            for (channel, hint) in batch.drain(..) {
                pipeline.publish(channel, hint.as_ref()).ignore();
            }
            // Lost while Redis is away: the readers catch up when they are connected again.
            self.run(async |mut connection| pipeline.exec_async(&mut connection).await).await;
        }
    }
}

/// A sign of life; a server that still loads its data gives none.
async fn ping(connection: &mut MultiplexedConnection) -> RedisResult<()> {
    redis::cmd("PING").exec_async(connection).await
}

/// Hands a hint of another process to the readers here.
fn deliver(topics: &Topics, prefix: &str, origin: [u8; 8], push: &[Value]) {
    let [Value::BulkString(channel), Value::BulkString(body)] = push else { return };
    let topic = std::str::from_utf8(channel).ok().and_then(|channel| channel.strip_prefix(prefix));
    let (Some(topic), Some((sender, hint))) = (topic, body.split_first_chunk::<8>()) else {
        return;
    };
    if *sender != origin {
        topics.deliver(topic, Hint::Message(Bytes::copy_from_slice(hint)));
    }
}
