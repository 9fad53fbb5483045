//! How long what a provider said is believed, what is kept of a way, and what may be configured.

use std::time::Duration;

use kith::{
    config::{Config, Environment, Oidc},
    features::retention,
};

use super::{
    app_with,
    browser::Browser,
    issuer::{DISCOVERY, Issuer, Key},
    settings, steps_up,
};

const START: &str = "/v1/auth/oidc/one/start";
const LINK: &str = "/v1/auth/oidc/one/start?link=1";
const REFUSED: &str = "/sign-in?problem=identity-refused";

#[tokio::test]
async fn a_new_key_is_learnt_at_once_and_asked_for_at_most_once_a_minute() {
    let mut issuer = Issuer::start().await;
    let app = app_with(vec![settings("one", &issuer.url())]).await;
    let ana = app.person("ana").await;
    let browser = Browser::of(&app, &ana).await;
    steps_up(&app, &ana).await;
    assert_eq!(issuer.leads(&app, &browser, LINK, "ana").await, "/");
    let asked = async |issuer: &Issuer| issuer.requests("/keys").await.len();
    assert_eq!(asked(&issuer).await, 1);
    app.passes(Duration::from_secs(61));
    let old = std::mem::replace(&mut issuer.key, Key::es256("second"));
    issuer.publishes(&[issuer.key.public(), old.public()]);
    let enters =
        async |issuer: &Issuer| issuer.leads(&app, &Browser::fresh(&app), START, "ana").await;
    assert_eq!(enters(&issuer).await, "/");
    assert_eq!(asked(&issuer).await, 2);
    // Tokens with invented keys do not make us ask and ask.
    let good = std::mem::replace(&mut issuer.key, Key::es256("invented"));
    for _ in 0..5 {
        assert_eq!(enters(&issuer).await, REFUSED);
    }
    assert_eq!(asked(&issuer).await, 2);
    app.passes(Duration::from_secs(61));
    assert_eq!(enters(&issuer).await, REFUSED);
    assert_eq!(asked(&issuer).await, 3);
    // A key that was taken back is believed for an hour at most.
    issuer.key = old;
    issuer.publishes(&[good.public()]);
    assert_eq!(enters(&issuer).await, "/");
    app.passes(Duration::from_hours(1));
    assert_eq!(enters(&issuer).await, REFUSED);
    issuer.key = good;
    assert_eq!(enters(&issuer).await, "/");
    assert_eq!(issuer.requests(DISCOVERY).await.len(), 2);
}

#[tokio::test]
async fn ways_that_nobody_finished_are_forgotten() {
    let issuer = Issuer::start().await;
    let app = app_with(vec![settings("one", &issuer.url())]).await;
    let count = async || {
        let question = "select count(*) from oidc_flows";
        app.sql().await.query_one(question, &[]).await.unwrap().get::<_, i64>(0)
    };
    Browser::fresh(&app).begins(START).await;
    retention::sweep(&app.app).await.unwrap();
    assert_eq!(count().await, 1);
    app.passes(Duration::from_hours(1));
    retention::sweep(&app.app).await.unwrap();
    assert_eq!(count().await, 0);
}

#[test]
fn providers_that_cannot_be_told_apart_or_trusted_are_refused_at_the_start() {
    let good = settings("one", "https://login.example.org");
    let with = |change: fn(&mut Oidc)| {
        let mut provider = good.clone();
        change(&mut provider);
        provider
    };
    let refused: [(Vec<Oidc>, &str); 11] = [
        (vec![good.clone(), good.clone()], "twice"),
        (vec![with(|oidc| oidc.name = "One".into())], "name"),
        (vec![with(|oidc| oidc.name = String::new())], "name"),
        (vec![with(|oidc| oidc.name = "a/b".into())], "name"),
        (vec![with(|oidc| oidc.client_id = String::new())], "client_id"),
        (vec![with(|oidc| oidc.client_secret_file = Some("/x".into()))], "not both"),
        (vec![with(|oidc| oidc.issuer = "login.example.org".into())], "issuer"),
        (vec![with(|oidc| oidc.issuer = "http://login.example.org".into())], "issuer"),
        (vec![with(|oidc| oidc.issuer = "https://login.example.org?x".into())], "issuer"),
        (vec![with(|oidc| oidc.issuer = "https://me@login.example.org".into())], "issuer"),
        (vec![with(|oidc| oidc.issuer = "http://127.0.0.1:1".into())], "issuer"),
    ];
    let mut config = Config::defaults().unwrap();
    config.environment = Some(Environment::Production);
    for (providers, advice) in refused {
        config.oidc = providers;
        let error = config.check_oidc().unwrap_err().to_string();
        assert!(error.contains(advice), "{error}");
        assert!(!error.contains("a secret"), "{error}");
    }
    config.oidc = vec![good.clone(), with(|oidc| oidc.name = "two".into())];
    config.check_oidc().unwrap();
    config.environment = Some(Environment::Development);
    config.oidc = vec![with(|oidc| oidc.issuer = "http://127.0.0.1:1".into())];
    config.check_oidc().unwrap();
}
