//! Services of OpenID Connect: what they say of themselves, and the one client that asks them.
//!
//! Must never follow a redirect, wait long, read much, or ask an address that is neither the operator's nor named
//! over TLS by one of the operator's. What a service says is asked for again after an hour; keys at once when a
//! token names one that is not known, but at most once a minute.

use std::{sync::Arc, time::Duration};

use jsonwebtoken::{DecodingKey, Header};
use kith_types::time::Timestamp;
use reqwest::{Client, RequestBuilder, StatusCode, redirect::Policy, tls};
use secrecy::SecretString;
use serde::Deserialize;
use tokio::sync::Mutex;
use url::{Host, Url};

use super::{key_set::KeySet, refusal::Fault};
use crate::config::{Config, Oidc, is_loopback};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// For a whole answer: a person waits for two or three of them.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Google's discovery document has 2 KB, its keys have 2 KB.
const MAX_ANSWER: usize = 256 * 1024;
const KEPT: Duration = Duration::from_hours(1);
const KEYS_EVERY: Duration = Duration::from_mins(1);
/// A service that failed is left alone for this long, so that waiting requests do not pile up behind it.
const REST: Duration = Duration::from_secs(10);

/// Every configured service.
pub struct Providers(Vec<Provider>);

/// A configured service.
pub struct Provider {
    /// Its name in addresses and in the database.
    pub name: String,
    /// As it writes itself.
    pub issuer: String,
    /// What it calls us.
    pub client_id: String,
    /// Our secret with it.
    pub secret: Option<SecretString>,
    client: Client,
    known: Mutex<Known>,
}

/// What a service says of itself (OpenID Connect Discovery 1.0, section 3), as far as it is used.
#[derive(Debug, Deserialize)]
pub struct Discovery {
    issuer: String,
    /// Where people sign in.
    pub authorization_endpoint: Url,
    /// Where codes are exchanged.
    pub token_endpoint: Url,
    jwks_uri: Url,
    /// How we may show our secret; absent: by `client_secret_basic`.
    pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// Whether its answers say who they are from (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

/// What was asked for lately.
#[derive(Default)]
struct Known {
    discovery: Option<(Timestamp, Arc<Discovery>)>,
    keys: Option<(Timestamp, KeySet)>,
    failed_at: Option<Timestamp>,
}

impl Providers {
    /// Checks the settings; asks nobody yet.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        config.check_oidc()?;
        Ok(Self(config.oidc.iter().map(Provider::new).collect::<Result<_, _>>()?))
    }

    /// The service of that name.
    pub fn find(&self, name: &str) -> Option<&Provider> {
        self.0.iter().find(|provider| provider.name == name)
    }

    /// Their names, as the settings order them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|provider| provider.name.as_str())
    }
}

