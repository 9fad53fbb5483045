//! Two senders as one. Must never send twice by the same way: what both do is for different eyes.

use crate::{Receipt, SendError, SmsMessage, SmsSender};

/// Sends by the first, whose outcome counts, and shows what was sent to the second, whose failure
/// changes nothing: the inbox that pages read, and the console beside it.
pub struct Both<First, Second>(pub First, pub Second);

#[async_trait::async_trait]
impl<First: SmsSender, Second: SmsSender> SmsSender for Both<First, Second> {
    async fn send(&self, message: SmsMessage) -> Result<Receipt, SendError> {
        let receipt = self.0.send(message.clone()).await?;
        // The message is sent by now, so there is nothing to tell the caller.
        let _ = self.1.send(message).await;
        Ok(receipt)
    }
}
