//! Makes access tokens as a forger would, and as one would who has stolen a signing key. It computes the keys by the
//! words of ADR 0014 and shares no code with the server but the hash.

use aws_lc_rs::{
    digest, hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kith_testkit::TestApp;
use kith_types::keys::Purpose;
use serde_json::{Value, json};

/// Thirty days.
pub const SPAN: i64 = 2_592_000;

/// The second that it is.
pub fn second(app: &TestApp) -> i64 {
    app.app.now().unix_milliseconds().div_euclid(1000)
}

/// What stands in a part of a token.
pub fn part(token: &str, index: usize) -> String {
    let part = token.split('.').nth(index).expect("three parts");
    String::from_utf8(URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("a text")
}

pub fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The name of the key that signed a token.
pub fn key_id(token: &str) -> String {
    let header: Value = serde_json::from_str(&part(token, 0)).expect("JSON");
    header["kid"].as_str().expect("a name").to_owned()
}

/// A key that signs, ours or another.
pub struct Signer(Ed25519KeyPair);

impl Signer {
    /// The server's own key of a span.
    pub fn of_span(app: &TestApp, span: i64) -> Self {
        let master = app.app.keys().newest(Purpose::AccessToken);
        let seed = master.mac_of_parts(&[b"signing key", &span.to_be_bytes()]);
        Self(Ed25519KeyPair::from_seed_unchecked(&seed).expect("a key"))
    }

    /// A key that nobody trusts.
    pub fn foreign() -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(&[9; 32]).expect("a key"))
    }

    pub fn public(&self) -> &[u8] {
        self.0.public_key().as_ref()
    }

    pub fn key_id(&self) -> String {
        hex::encode(&digest::digest(&digest::SHA256, self.public()).as_ref()[..8])
    }

    pub fn jwk(&self) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": encoded(self.public()) })
    }

    /// The header that the server writes, for this key.
    pub fn header(&self) -> String {
        format!(r#"{{"typ":"at+jwt","alg":"EdDSA","kid":"{}"}}"#, self.key_id())
    }

    pub fn signs(&self, header: &str, payload: &str) -> String {
        joined(header, payload, |message| self.0.sign(message).as_ref().to_vec())
    }
}

/// A token of these parts with a signature that is computed from the first two.
pub fn joined(header: &str, payload: &str, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let message = format!("{}.{}", encoded(header), encoded(payload));
    let signature = sign(message.as_bytes());
    format!("{message}.{}", encoded(signature))
}

/// Signs with a shared secret.
pub fn hmac_of(algorithm: &str, secret: &[u8], header: &str, payload: &str) -> String {
    let algorithm = match algorithm {
        "HS384" => hmac::HMAC_SHA384,
        "HS512" => hmac::HMAC_SHA512,
        _ => hmac::HMAC_SHA256,
    };
    let key = hmac::Key::new(algorithm, secret);
    joined(header, payload, |message| hmac::sign(&key, message).as_ref().to_vec())
}

/// Signs with an elliptic curve key made for it; `header` gets its public key.
pub fn ecdsa(header: impl FnOnce(Value) -> String, payload: &str) -> String {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
    let point = pair.public_key().as_ref();
    let jwk = json!({ "kty": "EC", "crv": "P-256", "x": encoded(&point[1..33]), "y": encoded(&point[33..]) });
    joined(&header(jwk), payload, |message| {
        pair.sign(&SystemRandom::new(), message).expect("a signature").as_ref().to_vec()
    })
}
