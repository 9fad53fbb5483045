//! A number that went to somebody else while its owner was silent.

use std::time::Duration;

use kith_testkit::{Answer, Person, TestApp, passkeys::Authenticator};
use serde_json::{Value, json};

use super::{DAY, account, accounts, is_told};

const SILENCE: Duration = Duration::from_hours(24 * 181);

/// Ana, who shared a photo with her friend Ben and talked to him, before long silence.
async fn story() -> (TestApp, [Person; 2], String) {
    let app = TestApp::start().await;
    let people = app.people(["ana", "ben"]).await;
    app.has_friends(&people[0], &people[1]).await;
    people[1].imports(&[("Anna", &people[0].phone)]).await.expect(200);
    people[0].notes("Benny", &people[1]).await;
    let post = app.has_post(&people[0]).await;
    people[1].comments(&post, "Lovely").await;
    people[0].has_notifications(1).await;
    (app, people, post)
}

fn signed_in(app: &TestApp, name: &str, phone: &str, answer: &Answer) -> Person {
    let mut person = app.anonymous();
    name.clone_into(&mut person.name);
    phone.clone_into(&mut person.phone);
    person.user_id = answer.text("/user/user_id");
    person.takes_tokens(answer);
    person
}

#[tokio::test]
async fn whoever_has_the_number_now_gets_a_fresh_account_and_sees_nothing_of_the_old_one() {
    let (app, [ana, ben], post) = story().await;
    app.passes(SILENCE);
    let answer = app.tries_to_sign_in(&ana.phone, json!({})).await.expect(200);
    assert_eq!(
        (answer.at("/user/status"), answer.at("/user/username")),
        (json!("pending"), json!(null))
    );
    let fay = signed_in(&app, "fay", &ana.phone, &answer);
    assert_ne!(fay.user_id, ana.user_id);
    fay.finishes_profile("fay").await;
    for path in [
        "/v1/me",
        "/v1/me/settings",
        "/v1/sessions",
        "/v1/notifications",
        "/v1/feed",
        "/v1/friends",
        "/v1/friends/requests",
        "/v1/friends/suggestions",
        "/v1/contacts",
        "/v1/blocks",
    ] {
        let answer = fay.get(path).await.expect(200);
        let text = String::from_utf8_lossy(&answer.bytes).into_owned();
        for trace in [&ana.user_id, &ben.user_id, &post, "Lovely", "Benny", "\"ana\""] {
            assert!(!text.contains(trace), "{trace} in {path}: {text}");
        }
    }
    for path in [format!("/v1/posts/{post}"), format!("/v1/users/{}", ana.user_id)] {
        fay.get(&path).await.expect_problem(404, "not-found");
    }
    fay.patch("/v1/me", "*", json!({ "username": "ana" }))
        .await
        .expect_problem(409, "username-taken");
}

#[tokio::test]
async fn friends_do_not_take_the_new_owner_for_the_old_one() {
    let (app, [ana, ben], _) = story().await;
    app.passes(SILENCE);
    let ben = app.recovers(&ben).await;
    let told = ben.notifications().await.len();
    let answer = app.tries_to_sign_in(&ana.phone, json!({})).await.expect(200);
    assert_eq!(kith::features::contacts::status_drift(&app.app).await.unwrap(), 0);
    let fay = signed_in(&app, "fay", &ana.phone, &answer);
    fay.finishes_profile("fay").await;
    fay.lets_be_found_by("anyone").await;
    let entry = ben.contact("Anna").await;
    assert_eq!(
        (&entry["status"], &entry["user"]["user_id"]),
        (&json!("pending"), &json!(fay.user_id))
    );
    let friends = ben.get("/v1/friends").await.expect(200).items();
    assert_eq!(friends[0]["user"]["user_id"], ana.user_id.as_str());
    assert_eq!(friends[0]["contact_name"], Value::Null);
    assert_eq!(ben.notifications().await.len(), told);
}

