//! A provider of the tests' own, which says whatever a test wants it to say.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use kith_testkit::{TestApp, node_peer::OIDC_CLIENT};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

use super::browser::{Begun, Browser};

/// Where the discovery document is.
pub const DISCOVERY: &str = "/.well-known/openid-configuration";

/// A key of a provider, or of somebody who would like to be one.
pub struct Key {
    pub id: &'static str,
    pub algorithm: Algorithm,
    private: EncodingKey,
    public: Value,
}

impl Key {
    /// On the curve P-256.
    pub fn es256(id: &'static str) -> Self {
        let random = SystemRandom::new();
        let scheme = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(scheme, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(scheme, document.as_ref()).unwrap();
        let point = pair.public_key().as_ref();
        let half = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let (x, y) = (half(&point[1..33]), half(&point[33..]));
        let public =
            json!({ "kty": "EC", "crv": "P-256", "use": "sig", "kid": id, "x": x, "y": y });
        let private = EncodingKey::from_ec_der(document.as_ref());
        Self { id, algorithm: Algorithm::ES256, private, public }
    }

    /// On the curve Ed25519.
    pub fn eddsa(id: &'static str) -> Self {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap();
        let x = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        let public = json!({ "kty": "OKP", "crv": "Ed25519", "kid": id, "x": x });
        let private = EncodingKey::from_ed_der(document.as_ref());
        Self { id, algorithm: Algorithm::EdDSA, private, public }
    }

    /// What the provider publishes of it.
    pub fn public(&self) -> Value {
        self.public.clone()
    }

    /// A token with the usual header.
    pub fn sign(&self, claims: &Value) -> String {
        let mut header = Header::new(self.algorithm);
        header.kid = Some(self.id.to_owned());
        self.sign_with(&header, claims)
    }

    /// A token with another header.
    pub fn sign_with(&self, header: &Header, claims: &Value) -> String {
        encode(header, claims, &self.private).unwrap()
    }
}

/// What it says now.
#[derive(Default)]
struct Script {
    discovery: Option<ResponseTemplate>,
    keys: Option<ResponseTemplate>,
    tokens: Option<ResponseTemplate>,
    /// Tokens for certain codes.
    by_code: BTreeMap<String, ResponseTemplate>,
}

/// What of it a request is answered with.
type Pick = fn(&Script, &Request) -> Option<ResponseTemplate>;

/// The provider.
pub struct Issuer {
    server: MockServer,
    script: Arc<Mutex<Script>>,
    /// What it signs with.
    pub key: Key,
}

impl Issuer {
    /// Starts an honest one.
    pub async fn start() -> Self {
        let server = MockServer::start().await;
        let script: Arc<Mutex<Script>> = Arc::default();
        let routes: [(&str, &str, Pick); 3] = [
            ("GET", DISCOVERY, |script, _| script.discovery.clone()),
            ("GET", "/keys", |script, _| script.keys.clone()),
            ("POST", "/token", |script, request| {
                let code =
                    url::form_urlencoded::parse(&request.body).find(|(name, _)| name == "code");
                let own = code.and_then(|(_, code)| script.by_code.get(code.as_ref()));
                own.or(script.tokens.as_ref()).cloned()
            }),
        ];
        for (verb, place, pick) in routes {
            let script = Arc::clone(&script);
            let answer = move |request: &Request| {
                let script = script.lock().unwrap();
                pick(&script, request).unwrap_or_else(|| ResponseTemplate::new(400))
            };
            Mock::given(method(verb)).and(path(place)).respond_with(answer).mount(&server).await;
        }
        let issuer = Self { server, script, key: Key::es256("first") };
        issuer.describes(&issuer.discovery());
        issuer.publishes(&[issuer.key.public()]);
        issuer
    }

    /// How it writes itself.
    pub fn url(&self) -> String {
        self.server.uri()
    }

    /// What an honest one says of itself.
    pub fn discovery(&self) -> Value {
        let url = self.url();
        json!({
            "issuer": url, "authorization_endpoint": format!("{url}/authorize?tenant=1"),
            "token_endpoint": format!("{url}/token"), "jwks_uri": format!("{url}/keys"),
        })
    }

    /// Says this of itself.
    pub fn describes(&self, discovery: &Value) {
        self.answers_discovery(ResponseTemplate::new(200).set_body_json(discovery));
    }

    /// Answers this to who asks for it.
    pub fn answers_discovery(&self, answer: ResponseTemplate) {
        self.script.lock().unwrap().discovery = Some(answer);
    }

    /// Publishes these keys.
    pub fn publishes(&self, keys: &[Value]) {
        let keys = ResponseTemplate::new(200).set_body_json(json!({ "keys": keys }));
        self.script.lock().unwrap().keys = Some(keys);
    }

    /// Gives this ID token for the next codes.
    pub fn gives(&self, id_token: &str) {
        self.answers_code(tokens(id_token));
    }

    /// Gives this ID token for that code only.
    pub fn gives_for(&self, code: &str, id_token: &str) {
        self.script.lock().unwrap().by_code.insert(code.to_owned(), tokens(id_token));
    }

    /// Answers this to codes.
    pub fn answers_code(&self, answer: ResponseTemplate) {
        self.script.lock().unwrap().tokens = Some(answer);
    }

    /// What an honest token says.
    pub fn claims(&self, app: &TestApp, begun: &Begun, subject: &str) -> Value {
        let now = app.app.now().unix_seconds();
        json!({
            "iss": self.url(), "sub": subject, "aud": OIDC_CLIENT, "exp": now + 300, "iat": now,
            "nonce": begun.nonce,
        })
    }

    /// Goes the whole way with an honest token of this subject; answers where the browser is led to.
    pub async fn leads(
        &self,
        app: &TestApp,
        browser: &Browser,
        path: &str,
        subject: &str,
    ) -> String {
        let begun = browser.begins(path).await;
        self.gives(&self.key.sign(&self.claims(app, &begun, subject)));
        let provider = path.split('/').nth(4).unwrap();
        browser.returns(provider, &format!("code=c&state={}", begun.state)).await
    }

    /// Requests that reached a place, with their bodies.
    pub async fn requests(&self, place: &str) -> Vec<Request> {
        let requests = self.server.received_requests().await.unwrap();
        requests.into_iter().filter(|request| request.url.path() == place).collect()
    }
}

fn tokens(id_token: &str) -> ResponseTemplate {
    let tokens = json!({ "access_token": "access", "token_type": "Bearer", "id_token": id_token });
    ResponseTemplate::new(200).set_body_json(tokens)
}
