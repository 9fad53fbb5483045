//! The sockets of this process, and the task that follows the event log for all of them. It must never
//! deliver an event without asking who may know of it now, and never hold its lock while it waits.
//!
//! A batch of events is planned, asked about and handed out. Its end becomes [`Hub::position`] when it is
//! planned: whoever begins to listen later starts behind it, whoever listened before is planned for.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::StreamExt as _;
use kith_realtime::{Delivery, Event, EventText};
use kith_sql_generated::queries::events::ended_sessions;
use kith_types::{
    cursor::EventSequence,
    id::{PostId, SessionId, UserId},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    SEQUENCED_TOPIC, catch_up,
    delivery::{self, Audience, Question},
    log::{self, Batch, LoggedEvent},
    outbox::EventKind,
    socket::Socket,
};
use crate::{app::App, http::problem::Problem};

/// How many events are planned together.
const BATCH: i64 = 200;
/// How many sessions one statement looks at.
const CHECKED_TOGETHER: usize = 5_000;
/// A session that ended is noticed this soon, even if its event does not arrive.
const CHECK_EVERY: Duration = Duration::from_secs(1);
/// After so many sockets, others get their turn on this thread.
const HANDED_OUT_TOGETHER: usize = 128;

/// The sockets of this process.
#[derive(Default)]
pub struct Hub {
    registry: Mutex<Registry>,
}

#[derive(Default)]
struct Registry {
    position: Option<EventSequence>,
    accounts: HashMap<UserId, Vec<Arc<Socket>>>,
    /// Sockets that follow a post.
    posts: HashMap<PostId, Vec<Arc<Socket>>>,
}

impl Hub {
    fn registry(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The newest event that was handed out or is being handed out; none before the hub runs.
    pub fn position(&self) -> Option<EventSequence> {
        self.registry().position
    }

    /// How many sockets there are.
    pub fn sockets(&self) -> usize {
        self.registry().accounts.values().map(Vec::len).sum()
    }

    /// Begins to deliver to a socket.
    pub fn register(&self, socket: &Arc<Socket>) {
        self.registry().accounts.entry(socket.user).or_default().push(Arc::clone(socket));
        metrics::gauge!("kith_sockets").increment(1);
    }

    /// Ends deliveries to a socket.
    pub fn unregister(&self, socket: &Arc<Socket>) {
        let mut registry = self.registry();
        registry.follow(socket, Vec::new());
        remove(&mut registry.accounts, &socket.user, socket);
        metrics::gauge!("kith_sockets").decrement(1);
    }

    /// Takes note of the posts that a socket follows now.
    pub fn follow(&self, socket: &Arc<Socket>) {
        let mut registry = self.registry();
        let posts = socket.posts();
        registry.follow(socket, posts);
    }

    fn of_account(&self, user: UserId) -> Vec<Arc<Socket>> {
        self.registry().accounts.get(&user).cloned().unwrap_or_default()
    }

    fn all(&self) -> Vec<Arc<Socket>> {
        self.registry().accounts.values().flatten().cloned().collect()
    }
}

impl Registry {
    fn follow(&mut self, socket: &Arc<Socket>, posts: Vec<PostId>) {
        let before = socket.replace_followed(posts.clone());
        for post in before.iter().filter(|post| !posts.contains(post)) {
            remove(&mut self.posts, post, socket);
        }
        for post in posts.into_iter().filter(|post| !before.contains(post)) {
            self.posts.entry(post).or_default().push(Arc::clone(socket));
        }
    }

    /// Whom to ask about for each event, of the people who are here.
    fn plan<'a>(&mut self, batch: &'a Batch) -> Vec<Question<'a>> {
        self.position = self.position.max(Some(batch.end));
        batch.events.iter().flat_map(|event| self.questions(event)).collect()
    }

    fn questions<'a>(&self, event: &'a LoggedEvent) -> Vec<Question<'a>> {
        let about = |candidate| Question { event, candidate: Some(candidate) };
        match delivery::audience(event) {
            Audience::Asked(user) if self.accounts.contains_key(&user) => vec![about(user)],
            Audience::Asked(_) | Audience::Recipient(_) => Vec::new(),
            Audience::Everybody if is_for_followers(event.kind) => {
                let followers = event.post.and_then(|post| self.posts.get(&post));
                let mut users: Vec<UserId> =
                    followers.into_iter().flatten().map(|socket| socket.user).collect();
                users.sort_unstable();
                users.dedup();
                users.into_iter().map(about).collect()
            }
            Audience::Everybody if self.accounts.is_empty() => Vec::new(),
            Audience::Everybody => vec![Question { event, candidate: None }],
        }
    }
}

/// Whether only those hear of it who follow the post: they are few, so that they are asked about by name.
fn is_for_followers(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::CommentCreated | EventKind::CommentUpdated | EventKind::CommentRemoved
    )
}

