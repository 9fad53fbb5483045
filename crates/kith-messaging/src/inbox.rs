//! The inbox of development and tests: messages that never leave this process.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use kith_types::time::{Clock, Timestamp};

use crate::{Receipt, SendError, SmsMessage, SmsSender};

/// Older messages are forgotten.
const CAPACITY: usize = 200;

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
    /// An empty inbox that tells time by `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, messages: Arc::default() }
    }

    /// The messages, newest first.
    pub fn messages(&self) -> Vec<Sent> {
        let messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.iter().cloned().collect()
    }
}

#[async_trait]
impl SmsSender for Inbox {
    async fn send(&self, message: SmsMessage) -> Result<Receipt, SendError> {
        let sent = Sent { message, sent_at: self.clock.now() };
        let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.push_front(sent);
        messages.truncate(CAPACITY);
        Ok(Receipt { provider_id: "inbox".to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use kith_types::{phone::PhoneNumber, time::ManualClock};

    use super::*;
    use crate::Channel;

    #[tokio::test]
    async fn the_newest_message_comes_first_and_old_ones_go() {
        let inbox = Inbox::new(Arc::new(ManualClock::new(Timestamp::from_unix_seconds(0))));
        let to = PhoneNumber::parse("+12025550101", None).unwrap();
        for n in 0..=CAPACITY {
            let message = SmsMessage {
                to: to.clone(),
                body: "x".into(),
                channel: Channel::Sms,
                code: n.to_string().into(),
            };
            inbox.send(message).await.unwrap();
        }
        let messages = inbox.messages();
        assert_eq!(messages.len(), CAPACITY);
        let newest = secrecy::ExposeSecret::expose_secret(&messages[0].message.code).to_owned();
        assert_eq!(newest, CAPACITY.to_string());
        assert!(!format!("{:?}", messages[0]).contains("2025550101"), "numbers are redacted");
    }
}
