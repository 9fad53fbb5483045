//! Verbs of codes: asked for from any network and device, and answered.

use std::sync::Mutex;

use kith::config::Config;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    app::TestApp,
    person::{Answer, Person},
};

const START: &str = "/v1/auth/phone/start";
const VERIFY: &str = "/v1/auth/phone/verify";

/// Lets tests say where they ask from.
pub fn trust_tests(config: &mut Config) {
    config.http.trusted_proxies = vec!["127.0.0.1".parse().expect("an address")];
}

/// A browser somewhere: it keeps the cookie that it is given.
pub struct Asker {
    nobody: Person,
    address: String,
    device: Mutex<Option<String>>,
}

impl TestApp {
    /// A browser at an address; see [`trust_tests`].
    pub fn asker(&self, address: &str) -> Asker {
        Asker { nobody: self.anonymous(), address: address.to_owned(), device: Mutex::default() }
    }
}

impl Asker {
    /// The same browser with a server that is elsewhere.
    #[must_use]
    pub fn moved_to(&self, url: &str) -> Self {
        Self {
            nobody: self.nobody.moved_to(url),
            address: self.address.clone(),
            device: Mutex::new(self.device()),
        }
    }

    /// The same browser in another network.
    #[must_use]
    pub fn moved_to_network(&self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self.moved_to(self.nobody.url()) }
    }

    /// The cookie, `name=value`.
    pub fn device(&self) -> Option<String> {
        self.device.lock().expect("no test panicked here").clone()
    }

    /// Takes another cookie.
    pub fn takes_device(&self, cookie: Option<String>) {
        *self.device.lock().expect("no test panicked here") = cookie;
    }

    /// Asks for a text.
    pub async fn asks(&self, phone: &str) -> Answer {
        self.starts(json!({ "phone_number": phone })).await
    }

    /// Asks for a call.
    pub async fn asks_for_call(&self, phone: &str) -> Answer {
        self.starts(json!({ "phone_number": phone, "channel": "call" })).await
    }

    async fn starts(&self, body: Value) -> Answer {
        let answer = self.posts(START, body).await;
        if let Some(cookie) =
            answer.header("set-cookie").split(';').next().filter(|c| !c.is_empty())
        {
            self.takes_device(Some(cookie.to_owned()));
        }
        answer
    }

    /// Sends a code back.
    pub async fn answers(&self, flow: &str, code: &str) -> Answer {
        self.posts(VERIFY, json!({ "verification_id": flow, "code": code })).await
    }

    /// Asks for a code and sends it back: a sign-in.
    pub async fn signs_in(&self, app: &TestApp, phone: &str) -> Answer {
        let started = self.asks(phone).await.expect(202);
        self.answers(&started.text("/verification_id"), &app.code_for(phone)).await
    }

    async fn posts(&self, path: &str, body: Value) -> Answer {
        let mut request = self.nobody.request(Method::POST, path).json(&body);
        request = request.header("x-forwarded-for", &self.address);
        if let Some(cookie) = self.device() {
            request = request.header("cookie", cookie);
        }
        self.nobody.send(request, Method::POST, path).await
    }
}
