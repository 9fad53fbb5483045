//! SQL of notifications: what an event gives and what is seen now, from the primary database; the rows
//! themselves in the secondary one. No statement knows both.

use std::collections::HashMap;

use kith_sql_generated::{
    client::Params as _,
    queries::notifications::{self as sql, MarkReadParams},
};
use kith_types::{
    cursor::EventSequence,
    id::{NotificationId, UserId},
    time::Timestamp,
    visibility::{NotificationType, ReferenceType},
};
use uuid::Uuid;

pub use kith_sql_generated::queries::notifications::{
    ActorsKnown as ActorRow, ListNotifications as Row,
};

use super::{
    account::{AccountNote, Deed},
    message::Fault,
    notice::Notice,
    render::Seen,
};
use crate::{
    app::App,
    http::problem::Problem,
    realtime::log::{self, LoggedEvent},
};

/// Whom comments are told to.
pub async fn comment_notices(app: &App, events: &[&LoggedEvent]) -> Result<Vec<Notice>, Problem> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let sequences = sequences(events);
    let comments: Vec<Uuid> =
        events.iter().map(|event| event.comment.map(Uuid::from).unwrap_or_default()).collect();
    let db = app.db().pooled().await?;
    let rows = sql::comment_notices().bind(&db, &sequences, &comments).all().await?;
    let by_sequence = by_sequence(events);
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let event = by_sequence.get(&row.seq)?;
            Some(Notice::comment(event, row.recipient_id.into(), row.actor_id.into()))
        })
        .collect())
}

/// Whom requests and acceptances are told to.
pub async fn friend_notices(app: &App, events: &[&LoggedEvent]) -> Result<Vec<Notice>, Problem> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let sequences = sequences(events);
    let kinds: Vec<&str> = events.iter().map(|event| event.kind.name()).collect();
    let friendships: Vec<Uuid> =
        events.iter().map(|event| event.friendship.map(Uuid::from).unwrap_or_default()).collect();
    let recipients: Vec<Uuid> =
        events.iter().map(|event| event.recipient.map(Uuid::from).unwrap_or_default()).collect();
    let db = app.db().pooled().await?;
    let rows = sql::friend_notices()
        .bind(&db, &sequences, &kinds, &friendships, &recipients)
        .all()
        .await?;
    let by_sequence = by_sequence(events);
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let event = by_sequence.get(&row.seq)?;
            Some(Notice::friend(event, row.recipient_id.into(), row.actor_id.into()))
        })
        .collect())
}

/// Whom failed photos are told to, and why they failed.
pub async fn photo_notices(app: &App, events: &[&LoggedEvent]) -> Result<Vec<Notice>, Problem> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let sequences = sequences(events);
    let posts: Vec<Uuid> =
        events.iter().map(|event| event.post.map(Uuid::from).unwrap_or_default()).collect();
    let recipients: Vec<Uuid> =
        events.iter().map(|event| event.recipient.map(Uuid::from).unwrap_or_default()).collect();
    let db = app.db().pooled().await?;
    let rows = sql::photo_notices().bind(&db, &sequences, &posts, &recipients).all().await?;
    let by_sequence = by_sequence(events);
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let event = by_sequence.get(&row.seq)?;
            let fault = Fault::of_failure(row.failure_type.as_deref());
            Some(Notice::failed_photo(event, row.recipient_id.into(), fault))
        })
        .collect())
}

/// Whom facts about accounts are told to. Those that this version has no words for are left out.
pub async fn account_notices(app: &App, events: &[&LoggedEvent]) -> Result<Vec<Notice>, Problem> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let sequences = sequences(events);
    let facts: Vec<Uuid> =
        events.iter().map(|event| event.audit.map(Uuid::from).unwrap_or_default()).collect();
    let db = app.db().pooled().await?;
    let rows = sql::account_notices().bind(&db, &sequences, &facts).all().await?;
    let by_sequence = by_sequence(events);
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let event = by_sequence.get(&row.seq)?;
            Some(Notice::account(event, row.recipient_id.into(), AccountNote::of_fact(&row.kind)?))
        })
        .collect())
}

fn sequences(events: &[&LoggedEvent]) -> Vec<i64> {
    events.iter().map(|event| log::stored(event.sequence)).collect()
}

fn by_sequence<'a>(events: &[&'a LoggedEvent]) -> HashMap<i64, &'a LoggedEvent> {
    events.iter().map(|event| (log::stored(event.sequence), *event)).collect()
}

