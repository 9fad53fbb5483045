//! Verifying an e-mail address: never needed, never a way in, and nobody's business until it is proven.

mod limits;
mod smtp;
mod stories;

use kith_testkit::{Person, TestApp};
use secrecy::ExposeSecret as _;
use serde_json::json;

const START: &str = "/v1/me/email/start";
const VERIFY: &str = "/v1/me/email/verify";

/// Gives an account an address.
async fn sets(person: &Person, email: &str) {
    person.patch("/v1/me", "*", json!({ "email": email })).await.expect(200);
}

/// The newest code sent to an address.
fn code_for(app: &TestApp, email: &str) -> String {
    let mails = app.app.mailbox().expect("a mailbox").mails();
    let mail = mails.into_iter().find(|mail| mail.to.as_str() == email);
    mail.expect("a mail was sent").code.expose_secret().to_owned()
}

/// A code that is not the right one.
fn wrong(code: &str) -> String {
    let last = code.as_bytes()[5];
    format!("{}{}", &code[..5], if last == b'0' { '1' } else { '0' })
}

/// Sends a code to the address of the account and gives it back.
async fn proves(app: &TestApp, person: &Person, email: &str) {
    sets(person, email).await;
    person.posts_nothing(START).await.expect(202);
    let body = json!({ "code": code_for(app, email) });
    person.post(VERIFY, body).await.expect(200);
}
