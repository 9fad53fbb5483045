//! The two requests of a sign-in, from any network.

use std::{cell::RefCell, time::Duration};

use anyhow::Context as _;
use serde_json::Value;

use crate::drive::connection::Connection;

/// Kept connections to one server; each request takes one for itself.
pub struct Client {
    address: String,
    idle: RefCell<Vec<Connection>>,
}

/// What was answered.
pub struct Reply {
    pub status: u16,
    pub body: Value,
    /// The budget that a refusal comes from.
    pub budget: Option<String>,
}

impl Client {
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), idle: RefCell::default() }
    }

    /// Asks for a code.
    pub async fn start(&self, network: [u8; 4], phone: &str) -> anyhow::Result<Reply> {
        let body = format!(r#"{{"phone_number":"{phone}"}}"#);
        self.post("/v1/auth/phone/start", network, &body).await
    }

    /// Sends a code back.
    pub async fn verify(&self, network: [u8; 4], flow: &str, code: &str) -> anyhow::Result<Reply> {
        let body = format!(r#"{{"verification_id":"{flow}","code":"{code}"}}"#);
        self.post("/v1/auth/phone/verify", network, &body).await
    }

    async fn post(&self, path: &str, network: [u8; 4], body: &str) -> anyhow::Result<Reply> {
        let kept = self.idle.borrow_mut().pop();
        let mut connection = kept.unwrap_or_else(|| Connection::new(&self.address));
        let [a, b, c, d] = network;
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nx-forwarded-for: {a}.{b}.{c}.{d}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let answer = connection.exchange(request.as_bytes()).await?;
        let reply = Reply {
            status: answer.status,
            body: serde_json::from_slice(answer.body).unwrap_or(Value::Null),
            budget: budget(answer.head),
        };
        self.idle.borrow_mut().push(connection);
        Ok(reply)
    }
}

impl Reply {
    /// The flow of a code that was sent.
    pub fn flow(&self) -> anyhow::Result<&str> {
        self.body["verification_id"].as_str().with_context(|| format!("no code: {}", self.body))
    }

    /// How long to wait before asking again.
    pub fn retry_after(&self) -> Duration {
        Duration::from_secs(self.body["retry_after"].as_u64().unwrap_or(5))
    }
}

/// The name in `RateLimit-Policy: "name";q=…`.
fn budget(head: &[u8]) -> Option<String> {
    let head = std::str::from_utf8(head).ok()?;
    let policy = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("ratelimit-policy").then_some(value)
    })?;
    policy.split('"').nth(1).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_its_budget() {
        let head =
            b"HTTP/1.1 429 Too Many Requests\r\nRateLimit-Policy: \"codes\";q=2000;w=86400\r\n\r\n";
        assert_eq!(budget(head).as_deref(), Some("codes"));
        assert_eq!(budget(b"HTTP/1.1 202 Accepted\r\n\r\n"), None);
    }
}
