//! Who is in my contacts: an account is found by its number only if it lets itself be found.

use kith_testkit::{Person, TestApp, friends::usernames};
use serde_json::{Value, json};

/// What `viewer` can learn of `other` by an entry of that name, wherever it could be learnt.
async fn is_found(viewer: &Person, name: &str, other: &Person) -> bool {
    let entry = viewer.contact(name).await;
    let is_found = entry["user"]["user_id"] == other.user_id.as_str();
    assert_eq!(entry["user"].is_null(), !is_found, "nobody else is found");
    assert_eq!(entry["status"] == "not-on-platform", !is_found);
    let again = viewer.imports(&[(name, &other.phone)]).await.expect(200);
    assert_eq!(again.at("/matched"), json!(i64::from(is_found)));
    let whom = json!({ "contact_id": entry["contact_id"] });
    let asked = viewer.post("/v1/friends/requests", whom).await;
    if is_found {
        let friendship = asked.expect(201).text("/friendship_id");
        viewer.ends_request(&friendship).await.expect(204);
    } else {
        asked.expect_problem(409, "contact-not-on-platform");
    }
    is_found
}

#[tokio::test]
async fn people_are_found_as_they_wish() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.notes("Benny", &ben).await;
    // (who may find ben, whether ben holds ana's number, whether she finds him)
    let rows = [
        ("nobody", false, false),
        ("mutual", false, false),
        ("anyone", false, true),
        ("nobody", true, false),
        ("mutual", true, true),
        ("anyone", true, true),
    ];
    for (who, holds, found) in rows {
        ben.lets_be_found_by(who).await;
        ben.delete("/v1/contacts").await.expect(204);
        if holds {
            ben.notes("Anna", &ana).await;
        }
        assert_eq!(is_found(&ana, "Benny", &ben).await, found, "{who}, holds: {holds}");
    }
}

#[tokio::test]
async fn finding_is_mutual_by_default_and_needs_the_number_of_the_account() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    ana.notes("Benny", &ben).await;
    ben.notes("Cemal", &cem).await;
    assert!(!is_found(&ana, "Benny", &ben).await, "he holds another's number, not hers");
    ben.notes("Anna", &ana).await;
    assert!(is_found(&ana, "Benny", &ben).await && is_found(&ben, "Anna", &ana).await);
}

#[tokio::test]
async fn a_friendship_or_a_request_never_loosens_it() {
    let app = TestApp::start().await;
    let [ana, ben, cem, dee] = app.people(["ana", "ben", "cem", "dee"]).await;
    for other in [&ben, &cem, &dee] {
        ana.notes(&other.name, other).await;
    }
    ana.befriends(&ben).await;
    ana.asks(&cem).await.expect(201);
    dee.asks(&ana).await.expect(201);
    for name in ["ben", "cem", "dee"] {
        let entry = ana.contact(name).await;
        assert_eq!((&entry["status"], &entry["user"]), (&json!("not-on-platform"), &Value::Null));
        let whom = json!({ "contact_id": entry["contact_id"] });
        ana.post("/v1/friends/requests", whom).await.expect_problem(409, "contact-not-on-platform");
    }
    let names = ["/v1/friends", "/v1/friends/requests"];
    for path in names {
        for item in ana.get(path).await.expect(200).items() {
            assert_eq!(item["contact_name"], Value::Null, "{path}");
        }
    }
}

