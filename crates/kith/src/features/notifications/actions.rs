//! Reading notifications, and noting that they were read or delivered.

use kith_types::{
    cursor::{CursorScope, EventSequence},
    id::{NotificationId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use super::{
    render::{Actor, NotificationBody, Relation},
    store::{self, ActorRow},
};
use crate::{
    app::App,
    features::{uploads::ImageUrls, users},
    http::{
        auth::Caller,
        page::{Page, PageQuery},
        problem::Problem,
    },
    realtime::outbox::{EventKind, NewEvent},
};

/// One page, newest first. Rows come beside the session check; what they are about is looked up after.
pub async fn list(
    app: &App,
    caller: &Caller,
    page: &PageQuery,
) -> Result<Page<NotificationBody>, Problem> {
    let (size, scope) = (page.size()?, CursorScope::new("notifications", caller.user_id()));
    let before: Option<(Timestamp, Uuid)> = page.position(app, scope)?;
    let before = before.unwrap_or((Timestamp::MAX, Uuid::max()));
    let max_rows = i64::try_from(size + 1).unwrap_or(i64::MAX);
    let read = |viewer| store::page(app, viewer, before, max_rows);
    let (me, rows) = caller.flight(app, read).await?;
    let urls = ImageUrls::for_me(app, &me);
    let seen = store::seen(app, me.user_id, &rows, |row| actor(&urls, row)).await?;
    let place = |row: &store::Row| (row.created_at, row.notification_id);
    Page::build(app, scope, rows, size, place, |row| Ok(seen.render(&row)))
}

fn actor(urls: &ImageUrls, row: ActorRow) -> Result<Actor, Problem> {
    let relation = match row.friend_state.as_deref() {
        Some("active") => Relation::Friend,
        Some("incoming") => Relation::AsksMe,
        _ => Relation::Other,
    };
    let picture = row.profile_picture_metadata;
    let card = users::card(urls, row.user_id.into(), &row.username, &row.display_name, picture)?;
    Ok(Actor { card, relation })
}

/// How many I have not read.
pub async fn count_unread(app: &App, caller: &Caller) -> Result<i64, Problem> {
    let (_, count) = caller.flight(app, |viewer| store::count_unread(app, viewer)).await?;
    Ok(count)
}

/// Marks these, and all up to one, as read, and tells my other devices.
pub async fn mark_read(
    app: &App,
    me: UserId,
    up_to: Option<NotificationId>,
    ids: &[NotificationId],
) -> Result<(), Problem> {
    let named: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    if store::mark_read(app, me, up_to, &named).await? == 0 {
        return Ok(());
    }
    let newest = up_to.into_iter().chain(ids.iter().copied()).max();
    app.tx("notifications.read", move |tx| async move {
        tx.emit(NewEvent::notification(EventKind::NotificationRead, newest, me));
        Ok(())
    })
    .await
}

/// Notes that a device has everything that it was told up to a place of the event log.
pub async fn delivered(app: &App, user: UserId, until: EventSequence) -> Result<(), Problem> {
    store::mark_delivered(app, user, until).await
}
