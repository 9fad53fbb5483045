//! Headers that tell browsers what our pages never do.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, header};

use crate::app::App;

/// What our pages never ask for. Passkeys and the code from a message are left to them.
const PERMISSIONS: &str = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), \
                           gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

/// What the headers say of this server.
#[derive(Clone)]
pub struct Policy {
    content: HeaderValue,
    is_encrypted: bool,
}

impl Policy {
    /// No inline script or style, nothing from elsewhere; `blob:` and `data:` are previews made in the page.
    /// Pictures go straight to the bucket where there is one, and come back through Kith.
    pub fn of(app: &App) -> Self {
        let bucket = app.storage().upload_origin().map(|origin| format!(" {origin}"));
        let content = format!(
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'{}; \
             frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            bucket.unwrap_or_default()
        );
        // An origin is ASCII without controls; should one ever not be, nothing is allowed rather than everything.
        let nothing = HeaderValue::from_static("default-src 'none'");
        let content = HeaderValue::try_from(content).unwrap_or(nothing);
        Self { content, is_encrypted: app.public_origin().starts_with("https:") }
    }
}

/// Adds the headers where a handler did not set its own.
pub async fn layer(State(policy): State<Policy>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy.content);
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("origin-agent-cluster"), "?1");
    set(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    set(header::CACHE_CONTROL, "no-store");
    if policy.is_encrypted {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    response
}
