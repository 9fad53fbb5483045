//! Pages of the feed and of one person's posts.

use std::time::Duration;

use kith_testkit::{Person, TestApp, posts::post_ids};
use serde_json::{Value, json};

/// Shares a finished photo with all friends.
async fn share(app: &TestApp, person: &Person) -> String {
    let upload_id = app.has_photo(person, b"photo").await;
    person.shares(json!({ "upload_id": upload_id, "visibility": "friends-only" })).await.id
}

/// Shares a finished photo with one friend.
async fn share_with(app: &TestApp, person: &Person, friend: &Person) -> String {
    let upload_id = app.has_photo(person, b"photo").await;
    let visibility = "specific-friends";
    let body =
        json!({ "upload_id": upload_id, "visibility": visibility, "audience": [friend.user_id] });
    person.shares(body).await.id
}

/// One page, and the address of the next one.
async fn page(person: &Person, path: &str) -> (Vec<String>, Option<String>) {
    let answer = person.get(path).await.expect(200);
    let base = path.split("&cursor=").next().unwrap_or(path).to_owned();
    let next = answer.at("/next_cursor");
    (post_ids(&answer), next.as_str().map(|cursor| format!("{base}&cursor={cursor}")))
}

/// The rest of a list.
async fn rest(person: &Person, next: Option<String>) -> Vec<String> {
    let (mut all, mut next) = (Vec::new(), next);
    while let Some(path) = next {
        let (found, following) = page(person, &path).await;
        all.extend(found);
        next = following;
    }
    all
}

#[tokio::test]
async fn the_feed_is_ones_own_and_the_friends_posts_newest_first() {
    let app = TestApp::start().await;
    let [ana, ben, cem, dee] = app.people(["ana", "ben", "cem", "dee"]).await;
    ana.befriends(&ben).await;
    ana.befriends(&cem).await;
    dee.befriends(&ben).await;
    let mut posts = vec![share(&app, &ana).await, share(&app, &ben).await];
    share(&app, &dee).await;
    posts.push(share_with(&app, &cem, &ana).await);
    share_with(&app, &ben, &dee).await;
    posts.push(share(&app, &cem).await);
    posts.push(share(&app, &ana).await);
    posts.reverse();
    assert_eq!(ana.feed().await, posts);
    let times: Vec<Value> = ana
        .get("/v1/feed")
        .await
        .expect(200)
        .items()
        .iter()
        .map(|post| post["posted_at"].clone())
        .collect();
    assert!(times.is_sorted_by(|newer, older| newer.as_str() > older.as_str()), "{times:?}");
    for size in 1..=posts.len() {
        let whole = rest(&ana, Some(format!("/v1/feed?limit={size}"))).await;
        assert_eq!(whole, posts, "in pages of {size}");
    }
}

#[tokio::test]
async fn no_page_repeats_or_skips_while_posts_appear_and_vanish() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    ana.befriends(&ben).await;
    ana.befriends(&cem).await;
    let mut posts = Vec::new();
    for number in 0..9 {
        posts.push(share(&app, [&ana, &ben, &cem][number % 3]).await);
    }
    posts.reverse();
    let (first, next) = page(&ana, "/v1/feed?limit=3").await;
    assert_eq!(first, posts[..3]);
    // A newer one appears; the very post at which the page ended, and one ahead, go away.
    share(&app, &ben).await;
    ana.delete(&format!("/v1/posts/{}", posts[2])).await.expect(204);
    let author = [&ana, &ben, &cem][(8 - 4) % 3];
    author.delete(&format!("/v1/posts/{}", posts[4])).await.expect(204);
    let (second, next) = page(&ana, &next.expect("more")).await;
    assert_eq!(second, [posts[3].clone(), posts[5].clone(), posts[6].clone()]);
    // A whole friend goes away.
    ana.unfriends(&ben).await;
    let left = [&posts[7], &posts[8]].into_iter().enumerate();
    let left: Vec<String> =
        left.filter(|(index, _)| (8 - (7 + index)) % 3 != 1).map(|(_, id)| id.clone()).collect();
    assert_eq!(rest(&ana, next).await, left);
}

#[tokio::test]
async fn the_same_cursor_gives_the_same_page_again() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    for _ in 0..5 {
        share(&app, &ben).await;
    }
    for list in ["/v1/feed?limit=2".to_owned(), format!("/v1/users/{}/posts?limit=2", ben.user_id)]
    {
        let (first, next) = page(&ana, &list).await;
        let next = next.expect("more");
        let (second, _) = page(&ana, &next).await;
        share(&app, &ben).await;
        assert_eq!(page(&ana, &next).await.0, second);
        assert!(first.iter().all(|post| !second.contains(post)));
    }
}

#[tokio::test]
async fn an_emptied_list_ends() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    for _ in 0..3 {
        share(&app, &ben).await;
    }
    let (_, feed) = page(&ana, "/v1/feed?limit=1").await;
    let (_, grid) = page(&ana, &format!("/v1/users/{}/posts?limit=1", ben.user_id)).await;
    ana.unfriends(&ben).await;
    assert_eq!(page(&ana, &feed.expect("more")).await, (vec![], None));
    ana.get(&grid.expect("more")).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn a_cursor_is_for_its_list_and_its_reader() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    for person in [&ana, &ana, &ben, &ben] {
        share(&app, person).await;
    }
    let grid = |person: &Person| format!("/v1/users/{}/posts?limit=1", person.user_id);
    let (_, feed) = page(&ana, "/v1/feed?limit=1").await;
    let (_, bens) = page(&ana, &grid(&ben)).await;
    let cursor = |next: Option<String>| {
        next.expect("more").split("&cursor=").last().expect("a cursor").to_owned()
    };
    let (feed, bens) = (cursor(feed), cursor(bens));
    let wrong = [
        (&ben, format!("/v1/feed?cursor={feed}")),
        (&ana, format!("{}&cursor={feed}", grid(&ben))),
        (&ana, format!("{}&cursor={bens}", grid(&ana))),
        (&ana, "/v1/feed?cursor=".to_owned()),
        (&ana, "/v1/feed?cursor=nonsense".to_owned()),
        (&ana, format!("/v1/feed?cursor={}", &feed[1..])),
        (&ana, format!("/v1/feed?cursor={feed}A")),
    ];
    for (person, path) in wrong {
        person.get(&path).await.expect_problem(400, "cursor-invalid");
    }
    // A cursor is a place, not a copy: a day later it is as good.
    app.passes(Duration::from_hours(24));
    ana.refreshes().await.expect(200);
    assert_eq!(page(&ana, &format!("/v1/feed?limit=1&cursor={feed}")).await.0.len(), 1);
}

#[tokio::test]
async fn a_page_has_twenty_posts_unless_said_and_fifty_at_most() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    for _ in 0..52 {
        app.has_post(&ana).await;
    }
    for list in ["/v1/feed?".to_owned(), format!("/v1/users/{}/posts?", ana.user_id)] {
        for (limit, expected) in
            [("", 20), ("limit=1", 1), ("limit=50", 50), ("limit=51", 50), ("limit=4000000", 50)]
        {
            assert_eq!(
                page(&ana, &format!("{list}{limit}")).await.0.len(),
                expected,
                "{list}{limit}"
            );
        }
        for wrong in ["limit=0", "limit=-1", "limit=x"] {
            ana.get(&format!("{list}{wrong}")).await.expect_problem(422, "validation");
        }
    }
}
