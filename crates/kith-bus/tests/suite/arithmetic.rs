//! The rate algorithm under every sequence of requests, and the same algorithm in Redis.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use kith_bus::{Bus, Decision, Limit, Scope, Wanted};
use kith_types::time::{Clock, ManualClock, Timestamp};
use proptest::prelude::*;

use crate::redis_server::RedisServer;

const START: i64 = 1_800_000_000;

/// One request: how long after the one before, in microseconds, and what is wanted.
type Request = (u64, Wanted);

struct Process {
    bus: Bus,
    clock: Arc<ManualClock>,
}

impl Process {
    fn new() -> Self {
        let clock = Arc::new(ManualClock::new(Timestamp::from_unix_seconds(START)));
        Self { bus: Bus::in_process(Arc::clone(&clock) as Arc<dyn Clock>), clock }
    }

    fn take(&self, limit: &Limit, wanted: Wanted) -> Decision {
        self.bus.take(limit, "key", wanted).now_or_never().expect("never waits in process")
    }
}

fn limits() -> impl Strategy<Value = Limit> {
    (0_u32..20, 1_u64..5_000_000).prop_map(|(burst, period)| Limit {
        name: "any",
        burst,
        period: Duration::from_micros(period),
        scope: Scope::Process,
    })
}

fn requests() -> impl Strategy<Value = Vec<Request>> {
    let wanted = prop_oneof![(0_u32..25).prop_map(Wanted::All), (0_u32..25).prop_map(Wanted::UpTo)];
    prop::collection::vec((0_u64..2_000_000, wanted), 1..40)
}

proptest! {
    /// In no stretch of time is more granted than a full bucket and what came back meanwhile.
    #[test]
    fn no_stretch_of_time_is_overdrawn(limit in limits(), requests in requests()) {
        let process = Process::new();
        let interval = (limit.period.as_micros() / u128::from(limit.burst.max(1))).max(1);
        let mut granted = Vec::new();
        for (pause, wanted) in requests {
            let now = process.clock.advance(Duration::from_micros(pause));
            granted.push((now, process.take(&limit, wanted).granted));
        }
        for (index, (from, _)) in granted.iter().enumerate() {
            let mut sum = 0;
            for (until, units) in &granted[index..] {
                sum += u128::from(*units);
                let came_back = until.since(*from).as_micros() / interval;
                prop_assert!(sum <= u128::from(limit.burst) + came_back);
            }
        }
    }

    /// `retry_after` is exact: a microsecond earlier the same request is refused.
    #[test]
    fn waiting_as_told_helps_and_waiting_less_does_not(limit in limits(), requests in requests()) {
        let process = Process::new();
        for (pause, wanted) in requests {
            process.clock.advance(Duration::from_micros(pause));
            let decision = process.take(&limit, wanted);
            prop_assert_eq!(decision.is_allowed(), decision.granted == units(wanted));
            let Some(wait) = decision.retry_after else { continue };
            prop_assert!(wait > Duration::ZERO);
            if let Wanted::All(units) = wanted && units <= limit.burst {
                let moment = Duration::from_micros(1);
                process.clock.advance(wait.saturating_sub(moment));
                prop_assert!(!process.take(&limit, wanted).is_allowed());
                process.clock.advance(moment);
                prop_assert!(process.take(&limit, wanted).is_allowed());
            }
        }
    }

    /// A clock that is set back never locks anybody out for longer than one period.
    #[test]
    fn a_clock_set_back_costs_at_most_one_period(limit in limits(), back in 1_u64..86_400) {
        prop_assume!(limit.burst > 0);
        let process = Process::new();
        process.take(&limit, Wanted::UpTo(limit.burst));
        process.clock.set(Timestamp::from_unix_seconds(START) - Duration::from_secs(back));
        let decision = process.take(&limit, Wanted::All(limit.burst));
        prop_assert!(decision.reset_after <= limit.period.max(Duration::from_micros(u64::from(limit.burst))));
        // A period may be shorter than the microseconds that its units take.
        process.clock.advance(limit.period.max(Duration::from_micros(u64::from(limit.burst))));
        prop_assert!(process.take(&limit, Wanted::All(limit.burst)).is_allowed());
    }
}

/// The script, at a given time instead of the server's, answers what the arithmetic here answers.
#[test]
fn redis_counts_as_the_process_does() {
    let mut source = include_str!("../../src/gcra.lua").to_owned();
    // The bucket must last for the script's time, which is far from the server's.
    for (line, replacement) in [
        ("redis.call('TIME')", "{tonumber(ARGV[5]), tonumber(ARGV[6])}"),
        ("math.max(math.ceil((full_at - now) / 1000), 1)", "100000000"),
    ] {
        assert!(source.contains(line));
        source = source.replace(line, replacement);
    }
    let script = redis::Script::new(&source);
    let server = RedisServer::start();
    let redis = redis::Client::open(server.url()).unwrap().get_connection().unwrap();
    let redis = RefCell::new(redis);
    let config = ProptestConfig { cases: 60, ..ProptestConfig::default() };
    proptest!(config, |(limit in limits(), requests in requests())| {
        let process = Process::new();
        redis::cmd("FLUSHALL").exec(&mut *redis.borrow_mut()).unwrap();
        for (pause, wanted) in requests {
            let now = process.clock.advance(Duration::from_micros(pause)).unix_microseconds();
            let interval = (limit.period.as_micros() / u128::from(limit.burst.max(1))).max(1);
            let mode = if matches!(wanted, Wanted::All(_)) { "all" } else { "part" };
            let mut call = script.key("bucket");
            call.arg(u64::try_from(interval).unwrap()).arg(limit.burst).arg(units(wanted)).arg(mode);
            call.arg(now / 1_000_000).arg(now % 1_000_000);
            let (granted, left, wait, reset): (u32, u32, u64, u64) = call.invoke(&mut *redis.borrow_mut()).unwrap();
            let own = process.take(&limit, wanted);
            let own_wait = own.retry_after.map_or(0, |wait| u64::try_from(wait.as_micros()).unwrap());
            prop_assert_eq!((granted, left, wait), (own.granted, own.remaining, own_wait));
            prop_assert_eq!(Duration::from_micros(reset), own.reset_after);
        }
    });
}

/// However many keys there are, memory is bounded, and who is over the limit stays so.
#[test]
fn a_flood_of_keys_does_not_free_the_one_who_is_over_the_limit() {
    let limit =
        Limit { name: "any", burst: 10, period: Duration::from_hours(1), scope: Scope::Process };
    let process = Process::new();
    assert!(process.take(&limit, Wanted::All(10)).is_allowed());
    for number in 0..600_000 {
        process.bus.check(&limit, &number.to_string()).now_or_never().unwrap();
    }
    assert!(!process.take(&limit, Wanted::All(1)).is_allowed());
}

fn units(wanted: Wanted) -> u32 {
    match wanted {
        Wanted::All(units) | Wanted::UpTo(units) => units,
    }
}
