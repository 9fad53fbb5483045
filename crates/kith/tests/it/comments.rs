//! Who comments, who sees it, and that nothing is counted twice or lost.

use futures_util::future::join_all;
use kith_testkit::{Person, TestApp};
use serde_json::json;

/// Ana, her friend Ben, the stranger Dan, and a post of Ana's.
async fn story() -> (TestApp, [Person; 3], String) {
    let app = TestApp::start().await;
    let people = app.people(["ana", "ben", "dan"]).await;
    app.has_friends(&people[0], &people[1]).await;
    let post = app.has_post(&people[0]).await;
    (app, people, post)
}

/// The stored count, and what it counts.
async fn counts(app: &TestApp, post: &str) -> (i32, i64) {
    let row = app
        .sql()
        .await
        .query_one(
            "select p.comment_count, (select count(*) from comments c
                where c.post_id = p.post_id and c.status = 'active')
             from posts p where p.post_id = $1::text::uuid",
            &[&post],
        )
        .await
        .unwrap();
    (row.get(0), row.get(1))
}

async fn kinds(app: &TestApp) -> Vec<String> {
    let rows = app
        .sql()
        .await
        .query("select kind from events where kind like 'comment.%' order by occurred_at", &[])
        .await
        .unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn whoever_sees_a_post_comments_on_it() {
    let (app, [ana, ben, _], post) = story().await;
    let hello = ben.tries_to_comment(&post, "  Hello\r\nAna ").await.expect(201);
    assert_eq!(hello.text("/content"), "Hello\nAna");
    assert_eq!(hello.text("/author/username"), "ben");
    assert_eq!((hello.at("/version"), hello.text("/post_id")), (json!(1), post.clone()));
    ana.comments(&post, "Hi").await;
    assert_eq!(ana.reads_comments(&post).await, ["Hello\nAna", "Hi"]);
    assert_eq!(ben.reads_comments(&post).await, ["Hello\nAna", "Hi"]);
    let read = ana.get(&format!("/v1/comments/{}", hello.text("/comment_id"))).await.expect(200);
    assert_eq!(read.body["content"], hello.body["content"]);
    ana.get_with(
        &format!("/v1/comments/{}", hello.text("/comment_id")),
        "if-none-match",
        &read.header("etag"),
    )
    .await
    .expect(304);
    assert_eq!(counts(&app, &post).await, (2, 2));
    assert_eq!(kinds(&app).await, ["comment.created", "comment.created"]);
}

#[tokio::test]
async fn for_everybody_else_post_and_comments_do_not_exist() {
    let (app, [ana, ben, dan], post) = story().await;
    let comment = ben.comments(&post, "Hello").await;
    let path = format!("/v1/posts/{post}/comments");
    let unknown = "/v1/posts/019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20/comments";
    for path in [path.as_str(), unknown] {
        dan.get(path).await.expect_problem(404, "not-found");
        dan.post(path, json!({ "content": "me too" })).await.expect_problem(404, "not-found");
    }
    dan.finds_no_comment(&comment).await;
    dan.edits_comment(&comment, "mine").await.expect_problem(404, "not-found");
    dan.deletes_comment(&comment).await.expect_problem(404, "not-found");
    // Nor for somebody who was a friend.
    app.ends_friendship(&ana, &ben).await;
    ben.finds_no_comment(&comment).await;
    ben.tries_to_comment(&post, "again").await.expect_problem(404, "not-found");
    assert_eq!(ana.reads_comments(&post).await, ["Hello"], "what a former friend said stays");
    assert_eq!((counts(&app, &post).await, kinds(&app).await.len()), ((1, 1), 1));
}

#[tokio::test]
async fn a_post_that_is_not_ready_or_deleted_takes_no_comments() {
    let (app, [ana, ben, _], post) = story().await;
    let sql = app.sql().await;
    let unready = app.has_post(&ana).await;
    sql.execute(
        "update posts set posted_at = null, image_id = null, image_url = null, image_metadata = null
         where post_id = $1::text::uuid",
        &[&unready],
    )
    .await
    .unwrap();
    ana.tries_to_comment(&unready, "first").await.expect_problem(409, "conflict");
    let path = format!("/v1/posts/{unready}/comments");
    ana.post_once(&path, "k1", json!({ "content": "first" })).await.expect_problem(409, "conflict");
    assert!(ana.reads_comments(&unready).await.is_empty());
    ben.tries_to_comment(&unready, "first").await.expect_problem(404, "not-found");
    ben.get(&path).await.expect_problem(404, "not-found");
    let comment = ben.comments(&post, "Hello").await;
    sql.execute(
        "update posts set status = 'deleted', deleted_at = now() where post_id = $1::text::uuid",
        &[&post],
    )
    .await
    .unwrap();
    for person in [&ana, &ben] {
        person.tries_to_comment(&post, "late").await.expect_problem(404, "not-found");
        person.finds_no_comment(&comment).await;
    }
}

#[tokio::test]
async fn pages_are_oldest_first_and_neither_skip_nor_repeat_while_people_write() {
    let (_app, [ana, ben, _], post) = story().await;
    for number in 0..5 {
        ben.comments(&post, &number.to_string()).await;
    }
    let mut seen = Vec::new();
    let mut path = format!("/v1/posts/{post}/comments?limit=2");
    for turn in 0.. {
        let page = ana.get(&path).await.expect(200);
        seen.extend(page.items().iter().map(|item| item["content"].as_str().unwrap().to_owned()));
        if turn < 2 {
            ben.comments(&post, &(5 + turn).to_string()).await;
        }
        let Some(cursor) = page.at("/next_cursor").as_str().map(str::to_owned) else { break };
        path = format!("/v1/posts/{post}/comments?limit=2&cursor={cursor}");
    }
    assert_eq!(seen, ["0", "1", "2", "3", "4", "5", "6"]);
    ben.get(&path).await.expect_problem(400, "cursor-invalid");
}

#[tokio::test]
async fn times_follow_the_order_of_commits_so_that_no_page_misses_a_late_writer() {
    let (app, [_, ben, _], post) = story().await;
    join_all((0..12).map(|number| {
        let (ben, post) = (&ben, &post);
        async move { ben.comments(post, &number.to_string()).await }
    }))
    .await;
    let rows = app
        .sql()
        .await
        .query("select commented_at from comments order by commented_at", &[])
        .await
        .unwrap();
    let times: Vec<kith_types::time::Timestamp> = rows.iter().map(|row| row.get(0)).collect();
    assert!(times.is_sorted_by(|one, other| one < other), "every comment has a time of its own");
}

#[tokio::test]
async fn the_count_is_exact_when_many_write_and_delete_at_once() {
    let (app, [ana, ben, _], post) = story().await;
    let written = join_all((0..24).map(|number| {
        let (author, post) = (if number % 2 == 0 { &ana } else { &ben }, &post);
        async move { author.comments(post, "Hello").await }
    }))
    .await;
    assert_eq!(counts(&app, &post).await, (24, 24));
    // The same ten are deleted twice at the same time, and ten more are written meanwhile.
    let twice = written.iter().take(10).flat_map(|comment| [(&ana, comment), (&ana, comment)]);
    let deletions = join_all(twice.map(|(person, comment)| person.deletes_comment(comment)));
    let writes = join_all((0..10).map(|_| ben.comments(&post, "more")));
    let (deletions, _) = futures_util::join!(deletions, writes);
    assert!(deletions.iter().all(|answer| [204, 404].contains(&answer.status.as_u16())));
    assert_eq!(counts(&app, &post).await, (24, 24));
    let removed = kinds(&app).await.iter().filter(|kind| *kind == "comment.removed").count();
    assert_eq!(removed, 10, "one event for each comment");
}

#[tokio::test]
async fn only_the_author_edits_and_names_the_version() {
    let (app, [ana, ben, _], post) = story().await;
    let comment = ben.comments(&post, "Helo").await;
    let path = format!("/v1/comments/{comment}");
    ana.edits_comment(&comment, "Hello").await.expect_problem(403, "forbidden");
    let request = ben.request(reqwest::Method::PATCH, &path).json(&json!({ "content": "Hello" }));
    ben.send(request, reqwest::Method::PATCH, &path).await.expect_problem(428, "version-required");
    let etag = ben.get(&path).await.expect(200).header("etag");
    let edited = ben.patch(&path, &etag, json!({ "content": "Hello" })).await.expect(200);
    assert_eq!((edited.text("/content"), edited.at("/version")), ("Hello".to_owned(), json!(2)));
    ben.patch(&path, &etag, json!({ "content": "Hallo" }))
        .await
        .expect_problem(412, "version-stale");
    let other = r#""7.0123456789abcdef""#;
    let listed = |tags: [&str; 2]| tags.join(" , ");
    ben.patch(&path, &listed([other, &etag]), json!({ "content": "Hallo" }))
        .await
        .expect_problem(412, "version-stale");
    let current = edited.header("etag");
    ben.patch(&path, &listed([&etag, &current]), json!({ "content": "Hello!" })).await.expect(200);
    assert_eq!(ana.reads_comments(&post).await, ["Hello!"]);
    assert_eq!(kinds(&app).await, ["comment.created", "comment.updated", "comment.updated"]);
}

#[tokio::test]
async fn the_author_or_the_author_of_the_post_deletes_and_the_text_is_gone() {
    let (app, [ana, ben, dan], post) = story().await;
    app.has_friends(&ana, &dan).await;
    let [mine, hers] = [ben.comments(&post, "one").await, ben.comments(&post, "two").await];
    dan.deletes_comment(&mine).await.expect_problem(403, "forbidden");
    ben.deletes_comment(&mine).await.expect(204);
    ana.deletes_comment(&hers).await.expect(204);
    for comment in [&mine, &hers] {
        ben.deletes_comment(comment).await.expect_problem(404, "not-found");
        ben.finds_no_comment(comment).await;
    }
    assert_eq!(counts(&app, &post).await, (0, 0));
    let left =
        app.sql().await.query("select from comments where content <> ''", &[]).await.unwrap();
    assert!(left.is_empty());
}

#[tokio::test]
async fn blocks_hide_comments_from_both_and_suspension_from_all() {
    let (app, [ana, ben, dan], post) = story().await;
    app.has_friends(&ana, &dan).await;
    let sql = app.sql().await;
    let comment = ben.comments(&post, "from ben").await;
    dan.comments(&post, "from dan").await;
    sql.execute(
        "insert into blocks (blocker_id, blocked_id, known, created_at) values ($1, $2, true, now())",
        &[&dan.id(), &ben.id()],
    )
    .await
    .unwrap();
    assert_eq!(dan.reads_comments(&post).await, ["from dan"]);
    assert_eq!(ben.reads_comments(&post).await, ["from ben"]);
    assert_eq!(ana.reads_comments(&post).await, ["from ben", "from dan"]);
    dan.finds_no_comment(&comment).await;
    sql.execute("update comments set author_suspended = true where user_id = $1", &[&ben.id()])
        .await
        .unwrap();
    assert_eq!(ana.reads_comments(&post).await, ["from dan"]);
    ana.finds_no_comment(&comment).await;
}

#[tokio::test]
async fn a_session_that_ended_writes_nothing() {
    let (app, [_, ben, dan], post) = story().await;
    let newcomer = app.newcomer("eve").await;
    newcomer.tries_to_comment(&post, "Hello").await.expect_problem(403, "profile-incomplete");
    ben.posts_nothing("/v1/auth/logout").await.expect(204);
    ben.tries_to_comment(&post, "Hello").await.expect_problem(401, "unauthenticated");
    ben.post(&format!("/v1/posts/{post}/comments"), json!({ "wrong": 1 }))
        .await
        .expect_problem(401, "unauthenticated");
    ben.post_once(&format!("/v1/posts/{post}/comments"), "k", json!({ "content": "Hello" }))
        .await
        .expect_problem(401, "unauthenticated");
    app.sql()
        .await
        .execute("update users set status = 'suspended' where user_id = $1", &[&dan.id()])
        .await
        .unwrap();
    dan.tries_to_comment(&post, "Hello").await.expect_problem(403, "account-suspended");
    assert_eq!((counts(&app, &post).await, kinds(&app).await.len()), ((0, 0), 0));
}

#[tokio::test]
async fn the_same_key_writes_once_and_shows_only_what_is_still_visible() {
    let (app, [ana, ben, dan], post) = story().await;
    let path = format!("/v1/posts/{post}/comments");
    let body = json!({ "content": "Hello" });
    let answers = join_all((0..4).map(|_| ben.post_once(&path, "key-1", body.clone()))).await;
    let ids: std::collections::HashSet<_> =
        answers.into_iter().map(|answer| answer.expect(201).text("/comment_id")).collect();
    assert_eq!((ids.len(), counts(&app, &post).await), (1, (1, 1)));
    ben.post_once(&path, "key-1", json!({ "content": "Other" }))
        .await
        .expect_problem(422, "idempotency-mismatch");
    // A key that failed is free again.
    dan.post_once(&path, "key-1", body.clone()).await.expect_problem(404, "not-found");
    app.has_friends(&ana, &dan).await;
    dan.post_once(&path, "key-1", body.clone()).await.expect(201);
    app.ends_friendship(&ana, &ben).await;
    ben.post_once(&path, "key-1", body).await.expect_problem(404, "not-found");
    assert_eq!(counts(&app, &post).await, (2, 2));
}

#[tokio::test]
async fn a_comment_has_one_to_a_thousand_characters() {
    let (_app, [_, ben, _], post) = story().await;
    for text in ["", " \n ", &"é".repeat(1_001), "right\u{202e}left"] {
        let refused = ben.tries_to_comment(&post, text).await.expect_problem(422, "validation");
        assert_eq!(refused.at("/errors/0/pointer"), json!("/content"));
    }
    ben.tries_to_comment(&post, &"👍🏽".repeat(1_000)).await.expect(201);
}

/// An edit of the post that has not committed yet; a comment waits behind it.
async fn while_an_edit_waits(edit: &str) -> (u16, (i32, i64)) {
    let (app, [_, ben, _], post) = story().await;
    let mut editor = app.sql().await;
    let editing = editor.transaction().await.unwrap();
    let edit =
        format!("update posts set version = version + 1, {edit} where post_id = $1::text::uuid");
    editing.execute(&edit, &[&post]).await.unwrap();
    let watch = app.sql().await;
    let waiting = "select exists (select from pg_locks l join pg_stat_activity a using (pid)
        where not l.granted and a.datname = current_database())";
    let commit = async {
        while !watch.query_one(waiting, &[]).await.unwrap().get::<_, bool>(0) {
            tokio::task::yield_now().await;
        }
        editing.commit().await.unwrap();
    };
    let (comment, ()) = tokio::join!(ben.tries_to_comment(&post, "Hello"), commit);
    let status = comment.status.as_u16();
    (status, counts(&app, &post).await)
}

#[tokio::test]
async fn whoever_lost_the_post_while_waiting_does_not_comment_on_it() {
    assert_eq!(while_an_edit_waits("visibility = 'specific-friends'").await, (404, (0, 0)));
}

#[tokio::test]
async fn an_edit_that_takes_the_post_from_nobody_does_not_cost_a_comment() {
    assert_eq!(while_an_edit_waits("caption = 'Another one'").await, (201, (1, 1)));
}
