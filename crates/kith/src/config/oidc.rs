//! Settings of sign-in by other services: who they are, and what must not be configured.
//!
//! Issuers come from here only: no request can name an address that this server asks.

use std::path::PathBuf;

use anyhow::Context as _;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::{Config, ConfigError, Environment, sections::redacted};

/// A provider of OpenID Connect.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// Its name in addresses: a to z, digits and dashes. Linked accounts go by it.
    pub name: String,
    /// As the provider writes itself, letter by letter, such as `https://accounts.google.com`.
    pub issuer: String,
    /// What the provider calls this server.
    pub client_id: String,
    /// The secret of that; empty: a public client, which PKCE alone protects.
    #[serde(default, serialize_with = "redacted")]
    pub client_secret: Option<SecretString>,
    /// A file that holds it.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
}

impl Oidc {
    /// The secret, from the settings or the file.
    pub fn secret(&self) -> anyhow::Result<Option<SecretString>> {
        let Some(path) = &self.client_secret_file else { return Ok(self.client_secret.clone()) };
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("the client secret of {} cannot be read", self.name))?;
        Ok(Some(text.trim().to_owned().into()))
    }

    fn fault(&self, environment: Environment) -> Option<&'static str> {
        let is_name =
            |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
        if !(1..=32).contains(&self.name.len()) || !self.name.chars().all(is_name) {
            return Some("name must be 1 to 32 of a to z, 0 to 9 and -");
        }
        if self.client_id.is_empty() {
            return Some("client_id is missing");
        }
        if self.client_secret.is_some() && self.client_secret_file.is_some() {
            return Some("set client_secret or client_secret_file, not both");
        }
        let Ok(issuer) = Url::parse(&self.issuer) else { return Some("issuer must be an address") };
        let is_bare = issuer.query().is_none()
            && issuer.fragment().is_none()
            && issuer.username().is_empty()
            && issuer.password().is_none();
        let is_stand_in = environment == Environment::Development
            && issuer.scheme() == "http"
            && is_loopback(&issuer);
        if !is_bare || !(issuer.scheme() == "https" || is_stand_in) {
            return Some("issuer must be a https address without query, as the provider writes it");
        }
        None
    }
}

/// Whether an address is one of this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl Config {
    /// Refuses providers that cannot be used or told apart.
    pub fn check_oidc(&self) -> Result<(), ConfigError> {
        for (place, provider) in self.oidc.iter().enumerate() {
            let is_again = self.oidc[..place].iter().any(|other| other.name == provider.name);
            let again = is_again.then_some("its name is there twice");
            if let Some(fault) = again.or_else(|| provider.fault(self.environment())) {
                let text = format!("the oidc provider {:?}: {fault}", provider.name);
                return Err(ConfigError::Contradiction(text));
            }
        }
        Ok(())
    }
}
