//! Messages as lines for the operator in front of the machine: for development only.
//!
//! Owns the form of the line. Must never write to a log: the line has a number and a code.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use secrecy::ExposeSecret;

use crate::{Cause, Channel, Receipt, SendError, SmsMessage, SmsSender};

/// Writes each message as one line, such as to standard output.
pub struct Console {
    writer: Mutex<Box<dyn Write + Send>>,
}

impl Console {
    /// A console on a writer that only the operator sees.
    pub fn new(writer: impl Write + Send + 'static) -> Self {
        Self { writer: Mutex::new(Box::new(writer)) }
    }
}

#[async_trait::async_trait]
impl SmsSender for Console {
    async fn send(&self, message: SmsMessage) -> Result<Receipt, SendError> {
        let channel = match message.channel {
            Channel::Sms => "text message",
            Channel::Call => "call",
        };
        let (to, code) = (message.to.as_e164(), message.code.expose_secret());
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let written =
            writeln!(writer, "{channel} to {to}: code {code}").and_then(|()| writer.flush());
        written.map_err(|_| SendError::Temporary(Cause::NotReached))?;
        Ok(Receipt::new("console", "console"))
    }
}
