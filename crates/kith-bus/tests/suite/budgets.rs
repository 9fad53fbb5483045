//! What budgets promise, in process and shared.

use std::time::Duration;

use futures_util::future;
use kith_bus::{Limit, OnUnavailable, Scope, Wanted};

use crate::fixture::Fixture;

const SLOW: Limit = Limit {
    name: "slow",
    burst: 3,
    period: Duration::from_hours(24),
    scope: Scope::Shared(OnUnavailable::FailClosed),
};

pub async fn a_burst_is_granted_and_then_refused(bus: &Fixture) {
    for remaining in [2, 1, 0] {
        let decision = bus.here.check(&SLOW, "ana").await;
        assert!(decision.is_allowed());
        assert_eq!((decision.granted, decision.remaining, decision.limit), (1, remaining, 3));
        assert_eq!(decision.retry_after, None);
    }
    // Another process refuses too, and goes on refusing without asking.
    for _ in 0..3 {
        let decision = bus.there.check(&SLOW, "ana").await;
        assert!(!decision.is_allowed());
        assert_eq!((decision.granted, decision.remaining), (0, 0));
        let retry_after = decision.retry_after.unwrap();
        assert!(retry_after > Duration::from_hours(7) && retry_after <= Duration::from_hours(8));
        assert!(decision.reset_after > Duration::from_hours(23));
    }
}

pub async fn budgets_are_apart_by_name_and_key(bus: &Fixture) {
    let other = Limit { name: "other", ..SLOW };
    for _ in 0..3 {
        assert!(bus.here.check(&SLOW, "ana").await.is_allowed());
    }
    assert!(!bus.here.check(&SLOW, "ana").await.is_allowed());
    assert!(bus.here.check(&SLOW, "ben").await.is_allowed());
    assert!(bus.here.check(&other, "ana").await.is_allowed());
}

pub async fn a_budget_fills_again(bus: &Fixture) {
    let quick = Limit { name: "quick", burst: 2, period: Duration::from_millis(400), ..SLOW };
    bus.here.take(&quick, "ana", Wanted::All(2)).await;
    bus.after(Duration::from_millis(200), async || {
        bus.there.check(&quick, "ana").await.is_allowed()
    })
    .await;
    bus.after(Duration::from_millis(400), async || {
        bus.there.take(&quick, "ana", Wanted::All(2)).await.is_allowed()
    })
    .await;
}

pub async fn all_or_none(bus: &Fixture) {
    assert_eq!(bus.here.take(&SLOW, "ana", Wanted::All(2)).await.remaining, 1);
    let refused = bus.there.take(&SLOW, "ana", Wanted::All(2)).await;
    assert_eq!((refused.granted, refused.remaining), (0, 1));
    assert!(refused.retry_after.unwrap() <= Duration::from_hours(8));
    assert!(bus.there.take(&SLOW, "ana", Wanted::All(1)).await.is_allowed());
    assert!(bus.there.take(&SLOW, "ana", Wanted::All(0)).await.is_allowed());
}

pub async fn as_many_as_there_are(bus: &Fixture) {
    assert_eq!(bus.here.take(&SLOW, "ana", Wanted::UpTo(2)).await.granted, 2);
    let rest = bus.there.take(&SLOW, "ana", Wanted::UpTo(5_000)).await;
    assert_eq!((rest.granted, rest.remaining, rest.is_allowed()), (1, 0, false));
    let nothing = bus.here.take(&SLOW, "ana", Wanted::UpTo(5_000)).await;
    assert_eq!((nothing.granted, nothing.is_allowed()), (0, false));
    assert!(nothing.retry_after.unwrap() <= Duration::from_hours(8));
}

pub async fn an_empty_budget_refuses_everything(bus: &Fixture) {
    let closed = Limit { burst: 0, ..SLOW };
    for wanted in [Wanted::All(1), Wanted::UpTo(1)] {
        let decision = bus.here.take(&closed, "ana", wanted).await;
        assert!(!decision.is_allowed() && decision.granted == 0 && decision.retry_after.is_some());
    }
}

pub async fn more_than_the_burst_is_never_granted(bus: &Fixture) {
    let decision = bus.here.take(&SLOW, "ana", Wanted::All(4)).await;
    assert_eq!((decision.granted, decision.remaining, decision.is_allowed()), (0, 3, false));
    assert!(bus.here.take(&SLOW, "ana", Wanted::All(3)).await.is_allowed());
}

pub async fn a_shared_budget_is_not_overdrawn_by_many_at_once(bus: &Fixture) {
    let limit = Limit { burst: 10, ..SLOW };
    let asks =
        (0..60).map(|n| if n % 2 == 0 { &bus.here } else { &bus.there }.check(&limit, "ana"));
    let decisions = future::join_all(asks).await;
    assert_eq!(decisions.iter().filter(|decision| decision.is_allowed()).count(), 10);
}
