//! Wrong codes and passwords, each a line in the audit log of the account that it was tried for.

use kith_testkit::{Person, TestApp};
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::SOON;

const PASSWORD: &str = "four horses on a hill";

/// The wrong tries in the log about somebody, once there are so many: some are written behind the answer.
async fn wrong_tries(app: &TestApp, person: &Person, lines: usize) -> Vec<String> {
    let sql = "select kind || ' ' || coalesce(details ->> 'way', details ->> 'for') from audit_log
        where user_id = $1 and kind in ('sign-in-failed', 'code-wrong') order by created_at, audit_id";
    let noted = async {
        loop {
            let rows = app.sql().await.query(sql, &[&person.id()]).await.expect("the log");
            if rows.len() >= lines {
                return rows.iter().map(|row| row.get(0)).collect::<Vec<String>>();
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(SOON, noted).await.expect("they are noted")
}

/// A code that is not the right one.
fn wrong(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().expect("digits") + 1) % 1_000_000)
}

#[tokio::test]
async fn five_wrong_codes_are_five_notes() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let flow = app.starts_sign_in(&ana.phone).await;
    let body = json!({ "verification_id": flow, "code": wrong(&app.code_for(&ana.phone)) });
    // The sixth is not compared.
    for status in [422, 422, 422, 422, 429, 429] {
        app.anonymous().post("/v1/auth/phone/verify", body.clone()).await.expect(status);
    }
    assert_eq!(wrong_tries(&app, &ana, 5).await, ["sign-in-failed phone"; 5]);
}

#[tokio::test]
async fn a_wrong_password_is_one_note_and_none_without_an_account() {
    let app = TestApp::start().await;
    let (ana, stranger) = (app.person("ana").await, app.next_number());
    ana.steps_up(&app).await;
    ana.put("/v1/me/password", json!({ "password": PASSWORD })).await.expect(204);
    for (phone, password, status) in [
        (&stranger, PASSWORD, 401),
        (&ana.phone, "three horses on a hill", 401),
        (&ana.phone, PASSWORD, 200),
    ] {
        let body = json!({ "phone_number": phone, "password": password });
        app.anonymous().post("/v1/auth/password/login", body).await.expect(status);
    }
    assert_eq!(wrong_tries(&app, &ana, 1).await, ["sign-in-failed password"]);
    let count = "select count(*) from audit_log where kind = 'sign-in-failed'";
    assert_eq!(app.sql().await.query_one(count, &[]).await.unwrap().get::<_, i64>(0), 1);
}

#[tokio::test]
async fn wrong_codes_of_a_session_are_notes_of_its_account() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let started = ana.posts_nothing("/v1/auth/step-up/start").await.expect(202);
    let code = wrong(&app.code_for(&ana.phone));
    let body = json!({ "verification_id": started.text("/verification_id"), "code": code });
    ana.post("/v1/auth/step-up/verify", body).await.expect_problem(422, "code-wrong");

    // It goes to Ben, who has nothing to do with it.
    app.has_stepped_up(&ana).await;
    let flow = ana.starts_number_change(&ben.phone).await.expect(202).text("/verification_id");
    let code = wrong(&app.code_for(&ben.phone));
    ana.ends_number_change(&flow, &code).await.expect_problem(422, "code-wrong");

    ana.patch("/v1/me", "*", json!({ "email": "ana@example.org" })).await.expect(200);
    ana.posts_nothing("/v1/me/email/start").await.expect(202);
    let mails = app.app.mailbox().expect("a mailbox").mails();
    let body = json!({ "code": wrong(mails[0].code.expose_secret()) });
    for status in [422, 422, 422, 422, 429, 429] {
        ana.post("/v1/me/email/verify", body.clone()).await.expect(status);
    }

    let mut expected = vec!["code-wrong step-up", "code-wrong number-change"];
    expected.extend(["code-wrong email"; 5]);
    assert_eq!(wrong_tries(&app, &ana, expected.len()).await, expected);
    assert!(wrong_tries(&app, &ben, 0).await.is_empty());
}
