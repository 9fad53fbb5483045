//! Twilio as far as tests need it: a mock generated from Twilio's own published description judges every request
//! (prism, from the packages in `peers/twilio`), and a recorder in front of it remembers what was asked.
//!
//! The recorder must never judge, and never answer for the mock but when a test wants Twilio to be down.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError, Weak},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use tokio::{net::TcpListener, task::JoinSet};

/// What prism prints when it serves, before the address.
const READY: &str = "Prism is listening on ";

/// A request and what the mock said to it.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its path.
    pub path: String,
    /// Its fields.
    pub fields: BTreeMap<String, String>,
    /// The mock's status; none if it was not asked.
    pub status: Option<u16>,
    /// The mock's answer.
    pub answer: serde_json::Value,
}

/// How Twilio is today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// As described.
    Well,
    /// Every answer is 500.
    Broken,
    /// There is no answer.
    Silent,
}

/// A stand-in for Twilio.
pub struct TwilioPeer {
    /// Where it is.
    pub url: String,
    recorder: Arc<Recorder>,
    _serving: JoinSet<()>,
}

struct Recorder {
    requests: Mutex<Vec<Recorded>>,
    condition: Mutex<Condition>,
    http: reqwest::Client,
    prism: Arc<Prism>,
}

impl TwilioPeer {
    /// Starts one.
    pub async fn start() -> Self {
        let recorder = Arc::new(Recorder {
            requests: Mutex::default(),
            condition: Mutex::new(Condition::Well),
            http: crate::app::client(),
            prism: Prism::shared().await,
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(record).with_state(Arc::clone(&recorder));
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, router).await.expect("it serves") });
        Self { url, recorder, _serving: serving }
    }

    /// Makes it well or ill.
    pub fn is(&self, condition: Condition) {
        *lock(&self.recorder.condition) = condition;
    }

    /// What it was asked, oldest first.
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.recorder.requests).clone()
    }

    /// The code in the newest text to a number, read as phones read it.
    pub fn code_for(&self, phone: &str) -> String {
        let texts =
            self.requests().into_iter().rev().filter(|it| it.path.ends_with("/Messages.json"));
        let mut to_phone = texts.filter(|text| text.fields["To"] == phone);
        let text = to_phone.next().expect("a text was sent");
        origin_bound_code(&text.fields["Body"]).expect("phones find a code").1
    }

    /// The code that the newest call to a number speaks: each digit in words of its own, twice.
    pub fn spoken_code_for(&self, phone: &str) -> String {
        let calls = self.requests().into_iter().rev().filter(|it| it.path.ends_with("/Calls.json"));
        let mut to_phone = calls.filter(|call| call.fields["To"] == phone);
        let call = to_phone.next().expect("a call was made");
        let spoken = call.fields["Twiml"].split(['<', '>']).filter(|words| words.len() == 1);
        let digits: String = spoken.collect();
        let (first, second) = digits.split_at(digits.len() / 2);
        assert_eq!(first, second, "it is said twice");
        first.to_owned()
    }
}

/// Host and code of a text, as phones find them (origin-bound one-time codes): its last line is `@host #code`.
pub fn origin_bound_code(text: &str) -> Option<(String, String)> {
    let mut words = text.lines().last()?.split(' ');
    let host = words.next()?.strip_prefix('@')?;
    let code = words.next()?.strip_prefix('#')?;
    let is_host = url::Host::parse(host).is_ok();
    (is_host && !code.is_empty() && words.next().is_none())
        .then(|| (host.to_owned(), code.to_owned()))
}

async fn record(
    State(recorder): State<Arc<Recorder>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let fields = url::form_urlencoded::parse(&body).into_owned().collect();
    let path = uri.path().to_owned();
    let mut request = Recorded { path, fields, status: None, answer: serde_json::Value::Null };
    let condition = *lock(&recorder.condition);
    if condition != Condition::Well {
        lock(&recorder.requests).push(request);
        if condition == Condition::Silent {
            std::future::pending::<()>().await;
        }
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let (status, answer) = recorder.asks_prism(method, &uri, &headers, body).await;
    request.status = Some(status.as_u16());
    request.answer = serde_json::from_slice(&answer).unwrap_or_default();
    lock(&recorder.requests).push(request);
    (status, [(header::CONTENT_TYPE, "application/json")], answer).into_response()
}

impl Recorder {
    async fn asks_prism(
        &self,
        method: Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: Bytes,
    ) -> (StatusCode, Bytes) {
        let mut request = self.http.request(method, format!("{}{uri}", self.prism.url)).body(body);
        for name in [header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT] {
            if let Some(value) = headers.get(&name) {
                request = request.header(name, value);
            }
        }
        let answer = request.send().await.expect("prism answers");
        (answer.status(), answer.bytes().await.expect("the whole answer"))
    }
}

/// The mock: a process that ends with the last test that uses it.
struct Prism {
    url: String,
    process: Mutex<Child>,
}

impl Prism {
    /// The one of this process: starting takes seconds.
    async fn shared() -> Arc<Self> {
        static SHARED: tokio::sync::Mutex<Weak<Prism>> = tokio::sync::Mutex::const_new(Weak::new());
        let mut shared = SHARED.lock().await;
        if let Some(running) = shared.upgrade() {
            return running;
        }
        let started = tokio::task::spawn_blocking(Self::start).await.expect("prism starts");
        let started = Arc::new(started);
        *shared = Arc::downgrade(&started);
        started
    }

    fn start() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/twilio");
        let mut process = Command::new("node")
            .arg(program(&folder))
            .args(["mock", "--host", "127.0.0.1", "--port", "0", "--multiprocess=false"])
            .arg(folder.join("twilio.json"))
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("node is installed");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, address) = line.split_once(READY)?;
            Some(address.trim().to_owned())
        });
        let address = address.expect("prism says where it listens");
        // What nobody reads would stop it one day.
        std::thread::spawn(move || lines.for_each(drop));
        // It colours what it prints.
        let url = address.split('\u{1b}').next().unwrap_or_default().to_owned();
        Self { url, process: Mutex::new(process) }
    }
}

fn program(folder: &Path) -> PathBuf {
    let program = folder.join("node_modules/@stoplight/prism-cli/dist/index.js");
    assert!(
        program.exists(),
        "the mock of Twilio is not installed: run `scripts/setup test` (or `npm ci` in {})",
        folder.display()
    );
    program
}

impl Drop for Prism {
    fn drop(&mut self) {
        let process = self.process.get_mut().unwrap_or_else(PoisonError::into_inner);
        // It may have ended by itself; either way it is gone afterwards.
        let _ = process.kill();
        let _ = process.wait();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
