//! Owns the state of one followed channel.

use kith_types::cursor::EventSequence;

use crate::{Channel, Cursor, EventText, ServerFrame};

/// An event on its way to one person.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// On which channel.
    pub channel: Channel,
    /// Its number in the order of all events.
    pub sequence: EventSequence,
    /// The person's cursor for that number.
    pub cursor: Cursor,
    /// What it says.
    pub event: EventText,
}

impl Delivery {
    pub(crate) fn into_text(self) -> String {
        let Self { channel, cursor, event, .. } = self;
        ServerFrame::Event { channel, cursor, event }.to_text()
    }
}

/// Tells one request to follow a channel from a later one for the same channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Request(pub(crate) u64);

/// A followed channel.
#[derive(Debug)]
pub(crate) struct Subscription {
    pub(crate) channel: Channel,
    pub(crate) request: Request,
    pub(crate) phase: Phase,
    /// Whether events were left out that the reader has not been told of.
    pub(crate) behind: bool,
}

#[derive(Debug)]
pub(crate) enum Phase {
    /// The answer to the request is awaited; live events are held.
    Pending {
        /// In the order of their arrival.
        held: Vec<Delivery>,
    },
    /// Events go straight on if they are newer than this one.
    Live {
        /// The newest that was sent or covered.
        last: EventSequence,
    },
}

impl Subscription {
    pub(crate) fn new(channel: Channel, request: Request) -> Self {
        Self { channel, request, phase: Phase::Pending { held: Vec::new() }, behind: false }
    }

    /// Tells whether the client knows that it follows the channel.
    pub(crate) fn is_live(&self) -> bool {
        matches!(self.phase, Phase::Live { .. })
    }

    pub(crate) fn held(&self) -> usize {
        match &self.phase {
            Phase::Pending { held } => held.len(),
            Phase::Live { .. } => 0,
        }
    }
}
