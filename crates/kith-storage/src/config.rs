//! Where photos are kept, as the operator writes it.
//!
//! Owns the parsing of `file:` and `s3:` addresses. Reads no environment variable and opens nothing.

use std::path::PathBuf;

use secrecy::SecretString;
use url::{Host, Url};

/// The place of the objects.
#[derive(Debug, Clone)]
pub enum StorageConfig {
    /// A directory of this machine, or a volume that all machines share.
    Directory {
        /// Created if missing, for the owner alone.
        path: PathBuf,
    },
    /// A bucket of S3 or of a server that speaks its protocol.
    S3(Box<S3Config>),
}

/// Which way uploads take to a bucket.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum UploadWay {
    /// Clients send to the server of the bucket.
    #[default]
    Direct,
    /// Clients send to Kith, which passes the bytes on as they come: for a server that browsers cannot reach.
    ThroughKith,
}

/// A bucket and the way to it.
#[derive(Debug, Clone)]
pub struct S3Config {
    /// Name of the bucket.
    pub bucket: String,
    /// The server; none is Amazon's own. Path-style addresses are used when it is set.
    pub endpoint: Option<Url>,
    /// The server as browsers reach it, where that differs. Only presigned URLs use it.
    pub public_endpoint: Option<Url>,
    /// The way of uploads.
    pub uploads: UploadWay,
    /// Region that requests are signed for.
    pub region: String,
    /// Credentials with read, write, delete and list permission on the bucket.
    pub credentials: S3Credentials,
}

/// A key of S3; the secret parts never show in `Debug`.
#[derive(Debug, Clone)]
pub struct S3Credentials {
    /// `AWS_ACCESS_KEY_ID`
    pub access_key_id: String,
    /// `AWS_SECRET_ACCESS_KEY`
    pub secret_access_key: SecretString,
    /// `AWS_SESSION_TOKEN`, with temporary credentials
    pub session_token: Option<SecretString>,
}

/// What an `s3:` address needs besides itself, as the operator gave it.
#[derive(Debug, Clone, Default)]
pub struct S3Settings {
    /// Address of the server; none is Amazon's own.
    pub endpoint: Option<String>,
    /// Address of the server for browsers, where that differs.
    pub public_endpoint: Option<String>,
    /// The way of uploads.
    pub uploads: UploadWay,
    /// `AWS_REGION`; none is `us-east-1`, which most other servers expect.
    pub region: Option<String>,
    /// `AWS_ACCESS_KEY_ID`
    pub access_key_id: Option<String>,
    /// `AWS_SECRET_ACCESS_KEY`
    pub secret_access_key: Option<SecretString>,
    /// `AWS_SESSION_TOKEN`
    pub session_token: Option<SecretString>,
}

/// Why a storage setting cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// Neither `file:` nor `s3:`.
    #[error("the storage address must be file:<path> or s3://<bucket>")]
    Address,
    /// The bucket name breaks the rules of S3.
    #[error(
        "the bucket name must have 3 to 63 of a-z, 0-9, '-' and '.', and nothing may follow it"
    )]
    Bucket,
    /// The endpoint is no URL of a server.
    #[error("the storage endpoint must be an http(s) address without path, user or query")]
    Endpoint,
    /// Credentials would travel in the clear.
    #[error("the storage endpoint must use https unless it is on this machine")]
    PlainHttp,
    /// A key is missing.
    #[error("s3 storage needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")]
    Credentials,
}

impl StorageConfig {
    /// Reads `file:/path` (or `file:relative/path`, `file:///path`) or `s3://bucket`.
    pub fn parse(address: &str, settings: S3Settings) -> Result<Self, ConfigError> {
        if let Some(path) = address.strip_prefix("file:") {
            return directory(path);
        }
        let bucket = address.strip_prefix("s3://").ok_or(ConfigError::Address)?;
        let bucket = bucket.strip_suffix('/').unwrap_or(bucket);
        if !is_bucket_name(bucket) {
            return Err(ConfigError::Bucket);
        }
        let (Some(access_key_id), Some(secret_access_key)) =
            (settings.access_key_id, settings.secret_access_key)
        else {
            return Err(ConfigError::Credentials);
        };
        Ok(Self::S3(Box::new(S3Config {
            bucket: bucket.to_owned(),
            endpoint: settings.endpoint.as_deref().map(endpoint).transpose()?,
            public_endpoint: settings.public_endpoint.as_deref().map(endpoint).transpose()?,
            uploads: settings.uploads,
            region: settings.region.unwrap_or_else(|| "us-east-1".to_owned()),
            credentials: S3Credentials {
                access_key_id,
                secret_access_key,
                session_token: settings.session_token,
            },
        })))
    }
}

fn directory(path: &str) -> Result<StorageConfig, ConfigError> {
    let path = match path.strip_prefix("//") {
        // file://host/path would name another machine.
        Some(absolute) if absolute.starts_with('/') => absolute,
        Some(_) => return Err(ConfigError::Address),
        None => path,
    };
    if path.is_empty() {
        Err(ConfigError::Address)
    } else {
        Ok(StorageConfig::Directory { path: path.into() })
    }
}

fn endpoint(text: &str) -> Result<Url, ConfigError> {
    let url = Url::parse(text).map_err(|_| ConfigError::Endpoint)?;
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let is_anonymous = url.username().is_empty() && url.password().is_none();
    match url.scheme() {
        "https" | "http" if !is_bare || !is_anonymous => Err(ConfigError::Endpoint),
        "http" if !is_loopback(&url) => Err(ConfigError::PlainHttp),
        "https" | "http" => Ok(url),
        _ => Err(ConfigError::Endpoint),
    }
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// General purpose bucket names, Amazon S3 user guide "Bucket naming rules".
fn is_bucket_name(name: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let is_allowed =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    (3..=63).contains(&name.len())
        && is_edge(name.chars().next())
        && is_edge(name.chars().last())
        && name.chars().all(is_allowed)
        && !name.contains("..")
}
