//! The exchange of a code for an ID token (RFC 6749, section 4.1.3, with PKCE, RFC 7636), and who it names.

use secrecy::ExposeSecret as _;
use serde::Deserialize;
use url::form_urlencoded::{Serializer, byte_serialize};

use super::{
    id_token::{self, Expected},
    provider::Provider,
    refusal::Fault,
};
use crate::app::App;

/// A code as it came back, and what proves that we asked for it.
pub struct Exchange<'a> {
    /// The code.
    pub code: &'a str,
    /// Where it was sent to.
    pub redirect_uri: &'a str,
    /// What the challenge was made from.
    pub verifier: &'a str,
    /// What the token must repeat.
    pub nonce: &'a str,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

/// Who the service says it is.
pub async fn subject(
    app: &App,
    provider: &Provider,
    exchange: &Exchange<'_>,
) -> Result<String, Fault> {
    let tokens = tokens(app, provider, exchange).await?;
    let header = id_token::header(&tokens.id_token)?;
    let key = provider.key(&header, app.now()).await?;
    let expected = Expected {
        issuer: &provider.issuer,
        client_id: &provider.client_id,
        nonce: exchange.nonce,
        access_token: tokens.access_token.as_deref(),
        now: app.now(),
    };
    id_token::subject(&tokens.id_token, &header, &key, &expected)
}

async fn tokens(app: &App, provider: &Provider, exchange: &Exchange<'_>) -> Result<Tokens, Fault> {
    let discovery = provider.discovery(app.now()).await?;
    let secret = provider.secret.as_ref().map(|secret| secret.expose_secret().to_owned());
    let ways = discovery.token_endpoint_auth_methods_supported.as_deref().unwrap_or_default();
    let has = |way: &str| ways.iter().any(|known| known == way);
    let is_by_header = ways.is_empty() || has("client_secret_basic") || !has("client_secret_post");
    let shown = secret.as_deref().filter(|_| !is_by_header);
    let form = form(provider, exchange, shown);
    let posted = provider.post(&discovery.token_endpoint, |request| {
        let request =
            request.header(http::header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.body(form);
        match secret.filter(|_| is_by_header) {
            // Both are encoded before they are joined (RFC 6749, section 2.3.1).
            Some(secret) => {
                request.basic_auth(encoded(&provider.client_id), Some(encoded(&secret)))
            }
            None => request,
        }
    });
    let (status, bytes) = posted.await?;
    if status.is_server_error() {
        return Err(Fault::Away("it could not exchange the code"));
    }
    if status != http::StatusCode::OK {
        return Err(Fault::Wrong("it did not take the code"));
    }
    serde_json::from_slice(&bytes).map_err(|_| Fault::Wrong("it gave no token for the code"))
}

fn form(provider: &Provider, exchange: &Exchange<'_>, secret: Option<&str>) -> String {
    let mut form = Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", exchange.code)
        .append_pair("redirect_uri", exchange.redirect_uri)
        .append_pair("client_id", &provider.client_id)
        .append_pair("code_verifier", exchange.verifier);
    if let Some(secret) = secret {
        form.append_pair("client_secret", secret);
    }
    form.finish()
}

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}
