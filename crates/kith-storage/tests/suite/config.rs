//! Storage settings as operators write them, and what a wrong one leads to.

use std::path::PathBuf;
use std::time::Duration;

use kith_storage::{
    ConfigError, ObjectStorage, S3Config, S3Settings, StorageConfig, StorageError, UploadWay,
};
use kith_types::time::{Clock, SystemClock};
use secrecy::SecretString;

use crate::fixture::{bucket_config, object_key, route, terms};
use crate::s3::s3_server;

fn settings() -> S3Settings {
    S3Settings {
        access_key_id: Some("AKIA".to_owned()),
        secret_access_key: Some(SecretString::from("very-secret")),
        ..S3Settings::default()
    }
}

fn bucket(endpoint: &str) -> Result<Box<S3Config>, ConfigError> {
    let settings = S3Settings { endpoint: Some(endpoint.to_owned()), ..settings() };
    match StorageConfig::parse("s3://photos", settings)? {
        StorageConfig::S3(config) => Ok(config),
        StorageConfig::Directory { .. } => unreachable!("an s3 address"),
    }
}

#[test]
fn a_directory_is_named_in_three_ways() {
    for (address, expected) in
        [("file:/var/a", "/var/a"), ("file:///var/a", "/var/a"), ("file:./a b", "./a b")]
    {
        let StorageConfig::Directory { path } =
            StorageConfig::parse(address, S3Settings::default()).unwrap()
        else {
            panic!("{address} is a directory");
        };
        assert_eq!(path, PathBuf::from(expected));
    }
    for address in ["", "/var/a", "file:", "file://host/a", "http://x", "S3://photos"] {
        let refused = StorageConfig::parse(address, settings());
        assert_eq!(refused.unwrap_err(), ConfigError::Address, "{address}");
    }
}

#[test]
fn a_bucket_needs_a_valid_name_and_credentials() {
    for name in [
        "",
        "ab",
        "Photos",
        "-photos",
        "photos-",
        "a..b",
        "photos/sub",
        "photos?x",
        &"a".repeat(64),
    ] {
        let refused = StorageConfig::parse(&format!("s3://{name}"), settings());
        assert_eq!(refused.unwrap_err(), ConfigError::Bucket, "{name}");
    }
    let refused =
        StorageConfig::parse("s3://photos", S3Settings { access_key_id: None, ..settings() });
    assert_eq!(refused.unwrap_err(), ConfigError::Credentials);
}

#[test]
fn plain_http_is_for_this_machine_only() {
    for endpoint in [
        "http://127.0.0.1:9000",
        "http://localhost:9000/",
        "http://[::1]:9000",
        "https://s3.example.org",
    ] {
        assert!(bucket(endpoint).is_ok(), "{endpoint}");
    }
    for endpoint in
        ["http://s3.example.org", "http://10.0.0.1:9000", "http://localhost.example.org"]
    {
        assert_eq!(bucket(endpoint).unwrap_err(), ConfigError::PlainHttp, "{endpoint}");
    }
    for endpoint in [
        "",
        "s3.example.org",
        "ftp://localhost",
        "https://user:pw@s3.example.org",
        "https://x.org/path",
    ] {
        assert_eq!(bucket(endpoint).unwrap_err(), ConfigError::Endpoint, "{endpoint}");
    }
}

#[test]
fn secrets_do_not_show() {
    let config = bucket("https://s3.example.org").unwrap();
    let storage =
        ObjectStorage::open(StorageConfig::S3(config.clone()), route("/v1/uploads")).unwrap();
    for text in [format!("{config:?}"), format!("{storage:?}"), format!("{:?}", settings())] {
        assert!(!text.contains("very-secret"), "{text}");
    }
}

#[test]
fn browsers_get_the_public_endpoint() {
    let mut config = bucket("http://127.0.0.1:9000").unwrap();
    config.public_endpoint = Some("https://photos.example.org".parse().unwrap());
    let storage = ObjectStorage::open(StorageConfig::S3(config), route("/unused")).unwrap();
    let now = SystemClock.now();
    let target = storage.presign_put(&terms("a", b"x"), now, Duration::from_mins(1)).unwrap();
    assert!(
        target.url.starts_with("https://photos.example.org/photos/incoming/a?X-Amz-Algorithm=")
    );
}

#[test]
fn amazon_is_addressed_by_the_name_of_the_bucket() {
    for (name, host) in [
        ("photos", "https://photos.s3.eu-west-1.amazonaws.com/incoming/a?"),
        ("my.photos", "https://s3.eu-west-1.amazonaws.com/my.photos/incoming/a?"),
    ] {
        let settings = S3Settings { region: Some("eu-west-1".to_owned()), ..settings() };
        let config = StorageConfig::parse(&format!("s3://{name}"), settings).unwrap();
        let storage = ObjectStorage::open(config, route("/unused")).unwrap();
        let now = SystemClock.now();
        let target = storage.presign_put(&terms("a", b"x"), now, Duration::from_mins(1)).unwrap();
        assert!(target.url.starts_with(host), "{}", target.url);
    }
}

#[tokio::test]
async fn wrong_credentials_and_a_lost_server_are_told_apart_from_missing_objects() {
    let mut server = s3_server().await;
    let StorageConfig::S3(mut config) = bucket_config(&server, UploadWay::Direct) else {
        unreachable!("a bucket")
    };
    config.credentials.secret_access_key = SecretString::from("wrong");
    let stranger = ObjectStorage::open(StorageConfig::S3(config), route("/unused")).unwrap();
    let unknown = object_key("unknown");
    assert!(matches!(stranger.get(&unknown, 1).await, Err(StorageError::Unavailable(_))));
    assert!(matches!(stranger.probe().await, Err(StorageError::Unavailable(_))));

    let StorageConfig::S3(mut config) = bucket_config(&server, UploadWay::Direct) else {
        unreachable!("a bucket")
    };
    config.bucket = "another".to_owned();
    let lost = ObjectStorage::open(StorageConfig::S3(config), route("/unused")).unwrap();
    assert!(matches!(lost.probe().await, Err(StorageError::Unavailable(_))));

    let storage =
        ObjectStorage::open(bucket_config(&server, UploadWay::Direct), route("/unused")).unwrap();
    assert!(matches!(storage.head(&unknown).await, Err(StorageError::NotFound)));
    server.stop().await;
    assert!(matches!(storage.head(&unknown).await, Err(StorageError::Unavailable(_))));
    assert!(matches!(storage.probe().await, Err(StorageError::Unavailable(_))));
}
