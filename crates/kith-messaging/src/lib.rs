//! Provisional seam, used by the application crate until the real crate lands: whoever lands it replaces this file
//! wholly and adapts the callers (grep `kith_messaging::` in crates/kith) in the same commit.
use kith_types::phone::PhoneNumber;
use secrecy::SecretString;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Sms,
    Call,
}
#[derive(Clone, Debug)]
pub struct SmsMessage {
    pub to: PhoneNumber,
    pub body: SecretString,
    pub channel: Channel,
    pub code: SecretString,
}
#[derive(Debug)]
pub struct Receipt;
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error("temporary")]
    Temporary,
    #[error("permanent")]
    Permanent,
}
#[async_trait::async_trait]
pub trait SmsSender: Send + Sync {
    async fn send(&self, message: SmsMessage) -> Result<Receipt, SendError>;
}
#[derive(Clone, Default)]
pub struct Inbox {
    messages: Arc<Mutex<VecDeque<Sent>>>,
}
/// A message and when it was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    pub message: SmsMessage,
    pub sent_at: kith_types::time::Timestamp,
}
impl Inbox {
    pub fn messages(&self) -> Vec<Sent> {
        self.messages.lock().unwrap().iter().cloned().collect()
    }
}
#[async_trait::async_trait]
impl SmsSender for Inbox {
    async fn send(&self, m: SmsMessage) -> Result<Receipt, SendError> {
        self.messages.lock().unwrap().push_front(Sent {
            message: m,
            sent_at: kith_types::time::Clock::now(&kith_types::time::SystemClock),
        });
        Ok(Receipt)
    }
}
