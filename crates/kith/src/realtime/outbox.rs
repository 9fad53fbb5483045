//! The outbox: events as values, and how a transaction writes them. They carry ids only.

use deadpool_postgres::Object;
use kith_sql_generated::queries::events::insert_events;
use kith_types::{
    id::{
        AuditId, CommentId, EventId, FriendshipId, IdSource, NotificationId, PostId, SessionId,
        UserId,
    },
    time::Timestamp,
};
use uuid::Uuid;

use crate::http::problem::Problem;

/// What happened. The wire name is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A post became visible to its reader.
    PostReady,
    /// Caption, description or audience changed.
    PostUpdated,
    /// Its reader stopped seeing a post.
    PostRemoved,
    /// The photo could not be processed; only the author hears of it.
    PostFailed,
    /// A comment was written.
    CommentCreated,
    /// A comment was edited.
    CommentUpdated,
    /// A comment was removed.
    CommentRemoved,
    /// Somebody asked to be friends.
    FriendRequested,
    /// A friendship began.
    FriendAccepted,
    /// A friendship or a request ended.
    FriendRemoved,
    /// A notification was written.
    NotificationCreated,
    /// Notifications were read.
    NotificationRead,
    /// A session was ended.
    SessionRevoked,
    /// So many posts appeared or went away that the feed is to be read again. Becomes a `resync` frame.
    FeedResync,
    /// Something happened to an account that its owner is told. Becomes a notification.
    AccountNoted,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::PostReady,
        Self::PostUpdated,
        Self::PostRemoved,
        Self::PostFailed,
        Self::CommentCreated,
        Self::CommentUpdated,
        Self::CommentRemoved,
        Self::FriendRequested,
        Self::FriendAccepted,
        Self::FriendRemoved,
        Self::NotificationCreated,
        Self::NotificationRead,
        Self::SessionRevoked,
        Self::FeedResync,
        Self::AccountNoted,
    ];

    /// The name in the database and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::PostReady => "post.ready",
            Self::PostUpdated => "post.updated",
            Self::PostRemoved => "post.removed",
            Self::PostFailed => "post.failed",
            Self::CommentCreated => "comment.created",
            Self::CommentUpdated => "comment.updated",
            Self::CommentRemoved => "comment.removed",
            Self::FriendRequested => "friend.requested",
            Self::FriendAccepted => "friend.accepted",
            Self::FriendRemoved => "friend.removed",
            Self::NotificationCreated => "notification.created",
            Self::NotificationRead => "notification.read",
            Self::SessionRevoked => "session.revoked",
            Self::FeedResync => "feed.resync",
            Self::AccountNoted => "account.noted",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// An event to be written. Without a recipient it is for everybody who may see the post when it is delivered.
#[derive(Clone, Debug)]
pub struct NewEvent {
    kind: EventKind,
    id: Option<EventId>,
    recipient: Option<UserId>,
    post: Option<PostId>,
    author: Option<UserId>,
    comment: Option<CommentId>,
    friendship: Option<FriendshipId>,
    user: Option<UserId>,
    notification: Option<NotificationId>,
    session: Option<SessionId>,
    audit: Option<AuditId>,
}

impl NewEvent {
    fn new(kind: EventKind) -> Self {
        Self {
            kind,
            id: None,
            recipient: None,
            post: None,
            author: None,
            comment: None,
            friendship: None,
            user: None,
            notification: None,
            session: None,
            audit: None,
        }
    }

    /// Something about a post, for all who may see it.
    pub fn post(kind: EventKind, post: PostId, author: UserId) -> Self {
        Self { post: Some(post), author: Some(author), ..Self::new(kind) }
    }

    /// Something about a comment; `author` is the comment's.
    pub fn comment(kind: EventKind, comment: CommentId, post: PostId, author: UserId) -> Self {
        Self { comment: Some(comment), post: Some(post), author: Some(author), ..Self::new(kind) }
    }

    /// Something about a friendship, for one side; `other` is the other one.
    pub fn friend(
        kind: EventKind,
        friendship: FriendshipId,
        recipient: UserId,
        other: UserId,
    ) -> Self {
        Self { friendship: Some(friendship), user: Some(other), ..Self::new(kind) }.to(recipient)
    }

    /// Something about a notification, for its reader.
    pub fn notification(
        kind: EventKind,
        notification: Option<NotificationId>,
        recipient: UserId,
    ) -> Self {
        Self { notification, ..Self::new(kind) }.to(recipient)
    }

    /// A session's end, for its owner.
    pub fn session_revoked(session: SessionId, owner: UserId) -> Self {
        Self { session: Some(session), ..Self::new(EventKind::SessionRevoked) }.to(owner)
    }

    /// The feed is to be read again by one person.
    pub fn feed_resync(recipient: UserId) -> Self {
        Self::new(EventKind::FeedResync).to(recipient)
    }

    /// A line of the audit log, for the owner of the account.
    pub fn account_noted(audit: AuditId, owner: UserId) -> Self {
        Self { audit: Some(audit), ..Self::new(EventKind::AccountNoted) }.to(owner)
    }

    /// Addresses it to one person instead of to all who may see the post.
    #[must_use]
    pub fn to(mut self, recipient: UserId) -> Self {
        self.recipient = Some(recipient);
        self
    }

    /// Fixes its id, so that a step that runs twice writes it once.
    #[must_use]
    pub fn with_id(mut self, id: EventId) -> Self {
        self.id = Some(id);
        self
    }

    /// Whose bucket the event belongs to.
    fn owner(&self) -> Option<UserId> {
        self.recipient.or(self.author)
    }
}

/// Writes the events of a transaction in one statement.
pub async fn write(
    db: &Object,
    ids: &IdSource,
    now: Timestamp,
    events: &[NewEvent],
) -> Result<(), Problem> {
    if events.is_empty() {
        return Ok(());
    }
    let event_ids: Vec<Uuid> = events.iter().map(|event| new_id(event, ids, now).uuid()).collect();
    let kinds: Vec<&str> = events.iter().map(|event| event.kind.name()).collect();
    let column = |id: fn(&NewEvent) -> Option<Uuid>| -> Vec<Option<Uuid>> {
        events.iter().map(id).collect()
    };
    let rows: [Vec<Option<Uuid>>; 9] = [
        column(|e| e.recipient.map(Into::into)),
        column(|e| e.post.map(Into::into)),
        column(|e| e.author.map(Into::into)),
        column(|e| e.comment.map(Into::into)),
        column(|e| e.friendship.map(Into::into)),
        column(|e| e.user.map(Into::into)),
        column(|e| e.notification.map(Into::into)),
        column(|e| e.session.map(Into::into)),
        column(|e| e.audit.map(Into::into)),
    ];
    let [recipients, posts, authors, comments, friendships, users, notifications, sessions, audits] =
        &rows;
    insert_events()
        .bind(
            db,
            &now,
            &event_ids,
            &kinds,
            recipients,
            posts,
            authors,
            comments,
            friendships,
            users,
            notifications,
            sessions,
            audits,
        )
        .await?;
    Ok(())
}

fn new_id(event: &NewEvent, ids: &IdSource, now: Timestamp) -> EventId {
    match (event.id, event.owner()) {
        (Some(id), _) => id,
        (None, Some(owner)) => ids.make_at(now, owner.bucket()),
        (None, None) => ids.make_unowned(),
    }
}
