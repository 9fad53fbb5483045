//! The inbox of development and tests: messages that never leave this process.
//!
//! Owns the newest messages. Must never be offered where strangers reach it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use kith_types::{
    phone::PhoneNumber,
    time::{Clock, Timestamp},
};

use crate::{Receipt, SendError, SmsMessage, SmsSender};

/// A message and when it was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The message.
    pub message: SmsMessage,
    /// When.
    pub sent_at: Timestamp,
}

/// Keeps the newest messages; cheap to clone, all clones are one inbox.
#[derive(Clone)]
pub struct Inbox {
    clock: Arc<dyn Clock>,
    messages: Arc<Mutex<VecDeque<Sent>>>,
}

impl Inbox {
    /// Messages that are kept; older ones are forgotten.
    pub const CAPACITY: usize = 200;

    /// An empty inbox that tells time by `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, messages: Arc::default() }
    }

    /// The messages, newest first.
    pub fn messages(&self) -> Vec<Sent> {
        self.lock().iter().cloned().collect()
    }

    /// The messages to one number, newest first.
    pub fn messages_to(&self, number: &PhoneNumber) -> Vec<Sent> {
        self.lock().iter().filter(|sent| sent.message.to == *number).cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Sent>> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl SmsSender for Inbox {
    async fn send(&self, message: SmsMessage) -> Result<Receipt, SendError> {
        let sent = Sent { message, sent_at: self.clock.now() };
        let mut messages = self.lock();
        messages.push_front(sent);
        messages.truncate(Self::CAPACITY);
        Ok(Receipt::new("inbox", "inbox"))
    }
}
