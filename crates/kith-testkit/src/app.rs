//! One running application: real database, real sockets, nothing shared with other tests.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use kith::{
    app::{App, Parts},
    config::{Config, LimitProfile, Mail, Oidc, Sms},
    db::Database,
    jobs,
    keys::Keys,
    server, start,
};
use kith_bus::{Bus, RedisSettings};
use kith_messaging::{Inbox, SmsSender};
use kith_storage::{ObjectStorage, S3Settings, StorageConfig, UploadRoute};
use kith_types::{
    keys::{KeyRing, Purpose, SecretKey},
    random::{Random, SeededRandom},
};
use secrecy::{ExposeSecret as _, SecretBox};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::{clock::TestClock, person::Person, postgres::TestDatabase};

/// What a test wants otherwise than usual.
pub struct Options {
    /// Limits; relaxed unless the test is about them.
    pub limits: LimitProfile,
    /// Changes to the settings.
    pub configure: fn(&mut Config),
    /// Whether notifications and activities live in a database of their own.
    pub separate_secondary: bool,
    /// The program that decodes photos; the one that was built beside the test unless it says otherwise.
    pub media_program: Option<PathBuf>,
    /// Whether the sequencer and the consumers run by themselves.
    pub background: bool,
    /// Redis, instead of what one process shares with itself.
    pub redis: Option<String>,
    /// Where photos are kept, if not in a directory.
    pub storage: Option<StorageConfig>,
    /// Senders of messages, instead of the inbox.
    pub sms: Option<Sms>,
    /// Services that people may sign in with.
    pub oidc: Vec<Oidc>,
    /// The mail server, if not a mailbox.
    pub mail: Mail,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limits: LimitProfile::Relaxed,
            configure: |_| {},
            separate_secondary: false,
            media_program: built_program(),
            background: true,
            redis: None,
            storage: None,
            sms: None,
            oidc: Vec::new(),
            mail: Mail::default(),
        }
    }
}

/// A running application. Everything of it goes away with this value.
pub struct TestApp {
    /// The application, for looking behind its API.
    pub app: App,
    /// Its clock.
    pub clock: Arc<TestClock>,
    /// Text messages that it sent.
    pub inbox: Inbox,
    /// Its primary database.
    pub database: TestDatabase,
    /// Its secondary database, where that is another one.
    pub secondary: Option<TestDatabase>,
    /// `http://127.0.0.1:port`.
    pub url: String,
    pub(crate) http: reqwest::Client,
    people: AtomicU32,
    outside: Outside,
    _directory: TempDir,
}

impl TestApp {
    /// Starts with the usual options.
    pub async fn start() -> Self {
        Self::with(Options::default()).await
    }

    /// Starts with other options.
    pub async fn with(options: Options) -> Self {
        let database = TestDatabase::create().await.expect("a test database");
        let secondary = if options.separate_secondary {
            Some(TestDatabase::create().await.expect("a second test database"))
        } else {
            None
        };
        let directory = tempfile::tempdir().expect("a directory");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let mut config = Config::defaults().expect("the defaults are valid");
        config.http.address = listener.local_addr().expect("an address");
        directory.path().clone_into(&mut config.data_dir);
        config.limits.profile = Some(options.limits);
        config.media.program.clone_from(&options.media_program);
        // The clock of tests stands still, so that no bucket refills.
        config.limits.requests_per_account_per_minute = 1_000_000;
        config.limits.username_lookups_per_hour = 1_000_000;
        if let Some(sms) = options.sms {
            config.sms = sms;
        }
        (config.oidc, config.mail) = (options.oidc, options.mail);
        (options.configure)(&mut config);

        let clock = Arc::new(TestClock::new());
        let inbox = Inbox::new(Arc::clone(&clock) as _);
        let primary_url = database.connection().to_string();
        let secondary_url = secondary.as_ref().unwrap_or(&database).connection().to_string();
        let outside = Outside {
            primary_url,
            secondary_url,
            redis: options.redis,
            seed: FIRST_SEED,
            masters: vec![MASTER],
        };
        let photos = options.storage.unwrap_or_else(|| directory_storage(&config));
        let app = App::new(parts(config, &outside, photos, (&clock, &inbox)));
        let app = app.expect("the application starts");
        // Whatever people know it by, the tests reach it where it listens.
        let url = format!("http://{}", app.config().http.address);
        app.spawn(server::serve(app.clone(), listener));
        if options.background {
            server::spawn_background(&app);
        }
        Self {
            app,
            clock,
            inbox,
            database,
            secondary,
            url,
            http: client(),
            people: AtomicU32::new(0),
            outside,
            _directory: directory,
        }
    }