#[tokio::test]
async fn after_a_shorter_silence_it_is_the_same_account() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    app.passes(179 * DAY);
    assert_eq!(account(app.tries_to_sign_in(&ana.phone, json!({})).await), ana.user_id);
    app.passes(179 * DAY);
    assert_eq!(account(app.tries_to_sign_in(&ana.phone, json!({})).await), ana.user_id);
    app.passes(181 * DAY);
    assert_ne!(account(app.tries_to_sign_in(&ana.phone, json!({})).await), ana.user_id);
}

#[tokio::test]
async fn a_session_in_use_is_no_silence() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    for _ in 0..3 {
        app.passes(50 * DAY);
        ana.refreshes().await.expect(200);
    }
    app.passes(100 * DAY);
    assert_eq!(account(app.tries_to_sign_in(&ana.phone, json!({})).await), ana.user_id);
}

#[tokio::test]
async fn an_old_device_vouches_for_its_owner_after_its_session_ran_out() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    app.passes(SILENCE);
    kith::features::retention::sweep(&app.app).await.unwrap();
    ana.refreshes().await.expect_problem(401, "token-reused");
    let vouching = json!({ "refresh_token": ana.refresh_token() });
    assert_eq!(account(app.tries_to_sign_in(&ana.phone, vouching).await), ana.user_id);
}

#[tokio::test]
async fn nothing_else_vouches() {
    let app = TestApp::start().await;
    let [ana, ben, cem, dee, eve] = app.people(["ana", "ben", "cem", "dee", "eve"]).await;
    let outdated = ana.refresh_token();
    ana.refreshes().await.expect(200);
    ana.refreshes().await.expect(200);
    ben.posts_nothing("/v1/auth/logout").await.expect(204);
    app.passes(SILENCE);
    let forged = "A".repeat(dee.refresh_token().len());
    for (owner, token) in [
        (&ana, outdated),
        (&ben, ben.refresh_token()),
        (&cem, ana.refresh_token()),
        (&dee, forged),
        (&eve, String::new()),
    ] {
        let answer = app.tries_to_sign_in(&owner.phone, json!({ "refresh_token": token })).await;
        assert_ne!(account(answer), owner.user_id, "{}", owner.name);
    }
}

#[tokio::test]
async fn the_old_owner_comes_back_by_passkey_and_sets_a_new_number() {
    let (app, [ana, _], post) = story().await;
    app.passes(SILENCE);
    let fay = account(app.tries_to_sign_in(&ana.phone, json!({})).await);
    let ana = app.recovers(&ana).await;
    let me = ana.get("/v1/me").await.expect(200);
    assert_eq!((me.at("/phone_number"), me.at("/username")), (json!(""), json!("ana")));
    ana.get(&format!("/v1/posts/{post}")).await.expect(200);
    assert!(is_told(&ana, "Your number belongs to somebody else now").await);
    // Without a number there may be nothing to step up with.
    let new = app.next_number();
    let flow = ana.starts_number_change(&new).await.expect(202).text("/verification_id");
    let me = ana.ends_number_change(&flow, &app.code_for(&new)).await.expect(200);
    assert_eq!(me.text("/phone_number"), new);
    ana.starts_number_change(&ana.phone).await.expect_problem(403, "step-up-required");
    assert_eq!(account(app.tries_to_sign_in(&new, json!({})).await), ana.user_id);
    assert_eq!(account(app.tries_to_sign_in(&ana.phone, json!({})).await), fay);
}

