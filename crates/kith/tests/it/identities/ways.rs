//! Whose way it is and where it leads: states, cookies, sites, and pages to come back to.

use std::time::Duration;

use kith_testkit::TestApp;
use url::form_urlencoded::byte_serialize;

use super::{app_with, browser::Browser, issuer::Issuer, settings, steps_up};

const START: &str = "/v1/auth/oidc/one/start";
const LINK: &str = "/v1/auth/oidc/one/start?return_to=/in&link=1";
const EXPIRED: &str = "/sign-in?problem=identity-expired";
const COOKIE: &str = "kith_oidc";

async fn with_ana(names: &[&str]) -> (Issuer, TestApp) {
    let issuer = Issuer::start().await;
    let providers = names.iter().map(|name| settings(name, &issuer.url())).collect();
    let app = app_with(providers).await;
    let ana = app.person("ana").await;
    let browser = Browser::of(&app, &ana).await;
    steps_up(&app, &ana).await;
    assert_eq!(issuer.leads(&app, &browser, LINK, "ana").await, "/in");
    (issuer, app)
}

#[tokio::test]
async fn a_way_is_one_browsers_one_providers_and_ends_once() {
    let (issuer, app) = with_ana(&["one", "two"]).await;
    let victim = Browser::fresh(&app);
    let attacker = Browser::fresh(&app);

    // Login forgery: the attacker's own answer, in the victim's browser, without and with a cookie of its own.
    let begun = attacker.begins(START).await;
    issuer.gives(&issuer.key.sign(&issuer.claims(&app, &begun, "ana")));
    let answer = format!("code=c&state={}", begun.state);
    assert_eq!(victim.returns("one", &answer).await, EXPIRED);
    victim.begins(START).await;
    assert_eq!(victim.returns("one", &answer).await, EXPIRED);
    assert_eq!(victim.is_signed_in_as().await, None);
    assert!(issuer.requests("/token").await.len() == 1, "only the linking reached the provider");

    // What was tried elsewhere has not ended it; the other provider's address cannot end it either.
    assert_eq!(attacker.returns("two", &answer).await, EXPIRED);
    let mine = attacker.begins(START).await;
    issuer.gives(&issuer.key.sign(&issuer.claims(&app, &mine, "ana")));
    assert_eq!(attacker.returns("one", &answer).await, EXPIRED, "another state");

    let browser = Browser::fresh(&app);
    let begun = browser.begins(START).await;
    let answer = format!("code=c&state={}", begun.state);
    issuer.gives(&issuer.key.sign(&issuer.claims(&app, &begun, "ana")));
    let thief = Browser::fresh(&app);
    thief.steals(&browser, COOKIE);
    assert_eq!(browser.returns("one", &answer).await, "/");
    // Replayed, even with the cookie that the browser had.
    assert_eq!(thief.returns("one", &answer).await, EXPIRED);
    assert_eq!(browser.returns("one", &answer).await, EXPIRED);
    assert_eq!(browser.is_signed_in_as().await.as_deref(), Some("ana"));
    for nothing in ["", "state=x", "code=c", "state=&code="] {
        assert_eq!(Browser::fresh(&app).returns("one", nothing).await, EXPIRED, "{nothing}");
    }
}

#[tokio::test]
async fn ten_minutes_are_enough() {
    let (issuer, app) = with_ana(&["one"]).await;
    for (seconds, end) in [(595, "/"), (601, EXPIRED)] {
        let browser = Browser::fresh(&app);
        let begun = browser.begins(START).await;
        app.passes(Duration::from_secs(seconds));
        issuer.gives(&issuer.key.sign(&issuer.claims(&app, &begun, "ana")));
        let answer = format!("code=c&state={}", begun.state);
        assert_eq!(browser.returns("one", &answer).await, end, "{seconds}");
    }
}

#[tokio::test]
async fn the_cookie_of_the_way_is_out_of_reach_and_short_lived() {
    let (issuer, app) = with_ana(&["one"]).await;
    let browser = Browser::fresh(&app);
    let answer = browser.goes(START, "same-origin").await.expect(303);
    let cookie = answer.header("set-cookie");
    for part in ["kith_oidc=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    let begun = browser.begins(START).await;
    issuer.gives(&issuer.key.sign(&issuer.claims(&app, &begun, "ana")));
    let path = format!("/v1/auth/oidc/one/callback?code=c&state={}", begun.state);
    let answer = browser.goes(&path, "cross-site").await.expect(303);
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    let texts: Vec<&str> = cookies.iter().map(|cookie| cookie.to_str().unwrap()).collect();
    assert!(texts.iter().any(|text| text.starts_with("kith_oidc=;")), "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("kith_access=")), "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("kith_refresh=")), "{texts:?}");
    // Nothing in the database or in the address is the secret of the cookie.
    let secret = cookie.split(['=', ';']).nth(1).unwrap();
    assert!(!begun.address.as_str().contains(secret));
}

#[tokio::test]
async fn nobody_is_led_to_another_place() {
    let (issuer, app) = with_ana(&["one"]).await;
    let browser = Browser::fresh(&app);
    let start = |to: &str| {
        let to: String = byte_serialize(to.as_bytes()).collect();
        format!("{START}?return_to={to}")
    };
    let long = format!("/{}", "a".repeat(600));
    for away in [
        "https://elsewhere.example",
        "//elsewhere.example",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "\u{0}/in",
        " //elsewhere.example",
        "/..//elsewhere.example",
        "/.//elsewhere.example",
        "/in/../..//elsewhere.example",
        "/%2e%2e//elsewhere.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "elsewhere.example",
        "",
        "?x",
        &long,
    ] {
        let answer = browser.goes(&start(away), "same-origin").await;
        let told = format!("{away:?}");
        assert_eq!(answer.status, 422, "{told}");
        assert_eq!(answer.text("/errors/0/pointer"), "return_to", "{told}");
    }
    for (to, led_to) in [
        ("/", "/"),
        ("/friends?tab=new#top", "/friends?tab=new#top"),
        ("/a/../b", "/b"),
        ("/über uns", "/%C3%BCber%20uns"),
        ("/@elsewhere.example", "/@elsewhere.example"),
        ("/?next=//elsewhere.example", "/?next=//elsewhere.example"),
    ] {
        assert_eq!(issuer.leads(&app, &browser, &start(to), "ana").await, led_to);
    }
}

#[tokio::test]
async fn another_site_cannot_begin_a_way() {
    let (_issuer, app) = with_ana(&["one"]).await;
    let browser = Browser::fresh(&app);
    for (site, status) in [("cross-site", 403), ("same-site", 403), ("none", 303), ("", 303)] {
        let answer = browser.goes(START, site).await;
        assert_eq!(answer.status, status, "{site}");
    }
    browser.goes("/v1/auth/oidc/three/start", "").await.expect_problem(404, "not-found");
    browser.goes("/v1/auth/oidc/three/callback", "").await.expect_problem(404, "not-found");
}
