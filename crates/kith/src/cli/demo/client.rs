//! A client of the public API, as an app would be: sign-in by text message, JSON, presigned uploads.
//!
//! It must never reach behind the API, and knows nothing of the story that is told with it.

use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

/// Longest wait for an answer.
const TIMEOUT: Duration = Duration::from_mins(1);
/// How often an upload is looked at, and how long.
const LOOK_EVERY: Duration = Duration::from_millis(150);
const PATIENCE: Duration = Duration::from_mins(3);

/// A running Kith.
#[derive(Clone)]
pub struct Instance {
    url: Url,
    http: reqwest::Client,
}

/// Somebody who is signed in.
pub struct Member {
    instance: Instance,
    access_token: String,
    /// `Me` of the API.
    pub me: Value,
}

impl Instance {
    /// Finds out whether a Kith answers at `url` whose development inbox is on.
    pub async fn reach(url: Url) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().timeout(TIMEOUT).no_proxy().build()?;
        let instance = Self { url, http };
        let alive = instance.request(Method::GET, "/livez")?.send().await;
        if !alive.is_ok_and(|answer| answer.status().is_success()) {
            bail!(
                "no Kith answers at {}: start it with `make run` in another terminal, or name its address with --url",
                instance.url
            );
        }
        let inbox = instance.request(Method::GET, "/dev/inbox")?.send().await?;
        if !inbox.status().is_success() {
            bail!(
                "the development inbox of {} is off, so the invented people cannot receive their codes: \
                 the demo needs an instance in development mode, on this machine",
                instance.url
            );
        }
        Ok(instance)
    }

    /// The address, without a trailing slash.
    pub fn address(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }

    /// Signs in with the code from the development inbox.
    pub async fn sign_in(&self, phone: &str, device: &str) -> anyhow::Result<Member> {
        let start = json!({ "phone_number": phone });
        let request = self.request(Method::POST, "/v1/auth/phone/start")?.json(&start);
        let started = answer(request).await?;
        let inbox = format!("/dev/inbox?phone_number={}", phone.replace('+', "%2B"));
        let messages = answer(self.request(Method::GET, &inbox)?).await?;
        let code = messages.pointer("/items/0/code").context("no code arrived in the inbox")?;
        let verify = json!({
            "verification_id": started["verification_id"], "code": code, "device": { "name": device },
        });
        let request = self.request(Method::POST, "/v1/auth/phone/verify")?.json(&verify);
        let mut tokens = answer(request).await?;
        let access_token = text(&tokens, "access_token")?.to_owned();
        Ok(Member { instance: self.clone(), access_token, me: tokens["user"].take() })
    }

    fn request(&self, method: Method, path: &str) -> anyhow::Result<RequestBuilder> {
        Ok(self.http.request(method, self.url.join(path)?))
    }
}

impl Member {
    /// The account.
    pub fn id(&self) -> anyhow::Result<&str> {
        text(&self.me, "user_id")
    }

    /// GET.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        answer(self.request(Method::GET, path)?).await
    }

    /// The first page of a list, as long as pages get.
    pub async fn list(&self, path: &str) -> anyhow::Result<Vec<Value>> {
        let separator = if path.contains('?') { '&' } else { '?' };
        match self.get(&format!("{path}{separator}limit=50")).await?["items"].take() {
            Value::Array(items) => Ok(items),
            _ => bail!("{path} did not answer with a list"),
        }
    }

    /// POST.
    pub async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        answer(self.request(Method::POST, path)?.json(&body)).await
    }

    /// PUT.
    pub async fn put(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        answer(self.request(Method::PUT, path)?.json(&body)).await
    }

    /// PATCH, whatever the present version is.
    pub async fn patch(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        let request = self.request(Method::PATCH, path)?.header("if-match", "*");
        answer(request.json(&body)).await
    }

    /// Sends a PNG by the presigned way; it is processed from then on. Answers the upload's id.
    pub async fn upload(&self, png: Vec<u8>) -> anyhow::Result<String> {
        let announced = json!({
            "content_type": "image/png", "byte_size": png.len(), "sha256": hex::encode(Sha256::digest(&png)),
        });
        let target = self.post("/v1/uploads", announced).await?;
        let id = text(&target, "upload_id")?.to_owned();
        let url = self.instance.url.join(text(&target, "url")?)?;
        // Its signature is all that the address asks for: no session goes with the bytes.
        let mut request = self.instance.http.put(url).body(png);
        for (name, value) in target["headers"].as_object().into_iter().flatten() {
            request = request.header(name, value.as_str().unwrap_or_default());
        }
        answer(request).await?;
        answer(self.request(Method::POST, &format!("/v1/uploads/{id}/complete"))?).await?;
        Ok(id)
    }

    /// Waits until an upload is ready.
    pub async fn wait_for(&self, upload: &str) -> anyhow::Result<()> {
        let path = format!("/v1/uploads/{upload}");
        let watch = async {
            loop {
                let state = self.get(&path).await?;
                match text(&state, "state")? {
                    "ready" => return Ok(()),
                    "failed" => bail!("a photo could not be processed: {}", state["failure"]),
                    _ => tokio::time::sleep(LOOK_EVERY).await,
                }
            }
        };
        tokio::time::timeout(PATIENCE, watch).await.context(
            "photos are not being processed: is a worker running? `kith serve --all` runs every role",
        )?
    }

    /// Ends the session.
    pub async fn sign_out(self) -> anyhow::Result<()> {
        answer(self.request(Method::POST, "/v1/auth/logout")?).await.map(drop)
    }

    fn request(&self, method: Method, path: &str) -> anyhow::Result<RequestBuilder> {
        Ok(self.instance.request(method, path)?.bearer_auth(&self.access_token))
    }
}

/// A string of an answer.
pub fn text<'a>(body: &'a Value, field: &str) -> anyhow::Result<&'a str> {
    body[field].as_str().with_context(|| format!("the server's answer has no {field}"))
}

/// The body of a good answer, null if it has none; else the problem in the server's words.
async fn answer(request: RequestBuilder) -> anyhow::Result<Value> {
    // The address may be signed, so it stays out of the error.
    let response = request.send().await.map_err(reqwest::Error::without_url)?;
    let (status, path) = (response.status(), response.url().path().to_owned());
    let bytes = response.bytes().await.map_err(reqwest::Error::without_url)?;
    let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let detail = ["detail", "title"].iter().find_map(|field| body[field].as_str());
    ensure!(
        status.is_success(),
        "{path} answered {}: {}",
        status.as_u16(),
        detail.unwrap_or(canonical(status))
    );
    Ok(body)
}

fn canonical(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("an unknown status")
}
