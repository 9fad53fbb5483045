//! The closed registry of problems (RFC 9457) and how one becomes an answer.
//!
//! Every error that leaves the server is a [`Problem`]; nothing else renders errors. The text of an
//! internal error never reaches a client: it is logged once, at the edge, with the request id.

use std::borrow::Cow;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::http::rate_limit::Quota;

/// Media type of every error answer.
pub const MEDIA_TYPE: &str = "application/problem+json";

macro_rules! problem_kinds {
    ($($variant:ident, $status:literal, $slug:literal, $title:literal;)*) => {
        /// A kind of problem. The slug is public and stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind { $(#[doc = $title] $variant),* }

        impl Kind {
            /// Every kind, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// HTTP status code.
            pub fn status(self) -> StatusCode {
                let code: u16 = match self { $(Self::$variant => $status),* };
                StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }

            /// Last segment of the `type` URI.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug),* }
            }

            /// Short summary, the same for every occurrence.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),* }
            }
        }
    };
}

problem_kinds! {
    Malformed, 400, "malformed", "The request could not be read";
    CursorInvalid, 400, "cursor-invalid", "The cursor is not valid here any more";
    Unauthenticated, 401, "unauthenticated", "Sign in first";
    CredentialsWrong, 401, "credentials-wrong", "This sign-in is not valid";
    TokenReused, 401, "token-reused", "This sign-in was ended";
    CsrfRefused, 403, "csrf-refused", "The request did not come from this site";
    Forbidden, 403, "forbidden", "Not allowed";
    ProfileIncomplete, 403, "profile-incomplete", "Finish the profile first";
    AccountSuspended, 403, "account-suspended", "This account is suspended";
    StepUpRequired, 403, "step-up-required", "Show again that it is you";
    TermsNotAccepted, 403, "terms-not-accepted", "Accept the terms first";
    NotFound, 404, "not-found", "Not found";
    MethodNotAllowed, 405, "method-not-allowed", "This address does not take that method";
    Conflict, 409, "conflict", "This does not fit the present state";
    AlreadyFriends, 409, "already-friends", "You are friends already";
    ContactNotOnPlatform, 409, "contact-not-on-platform", "This contact cannot be asked here";
    UploadNotUsable, 409, "upload-not-usable", "This upload cannot be used";
    EmailTaken, 409, "email-taken", "The e-mail address belongs to another account";
    IdentityTaken, 409, "identity-taken", "This sign-in belongs to another account";
    LastWayIn, 409, "last-way-in", "This is the only way into the account";
    PhoneTaken, 409, "phone-taken", "The number belongs to another account";
    UsernameTaken, 409, "username-taken", "The username is taken";
    CodeExpired, 410, "code-expired", "The code is not valid any more";
    VersionStale, 412, "version-stale", "It was changed in the meantime";
    PayloadTooLarge, 413, "payload-too-large", "The body is too large";
    UnsupportedMediaType, 415, "unsupported-media-type", "This type of body is not understood";
    Validation, 422, "validation", "Some values are not valid";
    PasswordBreached, 422, "password-breached", "This password is publicly known";
    CodeWrong, 422, "code-wrong", "The code is wrong";
    IdempotencyMismatch, 422, "idempotency-mismatch", "This key was used with another body";
    RegistrationLocked, 423, "registration-locked", "The account is locked against new devices";
    VersionRequired, 428, "version-required", "If-Match is missing";
    CodeExhausted, 429, "code-exhausted", "Too many wrong codes";
    RateLimited, 429, "rate-limited", "Too many requests";
    Internal, 500, "internal", "Something went wrong here";
    Unavailable, 503, "unavailable", "Not available for the moment";
}

/// One wrong value of a request.
#[derive(Clone, Debug, Serialize)]
pub struct FieldError {
    /// JSON pointer into the body (`/caption`), or the parameter's name.
    pub pointer: String,
    /// What is wrong and what to do.
    pub detail: String,
}

/// An error as a value; see the module.
#[derive(Debug)]
pub struct Problem {
    inner: Box<Inner>,
}

#[derive(Debug)]
struct Inner {
    kind: Kind,
    detail: Cow<'static, str>,
    errors: Vec<FieldError>,
    retry_after: Option<u64>,
    quota: Option<Quota>,
    extensions: serde_json::Map<String, serde_json::Value>,
    source: Option<anyhow::Error>,
}

impl Problem {
    /// A problem with a sentence that tells the person what to do.
    pub fn new(kind: Kind, detail: impl Into<Cow<'static, str>>) -> Self {
        let inner = Inner {
            kind,
            detail: detail.into(),
            errors: Vec::new(),
            retry_after: None,
            quota: None,
            extensions: serde_json::Map::new(),
            source: None,
        };
        Self { inner: Box::new(inner) }
    }

