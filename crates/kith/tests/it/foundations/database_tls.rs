//! Encrypted connections to PostgreSQL. The server itself listens on a socket only, so a door with a
//! certificate stands before it and speaks what PostgreSQL speaks until the connection is encrypted.

use std::{path::Path, process::Command, sync::Arc};

use kith::{db::Database, jobs, start};
use kith_testkit::postgres::TestDatabase;
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional},
    net::{TcpListener, TcpStream, UnixStream},
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

/// Request code 80877103 (PostgreSQL documentation, "Message formats", `SSLRequest`).
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

/// A TCP port before the socket of a database.
struct Door {
    database: TestDatabase,
    files: TempDir,
    port: u16,
    _accepting: JoinSet<()>,
}

impl Door {
    /// Opens it, with a certificate for `localhost` or without encryption.
    async fn open(is_encrypted: bool) -> Self {
        let database = TestDatabase::create().await.unwrap();
        let files = certificates();
        let acceptor = is_encrypted.then(|| acceptor(files.path()));
        let place = database.connection();
        let socket = place.host.join(format!(".s.PGSQL.{}", place.port));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut accepting = JoinSet::new();
        accepting.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((outside, _)) = listener.accept().await {
                let inside = UnixStream::connect(&socket).await.unwrap();
                connections.spawn(pass(outside, inside, acceptor.clone()));
            }
        });
        Self { database, files, port, _accepting: accepting }
    }

    fn url(&self, server: &str, mode: &str) -> String {
        let place = self.database.connection();
        format!(
            "host={server} hostaddr=127.0.0.1 port={} user={} dbname={} sslmode={mode}",
            self.port, place.user, place.database
        )
    }

    fn authority(&self) -> std::path::PathBuf {
        self.files.path().join("ca.pem")
    }
}

async fn pass(mut outside: TcpStream, mut inside: UnixStream, acceptor: Option<TlsAcceptor>) {
    let mut request = [0; 8];
    outside.read_exact(&mut request).await.unwrap();
    let Some(acceptor) = acceptor else {
        if request == SSL_REQUEST {
            outside.write_all(b"N").await.unwrap();
        } else {
            inside.write_all(&request).await.unwrap();
        }
        let _ = copy_bidirectional(&mut outside, &mut inside).await;
        return;
    };
    assert_eq!(request, SSL_REQUEST, "nothing is said in the clear");
    outside.write_all(b"S").await.unwrap();
    // A client that does not trust the certificate goes away here.
    if let Ok(mut outside) = acceptor.accept(outside).await {
        let _ = copy_bidirectional(&mut outside, &mut inside).await;
    }
}

fn openssl(directory: &Path, arguments: &str) {
    let output = Command::new("openssl")
        .args(arguments.split_whitespace())
        .current_dir(directory)
        .output()
        .expect("this test needs the openssl program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// An authority, a certificate of it for `localhost`, and an authority that has nothing to do with them.
pub fn certificates() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";
    for name in ["ca", "stranger"] {
        let made = format!("-subj /CN={name} -keyout {name}.key -out {name}.pem");
        openssl(directory.path(), &format!("req -x509 {key} {made}"));
    }
    let made = "-CA ca.pem -CAkey ca.key -subj /CN=localhost -keyout server.key -out server.pem";
    let kind = "-addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE";
    openssl(directory.path(), &format!("req -x509 {key} {made} {kind}"));
    directory
}

fn acceptor(files: &Path) -> TlsAcceptor {
    let chain = vec![CertificateDer::from_pem_file(files.join("server.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_file(files.join("server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

async fn failure(url: &str, ca_file: Option<&Path>) -> String {
    let database = Database::open(url, 1, ca_file).unwrap();
    let error = database.connect_client().await.expect_err("no connection");
    format!("{:#}", anyhow::Error::from(error))
}

#[tokio::test]
async fn with_the_right_authority_everything_goes_over_the_encrypted_connection() {
    let door = Door::open(true).await;
    let authority = door.authority();
    let url = door.url("localhost", "require");
    let database = Database::open(&url, 1, Some(&authority)).unwrap();
    assert!(database.is_encrypted());
    let client = database.connect_client().await.unwrap();
    assert_eq!(client.query_one("select 1", &[]).await.unwrap().get::<_, i32>(0), 1);
    database.pooled().await.unwrap().batch_execute("select 1").await.unwrap();
    database.shared().await.unwrap().batch_execute("select 1").await.unwrap();
    start::migrate(&url, &url, Some(&authority)).await.unwrap();
    jobs::migrate(&url, Some(&authority)).await.unwrap();
    // An authority in the settings says it all.
    let preferred = Database::open(&door.url("localhost", "prefer"), 1, Some(&authority)).unwrap();
    assert!(preferred.is_encrypted());
}

#[tokio::test]
async fn a_server_that_cannot_prove_its_name_is_refused() {
    let door = Door::open(true).await;
    let url = door.url("localhost", "require");
    let stranger = door.files.path().join("stranger.pem");
    for ca_file in [Some(stranger.as_path()), None] {
        let told = failure(&url, ca_file).await;
        assert!(told.contains("invalid peer certificate"), "{told}");
    }
    let told = failure(&door.url("db.example.org", "require"), Some(&door.authority())).await;
    assert!(told.contains("not valid for name"), "{told}");
}

#[tokio::test]
async fn a_server_without_encryption_is_refused_where_it_is_required() {
    let door = Door::open(false).await;
    let told = failure(&door.url("localhost", "require"), Some(&door.authority())).await;
    assert!(told.contains("does not support TLS"), "{told}");
    let plain = Database::new(&door.url("localhost", "prefer"), 1).unwrap();
    plain.connect_client().await.unwrap();
}

#[test]
fn authorities_that_cannot_be_read_are_told_at_start() {
    let directory = tempfile::tempdir().unwrap();
    let empty = directory.path().join("empty.pem");
    std::fs::write(&empty, "").unwrap();
    for path in [empty, directory.path().join("absent.pem")] {
        let error = Database::open("host=localhost sslmode=require", 1, Some(&path)).unwrap_err();
        let told = error.to_string();
        assert!(told.contains("database.ca_file") && told.contains(".pem"), "{told}");
    }
    let socket = Database::open("host=/run/postgresql", 1, Some(&directory.path().join("absent")));
    assert!(!socket.unwrap().is_encrypted(), "sockets of this machine need none");
}