fn remove<K: std::hash::Hash + Eq>(
    map: &mut HashMap<K, Vec<Arc<Socket>>>,
    key: &K,
    socket: &Arc<Socket>,
) {
    if let Some(sockets) = map.get_mut(key) {
        sockets.retain(|other| !Arc::ptr_eq(other, socket));
        if sockets.is_empty() {
            map.remove(key);
        }
    }
}

/// Follows the log until `stop`, then says goodbye to every socket.
pub async fn run(app: App, stop: CancellationToken) {
    let fallback = Duration::from_millis(app.config().realtime.sequencer_fallback_ms);
    let mut hints = app.bus().subscribe(SEQUENCED_TOPIC);
    let mut delivered = None;
    while !stop.is_cancelled() {
        if let Err(problem) = turn(&app, &mut delivered).await {
            tracing::warn!(problem = problem.kind().slug(), "events could not be delivered");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            _ = hints.next() => {}
            () = tokio::time::sleep(fallback) => {}
        }
    }
    for socket in app.hub().all() {
        socket.shut_down();
    }
}

/// Delivers everything that has a number. `delivered` is where the last turn ended.
async fn turn(app: &App, delivered: &mut Option<EventSequence>) -> Result<(), Problem> {
    let mut place = if let Some(place) = *delivered {
        place
    } else {
        let head = log::head(app).await?;
        app.hub().registry().position = Some(head);
        head
    };
    *delivered = Some(place);
    while let Some(batch) = log::after(app, place, BATCH).await? {
        let questions = app.hub().registry().plan(&batch);
        let readers = delivery::readers(app, &questions).await?;
        for event in &batch.events {
            hand_out(app, event, readers.get(&event.sequence).map(Vec::as_slice)).await;
        }
        place = batch.end;
        *delivered = Some(place);
        if !batch.is_full {
            break;
        }
    }
    Ok(())
}

/// Gives one event to the sockets of its readers.
async fn hand_out(app: &App, event: &LoggedEvent, readers: Option<&[UserId]>) {
    if event.kind == EventKind::AccountNoted {
        // It is for the consumer that makes a notification of it.
        return;
    }
    let alone;
    let readers = match delivery::audience(event) {
        Audience::Recipient(user) => {
            alone = [user];
            &alone[..]
        }
        Audience::Asked(_) | Audience::Everybody => readers.unwrap_or_default(),
    };
    let public = event.public().map(|public| (public, event.text(public)));
    let mut count = 0;
    for user in readers {
        for socket in app.hub().of_account(*user) {
            match &public {
                Some((public, text)) => deliver(app, &socket, event, *public, text),
                None => socket.missed_posts(),
            }
            count += 1;
            if count % HANDED_OUT_TOGETHER == 0 {
                tokio::task::yield_now().await;
            }
        }
    }
    if let (EventKind::SessionRevoked, Some(session), Some(user)) =
        (event.kind, event.session, event.recipient)
    {
        end_session(app, user, session);
    }
}

fn deliver(app: &App, socket: &Socket, event: &LoggedEvent, public: Event, text: &EventText) {
    for channel in public.channels().filter(|channel| socket.follows(*channel)) {
        socket.deliver(Delivery {
            channel,
            sequence: event.sequence,
            cursor: catch_up::seal(app, socket.user, event.sequence),
            event: text.clone(),
        });
        metrics::counter!("kith_events_delivered_total").increment(1);
    }
}

fn end_session(app: &App, user: UserId, session: SessionId) {
    let sockets = app.hub().of_account(user);
    sockets.iter().filter(|socket| socket.session == session).for_each(|socket| socket.revoke());
}

/// Closes sockets whose session or account ended, all of this process by one statement a second.
pub async fn watch(app: App, stop: CancellationToken) {
    while stop.run_until_cancelled(tokio::time::sleep(CHECK_EVERY)).await.is_some() {
        if let Err(problem) = check(&app).await {
            tracing::warn!(problem = problem.kind().slug(), "sockets could not be checked");
        }
    }
}

async fn check(app: &App) -> Result<(), Problem> {
    let sockets = app.hub().all();
    let mut sessions: Vec<Uuid> = sockets.iter().map(|socket| socket.session.uuid()).collect();
    sessions.sort_unstable();
    sessions.dedup();
    for some in sessions.chunks(CHECKED_TOGETHER) {
        let db = app.db().pooled().await?;
        let ended = ended_sessions().bind(&db, &some, &app.now()).all().await?;
        let is_ended = |socket: &&Arc<Socket>| ended.contains(&socket.session.uuid());
        sockets.iter().filter(is_ended).for_each(|socket| socket.revoke());
    }
    Ok(())
}
