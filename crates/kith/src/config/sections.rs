//! The sections of the settings; meanings and defaults stand in `default.toml`.

use std::{net::SocketAddr, path::PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Serialize, Serializer};

/// The public server.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// Listen address.
    pub address: SocketAddr,
    /// Addresses of proxies whose `X-Forwarded-For` counts.
    #[serde(default)]
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Seconds that a request may take.
    pub timeout_seconds: u64,
    /// Seconds in which a client must have sent the head of its first request.
    pub head_seconds: u64,
    /// Connections served at a time; more wait. Sockets count only until they are open.
    pub max_connections: usize,
    /// Bytes of an ordinary JSON body.
    pub body_limit_bytes: usize,
}

/// The operations server.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Operations {
    /// Listen address of `/metrics`; port 0 takes a free one.
    pub address: SocketAddr,
}

/// PostgreSQL.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// Connection string; empty: the embedded server.
    #[serde(default, serialize_with = "redacted")]
    pub url: Option<SecretString>,
    /// Notifications and activities; empty: the primary.
    #[serde(default, serialize_with = "redacted")]
    pub secondary_url: Option<SecretString>,
    /// PEM file of the authorities that sign the servers' certificates; empty: those of the system.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Pooled connections.
    pub pool_size: usize,
    /// Pooled connections of the secondary database.
    pub secondary_pool_size: usize,
}

/// Redis.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Redis {
    /// Connection string; empty: in process.
    #[serde(default, serialize_with = "redacted")]
    pub url: Option<SecretString>,
}

/// Which way photos take to a bucket.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Uploads {
    /// Browsers send to the bucket.
    Direct,
    /// Browsers send to Kith, which passes the bytes on.
    ThroughKith,
}

/// Photos.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    /// `file:/path` or `s3://bucket`; empty: a folder in the data directory.
    #[serde(default)]
    pub url: Option<String>,
    /// S3 address where it is not Amazon's.
    #[serde(default)]
    pub endpoint: Option<url::Url>,
    /// The same server as browsers reach it, where that differs; uploads go there.
    #[serde(default)]
    pub public_endpoint: Option<url::Url>,
    /// `direct`, or `through-kith` where browsers cannot reach the bucket.
    pub uploads: Uploads,
    /// Seconds that an upload URL works.
    pub upload_seconds: u64,
}

/// Keys.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// 32 bytes in hexadecimal; empty: made once and kept in the data directory.
    #[serde(default, serialize_with = "redacted")]
    pub master_key: Option<SecretString>,
    /// A file that holds them.
    #[serde(default)]
    pub master_key_file: Option<PathBuf>,
}

/// The media process.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Media {
    /// The program that decodes; empty: this one.
    #[serde(default)]
    pub program: Option<PathBuf>,
    /// Photos processed at a time.
    pub concurrency: usize,
    /// When WebP is made.
    pub webp: WebpMaking,
    /// Whether pictures that are looked at are encoded a second time, smaller, while there is nothing else to do.
    pub second_pass: bool,
    /// Whether what was sent is kept, sealed, beside what was made of it.
    pub keep_originals: bool,
}

/// When WebP is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WebpMaking {
    /// When somebody first asks for it: almost every client takes AVIF.
    OnRequest,
    /// With the other formats, for every photo.
    Eager,
}

/// Sockets and events.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Realtime {
    /// Milliseconds after which the sequencer looks even if nobody woke it.
    pub sequencer_fallback_ms: u64,
}

/// How long things are kept.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Days that events can be resumed.
    pub event_days: u64,
    /// Days that activities are kept.
    pub activity_days: u64,
    /// Days that a deleted post can be restored.
    pub restore_days: u64,
    /// Days that the audit log is kept.
    pub audit_days: u64,
}

/// Terms that people must accept.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Which text.
    pub version: String,
    /// Where it stands.
    pub url: String,
}

/// Shows that a secret is there, and nothing of it.
#[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
pub(super) fn redacted<S: Serializer>(
    secret: &Option<SecretString>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(|_| "[redacted]").serialize(serializer)
}
