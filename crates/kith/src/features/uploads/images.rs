//! The bytes of images: only for those who may see them now.

use axum::{extract::State as Shared, response::Response};
use http::{HeaderMap, Method, StatusCode};
use kith_media::Format;
use kith_types::id::{ImageId, UserId};
use serde::Deserialize;

use super::{
    delivery::File,
    image::{StoredImage, ViewerSignature},
    renditions, store, webp,
};
use crate::{
    app::App,
    http::{
        auth::{self, Caller},
        extract::{Path, Query},
        problem::Problem,
    },
};

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
    method: Method,
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
    let found_file = file_of(&app, &found, name, format).await?.ok_or_else(Problem::not_found)?;
    let response = found_file.answer(&app, &method, &headers).await?;
    if is_view(&app, &found, format, &response) && method == Method::GET {
        app.views().note(image);
    }
    Ok(response)
}

/// Whether a second encoding would have spared this answer some bytes.
fn is_view(app: &App, image: &StoredImage, format: Format, response: &Response) -> bool {
    app.config().media.second_pass
        && image.version == renditions::FIRST_VERSION
        && format == Format::Avif
        && matches!(response.status(), StatusCode::OK | StatusCode::PARTIAL_CONTENT)
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

/// A file of the image, which is made now if it is a WebP that nobody asked for before.
async fn file_of(
    app: &App,
    image: &StoredImage,
    name: &str,
    format: Format,
) -> Result<Option<File>, Problem> {
    let Some(rendition) = image.rendition(name) else { return Ok(None) };
    if format != Format::Webp || rendition.webp.is_some() {
        return File::of(image.image_id, rendition, format);
    }
    match webp::make(app, image.image_id, name).await? {
        Some(rendition) => File::of(image.image_id, &rendition, format),
        None => Ok(None),
    }
}
