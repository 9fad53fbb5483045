//! The inbox and the console, which send nothing.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kith_messaging::{Both, Cause, Channel, Console, Inbox, SendError, SmsMessage, SmsSender};
use kith_types::time::{Clock, ManualClock, Timestamp};
use secrecy::ExposeSecret;

use crate::{ANA, BEN, message};

#[tokio::test]
async fn the_inbox_keeps_the_newest_messages_of_each_number() {
    let clock = Arc::new(ManualClock::new(Timestamp::from_unix_seconds(1_800_000_000)));
    let inbox = Inbox::new(Arc::clone(&clock) as Arc<dyn Clock>);
    for (to, code) in [(ANA, "000001"), (BEN, "000002"), (ANA, "000003"), (BEN, "000004")] {
        inbox.clone().send(message(to, code)).await.unwrap();
        clock.advance(Duration::from_secs(1));
    }
    let codes = |sent: Vec<kith_messaging::Sent>| -> Vec<String> {
        sent.iter().map(|sent| sent.message.code.expose_secret().to_owned()).collect()
    };
    assert_eq!(codes(inbox.messages()), ["000004", "000003", "000002", "000001"]);
    assert_eq!(codes(inbox.messages_to(&message(BEN, "").to)), ["000004", "000002"]);
    assert_eq!(codes(inbox.messages_to(&message("+14155550199", "").to)), Vec::<String>::new());
    assert_eq!(inbox.messages()[0].sent_at, Timestamp::from_unix_seconds(1_800_000_003));
    for _ in 0..Inbox::CAPACITY {
        inbox.send(message(ANA, "000005")).await.unwrap();
    }
    assert_eq!(codes(inbox.messages()), vec!["000005"; Inbox::CAPACITY]);
}

#[test]
fn numbers_texts_and_codes_do_not_show() {
    let shown = format!("{:?}", message(ANA, "123456"));
    for hidden in ["4155550123", "123456", "Kith code"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}

/// Takes what is written, or fails.
#[derive(Clone)]
struct Terminal {
    text: Arc<Mutex<Vec<u8>>>,
    is_closed: bool,
}

impl Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_closed {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.text.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_console_writes_a_line_for_each_message() {
    let terminal = Terminal { text: Arc::default(), is_closed: false };
    let console = Console::new(terminal.clone());
    console.send(message(ANA, "123456")).await.unwrap();
    console.send(SmsMessage { channel: Channel::Call, ..message(BEN, "654321") }).await.unwrap();
    let text = String::from_utf8(terminal.text.lock().unwrap().clone()).unwrap();
    assert_eq!(
        text,
        "text message to +14155550123: code 123456\ncall to +12025550101: code 654321\n"
    );
}

#[tokio::test]
async fn a_closed_console_is_an_error_and_no_panic() {
    let console = Console::new(Terminal { text: Arc::default(), is_closed: true });
    let refused = console.send(message(ANA, "123456")).await;
    assert_eq!(refused, Err(SendError::Temporary(Cause::NotReached)));
}

#[tokio::test]
async fn a_closed_console_beside_the_inbox_changes_nothing() {
    let clock = ManualClock::new(Timestamp::from_unix_seconds(1_800_000_000));
    let inbox = Inbox::new(Arc::new(clock));
    let open = Terminal { text: Arc::default(), is_closed: false };
    let beside = Both(inbox.clone(), Console::new(open.clone()));
    beside.send(message(ANA, "123456")).await.unwrap();
    assert!(!open.text.lock().unwrap().is_empty());
    let closed = Both(inbox.clone(), Console::new(Terminal { is_closed: true, ..open }));
    assert_eq!(closed.send(message(ANA, "123456")).await.unwrap().provider, "inbox");
    assert_eq!(inbox.messages().len(), 2);
}
