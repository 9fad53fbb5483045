//! Keys that change by the calendar: nobody's request fails, every key is known before it signs, and an old one is
//! worth nothing.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::future::join_all;
use kith_testkit::{Node, Person, TestApp, clock::TestClock};
use reqwest::Method;
use serde_json::json;

use super::mint::{SPAN, Signer, key_id, part, second};

/// Moves to so many seconds before the next key.
fn goes_before_the_change(app: &TestApp, seconds: i64) {
    let now = second(app);
    let mut wait = SPAN - now.rem_euclid(SPAN) - seconds;
    if wait <= 0 {
        wait += SPAN;
    }
    app.passes(Duration::from_secs(wait.unsigned_abs()));
}

async fn published(nobody: &Person) -> Vec<String> {
    let keys = nobody.get("/.well-known/jwks.json").await.expect(200).at("/keys");
    let keys = keys.as_array().expect("a list").iter();
    keys.map(|key| key["kid"].as_str().expect("a name").to_owned()).collect()
}

/// Two nodes, the second with a clock that is some seconds ahead.
struct Cluster {
    app: TestApp,
    other: Node,
    clock: Arc<TestClock>,
}

impl Cluster {
    async fn starts(ahead: Duration) -> Self {
        let app = TestApp::start().await;
        goes_before_the_change(&app, 40);
        let clock = Arc::new(app.clock.ahead(ahead));
        let other = app.node_with(&clock, &[7]).await;
        Self { app, other, clock }
    }

    fn passes(&self, duration: Duration) {
        self.app.passes(duration);
        self.clock.advance(duration);
    }

    /// Sends one request after another to either node while time goes on, and notes whose keys signed.
    async fn keeps_asking(&self, person: &Person, seen: &Mutex<BTreeSet<String>>) {
        let places = [person.moved_to(&self.app.url), person.moved_to(&self.other.url)];
        for round in 0..60 {
            let here = &places[round % 2];
            if round % 3 == 0 {
                here.refreshes().await.expect(200);
            }
            here.get("/v1/me").await.expect(200);
            let there = &places[(round + 1) % 2];
            there.get("/v1/me").await.expect(200);
            let key = key_id(&person.access_token());
            assert!(published(there).await.contains(&key), "the other node publishes it too");
            seen.lock().unwrap().insert(key);
            self.passes(Duration::from_millis(350));
        }
    }
}

#[tokio::test]
async fn no_request_fails_while_the_key_changes() {
    let cluster = Cluster::starts(Duration::from_secs(7)).await;
    // A node keeps what it has verified: the first to see a token in its new span must take it too.
    let people = cluster.app.people(["ana", "ben", "cleo", "dan"]).await;
    let before = cluster.app.app.now();
    let seen = Mutex::default();
    join_all(people.iter().map(|person| cluster.keeps_asking(person, &seen))).await;
    let passed = cluster.app.app.now().unix_milliseconds() - before.unix_milliseconds();
    assert!(passed > 80_000, "{passed} ms went by, the key changed after 40 s");
    assert_eq!(seen.into_inner().unwrap().len(), 2, "one key before, one after");
}

#[tokio::test]
async fn a_key_is_known_long_before_it_signs_and_goes_when_its_last_token_has_expired() {
    let app = TestApp::start().await;
    goes_before_the_change(&app, 10 * 24 * 60 * 60);
    let ana = app.person("ana").await;
    let old = key_id(&ana.access_token());
    let announced = published(&ana).await;
    assert_eq!((announced.len(), &announced[0]), (2, &old));

    goes_before_the_change(&app, 5);
    ana.refreshes().await.expect(200);
    let last = ana.access_token();
    assert_eq!(key_id(&last), old);
    app.passes(Duration::from_secs(6));
    assert_eq!(published(&ana).await[..2], announced, "both, beside the one to come");
    ana.get("/v1/me").await.expect(200);
    ana.refreshes().await.expect(200);
    assert_eq!(key_id(&ana.access_token()), announced[1]);

    // Ten minutes later no token of it lives, an hour later it is gone.
    let asks_with = async |token: &str| {
        let request = ana.request_without_session(Method::GET, "/v1/me").bearer_auth(token);
        ana.send(request, Method::GET, "/v1/me").await
    };
    asks_with(&last).await.expect(200);
    app.passes(Duration::from_mins(10));
    asks_with(&last).await.expect_problem(401, "unauthenticated");
    assert!(published(&ana).await.contains(&old));
    app.passes(Duration::from_mins(50));
    let left = published(&ana).await;
    assert_eq!((left.len(), &left[0]), (2, &announced[1]));
}

#[tokio::test]
async fn a_key_that_leaks_after_its_time_signs_nothing() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    goes_before_the_change(&app, -60);
    ana.refreshes().await.expect(200);
    let now = second(&app);
    let good = ana.access_token();
    let (leaked, current) = (
        Signer::of_span(&app, now.div_euclid(SPAN) - 1),
        Signer::of_span(&app, now.div_euclid(SPAN)),
    );
    let mut claims: serde_json::Value = serde_json::from_str(&part(&good, 1)).unwrap();
    let asks = async |signer: &Signer, claims: &serde_json::Value| {
        let token = signer.signs(&signer.header(), &claims.to_string());
        let request = ana.request_without_session(Method::GET, "/v1/me").bearer_auth(token);
        ana.send(request, Method::GET, "/v1/me").await
    };
    asks(&current, &claims).await.expect(200);
    asks(&leaked, &claims).await.expect_problem(401, "unauthenticated");
    // Nor in its own time for longer than a token lives.
    claims["iat"] = json!(now - 120);
    asks(&leaked, &claims).await.expect(200);
    claims["exp"] = json!(now + 7_200);
    asks(&leaked, &claims).await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn an_answer_that_was_lost_before_the_master_key_changed_signs_nobody_out() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let parent = ana.refresh_token();
    ana.tries_refresh_token(&parent).await.expect(200);
    let changed = app.node_with(&app.clock, &[8, 7]).await;
    let there = ana.moved_to(&changed.url);
    there.refreshes().await.expect(200);
    there.get("/v1/me").await.expect(200);
    there.refreshes().await.expect(200);
    there.get("/v1/me").await.expect(200);
}
