//! Who gets the bytes of an image, and how they are sent.

use std::time::Duration;

use kith_testkit::{Person, Photo, Post, TestApp, posts::source_url};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Ana's friend Ben sees her post; Cem is nobody to her.
struct Circle {
    app: TestApp,
    ana: Person,
    ben: Person,
    cem: Person,
    post: Post,
}

async fn circle() -> Circle {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    ana.befriends(&ben).await;
    let post = ana.posts(Photo::small(1)).await;
    app.processes_photos().await;
    Circle { app, ana, ben, cem, post }
}

/// The address of a source as this person gets it.
async fn address(person: &Person, post: &Post) -> String {
    let image = person.get(&post.path()).await.expect(200).at("/image");
    source_url(&image, "w320.jpg").expect("a source")
}

fn bare(url: &str) -> &str {
    url.split('?').next().unwrap_or(url)
}

#[tokio::test]
async fn a_session_opens_what_its_person_may_see_and_nothing_else() {
    let Circle { ana, ben, cem, post, app } = circle().await;
    let url = address(&ben, &post).await;
    for person in [&ana, &ben] {
        person.loads(bare(&url)).await.expect(200);
    }
    cem.loads(bare(&url)).await.expect_problem(404, "not-found");
    app.anonymous().loads(bare(&url)).await.expect_problem(404, "not-found");
    ben.unfriends(&ana).await;
    ben.loads(bare(&url)).await.expect_problem(404, "not-found");
    ben.loads(&url).await.expect_problem(404, "not-found");
    ana.loads(bare(&url)).await.expect(200);
}

#[tokio::test]
async fn a_signed_address_opens_by_itself_for_five_minutes_at_most() {
    let Circle { ben, post, app, .. } = circle().await;
    let url = address(&ben, &post).await;
    ben.loads_by_address(&url).await.expect(200);
    app.passes(Duration::from_secs(170));
    ben.loads_by_address(&url).await.expect(200);
    app.passes(Duration::from_secs(131));
    ben.loads_by_address(&url).await.expect_problem(404, "not-found");
    // With the session of the one it names, it is no hindrance.
    ben.loads(&url).await.expect(200);
}

