//! Who sees a post.

use kith_testkit::{Photo, TestApp};
use serde_json::{Value, json};

use super::suspends;

#[tokio::test]
async fn a_post_for_friends_is_for_friends_only_and_only_while_they_are() {
    let app = TestApp::start().await;
    let [ana, ben, cem, dee] = app.people(["ana", "ben", "cem", "dee"]).await;
    ana.befriends(&ben).await;
    ben.befriends(&cem).await;
    dee.asks(&ana).await.expect(201);
    let post = ana.posts(Photo::small(1)).await;
    app.processes_photos().await;
    assert!(ana.sees(&post).await && ben.sees(&post).await);
    assert!(!cem.sees(&post).await && !dee.sees(&post).await);
    ben.unfriends(&ana).await;
    assert!(!ben.sees(&post).await && ben.feed().await.is_empty());
    ana.befriends(&ben).await;
    assert!(ben.sees(&post).await);
    assert_eq!(ben.feed().await, std::slice::from_ref(&post.id));
    ben.blocks(&ana).await;
    assert!(!ben.sees(&post).await && ana.sees(&post).await);
}

#[tokio::test]
async fn a_post_for_some_is_for_the_chosen_ones_while_they_are_friends() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    ana.befriends(&ben).await;
    ana.befriends(&cem).await;
    let post = ana.posts_to([&cem], Photo::small(1)).await;
    app.processes_photos().await;
    assert!(cem.sees(&post).await && !ben.sees(&post).await);
    assert_eq!((cem.feed().await, ben.feed().await), (vec![post.id.clone()], vec![]));
    assert_eq!((cem.grid_of(&ana).await, ben.grid_of(&ana).await), (vec![post.id.clone()], vec![]));
    // The choice outlives the friendship, and counts again with the next one.
    ana.unfriends(&cem).await;
    assert!(!cem.sees(&post).await);
    cem.befriends(&ana).await;
    assert!(cem.sees(&post).await);
}

#[tokio::test]
async fn whom_a_post_is_for_is_told_to_its_author_alone() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    ana.befriends(&ben).await;
    ana.befriends(&cem).await;
    let chosen = ana.posts_to([&cem, &ben], Photo::small(1)).await;
    let open = ana.posts(Photo::small(2)).await;
    app.processes_photos().await;
    let names = |list: &Value| -> Vec<String> {
        let people = list.as_array().expect("a list").iter();
        people.filter_map(|person| Some(person["username"].as_str()?.to_owned())).collect()
    };
    let mine = ana.get(&chosen.path()).await.expect(200);
    assert_eq!(names(&mine.at("/audience")), ["ben", "cem"]);
    let listed = ana.get("/v1/feed").await.expect(200).items();
    assert_eq!(listed[1]["audience"], mine.at("/audience"));
    assert!(listed[0].get("audience").is_none());
    assert!(ben.get(&chosen.path()).await.expect(200).body.get("audience").is_none());

    for post in [&chosen, &open] {
        let path = format!("{}/audience", post.path());
        assert_eq!(names(&ana.get(&path).await.expect(200).at("/items")), ["ben", "cem"]);
        let first = ana.get(&format!("{path}?limit=1")).await.expect(200);
        let next = ana
            .get(&format!("{path}?limit=1&cursor={}", first.text("/next_cursor")))
            .await
            .expect(200);
        assert_eq!(
            (names(&first.at("/items")), names(&next.at("/items"))),
            (vec!["ben".into()], vec!["cem".into()])
        );
        assert!(next.at("/next_cursor").is_null());
        ben.get(&path).await.expect_problem(403, "forbidden");
    }
    ana.unfriends(&cem).await;
    assert_eq!(names(&ana.get(&chosen.path()).await.expect(200).at("/audience")), ["ben"]);
    cem.get(&format!("{}/audience", chosen.path())).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn the_posts_of_a_person_are_for_friends() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    ana.befriends(&ben).await;
    assert!(ben.grid_of(&ana).await.is_empty());
    let one = ana.posts(Photo::small(1)).await;
    let other = ana.posts_to([&ben], Photo::small(2)).await;
    app.processes_photos().await;
    let both = vec![other.id, one.id];
    assert_eq!(ana.grid_of(&ana).await, both);
    assert_eq!(ben.grid_of(&ana).await, both);
    let strange = format!("/v1/users/{}/posts", ana.user_id);
    cem.get(&strange).await.expect_problem(404, "not-found");
    let nobody = "/v1/users/019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20/posts";
    cem.get(nobody).await.expect_problem(404, "not-found");
    let first = ben.get(&format!("{strange}?limit=1")).await.expect(200);
    let cursor = first.text("/next_cursor");
    let next = ben.get(&format!("{strange}?limit=1&cursor={cursor}")).await.expect(200);
    assert_eq!(next.items()[0]["post_id"], json!(both[1]));
    assert!(next.at("/next_cursor").is_null());
    ben.get(&format!("/v1/feed?cursor={cursor}")).await.expect_problem(400, "cursor-invalid");
}

#[tokio::test]
async fn the_suspended_are_hidden_with_all_they_shared() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    let post = ana.posts(Photo::small(1)).await;
    app.processes_photos().await;
    assert!(ben.sees(&post).await);
    suspends(&app, &ana).await;
    assert!(!ben.sees(&post).await && ben.feed().await.is_empty());
    ben.get(&format!("/v1/users/{}/posts", ana.user_id)).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn a_flagged_post_is_its_authors_alone() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    let post = ana.posts_to([&ben], Photo::small(1)).await;
    app.processes_photos().await;
    let db = app.app.db().pooled().await.expect("a connection");
    db.batch_execute("update posts set status = 'flagged'").await.expect("flagged");
    assert!(!ben.sees(&post).await);
    let mine = ana.get(&post.path()).await.expect(200);
    assert_eq!((mine.text("/status"), mine.at("/audience")), ("flagged".to_owned(), json!([])));
    // Deleting and restoring brings back what it was.
    ana.delete(&post.path()).await.expect(204);
    let restored = ana.posts_nothing(&format!("{}/restore", post.path())).await.expect(200);
    assert_eq!(restored.text("/status"), "flagged");
    assert!(!ben.sees(&post).await);
}

#[tokio::test]
async fn a_known_copy_is_confirmed_while_its_addresses_live() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let post = ana.posts(Photo::small(1)).await;
    app.processes_photos().await;
    let tag = ana.get(&post.path()).await.expect(200).header("etag");
    ana.get_with(&post.path(), "if-none-match", &tag).await.expect(304);
    // Signed addresses live 180 to 300 seconds: with less than a minute left the tag is another.
    app.passes(std::time::Duration::from_secs(121));
    let later = ana.get_with(&post.path(), "if-none-match", &tag).await.expect(200).header("etag");
    assert_eq!(later.split('.').next(), tag.split('.').next());
    assert_ne!(later, tag);
}
