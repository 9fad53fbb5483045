//! Which passwords may be set, by whom.

use kith::config::Config;
use kith_testkit::{Options, TestApp};
use serde_json::json;

use super::{PASSWORD, tries, with_password};

const PATH: &str = "/v1/me/password";

#[tokio::test]
async fn a_password_is_set_changed_and_taken_away_by_who_has_shown_that_it_is_them() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.put(PATH, json!({ "password": PASSWORD })).await.expect_problem(403, "step-up-required");
    ana.delete(PATH).await.expect_problem(403, "step-up-required");
    ana.steps_up(&app).await;
    ana.put(PATH, json!({ "password": PASSWORD })).await.expect(204);
    let next = "a hill without horses";
    let missing =
        ana.put(PATH, json!({ "password": next })).await.expect_problem(422, "validation");
    assert_eq!(missing.text("/errors/0/pointer"), "/current_password");
    let wrong = json!({ "password": next, "current_password": "not this one" });
    let wrong = ana.put(PATH, wrong).await.expect_problem(422, "validation");
    assert_eq!(wrong.text("/errors/0/pointer"), "/current_password");
    let change = json!({ "password": next, "current_password": PASSWORD });
    ana.put(PATH, change).await.expect(204);
    tries(&app, &ana.phone, PASSWORD).await.expect(401);
    tries(&app, &ana.phone, next).await.expect(200);
    ana.delete(PATH).await.expect(204);
    ana.delete(PATH).await.expect(204);
    tries(&app, &ana.phone, next).await.expect_problem(401, "credentials-wrong");
    let sql = "select kind from audit_log where kind like 'password-%' order by created_at";
    let rows = app.sql().await.query(sql, &[]).await.unwrap();
    let kinds: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(kinds, ["password-set", "password-set", "password-removed"]);
}

#[tokio::test]
async fn other_sessions_go_on() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let desk = app.signs_in("ana", &ana.phone).await;
    ana.steps_up(&app).await;
    ana.put(PATH, json!({ "password": PASSWORD })).await.expect(204);
    desk.get("/v1/me").await.expect(200);
}

#[tokio::test]
async fn too_short_too_long_and_made_of_oneself_are_refused() {
    let app = TestApp::start().await;
    let ana = app.person("anastasia").await;
    ana.steps_up(&app).await;
    let digits = ana.phone[ana.phone.len() - 7..].to_owned();
    for bad in [
        "",
        "nine char",
        &"long ".repeat(41),
        "my name is AnaStasia!",
        &format!("call me {digits} now"),
    ] {
        let refused = ana.put(PATH, json!({ "password": bad })).await;
        let refused = refused.expect_problem(422, "validation");
        assert_eq!(refused.text("/errors/0/pointer"), "/password", "{bad}");
    }
    // Characters count, not bytes.
    ana.put(PATH, json!({ "password": "пароль-длиннее".repeat(14) })).await.expect(204);
}

#[tokio::test]
async fn what_everybody_tries_first_is_refused() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.steps_up(&app).await;
    for known in [
        "password123",
        "P@ssw0rd2024!",
        "passwordpassword",
        "1234567890",
        "0987654321",
        "qwertyuiop",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "iloveyou2!!",
        "1q2w3e4r5t6y",
        "...Letmein...1999",
        "helloworld1",
        "1234567890 birds",
    ] {
        let refused = ana.put(PATH, json!({ "password": known })).await;
        assert_eq!(refused.status, 422, "{known}");
        refused.expect_problem(422, "password-breached");
    }
    for fine in ["correct mule battery", "1234567890 birds on hills", "dragonfly nests in may"] {
        ana.put(PATH, json!({ "password": fine })).await.expect(204);
        ana.delete(PATH).await.expect(204);
    }
}

#[tokio::test]
async fn an_operators_list_of_known_passwords_counts() {
    // SHA-1 of "four horses on a hill", among others, as the downloadable lists have them.
    let mut lines: Vec<String> = (0..5_000_u32).map(sha1_of_number).collect();
    lines.push(format!("{}:3", sha1(PASSWORD)));
    lines.sort();
    let configure = |config: &mut Config| {
        config.auth.breached_passwords_file = Some(config.data_dir.join("known.txt"));
    };
    let app = TestApp::with(Options { configure, ..Options::default() }).await;
    let path = app.app.config().auth.breached_passwords_file.clone().unwrap();
    std::fs::write(&path, lines.join("\n")).unwrap();
    let ana = app.person("ana").await;
    ana.steps_up(&app).await;
    let refuse = |password: &str| ana.put(PATH, json!({ "password": password }));
    refuse(PASSWORD).await.expect_problem(422, "password-breached");
    for number in [0, 1, 2_499, 4_999] {
        let known = format!("number {number:010}");
        refuse(&known).await.expect_problem(422, "password-breached");
    }
    ana.put(PATH, json!({ "password": "number nobody knows" })).await.expect(204);
    ana.delete(PATH).await.expect(204);
    // A list that is gone lets nothing through.
    std::fs::remove_file(&path).unwrap();
    refuse(PASSWORD).await.expect_problem(503, "unavailable");
}

fn sha1(text: &str) -> String {
    use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
    hex::encode_upper(digest(&SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes()))
}

fn sha1_of_number(number: u32) -> String {
    format!("{}:{}", sha1(&format!("number {number:010}")), number % 90)
}

#[tokio::test]
async fn the_database_alone_shows_nothing_to_guess_at() {
    let app = TestApp::start().await;
    with_password(&app, "ana").await;
    let sql = "select password_hash from authentication where auth_method = 'password'";
    let stored: String = app.sql().await.query_one(sql, &[]).await.unwrap().get(0);
    assert!(!stored.contains("argon2"), "it is in an envelope");
}
