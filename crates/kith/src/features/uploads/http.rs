//! Routes of uploads.

use std::{collections::BTreeMap, time::Duration};

use axum::{
    body::Body,
    extract::{RawQuery, Request, State as Shared},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use kith_storage::{ObjectStorage, PutRequest, Refusal, StorageError};
use kith_types::{id::UploadId, time::Timestamp};
use serde::{Deserialize, Serialize};
use tokio_stream::StreamExt as _;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    actions,
    image::{ImageBody, ImageUrls},
    images,
    parts::{self, NewParts, PartBody},
    picture,
    store::State,
};
use crate::{
    app::App,
    http::{
        auth::Me,
        extract::{Json, Path},
        idempotency::{Claim, IdempotencyKey},
        problem::{Kind, Problem},
        reply::Reply,
    },
};

/// A body from which nothing comes for this long has been given up by its sender.
const SILENCE: Duration = Duration::from_secs(30);

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(start_upload))
        .routes(routes!(get_upload))
        .routes(routes!(put_upload_bytes))
        .routes(routes!(complete_upload))
        .routes(routes!(images::get_image))
        .routes(routes!(picture::put_profile_picture, picture::delete_profile_picture))
}

/// A photo that is about to be sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewUpload {
    /// JPEG, PNG, WebP, AVIF, HEIC or GIF.
    content_type: String,
    /// Exact length; at most 25 MB.
    #[schema(minimum = 1, maximum = 26_214_400)]
    byte_size: i64,
    /// SHA-256 of the bytes, 64 hexadecimal digits.
    sha256: String,
    /// Asks for addresses of parts too, so that a lost connection costs one part; only worth it above one of them.
    parts: Option<NewParts>,
}

/// Where the bytes go.
#[derive(Serialize, ToSchema)]
#[schema(as = Upload)]
struct UploadBody {
    upload_id: UploadId,
    /// Always `PUT`.
    method: &'static str,
    /// Takes exactly the announced bytes, once, by its signature alone. Relative to the API or absolute.
    url: String,
    /// Send these as they are.
    headers: BTreeMap<&'static str, String>,
    expires_at: Timestamp,
    /// The other way to send the bytes, if it was asked for: every part that is not stored, in any order.
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<PartBody>>,
}

/// An upload that was completed.
#[derive(Serialize, ToSchema)]
struct CompletedUpload {
    upload_id: UploadId,
    state: State,
}

/// Why no photo could be made.
#[derive(Serialize, ToSchema)]
struct UploadFailure {
    /// Stable name: `unsupported-type`, `damaged`, …
    #[serde(rename = "type")]
    kind: String,
    /// What to do about it.
    detail: String,
}

/// Where an upload stands.
#[derive(Serialize, ToSchema)]
struct UploadState {
    upload_id: UploadId,
    state: State,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<UploadFailure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<ImageBody>,
    /// While it is awaited and was announced in parts: which are there, and fresh addresses for the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<PartBody>>,
    /// When the addresses of the parts stop working.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<Timestamp>,
}

/// Announces a photo and gets the address for its bytes.
#[utoipa::path(post, path = "/v1/uploads", tag = "uploads", request_body = NewUpload,
    params(("Idempotency-Key" = Option<String>, Header)), security(("bearer" = []), ("cookie" = [])), responses((status = 201, body = UploadBody)))]
async fn start_upload(
    Shared(app): Shared<App>,
    me: Me,
    IdempotencyKey(key): IdempotencyKey,
    Json { value, hash }: Json<NewUpload>,
) -> Result<Response, Problem> {
    let NewUpload { content_type, byte_size, sha256, parts } = value;
    let announced = actions::checked(&content_type, byte_size, &sha256, parts.as_ref())?;
    let route = "uploads.start".to_owned();
    let claim = Claim { user: me.user_id, route, key, body_hash: hash };
    let (upload_id, upload) = actions::start(&app, me.user_id, claim, announced).await?;
    let target = actions::presign(&app, &upload)?;
    let parts = parts::addressed(&app, &upload).await?;
    let body = UploadBody {
        upload_id,
        method: "PUT",
        url: target.url,
        headers: target.headers.into_iter().collect(),
        expires_at: target.expires_at,
        parts: parts.map(|addressed| addressed.parts),
    };
    Ok((StatusCode::CREATED, Reply(body)).into_response())
}

