//! `kith demo` against a running application: what a newcomer sees, and that a second run adds nothing.

use std::{collections::BTreeSet, path::PathBuf};

use kith::{
    cli::demo::{self, Added},
    jobs,
};
use kith_testkit::{Options, Person, TestApp};

/// The largest photos of the test: what matters is that they are photos.
const LONG_EDGE: u32 = 320;
const ROBIN: &str = "+12025550100";
const LENA: &str = "+12025550107";

/// An application whose worker runs, as `kith serve --all` has it.
async fn running() -> TestApp {
    let media_program = Some(PathBuf::from(env!("CARGO_BIN_EXE_kith")));
    let app = TestApp::with(Options { media_program, ..Options::default() }).await;
    let (worker, database) = (app.app.clone(), app.database.connection().to_string());
    let stop = app.app.stopping();
    app.app.spawn(async move { jobs::work(worker, &database, 2, stop).await.unwrap() });
    app
}

async fn told(app: &TestApp) -> (Added, Vec<String>) {
    let mut lines = Vec::new();
    let mut say = |line: &str| lines.push(line.to_owned());
    let added = demo::tell(app.url.parse().unwrap(), LONG_EDGE, &mut say).await.unwrap();
    (added, lines)
}

async fn captions(person: &Person) -> BTreeSet<String> {
    let feed = person.get("/v1/feed?limit=50").await.expect(200);
    let posts = feed.items();
    for post in &posts {
        let sources = post.pointer("/image/renditions/0/sources").unwrap();
        assert!(!sources.as_array().unwrap().is_empty(), "{post}");
        assert!(post["comment_count"].as_i64().unwrap() > 0, "{post}");
    }
    posts.iter().map(|post| post["caption"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_finds_a_living_feed_and_a_second_run_adds_nothing() {
    let app = running().await;
    let (added, lines) = told(&app).await;
    let expected =
        Added { people: 8, pictures: 8, friendships: 16, contacts: 9, posts: 20, comments: 51 };
    assert_eq!(added, expected);
    assert!(lines.iter().any(|line| line.starts_with("Hannah Weiss: ")), "{lines:?}");

    let robin = app.signs_in("robin", ROBIN).await;
    let seen = captions(&robin).await;
    // Neither Lena's, whose request waits, nor the one for Sam and Tomás only.
    assert_eq!(seen.len(), 18, "{seen:#?}");
    assert!(seen.iter().any(|caption| caption.starts_with("For you two only")));
    assert!(!seen.iter().any(|caption| caption.starts_with("Surprise for Sunday")));
    assert_eq!(robin.get("/v1/friends").await.expect(200).items().len(), 6);
    let requests = robin.get("/v1/friends/requests?direction=incoming").await.expect(200);
    assert_eq!(requests.text("/items/0/user/display_name"), "Lena Petrova");
    let me = robin.get("/v1/me").await.expect(200);
    assert!(me.at("/profile_picture/square").is_object(), "{}", me.body);
    let sessions = robin.get("/v1/sessions").await.expect(200);
    assert_eq!(sessions.items().len(), 1, "the demo signs out");

    let path = format!("/v1/friends/requests/{}/accept", requests.text("/items/0/friendship_id"));
    robin.posts_nothing(&path).await.expect(200);
    assert_eq!(captions(&robin).await.len(), 19, "Lena's photo appears");

    let (again, lines) = told(&app).await;
    assert_eq!(again, Added::default());
    assert!(lines.iter().any(|line| line == "All 8 people are members already."), "{lines:?}");
    assert_eq!(captions(&robin).await.len(), 19);
    let lena = app.signs_in("lena", LENA).await;
    let outgoing = lena.get("/v1/friends/requests?direction=outgoing").await.expect(200);
    assert!(outgoing.items().is_empty(), "an accepted request is not made again");
    app.stops().await;
}

#[tokio::test]
async fn a_missing_instance_and_a_missing_inbox_are_explained() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{nobody}").parse().unwrap();
    let refused = demo::tell(url, LONG_EDGE, &mut |_| {}).await.unwrap_err().to_string();
    assert!(refused.contains("make run"), "{refused}");

    let configure = |config: &mut kith::config::Config| {
        config.environment = Some(kith::config::Environment::Production);
        config.limits.profile = Some(kith::config::LimitProfile::Production);
    };
    let app = TestApp::with(Options { configure, ..Options::default() }).await;
    let url = app.url.parse().unwrap();
    let refused = demo::tell(url, LONG_EDGE, &mut |_| {}).await.unwrap_err().to_string();
    assert!(refused.contains("development mode"), "{refused}");
}
