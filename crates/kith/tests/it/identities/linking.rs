//! Who may link an identity, and what becomes of it.

use futures_util::future::join_all;
use reqwest::Method;

use super::{app_with, browser::Browser, facts, issuer::Issuer, linked, settings, steps_up};

const START: &str = "/v1/auth/oidc/one/start";
const LINK: &str = "/v1/auth/oidc/one/start?link=1&return_to=/settings";
const EXPIRED: &str = "/sign-in?problem=identity-expired";

#[tokio::test]
async fn only_the_owner_in_a_browser_on_our_own_page_may_link() {
    let issuer = Issuer::start().await;
    let app = app_with(vec![settings("one", &issuer.url())]).await;
    let ana = app.person("ana").await;
    let browser = Browser::of(&app, &ana).await;
    let nobody = Browser::fresh(&app);
    nobody.goes(LINK, "same-origin").await.expect_problem(401, "unauthenticated");
    browser.goes(LINK, "same-origin").await.expect_problem(403, "step-up-required");
    steps_up(&app, &ana).await;
    // A page that lures Ana's browser here, signed in at the provider as somebody else, would own her account.
    for site in ["cross-site", "same-site", "none", ""] {
        browser.goes(LINK, site).await.expect_problem(403, "csrf-refused");
    }
    // An app's token is not a browser's session.
    let request = ana.request(Method::GET, LINK).header("sec-fetch-site", "same-origin");
    ana.send(request, Method::GET, LINK).await.expect_problem(401, "unauthenticated");
    app.passes(std::time::Duration::from_mins(11));
    browser.posts("/v1/auth/refresh", &serde_json::json!({})).await.expect(200);
    browser.goes(LINK, "same-origin").await.expect_problem(403, "step-up-required");
    assert_eq!(linked(&app.app, &ana).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_linking_ends_in_the_session_that_began_it() {
    let issuer = Issuer::start().await;
    let app = app_with(vec![settings("one", &issuer.url())]).await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let begins = async || {
        let browser = Browser::of(&app, &ana).await;
        steps_up(&app, &ana).await;
        let begun = browser.begins(LINK).await;
        issuer.gives(&issuer.key.sign(&issuer.claims(&app, &begun, "ana-there")));
        (browser, format!("code=c&state={}", begun.state))
    };
    // Signed out meanwhile.
    let (browser, answer) = begins().await;
    browser.posts("/v1/auth/logout", &serde_json::json!({})).await.expect(204);
    assert_eq!(browser.returns("one", &answer).await, EXPIRED);
    // Somebody else signed in, in the same browser.
    let (browser, answer) = begins().await;
    let bens = Browser::of(&app, &ben).await;
    browser.steals(&bens, "kith_access");
    assert_eq!(browser.returns("one", &answer).await, EXPIRED);
    // The session's access token may have run out while its owner was away; the session has not.
    let (browser, answer) = begins().await;
    browser.forgets("kith_access");
    assert_eq!(browser.returns("one", &answer).await, "/settings");
    assert_eq!(linked(&app.app, &ana).await, ["one"]);
    assert_eq!(linked(&app.app, &ben).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_account_has_one_identity_of_each_provider_and_an_identity_one_account() {
    let issuer = Issuer::start().await;
    let app = app_with(vec![settings("one", &issuer.url()), settings("two", &issuer.url())]).await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let links = async |person, provider: &str, subject: &str| {
        let browser = Browser::of(&app, person).await;
        steps_up(&app, person).await;
        let path = LINK.replace("/one/", &format!("/{provider}/"));
        issuer.leads(&app, &browser, &path, subject).await
    };
    let enters = async |subject: &str| {
        let browser = Browser::fresh(&app);
        issuer.leads(&app, &browser, START, subject).await;
        browser.is_signed_in_as().await
    };
    assert_eq!(links(&ana, "one", "first").await, "/settings");
    // Again is the same; another one takes its place.
    assert_eq!(links(&ana, "one", "first").await, "/settings");
    assert_eq!(links(&ana, "one", "second").await, "/settings");
    assert_eq!(enters("first").await, None);
    assert_eq!(enters("second").await.as_deref(), Some("ana"));
    assert_eq!(links(&ben, "one", "second").await, "/sign-in?problem=identity-taken");
    // The same issuer under another name is the same service.
    assert_eq!(links(&ben, "two", "second").await, "/sign-in?problem=identity-taken");
    assert_eq!(links(&ben, "one", "first").await, "/settings");
    assert_eq!(enters("first").await.as_deref(), Some("ben"));
    let links = facts(&app, &ana).await.into_iter().filter(|fact| fact == "identity-linked");
    assert_eq!(links.count(), 2, "what changed nothing is no fact");
}

#[tokio::test]
async fn of_those_who_link_one_identity_at_once_one_has_it() {
    let issuer = Issuer::start().await;
    let app = app_with(vec![settings("one", &issuer.url())]).await;
    let people = app.people(["ana", "ben", "cem", "dee"]).await;
    let mut ways = Vec::new();
    for person in &people {
        let browser = Browser::of(&app, person).await;
        steps_up(&app, person).await;
        let begun = browser.begins(LINK).await;
        let token = issuer.key.sign(&issuer.claims(&app, &begun, "shared"));
        issuer.gives_for(&person.name, &token);
        ways.push((browser, format!("code={}&state={}", person.name, begun.state)));
    }
    let ends = ways.iter().map(|(browser, answer)| browser.returns("one", answer));
    let mut ends = join_all(ends).await;
    ends.sort();
    assert_eq!(ends[0], "/settings");
    assert!(ends[1..].iter().all(|end| end == "/sign-in?problem=identity-taken"), "{ends:?}");
}

#[tokio::test]
async fn unlinking_needs_a_step_up_and_takes_the_way_in_away() {
    let issuer = Issuer::start().await;
    let app = app_with(vec![settings("one", &issuer.url())]).await;
    let ana = app.person("ana").await;
    let browser = Browser::of(&app, &ana).await;
    steps_up(&app, &ana).await;
    assert_eq!(issuer.leads(&app, &browser, LINK, "ana-there").await, "/settings");
    let social = "select count(*) from authentication where auth_method = 'social'";
    let count = async || app.sql().await.query_one(social, &[]).await.unwrap().get::<_, i64>(0);
    assert_eq!(count().await, 1);
    app.passes(std::time::Duration::from_mins(11));
    ana.refreshes().await.expect(200);
    ana.delete("/v1/me/identities/one").await.expect_problem(403, "step-up-required");
    steps_up(&app, &ana).await;
    ana.delete("/v1/me/identities/two").await.expect_problem(404, "not-found");
    ana.delete("/v1/me/identities/one").await.expect(204);
    assert_eq!(count().await, 0);
    assert_eq!(linked(&app.app, &ana).await, Vec::<String>::new());
    assert_eq!(facts(&app, &ana).await.last().unwrap(), "identity-unlinked");
    let stranger = Browser::fresh(&app);
    issuer.leads(&app, &stranger, START, "ana-there").await;
    assert_eq!(stranger.is_signed_in_as().await, None);
}
