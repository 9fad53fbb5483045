//! Redis may stop, freeze or forget everything: nobody is logged out, nothing is lost, and what is live recovers
//! by itself.

use std::{io::Write as _, os::unix::net::UnixStream, time::Duration};

use kith_testkit::{Options, Person, Photo, TestApp, redis_server::RedisServer};
use serde_json::json;

/// Redis is found again by then.
const RECOVERY: Duration = Duration::from_secs(20);

async fn app_with(redis: &RedisServer) -> TestApp {
    let app = TestApp::with(Options { redis: Some(redis.url()), ..Options::default() }).await;
    assert!(app.app.bus().connected_within(RECOVERY).await, "Redis is found");
    app
}

/// Shares a finished photo; answers the post's id.
async fn share(app: &TestApp, person: &Person) -> String {
    let upload_id = app.has_photo(person, b"photo").await;
    person.shares(json!({ "upload_id": upload_id, "visibility": "friends-only" })).await.id
}

/// Forgets everything, as an operator's slip would have it.
fn flush(redis: &RedisServer) {
    use std::io::Read as _;
    let url = redis.url();
    let path = url.strip_prefix("redis+unix://").expect("a socket");
    let mut stream = UnixStream::connect(path).expect("it listens");
    stream.write_all(b"FLUSHALL\r\n").expect("it reads");
    let mut answer = [0; 5];
    stream.read_exact(&mut answer).expect("it answers");
    assert_eq!(&answer, b"+OK\r\n");
}

#[tokio::test]
async fn everything_goes_on_while_redis_is_away_and_after() {
    let mut redis = RedisServer::start();
    let app = app_with(&redis).await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    let mut feed = ben.socket().await.subscribes("feed").await;
    let mut posts = vec![share(&app, &ana).await];
    feed.hears("post.ready").await;

    redis.kill();
    for person in [&ana, &ben] {
        person.get("/v1/me").await.expect(200);
        person.refreshes().await.expect(200);
    }
    let cem = app.person("cem").await;
    cem.befriends(&ana).await;
    posts.push(share(&app, &ana).await);
    ben.comments(&posts[1], "Hello").await;
    assert_eq!(ana.reads_comments(&posts[1]).await, ["Hello"]);
    feed.hears("post.ready").await;
    let picture = ana.posts(Photo::small(1)).await;
    app.processes_photos().await;
    feed.hears("post.ready").await;
    posts.push(picture.id);

    redis.run();
    assert!(app.app.bus().connected_within(RECOVERY).await, "Redis is found again");
    posts.push(share(&app, &ana).await);
    feed.hears("post.ready").await;
    let heard: Vec<_> = feed.heard.iter().map(|frame| frame["event"]["post_id"].clone()).collect();
    assert_eq!(heard, posts, "each once, in order, without a gap");
    posts.reverse();
    assert_eq!(ben.feed().await, posts);
    assert_eq!(cem.feed().await, posts);
    ana.has_notifications(1 + 2).await;
}

#[tokio::test]
async fn another_process_hears_what_happened_meanwhile() {
    let mut redis = RedisServer::start();
    let app = app_with(&redis).await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    let node = app.second_node().await;
    assert!(node.app.bus().connected_within(RECOVERY).await);
    let ben = ben.moved_to(&node.url);
    let mut feed = ben.socket().await.subscribes("feed").await;
    let first = share(&app, &ana).await;
    feed.hears("post.ready").await;

    redis.kill();
    let second = share(&app, &ana).await;
    assert_eq!(ben.feed().await, [second.clone(), first.clone()], "reads never depend on it");
    redis.run();
    for bus in [app.app.bus(), node.app.bus()] {
        assert!(bus.connected_within(RECOVERY).await, "Redis is found again");
    }
    let third = share(&app, &ana).await;
    while feed.hears("post.ready").await["post_id"] != json!(third) {}
    let heard: Vec<_> = feed.heard.iter().map(|frame| frame["event"]["post_id"].clone()).collect();
    assert_eq!(heard, [first, second, third], "each once, in order, without a gap");
}

#[tokio::test]
async fn a_frozen_redis_holds_nobody_up() {
    let redis = RedisServer::start();
    let app = app_with(&redis).await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.befriends(&ben).await;
    let mut feed = ben.socket().await.subscribes("feed").await;
    redis.freeze();
    ana.refreshes().await.expect(200);
    let post = share(&app, &ana).await;
    ben.comments(&post, "Hello").await;
    assert_eq!(feed.hears("post.ready").await["post_id"], json!(post));
    app.person("cem").await;
    redis.thaw();
    assert!(app.app.bus().connected_within(RECOVERY).await, "Redis is found again");
    let next = share(&app, &ana).await;
    assert_eq!(feed.hears("post.ready").await["post_id"], json!(next));
}

#[tokio::test]
async fn a_flushed_redis_gives_no_new_guesses_and_ends_no_session() {
    let redis = RedisServer::start();
    let app = app_with(&redis).await;
    let ana = app.person("ana").await;
    let flow = app.starts_sign_in(&ana.phone).await;
    let code = app.code_for(&ana.phone);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let verify = |code: &str| {
        let body = json!({ "verification_id": flow, "code": code });
        let nobody = app.anonymous();
        async move { nobody.post("/v1/auth/phone/verify", body).await }
    };
    for left in [4, 3, 2, 1] {
        let refused = verify(wrong).await.expect_problem(422, "code-wrong");
        assert_eq!(refused.at("/attempts_left"), json!(left));
        flush(&redis);
    }
    verify(wrong).await.expect_problem(429, "code-exhausted");
    flush(&redis);
    verify(&code).await.expect_problem(429, "code-exhausted");
    ana.get("/v1/me").await.expect(200);
    ana.refreshes().await.expect(200);
    // Nor is anything done twice: what was promised to be done once is in the database.
    let upload_id = app.has_photo(&ana, b"photo").await;
    let body = json!({ "upload_id": upload_id, "visibility": "friends-only" });
    let once = ana.post_once("/v1/posts", "key-1", body.clone()).await.expect(201);
    flush(&redis);
    let again = ana.post_once("/v1/posts", "key-1", body).await.expect(201);
    assert_eq!(once.text("/post_id"), again.text("/post_id"));
}
