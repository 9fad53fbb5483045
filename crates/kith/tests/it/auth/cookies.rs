//! Sessions of browsers: their tokens stay in cookies, and nobody else's get there.

use std::time::Duration;

use kith_testkit::{Answer, Options, Person, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

const REFRESH: &str = "/v1/auth/refresh";
const LOGOUT: &str = "/v1/auth/logout";

/// A browser with a session: a person, and the cookies.
pub struct Browser {
    pub nobody: Person,
    pub access: String,
    pub refresh: String,
}

impl Browser {
    pub async fn signs_in(app: &TestApp, phone: &str) -> Self {
        let flow = app.starts_sign_in(phone).await;
        let nobody = app.anonymous();
        let path = "/v1/auth/phone/verify";
        let body =
            json!({ "verification_id": flow, "code": app.code_for(phone), "session": "cookie" });
        let request = nobody.request(Method::POST, path).header("x-kith-csrf", "1").json(&body);
        let answer = nobody.send(request, Method::POST, path).await.expect(200);
        assert_eq!(answer.at("/refresh_token"), Value::Null);
        let [access, refresh] = cookies(&answer);
        Self { nobody, access, refresh }
    }

    /// Sends a request with these cookies.
    async fn sends(&self, method: Method, path: &str, cookies: &[&str], csrf: &str) -> Answer {
        let request = self.nobody.request(method.clone(), path).header("x-kith-csrf", csrf);
        let request = request.header("cookie", cookies.join("; "));
        self.nobody.send(request, method, path).await
    }

    async fn reads_me(&self) -> Answer {
        self.sends(Method::GET, "/v1/me", &[&self.access], "1").await
    }

    async fn signs_out(&self) -> Answer {
        self.sends(Method::POST, LOGOUT, &[&self.access, &self.refresh], "1").await
    }
}

/// `name=value` of the access and of the refresh cookie.
fn cookies(answer: &Answer) -> [String; 2] {
    let set = answer.headers.get_all("set-cookie").iter();
    let pairs: Vec<String> =
        set.map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap().to_owned()).collect();
    pairs.try_into().expect("two cookies")
}

fn token(cookie: &str) -> &str {
    cookie.split_once('=').unwrap().1
}

/// Both cookies are taken away.
fn is_cleared(answer: &Answer) -> bool {
    cookies(answer).iter().all(|cookie| token(cookie).is_empty())
        && answer.header("clear-site-data") == "\"cache\""
}

#[tokio::test]
async fn the_token_of_a_cookie_is_refused_in_a_body_and_ends_the_session() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let browser = Browser::signs_in(&app, &ana.phone).await;
    let renewed = browser.sends(Method::POST, REFRESH, &[&browser.refresh], "1").await.expect(200);
    let [access, refresh] = cookies(&renewed);
    let browser = Browser { access, refresh, ..browser };
    browser.reads_me().await.expect(200);
    ana.tries_refresh_token(token(&browser.refresh)).await.expect_problem(401, "token-reused");
    browser.reads_me().await.expect_problem(401, "unauthenticated");
    ana.get("/v1/me").await.expect(200);
}

#[tokio::test]
async fn the_token_of_an_app_is_refused_in_a_cookie_and_ends_the_session() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let browser = Browser::signs_in(&app, &ana.phone).await;
    let name = &app.app.cookie_names().refresh;
    let planted = format!("{name}={}", ana.refresh_token());
    let refused = browser.sends(Method::POST, REFRESH, &[&planted], "1").await;
    let refused = refused.expect_problem(401, "token-reused");
    assert!(!refused.headers.contains_key("set-cookie"));
    ana.get("/v1/me").await.expect_problem(401, "unauthenticated");
    browser.reads_me().await.expect(200);
}