/// Writes notifications; those that are there already stay as they are.
pub async fn insert(app: &App, notices: &[Notice]) -> Result<(), Problem> {
    if notices.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = notices.iter().map(|notice| notice.id.uuid()).collect();
    let users: Vec<Uuid> = notices.iter().map(|notice| notice.recipient.uuid()).collect();
    let kinds: Vec<NotificationType> = notices.iter().map(|notice| notice.kind).collect();
    let reference_ids: Vec<Option<Uuid>> =
        notices.iter().map(|notice| notice.reference.map(|(_, id)| id)).collect();
    let reference_types: Vec<Option<ReferenceType>> =
        notices.iter().map(|notice| notice.reference.map(|(kind, _)| kind)).collect();
    let contents: Vec<&str> = notices.iter().map(|notice| notice.message.key()).collect();
    let actors: Vec<Option<Uuid>> =
        notices.iter().map(|notice| notice.actor.map(Into::into)).collect();
    let posts: Vec<Option<Uuid>> =
        notices.iter().map(|notice| notice.post.map(Into::into)).collect();
    let facts: Vec<Option<Uuid>> =
        notices.iter().map(|notice| notice.audit.map(Into::into)).collect();
    let times: Vec<Timestamp> = notices.iter().map(|notice| notice.created_at).collect();
    let db = app.secondary().pooled().await?;
    sql::insert_notifications()
        .bind(
            &db,
            &ids,
            &users,
            &kinds,
            &reference_ids,
            &reference_types,
            &contents,
            &actors,
            &posts,
            &facts,
            &times,
        )
        .await?;
    Ok(())
}

/// A person's notifications before a place, newest first.
pub async fn page(
    app: &App,
    user: UserId,
    before: (Timestamp, Uuid),
    max_rows: i64,
) -> Result<Vec<Row>, Problem> {
    let db = app.secondary().shared().await?;
    Ok(sql::list_notifications()
        .bind(&*db, user.as_uuid(), &before.0, &before.1, &max_rows)
        .all()
        .await?)
}

/// What the reader sees of what his notifications are about, in one flight. `actor` makes a person of a row.
pub async fn seen(
    app: &App,
    viewer: UserId,
    rows: &[Row],
    actor: impl Fn(ActorRow) -> Result<super::render::Actor, Problem>,
) -> Result<Seen, Problem> {
    let is_comment = |row: &&Row| row.reference_type == Some(ReferenceType::Comment);
    let comments: Vec<Uuid> =
        rows.iter().filter(is_comment).filter_map(|row| row.reference_id).collect();
    let mut actors: Vec<Uuid> = rows.iter().filter_map(|row| row.actor_id).collect();
    actors.sort_unstable();
    actors.dedup();
    let facts: Vec<Uuid> = rows.iter().filter_map(|row| row.audit_id).collect();
    if actors.is_empty() && facts.is_empty() {
        return Ok(Seen::default());
    }
    let db = app.db().shared().await?;
    let (said, known, done) = (sql::comments_said(), sql::actors_known(), sql::facts_known());
    let said = said.bind(&*db, &comments, viewer.as_uuid()).all();
    let known = known.bind(&*db, viewer.as_uuid(), &actors).all();
    let done = done.bind(&*db, viewer.as_uuid(), &facts).all();
    let (said, known, done) = tokio::try_join!(said, known, done)?;
    let actors: Result<HashMap<_, _>, Problem> =
        known.into_iter().map(|row| Ok((row.user_id, actor(row)?))).collect();
    Ok(Seen {
        comments: said.into_iter().map(|row| (row.comment_id, row.content)).collect(),
        actors: actors?,
        deeds: done
            .into_iter()
            .map(|row| (row.audit_id, Deed::read(&row.details, row.device_info.as_ref())))
            .collect(),
    })
}

/// How many a person has not read.
pub async fn count_unread(app: &App, user: UserId) -> Result<i64, Problem> {
    let db = app.secondary().shared().await?;
    Ok(sql::count_unread().bind(&*db, user.as_uuid()).one().await?)
}

/// Marks these, and all up to one, as read; answers how many were not.
pub async fn mark_read(
    app: &App,
    user: UserId,
    up_to: Option<NotificationId>,
    ids: &[Uuid],
) -> Result<u64, Problem> {
    let db = app.secondary().pooled().await?;
    let params =
        MarkReadParams { now: app.now(), user_id: user.uuid(), ids, up_to: up_to.map(Into::into) };
    Ok(sql::mark_read().params(&db, &params).await?)
}

/// Marks what was told up to a place as delivered: the place from the primary database, rows in the secondary.
pub async fn mark_delivered(app: &App, user: UserId, until: EventSequence) -> Result<(), Problem> {
    use kith_sql_generated::queries::events::last_notification;
    let last = {
        let db = app.db().pooled().await?;
        last_notification().bind(&db, user.as_uuid(), &log::stored(until)).opt().await?
    };
    if let Some(last) = last {
        let db = app.secondary().pooled().await?;
        sql::mark_delivered().bind(&db, &last, user.as_uuid()).await?;
    }
    Ok(())
}
