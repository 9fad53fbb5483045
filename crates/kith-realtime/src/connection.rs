//! Owns the state of one connection that has proven who it is: what it follows, what waits for it,
//! when it was last heard. It must never grow without bound, whatever either side does.

use std::time::Instant;

use kith_types::cursor::EventSequence;

use crate::outbox::Outbox;
use crate::rate::Rate;
use crate::subscription::{Phase, Subscription};
use crate::{
    Channel, ClientFrame, CloseCode, Cursor, Delivery, Limits, Problem, Request, ServerFrame,
};

/// What the driver is to do. Frames to send are taken with [`Connection::next_frame`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Authorise a channel and read what was missed, then call [`Connection::on_subscribed`] or
    /// [`Connection::on_refused`]. From now on, live events of the channel are to be handed over.
    Subscribe {
        /// Names this request in the answer.
        request: Request,
        /// What to follow.
        channel: Channel,
        /// Where to start; without it, now.
        after: Option<Cursor>,
    },
    /// Live events of a channel are not wanted any more.
    Unsubscribe {
        /// What is not followed any more.
        channel: Channel,
    },
    /// Notifications up to this place have arrived. The text comes from the client: it may be wrong.
    Acknowledge(Cursor),
    /// Send a ping of the WebSocket protocol.
    Ping,
    /// Close and forget the connection.
    Close(CloseCode),
}

/// What happened on a channel between the client's place and now.
#[derive(Clone, Debug)]
pub enum Missed {
    /// Exactly these events, oldest first; none if the client named no place.
    Events(Vec<Delivery>),
    /// It cannot be told, or is too much to tell: the client fetches anew.
    TooMuch,
}

/// One connection of one account.
#[derive(Debug)]
pub struct Connection {
    limits: Limits,
    outbox: Outbox,
    subscriptions: Vec<Subscription>,
    requests: u64,
    rate: Rate,
    last_heard: Instant,
    next_ping: Instant,
    closed: bool,
}

impl Connection {
    /// Starts a connection that proved in the handshake who it is.
    pub fn new(limits: Limits, now: Instant) -> Self {
        Self {
            limits,
            outbox: Outbox::default(),
            subscriptions: Vec::new(),
            requests: 0,
            rate: Rate::new(limits.frames_at_once, limits.frames_per_second, now),
            last_heard: now,
            next_ping: now + limits.ping_every,
            closed: false,
        }
    }

    pub(crate) fn after_token(limits: Limits, now: Instant) -> Self {
        let mut connection = Self::new(limits, now);
        let _ = connection.reply(&ServerFrame::Authenticated {});
        connection
    }

    /// Takes a text frame of the client.
    pub fn on_frame(&mut self, now: Instant, text: &str) -> Option<Action> {
        if let Err(action) = self.admit(now) {
            return action;
        }
        if text.len() > self.limits.frame_bytes {
            return self.refuse(None, Problem::malformed("send shorter frames"));
        }
        match ClientFrame::parse(text) {
            Ok(ClientFrame::Ping {}) => self.reply(&ServerFrame::Pong {}),
            Ok(ClientFrame::Subscribe { channel, after }) => self.subscribe(channel, after),
            Ok(ClientFrame::Unsubscribe { channel }) => self.unsubscribe(channel),
            Ok(ClientFrame::Ack { cursor }) => Some(Action::Acknowledge(cursor)),
            Ok(ClientFrame::Auth { .. }) => self.refuse(
                None,
                Problem::conflict("leave out the token: this connection has one already"),
            ),
            Err(problem) => self.refuse(None, problem),
        }
    }

    /// Takes a binary frame of the client: there are none in this protocol.
    pub fn on_binary(&mut self, now: Instant) -> Option<Action> {
        if let Err(action) = self.admit(now) {
            return action;
        }
        self.refuse(None, Problem::malformed("send frames as text"))
    }

    /// Takes a pong, or a ping, of the WebSocket protocol.
    pub fn on_pong(&mut self, now: Instant) {
        self.last_heard = self.last_heard.max(now);
    }

