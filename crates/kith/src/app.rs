//! The application: everything that requests, jobs and sockets share, built once at start.
//!
//! Concrete types inside; trait objects only for what a test replaces (clock, randomness, text messages).

use std::{sync::Arc, time::Duration};

use aws_lc_rs::hmac;
use http::{HeaderMap, header};
use kith_bus::Bus;
use kith_messaging::{Inbox, MailSender, Mailbox, SmsSender};
use kith_storage::ObjectStorage;
use kith_types::{
    id::{IdSource, UserId},
    keys::Purpose,
    random::Random,
    time::{Clock, Timestamp},
    visibility::ActivityType,
};
use tokio::{
    sync::{Notify, Semaphore},
    task::JoinHandle,
};
use tokio_util::{
    sync::CancellationToken,
    task::{TaskTracker, task_tracker::TaskTrackerToken},
};
use uuid::Uuid;

use crate::{
    config::{Config, Environment},
    db::{Database, Tx, tx},
    features::{activity, identities::Providers, password::Hashing, uploads::views::Views},
    http::network::ClientNetwork,
    keys::Keys,
    media::Media,
    problem::Problem,
    realtime::Hub,
    start::Mailing,
    tokens::AccessTokens,
};

/// Longer than any answer takes to leave.
const AFTER_ANSWER: Duration = Duration::from_millis(100);

/// Shared state; cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").finish_non_exhaustive()
    }
}

/// What the application is built from.
pub struct Parts {
    /// Settings.
    pub config: Config,
    /// The primary database.
    pub db: Database,
    /// Notifications and activities.
    pub secondary: Database,
    /// Cache, limits, hints.
    pub bus: Bus,
    /// Photos.
    pub storage: ObjectStorage,
    /// Text messages.
    pub sms: Arc<dyn SmsSender>,
    /// What was sent, where nothing leaves the machine.
    pub inbox: Option<Inbox>,
    /// E-mail.
    pub mailing: Mailing,
    /// Keys.
    pub keys: Keys,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
}

struct Inner {
    parts: Parts,
    ids: IdSource,
    tokens: AccessTokens,
    image_key: hmac::Key,
    media: Media,
    cookie_names: CookieNames,
    public_origin: String,
    node_id: Uuid,
    outbox: Notify,
    code_places: Semaphore,
    hub: Hub,
    activities: activity::Queue,
    views: Views,
    passwords: Hashing,
    providers: Providers,
    tracker: TaskTracker,
    stop: CancellationToken,
}

/// Names of the web client's cookies.
#[derive(Clone, Debug)]
pub struct CookieNames {
    /// Access token.
    pub access: String,
    /// Refresh token.
    pub refresh: String,
    /// Who is on the way to another service and back.
    pub oidc: String,
    /// Whether they carry `Secure` and the `__Host-` prefix: always, but on plain http on a loopback address.
    pub secure: bool,
}

