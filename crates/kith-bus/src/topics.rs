//! Hints between the parts of one process, by topic.
//!
//! Owns the subscriptions. A sender never waits: a reader that falls behind is told to catch up.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use tokio::sync::{Notify, broadcast};
use tokio_stream::wrappers::BroadcastStream;

/// Hints that a slow reader may have outstanding before it is told to catch up instead.
const BACKLOG: usize = 256;

/// Something that a subscriber hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// What somebody published.
    Message(Bytes),
    /// Hints may have been lost until now: read what is new from where the truth is. The first item
    /// of every subscription, and the one after a lost connection or a reader's own slowness.
    CatchUp,
}

/// The hints of one topic from now on. Ends only when the bus is gone.
pub struct Subscription {
    hints: BroadcastStream<Hint>,
    is_new: bool,
}

impl Stream for Subscription {
    type Item = Hint;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Hint>> {
        if std::mem::take(&mut self.is_new) {
            return Poll::Ready(Some(Hint::CatchUp));
        }
        let hint = ready!(self.hints.poll_next_unpin(context));
        // The only error is having fallen behind.
        Poll::Ready(hint.map(|hint| hint.unwrap_or(Hint::CatchUp)))
    }
}

#[derive(Debug, Default)]
pub(crate) struct Topics {
    senders: Mutex<HashMap<String, broadcast::Sender<Hint>>>,
    /// Told when a topic comes or goes.
    pub(crate) changed: Notify,
}

impl Topics {
    pub(crate) fn subscribe(&self, topic: &str) -> Subscription {
        let mut senders = self.senders();
        let hints = if let Some(sender) = senders.get(topic) {
            sender.subscribe()
        } else {
            // New topics are rare, so this is the time to forget those that nobody reads.
            senders.retain(|_, sender| sender.receiver_count() > 0);
            let (sender, hints) = broadcast::channel(BACKLOG);
            senders.insert(topic.to_owned(), sender);
            self.changed.notify_one();
            hints
        };
        Subscription { hints: BroadcastStream::new(hints), is_new: true }
    }

    /// Tells the readers of a topic, if there are any.
    pub(crate) fn deliver(&self, topic: &str, hint: Hint) {
        let mut senders = self.senders();
        if senders.get(topic).is_some_and(|sender| sender.send(hint).is_err()) {
            senders.remove(topic);
            self.changed.notify_one();
        }
    }

    /// The topics that somebody reads.
    pub(crate) fn names(&self) -> Vec<String> {
        let senders = self.senders();
        senders
            .iter()
            .filter(|(_, sender)| sender.receiver_count() > 0)
            .map(|(topic, _)| topic.clone())
            .collect()
    }

    fn senders(&self) -> MutexGuard<'_, HashMap<String, broadcast::Sender<Hint>>> {
        self.senders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
