//! Routes of the address book.

use axum::{
    extract::{DefaultBodyLimit, Request, State},
    http::StatusCode,
};
use kith_types::{id::ContactId, visibility::ContactStatus};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    MAX_BODY_BYTES,
    book::{self, ContactBody},
    import::{self, ImportedBody},
    upload::{ImportBody, Upload},
};
use crate::{
    app::App,
    http::{
        auth::Me,
        extract::{Path, Query, content_type, media_type_parameter, read_body},
        idempotency::{Claim, IdempotencyKey},
        page::{Page, PageQuery},
        problem::{Kind, Problem},
        reply::Reply,
    },
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(import_contacts))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .routes(routes!(list_contacts, forget_contacts))
        .routes(routes!(forget_contact))
}

/// Where the numbers of a file are from.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RegionQuery {
    /// ISO 3166-1 alpha-2; for vCard files, whose numbers may be national.
    region: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct StatusQuery {
    /// Only contacts of this state.
    status: Option<ContactStatus>,
}

/// Takes in my address book: JSON, or a vCard file.
#[utoipa::path(post, path = "/v1/contacts/import", tag = "contacts",
    params(RegionQuery, ("Idempotency-Key" = Option<String>, Header)),
    request_body(content((ImportBody = "application/json"), (String = "text/vcard"))),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = ImportedBody)))]
async fn import_contacts(
    State(app): State<App>,
    me: Me,
    IdempotencyKey(key): IdempotencyKey,
    Query(RegionQuery { region }): Query<RegionQuery>,
    request: Request,
) -> Result<Reply<ImportedBody>, Problem> {
    let media_type = content_type(request.headers()).unwrap_or_default().to_ascii_lowercase();
    let charset = media_type_parameter(request.headers(), "charset");
    let route = format!("contacts.import {}", region.as_deref().unwrap_or_default());
    let read = async { read_body(request, &()).await };
    let upload = match media_type.as_str() {
        "application/json" => Upload::Json(read.await?),
        "text/vcard" | "text/x-vcard" | "text/directory" => {
            Upload::Vcard { bytes: read.await?, charset, region }
        }
        _ => {
            let detail = "send the address book as application/json or text/vcard";
            return Err(Problem::new(Kind::UnsupportedMediaType, detail));
        }
    };
    let body_hash = Sha256::digest(upload.bytes()).into();
    let claim = Claim { user: me.user_id, route, key, body_hash };
    Ok(Reply(import::import(&app, me.user_id, upload, claim).await?))
}

/// My contacts by name.
#[utoipa::path(get, path = "/v1/contacts", tag = "contacts", params(PageQuery, StatusQuery),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = Page<ContactBody>)))]
async fn list_contacts(
    State(app): State<App>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(only): Query<StatusQuery>,
) -> Result<Reply<Page<ContactBody>>, Problem> {
    Ok(Reply(book::list(&app, &me, &page, only.status).await?))
}

/// Forgets one contact.
#[utoipa::path(delete, path = "/v1/contacts/{contact_id}", tag = "contacts",
    params(("contact_id" = ContactId, Path)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 204)))]
async fn forget_contact(
    State(app): State<App>,
    me: Me,
    Path(contact): Path<ContactId>,
) -> Result<StatusCode, Problem> {
    book::forget(&app, me.user_id, contact).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets my whole address book.
#[utoipa::path(delete, path = "/v1/contacts", tag = "contacts", security(("bearer" = []), ("cookie" = [])),
    responses((status = 204)))]
async fn forget_contacts(State(app): State<App>, me: Me) -> Result<StatusCode, Problem> {
    book::forget_all(&app, me.user_id).await?;
    Ok(StatusCode::NO_CONTENT)
}
