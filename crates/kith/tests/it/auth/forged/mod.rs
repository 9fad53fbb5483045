//! Forged access tokens of every known kind: none is taken, however it comes. Each has one fault and is right in all
//! else; most are even signed with the server's own key, which no forger has.

mod bodies;
mod headers;

use kith_testkit::{Person, TestApp};
use reqwest::{Method, header::HeaderValue};
use serde_json::{Map, Value, json};

use super::mint::{self, SPAN, Signer, second};

/// What is wrong with a token, and the token.
type Case = (String, String);

/// A good token, in parts.
struct Honest {
    key: Signer,
    key_id: String,
    now: i64,
    token: String,
    header: String,
    payload: Map<String, Value>,
}

impl Honest {
    fn of(app: &TestApp, person: &Person) -> Self {
        let (token, now) = (person.access_token(), second(app));
        let key = Signer::of_span(app, now.div_euclid(SPAN));
        let payload = serde_json::from_str(&mint::part(&token, 1)).expect("an object");
        let header = mint::part(&token, 0);
        Self { key_id: key.key_id(), key, now, token, header, payload }
    }

    fn payload_text(&self) -> String {
        Value::Object(self.payload.clone()).to_string()
    }

    /// The server's own signature below another header.
    fn headed(&self, header: &str) -> String {
        self.key.signs(header, &self.payload_text())
    }

    /// The server's own signature below another payload.
    fn says(&self, payload: &str) -> String {
        self.key.signs(&self.header, payload)
    }

    fn with(&self, changes: &Value) -> String {
        let mut payload = self.payload.clone();
        payload.extend(changes.as_object().expect("members").clone());
        self.says(&Value::Object(payload).to_string())
    }

    fn without(&self, member: &str) -> String {
        let mut payload = self.payload.clone();
        payload.remove(member).expect("it was there");
        self.says(&Value::Object(payload).to_string())
    }

    /// Another number or text, written as it stands.
    fn with_raw(&self, member: &str, raw: &str) -> String {
        let old = format!("\"{member}\":{}", self.payload[member]);
        let text = self.payload_text();
        assert!(text.contains(&old), "{text}");
        self.says(&text.replace(&old, &format!("\"{member}\":{raw}")))
    }
}

fn case(name: impl Into<String>, token: impl Into<String>) -> Case {
    (name.into(), token.into())
}

/// What `/v1/me` answers to a token in a header and in a cookie, and how a socket ends that is shown it.
async fn is_refused(app: &TestApp, nobody: &Person, (name, token): &Case) {
    let cookie = format!("{}={token}", app.app.cookie_names().access);
    for (header, value) in [("authorization", format!("Bearer {token}")), ("cookie", cookie)] {
        let value =
            HeaderValue::from_str(&value).unwrap_or_else(|_| panic!("{name} goes into no header"));
        let request = nobody.request(Method::GET, "/v1/me").header(header, value);
        let answer = nobody.send(request, Method::GET, "/v1/me").await;
        assert_eq!(answer.status, 401, "{name} in {header}: {}", answer.body);
        assert_eq!(answer.text("/type"), "/problems/unauthenticated", "{name}");
    }
    let mut socket = nobody.anonymous_socket().await;
    socket.sends(json!({ "type": "auth", "token": token })).await;
    assert_eq!(socket.ends().await, 4401, "{name}");
}

async fn is_taken(app: &TestApp, nobody: &Person, token: &str) {
    let cookie = format!("{}={token}", app.app.cookie_names().access);
    for (header, value) in [("authorization", format!("Bearer {token}")), ("cookie", cookie)] {
        let request = nobody.request(Method::GET, "/v1/me").header(header, value);
        nobody.send(request, Method::GET, "/v1/me").await.expect(200);
    }
    let mut socket = nobody.anonymous_socket().await;
    socket.sends(json!({ "type": "auth", "token": token })).await;
    assert_eq!(socket.frame().await, json!({ "type": "authenticated" }));
}

#[tokio::test]
async fn no_forged_token_is_taken_however_it_comes() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let (honest, other) = (Honest::of(&app, &ana), Honest::of(&app, &ben));
    let nobody = app.anonymous();
    // The same hands make a good one: what is refused below is refused for its fault.
    let control = honest.says(&honest.payload_text());
    is_taken(&app, &nobody, &control).await;
    is_taken(&app, &nobody, &honest.with(&json!({ "exp": honest.now + 30 }))).await;

    let mut cases = headers::algorithms(&honest);
    cases.extend(headers::keys(&honest));
    cases.extend(bodies::claims(&honest, &other));
    cases.extend(bodies::spellings(&honest, &other));
    cases.extend(bodies::spans(&app, &honest));
    cases.extend(bodies::shapes(&honest, &other));
    assert!(cases.len() > 200, "{}", cases.len());
    for case in &cases {
        assert_ne!(case.1, honest.token, "{} is no forgery", case.0);
        is_refused(&app, &nobody, case).await;
    }

    // None of them did the session any harm, and what was refused is not remembered as good.
    is_taken(&app, &nobody, &honest.token).await;
    is_taken(&app, &nobody, &control).await;
    ana.refreshes().await.expect(200);
}
