//! A browser as the redirects see it: cookies by origin, and where it has been led.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard},
};

use kith_testkit::{Answer, Person, TestApp, contract::Contract};
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

type Jar = BTreeMap<String, String>;

/// Longer ways are circles.
const MAX_STEPS: usize = 12;

/// A browser of somebody.
pub struct Browser {
    nobody: Person,
    home: Url,
    jars: Mutex<BTreeMap<String, Jar>>,
}

/// A sign-in that was begun: what the service is told.
#[derive(Debug)]
pub struct Begun {
    pub address: Url,
    pub state: String,
    pub nonce: String,
    pub challenge: String,
}

impl Browser {
    /// One without a session.
    pub fn fresh(app: &TestApp) -> Self {
        let home = Url::parse(&app.url).unwrap();
        Self { nobody: app.anonymous(), home, jars: Mutex::default() }
    }

    /// One with a session of the person with that number.
    pub async fn of(app: &TestApp, person: &Person) -> Self {
        let browser = Self::fresh(app);
        let flow = app.starts_sign_in(&person.phone).await;
        let code = app.code_for(&person.phone);
        let body = json!({ "verification_id": flow, "code": code, "session": "cookie" });
        browser.posts("/v1/auth/phone/verify", &body).await.expect(200);
        browser
    }

    /// Calls the API as our own page does.
    pub async fn posts(&self, path: &str, body: &Value) -> Answer {
        let request = self.nobody.request(Method::POST, path).header("x-kith-csrf", "1");
        let request = request.header("cookie", self.cookies(&self.home)).json(body);
        let answer = self.nobody.send(request, Method::POST, path).await;
        self.keep(&self.home, &answer);
        answer
    }

    /// Goes to an address, as a click on a page of `site` does.
    pub async fn goes(&self, address: &str, site: &str) -> Answer {
        let address = self.home.join(address).unwrap();
        let request = self.nobody.request_without_session(Method::GET, address.as_str());
        let request = request.header("cookie", self.cookies(&address));
        let request = match site {
            "" => request,
            site => request
                .header("sec-fetch-site", site)
                .header("sec-fetch-mode", "navigate")
                .header("sec-fetch-dest", "document"),
        };
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        let answer = Answer { status, headers, body, bytes };
        if address.origin() == self.home.origin() && address.path().starts_with("/v1/") {
            Contract::shared().check(&Method::GET, address.path(), &answer);
        }
        self.keep(&address, &answer);
        answer
    }

    /// Follows redirects from a page of ours, through the provider, to a page of ours; `decision` is what the
    /// person does at the provider.
    pub async fn travels(&self, path: &str, decision: &str) -> String {
        let (mut address, mut site) = (self.home.join(path).unwrap(), "same-origin");
        for _ in 0..MAX_STEPS {
            let answer = self.goes(address.as_str(), site).await;
            assert!(answer.status.is_redirection(), "{address}: {} {answer:?}", answer.status);
            address = address.join(&answer.header("location")).unwrap();
            if address.path().starts_with("/interaction/") {
                address.set_query(Some(decision));
            }
            let is_home = address.origin() == self.home.origin();
            if is_home && !address.path().starts_with("/v1/") {
                return address[url::Position::BeforePath..].to_owned();
            }
            site = "cross-site";
        }
        panic!("the way has no end: {address}");
    }

    /// Begins a sign-in at a provider, or a linking.
    pub async fn begins(&self, path: &str) -> Begun {
        let answer = self.goes(path, "same-origin").await.expect(303);
        let address = Url::parse(&answer.header("location")).expect("a service");
        let value = |name: &str| {
            let pair = address.query_pairs().find(|(known, _)| known == name);
            pair.unwrap_or_else(|| panic!("no {name} in {address}")).1.into_owned()
        };
        let (state, nonce, challenge) = (value("state"), value("nonce"), value("code_challenge"));
        Begun { address, state, nonce, challenge }
    }

    /// Comes back from a provider; answers where it is led to.
    pub async fn returns(&self, provider: &str, query: &str) -> String {
        let path = format!("/v1/auth/oidc/{provider}/callback?{query}");
        self.goes(&path, "cross-site").await.expect(303).header("location")
    }

    /// The username of who is signed in.
    pub async fn is_signed_in_as(&self) -> Option<String> {
        let answer = self.goes("/v1/me", "same-origin").await;
        answer.status.is_success().then(|| answer.text("/username"))
    }

    /// Takes over a cookie of another browser.
    pub fn steals(&self, other: &Self, name: &str) {
        let value = other.jar()[&origin(&other.home)][name].clone();
        self.jar().entry(origin(&self.home)).or_default().insert(name.to_owned(), value);
    }

    /// Forgets a cookie.
    pub fn forgets(&self, name: &str) {
        self.jar().entry(origin(&self.home)).or_default().remove(name);
    }

    fn cookies(&self, address: &Url) -> String {
        let jars = self.jar();
        let pairs = jars.get(&origin(address)).into_iter().flatten();
        pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&self, address: &Url, answer: &Answer) {
        let mut jars = self.jar();
        let jar = jars.entry(origin(address)).or_default();
        for cookie in answer.headers.get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    fn jar(&self) -> MutexGuard<'_, BTreeMap<String, Jar>> {
        self.jars.lock().unwrap()
    }
}

fn origin(address: &Url) -> String {
    address.origin().ascii_serialization()
}
