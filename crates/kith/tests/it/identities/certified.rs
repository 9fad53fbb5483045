//! A certified provider as a process of its own: what it accepts and what we accept of it.

use kith_testkit::{TestApp, node_peer::OidcPeer};

use super::{app_with, browser::Browser, facts, linked, settings, steps_up};

const START: &str = "/v1/auth/oidc/certified/start";
const LINK: &str = "/v1/auth/oidc/certified/start?link=1&return_to=/settings";

async fn certified(peer: &mut OidcPeer, algorithm: &str, secret_by: &str) -> TestApp {
    let app = app_with(vec![settings("certified", &peer.issuer)]).await;
    let callback = format!("{}/v1/auth/oidc/certified/callback", app.url);
    peer.knows(&callback, algorithm, secret_by).await;
    app
}

#[tokio::test]
async fn an_identity_is_linked_signs_in_and_is_taken_away() {
    let mut peer = OidcPeer::start().await;
    let app = certified(&mut peer, "RS256", "client_secret_basic").await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let config = app.anonymous().get("/v1/config").await.expect(200);
    let ways = config.at("/sign_in");
    assert!(ways.as_array().unwrap().contains(&"oidc:certified".into()), "{ways}");

    // Nobody has linked it: no session, no account.
    let stranger = Browser::fresh(&app);
    let end = stranger.travels(START, "subject=ana-there").await;
    assert_eq!(end, "/sign-in?problem=identity-unknown");
    assert_eq!(stranger.is_signed_in_as().await, None);

    let anas = Browser::of(&app, &ana).await;
    steps_up(&app, &ana).await;
    assert_eq!(anas.travels(LINK, "subject=ana-there").await, "/settings");
    assert_eq!(linked(&app.app, &ana).await, ["certified"]);
    assert_eq!(anas.is_signed_in_as().await.as_deref(), Some("ana"));

    let phone = Browser::fresh(&app);
    let end =
        phone.travels(&format!("{START}?return_to=/friends%3Fx=1"), "subject=ana-there").await;
    assert_eq!(end, "/friends?x=1");
    assert_eq!(phone.is_signed_in_as().await.as_deref(), Some("ana"));
    let facts = facts(&app, &ana).await;
    let expected = ["signed-in phone", "signed-in phone", "identity-linked", "signed-in social"];
    assert_eq!(facts, expected);

    let bens = Browser::of(&app, &ben).await;
    steps_up(&app, &ben).await;
    let end = bens.travels(LINK, "subject=ana-there").await;
    assert_eq!(end, "/sign-in?problem=identity-taken");
    assert_eq!(linked(&app.app, &ben).await, Vec::<String>::new());
    assert_eq!(bens.is_signed_in_as().await.as_deref(), Some("ben"));

    let undecided = Browser::fresh(&app);
    let end = undecided.travels(START, "refuse=1").await;
    assert_eq!(end, "/sign-in?problem=identity-cancelled");

    ana.delete("/v1/me/identities/certified").await.expect(204);
    ana.delete("/v1/me/identities/certified").await.expect_problem(404, "not-found");
    let end = Browser::fresh(&app).travels(START, "subject=ana-there").await;
    assert_eq!(end, "/sign-in?problem=identity-unknown");
}

#[tokio::test]
async fn every_algorithm_and_every_way_to_show_the_secret_is_understood() {
    let mut peer = OidcPeer::start().await;
    for (algorithm, secret_by) in
        [("ES256", "client_secret_post"), ("PS256", "client_secret_basic")]
    {
        let app = certified(&mut peer, algorithm, secret_by).await;
        let ana = app.person("ana").await;
        let browser = Browser::of(&app, &ana).await;
        steps_up(&app, &ana).await;
        let end = browser.travels(LINK, "subject=ana-there").await;
        assert_eq!(end, "/settings", "{algorithm} {secret_by}");
        let other = Browser::fresh(&app);
        assert_eq!(other.travels(START, "subject=ana-there").await, "/");
        assert_eq!(other.is_signed_in_as().await.as_deref(), Some("ana"));
    }
}
