//! Starting: what is kept from one start to the next, and what is said where nothing can be started.

use std::path::Path;

use kith_testkit::{Photo, posts::source_url, program::Program};

use super::{BINARY, ends, hard_place, start};

#[tokio::test]
async fn a_second_start_finds_everything_as_it_was() {
    let (_scratch, data) = hard_place();
    let program = start(&data).await;
    let ana = program.person("ana", "+14155550101").await;
    let ben = program.person("ben", "+14155550102").await;
    ana.befriends(&ben).await;
    let mut feed = ben.socket().await.subscribes("feed").await;
    let post = ana.posts(Photo::small(1)).await;
    feed.hears("post.ready").await;
    ben.comments(&post.id, "Hello").await;
    let image = ben.get(&post.path()).await.expect(200).at("/image");
    let photo = ben.loads(&source_url(&image, "w320.avif").expect("a source")).await.expect(200);
    ends(program).await;

    let program = start(&data).await;
    let [ana, ben] = [ana, ben].map(|person| person.moved_to(&program.url));
    assert_eq!(ben.feed().await, std::slice::from_ref(&post.id));
    assert_eq!(ana.reads_comments(&post.id).await, ["Hello"]);
    let image = ben.get(&post.path()).await.expect(200).at("/image");
    let again = ben.loads(&source_url(&image, "w320.avif").expect("a source")).await.expect(200);
    assert_eq!(again.bytes, photo.bytes);
    // Keys are kept too: a session goes on, and so does its place in the stream of events.
    ana.refreshes().await.expect(200);
    let mut feed = ben.socket().await.resumes("feed", &feed.disappears()).await;
    let next = ana.posts(Photo::small(2)).await;
    assert_eq!(feed.hears("post.ready").await["post_id"], serde_json::json!(next.id));
    ends(program).await;
}

#[tokio::test]
async fn without_postgresql_the_error_names_the_package() {
    let (_scratch, data) = hard_place();
    let output =
        Program::start_without_postgresql(Path::new(BINARY), &data).await.expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains("install the package `postgresql`"), "{said}");
    assert!(output.stdout.is_empty(), "it does not claim to be ready");
}
