//! The bytes of images: only for those who may see them now.

use axum::{
    body::Body,
    extract::State as Shared,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kith_media::Format;
use kith_storage::{ObjectKey, StorageError};
use kith_types::id::{ImageId, UserId};
use serde::Deserialize;

use super::{
    image::{StoredImage, ViewerSignature},
    renditions, store, webp,
};
use crate::{
    app::App,
    http::{
        auth::{self, Caller},
        etag,
        extract::{Path, Query},
        problem::Problem,
        range::{self, Part},
    },
};

/// A browser asks again after a minute, and is answered by what the viewer may see then.
const CACHING: HeaderValue = HeaderValue::from_static("private, max-age=60, must-revalidate");
const VARY: HeaderValue = HeaderValue::from_static("Cookie, Authorization");

/// What of the query names a viewer. Texts, since a signature that cannot be read is no validation problem.
#[derive(Deserialize)]
pub struct SignatureQuery {
    viewer: Option<String>,
    expires: Option<String>,
    signature: Option<String>,
}

impl SignatureQuery {
    fn viewer(&self) -> Option<UserId> {
        self.viewer.as_deref()?.parse().ok()
    }
}

/// Who asks.
enum Asker {
    /// Somebody signed in; the session is checked in the same flight as the image.
    Session(Caller),
    /// Whoever holds an address that was signed for this viewer.
    Holder(UserId),
}

/// The bytes of a source of an image.
#[utoipa::path(get, path = "/v1/images/{image_id}/{version}/{file}", tag = "uploads",
    params(("image_id" = inline(ImageId), Path), ("version" = i32, Path),
        ("file" = String, Path, description = "`w640.avif`, `square.jpg`, …"),
        ("viewer" = Option<String>, Query), ("expires" = Option<i64>, Query), ("signature" = Option<String>, Query)),
    security((), ("bearer" = []), ("cookie" = [])),
    responses((status = 200, content_type = "image/*"), (status = 206, content_type = "image/*"),
        (status = 304), (status = 416)))]
pub async fn get_image(
    Shared(app): Shared<App>,
    caller: Result<Option<Caller>, Problem>,
    Path((image, version, file)): Path<(ImageId, i32, String)>,
    Query(query): Query<SignatureQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let caller = present(&app, caller, &query, &headers)?;
    let asker = asker(&app, caller, query, image, version).ok_or_else(Problem::not_found)?;
    let look = |viewer| store::visible_image(&app, viewer, image, version);
    let found = match asker {
        Asker::Session(caller) => caller.flight(&app, look).await?.1,
        Asker::Holder(viewer) => look(viewer).await?,
    };
    let found = found.ok_or_else(Problem::not_found)?;
    let (name, format) = source(&file).ok_or_else(Problem::not_found)?;
    let tag = format!("\"{image}-{version}-{name}.{}\"", format.extension());
    if found.rendition(name).is_some() && etag::is_known(&headers, &tag) {
        return described(StatusCode::NOT_MODIFIED, &tag, Body::empty());
    }
    let size = byte_size(&app, &found, name, format).await?.ok_or_else(Problem::not_found)?;
    let key = renditions::key(image, version, name, format)?;
    let mut response = send(&app, &key, size, range::requested(&headers, size, &tag), &tag).await?;
    let media_type = HeaderValue::from_static(format.media_type());
    response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    Ok(response)
}

/// The session of the request. A token that has expired is no hindrance to an address that names the same person,
/// since that works by itself; beside one that names another it is as a session would be.
fn present(
    app: &App,
    caller: Result<Option<Caller>, Problem>,
    query: &SignatureQuery,
    headers: &HeaderMap,
) -> Result<Option<Caller>, Problem> {
    let refused = match caller {
        Ok(caller) => return Ok(caller),
        Err(refused) => refused,
    };
    match auth::expired_holder(headers, app).filter(|_| query.signature.is_some()) {
        Some(holder) if query.viewer() == Some(holder) => Ok(None),
        Some(_) => Err(Problem::not_found()),
        None => Err(refused),
    }
}

/// A session, or a signature by itself. A session with another's signature, or with one that cannot be read, is
/// nobody.
fn asker(
    app: &App,
    caller: Option<Caller>,
    query: SignatureQuery,
    image: ImageId,
    version: i32,
) -> Option<Asker> {
    let viewer = query.viewer();
    let SignatureQuery { expires, signature, .. } = query;
    let Some(signature) = signature else { return caller.map(Asker::Session) };
    let viewer = viewer?;
    let signed = ViewerSignature { viewer, expires: expires?.parse().ok()?, signature };
    match caller {
        Some(caller) => (caller.user_id() == viewer).then_some(Asker::Session(caller)),
        None => signed.is_valid(app, image, version).then_some(Asker::Holder(viewer)),
    }
}

/// The rendition and format that a file name means.
fn source(file: &str) -> Option<(&str, Format)> {
    let (name, extension) = file.split_once('.')?;
    let formats = [Format::Avif, Format::Webp, Format::Jpeg];
    let format = formats.into_iter().find(|format| format.extension() == extension)?;
    Some((name, format))
}

/// The length of a file of the image, which is made now if it is a WebP that nobody asked for before.
async fn byte_size(
    app: &App,
    image: &StoredImage,
    name: &str,
    format: Format,
) -> Result<Option<u64>, Problem> {
    let Some(rendition) = image.rendition(name) else { return Ok(None) };
    let size = match format {
        Format::Jpeg => Some(rendition.jpeg),
        Format::Avif => rendition.avif,
        Format::Webp if rendition.webp.is_some() => rendition.webp,
        Format::Webp => webp::make(app, image.image_id, name).await?,
    };
    Ok(size.and_then(|size| u64::try_from(size).ok()))
}

async fn send(
    app: &App,
    key: &ObjectKey,
    size: u64,
    part: Part,
    tag: &str,
) -> Result<Response, Problem> {
    let (status, range) = match part {
        Part::Whole => (StatusCode::OK, None),
        Part::Bytes(range) => (StatusCode::PARTIAL_CONTENT, Some(range)),
        Part::Outside => {
            let mut response = described(StatusCode::RANGE_NOT_SATISFIABLE, tag, Body::empty())?;
            let range = header_value(&format!("bytes */{size}"))?;
            response.headers_mut().insert(header::CONTENT_RANGE, range);
            return Ok(response);
        }
    };
    let object = match app.storage().read(key, range).await {
        Ok(object) => object,
        Err(StorageError::NotFound) => {
            tracing::error!(%key, "a rendition is missing from the store");
            return Err(Problem::not_found());
        }
        Err(error) => return Err(error.into()),
    };
    let sent = object.range.clone();
    let mut response = described(status, tag, Body::from_stream(object.into_stream()))?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(sent.end - sent.start));
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{size}", sent.start, sent.end - 1);
        headers.insert(header::CONTENT_RANGE, header_value(&range)?);
    }
    Ok(response)
}

/// An answer with what is the same for all of them.
fn described(status: StatusCode, tag: &str, body: Body) -> Result<Response, Problem> {
    let headers = [
        (header::ETAG, header_value(tag)?),
        (header::CACHE_CONTROL, CACHING),
        (header::VARY, VARY),
        (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
    ];
    Ok((status, headers, body).into_response())
}

fn header_value(text: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(text).map_err(Problem::internal)
}
