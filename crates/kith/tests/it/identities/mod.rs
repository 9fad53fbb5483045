//! Sign-in by other services: against a certified provider, and against one that lies.

mod browser;
mod certified;
mod issuer;
mod keeping;
mod lies;
mod linking;
mod unreachable;
mod ways;

use kith::{app::App, config::Oidc, features::identities};
use kith_testkit::{
    Options, Person, TestApp,
    node_peer::{OIDC_CLIENT, OIDC_SECRET},
};

/// Settings of a provider.
fn settings(name: &str, issuer: &str) -> Oidc {
    Oidc {
        name: name.to_owned(),
        issuer: issuer.to_owned(),
        client_id: OIDC_CLIENT.to_owned(),
        client_secret: Some(OIDC_SECRET.into()),
        client_secret_file: None,
    }
}

/// An application that knows these providers.
async fn app_with(providers: Vec<Oidc>) -> TestApp {
    TestApp::with(Options { oidc: providers, ..Options::default() }).await
}

/// Shows again that all sessions of a person are their own.
async fn steps_up(app: &TestApp, person: &Person) {
    let statement = "update refresh_tokens set stepped_up_at = $1 where user_id = $2";
    app.sql().await.execute(statement, &[&app.app.now(), &person.id()]).await.unwrap();
}

/// The providers that a person signs in with.
async fn linked(app: &App, person: &Person) -> Vec<String> {
    let linked = identities::linked(app, person.id()).await.unwrap();
    linked.into_iter().map(|(provider, _)| provider).collect()
}

/// The facts in a person's log, oldest first.
async fn facts(app: &TestApp, person: &Person) -> Vec<String> {
    let question = "select kind || coalesce(' ' || (details ->> 'way'), '') from audit_log
        where user_id = $1 order by created_at";
    let rows = app.sql().await.query(question, &[&person.id()]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}