#[tokio::test]
async fn a_suspension_is_not_washed_off_by_waiting() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let sql = app.sql().await;
    sql.batch_execute("update users set status = 'suspended'").await.unwrap();
    let soon = app.tries_to_sign_in(&ana.phone, json!({})).await.expect(200);
    assert_eq!(soon.at("/user/status"), "suspended");
    app.passes(SILENCE);
    let refused =
        app.tries_to_sign_in(&ana.phone, json!({})).await.expect_problem(403, "forbidden");
    let text = refused.body.to_string();
    assert!(!text.contains("suspended") && !text.contains("ana"), "{text}");
    assert_eq!(accounts(&app).await, 1);
    let vouching = json!({ "refresh_token": ana.refresh_token() });
    let back = app.tries_to_sign_in(&ana.phone, vouching).await.expect(200);
    assert_eq!(back.at("/user/status"), "suspended");
    // Lifting it makes the number one like any other.
    app.passes(SILENCE);
    sql.batch_execute("update users set status = 'active'").await.unwrap();
    assert_ne!(account(app.tries_to_sign_in(&ana.phone, json!({})).await), ana.user_id);
}

#[tokio::test]
async fn a_change_to_the_number_of_a_silent_account_takes_it_over() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    app.passes(SILENCE);
    let ben = app.recovers(&ben).await;
    let me = app.changes_number(&ben, &ana.phone).await.expect(200);
    assert_eq!(
        (me.text("/phone_number"), me.text("/user_id")),
        (ana.phone.clone(), ben.user_id.clone())
    );
    let ana = app.recovers(&ana).await;
    assert_eq!(ana.get("/v1/me").await.expect(200).text("/phone_number"), "");
}

#[tokio::test]
async fn an_old_device_leads_back_to_the_account_that_lost_the_number() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let old = json!({ "refresh_token": ana.refresh_token() });
    app.passes(SILENCE);
    let fresh = account(app.tries_to_sign_in(&ana.phone, json!({})).await);
    assert_ne!(fresh, ana.user_id);
    let answer = app.tries_to_sign_in(&ana.phone, old.clone()).await;
    assert_eq!(account(answer), ana.user_id);
    // It has served, and the number is still the fresh account's.
    assert_eq!(account(app.tries_to_sign_in(&ana.phone, old).await), fresh);
}

#[tokio::test]
async fn a_thief_of_an_old_session_gives_an_account_with_passkeys_no_number() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let key = Authenticator::new(&app);
    app.has_stepped_up(&ana).await;
    ana.adds_passkey(&key).await;
    app.passes(SILENCE);
    account(app.tries_to_sign_in(&ana.phone, json!({})).await);
    let ana = app.signs_in_by_passkey("ana", &key).await;
    let new = app.next_number();
    ana.starts_number_change(&new).await.expect_problem(403, "step-up-required");
    // Nor is the only way in taken away, by whomever; a password would lead nowhere.
    ana.steps_up_by_passkey(&key).await.expect(204);
    let ways = ana.get("/v1/me/ways-in").await.expect(200);
    assert_eq!((ways.at("/phone"), ways.at("/password")), (json!(false), json!(false)));
    let passkey = ways.text("/passkeys/0/passkey_id");
    let path = format!("/v1/me/passkeys/{passkey}");
    ana.delete(&path).await.expect_problem(409, "last-way-in");
    let password = json!({ "password": "four horses on a hill" });
    ana.put("/v1/me/password", password).await.expect_problem(409, "conflict");
    app.changes_number(&ana, &new).await.expect(200);
    ana.delete(&path).await.expect(204);
}

#[tokio::test]
async fn a_copy_of_what_the_device_gave_back_does_not_vouch() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let copied = json!({ "refresh_token": ana.refresh_token() });
    ana.refreshes().await.expect(200);
    ana.get("/v1/me").await.expect(200);
    app.passes(SILENCE);
    assert_ne!(account(app.tries_to_sign_in(&ana.phone, copied).await), ana.user_id);
}

#[tokio::test]
async fn signing_out_everywhere_ends_what_could_still_vouch() {
    let app = TestApp::start().await;
    let phone = app.person("ana").await;
    app.passes(100 * DAY);
    let desk = app.signs_in("desk", &phone.phone).await;
    desk.delete("/v1/sessions").await.expect(204);
    app.passes(SILENCE);
    let stolen = json!({ "refresh_token": phone.refresh_token() });
    assert_ne!(account(app.tries_to_sign_in(&phone.phone, stolen).await), phone.user_id);
}
