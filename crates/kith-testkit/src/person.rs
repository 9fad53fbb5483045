//! People as tests speak of them: each has a session and verbs. Other files of this crate add more verbs.

use std::sync::{Arc, Mutex};

use reqwest::{
    Method, RequestBuilder, StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use serde_json::{Value, json};

use crate::contract::Contract;

/// Somebody with a client of their own.
#[derive(Clone)]
pub struct Person {
    /// What the test calls them; also their username.
    pub name: String,
    /// E.164.
    pub phone: String,
    /// Empty for strangers.
    pub user_id: String,
    url: String,
    http: reqwest::Client,
    contract: Arc<Contract>,
    session: Arc<Mutex<Session>>,
}

#[derive(Clone, Default)]
struct Session {
    access_token: Option<String>,
    refresh_token: Option<String>,
}

/// An answer, checked against the document.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// JSON, or null.
    pub body: Value,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Person {
    /// Somebody who is not signed in.
    pub(crate) fn at(url: &str, http: &reqwest::Client) -> Self {
        Self {
            name: "somebody".to_owned(),
            phone: String::new(),
            user_id: String::new(),
            url: url.to_owned(),
            http: http.clone(),
            contract: Contract::shared(),
            session: Arc::default(),
        }
    }

    /// The same person and session with a server that is elsewhere now.
    #[must_use]
    pub fn moved_to(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    pub(crate) async fn verify(
        nobody: Self,
        name: &str,
        phone: &str,
        verification: &str,
        code: &str,
    ) -> Self {
        let mut person = Self { name: name.to_owned(), phone: phone.to_owned(), ..nobody };
        let body =
            json!({ "verification_id": verification, "code": code, "device": { "name": name } });
        let answer = person.post("/v1/auth/phone/verify", body).await.expect(200);
        person.user_id = answer.text("/user/user_id");
        person.takes_tokens(&answer);
        person
    }

    /// Chooses a username and a name.
    pub async fn finishes_profile(&self, username: &str) {
        let body = json!({ "username": username, "display_name": capitalised(username) });
        self.patch("/v1/me", "*", body).await.expect(200);
    }

    /// Keeps the tokens of an answer.
    pub fn takes_tokens(&self, answer: &Answer) {
        let mut session = self.session.lock().expect("no test panicked here");
        session.access_token = Some(answer.text("/access_token"));
        session.refresh_token = Some(answer.text("/refresh_token"));
    }

    /// Sends an access token from now on.
    pub(crate) fn uses_token(&self, token: String) {
        self.session.lock().expect("no test panicked here").access_token = Some(token);
    }

    /// The access token.
    pub fn access_token(&self) -> String {
        self.session.lock().expect("no test panicked here").access_token.clone().expect("signed in")
    }

    /// The refresh token.
    pub fn refresh_token(&self) -> String {
        self.session
            .lock()
            .expect("no test panicked here")
            .refresh_token
            .clone()
            .expect("signed in")
    }

    /// Exchanges the refresh token and keeps the new pair.
    pub async fn refreshes(&self) -> Answer {
        let answer = self.tries_refresh_token(&self.refresh_token()).await;
        if answer.status == 200 {
            self.takes_tokens(&answer);
        }
        answer
    }

    /// Exchanges a given refresh token without keeping anything.
    pub async fn tries_refresh_token(&self, token: &str) -> Answer {
        let request = self.request_without_session(Method::POST, "/v1/auth/refresh");
        self.send(
            request.json(&json!({ "refresh_token": token })),
            Method::POST,
            "/v1/auth/refresh",
        )
        .await
    }

    /// The server's address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path), Method::GET, path).await
    }

    /// GET with a header.
    pub async fn get_with(&self, path: &str, name: &str, value: &str) -> Answer {
        self.send(self.request(Method::GET, path).header(name, value), Method::GET, path).await
    }

    /// POST with JSON.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body), Method::POST, path).await
    }

    /// POST with JSON and an idempotency key.
    pub async fn post_once(&self, path: &str, key: &str, body: Value) -> Answer {
        let request = self.request(Method::POST, path).header("idempotency-key", key);
        self.send(request.json(&body), Method::POST, path).await
    }

    /// POST without a body.
    pub async fn posts_nothing(&self, path: &str) -> Answer {
        self.send(self.request(Method::POST, path), Method::POST, path).await
    }

    /// PUT with JSON, or without a body for null.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        let request = self.request(Method::PUT, path);
        let request = if body.is_null() { request } else { request.json(&body) };
        self.send(request, Method::PUT, path).await
    }

    /// PATCH with `If-Match`.
    pub async fn patch(&self, path: &str, expected: &str, body: Value) -> Answer {
        let request = self.request(Method::PATCH, path).header("if-match", expected);
        self.send(request.json(&body), Method::PATCH, path).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path), Method::DELETE, path).await
    }

    /// A request with this person's token, to be filled further and given to [`Person::send`].
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.request_without_session(method, path);
        match &self.session.lock().expect("no test panicked here").access_token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// A request without credentials, to a path or to an address elsewhere.
    pub fn request_without_session(&self, method: Method, path: &str) -> RequestBuilder {
        let is_elsewhere = path.starts_with("http");
        let url = if is_elsewhere { path.to_owned() } else { format!("{}{path}", self.url) };
        self.http.request(method, url)
    }

    /// Sends a request and checks the answer against the document.
    pub async fn send(&self, request: RequestBuilder, method: Method, path: &str) -> Answer {
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.expect("the body arrives").to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        let answer = Answer { status, headers, body, bytes };
        self.contract.check(&method, path, &answer);
        answer
    }
}

#[expect(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "a demand is often all that is wanted"
)]
impl Answer {
    /// Demands a status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    /// Demands a problem.
    #[track_caller]
    pub fn expect_problem(self, status: u16, slug: &str) -> Self {
        let answer = self.expect(status);
        assert_eq!(answer.text("/type"), format!("/problems/{slug}"), "{}", answer.body);
        answer
    }

    /// A string of the body, by JSON pointer.
    #[track_caller]
    pub fn text(&self, pointer: &str) -> String {
        match self.body.pointer(pointer).and_then(Value::as_str) {
            Some(text) => text.to_owned(),
            None => panic!("no text at {pointer} in {}", self.body),
        }
    }

    /// A value of the body, by JSON pointer; null if absent.
    pub fn at(&self, pointer: &str) -> Value {
        self.body.pointer(pointer).cloned().unwrap_or(Value::Null)
    }

    /// The items of a list.
    #[track_caller]
    pub fn items(&self) -> Vec<Value> {
        match self.body.pointer("/items").and_then(Value::as_array) {
            Some(items) => items.clone(),
            None => panic!("no items in {}", self.body),
        }
    }

    /// A header's text; empty if absent.
    pub fn header(&self, name: &str) -> String {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a header name");
        self.headers
            .get(name)
            .map(HeaderValue::to_str)
            .and_then(Result::ok)
            .unwrap_or_default()
            .to_owned()
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
