//! Settings: one struct per section, defaults embedded and commented in `default.toml`, then a file, then
//! `KITH_SECTION__KEY` from the environment. Secrets are redacted in every output.
//!
//! It must never be read after start: the application holds what it was started with.

mod development;
mod limits;
mod mail;
mod oidc;
mod reviewers;
mod sections;
mod sms;
mod ways_in;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use development::Environment;
pub use limits::{Countries, LimitProfile, Limits};
pub use mail::Mail;
pub use oidc::{Oidc, is_loopback};
pub use reviewers::Reviewer;
pub use sections::{
    Database, Http, Media, Operations, Realtime, Redis, Retention, Secrets, Storage, Terms,
    Uploads, WebpMaking,
};
pub use sms::Sms;
pub use ways_in::Auth;

/// All settings.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the embedded shape keeps everything.
    pub data_dir: PathBuf,
    /// Address that people use, without a trailing slash; empty: the listen address.
    #[serde(default)]
    pub public_url: Option<url::Url>,
    /// `development` or `production`; empty: decided by [`Config::environment`].
    #[serde(default)]
    pub environment: Option<Environment>,
    /// The public server.
    pub http: Http,
    /// Metrics, on an address of their own.
    pub ops: Operations,
    /// PostgreSQL; empty: the embedded one.
    pub database: Database,
    /// Redis; empty: in process.
    pub redis: Redis,
    /// Photos.
    pub storage: Storage,
    /// Keys.
    pub secrets: Secrets,
    /// Sign-in.
    pub auth: Auth,
    /// Text messages.
    pub sms: Sms,
    /// E-mail.
    #[serde(default)]
    pub mail: Mail,
    /// Sign-in by other services.
    #[serde(default)]
    pub oidc: Vec<Oidc>,
    /// Limits.
    pub limits: Limits,
    /// The media process.
    pub media: Media,
    /// Sockets and events.
    pub realtime: Realtime,
    /// How long things are kept.
    pub retention: Retention,
    /// Terms that people must accept, if any.
    #[serde(default)]
    pub terms: Option<Terms>,
}

/// Why the settings cannot be used; names what to change.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file or variable could not be read or has an unknown or wrong key.
    #[error("the settings are not valid: {0}")]
    Read(#[from] config::ConfigError),
    /// Settings that must not go together.
    #[error("the settings contradict each other: {0}")]
    Contradiction(String),
}

/// Variables that start like settings and are none.
const NO_SETTINGS: &[&str] = &["KITH_CODECS_DIR", "KITH_CONFIG_FILE", "KITH_LOG"];

fn is_no_setting(name: &str) -> bool {
    NO_SETTINGS.contains(&name) || name.starts_with("KITH_TEST_")
}

const DEFAULTS: &str = include_str!("default.toml");

impl Config {
    /// Reads defaults, then `file`, then the environment, and checks them.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut builder = config::Config::builder()
            .add_source(config::File::from_str(DEFAULTS, config::FileFormat::Toml));
        if let Some(file) = file {
            builder = builder.add_source(config::File::from(file).required(true));
        }
        let variables = std::env::vars().filter(|(name, _)| !is_no_setting(name)).collect();
        let environment = config::Environment::with_prefix("KITH")
            .prefix_separator("_")
            .separator("__")
            .ignore_empty(true)
            .try_parsing(true)
            .list_separator(",")
            .with_list_parse_key("http.trusted_proxies")
            .with_list_parse_key("sms.providers")
            .with_list_parse_key("limits.countries")
            .source(Some(variables));
        let settings: Self = builder.add_source(environment).build()?.try_deserialize()?;
        settings.check()?;
        Ok(settings)
    }

    /// The defaults alone, for tests.
    pub fn defaults() -> Result<Self, ConfigError> {
        let source = config::File::from_str(DEFAULTS, config::FileFormat::Toml);
        Ok(config::Config::builder().add_source(source).build()?.try_deserialize()?)
    }

    /// The address that people use, without a trailing slash.
    pub fn public_origin(&self) -> String {
        match &self.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.http.address),
        }
    }

    /// Which limits apply: relaxed ones exist only in development.
    pub fn limit_profile(&self) -> LimitProfile {
        self.limits.profile.unwrap_or(match self.environment() {
            Environment::Development => LimitProfile::Relaxed,
            Environment::Production => LimitProfile::Production,
        })
    }
}
