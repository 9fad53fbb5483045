//! One HTTP/1.1 connection that asks and waits: little more than sockets, so that the client costs next to nothing
//! of the machine that it shares with the server.

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// No answer of the benchmark has more headers.
const MAX_HEADERS: usize = 64;

/// A kept connection to one server.
pub struct Connection {
    address: String,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

/// What was answered.
pub struct Answer<'a> {
    pub status: u16,
    pub head: &'a [u8],
    pub body: &'a [u8],
}

impl Connection {
    /// Connects when first used, and again after the server closed.
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), stream: None, buffer: Vec::with_capacity(64 * 1024) }
    }

    /// Sends a whole request and reads the whole answer.
    pub async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Answer<'_>> {
        // A server may close an idle connection at any time: once more, on a new one.
        let is_fresh = self.stream.is_none();
        let (status, body) = match self.attempt(request).await {
            Err(_) if !is_fresh => {
                self.stream = None;
                self.attempt(request).await?
            }
            outcome => outcome?,
        };
        let (head, body) = self.buffer.split_at(body);
        Ok(Answer { status, head, body })
    }

    /// Status, and where the body begins in the buffer.
    async fn attempt(&mut self, request: &[u8]) -> anyhow::Result<(u16, usize)> {
        let mut stream = if let Some(kept) = self.stream.take() {
            kept
        } else {
            let fresh = TcpStream::connect(&self.address).await?;
            fresh.set_nodelay(true)?;
            fresh
        };
        stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            if stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the server closed the connection");
            }
            if let Some(head) = read_head(&self.buffer)? {
                break head;
            }
        };
        while self.buffer.len() < head.body + head.length {
            if stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the server closed the connection within an answer");
            }
        }
        if !head.is_last {
            self.stream = Some(stream);
        }
        Ok((head.status, head.body))
    }
}

struct Head {
    status: u16,
    /// Where the body begins, and its length.
    body: usize,
    length: usize,
    is_last: bool,
}

fn read_head(bytes: &[u8]) -> anyhow::Result<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(body) = response.parse(bytes)? else {
        return Ok(None);
    };
    let header = |name: &str| {
        let found = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        found.and_then(|header| std::str::from_utf8(header.value).ok())
    };
    let length = match response.code {
        Some(204) => 0,
        _ => header("content-length").context("an answer without a length")?.parse()?,
    };
    let is_last = header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
    let status = response.code.context("an answer without a status")?;
    Ok(Some(Head { status, body, length, is_last }))
}
