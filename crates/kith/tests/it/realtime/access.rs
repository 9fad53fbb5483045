//! Who gets a socket, and what ends one.

use std::time::Duration;

use kith_testkit::TestApp;
use kith_testkit::realtime::LiveSocket;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::story;

#[tokio::test]
async fn a_wrong_token_is_refused_before_the_socket_opens() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let newcomer = app.newcomer("eve").await;
    let bearer = |token: &str| [("authorization", format!("Bearer {token}"))];
    assert_eq!(ana.is_refused_a_socket(&bearer("nonsense")).await, 401);
    assert_eq!(ana.is_refused_a_socket(&bearer(&newcomer.access_token())).await, 403);
    ben.posts_nothing("/v1/auth/logout").await.expect(204);
    assert_eq!(ben.is_refused_a_socket(&bearer(&ben.access_token())).await, 401);
    ana.get("/v1/realtime").await.expect_problem(400, "malformed");
}

#[tokio::test]
async fn a_cookie_opens_a_socket_for_our_own_pages_only() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let cookie = format!("{}={}", app.app.cookie_names().access, ana.access_token());
    let from = |origin: &str| [("cookie", cookie.clone()), ("origin", origin.to_owned())];
    let mut socket =
        LiveSocket::open(&app.url, &from(&app.url)).await.expect("it opens").subscribes("me").await;
    socket.catches_up().await;
    assert_eq!(ana.is_refused_a_socket(&from("https://evil.example")).await, 401);
    assert_eq!(ana.is_refused_a_socket(&from("null")).await, 401);
}

#[tokio::test]
async fn the_first_frame_may_bring_the_token() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let mut socket = ana.anonymous_socket().await;
    socket.sends(json!({ "type": "auth", "token": ana.access_token() })).await;
    assert_eq!(socket.frame().await, json!({ "type": "authenticated" }));
    socket.subscribes("feed").await.catches_up().await;

    let ended = ben.access_token();
    ben.posts_nothing("/v1/auth/logout").await.expect(204);
    for frame in [
        json!({ "type": "auth", "token": "nonsense" }),
        json!({ "type": "auth", "token": ended }),
        json!({ "type": "subscribe", "channel": "me" }),
    ] {
        let mut socket = ana.anonymous_socket().await;
        socket.sends(frame).await;
        assert_eq!(socket.ends().await, 4401);
    }
    // And one that says nothing is given five seconds.
    assert_eq!(ana.anonymous_socket().await.ends().await, 4401);
}

#[tokio::test]
async fn a_session_that_ends_closes_its_sockets_and_no_others() {
    let app = TestApp::start().await;
    let ben = app.person("ben").await;
    let other = app.signs_in("ben", &ben.phone).await;
    let mut stays = ben.socket().await.subscribes("me").await;
    let mut ends = other.socket().await.subscribes("me").await;
    let sessions = ben.get("/v1/sessions").await.expect(200).items();
    let its =
        sessions.iter().find(|session| session["current"] == json!(false)).expect("two sessions");
    let session = its["session_id"].as_str().expect("an id");
    ben.delete(&format!("/v1/sessions/{session}")).await.expect(204);
    assert_eq!(ends.ends().await, 4403);
    assert_eq!(stays.hears("session.revoked").await["session_id"], json!(session));
    stays.catches_up().await;
}

#[tokio::test]
async fn an_end_that_no_event_tells_of_is_noticed_all_the_same() {
    let app = TestApp::start().await;
    let [ana, ben, dan] = app.people(["ana", "ben", "dan"]).await;
    let mut stays = dan.socket().await.subscribes("me").await;
    let (mut one, mut other) = (ana.socket().await, ben.socket().await);
    let sql = app.sql().await;
    sql.execute(
        "update refresh_tokens set revoked_at = now(), revoked_reason = 'signed-out' where user_id = $1",
        &[&ana.id()],
    )
    .await
    .unwrap();
    sql.execute("update users set status = 'suspended' where user_id = $1", &[&ben.id()])
        .await
        .unwrap();
    assert_eq!((one.ends().await, other.ends().await), (4403, 4403));
    stays.catches_up().await;
}

