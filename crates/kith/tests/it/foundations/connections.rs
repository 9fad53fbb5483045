//! Connections: who says nothing is closed, who has asked gets the answer, and there are only so many.

use std::time::{Duration, Instant};

use kith_testkit::{Options, TestApp};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const PING: &[u8] = b"GET /livez HTTP/1.1\r\nhost: kith\r\nconnection: close\r\n\r\n";

async fn hasty() -> TestApp {
    TestApp::with(Options {
        configure: |config| config.http.head_seconds = 1,
        background: false,
        ..Options::default()
    })
    .await
}

async fn connect(app: &TestApp) -> TcpStream {
    TcpStream::connect(app.app.config().http.address).await.unwrap()
}

/// What arrives until the server closes the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset is an end, too.
    let _ = stream.read_to_end(&mut bytes).await;
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn a_client_that_never_finishes_its_question_is_closed() {
    let app = hasty().await;
    let half_a_head = b"GET /livez HTTP/1.1\r\nhost: kith\r\nx-slow: ";
    let half_a_preface = b"PRI * HTTP/2.0\r\n";
    let only_a_preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
    let nothing = b"";
    for begun in [&half_a_head[..], half_a_preface, only_a_preface, nothing] {
        let mut stream = connect(&app).await;
        stream.write_all(begun).await.unwrap();
        let answer = tokio::time::timeout(Duration::from_secs(20), rest(&mut stream)).await;
        assert!(!answer.expect("the server closes it").starts_with("HTTP/1.1 200"));
    }
    let mut stream = connect(&app).await;
    stream.write_all(PING).await.unwrap();
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn shutdown_lets_a_request_that_runs_have_its_answer() {
    let app = TestApp::with(Options { background: false, ..Options::default() }).await;
    let body = r#"{"phone_number":"+14155550100"}"#;
    let head = format!(
        "POST /v1/auth/phone/start HTTP/1.1\r\nhost: kith\r\ncontent-type: application/json\r\n\
         expect: 100-continue\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let (mut asking, mut idle) = (connect(&app).await, connect(&app).await);
    asking.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    asking.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");

    let address = app.app.config().http.address;
    app.app.stopping().cancel();
    assert_eq!(rest(&mut idle).await, "", "idle connections end at once");
    assert!(TcpStream::connect(address).await.is_err(), "no new ones are taken");
    asking.write_all(body.as_bytes()).await.unwrap();
    let answer = rest(&mut asking).await;
    assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    let started = Instant::now();
    app.app.shut_down(Duration::from_secs(30)).await;
    assert!(started.elapsed() < Duration::from_secs(30), "nothing is left to wait for");
}

#[tokio::test]
async fn who_comes_when_all_places_are_taken_waits_for_one() {
    let app = TestApp::with(Options {
        configure: |config| {
            config.http.head_seconds = 1;
            config.http.max_connections = 1;
        },
        background: false,
        ..Options::default()
    })
    .await;
    let started = Instant::now();
    let _silent = connect(&app).await;
    let mut second = connect(&app).await;
    second.write_all(PING).await.unwrap();
    assert!(rest(&mut second).await.starts_with("HTTP/1.1 200"));
    assert!(started.elapsed() >= Duration::from_millis(900), "the first had its second");
}
