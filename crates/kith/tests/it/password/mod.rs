//! Passwords: who may set which, what they open, and how often they may be guessed.

mod guessing;
mod setting;
mod signing_in;

use kith_testkit::{Answer, Person, TestApp};
use serde_json::json;

const PASSWORD: &str = "four horses on a hill";
const LOGIN: &str = "/v1/auth/password/login";

/// A person who has a password.
async fn with_password(app: &TestApp, name: &str) -> Person {
    let person = app.person(name).await;
    person.steps_up(app).await;
    person.put("/v1/me/password", json!({ "password": PASSWORD })).await.expect(204);
    person
}

/// Tries a password for a number.
async fn tries(app: &TestApp, phone: &str, password: &str) -> Answer {
    app.anonymous().post(LOGIN, json!({ "phone_number": phone, "password": password })).await
}