impl Provider {
    fn new(settings: &Oidc) -> anyhow::Result<Self> {
        let is_here = is_loopback(&Url::parse(&settings.issuer)?);
        let builder = Client::builder()
            .tls_backend_rustls()
            .tls_version_min(tls::Version::TLS_1_2)
            .https_only(!is_here)
            .redirect(Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .user_agent(concat!("kith/", env!("CARGO_PKG_VERSION")));
        let client = if is_here { builder.no_proxy().build()? } else { builder.build()? };
        Ok(Self {
            name: settings.name.clone(),
            issuer: settings.issuer.clone(),
            client_id: settings.client_id.clone(),
            secret: settings.secret()?,
            client,
            known: Mutex::default(),
        })
    }

    /// What the service says of itself.
    pub async fn discovery(&self, now: Timestamp) -> Result<Arc<Discovery>, Fault> {
        let mut known = self.known.lock().await;
        self.discovery_of(&mut known, now).await
    }

    /// The key that a token was signed with.
    pub async fn key(&self, header: &Header, now: Timestamp) -> Result<DecodingKey, Fault> {
        let mut known = self.known.lock().await;
        if let Some((asked_at, keys)) = &known.keys {
            let found = keys.find(header).filter(|_| now < *asked_at + KEPT);
            if let Some(key) = found {
                return Ok(key);
            }
            if now < *asked_at + KEYS_EVERY {
                return Err(Fault::Wrong("no key of the service fits the token"));
            }
        }
        let discovery = self.discovery_of(&mut known, now).await?;
        let fetched = self.document(&mut known, &discovery.jwks_uri, now).await?;
        let keys = KeySet::parse(&fetched)?;
        let found = keys.find(header);
        known.keys = Some((now, keys));
        found.ok_or(Fault::Wrong("no key of the service fits the token"))
    }

    async fn discovery_of(
        &self,
        known: &mut Known,
        now: Timestamp,
    ) -> Result<Arc<Discovery>, Fault> {
        let kept = known.discovery.as_ref().filter(|(asked_at, _)| now < *asked_at + KEPT);
        if let Some((_, discovery)) = kept {
            return Ok(Arc::clone(discovery));
        }
        let address =
            format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
        let address = Url::parse(&address).map_err(|_| Fault::Away("its address is none"))?;
        let bytes = self.document(known, &address, now).await?;
        let discovery = Arc::new(self.judge(&bytes)?);
        known.discovery = Some((now, Arc::clone(&discovery)));
        Ok(discovery)
    }

    /// The document is the issuer's own, and names addresses that may be asked.
    fn judge(&self, bytes: &[u8]) -> Result<Discovery, Fault> {
        let discovery: Discovery = serde_json::from_slice(bytes)
            .map_err(|_| Fault::Away("its discovery document is not one"))?;
        if discovery.issuer != self.issuer {
            return Err(Fault::Away("its discovery document is of another issuer"));
        }
        let Discovery { authorization_endpoint, token_endpoint, jwks_uri, .. } = &discovery;
        let named = [authorization_endpoint, token_endpoint, jwks_uri];
        if !named.iter().all(|address| self.may_name(address)) {
            return Err(Fault::Away("its discovery document names a forbidden address"));
        }
        Ok(discovery)
    }

    /// TLS to a name; on this machine only for a service that is itself there.
    fn may_name(&self, address: &Url) -> bool {
        let is_here = Url::parse(&self.issuer).is_ok_and(|issuer| is_loopback(&issuer));
        if is_here {
            return is_loopback(address) && ["http", "https"].contains(&address.scheme());
        }
        let is_name = matches!(address.host(), Some(Host::Domain(name)) if name != "localhost");
        address.scheme() == "https" && is_name
    }

    /// Fetches a document of the service.
    async fn document(
        &self,
        known: &mut Known,
        address: &Url,
        now: Timestamp,
    ) -> Result<Vec<u8>, Fault> {
        if known.failed_at.is_some_and(|failed_at| now < failed_at + REST) {
            return Err(Fault::Away("it did not answer a moment ago"));
        }
        let fetched = match self.ask(self.client.get(address.clone())).await {
            Ok((StatusCode::OK, bytes)) => Ok(bytes),
            Ok(_) => Err(Fault::Away("it answered with another status than 200")),
            Err(fault) => Err(fault),
        };
        known.failed_at = fetched.is_err().then_some(now);
        fetched
    }

    /// Sends a request to the token endpoint.
    pub async fn post(
        &self,
        address: &Url,
        fill: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<(StatusCode, Vec<u8>), Fault> {
        self.ask(fill(self.client.post(address.clone()))).await
    }

    /// Errors of the client are dropped: they repeat addresses.
    async fn ask(&self, request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), Fault> {
        let sent = request.header(http::header::ACCEPT, "application/json").send().await;
        let mut response = sent.map_err(|_| Fault::Away("it was not reached in time"))?;
        let mut bytes = Vec::new();
        while let Some(chunk) =
            response.chunk().await.map_err(|_| Fault::Away("its answer broke off"))?
        {
            if bytes.len() + chunk.len() > MAX_ANSWER {
                return Err(Fault::Away("its answer is too long"));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok((response.status(), bytes))
    }
}
