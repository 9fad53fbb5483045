//! A number that is changed with the old device.

use std::time::Duration;

use futures_util::future::join;
use kith_testkit::TestApp;
use serde_json::json;

use super::{account, accounts};

#[tokio::test]
async fn the_account_moves_and_the_old_number_is_free() {
    let app = TestApp::start().await;
    let (ana, new) = (app.person("ana").await, app.next_number());
    let me = app.changes_number(&ana, &new).await.expect(200);
    assert_eq!((me.at("/phone_number"), me.at("/user_id")), (json!(new), json!(ana.user_id)));
    assert_eq!(account(app.tries_to_sign_in(&new, json!({})).await), ana.user_id);
    let other = app.tries_to_sign_in(&ana.phone, json!({})).await.expect(200);
    assert_ne!(other.text("/user/user_id"), ana.user_id);
    assert_eq!(other.at("/user/status"), "pending");
    assert_eq!(ana.get("/v1/me").await.expect(200).text("/phone_number"), new);
}

#[tokio::test]
async fn there_and_back_again() {
    let app = TestApp::start().await;
    let (ana, new) = (app.person("ana").await, app.next_number());
    for number in [&new, &ana.phone, &new, &new, &ana.phone] {
        let me = app.changes_number(&ana, number).await.expect(200);
        assert_eq!(me.text("/phone_number"), *number);
    }
    assert_eq!(account(app.tries_to_sign_in(&ana.phone, json!({})).await), ana.user_id);
    assert_eq!(accounts(&app).await, 1);
}

#[tokio::test]
async fn it_needs_a_step_up_in_the_same_session() {
    let app = TestApp::start().await;
    let (ana, new) = (app.person("ana").await, app.next_number());
    let desk = app.signs_in("desk", &ana.phone).await;
    app.has_stepped_up(&desk).await;
    let sent = app.inbox.messages().len();
    ana.starts_number_change(&new).await.expect_problem(403, "step-up-required");
    assert_eq!(app.inbox.messages().len(), sent);
    desk.starts_number_change(&new).await.expect(202);
    app.passes(Duration::from_mins(11));
    desk.refreshes().await.expect(200);
    desk.starts_number_change(&new).await.expect_problem(403, "step-up-required");
    app.anonymous().starts_number_change(&new).await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn whether_a_number_is_taken_is_said_after_the_right_code_only() {
    let app = TestApp::start().await;
    let ([ana, ben], free) = (app.people(["ana", "ben"]).await, app.next_number());
    app.has_stepped_up(&ana).await;
    let mut told = Vec::new();
    for number in [&ben.phone, &free] {
        let started = ana.starts_number_change(number).await.expect(202);
        let code = app.code_for(number);
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let flow = started.text("/verification_id");
        let mut refused =
            ana.ends_number_change(&flow, wrong).await.expect_problem(422, "code-wrong");
        refused.body["instance"] = json!(null);
        let fields: Vec<String> =
            started.body.as_object().expect("an object").keys().cloned().collect();
        told.push((fields, started.at("/attempts_left"), refused.body));
        if *number == ben.phone {
            ana.ends_number_change(&flow, &code).await.expect_problem(409, "phone-taken");
            ana.ends_number_change(&flow, &code).await.expect_problem(410, "code-expired");
        }
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(ana.get("/v1/me").await.expect(200).text("/phone_number"), ana.phone);
    assert_eq!(account(app.tries_to_sign_in(&ben.phone, json!({})).await), ben.user_id);
}

#[tokio::test]
async fn its_code_counts_for_nothing_else() {
    let app = TestApp::start().await;
    let (ana, new) = (app.person("ana").await, app.next_number());
    let desk = app.signs_in("desk", &ana.phone).await;
    app.has_stepped_up(&ana).await;
    let flow = ana.starts_number_change(&new).await.expect(202).text("/verification_id");
    let code = app.code_for(&new);
    desk.ends_number_change(&flow, &code).await.expect_problem(410, "code-expired");
    let sign_in = json!({ "verification_id": flow, "code": code });
    let nobody = app.anonymous();
    nobody.post("/v1/auth/phone/verify", sign_in).await.expect_problem(410, "code-expired");
    // Nor does the code of a sign-in change a number.
    let other = app.starts_sign_in(&new).await;
    ana.ends_number_change(&other, &app.code_for(&new)).await.expect_problem(410, "code-expired");
    ana.ends_number_change(&flow, &code).await.expect(200);
}

#[tokio::test]
async fn friends_stay_and_address_books_follow_the_number() {
    let app = TestApp::start().await;
    let ([ana, ben], new) = (app.people(["ana", "ben"]).await, app.next_number());
    app.has_friends(&ana, &ben).await;
    ana.notes("Benny", &ben).await;
    ben.imports(&[("Old", &ana.phone), ("New", &new)]).await.expect(200);
    let status = async |name: &str| ben.contact(name).await["status"].clone();
    assert_eq!(
        (status("Old").await, status("New").await),
        (json!("friend"), json!("not-on-platform"))
    );
    app.changes_number(&ana, &new).await.expect(200);
    assert_eq!(
        (status("Old").await, status("New").await),
        (json!("not-on-platform"), json!("friend"))
    );
    // What is kept of it is true without waiting for the nightly repair.
    assert_eq!(kith::features::contacts::status_drift(&app.app).await.unwrap(), 0);
    assert_eq!(ben.contact("New").await["user"]["user_id"], ana.user_id.as_str());
    assert_eq!(ana.contact("Benny").await["status"], "friend");
    assert_eq!(ben.get("/v1/friends").await.expect(200).items().len(), 1);
}

#[tokio::test]
async fn the_other_devices_stay_signed_in_and_are_told() {
    let app = TestApp::start().await;
    let (ana, new) = (app.person("ana").await, app.next_number());
    let desk = app.signs_in("desk", &ana.phone).await;
    let before = desk.has_notifications(1).await.len();
    let mut bell = desk.socket().await.subscribes("me").await;
    app.changes_number(&ana, &new).await.expect(200);
    let told = tokio::time::timeout(Duration::from_secs(5), bell.hears("notification.created"));
    let told = told.await.expect("within five seconds");
    let all = desk.has_notifications(before + 1).await;
    assert_eq!(all[0]["notification_id"], told["notification_id"]);
    assert_eq!((&all[0]["type"], &all[0]["actor"]), (&json!("system"), &json!(null)));
    let said = all[0]["content"].as_str().unwrap();
    assert!(
        said.starts_with("The number of your account was changed on “ana”. If this was"),
        "{said}"
    );
    desk.refreshes().await.expect(200);
    assert!(!bell.kinds().contains(&"session.revoked".to_owned()));
}

#[tokio::test]
async fn a_sign_in_and_a_change_at_once_leave_one_account_with_the_number() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    app.has_stepped_up(&ana).await;
    for _ in 0..4 {
        let number = app.next_number();
        let change = ana.starts_number_change(&number).await.expect(202).text("/verification_id");
        let to_change = app.code_for(&number);
        let sign_in = app.starts_sign_in(&number).await;
        let body = json!({ "verification_id": sign_in, "code": app.code_for(&number) });
        let nobody = app.anonymous();
        let (changed, entered) = join(
            ana.ends_number_change(&change, &to_change),
            nobody.post("/v1/auth/phone/verify", body),
        )
        .await;
        let who = account(entered);
        match changed.status.as_u16() {
            200 => assert_eq!(who, ana.user_id),
            409 => assert_ne!(who, ana.user_id),
            other => panic!("{other}: {}", changed.body),
        }
    }
}
