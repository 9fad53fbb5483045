//! Photos that are sent in parts, as a client on a weak network does.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{Answer, Person, Photo};

/// Length of each part but the last, in bytes: the smallest that is taken.
pub const PART: usize = 64 * 1024;

impl Photo {
    /// Bytes that no decoder looks at, as many as wanted.
    pub fn opaque(length: usize) -> Self {
        let bytes = (0..length).map(|at| u8::try_from(at % 251).unwrap_or(0)).collect();
        Self { content_type: "image/jpeg", bytes }
    }

    /// What is said of it before it is sent, if it may come in parts.
    pub fn announcement_in_parts(&self) -> Value {
        let digest = |part| hex::encode(Sha256::digest(part));
        let sums: Vec<String> = self.bytes.chunks(PART).map(digest).collect();
        let mut announcement = self.announcement();
        announcement["parts"] = json!({ "byte_size": PART, "sha256": sums });
        announcement
    }
}

impl Person {
    /// Announces a photo that may come in parts.
    pub async fn announces_in_parts(&self, photo: &Photo) -> Answer {
        self.post("/v1/uploads", photo.announcement_in_parts()).await
    }

    /// Sends a part to its address, as any client does.
    pub async fn sends_part(&self, part: &Value, photo: &Photo) -> StatusCode {
        let at =
            |name: &str| usize::try_from(part[name].as_u64().expect("a number")).expect("small");
        let (start, length) = (at("offset"), at("byte_size"));
        let bytes = photo.bytes[start..start + length].to_vec();
        self.sends_as_part(part, bytes).await
    }

    /// Sends bytes to the address of a part.
    pub async fn sends_as_part(&self, part: &Value, bytes: Vec<u8>) -> StatusCode {
        let url = part["url"].as_str().expect("an address");
        let mut request = self.request_without_session(Method::PUT, url);
        for (name, value) in part["headers"].as_object().expect("headers") {
            request = request.header(name, value.as_str().expect("a text"));
        }
        request.body(bytes).send().await.expect("the server answers").status()
    }
}

/// The parts of an answer.
pub fn parts(answer: &Answer) -> Vec<Value> {
    answer.at("/parts").as_array().expect("parts").clone()
}

/// Those of them that are still to be sent.
pub fn missing(answer: &Answer) -> Vec<Value> {
    parts(answer).into_iter().filter(|part| part["stored"] == json!(false)).collect()
}