#[tokio::test]
async fn who_sends_too_fast_is_closed_and_who_sends_nonsense_is_told() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let mut socket = ana.socket().await;
    socket.sends(json!({ "type": "shout" })).await;
    assert_eq!(socket.frame().await["problem"]["status"], json!(400));
    for _ in 0..200 {
        socket.sends(json!({ "type": "ping" })).await;
    }
    assert_eq!(socket.ends().await, 4429);
}

#[tokio::test]
async fn a_server_that_stops_says_goodbye() {
    let (app, [ana, ..], _) = story().await;
    let mut socket = ana.socket().await.subscribes("me").await;
    let (code, ()) = tokio::join!(socket.ends(), app.stops());
    assert_eq!(code, 1001);
}

/// The library's own buffers would take 134 kB for each socket; an unoptimised build adds some to the rest.
/// Measured in a process of its own, where no other test runs.
#[tokio::test]
async fn an_idle_socket_costs_little_memory() {
    if std::env::var_os(ALONE).is_some() {
        return measure_idle_sockets().await;
    }
    let program = std::env::current_exe().expect("this program");
    let name = concat!(module_path!(), "::an_idle_socket_costs_little_memory");
    let name = name.split_once("::").expect("a path within the program").1;
    let outcome = tokio::process::Command::new(program)
        .args(["--exact", name, "--nocapture"])
        .env(ALONE, "1")
        .output()
        .await
        .expect("it runs");
    let said = String::from_utf8_lossy(&outcome.stdout);
    assert!(outcome.status.success() && said.contains("1 passed"), "{said}");
}

const ALONE: &str = "KITH_TEST_ALONE";

async fn measure_idle_sockets() {
    const SOCKETS: usize = 400;
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let token = ana.access_token();
    let mut open = Vec::with_capacity(SOCKETS);
    for _ in 0..20 {
        open.push(raw_socket(&app.url, &token).await);
    }
    let before = resident_bytes();
    for _ in 0..SOCKETS {
        open.push(raw_socket(&app.url, &token).await);
    }
    let each = resident_bytes().saturating_sub(before) / SOCKETS;
    assert!(each < 32 * 1024, "{each} bytes for each idle socket");
    assert_eq!(app.app.hub().sockets(), SOCKETS + 20);
    drop(open);
    let gone = async {
        while app.app.hub().sockets() > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), gone)
        .await
        .expect("sockets that went away are forgotten");
}

/// A socket whose client keeps no buffers, following `me` and `feed`.
async fn raw_socket(url: &str, token: &str) -> TcpStream {
    let address = url.strip_prefix("http://").expect("plain http");
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let request = format!(
        "GET /v1/realtime HTTP/1.1\r\nhost: {address}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         authorization: Bearer {token}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.expect("a request");
    for channel in ["me", "feed"] {
        stream
            .write_all(&masked(&format!(r#"{{"type":"subscribe","channel":"{channel}"}}"#)))
            .await
            .expect("a frame");
    }
    let (mut answer, mut chunk) = (Vec::new(), [0; 1024]);
    while answer.windows(12).filter(|part| part == b"\"subscribed\"").count() < 2 {
        let count = stream.read(&mut chunk).await.expect("an answer");
        assert_ne!(count, 0, "{}", String::from_utf8_lossy(&answer));
        answer.extend_from_slice(&chunk[..count]);
    }
    stream
}

/// A text frame of a client (RFC 6455, section 5.2) with a mask of zeros.
fn masked(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).expect("a short frame");
    assert!(length < 126);
    let mut frame = vec![0x81, 0x80 | length, 0, 0, 0, 0];
    frame.extend_from_slice(text.as_bytes());
    frame
}

fn resident_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a line");
    let kilobytes: usize =
        line.split_whitespace().nth(1).expect("a number").parse().expect("a number");
    kilobytes * 1024
}
