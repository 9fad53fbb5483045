//! Every documented route, asked by people in every state: signed out, with an unfinished profile, active,
//! suspended, and having shown lately who they are or not. A new route fails here until it is classified.

use std::collections::BTreeSet;

use kith_testkit::{Answer, Person, TestApp, contract::Contract};
use reqwest::Method;
use serde_json::{Value, json};

use self::{
    Needs::{Nothing, StepUp},
    Whom::{Active, ActiveOrSocket, Anyone, Everybody, Unsuspended},
};

/// In which states a person gets through.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Whom {
    /// Without a session, too.
    Everybody,
    /// In every state, suspended too.
    Anyone,
    /// Before the profile is finished, too.
    Unsuspended,
    /// With a finished profile only.
    Active,
    /// The same, but that a socket may show its token in its first message; these requests are no sockets'.
    ActiveOrSocket,
}

/// What a session alone is not enough for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Needs {
    Nothing,
    StepUp,
}

/// Method, path, who gets through, what else they need, and what this request is answered then: ids are those
/// that nobody has, and a body is `{}` unless [`body`] has a better one.
type Row = (&'static str, &'static str, Whom, Needs, u16);

/// A row for each route. One that is added must say here who may use it.
const ROUTES: &[Row] = &[
    ("GET", "/.well-known/jwks.json", Everybody, Nothing, 200),
    ("GET", "/v1/config", Everybody, Nothing, 200),
    ("POST", "/v1/auth/phone/start", Everybody, Nothing, 422),
    ("POST", "/v1/auth/phone/verify", Everybody, Nothing, 422),
    ("POST", "/v1/auth/refresh", Everybody, Nothing, 401),
    ("POST", "/v1/auth/passkeys/login/start", Everybody, Nothing, 200),
    ("POST", "/v1/auth/passkeys/login/finish", Everybody, Nothing, 422),
    ("POST", "/v1/auth/password/login", Everybody, Nothing, 422),
    ("PUT", "/v1/uploads/{upload_id}/bytes", Everybody, Nothing, 403),
    ("GET", "/v1/images/{image_id}/{version}/{file}", Everybody, Nothing, 404),
    ("GET", "/v1/auth/oidc/{provider}/start", Everybody, Nothing, 404),
    ("GET", "/v1/auth/oidc/{provider}/callback", Everybody, Nothing, 404),
    ("POST", "/v1/callbacks/sms/{provider}", Everybody, Nothing, 404),
    // Suspended people see that they are, sign out everywhere, take their data out and leave.
    ("GET", "/v1/me", Anyone, Nothing, 200),
    ("GET", "/v1/sessions", Anyone, Nothing, 200),
    ("DELETE", "/v1/sessions", Anyone, Nothing, 204),
    ("DELETE", "/v1/sessions/{session_id}", Anyone, Nothing, 404),
    ("POST", "/v1/auth/logout", Anyone, Nothing, 204),
    ("POST", "/v1/auth/step-up/start", Anyone, Nothing, 202),
    ("POST", "/v1/auth/step-up/verify", Anyone, Nothing, 422),
    // A profile can be finished, and an account made safe before that.
    ("PATCH", "/v1/me", Unsuspended, Nothing, 200),
    ("PUT", "/v1/me/profile-picture", Unsuspended, Nothing, 422),
    ("DELETE", "/v1/me/profile-picture", Unsuspended, Nothing, 204),
    ("GET", "/v1/me/settings", Unsuspended, Nothing, 200),
    ("PATCH", "/v1/me/settings", Unsuspended, Nothing, 200),
    ("GET", "/v1/me/ways-in", Unsuspended, Nothing, 200),
    ("PUT", "/v1/me/password", Unsuspended, StepUp, 204),
    ("DELETE", "/v1/me/password", Unsuspended, StepUp, 204),
    ("DELETE", "/v1/me/passkeys/{passkey_id}", Unsuspended, StepUp, 404),
    ("POST", "/v1/auth/passkeys/register/start", Unsuspended, StepUp, 200),
    // Only what was started after a step-up can be finished.
    ("POST", "/v1/auth/passkeys/register/finish", Unsuspended, Nothing, 422),
    ("DELETE", "/v1/me/identities/{provider}", Unsuspended, StepUp, 404),
    ("DELETE", "/v1/me/registration-lock", Unsuspended, StepUp, 204),
    ("POST", "/v1/me/email/start", Unsuspended, Nothing, 409),
    ("POST", "/v1/me/email/verify", Unsuspended, Nothing, 422),
    ("POST", "/v1/me/phone/start", Unsuspended, Nothing, 422),
    ("POST", "/v1/me/phone/verify", Unsuspended, Nothing, 422),
    ("GET", "/v1/users/{user_id}", Active, Nothing, 404),
    ("GET", "/v1/users/{user_id}/posts", Active, Nothing, 404),
    ("GET", "/v1/users/by-username/{username}", Active, Nothing, 404),
    ("POST", "/v1/uploads", Active, Nothing, 422),
    ("GET", "/v1/uploads/{upload_id}", Active, Nothing, 404),
    ("POST", "/v1/uploads/{upload_id}/complete", Active, Nothing, 404),
    ("POST", "/v1/posts", Active, Nothing, 422),
    ("GET", "/v1/posts/{post_id}", Active, Nothing, 404),
    ("PATCH", "/v1/posts/{post_id}", Active, Nothing, 404),
    ("DELETE", "/v1/posts/{post_id}", Active, Nothing, 404),
    ("POST", "/v1/posts/{post_id}/restore", Active, Nothing, 404),
    ("GET", "/v1/posts/{post_id}/audience", Active, Nothing, 404),
    ("GET", "/v1/posts/{post_id}/comments", Active, Nothing, 404),
    ("POST", "/v1/posts/{post_id}/comments", Active, Nothing, 422),
    ("GET", "/v1/comments/{comment_id}", Active, Nothing, 404),
    ("PATCH", "/v1/comments/{comment_id}", Active, Nothing, 422),
    ("DELETE", "/v1/comments/{comment_id}", Active, Nothing, 404),
    ("GET", "/v1/feed", Active, Nothing, 200),
    ("GET", "/v1/contacts", Active, Nothing, 200),
    ("DELETE", "/v1/contacts", Active, Nothing, 204),
    ("DELETE", "/v1/contacts/{contact_id}", Active, Nothing, 404),
    ("POST", "/v1/contacts/import", Active, Nothing, 422),
    ("GET", "/v1/friends", Active, Nothing, 200),
    ("DELETE", "/v1/friends/{user_id}", Active, Nothing, 404),
    ("GET", "/v1/friends/suggestions", Active, Nothing, 200),
    ("GET", "/v1/friends/requests", Active, Nothing, 200),
    ("POST", "/v1/friends/requests", Active, Nothing, 422),
    ("POST", "/v1/friends/requests/{friendship_id}/accept", Active, Nothing, 404),
    ("DELETE", "/v1/friends/requests/{friendship_id}", Active, Nothing, 404),
    ("GET", "/v1/blocks", Active, Nothing, 200),
    ("PUT", "/v1/blocks/{user_id}", Active, Nothing, 204),
    ("DELETE", "/v1/blocks/{user_id}", Active, Nothing, 204),
    ("GET", "/v1/notifications", Active, Nothing, 200),
    ("GET", "/v1/notifications/unread-count", Active, Nothing, 200),
    ("POST", "/v1/notifications/read", Active, Nothing, 204),
    ("GET", "/v1/realtime", ActiveOrSocket, Nothing, 400),
    // The last one: it keeps new devices out.
    ("PUT", "/v1/me/registration-lock", Unsuspended, StepUp, 204),
];

