//! Programs of others, run by Node.js as processes of a test's own: the test writes them lines of JSON and reads
//! theirs. They live in `peers/`, each with its packages, and end with the value that holds them.
//!
//! It must never pass over a peer that is not installed: a test without its judge proves nothing.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::timeout,
};

/// Loading a provider of OpenID Connect takes ten seconds on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running peer.
pub struct NodePeer {
    name: &'static str,
    _process: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl NodePeer {
    /// Starts the peer of that folder.
    pub fn start(name: &'static str) -> Self {
        let folder = folder(name);
        assert!(
            folder.join("node_modules").is_dir(),
            "the packages of the peer {name} are missing: run scripts/setup test"
        );
        let mut process = Command::new("node")
            .arg("server.mjs")
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("Node.js is installed: run scripts/setup test");
        let input = process.stdin.take().expect("its input");
        let output = BufReader::new(process.stdout.take().expect("its output")).lines();
        Self { name, _process: process, input, output }
    }

    /// Tells it something.
    pub async fn tell(&mut self, message: &Value) {
        let line = format!("{message}\n");
        self.input.write_all(line.as_bytes()).await.expect("the peer listens");
    }

    /// The next thing that it says.
    pub async fn hear(&mut self) -> Value {
        let name = self.name;
        let line = timeout(PATIENCE, self.output.next_line()).await;
        let line = line.unwrap_or_else(|_| panic!("the peer {name} says nothing"));
        let line = line.expect("the peer writes text");
        let line = line.unwrap_or_else(|| {
            panic!("the peer {name} ended: run node server.mjs in its folder to see why")
        });
        serde_json::from_str(&line).expect("the peer writes JSON")
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(name)
}

/// A certified provider of OpenID Connect.
pub struct OidcPeer {
    peer: NodePeer,
    /// How it writes itself.
    pub issuer: String,
}

impl OidcPeer {
    /// Starts it, without a client yet: where that is, is known only when the application runs.
    pub async fn start() -> Self {
        let mut peer = NodePeer::start("oidc");
        let said = peer.hear().await;
        let issuer = said["issuer"].as_str().expect("its issuer").to_owned();
        Self { peer, issuer }
    }

    /// Gives it its client: `algorithm` signs the ID tokens, `secret_by` says how the client shows its secret.
    pub async fn knows(&mut self, redirect_uri: &str, algorithm: &str, secret_by: &str) {
        let client = json!({
            "client_id": OIDC_CLIENT, "client_secret": OIDC_SECRET, "redirect_uris": [redirect_uri],
            "id_token_signed_response_alg": algorithm, "token_endpoint_auth_method": secret_by,
        });
        self.peer.tell(&client).await;
        assert_eq!(self.peer.hear().await, json!({ "ready": true }));
    }
}

/// What providers call the application under test.
pub const OIDC_CLIENT: &str = "kith";
/// Its secret with them; the signs in it must be encoded on the way.
pub const OIDC_SECRET: &str = "a secret: of 100% +/&= signs, long enough";

/// A mail server that tells what it took.
pub struct SmtpPeer {
    peer: NodePeer,
    /// Where it listens.
    pub port: u16,
}

impl SmtpPeer {
    /// Starts it with its settings.
    pub async fn start(settings: Value) -> Self {
        let mut peer = NodePeer::start("smtp");
        peer.tell(&settings).await;
        let said = peer.hear().await;
        let port = said["port"].as_u64().and_then(|port| u16::try_from(port).ok());
        Self { peer, port: port.expect("its port") }
    }

    /// The next mail that it took, as another program reads it.
    pub async fn next_mail(&mut self) -> Value {
        self.peer.hear().await
    }
}