#[tokio::test]
async fn an_answer_is_the_same_for_a_number_without_account_and_one_that_hides() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let suspended = app.person("cem").await;
    suspended.lets_be_found_by("anyone").await;
    let pending = app.newcomer("fay").await;
    let db = app.app.db().pooled().await.expect("a connection");
    db.batch_execute("update users set status = 'suspended' where username = 'cem'")
        .await
        .expect("done");
    let numbers = ["+12125550101", &ben.phone, &suspended.phone, &pending.phone];
    let mut answers = Vec::new();
    for (n, number) in numbers.into_iter().enumerate() {
        let name = format!("Somebody {n}");
        let imported = ana.imports(&[(&name, number)]).await.expect(200).body;
        let mut entry = ana.contact(&name).await;
        let asked =
            ana.post("/v1/friends/requests", json!({ "contact_id": entry["contact_id"] })).await;
        let mut asked = asked.expect_problem(409, "contact-not-on-platform").body;
        for varying in ["contact_id", "contact_name", "contact_phone_number", "date_added"] {
            entry[varying] = Value::Null;
        }
        asked["instance"] = Value::Null;
        answers.push((imported, entry, asked));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

#[tokio::test]
async fn states_follow_the_friendship() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.notes("Benny", &ben).await;
    ben.notes("Anna", &ana).await;
    assert_eq!(ana.contact("Benny").await["status"], "pending");
    let friendship = ana.asks(&ben).await.expect(201).text("/friendship_id");
    assert_eq!(ana.contact("Benny").await["status"], "pending");
    ben.accepts(&friendship).await.expect(200);
    assert_eq!(ana.contact("Benny").await["status"], "friend");
    assert_eq!(ana.contact("Benny").await["user"]["display_name"], "Ben");
    assert_eq!(ben.contact("Anna").await["status"], "friend");
    ben.unfriends(&ana).await;
    assert_eq!(ana.contact("Benny").await["status"], "pending");
    ben.blocks(&ana).await;
    assert_eq!(ana.contact("Benny").await["status"], "not-on-platform");
    assert_eq!(ben.contact("Anna").await["status"], "not-on-platform");
}

#[tokio::test]
async fn friendships_carry_what_my_address_book_says() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.notes("Benny from school", &ben).await;
    ben.notes("Anna", &ana).await;
    let asked = ana.asks(&ben).await.expect(201);
    assert_eq!(asked.text("/contact_name"), "Benny from school");
    let incoming = ben.get("/v1/friends/requests?direction=incoming").await.expect(200);
    assert_eq!(incoming.text("/items/0/contact_name"), "Anna");
    let accepted = ben.accepts(&asked.text("/friendship_id")).await.expect(200);
    assert_eq!(accepted.text("/contact_name"), "Anna");
    assert_eq!(
        ana.get("/v1/friends").await.expect(200).text("/items/0/contact_name"),
        "Benny from school"
    );
    ben.lets_be_found_by("nobody").await;
    assert_eq!(ana.get("/v1/friends").await.expect(200).at("/items/0/contact_name"), Value::Null);
    assert_eq!(ben.get("/v1/friends").await.expect(200).text("/items/0/contact_name"), "Anna");
}

#[tokio::test]
async fn a_contact_can_be_asked() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    ben.lets_be_found_by("anyone").await;
    ana.notes("Benny", &ben).await;
    let whom = json!({ "contact_id": ana.contact("Benny").await["contact_id"] });
    cem.post("/v1/friends/requests", whom.clone()).await.expect_problem(404, "not-found");
    ana.post("/v1/friends/requests", whom.clone()).await.expect(201);
    assert_eq!(ben.incoming().await, ["ana"]);
    ben.asks(&ana).await.expect(201);
    ana.post("/v1/friends/requests", whom).await.expect_problem(409, "already-friends");
}

