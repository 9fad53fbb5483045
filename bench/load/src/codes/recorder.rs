//! Twilio as far as a server needs it: takes messages, keeps whom each was for and its code, and sends nothing.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

const MAX_HEADERS: usize = 64;
const CODE_DIGITS: usize = 6;

/// Everything that was sent; all clones are one.
#[derive(Clone, Default)]
pub struct Recorder {
    sent: Arc<Mutex<Sent>>,
}

#[derive(Default)]
struct Sent {
    /// To whom, in order.
    numbers: Vec<String>,
    /// The newest code of each number.
    codes: HashMap<String, String>,
}

impl Recorder {
    /// Listens until the program ends.
    pub async fn listen(address: &str) -> anyhow::Result<Self> {
        let listener =
            TcpListener::bind(address).await.with_context(|| format!("bind {address}"))?;
        let recorder = Self::default();
        let serving = recorder.clone();
        #[expect(clippy::disallowed_methods, reason = "it ends with the program")]
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = serving.clone();
                // A connection that breaks is the server's matter, which then says that nothing was sent.
                tokio::spawn(async move { serving.serve(stream).await });
            }
        });
        Ok(recorder)
    }

    /// The numbers to which something was sent.
    pub fn numbers(&self) -> Vec<String> {
        self.lock().numbers.clone()
    }

    /// The newest code of a number.
    pub fn code(&self, phone: &str) -> anyhow::Result<String> {
        self.lock().codes.get(phone).cloned().context("no message came for this number")
    }

    fn lock(&self) -> MutexGuard<'_, Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(&self, mut stream: TcpStream) -> anyhow::Result<()> {
        stream.set_nodelay(true)?;
        let mut buffer = Vec::new();
        loop {
            let Some(length) = request_length(&buffer)?.filter(|length| *length <= buffer.len())
            else {
                if stream.read_buf(&mut buffer).await? == 0 {
                    return Ok(());
                }
                continue;
            };
            let request: Vec<u8> = buffer.drain(..length).collect();
            self.note(&String::from_utf8_lossy(&request))?;
            let body = r#"{"sid":"SM00000000000000000000000000000000"}"#;
            let answer = format!(
                "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(answer.as_bytes()).await?;
        }
    }

    fn note(&self, request: &str) -> anyhow::Result<()> {
        let (phone, code) = message(request).context("this is no message with a code")?;
        let mut sent = self.lock();
        sent.numbers.push(phone.clone());
        sent.codes.insert(phone, code);
        Ok(())
    }
}

/// Number and code of a form: `To=%2B44…`, and `#123456` at the end of the text.
fn message(request: &str) -> Option<(String, String)> {
    let form = request.rsplit("\r\n\r\n").next()?;
    let field = |name: &str| form.split('&').find_map(|pair| pair.strip_prefix(name));
    let phone = field("To=")?.replace("%2B", "+");
    let code = field("Body=")?.rsplit("%23").next()?.get(..CODE_DIGITS)?;
    Some((phone, code.to_owned()))
}

/// Bytes of the first request, once its head is there.
fn request_length(bytes: &[u8]) -> anyhow::Result<Option<usize>> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(body) = request.parse(bytes)? else { return Ok(None) };
    let length =
        request.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let Some(length) = length else { bail!("a request without a length") };
    let length: usize = std::str::from_utf8(length.value)?.parse()?;
    Ok(Some(body + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read() {
        let request = "POST / HTTP/1.1\r\ncontent-length: 52\r\n\r\n\
                       To=%2B447400123456&From=x&Body=Code+%40host+%23012345";
        assert_eq!(message(request), Some(("+447400123456".to_owned(), "012345".to_owned())));
        assert_eq!(message("POST / HTTP/1.1\r\n\r\nTo=%2B44"), None);
        assert_eq!(request_length(request.as_bytes()).unwrap(), Some(request.len() - 1));
        assert_eq!(request_length(b"POST / HT").unwrap(), None);
    }
}
