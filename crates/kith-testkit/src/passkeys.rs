//! Passkeys without a browser: an authenticator in software, honest unless a test says what it lies about.

use std::sync::{
    Mutex,
    atomic::{AtomicU32, Ordering},
};

use aws_lc_rs::{
    rand::{self, SystemRandom},
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    app::TestApp,
    person::{Answer, Person},
};

/// The person touched it.
pub const USER_PRESENT: u8 = 0x01;
/// The person showed a PIN, a finger or a face.
pub const USER_VERIFIED: u8 = 0x04;
/// It may be copied to other devices of the person, and is.
const BACKED_UP: u8 = 0x18;
const HAS_CREDENTIAL: u8 = 0x40;

/// What an authenticator and its browser are about to say, before it is signed.
#[derive(Clone, Debug)]
pub struct Saying {
    /// `webauthn.create` or `webauthn.get`.
    pub kind: String,
    /// The challenge, as it came.
    pub challenge: String,
    /// The page that asked.
    pub origin: String,
    /// Whether that page stood inside of another site's.
    pub cross_origin: bool,
    /// The relying party.
    pub rp_id: String,
    /// What the person did.
    pub flags: u8,
    /// How often it was used.
    pub counter: u32,
    /// Which credential answers.
    pub credential_id: Vec<u8>,
    /// Whose it says that it is.
    pub user_handle: Vec<u8>,
}

struct Key {
    credential_id: Vec<u8>,
    user_handle: Vec<u8>,
    pair: EcdsaKeyPair,
    uses: AtomicU32,
}

/// A device with passkeys for one site.
pub struct Authenticator {
    origin: String,
    keys: Mutex<Vec<Key>>,
}

impl Authenticator {
    /// One that knows no passkeys yet, in a browser at the application's address.
    pub fn new(app: &TestApp) -> Self {
        // Browsers bind passkeys to names: tests run at the name of this machine.
        Self { origin: app.url.replace("127.0.0.1", "localhost"), keys: Mutex::default() }
    }

    /// Makes a passkey.
    pub fn makes(&self, options: &Value) -> Value {
        self.makes_as(options, |_| ())
    }

    /// Makes a passkey and says what the test wants.
    pub fn makes_as(&self, options: &Value, change: impl FnOnce(&mut Saying)) -> Value {
        let mut credential_id = vec![0; 32];
        rand::fill(&mut credential_id).expect("random bytes");
        let key = Key {
            credential_id,
            user_handle: decoded(text(&options["user"]["id"])),
            pair: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key"),
            uses: AtomicU32::new(1),
        };
        let rp_id = text(&options["rp"]["id"]);
        let mut saying = self.saying("webauthn.create", options, rp_id, &key);
        saying.flags |= HAS_CREDENTIAL;
        change(&mut saying);
        let mut data = saying.authenticator_data();
        data.extend([0; 16]);
        let length = u16::try_from(saying.credential_id.len()).expect("a short id");
        data.extend(length.to_be_bytes());
        data.extend(&saying.credential_id);
        data.extend(public_key(&key.pair));
        let response = json!({
            "clientDataJSON": encoded(saying.client_data().as_bytes()),
            "attestationObject": encoded(&attestation_object(&data)),
            "transports": ["internal"],
        });
        self.keys.lock().expect("no test panicked here").push(key);
        credential(&saying.credential_id, &response)
    }

    /// Answers with the newest passkey.
    pub fn answers(&self, options: &Value) -> Value {
        self.answers_as(options, |_| ())
    }

    /// Answers with the newest passkey and says what the test wants.
    pub fn answers_as(&self, options: &Value, change: impl FnOnce(&mut Saying)) -> Value {
        let keys = self.keys.lock().expect("no test panicked here");
        let key = keys.last().expect("it has a passkey");
        key.uses.fetch_add(1, Ordering::SeqCst);
        let mut saying = self.saying("webauthn.get", options, text(&options["rpId"]), key);
        change(&mut saying);
        let (data, client_data) = (saying.authenticator_data(), saying.client_data());
        let mut signed = data.clone();
        signed.extend(Sha256::digest(client_data.as_bytes()));
        let signature = key.pair.sign(&SystemRandom::new(), &signed).expect("a signature");
        let response = json!({
            "clientDataJSON": encoded(client_data.as_bytes()),
            "authenticatorData": encoded(&data),
            "signature": encoded(signature.as_ref()),
            "userHandle": encoded(&saying.user_handle),
        });
        credential(&saying.credential_id, &response)
    }

