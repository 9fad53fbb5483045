//! Ending politely: what runs comes to its end, and nothing is left running.

use futures_util::future::join_all;
use kith_testkit::Photo;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{ends, hard_place, postmaster, start};

const VISITORS: usize = 8;

#[tokio::test]
async fn ctrl_c_lets_what_runs_end_and_leaves_no_process() {
    let (_scratch, data) = hard_place();
    let program = start(&data).await;
    let address = program.url.strip_prefix("http://").expect("plain http").to_owned();
    let visitors = (0..VISITORS).map(|number| Visitor::in_the_middle(&address, number));
    let visitors = join_all(visitors).await;

    program.press_ctrl_c().expect("it takes signals");
    while TcpStream::connect(&address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    // The door is shut; those inside still reach the database.
    for visitor in visitors {
        let answer = visitor.finish().await;
        assert!(answer.starts_with("HTTP/1.1 202 "), "{answer}");
        assert!(answer.trim_end().ends_with('}'), "a whole document: {answer}");
    }
    let status = program.ended().await.expect("it ends");
    assert!(status.success(), "{status}");
    assert_eq!(postmaster(&data), None, "the database has ended too");
}

/// Somebody whose request the program has begun to handle, and whose body has not come yet.
struct Visitor {
    connection: TcpStream,
    body: String,
}

impl Visitor {
    async fn in_the_middle(address: &str, number: usize) -> Self {
        let body = json!({ "phone_number": format!("+1202555{:04}", 150 + number) }).to_string();
        let mut connection = TcpStream::connect(address).await.expect("it listens");
        let head = format!(
            "POST /v1/auth/phone/start HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
            body.len(),
        );
        connection.write_all(head.as_bytes()).await.expect("it is sent");
        // Sent when the handler asks for the body, so it runs.
        let mut go_on = [0; "HTTP/1.1 100 Continue\r\n\r\n".len()];
        connection.read_exact(&mut go_on).await.expect("it goes on");
        assert!(go_on.starts_with(b"HTTP/1.1 100 "));
        Self { connection, body }
    }

    async fn finish(mut self) -> String {
        self.connection.write_all(self.body.as_bytes()).await.expect("it is sent");
        let mut answer = String::new();
        self.connection.read_to_string(&mut answer).await.expect("it answers");
        answer
    }
}

#[tokio::test]
async fn ctrl_c_does_not_wait_for_open_sockets_and_loses_no_photo_in_work() {
    let (_scratch, data) = hard_place();
    let program = start(&data).await;
    let ana = program.person("ana", "+14155550101").await;
    let mut socket = ana.socket().await.subscribes("feed").await;
    let mut posts = Vec::new();
    for hue in 0..4 {
        posts.push(ana.posts(Photo::small(hue)).await);
    }
    ends(program).await;
    socket.is_cut_off().await;

    let program = start(&data).await;
    let ana = ana.moved_to(&program.url);
    for post in &posts {
        super::dying::settles(&ana, &post.path(), |post| post["processing"] == json!(false)).await;
    }
    assert_eq!(ana.feed().await.len(), posts.len());
    ends(program).await;
}
