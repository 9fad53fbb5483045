//! Requests that other sites' pages make a browser send, with its cookies: none changes anything, none is told anything.
//! The browser is assumed to send the cookies always, as if `SameSite` did not exist.

use kith_testkit::{Person, TestApp};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::cookies::Browser;

const JSON: &str = "application/json";
const EVIL: &str = "https://evil.example";

/// What a page would like to have done in somebody's name.
struct Deed {
    method: Method,
    path: String,
    body: Value,
}

fn deed(method: Method, path: &str, body: Value) -> Deed {
    Deed { method, path: path.to_owned(), body }
}

/// Things that change something at once.
fn deeds(session: &str, friend: &str) -> Vec<Deed> {
    vec![
        deed(
            Method::PATCH,
            "/v1/me/settings",
            json!({ "privacy_settings": { "find_by_phone": "anyone" } }),
        ),
        deed(Method::PATCH, "/v1/me", json!({ "display_name": "Owned" })),
        deed(Method::POST, "/v1/friends/requests", json!({ "user_id": friend })),
        deed(Method::POST, "/v1/contacts/import", json!({ "region": "US", "contacts": [] })),
        deed(Method::POST, "/v1/auth/refresh", Value::Null),
        deed(Method::DELETE, &format!("/v1/sessions/{session}"), Value::Null),
        deed(Method::DELETE, "/v1/sessions", Value::Null),
        deed(Method::POST, "/v1/auth/logout", Value::Null),
    ]
}