/// Where my upload stands.
#[utoipa::path(get, path = "/v1/uploads/{upload_id}", tag = "uploads", params(("upload_id" = UploadId, Path)),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = UploadState)))]
async fn get_upload(
    Shared(app): Shared<App>,
    me: Me,
    Path(upload_id): Path<UploadId>,
) -> Result<Reply<UploadState>, Problem> {
    let upload = actions::own(&app, me.user_id, upload_id).await?;
    let urls = ImageUrls::for_me(&app, &me);
    let (parts, expires_at) = match upload.state {
        State::Awaiting => parts::addressed(&app, &upload)
            .await?
            .map(|addressed| (addressed.parts, addressed.expires_at))
            .unzip(),
        State::Processing | State::Ready | State::Failed => (None, None),
    };
    Ok(Reply(UploadState {
        upload_id,
        state: upload.state,
        failure: upload.failure.map(|(kind, detail)| UploadFailure { kind, detail }),
        image: upload.image.map(|image| urls.image(&image, None)),
        parts,
        expires_at,
    }))
}

/// Says that the bytes were sent; the photo is processed from here on.
#[utoipa::path(post, path = "/v1/uploads/{upload_id}/complete", tag = "uploads",
    params(("upload_id" = UploadId, Path)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 202, body = CompletedUpload)))]
async fn complete_upload(
    Shared(app): Shared<App>,
    me: Me,
    Path(upload_id): Path<UploadId>,
) -> Result<Response, Problem> {
    let state = actions::complete(&app, me.user_id, upload_id).await?;
    Ok((StatusCode::ACCEPTED, Reply(CompletedUpload { upload_id, state })).into_response())
}

/// Takes the bytes of a photo or of a part, where they go through Kith. Only the signature in the address counts.
#[utoipa::path(put, path = "/v1/uploads/{upload_id}/bytes", tag = "uploads",
    params(("upload_id" = String, Path, description = "With a dot and its number, a part.")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200)))]
async fn put_upload_bytes(
    Shared(app): Shared<App>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    request: Request,
) -> Result<StatusCode, Problem> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let put = PutRequest {
        name: &name,
        query: query.as_deref().unwrap_or_default(),
        content_length: text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok()),
        content_type: text(header::CONTENT_TYPE),
    };
    let upload = app.storage().verify_put(&put, app.now()).map_err(refused)?;
    let longest = ObjectStorage::longest_arrival(upload.terms().content_length);
    let body = patient(request.into_body());
    app.storage().store_upload(upload, body, longest).await.map_err(refused)?;
    Ok(StatusCode::OK)
}

/// The body as it comes; ends with an error when nothing more comes.
fn patient(
    body: Body,
) -> impl tokio_stream::Stream<Item = Result<bytes::Bytes, axum::BoxError>> + Send {
    body.into_data_stream()
        .timeout(SILENCE)
        .map(|chunk| chunk.map_err(Into::into).and_then(|chunk| chunk.map_err(Into::into)))
}

fn refused(error: StorageError) -> Problem {
    let (kind, detail) = match error {
        // Bytes go to the bucket itself.
        StorageError::NotFound => return Problem::not_found(),
        StorageError::AlreadyExists => {
            (Kind::Conflict, "the photo was sent already; complete the upload")
        }
        StorageError::Refused(Refusal::BeingSent) => {
            let detail = "the photo is being sent; wait for the end of that, or start a new upload";
            return Problem::new(Kind::Conflict, detail).retry_after(SILENCE.as_secs());
        }
        StorageError::Refused(Refusal::Expired) => {
            (Kind::Forbidden, "the address has expired; start a new upload")
        }
        StorageError::Refused(Refusal::ContentType) => {
            (Kind::UnsupportedMediaType, "send the headers that came with the address")
        }
        StorageError::Refused(Refusal::Length) => {
            (Kind::PayloadTooLarge, "send exactly the announced number of bytes")
        }
        StorageError::Refused(Refusal::Checksum | Refusal::BodyCutShort) => {
            (Kind::Malformed, "the bytes are not the announced ones; send the photo again")
        }
        StorageError::Refused(_) => (Kind::Forbidden, "this address was not given out by Kith"),
        other @ StorageError::Unavailable(_) => return other.into(),
    };
    Problem::new(kind, detail)
}