    /// Signs up a person with a number of their own and a finished profile.
    pub async fn person(&self, name: &str) -> Person {
        let person = self.newcomer(name).await;
        person.finishes_profile(name).await;
        person
    }

    /// Signs up several people.
    pub async fn people<const N: usize>(&self, names: [&str; N]) -> [Person; N] {
        let mut people = Vec::with_capacity(N);
        for name in names {
            people.push(self.person(name).await);
        }
        people.try_into().unwrap_or_else(|_| unreachable!("as many people as names"))
    }

    /// Signs up a person without a profile.
    pub async fn newcomer(&self, name: &str) -> Person {
        let phone = self.next_number();
        self.signs_in(name, &phone).await
    }

    /// A number that nobody here has.
    pub fn next_number(&self) -> String {
        let n = self.people.fetch_add(1, Ordering::SeqCst);
        format!("+1415555{:04}", 100 + n)
    }

    /// Signs in by number, with the code of the text message.
    pub async fn signs_in(&self, name: &str, phone: &str) -> Person {
        let verification = self.starts_sign_in(phone).await;
        let code = self.code_for(phone);
        self.signs_in_with(name, phone, &verification, &code).await
    }

    /// Ends a sign-in with a code that came by whatever way.
    pub async fn signs_in_with(
        &self,
        name: &str,
        phone: &str,
        verification: &str,
        code: &str,
    ) -> Person {
        Person::verify(self.anonymous(), name, phone, verification, code).await
    }

    /// Asks for a code and returns the flow.
    pub async fn starts_sign_in(&self, phone: &str) -> String {
        let body = serde_json::json!({ "phone_number": phone });
        let answer = self.anonymous().post("/v1/auth/phone/start", body).await.expect(202);
        answer.text("/verification_id")
    }

    /// The newest code sent to a number.
    pub fn code_for(&self, phone: &str) -> String {
        let sent =
            self.inbox.messages().into_iter().find(|sent| sent.message.to.as_e164() == phone);
        sent.expect("a code was sent").message.code.expose_secret().to_owned()
    }

    /// Somebody who is not signed in.
    pub fn anonymous(&self) -> Person {
        Person::at(&self.url, &self.http)
    }

    /// A page, as a browser without a session gets it.
    pub async fn http_get(&self, path: &str) -> crate::Answer {
        let nobody = self.anonymous();
        let response =
            nobody.request(reqwest::Method::GET, path).send().await.expect("the server answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.expect("the body arrives").to_vec();
        crate::Answer { status, headers, body: serde_json::Value::Null, bytes }
    }

    /// Works all jobs that wait.
    pub async fn drain_jobs(&self) {
        jobs::drain(self.app.clone(), &self.database.connection().to_string())
            .await
            .expect("jobs run");
    }

    /// Lets time pass.
    pub fn passes(&self, duration: Duration) {
        self.clock.advance(duration);
    }

    /// Ends the application gracefully, as a signal would.
    pub async fn stops(self) {
        self.app.shut_down(Duration::from_secs(10)).await;
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.app.stopping().cancel();
    }
}

/// A second process of the same installation: its own memory, the same databases, Redis and photos.
pub struct Node {
    /// `http://127.0.0.1:port`.
    pub url: String,
    /// The application.
    pub app: App,
}

impl TestApp {
    /// Starts a second process beside the first. The photos of both are in one directory.
    pub async fn second_node(&self) -> Node {
        self.node_with(&self.clock, &[MASTER]).await
    }

