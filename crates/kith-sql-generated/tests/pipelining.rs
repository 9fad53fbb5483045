//! Statements of one client travel together: the generated functions can be polled at the same time
//! and the second leaves before the first is answered.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test, and its runtime ends with it"
)]

use std::{fs::Permissions, os::unix::fs::PermissionsExt, pin::pin, time::Duration};

use kith_postgres::{Connection, EmbeddedConfig, Running};
use kith_sql_generated::queries::db::{acquire_lease, release_lease};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream, ReadHalf, WriteHalf, duplex, split},
    net::UnixStream,
    sync::watch,
    time::timeout,
};
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

const BUFFER_BYTES: usize = 64 * 1024;
/// Only a failing test waits this long.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn two_statements_are_sent_before_the_first_is_answered() {
    let (_scratch, server) = server();
    let (client, answers) = client_behind_a_gate(server.connection()).await;
    let (acquire, release) = (acquire_lease(), release_lease());
    let acquire = acquire.prepare(&client).await.unwrap();
    let release = release.prepare(&client).await.unwrap();
    let holder = Uuid::from_u128(7);
    let before = *answers.executed.borrow();

    answers.let_through.send(false).unwrap();
    let mut both = pin!(async {
        tokio::try_join!(
            acquire.bind(&client, &"one", &holder, &60.0).opt(),
            release.bind(&client, &"another", &holder),
        )
    });
    let mut executed = answers.executed.clone();
    let both_sent = timeout(PATIENCE, executed.wait_for(|count| *count >= before + 2));
    tokio::select! {
        outcome = &mut both => panic!("answered through a closed gate: {outcome:?}"),
        sent = both_sent => { sent.expect("the second waited for the answer of the first").unwrap(); }
    }
    answers.let_through.send(true).unwrap();

    let (acquired, released) = both.await.unwrap();
    assert_eq!((acquired.as_deref(), released), (Some("one"), 0));
    server.stop().unwrap();
}

fn server() -> (TempDir, Running) {
    let passable = Permissions::from_mode(0o711);
    let scratch = tempfile::Builder::new().permissions(passable).tempdir().unwrap();
    let config = EmbeddedConfig::disposable(scratch.path().join("postgres"));
    (scratch, kith_postgres::start(&config).unwrap())
}

/// What the gate between client and server sees and does.
struct Answers {
    /// How many statements the client has told the server to execute.
    executed: watch::Receiver<usize>,
    /// Whether the server's answers reach the client.
    let_through: watch::Sender<bool>,
}

async fn client_behind_a_gate(connection: &Connection) -> (Client, Answers) {
    let config: tokio_postgres::Config = connection.to_string().parse().unwrap();
    let (mut direct, driver) = config.connect(NoTls).await.unwrap();
    tokio::spawn(driver);
    kith_sql::migrate_primary(&mut direct).await.unwrap();

    let socket = connection.host.join(format!(".s.PGSQL.{}", connection.port));
    let (from_server, to_server) = split(UnixStream::connect(socket).await.unwrap());
    let (near, far) = duplex(BUFFER_BYTES);
    let (from_client, to_client) = split(far);
    let (count, executed) = watch::channel(0);
    let (let_through, gate) = watch::channel(true);
    tokio::spawn(forward_questions(from_client, to_server, count));
    tokio::spawn(forward_answers(from_server, to_client, gate));
    let (client, driver) = config.connect_raw(near, NoTls).await.unwrap();
    tokio::spawn(driver);
    (client, Answers { executed, let_through })
}

/// Counts the Execute messages among what the client sends. The start-up message has no type byte.
async fn forward_questions(
    mut from: ReadHalf<DuplexStream>,
    mut to: WriteHalf<UnixStream>,
    executed: watch::Sender<usize>,
) {
    let (mut pending, mut type_bytes) = (Vec::new(), 0);
    let mut buffer = vec![0; BUFFER_BYTES];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        to.write_all(&buffer[..length]).await.unwrap();
        pending.extend_from_slice(&buffer[..length]);
        while let Some(size) = pending.get(type_bytes..type_bytes + 4) {
            let size = type_bytes + u32::from_be_bytes(size.try_into().unwrap()) as usize;
            if pending.len() < size {
                break;
            }
            if type_bytes == 1 && pending[0] == b'E' {
                executed.send_modify(|count| *count += 1);
            }
            pending.drain(..size);
            type_bytes = 1;
        }
    }
}

async fn forward_answers(
    mut from: ReadHalf<UnixStream>,
    mut to: WriteHalf<DuplexStream>,
    mut gate: watch::Receiver<bool>,
) {
    let mut buffer = vec![0; BUFFER_BYTES];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if gate.wait_for(|open| *open).await.is_err()
            || to.write_all(&buffer[..length]).await.is_err()
        {
            return;
        }
    }
}
