//! The event log as it is read: committed, numbered events in their order. It must never decide who may know.

use kith_realtime::{Event, EventBody, EventText};
use kith_sql_generated::queries::events::{self as sql};
use kith_types::{
    cursor::EventSequence,
    id::{AuditId, CommentId, EventId, FriendshipId, NotificationId, PostId, SessionId, UserId},
    time::Timestamp,
};

use super::outbox::EventKind;
use crate::{app::App, http::problem::Problem};

/// An event with its number.
#[derive(Clone, Debug)]
pub struct LoggedEvent {
    /// Its id.
    pub id: EventId,
    /// Its number in the order of all events.
    pub sequence: EventSequence,
    /// What happened.
    pub kind: EventKind,
    /// Whom alone it is for; none: everybody who may see the post.
    pub recipient: Option<UserId>,
    /// About which post.
    pub post: Option<PostId>,
    /// Who wrote the post, or for a comment the comment.
    pub author: Option<UserId>,
    /// About which comment.
    pub comment: Option<CommentId>,
    /// About which friendship.
    pub friendship: Option<FriendshipId>,
    /// The other side of the friendship.
    pub user: Option<UserId>,
    /// About which notification.
    pub notification: Option<NotificationId>,
    /// About which session.
    pub session: Option<SessionId>,
    /// By which line of the audit log.
    pub audit: Option<AuditId>,
    /// When.
    pub occurred_at: Timestamp,
}

/// The database's form of a number.
pub fn stored(sequence: EventSequence) -> i64 {
    i64::try_from(sequence.0).unwrap_or(i64::MAX)
}

/// A number from its form in the database, where none is negative.
pub fn sequence(stored: i64) -> EventSequence {
    EventSequence(u64::try_from(stored).unwrap_or(0))
}

/// The newest number.
pub async fn head(app: &App) -> Result<EventSequence, Problem> {
    let db = app.db().shared().await?;
    Ok(sequence(sql::event_head().bind(&*db).one().await?))
}

/// Some events in their order.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Those that this version of the program knows.
    pub events: Vec<LoggedEvent>,
    /// The number of the last one, known or not.
    pub end: EventSequence,
    /// Whether as many were read as were asked for, so that there may be more.
    pub is_full: bool,
}

/// The events after a number, oldest first; none if there are none yet.
pub async fn after(
    app: &App,
    place: EventSequence,
    max_rows: i64,
) -> Result<Option<Batch>, Problem> {
    let db = app.db().pooled().await?;
    let rows = sql::events_after().bind(&db, &stored(place), &max_rows).all().await?;
    let is_full = i64::try_from(rows.len()).is_ok_and(|count| count >= max_rows);
    let end = rows.last().map(|row| sequence(row.seq));
    Ok(end.map(|end| Batch { events: read(&rows), end, is_full }))
}

/// Events from their rows. Kinds that a newer version of the program wrote are left out.
pub fn read(rows: &[sql::Event]) -> Vec<LoggedEvent> {
    rows.iter().filter_map(LoggedEvent::read).collect()
}

impl LoggedEvent {
    fn read(row: &sql::Event) -> Option<Self> {
        Some(Self {
            id: row.event_id.into(),
            sequence: sequence(row.seq),
            kind: EventKind::from_name(&row.kind)?,
            recipient: row.recipient_id.map(Into::into),
            post: row.post_id.map(Into::into),
            author: row.author_id.map(Into::into),
            comment: row.comment_id.map(Into::into),
            friendship: row.friendship_id.map(Into::into),
            user: row.user_id.map(Into::into),
            notification: row.notification_id.map(Into::into),
            session: row.session_id.map(Into::into),
            audit: row.audit_id.map(Into::into),
            occurred_at: row.occurred_at,
        })
    }

    /// What clients are told; none for what is no event to them.
    pub fn public(&self) -> Option<Event> {
        let post = || Some((self.post?, self.author?));
        let comment = || Some((self.comment?, self.post?, self.author?));
        let friend = || Some((self.friendship?, self.user?));
        Some(match self.kind {
            EventKind::PostReady => {
                post().map(|(post_id, author_id)| Event::PostReady { post_id, author_id })?
            }
            EventKind::PostUpdated => {
                post().map(|(post_id, author_id)| Event::PostUpdated { post_id, author_id })?
            }
            EventKind::PostRemoved => {
                post().map(|(post_id, author_id)| Event::PostRemoved { post_id, author_id })?
            }
            EventKind::PostFailed => {
                post().map(|(post_id, author_id)| Event::PostFailed { post_id, author_id })?
            }
            EventKind::CommentCreated => comment().map(|(comment_id, post_id, author_id)| {
                Event::CommentCreated { comment_id, post_id, author_id }
            })?,
            EventKind::CommentUpdated => comment().map(|(comment_id, post_id, author_id)| {
                Event::CommentUpdated { comment_id, post_id, author_id }
            })?,
            EventKind::CommentRemoved => comment().map(|(comment_id, post_id, author_id)| {
                Event::CommentRemoved { comment_id, post_id, author_id }
            })?,
            EventKind::FriendRequested => friend().map(|(friendship_id, user_id)| {
                Event::FriendRequested { friendship_id, user_id }
            })?,
            EventKind::FriendAccepted => friend()
                .map(|(friendship_id, user_id)| Event::FriendAccepted { friendship_id, user_id })?,
            EventKind::FriendRemoved => friend()
                .map(|(friendship_id, user_id)| Event::FriendRemoved { friendship_id, user_id })?,
            EventKind::NotificationCreated => {
                Event::NotificationCreated { notification_id: self.notification? }
            }
            EventKind::NotificationRead => {
                Event::NotificationRead { notification_id: self.notification }
            }
            EventKind::SessionRevoked => Event::SessionRevoked { session_id: self.session? },
            EventKind::FeedResync | EventKind::AccountNoted => return None,
        })
    }

    /// The JSON of an event, written once for everybody who gets it.
    pub fn text(&self, event: Event) -> EventText {
        EventBody { event, occurred_at: self.occurred_at }.into()
    }
}