    /// Starts a second process with a clock of its own, or with other master keys, newest first.
    pub async fn node_with(&self, clock: &Arc<TestClock>, masters: &[u8]) -> Node {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let mut config = self.app.config().clone();
        config.http.address = listener.local_addr().expect("an address");
        let url = format!("http://{}", config.http.address);
        // People know the installation by one address, wherever they are served.
        config.public_url = Some(self.url.parse().expect("an address"));
        let outside =
            Outside { seed: FIRST_SEED + 1, masters: masters.to_vec(), ..self.outside.clone() };
        let photos = directory_storage(&config);
        let app = App::new(parts(config, &outside, photos, (clock, &self.inbox)));
        let app = app.expect("the application starts");
        app.spawn(server::serve(app.clone(), listener));
        server::spawn_background(&app);
        Node { url, app }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.app.stopping().cancel();
    }
}

/// Where the first process of an installation takes its random numbers from.
const FIRST_SEED: u64 = 7;
/// The byte that the master key of tests consists of.
const MASTER: u8 = 7;

/// What a process has beside its settings.
#[derive(Clone)]
struct Outside {
    primary_url: String,
    secondary_url: String,
    redis: Option<String>,
    seed: u64,
    masters: Vec<u8>,
}

fn directory_storage(config: &Config) -> StorageConfig {
    let photos = format!("file:{}", config.data_dir.join("photos").display());
    StorageConfig::parse(&photos, S3Settings::default()).expect("a directory")
}

fn parts(
    config: Config,
    outside: &Outside,
    photos: StorageConfig,
    (clock, inbox): (&Arc<TestClock>, &Inbox),
) -> Parts {
    let masters = outside.masters.iter().map(|byte| SecretKey::new([*byte; 32])).collect();
    let ring = KeyRing::new(masters).expect("a key ring");
    let keys = Keys::new(ring);
    let route_key = SecretBox::new(Box::new(*keys.newest(Purpose::UploadUrl).expose()));
    let storage = ObjectStorage::open(photos, UploadRoute::new("/v1/uploads", &route_key));
    let random: Arc<dyn Random> = Arc::new(SeededRandom::new(outside.seed));
    let clock = Arc::clone(clock);
    let bus = match &outside.redis {
        Some(url) => Bus::redis(
            &RedisSettings::new(url.clone().into()),
            Arc::clone(&clock) as _,
            random.as_ref(),
        )
        .expect("an address"),
        None => Bus::in_process(Arc::clone(&clock) as _),
    };
    let sms: Arc<dyn SmsSender> = match config.sms.providers.as_slice() {
        [] => Arc::new(inbox.clone()),
        _ => start::messaging(&config, &(Arc::clone(&clock) as _)).expect("senders").0,
    };
    Parts {
        db: Database::new(&outside.primary_url, 8).expect("a pool"),
        secondary: Database::new(&outside.secondary_url, 2).expect("a pool"),
        bus,
        storage: storage.expect("storage"),
        sms,
        inbox: Some(inbox.clone()),
        mailing: kith::start::mailing(&config).expect("mail"),
        keys,
        clock,
        random,
        config,
    }
}

/// `kith` as cargo built it for this test run: one folder above the test's own program.
fn built_program() -> Option<PathBuf> {
    let test = std::env::current_exe().ok()?;
    let program = test.parent()?.parent()?.join("kith");
    program.exists().then_some(program)
}

/// A client that shows every answer as it came.
pub(crate) fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(30))
        .build()
        .expect("an HTTP client")
}
