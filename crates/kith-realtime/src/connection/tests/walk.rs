//! Random walks: a client that reads at its own pace, a hub, and a store of everything that happened.
//! Whatever they do in whichever order, nothing grows without bound, and what the client knows of a
//! channel has neither gap nor duplicate unless it was told to fetch anew.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::delivery;
use crate::{Action, Channel, Connection, Cursor, Limits, Missed, Problem, Request};
use kith_types::cursor::EventSequence;
use std::time::Instant;

const LIMITS: Limits = Limits {
    authenticate_within: Duration::from_secs(5),
    ping_every: Duration::from_secs(25),
    silence: Duration::from_mins(1),
    frames_at_once: 30,
    frames_per_second: 10,
    frame_bytes: 300,
    channels: 3,
    queued_frames: 8,
    queued_bytes: 4_000,
    replies: 3,
    held_events: 3,
};

#[derive(Clone, Debug)]
enum Step {
    Subscribe {
        channel: usize,
        resume: bool,
    },
    Unsubscribe(usize),
    Text(String),
    Binary,
    Pong,
    /// The driver reads what a pending request missed.
    Look(usize),
    /// The driver answers a request that it has looked up.
    Accept {
        pending: usize,
        too_much: bool,
    },
    Refuse(usize),
    Event(usize),
    LostEvent(usize),
    Hidden(usize),
    Read(usize),
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let channel = 0..4_usize;
    prop_oneof![
        4 => (channel.clone(), any::<bool>()).prop_map(|(channel, resume)| Step::Subscribe { channel, resume }),
        1 => channel.clone().prop_map(Step::Unsubscribe),
        1 => prop_oneof![
            Just(r#"{"type":"ping"}"#.to_owned()),
            Just(r#"{"type":"ack","cursor":"3"}"#.to_owned()),
            Just(r#"{"type":"auth","token":"t"}"#.to_owned()),
            ".{0,400}",
            "[{}\":,a-z]{0,40}",
        ].prop_map(Step::Text),
        1 => prop_oneof![Just(Step::Binary), Just(Step::Pong)],
        4 => (0..3_usize).prop_map(Step::Look),
        4 => (0..3_usize, prop::bool::weighted(0.1))
            .prop_map(|(pending, too_much)| Step::Accept { pending, too_much }),
        1 => (0..3_usize).prop_map(Step::Refuse),
        12 => channel.clone().prop_map(Step::Event),
        1 => channel.clone().prop_map(Step::LostEvent),
        1 => channel.prop_map(Step::Hidden),
        8 => (1..6_usize).prop_map(Step::Read),
        3 => (0..20_000_u64).prop_map(Step::Wait),
    ]
}

/// A request to follow a channel on its way through the driver.
struct Pending {
    request: Request,
    channel: Channel,
    after: Option<u64>,
    /// Start, newest number and events, once they have been looked up.
    found: Option<(u64, u64, Vec<u64>)>,
}

struct World {
    now: Instant,
    connection: Connection,
    /// Everything that ever happened; the number is the place in the list, from 1.
    log: Vec<Channel>,
    pending: Vec<Pending>,
    /// Up to which number the client knows each channel that it follows.
    known: BTreeMap<Channel, u64>,
    closed: bool,
}

fn channel(index: usize) -> Channel {
    match index {
        0 => Channel::Me,
        1 => Channel::Feed,
        _ => Channel::Post(Uuid::from_u128(index as u128).into()),
    }
}

impl World {
    fn new() -> Self {
        let now = Instant::now();
        let connection = Connection::new(LIMITS, now);
        Self {
            now,
            connection,
            log: Vec::new(),
            pending: Vec::new(),
            known: BTreeMap::new(),
            closed: false,
        }
    }

    fn newest(&self) -> u64 {
        self.log.len() as u64
    }

    fn numbers(&self, of: Channel, after: u64) -> Vec<u64> {
        let numbered = self.log.iter().zip(1_u64..);
        numbered
            .filter(|(channel, number)| **channel == of && *number > after)
            .map(|(_, number)| number)
            .collect()
    }

    fn take(&mut self, step: Step) {
        let action = match step {
            Step::Subscribe { channel: index, resume } => {
                let channel = channel(index);
                let after = self.known.get(&channel).filter(|_| resume);
                let after = after.map_or(String::new(), |number| format!(r#","after":"{number}""#));
                self.connection.on_frame(
                    self.now,
                    &format!(r#"{{"type":"subscribe","channel":"{channel}"{after}}}"#),
                )
            }
            Step::Unsubscribe(index) => {
                let channel = channel(index);
                self.known.remove(&channel);
                self.connection.on_frame(
                    self.now,
                    &format!(r#"{{"type":"unsubscribe","channel":"{channel}"}}"#),
                )
            }
            Step::Text(text) => self.connection.on_frame(self.now, &text),
            Step::Binary => self.connection.on_binary(self.now),
            Step::Pong => {
                self.connection.on_pong(self.now);
                None
            }
            Step::Look(index) => {
                self.look(index);
                None
            }
            Step::Accept { pending, too_much } => self.accept(pending, too_much),
            Step::Refuse(index) => self.refuse(index),
            Step::Event(index) => {
                self.log.push(channel(index));
                self.connection.on_event(delivery(channel(index), self.newest()));
                None
            }
            Step::LostEvent(index) => {
                self.log.push(channel(index));
                self.connection.on_missed(channel(index));
                None
            }
            Step::Hidden(index) => self.connection.on_hidden(channel(index)),
            Step::Read(count) => {
                (0..count).for_each(|_| self.read());
                None
            }
            Step::Wait(milliseconds) => {
                self.now += Duration::from_millis(milliseconds);
                self.connection.on_tick(self.now)
            }
        };
        self.act(action);
        self.check_bounds();
    }

    fn act(&mut self, action: Option<Action>) {
        assert!(!self.closed || action.is_none(), "a closed connection wants {action:?}");
        match action {
            Some(Action::Subscribe { request, channel, after }) => {
                let after = after.map(|cursor| cursor.as_str().parse().unwrap());
                self.pending.push(Pending { request, channel, after, found: None });
            }
            Some(Action::Close(_)) => self.closed = true,
            _ => {}
        }
    }

    fn look(&mut self, index: usize) {
        let newest = self.newest();
        let Some(Pending { channel, after, .. }) = self.pending.get(index) else { return };
        let start = after.unwrap_or(newest);
        let missed = self.numbers(*channel, start);
        self.pending[index].found = Some((start, newest, missed));
    }

    fn accept(&mut self, index: usize, too_much: bool) -> Option<Action> {
        self.pending.get(index)?.found.as_ref()?;
        let Pending { request, channel, found, .. } = self.pending.remove(index);
        let (start, newest, missed) = found?;
        let events = missed.into_iter().map(|number| delivery(channel, number)).collect();
        let missed = if too_much { Missed::TooMuch } else { Missed::Events(events) };
        let cursor = Cursor::from(start.to_string());
        self.connection.on_subscribed(request, cursor, EventSequence(newest), missed)
    }

    fn refuse(&mut self, index: usize) -> Option<Action> {
        if index >= self.pending.len() {
            return None;
        }
        let pending = self.pending.remove(index);
        self.connection.on_refused(pending.request, Problem::not_found())
    }

    /// The client reads one frame and compares it with what happened.
    fn read(&mut self) {
        let has_frame = self.connection.has_frame();
        let Some(text) = self.connection.next_frame() else {
            assert!(!has_frame);
            return;
        };
        assert!(has_frame);
        let frame: Value = serde_json::from_str(&text).unwrap();
        let Some(channel) = frame["channel"].as_str().map(|name| name.parse::<Channel>().unwrap())
        else {
            return;
        };
        let number = || frame["cursor"].as_str().unwrap().parse::<u64>().unwrap();
        match frame["type"].as_str().unwrap() {
            "subscribed" => {
                self.known.insert(channel, number());
            }
            "event" => {
                let Some(known) = self.known.get(&channel).copied() else { return };
                let next = self.numbers(channel, known)[0];
                assert_eq!(number(), next, "gap or duplicate on {channel}");
                self.known.insert(channel, next);
            }
            "resync" => {
                let newest = self.newest();
                self.known.entry(channel).and_modify(|known| *known = newest);
            }
            "error" => {
                self.known.remove(&channel);
            }
            other => panic!("{other}"),
        }
    }

    fn check_bounds(&self) {
        let (frames, bytes) = self.connection.queued();
        assert!(frames <= LIMITS.queued_frames && bytes <= LIMITS.queued_bytes);
        assert!(self.connection.channels().count() <= LIMITS.channels);
        assert!(self.connection.held() <= LIMITS.channels * LIMITS.held_events);
    }

    /// At the end everything is answered and read: then nothing that happened is unknown.
    fn finish(&mut self) {
        while !self.pending.is_empty() {
            self.look(0);
            let action = self.accept(0, false);
            self.act(action);
        }
        while self.connection.has_frame() {
            self.read();
        }
        for channel in self.connection.channels() {
            if let Some(known) = self.known.get(&channel) {
                assert_eq!(self.numbers(channel, *known), [0; 0], "unknown on {channel}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nothing_is_lost_doubled_or_unbounded(steps in proptest::collection::vec(step(), 0..150)) {
        let mut world = World::new();
        for step in steps {
            world.take(step);
        }
        world.finish();
    }
}
