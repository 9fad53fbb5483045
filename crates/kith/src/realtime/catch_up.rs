//! What somebody missed on a channel, read from the database and checked as live events are. It must never
//! answer with a gap: what cannot be told exactly is told as too much.

use std::time::Duration;

use deadpool_postgres::Object;
use kith_realtime::{Channel, Cursor, Delivery, Missed};
use kith_sql_generated::queries::events as sql;
use kith_types::{cursor::EventSequence, id::UserId};

use super::{
    delivery::{self, Audience, Question},
    log::{self, LoggedEvent},
    outbox::EventKind,
};
use crate::{app::App, http::problem::Problem};

/// More events than this are not replayed: reading anew is cheaper then. It fits the queue of a connection.
const MAX_REPLAYED: usize = 256;

/// Where a channel starts.
#[derive(Debug)]
pub struct Start {
    /// The place that the client named, or the newest.
    pub cursor: Cursor,
    /// Every event up to this number is in `missed`, or is too old to matter.
    pub covered: EventSequence,
    /// What happened in between.
    pub missed: Missed,
}

/// The account's cursor behind an event.
pub fn seal(app: &App, user: UserId, sequence: EventSequence) -> Cursor {
    app.keys().cursors.seal_event(user, sequence).into()
}

/// Starts a channel for somebody; none if he may not follow it. To be called once the hub knows of it.
pub async fn start(
    app: &App,
    user: UserId,
    channel: Channel,
    after: Option<&Cursor>,
) -> Result<Option<Start>, Problem> {
    if let Channel::Post(post) = channel {
        let db = app.db().shared().await?;
        if !sql::sees_post().bind(&*db, user.as_uuid(), post.as_uuid()).one().await? {
            return Ok(None);
        }
    }
    let Some(after) = after else {
        return now(app, user, Missed::Events(Vec::new())).await.map(Some);
    };
    match resume(app, user, channel, after).await? {
        Some(start) => Ok(Some(start)),
        None => now(app, user, Missed::TooMuch).await.map(Some),
    }
}

/// Starts at the newest event that was handed out.
async fn now(app: &App, user: UserId, missed: Missed) -> Result<Start, Problem> {
    let covered = match app.hub().position() {
        Some(position) => position,
        None => log::head(app).await?,
    };
    Ok(Start { cursor: seal(app, user, covered), covered, missed })
}

/// Starts behind a cursor; none if what happened since cannot be told exactly.
async fn resume(
    app: &App,
    user: UserId,
    channel: Channel,
    cursor: &Cursor,
) -> Result<Option<Start>, Problem> {
    let Ok(after) = app.keys().cursors.open_event(user, cursor.as_str()) else { return Ok(None) };
    let db = app.db().pooled().await?;
    let bounds = sql::log_bounds().bind(&db, &log::stored(after)).one().await?;
    let covered = log::sequence(bounds.head);
    let oldest = app.now() - Duration::from_hours(app.config().retention.event_days * 24);
    let is_too_old = bounds.next_at.is_some_and(|next| next < oldest);
    if after > covered || after < log::sequence(bounds.purged) || is_too_old {
        return Ok(None);
    }
    let events = missed(&db, user, channel, after, covered).await?;
    drop(db);
    let needs_reload = events.iter().any(|event| event.kind == EventKind::FeedResync);
    if needs_reload || events.len() > MAX_REPLAYED {
        return Ok(None);
    }
    let deliveries = permitted(app, user, channel, &events).await?;
    Ok(Some(Start { cursor: cursor.clone(), covered, missed: Missed::Events(deliveries) }))
}

async fn missed(
    db: &Object,
    user: UserId,
    channel: Channel,
    after: EventSequence,
    until: EventSequence,
) -> Result<Vec<LoggedEvent>, Problem> {
    if after == until {
        return Ok(Vec::new());
    }
    let (after, until) = (log::stored(after), log::stored(until));
    let max_rows = i64::try_from(MAX_REPLAYED + 1).unwrap_or(i64::MAX);
    let user = user.as_uuid();
    let rows = match channel {
        Channel::Me => sql::missed_by_me().bind(db, user, &after, &until, &max_rows).all().await?,
        Channel::Feed => {
            sql::missed_in_feed().bind(db, user, &after, &until, &max_rows).all().await?
        }
        Channel::Post(post) => {
            sql::missed_on_post()
                .bind(db, user, &after, &until, post.as_uuid(), &max_rows)
                .all()
                .await?
        }
    };
    Ok(log::read(&rows))
}

/// Those of which the person may know now.
async fn permitted(
    app: &App,
    user: UserId,
    channel: Channel,
    events: &[LoggedEvent],
) -> Result<Vec<Delivery>, Problem> {
    let is_open =
        |event: &&LoggedEvent| !matches!(delivery::audience(event), Audience::Recipient(_));
    let questions: Vec<Question<'_>> = events
        .iter()
        .filter(is_open)
        .map(|event| Question { event, candidate: Some(user) })
        .collect();
    let readers = delivery::readers(app, &questions).await?;
    let permitted = events.iter().filter(|event| match delivery::audience(event) {
        Audience::Recipient(recipient) => recipient == user,
        Audience::Asked(_) | Audience::Everybody => readers.contains_key(&event.sequence),
    });
    Ok(permitted
        .filter_map(|event| {
            let public = event.public()?;
            Some(Delivery {
                channel,
                sequence: event.sequence,
                cursor: seal(app, user, event.sequence),
                event: event.text(public),
            })
        })
        .collect())
}
