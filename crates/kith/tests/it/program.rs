//! The program as people run it: one process with a private database, ended politely or not.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use futures_util::future::join_all;
use kith_testkit::program::Program;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const BINARY: &str = env!("CARGO_BIN_EXE_kith");
const VISITORS: usize = 8;

/// The hardest place for data: a long path below a folder that only its owner may enter.
fn hard_place() -> (TempDir, PathBuf) {
    let scratch = tempfile::Builder::new().permissions(Permissions::from_mode(0o700)).tempdir().unwrap();
    let data = scratch.path().join("long".repeat(20)).join("path".repeat(20));
    assert!(data.as_os_str().len() > 150);
    (scratch, data)
}

async fn start(data: &Path) -> Program {
    Program::start(Path::new(BINARY), data).await.unwrap()
}

#[tokio::test]
async fn ctrl_c_lets_what_runs_end_and_leaves_no_process() {
    let (_scratch, data) = hard_place();
    let program = start(&data).await;
    let address = program.url.strip_prefix("http://").unwrap().to_owned();
    let visitors = (0..VISITORS).map(|number| Visitor::in_the_middle(&address, number));
    let visitors = join_all(visitors).await;

    program.press_ctrl_c().unwrap();
    while TcpStream::connect(&address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    // The door is shut; those inside still reach the database.
    for visitor in visitors {
        let answer = visitor.finish().await;
        assert!(answer.starts_with("HTTP/1.1 202 "), "{answer}");
        assert!(answer.trim_end().ends_with('}'), "a whole document: {answer}");
    }
    let status = program.ended().await.unwrap();

    assert!(status.success(), "{status}");
    assert!(!data.join("postgres/data/postmaster.pid").exists(), "the database runs on");
}

/// Somebody whose request the program has begun to handle, and whose body has not come yet.
struct Visitor {
    connection: TcpStream,
    body: String,
}

impl Visitor {
    async fn in_the_middle(address: &str, number: usize) -> Self {
        let body = json!({"phone_number": format!("+1202555{:04}", 150 + number)}).to_string();
        let mut connection = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST /v1/auth/phone/start HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
            body.len(),
        );
        connection.write_all(head.as_bytes()).await.unwrap();
        // Sent when the handler asks for the body, so it runs.
        let mut go_on = [0; "HTTP/1.1 100 Continue\r\n\r\n".len()];
        connection.read_exact(&mut go_on).await.unwrap();
        assert!(go_on.starts_with(b"HTTP/1.1 100 "));
        Self { connection, body }
    }

    async fn finish(mut self) -> String {
        self.connection.write_all(self.body.as_bytes()).await.unwrap();
        let mut answer = String::new();
        self.connection.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_killed_program_and_a_killed_database() {
    let (_scratch, data) = hard_place();
    let program = start(&data).await;
    let token = sign_in(&program.url, "+12025550143").await;
    let renamed = json!({"username": "ana", "display_name": "Ana"});
    let me = patch_me(&program.url, &token, &renamed).await;
    assert_eq!(me["username"], "ana");
    program.kill().await.unwrap();

    // The database outlived its owner and is taken over.
    let before = postmaster(&data);
    let program = start(&data).await;
    assert_eq!(postmaster(&data), before);
    assert_eq!(get_me(&program.url, &token).await["username"], "ana");
    program.kill().await.unwrap();

    let database = rustix::process::Pid::from_raw(before).unwrap();
    rustix::process::kill_process(database, rustix::process::Signal::KILL).unwrap();
    let program = start(&data).await;
    assert_ne!(postmaster(&data), before);
    assert_eq!(get_me(&program.url, &token).await["username"], "ana");
    program.press_ctrl_c().unwrap();
    assert!(program.ended().await.unwrap().success());
}

fn postmaster(data: &Path) -> i32 {
    let lock = fs::read_to_string(data.join("postgres/data/postmaster.pid")).unwrap();
    lock.lines().next().unwrap().parse().unwrap()
}

/// Signs a new person in with the code from the development inbox.
async fn sign_in(url: &str, phone: &str) -> String {
    let http = Client::builder().build().unwrap();
    let started = http.post(format!("{url}/v1/auth/phone/start")).json(&json!({"phone_number": phone}));
    let started = accepted(started).await;
    let inbox = http.get(format!("{url}/dev/inbox")).query(&[("phone_number", phone)]);
    let code = accepted(inbox).await["items"][0]["code"].clone();
    let verify = json!({"verification_id": started["verification_id"], "code": code});
    let session = accepted(http.post(format!("{url}/v1/auth/phone/verify")).json(&verify)).await;
    session["access_token"].as_str().unwrap().to_owned()
}

async fn get_me(url: &str, token: &str) -> Value {
    let http = Client::builder().build().unwrap();
    accepted(http.get(format!("{url}/v1/me")).bearer_auth(token)).await
}

async fn patch_me(url: &str, token: &str, change: &Value) -> Value {
    let http = Client::builder().build().unwrap();
    let address = format!("{url}/v1/me");
    let now = http.get(&address).bearer_auth(token).send().await.unwrap();
    let version = now.headers()["etag"].clone();
    accepted(http.patch(&address).bearer_auth(token).header("if-match", version).json(change)).await
}

async fn accepted(request: reqwest::RequestBuilder) -> Value {
    let answer = request.send().await.unwrap();
    let status = answer.status();
    let body = answer.json().await.unwrap();
    assert!(status.is_success() && status != StatusCode::NO_CONTENT, "{status}: {body}");
    body
}