#[tokio::test]
async fn a_browser_is_rid_of_its_cookies_whatever_became_of_the_session() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let browser = Browser::signs_in(&app, &ana.phone).await;
    ana.delete("/v1/sessions").await.expect(204);
    browser.reads_me().await.expect_problem(401, "unauthenticated");
    for _ in 0..2 {
        assert!(is_cleared(&browser.signs_out().await.expect(204)));
    }
    let [access, refresh] = [&browser.access, &browser.refresh];
    let broken = format!("{access}x");
    for cookies in [vec![access.as_str()], vec![refresh], vec![&broken], vec![&broken, refresh]] {
        let out = browser.sends(Method::POST, LOGOUT, &cookies, "1").await;
        assert!(is_cleared(&out.expect(204)), "{cookies:?}");
    }
    // Another site cannot sign anybody out, and an app is told that it has no session.
    browser.sends(Method::POST, LOGOUT, &[access], "0").await.expect_problem(403, "csrf-refused");
    browser.nobody.posts_nothing(LOGOUT).await.expect_problem(401, "unauthenticated");
    ana.posts_nothing(LOGOUT).await.expect(204);
    ana.posts_nothing(LOGOUT).await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn signing_out_ends_the_session_with_either_cookie() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    for is_late in [false, true] {
        let browser = Browser::signs_in(&app, &ana.phone).await;
        if is_late {
            app.passes(Duration::from_secs(601));
        }
        browser.signs_out().await.expect(204);
        let again = browser.sends(Method::POST, REFRESH, &[&browser.refresh], "1").await;
        again.expect_problem(401, "token-reused");
    }
}

#[tokio::test]
async fn a_refresh_with_a_body_says_what_it_is() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let body = json!({ "refresh_token": ana.refresh_token() }).to_string();
    let send = async |kind: Option<&str>, body: &str| {
        let mut request = ana.request_without_session(Method::POST, REFRESH);
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        ana.send(request.body(body.to_owned()), Method::POST, REFRESH).await
    };
    for kind in [None, Some("text/plain"), Some("application/x-www-form-urlencoded")] {
        send(kind, &body).await.expect_problem(415, "unsupported-media-type");
    }
    send(None, "").await.expect_problem(401, "unauthenticated");
    send(Some("application/json; charset=utf-8"), &body).await.expect(200);
}

#[tokio::test]
async fn outside_of_development_cookies_are_bound_to_this_host() {
    let configure = |config: &mut kith::config::Config| {
        config.environment = Some(kith::config::Environment::Production);
    };
    let app = TestApp::with(Options { configure, ..Options::default() }).await;
    let phone = app.next_number();
    let flow = app.starts_sign_in(&phone).await;
    let nobody = app.anonymous();
    let path = "/v1/auth/phone/verify";
    let body =
        json!({ "verification_id": flow, "code": app.code_for(&phone), "session": "cookie" });
    let request = nobody.request(Method::POST, path).header("x-kith-csrf", "1").json(&body);
    let answer = nobody.send(request, Method::POST, path).await.expect(200);
    let set: Vec<&str> = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|cookie| cookie.to_str().unwrap())
        .collect();
    assert_eq!(set.len(), 2);
    // The browser is known by its refresh cookie after the session has run out.
    let expected =
        [("__Host-kith_access=", "Max-Age=5184000"), ("__Host-kith_refresh=", "Max-Age=34560000")];
    for (cookie, (name, age)) in set.iter().zip(expected) {
        let mut parts: Vec<&str> = cookie.split("; ").collect();
        assert!(parts.remove(0).starts_with(name), "{name}");
        parts.sort_unstable();
        // No `Domain`: with it, neighbouring hosts could set and read them.
        assert_eq!(parts, ["HttpOnly", age, "Path=/", "SameSite=Lax", "Secure"]);
    }
    // The plain names mean nothing here.
    let [access, refresh] = cookies(&answer);
    for cookie in [&access, &refresh] {
        let plain = cookie.trim_start_matches("__Host-");
        let request = nobody.request(Method::GET, "/v1/me").header("cookie", plain);
        nobody.send(request, Method::GET, "/v1/me").await.expect_problem(401, "unauthenticated");
    }
    let request = nobody.request(Method::GET, "/v1/me").header("cookie", &access);
    nobody.send(request, Method::GET, "/v1/me").await.expect(200);
}