type Mark = (&'static str, String);
type Marks = Vec<Mark>;

fn marks(list: &[(&'static str, &str)]) -> Marks {
    list.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

/// What our own page sends.
fn own(url: &str) -> Marks {
    marks(&[("origin", url), ("sec-fetch-site", "same-origin"), ("x-kith-csrf", "1")])
}

/// What comes from elsewhere, and what could if a browser or a proxy had a fault.
fn foreign(url: &str) -> Vec<Marks> {
    let address = url.strip_prefix("http://").expect("plain http");
    let port = address.rsplit(':').next().expect("a port");
    let mut all: Vec<Marks> = [
        EVIL.to_owned(),
        "null".to_owned(),
        String::new(),
        format!("http://photos.{address}"),
        "http://127.0.0.1:1".to_owned(),
        "http://127.0.0.1".to_owned(),
        format!("http://localhost:{port}"),
        format!("https://{address}"),
        format!("{url}.evil.example"),
        format!("{url}@evil.example"),
        format!("{url}/"),
        format!("{url} {EVIL}"),
        format!("{EVIL}#{url}"),
        address.to_owned(),
        "file://".to_owned(),
    ]
    .into_iter()
    .map(|origin| vec![("origin", origin), ("x-kith-csrf", "1".to_owned())])
    .collect();
    for site in ["cross-site", "same-site", "none", "", "same-origin, cross-site"] {
        all.push(marks(&[("sec-fetch-site", site), ("origin", url), ("x-kith-csrf", "1")]));
        all.push(marks(&[("sec-fetch-site", site), ("x-kith-csrf", "1")]));
    }
    for csrf in ["0", "", "true", "1,1"] {
        all.push(marks(&[
            ("origin", url),
            ("sec-fetch-site", "same-origin"),
            ("x-kith-csrf", csrf),
        ]));
    }
    all.extend([
        Vec::new(),
        marks(&[("origin", url), ("sec-fetch-site", "same-origin")]),
        marks(&[
            ("origin", EVIL),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
        ]),
        marks(&[("origin", url), ("origin", EVIL), ("x-kith-csrf", "1")]),
        marks(&[
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-site", "cross-site"),
            ("x-kith-csrf", "1"),
        ]),
        marks(&[("x-kith-csrf", "1"), ("x-kith-csrf", "0"), ("origin", url)]),
        // A name of theirs that leads here.
        marks(&[("host", "evil.example"), ("origin", "http://evil.example"), ("x-kith-csrf", "1")]),
        marks(&[
            ("x-forwarded-host", "evil.example"),
            ("origin", "http://evil.example"),
            ("x-kith-csrf", "1"),
        ]),
    ]);
    all
}

/// Ana in her browser, and what is true of her account.
struct Stage {
    app: TestApp,
    /// Her phone, which looks at what the browser did.
    ana: Person,
    browser: Browser,
}

impl Stage {
    async fn is_set() -> (Self, Person) {
        let app = TestApp::start().await;
        let [ana, ben] = app.people(["ana", "ben"]).await;
        let browser = Browser::signs_in(&app, &ana.phone).await;
        (Self { app, ana, browser }, ben)
    }

    async fn sends(
        &self,
        method: Method,
        path: &str,
        marks: &[Mark],
        body: Option<(&str, String)>,
    ) -> Response {
        let cookies = format!("{}; {}", self.browser.access, self.browser.refresh);
        let mut request = self.browser.nobody.request(method, path).header("cookie", cookies);
        request = request.header("if-match", "*");
        for (name, value) in marks {
            request = request.header(*name, value);
        }
        if let Some((kind, text)) = body {
            request = request.body(text);
            if !kind.is_empty() {
                request = request.header("content-type", kind);
            }
        }
        request.send().await.expect("the server answers")
    }

    async fn does(&self, deed: &Deed, marks: &[Mark]) -> Response {
        let body = (!deed.body.is_null()).then(|| (JSON, deed.body.to_string()));
        self.sends(deed.method.clone(), &deed.path, marks, body).await
    }

    /// What deeds change.
    async fn state(&self) -> Value {
        let me = self.ana.get("/v1/me").await.expect(200);
        let settings = self.ana.get("/v1/me/settings").await.expect(200);
        let sessions = self.ana.get("/v1/sessions").await.expect(200).items();
        let sessions: Vec<_> = sessions.iter().map(|item| item["session_id"].clone()).collect();
        let generations = self
            .app
            .sql()
            .await
            .query_one(
                "select sum(generation), count(revoked_at) from refresh_tokens where user_id = $1",
                &[&self.ana.id()],
            )
            .await
            .unwrap();
        let (generations, ended): (i64, i64) = (generations.get(0), generations.get(1));
        json!([
            me.at("/version"),
            settings.at("/version"),
            sessions,
            self.ana.outgoing().await,
            generations,
            ended
        ])
    }

    /// Demands that an answer gives nothing away, and that nothing happened.
    async fn nothing_came_of(
        &self,
        answer: Response,
        statuses: &[u16],
        before: &Value,
        what: &str,
    ) {
        let status = answer.status().as_u16();
        assert!(statuses.contains(&status), "{what}: {status}");
        for name in answer.headers().keys() {
            let name = name.as_str();
            assert!(name != "set-cookie" && !name.starts_with("access-control-"), "{what}: {name}");
        }
        assert_eq!(self.state().await, *before, "{what}");
    }
}

#[tokio::test]
async fn no_page_elsewhere_does_anything_in_ones_name() {
    let (stage, ben) = Stage::is_set().await;
    let sessions = stage.ana.get("/v1/sessions").await.expect(200).items();
    let browsers = sessions.iter().find(|item| item["current"] == false).expect("the browser's");
    let deeds = deeds(browsers["session_id"].as_str().unwrap(), &ben.user_id);
    let before = stage.state().await;
    let foreign = foreign(&stage.app.url);
    assert!(foreign.len() >= 35, "{}", foreign.len());
    for (index, marks) in foreign.iter().enumerate() {
        // Each deed by many marks, each mark by some deeds.
        for deed in deeds.iter().skip(index % 3).step_by(3) {
            let answer = stage.does(deed, marks).await;
            let what = format!("{} {} with {marks:?}", deed.method, deed.path);
            stage.nothing_came_of(answer, &[403], &before, &what).await;
        }
    }
    // The same requests from our own page do it.
    let url = stage.app.url.clone();
    for deed in deeds
        .iter()
        .filter(|deed| !deed.path.starts_with("/v1/sessions") && !deed.path.contains("refresh"))
    {
        let answer = stage.does(deed, &own(&url)).await;
        assert!(answer.status().is_success(), "{} {}: {}", deed.method, deed.path, answer.status());
        assert_ne!(stage.state().await, before, "{} {}", deed.method, deed.path);
    }
}

#[tokio::test]
async fn no_form_and_no_beacon_is_understood() {
    let (stage, _) = Stage::is_set().await;
    let before = stage.state().await;
    let change = json!({ "display_name": "Owned" }).to_string();
    let (form, multipart) =
        ("display_name=Owned&%7B%22a%22%3A=%7D", "multipart/form-data; boundary=x");
    let part =
        format!("--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n{change}\r\n--x--\r\n");
    let bodies: [(&str, &str); 9] = [
        ("application/x-www-form-urlencoded", form),
        ("text/plain", &change),
        ("text/plain; charset=utf-8; application/json", &change),
        ("text/plain,application/json", &change),
        (multipart, &part),
        ("", &change),
        ("application/csp-report", &change),
        ("application/json-seq", &change),
        ("text/json", &change),
    ];
    let page =
        marks(&[("origin", EVIL), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]);
    for (kind, body) in bodies {
        for (method, path) in [(Method::PATCH, "/v1/me"), (Method::POST, "/v1/friends/requests")] {
            let what = format!("{method} {path} as {kind:?}");
            let answer =
                stage.sends(method.clone(), path, &page, Some((kind, body.to_owned()))).await;
            stage.nothing_came_of(answer, &[403], &before, &what).await;
            // Not even from our own page: such a body is never read as what it is not.
            let own = own(&stage.app.url);
            let answer = stage.sends(method, path, &own, Some((kind, body.to_owned()))).await;
            stage.nothing_came_of(answer, &[415], &before, &what).await;
        }
    }
}

#[tokio::test]
async fn another_method_in_disguise_is_the_method_that_it_is() {
    let (stage, _) = Stage::is_set().await;
    let before = stage.state().await;
    let page = marks(&[("origin", EVIL), ("sec-fetch-site", "cross-site")]);
    let navigation = marks(&[
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ]);
    let form = Some(("application/x-www-form-urlencoded", "_method=DELETE".to_owned()));
    for name in ["x-http-method-override", "x-http-method", "x-method-override"] {
        let mut marks = own(&stage.app.url);
        marks.push((name, "DELETE".to_owned()));
        for (method, path) in [(Method::POST, "/v1/sessions"), (Method::GET, "/v1/sessions")] {
            let answer = stage.sends(method.clone(), path, &marks, None).await;
            stage
                .nothing_came_of(answer, &[200, 405], &before, &format!("{method} and {name}"))
                .await;
        }
    }
    for (method, path, marks, body) in [
        (Method::POST, "/v1/sessions?_method=DELETE", &page, form.clone()),
        (Method::POST, "/v1/sessions", &page, form),
        (Method::GET, "/v1/auth/logout", &navigation, None),
        (Method::HEAD, "/v1/auth/logout", &navigation, None),
        (Method::GET, "/v1/auth/refresh", &navigation, None),
        (Method::GET, "/v1/contacts/import?region=US", &navigation, None),
        (Method::GET, "/v1/sessions?_method=DELETE", &navigation, None),
        (Method::TRACE, "/v1/sessions", &page, None),
    ] {
        let what = format!("{method} {path}");
        let answer = stage.sends(method, path, marks, body).await;
        stage.nothing_came_of(answer, &[200, 403, 404, 405], &before, &what).await;
    }
}

#[tokio::test]
async fn a_preflight_allows_nothing() {
    let (stage, _) = Stage::is_set().await;
    let before = stage.state().await;
    for origin in [EVIL, "null", "http://localhost:1"] {
        for (method, path) in [
            ("PATCH", "/v1/me"),
            ("DELETE", "/v1/sessions"),
            ("POST", "/v1/auth/logout"),
            ("GET", "/v1/me"),
        ] {
            let asks = marks(&[
                ("origin", origin),
                ("access-control-request-method", method),
                ("access-control-request-headers", "x-kith-csrf, content-type, authorization"),
            ]);
            let answer = stage.sends(Method::OPTIONS, path, &asks, None).await;
            stage.nothing_came_of(answer, &[200, 204, 401, 403, 404, 405], &before, path).await;
        }
    }
}

#[tokio::test]
async fn nobody_is_signed_in_from_elsewhere() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let flow = app.starts_sign_in(&ana.phone).await;
    let body =
        json!({ "verification_id": flow, "code": app.code_for(&ana.phone), "session": "cookie" });
    let path = "/v1/auth/phone/verify";
    let nobody = app.anonymous();
    for marks in foreign(&app.url) {
        let mut request = nobody.request(Method::POST, path).json(&body);
        for (name, value) in &marks {
            request = request.header(*name, value);
        }
        let answer = request.send().await.expect("the server answers");
        assert_eq!(answer.status(), 403, "{marks:?}");
        assert!(!answer.headers().contains_key("set-cookie"), "{marks:?}");
    }
    // The code was not spent on them.
    let mut request = nobody.request(Method::POST, path).json(&body);
    for (name, value) in own(&app.url) {
        request = request.header(name, value);
    }
    nobody.send(request, Method::POST, path).await.expect(200);
}

#[tokio::test]
async fn what_another_page_embeds_is_loaded_without_ones_cookies() {
    let (stage, _) = Stage::is_set().await;
    let fetch = |site: &str, mode: &str, dest: &str| {
        marks(&[("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)])
    };
    for (site, mode, dest, status) in [
        ("cross-site", "no-cors", "image", 401),
        ("cross-site", "no-cors", "script", 401),
        ("cross-site", "cors", "empty", 401),
        ("cross-site", "navigate", "iframe", 401),
        ("cross-site", "navigate", "object", 401),
        ("same-site", "no-cors", "image", 401),
        ("same-site", "navigate", "frame", 401),
        ("same-site", "cors", "empty", 401),
        // A link that somebody follows, an address that somebody types, and our own page.
        ("cross-site", "navigate", "document", 200),
        ("same-site", "navigate", "document", 200),
        ("none", "navigate", "document", 200),
        ("same-origin", "cors", "empty", 200),
        ("same-origin", "no-cors", "image", 200),
    ] {
        let answer = stage.sends(Method::GET, "/v1/me", &fetch(site, mode, dest), None).await;
        assert_eq!(answer.status(), status, "{site} {mode} {dest}");
        let headers = answer.headers();
        assert_eq!(headers["cross-origin-resource-policy"], "same-origin");
        assert!(!headers.contains_key("access-control-allow-origin"));
    }
}
