//! Owns the problems that this protocol itself finds. Their types are those of the HTTP interface.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::ToSchema;

/// A problem document (RFC 9457) inside a frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// The stable path of its kind, such as `/problems/not-found`.
    #[serde(rename = "type")]
    pub kind: Cow<'static, str>,
    /// The kind in words.
    pub title: Cow<'static, str>,
    /// The status that HTTP would answer with.
    pub status: u16,
    /// What to do.
    pub detail: Cow<'static, str>,
}

impl Problem {
    /// A channel of something that does not exist or may not be seen, without telling which.
    pub fn not_found() -> Self {
        Self {
            kind: "/problems/not-found".into(),
            title: "Not found".into(),
            status: 404,
            detail: "there is nothing here that you can see".into(),
        }
    }

    pub(crate) fn malformed(detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind: "/problems/malformed".into(),
            title: "The request could not be read".into(),
            status: 400,
            detail: detail.into(),
        }
    }

    pub(crate) fn conflict(detail: &'static str) -> Self {
        Self {
            kind: "/problems/conflict".into(),
            title: "This does not fit the present state".into(),
            status: 409,
            detail: detail.into(),
        }
    }
}
