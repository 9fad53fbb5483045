//! Several providers in order: who is asked, who is skipped, and who is tried again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kith_messaging::{
    Blame, Callback, CallbackError, Cause, Delivery, Fallback, HeaderMap, Receipt, Report,
    SendError, SmsMessage, SmsSender, Way,
};
use kith_types::time::{Clock, ManualClock, Timestamp};

use crate::{ANA, message};

const DOWN: SendError = SendError::Temporary(Cause::Refused { status: 500, code: 0 });
const NOT_HERE: SendError = SendError::NotHere(Cause::Refused { status: 400, code: 21612 });
const NOBODY: SendError = SendError::Permanent(Cause::Refused { status: 400, code: 21211 });
const NO_CHANNEL: SendError = SendError::NotHere(Cause::NotConfigured);

/// How a provider of the tests takes its next message; as long as nothing is said, it takes it.
#[derive(Clone)]
enum Mood {
    Refuses(SendError),
    Hangs,
}

/// A provider that does as it is told, and counts how often it was asked.
#[derive(Clone, Default)]
struct Provider {
    moods: Arc<Mutex<VecDeque<Mood>>>,
    asked: Arc<Mutex<usize>>,
}

impl Provider {
    fn will(&self, moods: impl IntoIterator<Item = Mood>) {
        *self.moods.lock().unwrap() = moods.into_iter().collect();
    }