#[tokio::test]
async fn a_signed_address_opens_beside_a_token_that_has_expired() {
    let Circle { ana, ben, post, app, .. } = circle().await;
    app.passes(Duration::from_mins(9));
    let url = address(&ben, &post).await;
    app.passes(Duration::from_secs(70));
    ben.get("/v1/me").await.expect_problem(401, "unauthenticated");
    ben.loads(&url).await.expect(200);
    // By itself the token is as good as before, and it does not turn into somebody else's.
    ben.loads(bare(&url)).await.expect_problem(401, "unauthenticated");
    ana.loads(&url).await.expect_problem(404, "not-found");
    let forged = ben.request_without_session(Method::GET, &url).bearer_auth("x.y.z");
    ben.send(forged, Method::GET, &url).await.expect_problem(401, "unauthenticated");
    ben.refreshes().await.expect(200);
    ana.refreshes().await.expect(200);
    ana.loads(&url).await.expect_problem(404, "not-found");
    ana.unfriends(&ben).await;
    ben.loads_by_address(&url).await.expect_problem(404, "not-found");
    app.passes(Duration::from_mins(11));
    ben.loads(&url).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn a_signed_address_helps_nobody_else() {
    let Circle { ana, ben, cem, post, app } = circle().await;
    let url = address(&ben, &post).await;
    // Even one who may see the image gets nothing with an address that names another.
    for person in [&ana, &cem] {
        person.loads(&url).await.expect_problem(404, "not-found");
    }
    let renamed = url.replace(&ben.user_id, &ana.user_id);
    let later = url.replace("expires=1", "expires=2");
    let other = url.replace("signature=", "signature=A");
    for wrong in [renamed, later, other, format!("{}?signature=x", bare(&url))] {
        app.anonymous().loads(&wrong).await.expect_problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_signed_address_dies_with_the_access_that_it_was_for() {
    let Circle { ana, ben, post, app, .. } = circle().await;
    let url = address(&ben, &post).await;
    ana.delete(&post.path()).await.expect(204);
    ben.loads_by_address(&url).await.expect_problem(404, "not-found");
    ana.posts_nothing(&format!("{}/restore", post.path())).await.expect(200);
    ben.loads_by_address(&url).await.expect(200);
    ana.unfriends(&ben).await;
    ben.loads_by_address(&url).await.expect_problem(404, "not-found");
    ana.befriends(&ben).await;
    ben.loads_by_address(&url).await.expect(200);
    let db = app.app.db().pooled().await.expect("a connection");
    let suspend = "update users set status = 'suspended' where username = 'ben'";
    db.batch_execute(suspend).await.expect("suspended");
    ben.loads_by_address(&url).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn cookie_sessions_get_bare_addresses() {
    let Circle { app, ben, post, .. } = circle().await;
    let flow = app.starts_sign_in(&ben.phone).await;
    let body =
        json!({ "verification_id": flow, "code": app.code_for(&ben.phone), "session": "cookie" });
    let verify = "/v1/auth/phone/verify";
    let request = ben.request_without_session(Method::POST, verify).header("x-kith-csrf", "1");
    let answer = ben.send(request.json(&body), Method::POST, verify).await.expect(200);
    let cookies: Vec<String> = (answer.headers.get_all("set-cookie").iter())
        .filter_map(|cookie| Some(cookie.to_str().ok()?.split(';').next()?.to_owned()))
        .collect();
    let get = |path: String| {
        let request = ben.request_without_session(Method::GET, &path);
        let request = request.header("cookie", cookies.join("; "));
        let ben = &ben;
        async move { ben.send(request, Method::GET, &path).await }
    };
    let image = get(post.path()).await.expect(200).at("/image");
    let url = source_url(&image, "w320.jpg").expect("a source");
    assert_eq!(url, bare(&url));
    get(url.clone()).await.expect(200);
    let signed = address(&ben, &post).await;
    get(signed).await.expect(200);
}

#[tokio::test]
async fn a_known_copy_is_confirmed_only_after_a_fresh_check() {
    let Circle { app: _app, ana, ben, post, .. } = circle().await;
    let url = address(&ben, &post).await;
    let answer = ben.loads(bare(&url)).await.expect(200);
    for (name, value) in [
        ("cache-control", "private, max-age=60, must-revalidate"),
        ("vary", "Cookie, Authorization"),
        ("content-type", "image/jpeg"),
        ("content-disposition", "inline"),
        ("x-content-type-options", "nosniff"),
        ("accept-ranges", "bytes"),
    ] {
        assert_eq!(answer.header(name), value);
    }
    let tag = answer.header("etag");
    let digest = hex::encode(Sha256::digest(&answer.bytes));
    assert_eq!(tag, format!("\"{}\"", &digest[..32]), "it says what the bytes are, strongly");
    let known = ben.get_with(bare(&url), "if-none-match", &tag).await.expect(304);
    assert_eq!(known.header("cache-control"), answer.header("cache-control"));
    ana.unfriends(&ben).await;
    ben.get_with(bare(&url), "if-none-match", &tag).await.expect_problem(404, "not-found");
}

#[tokio::test]
async fn parts_are_sent_as_asked() {
    let Circle { app: _app, ben, post, .. } = circle().await;
    let url = address(&ben, &post).await;
    let whole = ben.loads(&url).await.expect(200);
    let (size, tag) = (whole.bytes.len(), whole.header("etag"));
    for (asked, from, to) in [
        ("bytes=0-0".to_owned(), 0, 1),
        ("bytes=10-19".to_owned(), 10, 20),
        ("bytes=10-".to_owned(), 10, size),
        ("bytes=-7".to_owned(), size - 7, size),
        (format!("bytes=5-{}", size + 100), 5, size),
    ] {
        let part = ben.get_with(&url, "range", &asked).await.expect(206);
        assert_eq!(part.bytes, whole.bytes[from..to], "{asked}");
        assert_eq!(part.header("content-range"), format!("bytes {from}-{}/{size}", to - 1));
        assert_eq!(part.header("content-length"), (to - from).to_string());
    }
    for outside in [format!("bytes={size}-"), "bytes=-0".to_owned()] {
        let refused = ben.get_with(&url, "range", &outside).await.expect(416);
        assert_eq!(refused.header("content-range"), format!("bytes */{size}"));
        assert!(refused.bytes.is_empty());
    }
    for ignored in ["bytes=3-2", "bytes=a-b", "bytes=0-1,4-5", "lines=0-1", "bytes=+1-2"] {
        assert_eq!(
            ben.get_with(&url, "range", ignored).await.expect(200).bytes,
            whole.bytes,
            "{ignored}"
        );
    }
    for (condition, status) in
        [(tag.as_str(), 206), ("\"other\"", 200), ("Sun, 06 Nov 1994 08:49:37 GMT", 200)]
    {
        let request = ben
            .request(Method::GET, &url)
            .header("range", "bytes=0-1")
            .header("if-range", condition);
        ben.send(request, Method::GET, &url).await.expect(status);
    }
}

#[tokio::test]
async fn head_tells_the_same_without_the_bytes() {
    let Circle { app: _app, ben, cem, post, .. } = circle().await;
    let url = address(&ben, &post).await;
    let whole = ben.loads(&url).await.expect(200);
    let head = |person: &Person| person.request(Method::HEAD, bare(&url)).send();
    let answer = head(&ben).await.expect("an answer");
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-length"], whole.bytes.len().to_string().as_str());
    for name in ["etag", "content-type", "cache-control", "accept-ranges"] {
        assert_eq!(answer.headers()[name], whole.header(name).as_str());
    }
    let ranged = ben.request(Method::HEAD, bare(&url)).header("range", "bytes=0-1").send();
    assert_eq!(ranged.await.expect("an answer").status(), 200, "a part is for GET only");
    assert_eq!(head(&cem).await.expect("an answer").status(), 404);
}

#[tokio::test]
async fn only_what_is_listed_is_there() {
    let Circle { app: _app, ana, post, .. } = circle().await;
    let url = address(&ana, &post).await;
    let folder = bare(&url).trim_end_matches("w320.jpg");
    let image = folder.trim_end_matches("/1/");
    for path in [
        format!("{folder}w640.jpg"),
        format!("{folder}w320.png"),
        format!("{folder}w320"),
        format!("{folder}..%2Fw320.jpg"),
        format!("{folder}w320.jpg.avif"),
        format!("{image}/2/w320.jpg"),
        format!("{image}/0/w320.jpg"),
        format!("{image}/x/w320.jpg"),
        "/v1/images/019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20/1/w320.jpg".to_owned(),
    ] {
        ana.loads(&path).await.expect_problem(404, "not-found");
    }
}

#[tokio::test]
async fn every_listed_source_can_be_fetched_and_has_the_length_that_is_told() {
    let Circle { app: _app, ben, post, .. } = circle().await;
    let image = ben.get(&post.path()).await.expect(200).at("/image");
    let renditions =
        image["renditions"].as_array().expect("renditions").iter().chain([&image["square"]]);
    let sources: Vec<&Value> =
        renditions.flat_map(|r| r["sources"].as_array().expect("sources")).collect();
    assert_eq!(sources.len(), 6);
    for source in sources {
        let answer = ben.loads(source["url"].as_str().expect("an address")).await.expect(200);
        assert_eq!(answer.header("content-type"), source["type"].as_str().expect("a type"));
        if let Some(size) = source["byte_size"].as_u64() {
            assert_eq!(answer.bytes.len() as u64, size);
        }
    }
}
