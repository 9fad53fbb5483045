//! Uploads to a bucket: the addresses that are signed for clients, and the same kind of address used by Kith
//! itself for a body that comes to it, or that it puts together.
//!
//! Owns the signature of an upload and the request that carries a body of any length in one piece, as it comes.
//! S3's multipart uploads are never used, so that no unfinished one can stay behind; see docs/adr/0010.

use std::error::Error;
use std::iter;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use kith_types::time::{Clock, SystemClock, Timestamp};
use reqwest::StatusCode;
use reqwest::redirect::Policy;
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use secrecy::ExposeSecret;
use url::Url;

use crate::config::{S3Config, is_loopback};
use crate::error::{Result, StorageError};
use crate::s3::CONNECT_TIMEOUT;
use crate::upload::{MAX_EXPIRY, PresignedPut, UploadTerms, life};

/// Signs upload addresses.
#[derive(Debug)]
pub(crate) struct Signer {
    bucket: Bucket,
    credentials: Credentials,
}

/// Sends bodies to the server as Kith reaches it.
#[derive(Debug)]
pub(crate) struct Sender {
    signer: Signer,
    client: reqwest::Client,
}

impl Signer {
    /// Where the addresses lead, `https://host:port`.
    pub(crate) fn origin(&self) -> String {
        self.bucket.base_url().origin().ascii_serialization()
    }

    /// Signs for the server as clients reach it.
    pub(crate) fn for_clients(config: &S3Config) -> Result<Self> {
        Self::at(config.public_endpoint.as_ref().or(config.endpoint.as_ref()), config)
    }

    fn at(endpoint: Option<&Url>, config: &S3Config) -> Result<Self> {
        let (endpoint, style) = match endpoint.cloned() {
            Some(endpoint) => (endpoint, UrlStyle::Path),
            None => amazon(config)?,
        };
        let bucket = Bucket::new(endpoint, style, config.bucket.clone(), config.region.clone())
            .map_err(StorageError::unavailable)?;
        let key = config.credentials.access_key_id.clone();
        let secret = config.credentials.secret_access_key.expose_secret();
        let credentials = match &config.credentials.session_token {
            Some(token) => Credentials::new_with_token(key, secret, token.expose_secret()),
            None => Credentials::new(key, secret),
        };
        Ok(Self { bucket, credentials })
    }

    /// Signs length, type, checksum and "only if absent" besides key and expiry, so that the server
    /// refuses every other body (Amazon S3 API reference, "Authenticating requests: query parameters").
    pub(crate) fn presign_put(
        &self,
        terms: &UploadTerms,
        now: Timestamp,
        expires_in: Duration,
    ) -> Result<PresignedPut> {
        terms.check()?;
        let life = life(expires_in);
        let now = Timestamp::from_unix_seconds(now.unix_seconds());
        let signed_at =
            jiff::Timestamp::from_second(now.unix_seconds()).map_err(StorageError::unavailable)?;
        let headers = vec![
            ("content-type", terms.content_type.clone()),
            ("if-none-match", "*".to_owned()),
            ("x-amz-checksum-sha256", BASE64.encode(terms.sha256)),
        ];
        let mut action = self.bucket.put_object(Some(&self.credentials), terms.key.as_str());
        action.headers_mut().insert("content-length", terms.content_length.to_string());
        for (name, value) in &headers {
            action.headers_mut().insert(*name, value.clone());
        }
        let url = action.sign_with_time(life, &signed_at).into();
        Ok(PresignedPut { url, headers, expires_at: now + life })
    }
}

impl Sender {
    pub(crate) fn new(config: &S3Config) -> Result<Self> {
        // No limit for a whole request: its body comes at the pace of a phone's network, and the caller has one.
        let mut builder = reqwest::Client::builder()
            .tls_backend_rustls()
            .http1_only()
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(Policy::none());
        if config.endpoint.as_ref().is_some_and(is_loopback) {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(StorageError::unavailable)?;
        Ok(Self { signer: Signer::at(config.endpoint.as_ref(), config)?, client })
    }

    /// Sends a body as it comes, of which the address takes nothing else and nothing twice. Not repeated after a
    /// failure, since the body is gone then.
    pub(crate) async fn send(
        &self,
        terms: &UploadTerms,
        body: BoxStream<'static, Result<Bytes>>,
    ) -> Result<()> {
        // The time of the protocol, which the server compares with its own: not what the application calls now.
        let target = self.signer.presign_put(terms, SystemClock.now(), MAX_EXPIRY)?;
        let mut request =
            self.client.put(target.url).header("content-length", terms.content_length);
        for (name, value) in target.headers {
            request = request.header(name, value);
        }
        let answer = request.body(reqwest::Body::wrap_stream(body)).send().await;
        match answer.map_err(cause)?.error_for_status() {
            Ok(_) => Ok(()),
            Err(error) if is_taken(&error) => Err(StorageError::AlreadyExists),
            Err(error) => Err(StorageError::unavailable(error.without_url())),
        }
    }
}

/// "Only if absent" failed, or another such request is at it.
fn is_taken(error: &reqwest::Error) -> bool {
    matches!(error.status(), Some(StatusCode::PRECONDITION_FAILED | StatusCode::CONFLICT))
}

/// Why a request ended: through its own body, or through the server. The address is kept out of the error.
fn cause(error: reqwest::Error) -> StorageError {
    let mut sources = iter::successors(error.source(), |error| (*error).source());
    match sources.find_map(|source| source.downcast_ref::<StorageError>()) {
        Some(StorageError::Refused(refusal)) => StorageError::Refused(*refusal),
        Some(StorageError::NotFound) => StorageError::NotFound,
        _ => StorageError::unavailable(error.without_url()),
    }
}

/// Amazon's own server. Its certificates do not cover bucket names with dots as part of the host.
fn amazon(config: &S3Config) -> Result<(Url, UrlStyle)> {
    let endpoint = Url::parse(&format!("https://s3.{}.amazonaws.com", config.region));
    let style = if config.bucket.contains('.') { UrlStyle::Path } else { UrlStyle::VirtualHost };
    Ok((endpoint.map_err(StorageError::unavailable)?, style))
}
