//! The route that becomes a WebSocket.

use axum::{
    extract::{State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    response::Response,
};
use http::HeaderMap;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::socket;
use crate::{
    app::App,
    http::{
        auth::{Caller, Me, Transport},
        problem::{Kind, Problem},
        same_origin,
    },
};

/// Small, since most sockets are idle most of the time: 128 KiB for each direction are the library's own.
const READ_BUFFER_BYTES: usize = 512;
/// What the library reads at all; the protocol's own limit is lower and answers with an error.
const MAX_MESSAGE_BYTES: usize = 64 * 1024;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(open_realtime))
}

/// Events as they happen, by WebSocket (subprotocol `kith.v1`). Without credentials the first frame must bring
/// a token within five seconds.
#[utoipa::path(get, path = "/v1/realtime", tag = "realtime", security((), ("bearer" = []), ("cookie" = [])),
    responses((status = 101, description = "Frames follow")))]
async fn open_realtime(
    State(app): State<App>,
    caller: Option<Caller>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let me = match caller {
        Some(caller) => Some(admitted(&app, &caller, &headers).await?),
        None if upgrade.is_err() => return Err(Problem::unauthenticated()),
        None => None,
    };
    let upgrade = upgrade
        .map_err(|_| Problem::new(Kind::Malformed, "ask for a WebSocket (RFC 6455) here"))?;
    Ok(upgrade
        .protocols([kith_realtime::SUBPROTOCOL])
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .max_message_size(MAX_MESSAGE_BYTES)
        .max_frame_size(MAX_MESSAGE_BYTES)
        .on_upgrade(move |wire| socket::serve(app, wire, me)))
}

/// Checks the session, and for a cookie that the page which opens the socket is ours: other sites' pages can
/// open one with the cookies of whoever looks at them.
async fn admitted(app: &App, caller: &Caller, headers: &HeaderMap) -> Result<Me, Problem> {
    if caller.transport() == Transport::Cookie && !same_origin::is_same_origin(headers, app) {
        return Err(Problem::new(
            Kind::Unauthenticated,
            "open the socket from this site's own pages, or with a token",
        ));
    }
    let me = caller.check(app).await?;
    me.require_active()?;
    Ok(me)
}
