//! Our own extractors: every bad input becomes a problem document that names what is wrong.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
};
use http::{HeaderMap, header, request::Parts};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};

use super::problem::{Kind, Problem};

/// A JSON body. Unknown fields and wrong types are 422 with a pointer, broken JSON is 400.
#[derive(Debug)]
pub struct Json<T> {
    /// What was sent.
    pub value: T,
    /// SHA-256 of the bytes, to recognise a repeated request.
    pub hash: [u8; 32],
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        require_type(request.headers(), "application/json")?;
        let bytes = read_body(request, state).await?;
        Ok(Self { value: parse_json(&bytes)?, hash: Sha256::digest(&bytes).into() })
    }
}

/// A JSON merge patch (RFC 7396), by its own media type or as plain JSON.
#[derive(Debug)]
pub struct MergePatch<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for MergePatch<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = content_type(request.headers()).unwrap_or_default();
        if !kind.eq_ignore_ascii_case("application/merge-patch+json") {
            require_type(request.headers(), "application/json")?;
        }
        parse_json(&read_body(request, state).await?).map(Self)
    }
}

/// The raw body within the route's limit.
pub async fn read_body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| {
        let status = rejection.status();
        if status == http::StatusCode::PAYLOAD_TOO_LARGE {
            Problem::new(Kind::PayloadTooLarge, "send a smaller body")
        } else {
            Problem::new(Kind::Malformed, "the body could not be read to its end; send it again")
        }
    })
}

/// Reads JSON strictly.
pub fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let pointer = pointer(error.path());
        json_problem(error.inner(), pointer)
    })?;
    deserializer.end().map_err(|error| json_problem(&error, String::new()))?;
    Ok(value)
}

fn json_problem(error: &serde_json::Error, pointer: String) -> Problem {
    match error.classify() {
        serde_json::error::Category::Data => {
            Problem::invalid(pointer, without_position(&error.to_string()))
        }
        _ => Problem::new(Kind::Malformed, "the body is not valid JSON"),
    }
}

/// `unknown field ... at line 1 column 9` without its place, which the pointer gives better.
fn without_position(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

/// Tells a field that is null (`Some(None)`) from one that is missing (`None`, by `#[serde(default)]`).
pub fn nullable<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// Refuses bodies of another type with 415.
pub fn require_type(headers: &HeaderMap, expected: &'static str) -> Result<(), Problem> {
    let is_expected =
        content_type(headers).is_some_and(|value| value.eq_ignore_ascii_case(expected));
    if is_expected {
        return Ok(());
    }
    Err(Problem::new(Kind::UnsupportedMediaType, format!("send the body as {expected}")))
}

/// The media type of the body without parameters.
pub fn content_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or(value).trim())
}

/// A parameter of the body's media type, such as `charset`, without quotes.
pub fn media_type_parameter(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        let is_it = key.trim().eq_ignore_ascii_case(name);
        is_it.then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// Path parameters. One that cannot be an id is the same as an unknown one: 404.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        #[expect(clippy::disallowed_types, reason = "this is the extractor that replaces it")]
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|path| Self(path.0)).map_err(|_| Problem::not_found())
    }
}

/// Query parameters; unknown ones are ignored, wrong values are 422.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        #[expect(clippy::disallowed_types, reason = "this is the extractor that replaces it")]
        let query = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        query.map(|query| Self(query.0)).map_err(|rejection| {
            let text = rejection.body_text();
            let detail = text.strip_prefix("Failed to deserialize query string: ").unwrap_or(&text);
            let (pointer, detail) = detail.split_once(": ").unwrap_or(("", detail));
            Problem::invalid(pointer, detail)
        })
    }
}