    /// Takes the answer to [`Action::Subscribe`]: the channel may be followed. `cursor` is the place
    /// that the client named, or the newest; `covered` the newest number that was read when what was
    /// missed was read.
    pub fn on_subscribed(
        &mut self,
        request: Request,
        cursor: Cursor,
        covered: EventSequence,
        missed: Missed,
    ) -> Option<Action> {
        let index = self.index_of_request(request)?;
        let channel = self.subscriptions[index].channel;
        let phase =
            std::mem::replace(&mut self.subscriptions[index].phase, Phase::Live { last: covered });
        let Phase::Pending { held } = phase else {
            self.subscriptions[index].phase = phase;
            return None;
        };
        if let Some(close) = self.reply(&ServerFrame::Subscribed { channel, cursor }) {
            return Some(close);
        }
        match missed {
            Missed::Events(events) => {
                for delivery in events {
                    self.send(index, delivery);
                }
            }
            Missed::TooMuch => self.subscriptions[index].behind = true,
        }
        for delivery in held {
            self.send_if_newer(index, delivery);
        }
        None
    }

    /// Takes the answer to [`Action::Subscribe`]: the channel may not be followed. Live events of it
    /// are not wanted any more, unless [`Connection::channels`] still names it.
    pub fn on_refused(&mut self, request: Request, problem: Problem) -> Option<Action> {
        let index = self.index_of_request(request)?;
        let channel = self.subscriptions.swap_remove(index).channel;
        self.refuse(Some(channel), problem)
    }

    /// Ends a channel that the account may not see any more. Live events of it are not wanted.
    pub fn on_hidden(&mut self, channel: Channel) -> Option<Action> {
        let index = self.index_of(channel)?;
        self.subscriptions.swap_remove(index);
        self.refuse(Some(channel), Problem::not_found())
    }

    /// Takes a live event, of which the account may know. Those of a channel come in the order of
    /// their numbers; one that is not followed is left out.
    pub fn on_event(&mut self, delivery: Delivery) {
        let Some(index) = self.index_of(delivery.channel) else { return };
        let subscription = &mut self.subscriptions[index];
        match &mut subscription.phase {
            Phase::Pending { held } if held.len() < self.limits.held_events => held.push(delivery),
            Phase::Pending { .. } => subscription.behind = true,
            Phase::Live { .. } => self.send_if_newer(index, delivery),
        }
    }

    /// Notes that events of a channel were left out before they came here: `resync` follows.
    pub fn on_missed(&mut self, channel: Channel) {
        if let Some(index) = self.index_of(channel) {
            self.subscriptions[index].behind = true;
        }
    }

    /// Ends the connection because its session or account may not go on.
    pub fn on_revoked(&mut self) -> Option<Action> {
        self.close(CloseCode::Revoked)
    }

    /// Ends the connection because the server stops.
    pub fn on_shutdown(&mut self) -> Option<Action> {
        self.close(CloseCode::GoingAway)
    }

    /// Ends the connection because something failed that it cannot do without.
    pub fn on_failure(&mut self) -> Option<Action> {
        self.close(CloseCode::Internal)
    }

    /// Looks at the time. To be called at [`Connection::deadline`]; earlier does no harm.
    pub fn on_tick(&mut self, now: Instant) -> Option<Action> {
        if self.closed {
            return None;
        }
        if now >= self.last_heard + self.limits.silence {
            return self.close(CloseCode::NoPong);
        }
        if now < self.next_ping {
            return None;
        }
        self.next_ping = now + self.limits.ping_every;
        Some(Action::Ping)
    }

    /// Returns when [`Connection::on_tick`] has something to do next.
    pub fn deadline(&self) -> Instant {
        self.next_ping.min(self.last_heard + self.limits.silence)
    }

