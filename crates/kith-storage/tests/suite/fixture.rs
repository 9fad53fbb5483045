//! A store of either kind, and the client that uploads to it.
#![expect(
    clippy::disallowed_types,
    reason = "the upload route of these tests is not the application's"
)]

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::put;
use bytes::Bytes;
use futures_util::TryStreamExt;
use kith_storage::{
    ObjectKey, ObjectStorage, PresignedPut, PutMode, PutRequest, Refusal, S3Settings,
    StorageConfig, StorageError, UploadRoute, UploadTerms, UploadWay,
};
use kith_types::time::{Clock, SystemClock};
use secrecy::{SecretBox, SecretString};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::s3::{S3Server, s3_server};

pub const JPEG: &str = "image/jpeg";

/// A store and what keeps it alive.
pub struct Fixture {
    pub storage: ObjectStorage,
    pub client: reqwest::Client,
    /// The directory of a directory store.
    pub root: Option<TempDir>,
    /// The server of a bucket.
    pub server: Option<S3Server>,
    _route: JoinSet<()>,
}

impl Fixture {
    pub async fn directory() -> Self {
        let root = tempfile::tempdir().unwrap();
        let address = format!("file:{}", root.path().join("photos").display());
        let config = StorageConfig::parse(&address, S3Settings::default()).unwrap();
        Self { root: Some(root), ..Self::behind_a_route(config).await }
    }

    pub async fn bucket() -> Self {
        let server = s3_server().await;
        let config = bucket_config(&server, UploadWay::Direct);
        let storage = ObjectStorage::open(config, route("/unused")).unwrap();
        let idle = JoinSet::new();
        Self { storage, client: client(), root: None, server: Some(server), _route: idle }
    }

    pub async fn bucket_through_kith() -> Self {
        let server = s3_server().await;
        let config = bucket_config(&server, UploadWay::ThroughKith);
        Self { server: Some(server), ..Self::behind_a_route(config).await }
    }

    async fn behind_a_route(config: StorageConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/v1/uploads", listener.local_addr().unwrap());
        let storage = ObjectStorage::open(config, route(&base)).unwrap();
        let router = axum::Router::new()
            .route("/v1/uploads/{name}/bytes", put(receive))
            .with_state(Arc::new(storage.clone()));
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { storage, client: client(), root: None, server: None, _route: serving }
    }

    pub fn presign(&self, terms: &UploadTerms) -> PresignedPut {
        self.storage.presign_put(terms, SystemClock.now(), Duration::from_mins(5)).unwrap()
    }

    /// The upload as every client does it.
    pub async fn upload(&self, target: &PresignedPut, body: impl Into<reqwest::Body>) -> u16 {
        self.upload_with(target, |request| request.body(body)).await
    }

    /// The upload with a change of the request.
    pub async fn upload_with(
        &self,
        target: &PresignedPut,
        change: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> u16 {
        let mut request = self.client.put(&target.url);
        for (name, value) in &target.headers {
            request = request.header(*name, value);
        }
        change(request).send().await.unwrap().status().as_u16()
    }

    pub async fn put(&self, key: &str, bytes: &'static [u8]) {
        self.storage
            .put(&object_key(key), Bytes::from_static(bytes), JPEG, PutMode::Replace)
            .await
            .unwrap();
    }

    pub async fn keys_in(&self, folder: Option<&str>) -> Vec<String> {
        let folder = folder.map(object_key);
        let objects: Vec<_> = self.storage.list(folder.as_ref()).try_collect().await.unwrap();
        let mut keys: Vec<_> = objects.into_iter().map(|object| object.key.to_string()).collect();
        keys.sort();
        keys
    }
}

/// The upload route as the application has it: verify, then stream.
async fn receive(
    State(storage): State<Arc<ObjectStorage>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> StatusCode {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let request = PutRequest {
        name: &name,
        query: query.as_deref().unwrap_or_default(),
        content_length: header("content-length").and_then(|length| length.parse().ok()),
        content_type: header("content-type"),
    };
    let stored = match storage.verify_put(&request, SystemClock.now()) {
        Ok(upload) => {
            let longest = Duration::from_secs(20);
            storage.store_upload(upload, body.into_data_stream(), longest).await
        }
        Err(error) => Err(error),
    };
    match stored {
        Ok(()) => StatusCode::OK,
        Err(StorageError::AlreadyExists | StorageError::Refused(Refusal::BeingSent)) => {
            StatusCode::PRECONDITION_FAILED
        }
        Err(StorageError::Refused(Refusal::Checksum | Refusal::BodyCutShort)) => {
            StatusCode::BAD_REQUEST
        }
        Err(StorageError::Refused(_)) => StatusCode::FORBIDDEN,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

pub fn bucket_config(server: &S3Server, uploads: UploadWay) -> StorageConfig {
    let settings = S3Settings {
        endpoint: Some(server.endpoint.clone()),
        uploads,
        access_key_id: Some(server.access_key_id.to_owned()),
        secret_access_key: Some(SecretString::from(server.secret_access_key)),
        ..S3Settings::default()
    };
    StorageConfig::parse(&format!("s3://{}", server.bucket), settings).unwrap()
}

pub fn route(base: &str) -> UploadRoute {
    UploadRoute::new(base, &SecretBox::new(Box::new([7; 32])))
}

pub fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap()
}

pub fn object_key(text: &str) -> ObjectKey {
    ObjectKey::parse(text).unwrap()
}

/// Terms for exactly these bytes.
pub fn terms(name: &str, bytes: &[u8]) -> UploadTerms {
    UploadTerms {
        key: ObjectKey::incoming(name).unwrap(),
        content_length: bytes.len() as u64,
        content_type: JPEG.to_owned(),
        sha256: Sha256::digest(bytes).into(),
    }
}
