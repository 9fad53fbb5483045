//! What every answer tells browsers, and where pages may send to: this server, and the bucket that takes uploads.

use std::sync::Arc;

use axum::{Router, body::Body};
use http::Request;
use kith::{
    app::{App, Parts},
    config::Config,
    db::Database,
    keys::Keys,
    server,
    start::Mailing,
};
use kith_bus::Bus;
use kith_messaging::Inbox;
use kith_storage::{ObjectStorage, S3Settings, StorageConfig, UploadRoute, UploadWay};
use kith_types::{
    keys::{KeyRing, SecretKey},
    random::SystemRandom,
    time::{Clock, SystemClock},
};
use secrecy::SecretBox;
use tower::ServiceExt as _;

fn service(storage: &str, settings: S3Settings) -> Router {
    service_at(None, storage, settings)
}

fn service_at(public_url: Option<&str>, storage: &str, settings: S3Settings) -> Router {
    let mut config = Config::defaults().unwrap();
    config.public_url = public_url.map(|url| url.parse().unwrap());
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let inbox = Inbox::new(Arc::clone(&clock));
    let route = UploadRoute::new("/v1/uploads", &SecretBox::new(Box::new([1; 32])));
    let ring = KeyRing::new(vec![SecretKey::new([1; 32])]).unwrap();
    let nowhere = Database::new("postgres://kith@127.0.0.1:1/kith", 1).unwrap();
    let parts = Parts {
        config,
        db: nowhere.clone(),
        secondary: nowhere,
        bus: Bus::in_process(Arc::clone(&clock)),
        storage: ObjectStorage::open(StorageConfig::parse(storage, settings).unwrap(), route)
            .unwrap(),
        sms: Arc::new(inbox),
        inbox: None,
        mailing: Mailing::default(),
        keys: Keys::new(ring),
        clock,
        random: Arc::new(SystemRandom),
    };
    server::router(&App::new(parts).unwrap())
}

async fn may_send_to(storage: &str, settings: S3Settings) -> String {
    let request = Request::get("/livez").body(Body::empty()).unwrap();
    let answer = service(storage, settings).oneshot(request).await.unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    policy.split("; ").find(|part| part.starts_with("connect-src ")).unwrap().to_owned()
}

fn bucket(endpoint: Option<&str>, public: Option<&str>) -> S3Settings {
    S3Settings {
        endpoint: endpoint.map(str::to_owned),
        public_endpoint: public.map(str::to_owned),
        uploads: UploadWay::Direct,
        region: Some("eu-west-1".to_owned()),
        access_key_id: Some("key".to_owned()),
        secret_access_key: Some("secret".to_owned().into()),
        session_token: None,
    }
}

#[tokio::test]
async fn pages_may_send_to_the_bucket_where_there_is_one() {
    let directory = tempfile::tempdir().unwrap();
    let files = format!("file:{}", directory.path().display());
    assert_eq!(may_send_to(&files, S3Settings::default()).await, "connect-src 'self'");
    for (settings, origin) in [
        (bucket(None, None), "https://photos.s3.eu-west-1.amazonaws.com"),
        (bucket(Some("https://s3.example.org:9000"), None), "https://s3.example.org:9000"),
        (
            bucket(Some("http://127.0.0.1:9000"), Some("https://up.example.org")),
            "https://up.example.org",
        ),
    ] {
        let allowed = may_send_to("s3://photos", settings).await;
        assert_eq!(allowed, format!("connect-src 'self' {origin}"));
    }
    let through_kith = S3Settings { uploads: UploadWay::ThroughKith, ..bucket(None, None) };
    assert_eq!(may_send_to("s3://photos", through_kith).await, "connect-src 'self'");
}

/// Every answer has them: pages, data, refusals, what is not there.
const ALWAYS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; \
         frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("origin-agent-cluster", "?1"),
];

#[tokio::test]
async fn every_answer_tells_browsers_what_our_pages_never_do() {
    let directory = tempfile::tempdir().unwrap();
    let files = format!("file:{}", directory.path().display());
    for (url, transport_security) in [
        (None, None),
        (Some("http://photos.example.org"), None),
        (Some("https://photos.example.org"), Some("max-age=63072000; includeSubDomains")),
    ] {
        let service = service_at(url, &files, S3Settings::default());
        for (method, path) in [
            ("GET", "/"),
            ("GET", "/feed"),
            ("GET", "/livez"),
            ("GET", "/v1/config"),
            ("GET", "/v1/me"),
            ("GET", "/v1/nowhere"),
            ("DELETE", "/v1/config"),
            ("OPTIONS", "/v1/me"),
            ("GET", "/.well-known/jwks.json"),
        ] {
            let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
            let answer = service.clone().oneshot(request).await.unwrap();
            let header = |name: &str| {
                answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
            };
            for (name, value) in ALWAYS {
                assert_eq!(header(name).as_deref(), Some(*value), "{name} of {method} {path}");
            }
            let permissions = header("permissions-policy").unwrap();
            for (feature, is_denied) in
                [("camera", true), ("geolocation", true), ("publickey-credentials-get", false)]
            {
                assert_eq!(permissions.contains(&format!("{feature}=()")), is_denied, "{feature}");
            }
            assert_eq!(header("strict-transport-security").as_deref(), transport_security);
            assert_eq!(header("access-control-allow-origin"), None);
        }
    }
}
