//! The example of an edge cache: `docs/operators/nginx.conf`, as nginx itself reads and runs it.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use kith_testkit::{Person, Photo, TestApp, posts::source_url};
use reqwest::Method;
use tempfile::TempDir;

/// nginx, which the tests' set-up installs: Kith itself does not need it.
fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("KITH_TEST_NGINX") {
        return named.into();
    }
    let folders = std::env::var("PATH").unwrap_or_default();
    let places =
        folders.split(':').chain(["/usr/sbin"]).map(|folder| Path::new(folder).join("nginx"));
    places
        .into_iter()
        .find(|place| place.exists())
        .expect("nginx is not here: `scripts/setup test` installs it")
}

/// The example with its places inside of a folder, so that nothing of the machine is touched.
fn example(folder: &Path) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operators/nginx.conf");
    let mut text = std::fs::read_to_string(file).expect("the example");
    let place = |name: &str| folder.join(name).display().to_string();
    for (theirs, ours) in [
        ("/etc/kith/tls/certificate.pem", place("certificate.pem")),
        ("/etc/kith/tls/key.pem", place("key.pem")),
        ("/var/cache/nginx/kith", place("cache")),
        ("/var/log/nginx/kith.log", place("kith.log")),
        ("/etc/nginx/mime.types", place("mime.types")),
    ] {
        text = replaced(&text, theirs, &ours);
    }
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary = kinds.map(|kind| format!("    {kind}_temp_path {};\n", place(kind))).concat();
    replaced(&text, "http {\n", &format!("http {{\n{temporary}"))
}

fn replaced(text: &str, theirs: &str, ours: &str) -> String {
    assert!(text.contains(theirs), "{theirs} stands in the example");
    text.replace(theirs, ours)
}

/// A folder with the example, and nginx told to use it.
fn prepared(program: &Path, text: &str, folder: &Path) -> Command {
    std::fs::write(folder.join("nginx.conf"), text).expect("written");
    std::fs::write(folder.join("mime.types"), "types { text/html html; }").expect("written");
    let mut command = Command::new(program);
    let globals =
        format!("pid {}; daemon off; master_process off;", folder.join("nginx.pid").display());
    command.args(["-q", "-g", &globals, "-e", "stderr", "-p"]).arg(folder);
    command.arg("-c").arg(folder.join("nginx.conf"));
    command
}

#[test]
fn nginx_takes_the_example_as_it_stands() {
    let program = program();
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let certificate = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"])
        .args(["-subj", "/CN=photos.example.org", "-days", "1", "-keyout"])
        .arg(at("key.pem"))
        .arg("-out")
        .arg(at("certificate.pem"))
        .output()
        .expect("openssl runs");
    assert!(certificate.status.success());
    let text = example(folder.path());
    let checked = prepared(&program, &text, folder.path()).arg("-t").output().expect("nginx runs");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

/// A running nginx.
struct Edge {
    url: String,
    process: Child,
    folder: TempDir,
}

impl Drop for Edge {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Edge {
    /// The example before an application, without its TLS.
    async fn before(app: &TestApp, program: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let address = || {
            let free = TcpListener::bind("127.0.0.1:0").expect("a port");
            free.local_addr().expect("an address").to_string()
        };
        let (plain, secure) = (address(), address());
        let kith = app.url.trim_start_matches("http://");
        let text = example(folder.path());
        let text = replaced(&text, "listen 80;", &format!("listen {plain};"));
        let text = replaced(&text, "listen 443 ssl http2;", &format!("listen {secure};"));
        let text = replaced(&text, "server 127.0.0.1:8080;", &format!("server {kith};"));
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("ssl_"));
        let text = lines.collect::<Vec<_>>().join("\n");
        let mut command = prepared(program, &text, folder.path());
        let process =
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("nginx starts");
        let edge = Self { url: format!("http://{secure}"), process, folder };
        let answers = async {
            while tokio::net::TcpStream::connect(&secure).await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), answers).await.expect("nginx listens");
        edge
    }

    async fn get(&self, person: &Person, path: &str) -> reqwest::Response {
        let url = format!("{}{path}", self.url);
        person.request(Method::GET, &url).send().await.expect("nginx answers")
    }

    /// How the bytes of the last picture came.
    fn hits(&self) -> usize {
        let log = std::fs::read_to_string(self.folder.path().join("kith.log")).expect("the log");
        log.lines().filter(|line| line.ends_with("HIT")).count()
    }
}

#[tokio::test]
async fn the_edge_keeps_bytes_and_never_who_may_see_them() {
    let program = program();
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    ana.befriends(&ben).await;
    let post = ana.posts(Photo::small(1)).await;
    app.processes_photos().await;
    let image = ben.get(&post.path()).await.expect(200).at("/image");
    let url = source_url(&image, "w320.jpg").expect("a source");
    let bare = url.split('?').next().expect("a path");
    let bytes = ben.loads(&url).await.expect(200).bytes;

    let edge = Edge::before(&app, &program).await;
    let first = edge.get(&ben, &url).await;
    assert_eq!(
        (first.status().as_u16(), &first.headers()["cache-control"]),
        (200, &"private, max-age=60, must-revalidate".parse().expect("a header"))
    );
    let tag = first.headers()["etag"].clone();
    assert_eq!(first.bytes().await.expect("bytes"), bytes);
    // Another person's request is answered from what the first one fetched.
    let second = edge.get(&ana, bare).await;
    assert_eq!(second.bytes().await.expect("bytes"), bytes);
    assert_eq!(edge.hits(), 1);
    let known =
        ben.request(Method::GET, &format!("{}{bare}", edge.url)).header("if-none-match", &tag);
    assert_eq!(known.send().await.expect("an answer").status(), 304);
    let part =
        ben.request(Method::GET, &format!("{}{bare}", edge.url)).header("range", "bytes=4-7");
    let part = part.send().await.expect("an answer");
    assert_eq!(part.status(), 206);
    assert_eq!(part.bytes().await.expect("bytes"), bytes[4..8]);

    for path in [bare, url.as_str()] {
        let refused = edge.get(&cem, path).await;
        assert_eq!(refused.status(), 404);
        assert_eq!(refused.headers()["content-type"], "application/problem+json");
    }
    ana.unfriends(&ben).await;
    for path in [bare, url.as_str()] {
        assert_eq!(edge.get(&ben, path).await.status(), 404, "with the next request");
    }
    let by_address = ben.request_without_session(Method::GET, &format!("{}{url}", edge.url));
    assert_eq!(by_address.send().await.expect("an answer").status(), 404);
    let known =
        ben.request(Method::GET, &format!("{}{bare}", edge.url)).header("if-none-match", &tag);
    assert_eq!(known.send().await.expect("an answer").status(), 404);
    assert_eq!(edge.get(&ana, bare).await.status(), 200);
}