impl CookieNames {
    fn new(config: &Config) -> Self {
        let is_plain = config.public_url.as_ref().is_none_or(|url| url.scheme() == "http");
        let secure = !(config.environment() == Environment::Development && is_plain);
        let prefix = if secure { "__Host-" } else { "" };
        Self {
            access: format!("{prefix}kith_access"),
            refresh: format!("{prefix}kith_refresh"),
            oidc: format!("{prefix}kith_oidc"),
            secure,
        }
    }
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> anyhow::Result<Self> {
        let public_origin = parts.config.public_origin();
        let inner = Inner {
            ids: IdSource::new(Arc::clone(&parts.clock), Arc::clone(&parts.random)),
            tokens: AccessTokens::new(
                parts.keys.all(Purpose::AccessToken),
                public_origin.clone(),
                parts.config.auth.access_seconds,
            )?,
            image_key: hmac::Key::new(
                hmac::HMAC_SHA256,
                parts.keys.newest(Purpose::ImageUrl).expose(),
            ),
            media: Media::new(&parts.config.media)?,
            cookie_names: CookieNames::new(&parts.config),
            public_origin,
            node_id: Uuid::from_bytes(parts.random.as_ref().bytes()),
            outbox: Notify::new(),
            code_places: Semaphore::new((parts.config.database.pool_size / 2).max(1)),
            hub: Hub::default(),
            activities: activity::Queue::default(),
            views: Views::default(),
            passwords: Hashing::default(),
            providers: Providers::new(&parts.config)?,
            tracker: TaskTracker::new(),
            stop: CancellationToken::new(),
            parts,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Runs `work` in one named transaction; see [`crate::db::tx`]. `work` may run again, so it must have no
    /// effect outside of the [`Tx`].
    pub async fn tx<T, F, Fut>(&self, name: &'static str, work: F) -> Result<T, Problem>
    where
        F: Fn(Tx) -> Fut,
        Fut: Future<Output = Result<T, Problem>>,
    {
        let committed = tx::run(self.db(), self.clock(), self.ids(), name, work).await?;
        if committed.has_events {
            self.wake_sequencer();
        }
        Ok(committed.value)
    }

    /// Says that events were committed.
    pub fn wake_sequencer(&self) {
        self.inner.outbox.notify_one();
        self.bus().publish(crate::realtime::OUTBOX_TOPIC, b"");
    }

    /// Resolves when this process committed events.
    pub async fn outbox_changed(&self) {
        self.inner.outbox.notified().await;
    }

    /// Starts a task that shutdown waits for.
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.inner.tracker.spawn(future)
    }

    /// Starts a task that shutdown waits for, when the answer of this request has long been sent: beside it, the
    /// task's own work could be told from how long the answer takes.
    pub fn spawn_after_answer<F>(&self, future: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.spawn(async move {
            tokio::time::sleep(AFTER_ANSWER).await;
            future.await;
        });
    }

    /// Makes shutdown wait for something that is no task of [`App::spawn`], until it is dropped.
    pub fn running(&self) -> TaskTrackerToken {
        self.inner.tracker.token()
    }

    /// Resolves when shutdown began.
    pub fn stopping(&self) -> CancellationToken {
        self.inner.stop.clone()
    }

    /// Asks everything to end and waits for what runs, up to `patience`.
    pub async fn shut_down(&self, patience: Duration) {
        self.inner.stop.cancel();
        self.inner.tracker.close();
        if tokio::time::timeout(patience, self.inner.tracker.wait()).await.is_err() {
            tracing::warn!(tasks = self.inner.tracker.len(), "stopped before everything had ended");
        }
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.inner.parts.clock.now()
    }

    /// The clock.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.parts.clock
    }

    /// Makes identifiers.
    pub fn ids(&self) -> &IdSource {
        &self.inner.ids
    }

    /// Random bytes.
    pub fn random(&self) -> &dyn Random {
        self.inner.parts.random.as_ref()
    }

    /// Settings.
    pub fn config(&self) -> &Config {
        &self.inner.parts.config
    }

    /// The primary database.
    pub fn db(&self) -> &Database {
        &self.inner.parts.db
    }

    /// Notifications and activities.
    pub fn secondary(&self) -> &Database {
        &self.inner.parts.secondary
    }

    /// Cache, limits, hints.
    pub fn bus(&self) -> &Bus {
        &self.inner.parts.bus
    }

    /// Photos.
    pub fn storage(&self) -> &ObjectStorage {
        &self.inner.parts.storage
    }

    /// Sends text messages.
    pub fn sms(&self) -> &Arc<dyn SmsSender> {
        &self.inner.parts.sms
    }

    /// What was sent, in development.
    pub fn inbox(&self) -> Option<&Inbox> {
        self.inner.parts.inbox.as_ref()
    }

    /// How many codes may be asked for at a time: half of the connections stay for who is signed in.
    pub fn code_places(&self) -> &Semaphore {
        &self.inner.code_places
    }

    /// Sends e-mail; none where that is not set up.
    pub fn mail(&self) -> Option<&Arc<dyn MailSender>> {
        self.inner.parts.mailing.sender.as_ref()
    }

    /// The mails that were sent, in development.
    pub fn mailbox(&self) -> Option<&Mailbox> {
        self.inner.parts.mailing.mailbox.as_ref()
    }

    /// Services that people may sign in with.
    pub fn providers(&self) -> &Providers {
        &self.inner.providers
    }

    /// The sockets of this process.
    pub fn hub(&self) -> &Hub {
        &self.inner.hub
    }

    /// Activities that wait to be written.
    pub fn activities(&self) -> &activity::Queue {
        &self.inner.activities
    }

    /// Views of images that wait to be written.
    pub fn views(&self) -> &Views {
        &self.inner.views
    }

    /// Hashes passwords, a few at a time.
    pub fn passwords(&self) -> &Hashing {
        &self.inner.passwords
    }

    /// Notes that a person is looking around; called at most every few minutes for each.
    pub fn note_browsing(&self, user: UserId, network: Option<ClientNetwork>) {
        let metadata = serde_json::Value::Object(serde_json::Map::new());
        activity::record(self, user, ActivityType::Browse, network, metadata);
    }

    /// Keys.
    pub fn keys(&self) -> &Keys {
        &self.inner.parts.keys
    }

    /// Access tokens.
    pub fn tokens(&self) -> &AccessTokens {
        &self.inner.tokens
    }

    /// Key of viewer-bound image addresses.
    pub fn image_key(&self) -> &hmac::Key {
        &self.inner.image_key
    }

    /// Makes renditions.
    pub fn media(&self) -> &Media {
        &self.inner.media
    }

    /// Names of the web client's cookies.
    pub fn cookie_names(&self) -> &CookieNames {
        &self.inner.cookie_names
    }

    /// This process, for leases.
    pub fn node_id(&self) -> &Uuid {
        &self.inner.node_id
    }

    /// The address that people use, without a trailing slash.
    pub fn public_origin(&self) -> &str {
        &self.inner.public_origin
    }

    /// The host of that address, without a port.
    pub fn public_host(&self) -> &str {
        let authority = self.public_origin().split("://").nth(1).unwrap_or_default();
        // An address of IPv6 has colons within its brackets.
        let end = authority.rfind(']').map_or_else(|| authority.find(':'), |end| Some(end + 1));
        &authority[..end.unwrap_or(authority.len())]
    }

    /// Whether development conveniences are on.
    pub fn is_development(&self) -> bool {
        self.config().environment() == Environment::Development
    }

    /// Whether a browser's `Origin` is this server's. In development any loopback name of it counts.
    pub fn is_own_origin(&self, origin: &str, headers: &HeaderMap) -> bool {
        if origin == self.public_origin() {
            return true;
        }
        let host =
            headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        self.is_development()
            && is_loopback_host(host)
            && origin.strip_prefix("http://") == Some(host)
    }
}

/// Whether a `Host` value names this machine.
pub fn is_loopback_host(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    name == "localhost" || name == "127.0.0.1" || name == "[::1]"
}
