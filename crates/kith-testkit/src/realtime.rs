//! Sockets as tests speak of them: what they hear, in order, with a deadline for everything.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest as _,
        handshake::client::{Request, Response},
        http::{HeaderName, HeaderValue},
    },
};

use crate::person::Person;

/// Whatever is to be heard is heard by then.
const DEADLINE: Duration = Duration::from_secs(20);
/// A client that reads little at a time, so that a slow one is soon noticed.
const RECEIVE_BUFFER_BYTES: u32 = 4 * 1024;

/// An open socket.
pub struct LiveSocket {
    wire: WebSocketStream<TcpStream>,
    /// Every event that was heard, in order.
    pub heard: Vec<Value>,
    /// The cursor behind the newest of them, or where the last subscription began.
    pub cursor: String,
}

impl Person {
    /// Opens a socket with this person's token.
    pub async fn socket(&self) -> LiveSocket {
        let token = self.access_token();
        let headers = [("authorization", format!("Bearer {token}"))];
        LiveSocket::open(self.url(), &headers).await.expect("the socket opens")
    }

    /// Opens a socket without credentials.
    pub async fn anonymous_socket(&self) -> LiveSocket {
        LiveSocket::open(self.url(), &[]).await.expect("the socket opens")
    }

    /// The status with which a handshake with such headers is refused.
    pub async fn is_refused_a_socket(&self, headers: &[(&str, String)]) -> u16 {
        match LiveSocket::open(self.url(), headers).await {
            Err(Error::Http(response)) => response.status().as_u16(),
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("the socket opened"),
        }
    }
}

impl LiveSocket {
    /// Opens a socket with headers.
    pub async fn open(url: &str, headers: &[(&str, String)]) -> Result<Self, Error> {
        let (wire, response) = connect(url, headers).await?;
        let protocol = response.headers().get("sec-websocket-protocol");
        assert_eq!(protocol, Some(&HeaderValue::from_static("kith.v1")));
        Ok(Self { wire, heard: Vec::new(), cursor: String::new() })
    }

    /// Follows a channel from now on.
    pub async fn subscribes(mut self, channel: &str) -> Self {
        self.asks(channel, None).await;
        let subscribed = self.expects("subscribed", channel).await;
        subscribed["cursor"].as_str().expect("a cursor").clone_into(&mut self.cursor);
        self
    }

    /// Follows a channel from a cursor on.
    pub async fn resumes(mut self, channel: &str, after: &str) -> Self {
        self.asks(channel, Some(after)).await;
        self.expects("subscribed", channel).await;
        after.clone_into(&mut self.cursor);
        self
    }

    /// Asks to follow a channel.
    pub async fn asks(&mut self, channel: &str, after: Option<&str>) {
        self.sends(json!({ "type": "subscribe", "channel": channel, "after": after })).await;
    }

    /// Sends a frame.
    pub async fn sends(&mut self, frame: Value) {
        self.wire.send(Message::text(frame.to_string())).await.expect("the socket is open");
    }

    /// The next frame; events are noted.
    pub async fn frame(&mut self) -> Value {
        match self.message().await {
            Some(Message::Text(text)) => {
                let frame: Value = serde_json::from_str(&text).expect("frames are JSON");
                if frame["type"] == "event" {
                    frame["cursor"].as_str().expect("a cursor").clone_into(&mut self.cursor);
                    self.heard.push(frame.clone());
                }
                frame
            }
            other => panic!("a frame was awaited: {other:?}"),
        }
    }

    async fn message(&mut self) -> Option<Message> {
        loop {
            let message = tokio::time::timeout(DEADLINE, self.wire.next()).await;
            match message
                .unwrap_or_else(|_| panic!("nothing more was heard after {:?}", self.kinds()))
            {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(message)) => return Some(message),
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// Demands that the next frame, events aside, is of a type and about a channel.
    pub async fn expects(&mut self, kind: &str, channel: &str) -> Value {
        loop {
            let frame = self.frame().await;
            if frame["type"] != "event" {
                assert_eq!(
                    (&frame["type"], &frame["channel"]),
                    (&json!(kind), &json!(channel)),
                    "{frame}"
                );
                return frame;
            }
        }
    }

    /// Waits for an event of a kind and returns it; others before it are noted.
    pub async fn hears(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.frame().await;
            assert_ne!(frame["type"], "error", "{frame}");
            if frame["type"] == "event" && frame["event"]["kind"] == kind {
                return frame["event"].clone();
            }
        }
    }

    /// Kinds of everything heard so far.
    pub fn kinds(&self) -> Vec<String> {
        self.heard
            .iter()
            .map(|frame| frame["event"]["kind"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// Reads until the server answers a ping: everything sent before has been heard.
    pub async fn catches_up(&mut self) {
        self.sends(json!({ "type": "ping" })).await;
        while self.frame().await["type"] != "pong" {}
    }

    /// Waits for the end and returns its code.
    pub async fn ends(&mut self) -> u16 {
        loop {
            match self.message().await {
                Some(Message::Close(Some(frame))) => return frame.code.into(),
                Some(Message::Text(_)) => {}
                other => panic!("a close frame was awaited: {other:?}"),
            }
        }
    }

    /// Waits until the server has gone away, with or without a word.
    pub async fn is_cut_off(&mut self) {
        while let Some(Message::Text(_)) = self.message().await {}
    }

    /// Goes away as a phone does that loses its network.
    pub fn disappears(self) -> String {
        self.cursor
    }
}

async fn connect(
    url: &str,
    headers: &[(&str, String)],
) -> Result<(WebSocketStream<TcpStream>, Response), Error> {
    let address = url.strip_prefix("http://").expect("plain http");
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(RECEIVE_BUFFER_BYTES)?;
    let stream = socket.connect(address.parse().expect("an address")).await?;
    let mut request: Request = format!("ws://{address}/v1/realtime").into_client_request()?;
    let fields = request.headers_mut();
    fields.insert("sec-websocket-protocol", HeaderValue::from_static("kith.v1"));
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a header");
        fields.insert(name, HeaderValue::from_str(value).expect("a value"));
    }
    client_async(request, stream).await
}