    fn saying(&self, kind: &str, options: &Value, rp_id: &str, key: &Key) -> Saying {
        Saying {
            kind: kind.to_owned(),
            challenge: text(&options["challenge"]).to_owned(),
            origin: self.origin.clone(),
            cross_origin: false,
            rp_id: rp_id.to_owned(),
            flags: USER_PRESENT | USER_VERIFIED | BACKED_UP,
            counter: key.uses.load(Ordering::SeqCst),
            credential_id: key.credential_id.clone(),
            user_handle: key.user_handle.clone(),
        }
    }
}

impl Saying {
    fn client_data(&self) -> String {
        json!({
            "type": self.kind, "challenge": self.challenge, "origin": self.origin,
            "crossOrigin": self.cross_origin,
        })
        .to_string()
    }

    fn authenticator_data(&self) -> Vec<u8> {
        let mut data = Sha256::digest(self.rp_id.as_bytes()).to_vec();
        data.push(self.flags);
        data.extend(self.counter.to_be_bytes());
        data
    }
}

/// Changes the bytes of a field of an answer after it was signed.
pub fn spoil(credential: &mut Value, field: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let place = &mut credential["response"][field];
    let mut bytes = decoded(text(place));
    change(&mut bytes);
    *place = json!(encoded(&bytes));
}

fn credential(id: &[u8], response: &Value) -> Value {
    let id = encoded(id);
    json!({
        "id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "platform",
        "clientExtensionResults": {}, "response": response,
    })
}

/// The public key in COSE: an EC2 key on P-256 for ES256.
fn public_key(pair: &EcdsaKeyPair) -> Vec<u8> {
    // The uncompressed point: 4, x, y.
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
    [&head[..], x, &[0x22, 0x58, 0x20], y].concat()
}

/// CBOR of `{fmt: "none", attStmt: {}, authData: data}`.
fn attestation_object(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("short data").to_be_bytes();
    let head = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59";
    [&head[..], &length, data].concat()
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decoded(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("base64url")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

impl Person {
    /// Asks for a new passkey; the registration and its options.
    pub async fn starts_passkey(&self) -> (String, Value) {
        let started = self.posts_nothing("/v1/auth/passkeys/register/start").await.expect(200);
        (started.text("/registration_id"), started.at("/options"))
    }

    /// Hands a new passkey in.
    pub async fn hands_in_passkey(&self, registration: &str, credential: Value) -> Answer {
        let body =
            json!({ "registration_id": registration, "credential": credential, "name": "Key" });
        self.post("/v1/auth/passkeys/register/finish", body).await
    }

    /// Adds a passkey on a device, after a step-up; its id.
    pub async fn adds_passkey(&self, device: &Authenticator) -> String {
        let (registration, options) = self.starts_passkey().await;
        let added = self.hands_in_passkey(&registration, device.makes(&options)).await;
        added.expect(201).text("/passkey_id")
    }

    /// Asks to sign in, or step up, by passkey; the flow and its options.
    pub async fn starts_passkey_login(&self) -> (String, Value) {
        let started = self.posts_nothing("/v1/auth/passkeys/login/start").await.expect(200);
        (started.text("/login_id"), started.at("/options"))
    }

    /// Answers a challenge.
    pub async fn finishes_passkey_login(&self, login: &str, credential: Value) -> Answer {
        let body = json!({ "login_id": login, "credential": credential });
        self.post("/v1/auth/passkeys/login/finish", body).await
    }

    /// Shows by a code that it is still them.
    pub async fn steps_up(&self, app: &TestApp) {
        let started = self.posts_nothing("/v1/auth/step-up/start").await.expect(202);
        let code = app.code_for(&self.phone);
        let body = json!({ "verification_id": started.text("/verification_id"), "code": code });
        self.post("/v1/auth/step-up/verify", body).await.expect(204);
    }

    /// Shows by a passkey that it is still them.
    pub async fn steps_up_by_passkey(&self, device: &Authenticator) -> Answer {
        let (login, options) = self.starts_passkey_login().await;
        let body = json!({ "login_id": login, "credential": device.answers(&options) });
        self.post("/v1/auth/step-up/verify", body).await
    }
}

impl TestApp {
    /// Signs in by the newest passkey of a device.
    pub async fn signs_in_by_passkey(&self, name: &str, device: &Authenticator) -> Person {
        let nobody = self.anonymous();
        let (login, options) = nobody.starts_passkey_login().await;
        let answer = nobody.finishes_passkey_login(&login, device.answers(&options)).await;
        let answer = answer.expect(200);
        let mut person = nobody;
        name.clone_into(&mut person.name);
        person.phone = answer.text("/user/phone_number");
        person.user_id = answer.text("/user/user_id");
        person.takes_tokens(&answer);
        person
    }
}
