//! How many numbers a person may look up.

use std::time::Duration;

use kith::{
    config::{Config, Limits},
    features::contacts::Budget,
};
use kith_testkit::{Options, TestApp};
use kith_types::time::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{borrowed, strangers};

const DAY: Duration = Duration::from_hours(24);

async fn three_and_one_a_day() -> TestApp {
    let configure = |config: &mut Config| {
        config.limits.contact_lookups = 3;
        config.limits.contact_lookups_per_day = 1;
    };
    TestApp::with(Options { configure, ..Options::default() }).await
}

#[tokio::test]
async fn numbers_over_the_budget_are_stored_and_matched_as_it_refills() {
    let app = three_and_one_a_day().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    ben.lets_be_found_by("anyone").await;
    cem.lets_be_found_by("anyone").await;
    let mut book = strangers(3);
    book.push(("Ben".to_owned(), ben.phone.clone()));
    book.push(("Cem".to_owned(), cem.phone.clone()));
    let first = ana.imports(&borrowed(&book)).await.expect(200);
    assert_eq!((first.at("/imported"), first.at("/deferred")), (json!(5), json!(2)));
    assert_eq!(first.at("/matched"), 0);
    let ben_there = ana.contact("Ben").await;
    assert_eq!(
        (&ben_there["status"], &ben_there["user"]),
        (&json!("not-on-platform"), &Value::Null)
    );

    // The same numbers again cost nothing and gain nothing.
    let again = ana.imports(&borrowed(&book)).await.expect(200);
    assert_eq!((again.at("/updated"), again.at("/deferred")), (json!(5), json!(2)));

    let look_up = || kith::jobs::run_one(&app.app, "contacts.look_up_waiting", Value::Null);
    look_up().await.expect("it runs");
    assert_eq!(ana.imports(&borrowed(&book)).await.expect(200).at("/deferred"), 2);
    app.passes(DAY);
    ana.refreshes().await.expect(200);
    look_up().await.expect("it runs");
    let one_day = ana.imports(&borrowed(&book)).await.expect(200);
    assert_eq!((one_day.at("/matched"), one_day.at("/deferred")), (json!(1), json!(1)));
    app.passes(DAY);
    ana.refreshes().await.expect(200);
    // Without the task, the import itself looks up what has waited.
    let two_days = ana.imports(&borrowed(&book)).await.expect(200);
    assert_eq!((two_days.at("/matched"), two_days.at("/deferred")), (json!(2), json!(0)));
    assert_eq!(ana.contact("Cem").await["user"]["username"], "cem");
}

#[tokio::test]
async fn forgetting_does_not_fill_the_budget() {
    let app = three_and_one_a_day().await;
    let ana = app.person("ana").await;
    ana.imports(&borrowed(&strangers(3))).await.expect(200);
    ana.delete("/v1/contacts").await.expect(204);
    assert_eq!(ana.imports(&borrowed(&strangers(3))).await.expect(200).at("/deferred"), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn importing_while_forgetting_looks_nobody_up_for_free() {
    let app = three_and_one_a_day().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ben.lets_be_found_by("anyone").await;
    let mut book = strangers(200);
    ana.imports(&borrowed(&book)).await.expect(200);
    book.push(("Ben".to_owned(), ben.phone.clone()));
    for _ in 0..10 {
        ana.imports(&borrowed(&book)).await.expect(200);
        let book = borrowed(&book);
        let (imported, forgotten) = tokio::join!(ana.imports(&book), ana.delete("/v1/contacts"));
        forgotten.expect(204);
        assert_eq!(imported.expect(200).at("/matched"), 0);
    }
}

#[tokio::test]
async fn each_person_has_a_budget_of_their_own() {
    let app = three_and_one_a_day().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.imports(&borrowed(&strangers(4))).await.expect(200);
    assert_eq!(ben.imports(&borrowed(&strangers(3))).await.expect(200).at("/deferred"), 0);
}

fn limits(first: i32, per_day: i32) -> Limits {
    let mut limits = Config::defaults().expect("the defaults are valid").limits;
    (limits.contact_lookups, limits.contact_lookups_per_day) = (first, per_day);
    limits
}

proptest! {
    #[test]
    fn over_any_time_no_more_is_looked_up_than_the_bucket_and_its_refill(
        steps in prop::collection::vec((0_u64..200_000, 0_usize..300), 1..60),
        first in 0_i32..400, per_day in 0_i32..2_000,
    ) {
        let (limits, start) = (limits(first, per_day), Timestamp::from_unix_seconds(1_800_000_000));
        let (mut budget, mut now, mut taken) = (Budget::full(&limits, start), start, 0);
        for (seconds, wanted) in steps {
            now += Duration::from_secs(seconds);
            budget = budget.refilled(&limits, now);
            prop_assert!((0..=first).contains(&budget.available));
            taken += budget.take(wanted);
        }
        let earned = u128::from(now.since(start).as_secs()) * u128::from(per_day.unsigned_abs());
        let most = u128::from(first.unsigned_abs()) + earned / u128::from(DAY.as_secs());
        prop_assert!(taken as u128 <= most);
    }

    #[test]
    fn nothing_of_the_refill_is_lost_by_asking_often(
        pauses in prop::collection::vec(1_u64..5_000, 1..200), per_day in 1_i32..500,
    ) {
        let (limits, start) = (limits(1_000_000, per_day), Timestamp::from_unix_seconds(1_800_000_000));
        let empty = Budget { available: 0, refilled_at: start };
        let (mut often, mut now) = (empty, start);
        for seconds in pauses {
            now += Duration::from_secs(seconds);
            often = often.refilled(&limits, now);
        }
        prop_assert_eq!(often.available, empty.refilled(&limits, now).available);
    }
}
