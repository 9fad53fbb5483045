//! The list of signed-in devices.

use kith_types::{cursor::CursorScope, id::SessionId, time::Timestamp};
use uuid::Uuid;

use super::{
    responses::{DeviceBody, SessionBody},
    store,
};
use crate::{
    app::App,
    http::{
        auth::Me,
        page::{Page, PageQuery},
        problem::Problem,
    },
};

/// One page of my sessions.
pub async fn list(app: &App, me: &Me, query: &PageQuery) -> Result<Page<SessionBody>, Problem> {
    let (size, scope) = (query.size()?, CursorScope::new("sessions", me.user_id));
    let before: Option<(Timestamp, Uuid)> = query.position(app, scope)?;
    let before = before.unwrap_or((Timestamp::MAX, Uuid::max()));
    let rows =
        store::list_sessions(app, me.user_id, before, i64::try_from(size + 1).unwrap_or(i64::MAX))
            .await?;
    Page::build(
        app,
        scope,
        rows,
        size,
        |row| (row.created_at, row.session_id),
        |row| {
            let session_id = SessionId::from(row.session_id);
            Ok(SessionBody {
                session_id,
                device: DeviceBody::from_stored(&row.device_info),
                created_at: row.created_at,
                last_used_at: row.last_used_at,
                current: session_id == me.session_id,
            })
        },
    )
}