    fn asked(&self) -> usize {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

#[async_trait::async_trait]
impl SmsSender for Provider {
    async fn send(&self, _: SmsMessage) -> Result<Receipt, SendError> {
        *self.asked.lock().unwrap() += 1;
        let mood = self.moods.lock().unwrap().pop_front();
        match mood {
            None => Ok(Receipt::new("whoever", "id")),
            Some(Mood::Refuses(error)) => Err(error),
            Some(Mood::Hangs) => std::future::pending().await,
        }
    }

    fn read_report(
        &self,
        provider: &str,
        _: &Callback<'_>,
    ) -> Result<Option<Report>, CallbackError> {
        assert_eq!(provider, "second");
        Ok(None)
    }
}

struct Three {
    sender: Fallback,
    providers: [Provider; 3],
    clock: Arc<ManualClock>,
}

const NAMES: [&str; 3] = ["first", "second", "third"];

fn three(patience: Duration) -> Three {
    let clock = Arc::new(ManualClock::new(Timestamp::from_unix_seconds(1_800_000_000)));
    let providers: [Provider; 3] = Default::default();
    let ways = NAMES.into_iter().zip(&providers);
    let ways = ways.map(|(name, provider)| Way { name, sender: Arc::new(provider.clone()) });
    let sender = Fallback::new(ways.collect(), patience, Arc::clone(&clock) as Arc<dyn Clock>);
    Three { sender, providers, clock }
}

impl Three {
    fn usual() -> Self {
        three(Duration::from_mins(1))
    }

    /// Who took a message, and who had not.
    async fn sends(&self) -> Result<(&'static str, Vec<&'static str>), SendError> {
        let receipt = self.sender.send(message(ANA, "123456")).await?;
        Ok((receipt.provider, receipt.failed))
    }

    fn asked(&self) -> [usize; 3] {
        self.providers.each_ref().map(Provider::asked)
    }

    fn lost(&self, provider: &'static str, blame: Blame) {
        self.reported(provider, Delivery::Undelivered(blame));
    }

    fn reported(&self, provider: &'static str, delivery: Delivery) {
        let (provider_id, message_id) = ("id".to_owned(), None);
        self.sender.learn(&Report { provider, provider_id, message_id, delivery });
    }
}

#[tokio::test]
async fn the_first_provider_that_takes_it_is_the_only_one() {
    let three = Three::usual();
    assert_eq!(three.sends().await, Ok(("first", vec![])));
    assert_eq!(three.asked(), [1, 0, 0]);
}

#[tokio::test]
async fn a_failing_provider_is_passed_over_and_remembered_for_a_growing_while() {
    let three = Three::usual();
    three.providers[0].will(vec![Mood::Refuses(DOWN); 3]);
    assert_eq!(three.sends().await, Ok(("second", vec!["first"])));
    // 15 seconds, then 30, then 60: each time one message tries, and none before.
    for skipped in [15, 30, 60] {
        three.asked();
        three.clock.advance(Duration::from_secs(skipped - 1));
        assert_eq!(three.sends().await, Ok(("second", vec![])));
        assert_eq!(three.asked(), [0, 1, 0], "{skipped}");
        three.clock.advance(Duration::from_secs(1));
        let tried = three.sends().await;
        let expected = if skipped == 60 { ("first", vec![]) } else { ("second", vec!["first"]) };
        assert_eq!(tried, Ok(expected), "{skipped}");
    }
    // It works again: as if nothing had been.
    assert_eq!(three.sends().await, Ok(("first", vec![])));
    three.providers[0].will([Mood::Refuses(DOWN)]);
    assert_eq!(three.sends().await, Ok(("second", vec!["first"])));
    three.clock.advance(Duration::from_secs(15));
    assert_eq!(three.sends().await, Ok(("first", vec![])));
}

#[tokio::test]
async fn nobody_is_skipped_for_longer_than_ten_minutes() {
    let three = Three::usual();
    three.providers[0].will(vec![Mood::Refuses(DOWN); 100]);
    for _ in 0..100 {
        three.asked();
        three.sends().await.unwrap();
        assert_eq!(three.asked(), [1, 1, 0]);
        three.clock.advance(Duration::from_mins(10));
    }
    assert_eq!(three.sends().await, Ok(("first", vec![])));
}

#[tokio::test]
async fn messages_that_fail_together_count_as_one_failure() {
    let three = Three::usual();
    for provider in &three.providers {
        provider.will(vec![Mood::Refuses(DOWN); 20]);
    }
    for _ in 0..20 {
        assert_eq!(three.sends().await, Err(DOWN));
    }
    assert_eq!(three.asked(), [20, 20, 20]);
    // The clock stood still; had each failure doubled the wait, it would be ten minutes by now.
    three.clock.advance(Duration::from_secs(15));
    three.providers[0].will([]);
    assert_eq!(three.sends().await, Ok(("first", vec![])));
}

#[tokio::test]
async fn one_message_at_a_time_tries_a_provider_again() {
    let three = three(Duration::from_millis(300));
    three.providers[0].will([Mood::Refuses(DOWN), Mood::Hangs]);
    three.sends().await.unwrap();
    three.clock.advance(Duration::from_secs(15));
    three.asked();
    let (trial, beside) = tokio::join!(three.sends(), three.sends());
    assert_eq!(trial, Ok(("second", vec!["first"])));
    assert_eq!(beside, Ok(("second", vec![])));
    assert_eq!(three.asked(), [1, 2, 0]);
}

#[tokio::test]
async fn a_slow_provider_takes_only_its_share_of_the_time() {
    let three = three(Duration::from_millis(90));
    three.providers[0].will([Mood::Hangs]);
    three.providers[1].will([Mood::Hangs]);
    assert_eq!(three.sends().await, Ok(("third", vec!["first", "second"])));
    // Both are remembered like providers that are down.
    assert_eq!(three.sends().await, Ok(("third", vec![])));
}

#[tokio::test]
async fn when_all_are_silent_there_is_an_end() {
    let three = three(Duration::from_millis(90));
    for provider in &three.providers {
        provider.will([Mood::Hangs]);
    }
    assert_eq!(three.sends().await, Err(SendError::Temporary(Cause::NoAnswer)));
    assert_eq!(three.asked(), [1, 1, 1]);
}

#[tokio::test]
async fn when_all_are_skipped_they_are_asked_all_the_same() {
    let three = Three::usual();
    for provider in &three.providers {
        provider.will([Mood::Refuses(DOWN)]);
    }
    assert_eq!(three.sends().await, Err(DOWN));
    assert_eq!(three.sends().await, Ok(("first", vec![])));
}

#[tokio::test]
async fn a_refusal_of_the_number_ends_it_and_one_of_the_way_does_not() {
    let three = Three::usual();
    three.providers[0].will([Mood::Refuses(NOBODY)]);
    assert_eq!(three.sends().await, Err(NOBODY));
    assert_eq!(three.asked(), [1, 0, 0]);
    three.providers[0].will([Mood::Refuses(NOT_HERE), Mood::Refuses(NO_CHANNEL)]);
    assert_eq!(three.sends().await, Ok(("second", vec!["first"])));
    // A channel that a provider does not have is no failure at all.
    assert_eq!(three.sends().await, Ok(("second", vec![])));
    // None of the three says that the provider is down.
    assert_eq!(three.sends().await, Ok(("first", vec![])));
}

#[tokio::test]
async fn what_may_pass_is_told_rather_than_what_will_not() {
    let three = Three::usual();
    for moods in [[DOWN, NOT_HERE, NO_CHANNEL], [NOT_HERE, DOWN, NOT_HERE]] {
        for (provider, mood) in three.providers.iter().zip(moods) {
            provider.will([Mood::Refuses(mood)]);
        }
        assert_eq!(three.sends().await, Err(DOWN));
    }
    for provider in &three.providers {
        provider.will([Mood::Refuses(NOT_HERE)]);
    }
    assert_eq!(three.sends().await, Err(NOT_HERE));
}

#[tokio::test]
async fn a_provider_that_failed_for_a_number_is_asked_last_but_before_those_that_are_down() {
    let three = Three::usual();
    let again = SmsMessage { avoid: vec!["first".to_owned()], ..message(ANA, "123456") };
    assert_eq!(three.sender.send(again.clone()).await.unwrap().provider, "second");
    three.providers[1].will([Mood::Refuses(DOWN)]);
    three.providers[2].will([Mood::Refuses(DOWN)]);
    assert_eq!(three.sender.send(again.clone()).await.unwrap().provider, "first");
    assert_eq!(three.sender.send(again).await.unwrap().provider, "first");
}

#[tokio::test]
async fn a_provider_whose_messages_do_not_arrive_is_skipped() {
    let three = Three::usual();
    for _ in 0..4 {
        three.lost("first", Blame::Way);
    }
    // Phones that are off say nothing of the provider; one that rings says that it works.
    for _ in 0..100 {
        three.lost("first", Blame::Phone);
    }
    assert_eq!(three.sends().await, Ok(("first", vec![])));
    three.reported("first", Delivery::Delivered);
    for _ in 0..4 {
        three.lost("first", Blame::Way);
    }
    assert_eq!(three.sends().await, Ok(("first", vec![])));
    three.lost("first", Blame::Way);
    assert_eq!(three.sends().await, Ok(("second", vec![])));
    three.clock.advance(Duration::from_secs(15));
    assert_eq!(three.sends().await, Ok(("first", vec![])));
}

#[tokio::test]
async fn reports_go_to_the_provider_that_they_name() {
    let three = Three::usual();
    let headers = HeaderMap::new();
    let callback = Callback { url: "", headers: &headers, body: b"", now: three.clock.now() };
    assert_eq!(three.sender.read_report("second", &callback), Ok(None));
    for nobody in ["", "fourth", "inbox"] {
        let refused = three.sender.read_report(nobody, &callback);
        assert_eq!(refused, Err(CallbackError::UnknownProvider), "{nobody}");
    }
}
