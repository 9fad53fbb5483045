//! Optimistic concurrency and conditional reads: `ETag: "<version>.<digest>"`. `If-Match` compares the
//! version, `If-None-Match` the whole.

use axum::{
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::problem::{Kind, Problem};

/// What `If-Match` demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// `*`: whatever the version is.
    Any,
    /// One of these versions. Tags that are not ours name none.
    Versions(Vec<i32>),
}

impl IfMatch {
    /// The versions for a guarded statement: none means any.
    pub fn versions(&self) -> Option<&[i32]> {
        match self {
            Self::Any => None,
            Self::Versions(versions) => Some(versions),
        }
    }

    /// Refuses the change of a version that the client did not name.
    pub fn require(&self, version: i32) -> Result<(), Problem> {
        match self.versions() {
            Some(versions) if !versions.contains(&version) => Err(stale()),
            _ => Ok(()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let required = || {
            Problem::new(
                Kind::VersionRequired,
                "send If-Match with the ETag of what you are changing, or *",
            )
        };
        let mut tags = Vec::new();
        for value in parts.headers.get_all(header::IF_MATCH) {
            tags.extend(value.to_str().map_err(|_| required())?.split(',').map(str::trim));
        }
        if tags.is_empty() {
            return Err(required());
        }
        if tags.contains(&"*") {
            return Ok(Self::Any);
        }
        Ok(Self::Versions(tags.into_iter().filter_map(version_of).collect()))
    }
}

/// The version that a tag of ours names. A weak one names none (RFC 9110, section 13.1.1).
fn version_of(tag: &str) -> Option<i32> {
    let tag = tag.strip_prefix('"')?.strip_suffix('"')?;
    tag.split('.').next()?.parse().ok()
}

/// The row has another version than the client saw.
pub fn stale() -> Problem {
    Problem::new(
        Kind::VersionStale,
        "read it again, apply your change to the new state and send that",
    )
}

/// A JSON answer with its `ETag`; 304 where the client has it already.
pub fn respond<T: Serialize>(
    request: &HeaderMap,
    status: StatusCode,
    version: i32,
    body: &T,
) -> Result<Response, Problem> {
    let bytes = serde_json::to_vec(body).map_err(Problem::internal)?;
    let digest = hex::encode(&Sha256::digest(&bytes)[..8]);
    let tag = format!("\"{version}.{digest}\"");
    let etag = HeaderValue::from_str(&tag).map_err(Problem::internal)?;
    if status == StatusCode::OK && is_known(request, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let json = HeaderValue::from_static("application/json");
    Ok((status, [(header::ETAG, etag), (header::CONTENT_TYPE, json)], bytes).into_response())
}

/// Whether `If-None-Match` names the tag (weak comparison, as RFC 9110 asks).
pub fn is_known(request: &HeaderMap, tag: &str) -> bool {
    let Some(value) = request.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    value
        .split(',')
        .map(|known| known.trim().trim_start_matches("W/"))
        .any(|known| known == tag || known == "*")
}
