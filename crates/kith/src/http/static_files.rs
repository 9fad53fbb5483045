//! The web client, embedded in the program. Unknown pages get the client, which shows its own "not here";
//! unknown API paths get a problem.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode, Uri, header};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::{etag, problem::Problem};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct WebClient;

/// Names under `assets/` hold a hash of their content and never change.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "no-cache";
const NOT_BUILT: &str = "The web client was not built into this program: run `make run`.\n";

/// Answers what no route took.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if !matches!(method, Method::GET | Method::HEAD) || is_api(path) {
        return Problem::not_found().into_response();
    }
    if let Some(file) = WebClient::get(path) {
        let caching = if path.starts_with("assets/") { IMMUTABLE } else { REVALIDATE };
        return respond(&headers, path, &file, caching);
    }
    if path.starts_with("assets/") {
        return Problem::not_found().into_response();
    }
    match WebClient::get("index.html") {
        Some(file) => respond(&headers, "index.html", &file, REVALIDATE),
        None => (StatusCode::OK, NOT_BUILT).into_response(),
    }
}

fn is_api(path: &str) -> bool {
    ["v1", "dev", "problems", ".well-known"].contains(&path.split('/').next().unwrap_or_default())
}

fn respond(
    request: &HeaderMap,
    path: &str,
    file: &EmbeddedFile,
    caching: &'static str,
) -> Response {
    let tag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..12]));
    if etag::is_known(request, &tag) {
        return (
            StatusCode::NOT_MODIFIED,
            [(header::ETAG, tag), (header::CACHE_CONTROL, caching.to_owned())],
        )
            .into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, content_type(path).to_owned()),
        (header::ETAG, tag),
        (header::CACHE_CONTROL, caching.to_owned()),
    ];
    (headers, file.data.to_vec()).into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "webmanifest" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