    /// Absent, or not visible to this person: the same answer.
    pub fn not_found() -> Self {
        Self::new(Kind::NotFound, "there is nothing here that you can see")
    }

    /// No credentials, or none that count.
    pub fn unauthenticated() -> Self {
        Self::new(Kind::Unauthenticated, "sign in and try again")
    }

    /// One invalid value.
    pub fn invalid(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Kind::Validation, "correct the values listed under errors and try again")
            .field(pointer, detail)
    }

    /// Something failed that is not the client's doing.
    pub fn internal(source: impl Into<anyhow::Error>) -> Self {
        let mut problem = Self::new(
            Kind::Internal,
            "try again; if it keeps happening, tell the operator the instance",
        );
        problem.inner.source = Some(source.into());
        problem
    }

    /// A component is away; waiting helps.
    pub fn unavailable(source: impl Into<anyhow::Error>) -> Self {
        let mut problem = Self::new(Kind::Unavailable, "try again in a few seconds").retry_after(5);
        problem.inner.source = Some(source.into());
        problem
    }

    /// Over a limit, which the answer tells of.
    pub fn rate_limited(quota: Quota) -> Self {
        Self::new(Kind::RateLimited, "wait before trying again").quota(quota)
    }

    /// Adds a wrong value.
    #[must_use]
    pub fn field(mut self, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        self.inner.errors.push(FieldError { pointer: pointer.into(), detail: detail.into() });
        self
    }

    /// Puts the pointers of all wrong values under `prefix`.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        for error in &mut self.inner.errors {
            error.pointer.insert_str(0, prefix);
        }
        self
    }

    /// Adds the seconds after which trying again helps.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.inner.retry_after = Some(seconds.max(1));
        self
    }

    /// Adds the budget that is used up, and when it has something again.
    #[must_use]
    pub fn quota(mut self, quota: Quota) -> Self {
        self.inner.quota = Some(quota);
        match quota.wait() {
            Some(seconds) => self.retry_after(seconds),
            None => self,
        }
    }

    /// Adds a member to the document (`attempts_left`).
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<serde_json::Value>) -> Self {
        self.inner.extensions.insert(member.to_owned(), value.into());
        self
    }

    /// The kind, for code that decides by it.
    pub fn kind(&self) -> Kind {
        self.inner.kind
    }

    /// The cause of an internal problem, for the log and for retries.
    pub fn source(&self) -> Option<&anyhow::Error> {
        self.inner.source.as_ref()
    }

    /// The document, also used in realtime frames.
    pub fn document(&self, request_id: &str) -> serde_json::Value {
        let kind = self.inner.kind;
        let mut body = self.inner.extensions.clone();
        body.insert("type".into(), format!("/problems/{}", kind.slug()).into());
        body.insert("title".into(), kind.title().into());
        body.insert("status".into(), kind.status().as_u16().into());
        body.insert("detail".into(), self.inner.detail.as_ref().into());
        body.insert("instance".into(), request_id.into());
        if !self.inner.errors.is_empty() {
            let errors = serde_json::to_value(&self.inner.errors).unwrap_or_default();
            body.insert("errors".into(), errors);
        }
        if let Some(seconds) = self.inner.retry_after {
            body.insert("retry_after".into(), seconds.into());
        }
        serde_json::Value::Object(body)
    }

    fn log(&self) {
        let slug = self.inner.kind.slug();
        if let Some(source) = &self.inner.source {
            tracing::error!(problem = slug, error = format!("{source:#}"), "request failed");
        } else {
            tracing::debug!(problem = slug, "request refused");
        }
    }
}

impl From<tokio_postgres::Error> for Problem {
    fn from(error: tokio_postgres::Error) -> Self {
        crate::db::problem(error)
    }
}

impl From<deadpool_postgres::PoolError> for Problem {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            deadpool_postgres::PoolError::Backend(error) => crate::db::problem(error),
            other => Self::unavailable(other),
        }
    }
}

impl From<kith_storage::StorageError> for Problem {
    fn from(error: kith_storage::StorageError) -> Self {
        match error {
            kith_storage::StorageError::Unavailable(_) => Self::unavailable(error),
            other => Self::internal(other),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.log();
        let request_id = crate::http::request_id::current();
        let body = serde_json::to_vec(&self.document(&request_id)).unwrap_or_default();
        let mut response = (self.inner.kind.status(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if let Some(seconds) = self.inner.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(quota) = self.inner.quota {
            quota.tell(headers);
        }
        if self.inner.kind.status() == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