/// Bodies that show more than `{}` does.
fn body(method: &str, template: &str) -> Value {
    match (method, template) {
        ("GET" | "DELETE", _) => Value::Null,
        ("PUT", "/v1/me/password") => json!({ "password": "four horses on a hill" }),
        _ => json!({}),
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    SignedOut,
    Pending,
    Active,
    Suspended,
}

/// What a person in a state is answered: a status, and the problem where the state is the reason.
fn expected(row: &Row, state: State, has_stepped_up: bool) -> (u16, Option<&'static str>) {
    let (_, _, whom, needs, reached) = *row;
    let refused = match (state, whom) {
        (_, Everybody) => None,
        (State::SignedOut, _) => Some((401, "unauthenticated")),
        (State::Suspended, Active | ActiveOrSocket | Unsuspended) => {
            Some((403, "account-suspended"))
        }
        (State::Pending, Active | ActiveOrSocket) => Some((403, "profile-incomplete")),
        _ if needs == StepUp && !has_stepped_up => Some((403, "step-up-required")),
        _ => None,
    };
    refused.map_or((reached, None), |(status, problem)| (status, Some(problem)))
}

fn filled(template: &str) -> String {
    let segments = template.split('/').map(|segment| match segment {
        "{username}" => "nobody",
        segment if segment.starts_with('{') => "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20",
        segment => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

async fn ask(person: &Person, row: &Row) -> Answer {
    let (method, template, ..) = *row;
    let (path, body) = (filled(template), body(method, template));
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let mut request = person.request(method.clone(), &path);
    if method == Method::PATCH {
        request = request.header("if-match", "*");
    }
    let request = if body.is_null() { request } else { request.json(&body) };
    person.send(request, method, &path).await
}

/// Accounts in each state, by number.
struct Cast {
    app: TestApp,
    pending: String,
    active: String,
    suspended: String,
}

impl Cast {
    async fn gather() -> Self {
        let app = TestApp::start().await;
        let [ana, sue] = app.people(["ana", "sue"]).await;
        let suspend = "update users set status = 'suspended' where username = 'sue'";
        app.sql().await.execute(suspend, &[]).await.expect("she is suspended");
        let pending = app.next_number();
        Self { app, pending, active: ana.phone, suspended: sue.phone }
    }

    /// Somebody in a state, in a session of their own: some routes end it.
    async fn in_state(&self, state: State) -> Person {
        match state {
            State::SignedOut => self.app.anonymous(),
            State::Pending => self.app.signs_in("new", &self.pending).await,
            State::Active => self.app.signs_in("ana", &self.active).await,
            State::Suspended => self.app.signs_in("sue", &self.suspended).await,
        }
    }
}

#[test]
fn every_route_says_who_may_use_it() {
    let documented: BTreeSet<(String, String, bool)> = Contract::operations()
        .into_iter()
        .map(|(method, path, needs_session)| (method.to_string(), path, needs_session))
        .collect();
    let classified: BTreeSet<(String, String, bool)> = ROUTES
        .iter()
        .map(|row| {
            let needs_session = !matches!(row.2, Everybody | ActiveOrSocket);
            (row.0.to_owned(), row.1.to_owned(), needs_session)
        })
        .collect();
    let missing: Vec<_> = documented.difference(&classified).collect();
    let unknown: Vec<_> = classified.difference(&documented).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "add {missing:#?}, remove {unknown:#?}");
    assert_eq!(classified.len(), ROUTES.len(), "a route stands here twice");
}

#[tokio::test]
async fn every_route_answers_each_state_as_it_says() {
    let cast = Cast::gather().await;
    let mut wrong = Vec::new();
    for row in ROUTES {
        for state in [State::SignedOut, State::Pending, State::Active, State::Suspended] {
            let person = cast.in_state(state).await;
            let proofs: &[bool] = if state == State::SignedOut { &[false] } else { &[false, true] };
            for has_stepped_up in proofs {
                // What ends the session is asked in a new one.
                let person = if *has_stepped_up {
                    let again = cast.in_state(state).await;
                    again.steps_up(&cast.app).await;
                    again
                } else {
                    person.clone()
                };
                let answer = ask(&person, row).await;
                let told = answer.at("/type");
                let (status, problem) = expected(row, state, *has_stepped_up);
                let is_problem = problem.is_none_or(|slug| told == format!("/problems/{slug}"));
                if answer.status != status || !is_problem {
                    let asked = format!("{} {} {state:?} {has_stepped_up}", row.0, row.1);
                    let expected = format!("{status} {problem:?}");
                    wrong.push(format!("{asked}: {} {told}, not {expected}", answer.status));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
