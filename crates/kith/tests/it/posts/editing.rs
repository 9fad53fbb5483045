//! Changing a post.

use kith_testkit::{Person, Photo, Post, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

/// Ana with a post for her friends Ben and Cem, and Dee, a stranger.
async fn circle() -> (TestApp, [Person; 4], Post) {
    let app = TestApp::start().await;
    let people = app.people(["ana", "ben", "cem", "dee"]).await;
    people[0].befriends(&people[1]).await;
    people[0].befriends(&people[2]).await;
    let post = people[0].posts(Photo::small(1)).await;
    app.processes_photos().await;
    (app, people, post)
}

fn chosen<const N: usize>(people: [&Person; N]) -> Value {
    let audience: Vec<&str> = people.iter().map(|person| person.user_id.as_str()).collect();
    json!({ "visibility": "specific-friends", "audience": audience })
}

#[tokio::test]
async fn an_edit_names_the_version_that_it_changes() {
    let (_app, [ana, ..], post) = circle().await;
    let path = post.path();
    let request = ana.request(Method::PATCH, &path).json(&json!({ "caption": "Sunday" }));
    ana.send(request, Method::PATCH, &path).await.expect_problem(428, "version-required");
    let tag = ana.get(&path).await.expect(200).header("etag");
    let edited = ana.patch(&path, &tag, json!({ "caption": "Sunday" })).await.expect(200);
    assert_eq!((edited.text("/caption"), edited.at("/version")), ("Sunday".to_owned(), json!(2)));
    assert_eq!(edited.header("etag"), ana.get(&path).await.expect(200).header("etag"));
    for stale in [tag.as_str(), "\"7.x\"", "\"\"", "W/\"2.x\""] {
        ana.patch(&path, stale, json!({ "caption": "Monday" }))
            .await
            .expect_problem(412, "version-stale");
    }
    assert_eq!(ana.get(&path).await.expect(200).text("/caption"), "Sunday");
    ana.patch(&path, "*", json!({ "caption": "Tuesday" })).await.expect(200);
    ana.get_with(&path, "if-none-match", &edited.header("etag")).await.expect(200);
}

#[tokio::test]
async fn of_two_edits_of_one_version_one_is_lost_and_told_so() {
    let (_app, [ana, ..], post) = circle().await;
    let tag = post_tag(&ana, &post).await;
    let edit = |caption: &str| {
        let (path, body) = (post.path(), json!({ "caption": caption }));
        let (ana, tag) = (&ana, &tag);
        async move { ana.patch(&path, tag, body).await }
    };
    let (one, other) = tokio::join!(edit("one"), edit("other"));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let winner = if one.status == 200 { "one" } else { "other" };
    let now = ana.get(&post.path()).await.expect(200);
    assert_eq!((now.text("/caption").as_str(), now.at("/version")), (winner, json!(2)));
}

async fn post_tag(person: &Person, post: &Post) -> String {
    person.get(&post.path()).await.expect(200).header("etag")
}

#[tokio::test]
async fn null_removes_a_text_and_what_is_not_named_stays() {
    let (_app, [ana, ben, ..], post) = circle().await;
    let path = post.path();
    ana.patch(&path, "*", json!({ "caption": " A dog ", "alt": "brown" })).await.expect(200);
    let edited = ana.patch(&path, "*", json!({ "alt": null })).await.expect(200);
    assert_eq!(
        (edited.text("/caption"), edited.at("/image/alt")),
        ("A dog".to_owned(), json!(null))
    );
    ana.patch(&path, "*", json!({ "caption": "" })).await.expect(200);
    let read = ben.get(&path).await.expect(200);
    assert!(read.at("/caption").is_null());
    ana.patch(&path, "*", json!({})).await.expect(200);
}

#[tokio::test]
async fn an_edit_leaves_the_post_where_it_was() {
    let (app, [ana, ben, ..], post) = circle().await;
    let newer = ana.posts(Photo::small(2)).await;
    app.processes_photos().await;
    let before = ana.get(&post.path()).await.expect(200);
    let after = ana.patch(&post.path(), "*", json!({ "caption": "late" })).await.expect(200);
    assert_eq!(after.text("/posted_at"), before.text("/posted_at"));
    assert_eq!(after.text("/created_at"), before.text("/created_at"));
    assert!(after.text("/updated_at") > before.text("/updated_at"));
    assert_eq!(ben.feed().await, [newer.id, post.id]);
}

#[tokio::test]
async fn only_its_author_edits() {
    let (_app, [ana, ben, _, dee], post) = circle().await;
    let path = post.path();
    ben.patch(&path, "*", json!({ "caption": "mine" })).await.expect_problem(403, "forbidden");
    dee.patch(&path, "*", json!({ "caption": "mine" })).await.expect_problem(404, "not-found");
    ana.delete(&path).await.expect(204);
    ana.patch(&path, "*", json!({ "caption": "gone" })).await.expect_problem(404, "not-found");
    let nobody = "/v1/posts/019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20";
    ana.patch(nobody, "*", json!({ "caption": "x" })).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn visibility_and_audience_must_fit_each_other() {
    let (_app, [ana, ben, _, dee], post) = circle().await;
    let path = post.path();
    let refused = [
        (json!({ "visibility": "specific-friends" }), "/audience"),
        (json!({ "audience": [ben.user_id] }), "/audience"),
        (json!({ "visibility": "friends-only", "audience": [ben.user_id] }), "/audience"),
        (chosen([]), "/audience"),
        (chosen([&ben, &dee]), "/audience/1"),
        (chosen([&ana]), "/audience/0"),
    ];
    for (body, pointer) in refused {
        let problem = ana.patch(&path, "*", body).await.expect_problem(422, "validation");
        assert_eq!(problem.text("/errors/0/pointer"), pointer);
    }
    for body in [json!({ "visibility": "public" }), json!({ "status": "active" }), json!([])] {
        assert!([400, 422].contains(&ana.patch(&path, "*", body).await.status.as_u16()));
    }
    let unchanged = ana.get(&path).await.expect(200);
    assert_eq!(
        (unchanged.at("/version"), unchanged.text("/visibility")),
        (json!(1), "friends-only".to_owned())
    );
    assert!(ben.sees(&post).await);
}

#[tokio::test]
async fn an_audience_replaces_the_one_before() {
    let (_app, [ana, ben, cem, _], post) = circle().await;
    let path = post.path();
    let seen = async || (ben.sees(&post).await, cem.sees(&post).await);
    ana.patch(&path, "*", chosen([&ben])).await.expect(200);
    assert_eq!(seen().await, (true, false));
    let edited = ana.patch(&path, "*", json!({ "audience": [cem.user_id] })).await.expect(200);
    assert_eq!(edited.at("/audience/0/username"), json!("cem"));
    assert_eq!(seen().await, (false, true));
    assert_eq!((ben.feed().await, cem.feed().await), (vec![], vec![post.id.clone()]));
    // One friend who is none any more spoils the list, and nothing of it is taken over.
    cem.unfriends(&ana).await;
    let both = json!({ "audience": [ben.user_id, cem.user_id] });
    ana.patch(&path, "*", both).await.expect_problem(422, "validation");
    assert_eq!(seen().await, (false, false));
    ana.patch(&path, "*", json!({ "visibility": "friends-only" })).await.expect(200);
    assert_eq!(seen().await, (true, false));
}

#[tokio::test]
async fn a_list_that_was_given_up_does_not_come_back_by_itself() {
    let (_app, [ana, ben, cem, _], post) = circle().await;
    let path = post.path();
    ana.patch(&path, "*", chosen([&ben, &cem])).await.expect(200);
    ana.patch(&path, "*", json!({ "visibility": "friends-only" })).await.expect(200);
    ana.patch(&path, "*", json!({ "visibility": "specific-friends" }))
        .await
        .expect_problem(422, "validation");
    ana.patch(&path, "*", chosen([&cem])).await.expect(200);
    assert!(!ben.sees(&post).await && cem.sees(&post).await);
    // Nor after the friendship with one whom it left out was renewed.
    ben.unfriends(&ana).await;
    ben.befriends(&ana).await;
    assert!(!ben.sees(&post).await);
}

#[tokio::test]
async fn a_post_in_work_can_be_edited_and_appears_as_it_is_then() {
    let (app, [ana, ben, cem, _], _) = circle().await;
    let post = ana.posts(Photo::small(2)).await;
    let mut edit = chosen([&cem]);
    edit["caption"] = json!("for you");
    let edited = ana.patch(&post.path(), "*", edit).await.expect(200);
    assert_eq!((edited.at("/processing"), edited.at("/version")), (json!(true), json!(2)));
    assert!(!cem.sees(&post).await);
    app.processes_photos().await;
    assert!(!ben.sees(&post).await);
    assert_eq!(cem.get(&post.path()).await.expect(200).text("/caption"), "for you");
    assert_eq!(cem.feed().await[0], post.id);
}