#[tokio::test]
async fn suggestions_are_people_who_hold_each_others_number() {
    let app = TestApp::start().await;
    let [ana, ben, cem, dee, eva] = app.people(["ana", "ben", "cem", "dee", "eva"]).await;
    for other in [&ben, &cem, &dee, &eva] {
        other.lets_be_found_by("anyone").await;
        ana.notes(&format!("My {}", other.name), other).await;
    }
    for other in [&ben, &cem, &dee] {
        other.notes("Anna", &ana).await;
    }
    let list = ana.get("/v1/friends/suggestions").await.expect(200);
    assert_eq!(usernames(&list), ["dee", "cem", "ben"], "eva does not hold ana's number");
    assert_eq!(list.text("/items/0/contact_name"), "My dee");
    ana.get(&format!("/v1/users/{}", ben.user_id)).await.expect(200);
    ana.get(&format!("/v1/users/{}", eva.user_id)).await.expect_problem(404, "not-found");
    let page = ana.get("/v1/friends/suggestions?limit=2").await.expect(200);
    let rest = format!("/v1/friends/suggestions?limit=2&cursor={}", page.text("/next_cursor"));
    assert_eq!(usernames(&ana.get(&rest).await.expect(200)), ["ben"]);

    ana.befriends(&ben).await;
    let declined = cem.asks(&ana).await.expect(201).text("/friendship_id");
    ana.ends_request(&declined).await.expect(204);
    dee.lets_be_found_by("nobody").await;
    let list = ana.get("/v1/friends/suggestions").await.expect(200);
    assert_eq!(usernames(&list), Vec::<String>::new());
    assert_eq!(usernames(&dee.get("/v1/friends/suggestions").await.expect(200)), ["ana"]);
    ana.blocks(&dee).await;
    assert_eq!(
        usernames(&dee.get("/v1/friends/suggestions").await.expect(200)),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn people_can_take_requests_from_their_contacts_only() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    let patch = json!({ "privacy_settings": { "friend_requests_from": "contacts" } });
    ben.patch("/v1/me/settings", "*", patch).await.expect(200);
    ben.notes("Anna", &ana).await;
    cem.asks(&ben).await.expect_problem(404, "not-found");
    ana.asks(&ben).await.expect(201);
}

#[tokio::test]
async fn the_cached_states_can_be_rebuilt() {
    let app = TestApp::start().await;
    let [ana, ben, cem, dee] = app.people(["ana", "ben", "cem", "dee"]).await;
    let drift = || kith::features::contacts::status_drift(&app.app);
    for (one, other) in [(&ana, &ben), (&ben, &ana), (&ana, &cem), (&cem, &ana), (&ana, &dee)] {
        one.notes(&other.name, other).await;
    }
    ana.befriends(&ben).await;
    ana.unfriends(&ben).await;
    ana.befriends(&cem).await;
    ben.blocks(&ana).await;
    // What people do with each other is noted at once; what they allow others is not.
    dee.lets_be_found_by("anyone").await;
    cem.lets_be_found_by("nobody").await;
    let wrong = drift().await.expect("a count");
    assert!(wrong >= 2, "{wrong}");
    let repaired = kith::features::contacts::rebuild_statuses(&app.app).await.expect("a count");
    assert_eq!(repaired, wrong.unsigned_abs());
    assert_eq!(drift().await.expect("a count"), 0);
    let db = app.app.db().pooled().await.expect("a connection");
    for (name, status) in
        [("ben", "not-on-platform"), ("cem", "not-on-platform"), ("dee", "pending")]
    {
        let entry = ana.contact(name).await;
        assert_eq!(entry["status"], status, "{name}");
        let id: uuid::Uuid =
            entry["contact_id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        let sql = "select status::text from contacts where contact_id = $1";
        let cached: String = db.query_one(sql, &[&id]).await.expect("a row").get(0);
        assert_eq!(cached, status, "{name}");
    }
}

#[tokio::test]
async fn what_people_do_with_each_other_is_cached_at_once() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    for (one, other) in [(&ana, &ben), (&ben, &ana), (&ana, &ben)] {
        one.notes(&other.name, other).await;
    }
    for step in 0..5 {
        match step {
            0 => drop(ana.befriends(&ben).await),
            1 => ana.unfriends(&ben).await,
            2 => drop(ben.befriends(&ana).await),
            3 => ben.blocks(&ana).await,
            _ => ben.unblocks(&ana).await,
        }
        let drift = kith::features::contacts::status_drift(&app.app).await.expect("a count");
        assert_eq!(drift, 0, "after step {step}");
    }
}
