//! The port for e-mail, and the mailbox of development and tests.
//!
//! Owns the words in which a failed mail is judged. Never shows an address, a text or a code in `Debug`, errors
//! or logs.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use kith_types::{text::Email, time::Timestamp};
use secrecy::SecretString;

/// A mail of plain text to one address.
#[derive(Clone)]
pub struct MailMessage {
    /// Tells it from every other mail: the left side of its `Message-ID`.
    pub id: String,
    /// The address.
    pub to: Email,
    /// What it is about. No secret: it shows on locked screens.
    pub subject: String,
    /// The text.
    pub body: SecretString,
    /// The code that the text contains.
    pub code: SecretString,
    /// When it was written.
    pub sent_at: Timestamp,
}

impl fmt::Debug for MailMessage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("MailMessage").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Why a mail was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Nothing was sent; later it may succeed.
    #[error("the mail cannot be sent now: {0}")]
    Temporary(MailFault),
    /// It may have been sent, or not.
    #[error("the mail server did not answer in time")]
    Unknown,
    /// The mail server takes no mail for this address.
    #[error("this address cannot be reached: {0}")]
    Permanent(MailFault),
}

/// What the mail server said, without the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailFault {
    /// It could not be reached, or its certificate counts for nothing.
    NotReached,
    /// It refused with this code of SMTP.
    Refused(u16),
    /// Its answer, or the mail itself, is none that SMTP knows.
    NotUnderstood,
}

impl fmt::Display for MailFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotReached => out.write_str("the mail server was not reached"),
            Self::Refused(code) => write!(out, "the mail server refused with {code}"),
            Self::NotUnderstood => out.write_str("the mail server was not understood"),
        }
    }
}

/// Something that sends mails.
#[async_trait::async_trait]
pub trait MailSender: Send + Sync {
    /// Hands a mail over. Returns within seconds, whatever the mail server does.
    async fn send(&self, mail: MailMessage) -> Result<(), MailError>;
}

/// Keeps the newest mails, which never leave this process; all clones are one mailbox.
#[derive(Clone, Default)]
pub struct Mailbox(Arc<Mutex<VecDeque<MailMessage>>>);

impl Mailbox {
    /// Mails that are kept; older ones are forgotten.
    pub const CAPACITY: usize = 200;

    /// The mails, newest first.
    pub fn mails(&self) -> Vec<MailMessage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

#[async_trait::async_trait]
impl MailSender for Mailbox {
    async fn send(&self, mail: MailMessage) -> Result<(), MailError> {
        let mut mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mails.push_front(mail);
        mails.truncate(Self::CAPACITY);
        Ok(())
    }
}