    /// Takes the next frame to send. A reader that was left behind is told so once it has read
    /// everything before.
    pub fn next_frame(&mut self) -> Option<String> {
        if let Some(frame) = self.outbox.pop() {
            return Some(frame);
        }
        let behind = self.subscriptions.iter_mut().find(|each| each.behind && each.is_live())?;
        behind.behind = false;
        Some(ServerFrame::Resync { channel: behind.channel }.to_text())
    }

    /// Tells whether [`Connection::next_frame`] has one.
    pub fn has_frame(&self) -> bool {
        self.outbox.size().0 > 0
            || self.subscriptions.iter().any(|each| each.behind && each.is_live())
    }

    /// Tells how many frames wait for the reader, and their bytes.
    pub fn queued(&self) -> (usize, usize) {
        self.outbox.size()
    }

    /// Tells how many live events are held until their channel is live.
    pub fn held(&self) -> usize {
        self.subscriptions.iter().map(Subscription::held).sum()
    }

    /// Tells which channels are followed or about to be.
    pub fn channels(&self) -> impl Iterator<Item = Channel> {
        self.subscriptions.iter().map(|subscription| subscription.channel)
    }

    /// Counts a frame: whoever sends one is there, and must not send too many.
    fn admit(&mut self, now: Instant) -> Result<(), Option<Action>> {
        if self.closed {
            return Err(None);
        }
        self.last_heard = self.last_heard.max(now);
        if self.rate.admit(now) { Ok(()) } else { Err(self.close(CloseCode::TooFast)) }
    }

    fn subscribe(&mut self, channel: Channel, after: Option<Cursor>) -> Option<Action> {
        let request = Request(self.requests);
        let subscription = Subscription::new(channel, request);
        match self.index_of(channel) {
            Some(index) => self.subscriptions[index] = subscription,
            None if self.subscriptions.len() < self.limits.channels => {
                self.subscriptions.push(subscription);
            }
            None => {
                let problem =
                    Problem::conflict("unsubscribe from another channel first: there are too many");
                return self.refuse(Some(channel), problem);
            }
        }
        self.requests += 1;
        Some(Action::Subscribe { request, channel, after })
    }

    fn unsubscribe(&mut self, channel: Channel) -> Option<Action> {
        let index = self.index_of(channel)?;
        self.subscriptions.swap_remove(index);
        Some(Action::Unsubscribe { channel })
    }

    fn send_if_newer(&mut self, index: usize, delivery: Delivery) {
        if let Phase::Live { last } = self.subscriptions[index].phase
            && delivery.sequence > last
        {
            self.send(index, delivery);
        }
    }

    /// Queues an event. While the reader is behind, its events are left out: `resync` covers them.
    fn send(&mut self, index: usize, delivery: Delivery) {
        let subscription = &mut self.subscriptions[index];
        if let Phase::Live { last } = &mut subscription.phase {
            *last = delivery.sequence.max(*last);
        }
        if !subscription.behind {
            subscription.behind =
                self.outbox.push_event(delivery.into_text(), &self.limits).is_err();
        }
    }

    fn refuse(&mut self, channel: Option<Channel>, problem: Problem) -> Option<Action> {
        self.reply(&ServerFrame::Error { channel, problem })
    }

    /// Queues an answer. Whoever asks without reading the answers is asking too fast.
    fn reply(&mut self, frame: &ServerFrame) -> Option<Action> {
        if self.closed {
            return None;
        }
        match self.outbox.push_reply(frame.to_text(), &self.limits) {
            Ok(()) => None,
            Err(_) => self.close(CloseCode::TooFast),
        }
    }

    fn close(&mut self, code: CloseCode) -> Option<Action> {
        if self.closed {
            return None;
        }
        self.closed = true;
        self.outbox = Outbox::default();
        self.subscriptions = Vec::new();
        Some(Action::Close(code))
    }

    fn index_of(&self, channel: Channel) -> Option<usize> {
        self.subscriptions.iter().position(|subscription| subscription.channel == channel)
    }

    fn index_of_request(&self, request: Request) -> Option<usize> {
        self.subscriptions.iter().position(|subscription| subscription.request == request)
    }
}

#[cfg(test)]
mod tests;
