//! The way to a service and back: what a browser keeps, what is sent along, what must come back.
//!
//! The browser's cookie is the one secret. Nonce and PKCE verifier are derived from it, so that neither what the
//! database holds nor what an address shows is enough to finish the way.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kith_types::keys::SecretKey;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::provider::{Discovery, Provider};
use crate::app::App;

const STATE_BYTES: usize = 32;

/// What a browser keeps while its person is away.
pub struct BrowserSecret(SecretKey);

impl BrowserSecret {
    /// Draws a new one.
    pub fn draw(app: &App) -> Self {
        Self(SecretKey::draw(app.random()))
    }

    /// Reads the cookie.
    pub fn parse(cookie: &str) -> Option<Self> {
        let bytes: [u8; SecretKey::LENGTH] =
            URL_SAFE_NO_PAD.decode(cookie).ok()?.try_into().ok()?;
        Some(Self(SecretKey::new(bytes)))
    }

    /// The cookie's value.
    pub fn cookie(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.expose())
    }

    /// What the database knows the browser by.
    pub fn hash(&self) -> [u8; 32] {
        self.0.mac(b"browser")
    }

    /// What the ID token must repeat.
    pub fn nonce(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.mac(b"nonce"))
    }

    /// What shows at the exchange that we asked for the code.
    pub fn verifier(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.mac(b"verifier"))
    }
}

/// A new state for the address.
pub fn draw_state(app: &App) -> String {
    URL_SAFE_NO_PAD.encode(app.random().bytes::<STATE_BYTES>())
}

/// What the database knows a state by.
pub fn state_hash(state: &str) -> [u8; 32] {
    Sha256::digest(state.as_bytes()).into()
}

/// Where services send browsers back to: another address for each, so that none can answer for another.
pub fn redirect_uri(app: &App, provider: &Provider) -> String {
    format!("{}/v1/auth/oidc/{}/callback", app.public_origin(), provider.name)
}

/// The address that the browser is sent to. Nothing but the identity is asked for.
pub fn authorization_address(
    app: &App,
    provider: &Provider,
    discovery: &Discovery,
    secret: &BrowserSecret,
    state: &str,
) -> Url {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(secret.verifier().as_bytes()));
    let mut address = discovery.authorization_endpoint.clone();
    address
        .query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &provider.client_id)
        .append_pair("redirect_uri", &redirect_uri(app, provider))
        .append_pair("scope", "openid")
        .append_pair("state", state)
        .append_pair("nonce", &secret.nonce())
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256");
    address
}
