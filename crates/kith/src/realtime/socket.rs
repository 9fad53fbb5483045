//! One WebSocket: the protocol's state machine between the hub and the wire. What waits for a slow reader is
//! bounded by the state machine; while nothing happens a socket keeps no buffer.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::poll;
use kith_realtime::{
    Action, Channel, Checking, CloseCode, Connection, Cursor, Delivery, Limits, Request,
    Unauthenticated,
};
use kith_types::id::{PostId, SessionId, UserId};
use tokio::sync::Notify;

use super::catch_up;
use crate::{
    app::App,
    features::notifications,
    http::{
        auth::{Caller, Me},
        problem::Problem,
    },
};

/// How long a client may take to say goodbye.
const FAREWELL: Duration = Duration::from_secs(2);

/// What the hub holds of a connection.
pub struct Socket {
    /// Whose.
    pub user: UserId,
    /// Of which session.
    pub session: SessionId,
    state: Mutex<State>,
    wake: Notify,
}

struct State {
    connection: Connection,
    closing: Option<CloseCode>,
    /// The posts under which the hub knows the socket.
    followed: Vec<PostId>,
}

impl Socket {
    fn new(me: &Me, connection: Connection) -> Arc<Self> {
        let state = State { connection, closing: None, followed: Vec::new() };
        Arc::new(Self {
            user: me.user_id,
            session: me.session_id,
            state: Mutex::new(state),
            wake: Notify::new(),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a step of the state machine. What it asks for is returned, but for a close, which is noted.
    fn step(&self, step: impl FnOnce(&mut Connection) -> Option<Action>) -> Option<Action> {
        let mut state = self.state();
        match step(&mut state.connection) {
            Some(Action::Close(code)) => {
                state.closing = Some(code);
                None
            }
            action => action,
        }
    }

    /// Whether it follows a channel.
    pub fn follows(&self, channel: Channel) -> bool {
        self.state().connection.channels().any(|followed| followed == channel)
    }

    /// The posts that it follows.
    pub fn posts(&self) -> Vec<PostId> {
        let post = |channel| match channel {
            Channel::Post(post) => Some(post),
            Channel::Me | Channel::Feed => None,
        };
        self.state().connection.channels().filter_map(post).collect()
    }

    /// Notes the posts under which the hub knows the socket, and returns those before.
    pub fn replace_followed(&self, posts: Vec<PostId>) -> Vec<PostId> {
        std::mem::replace(&mut self.state().followed, posts)
    }

    /// Hands over a live event.
    pub fn deliver(&self, delivery: Delivery) {
        self.state().connection.on_event(delivery);
        self.wake.notify_one();
    }

    /// Says that events about posts were left out: of the feed, and of followed posts, which may be gone.
    pub fn missed_posts(&self) {
        let mut state = self.state();
        let about_posts = |channel: &Channel| !matches!(channel, Channel::Me);
        let channels: Vec<Channel> = state.connection.channels().filter(about_posts).collect();
        for channel in channels {
            state.connection.on_missed(channel);
        }
        drop(state);
        self.wake.notify_one();
    }

    /// Ends it because its session ended.
    pub fn revoke(&self) {
        self.step(Connection::on_revoked);
        self.wake.notify_one();
    }

    /// Ends it because the process stops.
    pub fn shut_down(&self) {
        self.step(Connection::on_shutdown);
        self.wake.notify_one();
    }

    fn next_frame(&self) -> Option<Message> {
        self.state().connection.next_frame().map(|text| Message::Text(text.into()))
    }

    fn closing(&self) -> Option<CloseCode> {
        self.state().closing
    }

    fn deadline(&self) -> Instant {
        self.state().connection.deadline()
    }
}

/// Keeps a socket known to the hub as long as it is served.
struct Registered {
    app: App,
    socket: Arc<Socket>,
}

impl Registered {
    fn new(app: &App, socket: Arc<Socket>) -> Self {
        app.hub().register(&socket);
        // The hub says goodbye once; whoever comes later is told here.
        if app.stopping().is_cancelled() {
            socket.shut_down();
        }
        Self { app: app.clone(), socket }
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        self.app.hub().unregister(&self.socket);
    }
}

/// Serves a connection to its end. Without `me` its first frame must bring a token.
pub async fn serve(app: App, mut wire: WebSocket, me: Option<Me>) {
    let _running = app.running();
    let opened = match me {
        Some(me) => Ok(Socket::new(&me, Connection::new(Limits::default(), Instant::now()))),
        None => Box::pin(authenticate(&app, &mut wire)).await,
    };
    let code = match opened {
        Ok(socket) => {
            let registered = Registered::new(&app, socket);
            drive(&app, &mut wire, &registered.socket).await
        }
        Err(code) => code,
    };
    if let Some(code) = code {
        Box::pin(say_goodbye(wire, code)).await;
    }
}

/// Waits for the token. `Err(None)`: the client went away.
async fn authenticate(app: &App, wire: &mut WebSocket) -> Result<Arc<Socket>, Option<CloseCode>> {
    let fresh = Unauthenticated::new(Limits::default(), Instant::now());
    let first = tokio::time::timeout_at(fresh.deadline().into(), async {
        loop {
            match wire.recv().await {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Text(text))) => break Some(text.as_str().to_owned()),
                Some(Ok(Message::Binary(_))) => break Some(String::new()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => break None,
            }
        }
    });
    let text = match first.await {
        Ok(Some(text)) => text,
        Ok(None) => return Err(None),
        Err(_) => return Err(Some(CloseCode::NotAuthenticated)),
    };
    let (checking, token) = fresh.on_frame(Instant::now(), &text).map_err(Some)?;
    match admitted(app, token.expose()).await {
        Ok(me) => Ok(Socket::new(&me, Checking::accepted(checking, Instant::now()))),
        Err(problem) if problem.kind().status().is_server_error() => Err(Some(CloseCode::Internal)),
        Err(_) => Err(Some(checking.refused())),
    }
}

async fn admitted(app: &App, token: &str) -> Result<Me, Problem> {
    let caller = Caller::of_token(app, token).ok_or_else(Problem::unauthenticated)?;
    let me = caller.check(app).await?;
    me.require_active()?;
    Ok(me)
}

/// Runs a connection until somebody ends it; the code to close with, if the client is still there.
async fn drive(app: &App, wire: &mut WebSocket, socket: &Arc<Socket>) -> Option<CloseCode> {
    loop {
        while let Some(frame) = socket.next_frame() {
            if !send(wire, socket, frame).await {
                return socket.closing();
            }
        }
        if let Some(code) = socket.closing() {
            return Some(code);
        }
        let action = tokio::select! {
            received = wire.recv() => match received {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(message)) => heard(socket, &message),
            },
            () = socket.wake.notified() => None,
            () = tokio::time::sleep_until(socket.deadline().into()) => {
                socket.step(|connection| connection.on_tick(Instant::now()))
            }
        };
        let goes_on = match action {
            None => true,
            Some(Action::Ping) => send(wire, socket, Message::Ping(bytes::Bytes::new())).await,
            Some(action) => {
                Box::pin(perform(app, socket, action)).await;
                true
            }
        };
        if !goes_on {
            return socket.closing();
        }
    }
}

fn heard(socket: &Socket, message: &Message) -> Option<Action> {
    let now = Instant::now();
    socket.step(|connection| match message {
        Message::Text(text) => connection.on_frame(now, text.as_str()),
        Message::Binary(_) => connection.on_binary(now),
        Message::Ping(_) | Message::Pong(_) | Message::Close(_) => {
            connection.on_pong(now);
            None
        }
    })
}

/// Sends a frame. False: the client is gone, or the connection is to be closed.
async fn send(wire: &mut WebSocket, socket: &Socket, message: Message) -> bool {
    let mut sending = std::pin::pin!(wire.send(message));
    // Almost always the kernel takes it at once.
    if let std::task::Poll::Ready(sent) = poll!(&mut sending) {
        return sent.is_ok();
    }
    let patience = tokio::time::sleep(Limits::default().silence);
    let mut patience = std::pin::pin!(patience);
    loop {
        tokio::select! {
            sent = &mut sending => return sent.is_ok(),
            () = socket.wake.notified() => if socket.closing().is_some() { return false },
            () = &mut patience => return false,
        }
    }
}

/// Does what the client asked for, but for what the state machine answers by itself.
async fn perform(app: &App, socket: &Arc<Socket>, action: Action) {
    match action {
        Action::Subscribe { request, channel, after } => {
            app.hub().follow(socket);
            subscribe(app, socket, request, channel, after.as_ref()).await;
            app.hub().follow(socket);
        }
        Action::Unsubscribe { .. } => app.hub().follow(socket),
        Action::Acknowledge(cursor) => acknowledge(app, socket, &cursor).await,
        Action::Ping | Action::Close(_) => {}
    }
}

async fn subscribe(
    app: &App,
    socket: &Socket,
    request: Request,
    channel: Channel,
    after: Option<&Cursor>,
) {
    let started = catch_up::start(app, socket.user, channel, after).await;
    socket.step(|connection| match started {
        Ok(Some(start)) => {
            connection.on_subscribed(request, start.cursor, start.covered, start.missed)
        }
        Ok(None) => connection.on_refused(request, kith_realtime::Problem::not_found()),
        Err(problem) => {
            tracing::warn!(problem = problem.kind().slug(), "a channel could not be started");
            connection.on_failure()
        }
    });
}

async fn acknowledge(app: &App, socket: &Socket, cursor: &Cursor) {
    let Ok(place) = app.keys().cursors.open_event(socket.user, cursor.as_str()) else { return };
    if let Err(problem) = notifications::delivered(app, socket.user, place).await {
        tracing::warn!(problem = problem.kind().slug(), "an acknowledgement was not written");
    }
}

/// Closes with a code and lets the client read it: what is dropped with unread input is reset by the kernel.
async fn say_goodbye(mut wire: WebSocket, code: CloseCode) {
    let frame = CloseFrame { code: code.code(), reason: code.reason().into() };
    let farewell = async {
        if wire.send(Message::Close(Some(frame))).await.is_ok() {
            while let Some(Ok(_)) = wire.recv().await {}
        }
    };
    if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
        tracing::debug!("a client did not answer the end of its connection");
    }
}
