//! An S3 server in this process, on a loopback port, that verifies every signature.
//!
//! Owns its bucket and removes it when dropped. It must stay a judge: nothing here may make a
//! request pass that Amazon's server would refuse. Tests of `kith-storage` include this file by its
//! path, so it uses nothing of Kith.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use s3s::auth::SimpleAuth;
use s3s::dto::{
    DeleteObjectInput, DeleteObjectOutput, DeleteObjectsInput, DeleteObjectsOutput, GetObjectInput,
    GetObjectOutput, HeadObjectInput, HeadObjectOutput, ListObjectsV2Input, ListObjectsV2Output,
    PutObjectInput, PutObjectOutput,
};
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3, S3ErrorCode, S3Request, S3Response, S3Result};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

/// A running server with one empty bucket.
pub struct S3Server {
    /// Address of the server, `http://127.0.0.1:<port>`.
    pub endpoint: String,
    /// Name of the bucket.
    pub bucket: &'static str,
    /// The one key that the server knows.
    pub access_key_id: &'static str,
    /// Its secret.
    pub secret_access_key: &'static str,
    accepting: JoinSet<()>,
    objects: TempDir,
}

/// Starts a server.
pub async fn s3_server() -> S3Server {
    const BUCKET: &str = "photos";
    const KEY: &str = "test-access-key";
    const SECRET: &str = "test-secret-access-key";
    let objects = tempfile::tempdir().expect("a temporary directory");
    std::fs::create_dir(objects.path().join(BUCKET)).expect("a bucket");
    let files = FileSystem::new(objects.path()).expect("the bucket's directory");
    let mut builder = S3ServiceBuilder::new(Faithful { files, writing: Mutex::new(()) });
    builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let endpoint = format!("http://{}", listener.local_addr().expect("a bound address"));
    let mut accepting = JoinSet::new();
    accepting.spawn(accept(listener, builder.build()));
    S3Server {
        endpoint,
        bucket: BUCKET,
        access_key_id: KEY,
        secret_access_key: SECRET,
        accepting,
        objects,
    }
}

impl S3Server {
    /// Makes objects of one byte, `folder/0` to `folder/<count - 1>`, without a request for each.
    pub fn plant(&self, folder: &str, count: u32) {
        let folder = self.objects.path().join(self.bucket).join(folder);
        std::fs::create_dir_all(&folder).expect("a folder in the bucket");
        for number in 0..count {
            std::fs::write(folder.join(number.to_string()), b"x").expect("an object");
        }
    }

    /// How many files the server keeps of bodies and multipart uploads that did not end; no listing shows them.
    pub fn unfinished(&self) -> usize {
        let entries = std::fs::read_dir(self.objects.path()).expect("the server's directory");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        let is_unfinished = |name: &str| name.starts_with(".upload") || name.starts_with(".tmp");
        names.filter(|name| name.to_str().is_some_and(is_unfinished)).count()
    }

    /// Closes the port and every connection.
    pub async fn stop(&mut self) {
        self.accepting.shutdown().await;
    }
}

async fn accept(listener: TcpListener, service: S3Service) {
    let mut connections = JoinSet::new();
    while let Ok((socket, _)) = listener.accept().await {
        let service = service.clone();
        connections.spawn(async move {
            let http =
                hyper_util::server::conn::auto::Builder::new(hyper_util::rt::TokioExecutor::new());
            // A client that goes away is no failure of the server.
            let _ = http.serve_connection(hyper_util::rt::TokioIo::new(socket), service).await;
        });
    }
}

/// The file system back end, brought nearer to the real server in two points: a body that fails its
/// checksum leaves no object, and of two conditional writes at the same time one fails.
struct Faithful {
    files: FileSystem,
    writing: Mutex<()>,
}

#[async_trait::async_trait]
impl S3 for Faithful {
    async fn put_object(
        &self,
        request: S3Request<PutObjectInput>,
    ) -> S3Result<S3Response<PutObjectOutput>> {
        let _writing = self.writing.lock().await;
        let (bucket, key) = (request.input.bucket.clone(), request.input.key.clone());
        let mut put = None;
        let removal = request.map_input(|input| {
            put = Some(input);
            DeleteObjectInput { bucket, key, ..DeleteObjectInput::default() }
        });
        let request = removal.clone().map_input(|_| put.take().expect("the input just taken"));
        let answer = self.files.put_object(request).await;
        if answer.as_ref().is_err_and(|error| error.code() == &S3ErrorCode::BadDigest) {
            self.files.delete_object(removal).await?;
        }
        answer
    }

    async fn get_object(
        &self,
        request: S3Request<GetObjectInput>,
    ) -> S3Result<S3Response<GetObjectOutput>> {
        self.files.get_object(request).await
    }

    async fn head_object(
        &self,
        request: S3Request<HeadObjectInput>,
    ) -> S3Result<S3Response<HeadObjectOutput>> {
        self.files.head_object(request).await
    }

    async fn delete_object(
        &self,
        request: S3Request<DeleteObjectInput>,
    ) -> S3Result<S3Response<DeleteObjectOutput>> {
        self.files.delete_object(request).await
    }

    async fn delete_objects(
        &self,
        request: S3Request<DeleteObjectsInput>,
    ) -> S3Result<S3Response<DeleteObjectsOutput>> {
        self.files.delete_objects(request).await
    }

    async fn list_objects_v2(
        &self,
        request: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        self.files.list_objects_v2(request).await
    }
}
