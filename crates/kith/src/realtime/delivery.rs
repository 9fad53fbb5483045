//! Who may be told of an event: asked when it is delivered, never remembered. One statement for a batch.

use std::collections::HashMap;

use kith_sql_generated::{client::GenericClient, queries::events::event_readers};
use kith_types::{cursor::EventSequence, id::UserId};
use uuid::Uuid;

use super::{log::LoggedEvent, outbox::EventKind};
use crate::{app::App, http::problem::Problem};

/// A question about one event.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The event.
    pub event: &'a LoggedEvent,
    /// Whom it is about; none: everybody who may know.
    pub candidate: Option<UserId>,
}

/// How the readers of an event are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Its recipient, without a question: it is about himself.
    Recipient(UserId),
    /// Its recipient, if he may know of the thing now.
    Asked(UserId),
    /// Whoever may know of the thing now.
    Everybody,
}

/// How the readers of an event are found.
pub fn audience(event: &LoggedEvent) -> Audience {
    use EventKind as Kind;
    let Some(recipient) = event.recipient else { return Audience::Everybody };
    match event.kind {
        Kind::PostReady
        | Kind::PostUpdated
        | Kind::CommentCreated
        | Kind::CommentUpdated
        | Kind::CommentRemoved
        | Kind::FriendRequested
        | Kind::FriendAccepted => Audience::Asked(recipient),
        // Somebody who lost sight of a post is told so, though he may not see it.
        Kind::PostRemoved
        | Kind::PostFailed
        | Kind::FriendRemoved
        | Kind::NotificationCreated
        | Kind::NotificationRead
        | Kind::SessionRevoked
        | Kind::FeedResync
        | Kind::AccountNoted => Audience::Recipient(recipient),
    }
}

/// Answers questions with the readers of each event, by its number.
pub async fn readers(
    app: &App,
    questions: &[Question<'_>],
) -> Result<HashMap<EventSequence, Vec<UserId>>, Problem> {
    if questions.is_empty() {
        return Ok(HashMap::new());
    }
    let db = app.db().pooled().await?;
    read(&db, questions).await
}

async fn read(
    db: &impl GenericClient,
    questions: &[Question<'_>],
) -> Result<HashMap<EventSequence, Vec<UserId>>, Problem> {
    let column = |id: fn(&LoggedEvent) -> Option<Uuid>| -> Vec<Option<Uuid>> {
        questions.iter().map(|question| id(question.event)).collect()
    };
    let sequences: Vec<i64> =
        questions.iter().map(|question| super::log::stored(question.event.sequence)).collect();
    let kinds: Vec<&str> = questions.iter().map(|question| question.event.kind.name()).collect();
    let posts = column(|event| event.post.map(Into::into));
    let comments = column(|event| event.comment.map(Into::into));
    let authors = column(|event| event.author.map(Into::into));
    let friendships = column(|event| event.friendship.map(Into::into));
    let candidates: Vec<Option<Uuid>> =
        questions.iter().map(|question| question.candidate.map(Into::into)).collect();
    let rows = event_readers()
        .bind(db, &sequences, &kinds, &posts, &comments, &authors, &friendships, &candidates)
        .all()
        .await?;
    let mut found: HashMap<EventSequence, Vec<UserId>> = HashMap::new();
    for row in rows {
        found.entry(super::log::sequence(row.seq)).or_default().push(row.reader_id.into());
    }
    Ok(found)
}
