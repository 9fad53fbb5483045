//! Sharing a photo.

use kith::config::Terms;
use kith_testkit::{Options, Person, Photo, TestApp, posts::post_ids};
use serde_json::{Value, json};

async fn ready(app: &TestApp, person: &Person, hue: u8) -> String {
    let upload = person.uploads(&Photo::small(hue)).await;
    app.processes_photos().await;
    upload
}

#[tokio::test]
async fn a_finished_photo_is_visible_at_once() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    let upload = ready(&app, &ana, 1).await;
    let body = json!({ "upload_id": upload, "caption": " Sunday ", "alt": "a dog", "visibility": "friends-only" });
    let answer = ana.post("/v1/posts", body).await.expect(201);
    assert_eq!(answer.at("/processing"), json!(false));
    assert_eq!(
        (answer.text("/caption"), answer.text("/image/alt")),
        ("Sunday".to_owned(), "a dog".to_owned())
    );
    assert_eq!(answer.text("/author/username"), "ana");
    assert_eq!(
        (answer.text("/status"), answer.at("/comment_count")),
        ("active".to_owned(), json!(0))
    );
    assert!(answer.at("/audience").is_null() && !answer.header("etag").is_empty());
    let theirs = ben.get(&format!("/v1/posts/{}", answer.text("/post_id"))).await.expect(200);
    assert_eq!(theirs.text("/posted_at"), answer.text("/posted_at"));
}

#[tokio::test]
async fn a_photo_in_work_is_its_authors_alone() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    let post = ana.posts(Photo::small(1)).await;
    assert_eq!(post.answer.status, 202);
    assert_eq!(
        (post.answer.at("/image"), post.answer.at("/processing")),
        (json!(null), json!(true))
    );
    assert!(post.answer.at("/posted_at").is_null());
    assert!(ana.sees(&post).await && !ben.sees(&post).await);
    assert!(ana.feed().await.is_empty() && ana.grid_of(&ana).await.is_empty());
    app.processes_photos().await;
    assert!(ben.sees(&post).await);
    assert_eq!(ben.feed().await, std::slice::from_ref(&post.id));
    assert_eq!(ana.get(&post.path()).await.expect(200).at("/processing"), json!(false));
}

#[tokio::test]
async fn an_upload_makes_one_post() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let share = |upload: &str| {
        ana.post("/v1/posts", json!({ "upload_id": upload, "visibility": "friends-only" }))
    };
    let upload = ready(&app, &ana, 1).await;
    let (one, other) = tokio::join!(share(&upload), share(&upload));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    share(&upload).await.expect_problem(409, "upload-not-usable");
    let awaiting = ana.announces(&Photo::small(2)).await.expect(201).text("/upload_id");
    share(&awaiting).await.expect_problem(409, "upload-not-usable");
    share("019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20").await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn only_friends_can_be_chosen_and_strangers_are_as_unknown_as_nobody() {
    let app = TestApp::start().await;
    let [ana, ben, cem, dee] = app.people(["ana", "ben", "cem", "dee"]).await;
    ana.befriends(&ben).await;
    ana.asks(&dee).await.expect(201);
    let upload = ready(&app, &ana, 1).await;
    let share = |audience: Value| {
        let body =
            json!({ "upload_id": upload, "visibility": "specific-friends", "audience": audience });
        ana.post("/v1/posts", body)
    };
    let mut answers = Vec::new();
    let nobody = "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20".to_owned();
    for stranger in [cem.user_id.clone(), nobody, dee.user_id.clone(), ana.user_id.clone()] {
        let refused = share(json!([ben.user_id, stranger])).await.expect_problem(422, "validation");
        answers.push((refused.at("/detail"), refused.at("/errors")));
    }
    assert_eq!(answers[0].1[0]["pointer"], "/audience/1");
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    for wrong in [json!(null), json!([]), json!(vec![ben.user_id.clone(); 201]), json!(["ben"])] {
        share(wrong).await.expect_problem(422, "validation");
    }
    let body =
        json!({ "upload_id": upload, "visibility": "friends-only", "audience": [ben.user_id] });
    let refused = ana.post("/v1/posts", body).await.expect_problem(422, "validation");
    assert_eq!(refused.text("/errors/0/pointer"), "/audience");
    // Nothing of that has used the upload up; named twice is named once.
    let post = share(json!([ben.user_id, ben.user_id])).await.expect(201);
    assert_eq!(post.at("/audience").as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn texts_have_their_limits() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let upload = ready(&app, &ana, 1).await;
    let body = |field: &str, text: String| {
        let mut body = json!({ "upload_id": upload, "visibility": "friends-only" });
        body[field] = json!(text);
        body
    };
    for (field, most) in [("caption", 1000), ("alt", 1500)] {
        let refused = ana.post("/v1/posts", body(field, "é".repeat(most + 1))).await;
        let refused = refused.expect_problem(422, "validation");
        assert_eq!(refused.text("/errors/0/pointer"), format!("/{field}"));
    }
    ana.post("/v1/posts", body("colour", String::new())).await.expect_problem(422, "validation");
    ana.post("/v1/posts", json!({ "upload_id": upload, "visibility": "public" }))
        .await
        .expect_problem(422, "validation");
    let post = ana.post("/v1/posts", body("caption", "é".repeat(1000))).await.expect(201);
    assert_eq!(post.text("/caption").chars().count(), 1000);
}

#[tokio::test]
async fn a_repeated_request_is_the_same_post() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let upload = ready(&app, &ana, 1).await;
    let body = json!({ "upload_id": upload, "visibility": "friends-only" });
    let share = || ana.post_once("/v1/posts", "key-1", body.clone());
    let (one, other) = tokio::join!(share(), share());
    let (one, other) = (one.expect(201), other.expect(201));
    assert_eq!(one.text("/post_id"), other.text("/post_id"));
    assert_eq!(ana.feed().await.len(), 1);
    let changed = json!({ "upload_id": upload, "visibility": "friends-only", "caption": "x" });
    ana.post_once("/v1/posts", "key-1", changed).await.expect_problem(422, "idempotency-mismatch");
    // It is answered as it is now.
    ana.delete(&format!("/v1/posts/{}", one.text("/post_id"))).await.expect(204);
    share().await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn a_repeated_request_keeps_its_status_when_the_photo_was_in_work() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let upload = ana.uploads(&Photo::small(1)).await;
    let body = json!({ "upload_id": upload, "visibility": "friends-only" });
    ana.post_once("/v1/posts", "key-1", body.clone()).await.expect(202);
    app.processes_photos().await;
    let again = ana.post_once("/v1/posts", "key-1", body).await.expect(202);
    assert_eq!(again.at("/processing"), json!(false));
}

#[tokio::test]
async fn where_there_are_terms_they_are_accepted_first() {
    let terms = |config: &mut kith::config::Config| {
        let (version, url) = ("2".to_owned(), "https://kith.example/terms".to_owned());
        config.terms = Some(Terms { version, url });
    };
    let app = TestApp::with(Options { configure: terms, ..Options::default() }).await;
    let ana = app.person("ana").await;
    let upload = ready(&app, &ana, 1).await;
    let body = json!({ "upload_id": upload, "visibility": "friends-only" });
    ana.post("/v1/posts", body.clone()).await.expect_problem(403, "terms-not-accepted");
    ana.patch("/v1/me", "*", json!({ "accepted_terms": "2" })).await.expect(200);
    let post = ana.post("/v1/posts", body).await.expect(201);
    assert_eq!(post_ids(&ana.get("/v1/feed").await.expect(200)), [post.text("/post_id")]);
}
