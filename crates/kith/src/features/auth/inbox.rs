//! The development inbox: text messages and mails that never left this machine. It answers 404 unless development
//! mode is on and the request is plainly local.

use std::net::SocketAddr;

use axum::{
    Router,
    extract::{ConnectInfo, FromRequestParts, State},
    response::{Html, IntoResponse},
    routing::get,
};
use http::{header, request::Parts};
use kith_messaging::{Channel, Inbox, Mailbox};
use kith_types::time::Timestamp;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};

use crate::{
    app::{App, is_loopback_host},
    http::{extract::Query, problem::Problem, reply::Reply},
};

/// `/dev`, `/dev/inbox` and `/dev/mails`; absent from the OpenAPI document, since no product has them.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/dev", get(page))
        .route("/dev/inbox", get(list))
        .route("/dev/inbox.js", get(script))
        .route("/dev/mails", get(list_mails))
}

/// Proof that the request is local and development mode is on.
struct Local(Inbox);

impl FromRequestParts<App> for Local {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer_is_local = peer.is_some_and(|info| info.0.ip().is_loopback());
        let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let is_forwarded = parts.headers.keys().any(|name| {
            let name = name.as_str();
            name == "forwarded" || name == "via" || name.starts_with("x-forwarded-")
        });
        let inbox = app.inbox().filter(|_| app.is_development());
        match inbox {
            Some(inbox) if peer_is_local && host.is_some_and(is_loopback_host) && !is_forwarded => {
                Ok(Self(inbox.clone()))
            }
            _ => Err(Problem::not_found()),
        }
    }
}

#[derive(Deserialize)]
struct InboxQuery {
    phone_number: Option<String>,
}

#[derive(Serialize)]
struct InboxBody {
    items: Vec<MessageBody>,
}

#[derive(Serialize)]
struct MessageBody {
    to: String,
    channel: &'static str,
    body: String,
    code: String,
    sent_at: Timestamp,
}

async fn list(Local(inbox): Local, Query(query): Query<InboxQuery>) -> Reply<InboxBody> {
    // A plus sign that was not escaped arrives as a space.
    let wanted = query.phone_number.map(|number| number.trim().trim_start_matches('+').to_owned());
    let items = inbox.messages().into_iter().map(|sent| MessageBody {
        to: sent.message.to.as_e164().to_owned(),
        channel: match sent.message.channel {
            Channel::Sms => "sms",
            Channel::Call => "call",
        },
        body: sent.message.body.expose_secret().to_owned(),
        code: sent.message.code.expose_secret().to_owned(),
        sent_at: sent.sent_at,
    });
    let is_wanted =
        |to: &str| wanted.as_deref().is_none_or(|wanted| to.trim_start_matches('+') == wanted);
    Reply(InboxBody { items: items.filter(|message| is_wanted(&message.to)).collect() })
}

#[derive(Serialize)]
struct MailBody {
    to: String,
    subject: String,
    body: String,
    code: String,
    sent_at: Timestamp,
}

async fn list_mails(_: Local, State(app): State<App>) -> Reply<Vec<MailBody>> {
    let mails = app.mailbox().map(Mailbox::mails).unwrap_or_default();
    let bodies = mails.into_iter().map(|mail| MailBody {
        to: mail.to.as_str().to_owned(),
        subject: mail.subject,
        body: mail.body.expose_secret().to_owned(),
        code: mail.code.expose_secret().to_owned(),
        sent_at: mail.sent_at,
    });
    Reply(bodies.collect())
}

async fn page(_: Local) -> Html<&'static str> {
    Html(include_str!("inbox.html"))
}

async fn script(_: Local, State(_): State<App>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("inbox.js"))
}
