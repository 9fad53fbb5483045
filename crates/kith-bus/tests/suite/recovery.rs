//! Redis frozen, killed, emptied, filled with nonsense: nobody waits, and everything comes back by itself.

use std::sync::Arc;
use std::time::{Duration, Instant};

use kith_bus::{Bus, BusStatus, Hint, InvalidRedisUrl, Limit, OnUnavailable, RedisSettings, Scope};
use kith_types::random::SystemRandom;
use kith_types::time::SystemClock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::fixture::{DEADLINE, Fixture, hears, next, redis_bus, until};
use crate::redis_server::RedisServer;

/// As in production.
const COMMAND_TIMEOUT: Duration = RedisSettings::COMMAND_TIMEOUT;

const OPEN: Limit = Limit {
    name: "open",
    burst: 3,
    period: Duration::from_hours(1),
    scope: Scope::Shared(OnUnavailable::FailOpen),
};
const CLOSED: Limit =
    Limit { name: "closed", scope: Scope::Shared(OnUnavailable::FailClosed), ..OPEN };

fn is_disconnected(bus: &Bus) -> bool {
    matches!(bus.status(), BusStatus::Disconnected { .. })
}

async fn works(bus: &Bus) -> bool {
    bus.cache_set("works", "yes".into(), Duration::from_hours(1)).await;
    bus.cache_get("works").await.is_some()
}

#[tokio::test]
async fn without_redis_everything_answers_at_once() {
    let mut server = RedisServer::start();
    server.kill();
    let bus = redis_bus(&server, COMMAND_TIMEOUT);
    let began = Instant::now();
    for _ in 0..100 {
        assert_eq!(bus.cache_get("key").await, None);
        bus.cache_set("key", "value".into(), Duration::from_hours(1)).await;
        bus.cache_delete("key").await;
        bus.publish("events", b"hint");
        let closed = bus.check(&CLOSED, "ana").await;
        assert_eq!((closed.granted, closed.retry_after), (0, Some(Duration::from_secs(1))));
    }
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert!(is_disconnected(&bus));
    assert!(!bus.connected_within(Duration::ZERO).await);
}

/// What fails open still counts in the process; what fails closed costs nothing of the later budget.
#[tokio::test]
async fn budgets_without_redis_are_open_or_closed_as_told() {
    let mut server = RedisServer::start();
    let bus = redis_bus(&server, DEADLINE);
    assert!(bus.connected_within(DEADLINE).await);
    server.kill();
    until(async || !bus.check(&CLOSED, "ana").await.is_allowed()).await;
    let mut allowed = 0;
    for _ in 0..10 {
        allowed += u32::from(bus.check(&OPEN, "ana").await.is_allowed());
        assert!(!bus.check(&CLOSED, "ana").await.is_allowed());
    }
    assert_eq!(allowed, 3);
    server.run();
    until(async || bus.check(&CLOSED, "ben").await.is_allowed()).await;
    for _ in 0..2 {
        assert!(bus.check(&CLOSED, "ben").await.is_allowed());
    }
    assert!(!bus.check(&CLOSED, "ben").await.is_allowed());
}

#[tokio::test]
async fn a_frozen_redis_costs_one_time_limit_and_then_nothing() {
    let server = RedisServer::start();
    let bus = redis_bus(&server, COMMAND_TIMEOUT);
    until(async || works(&bus).await).await;
    server.freeze();
    let began = Instant::now();
    assert!(!bus.check(&CLOSED, "ana").await.is_allowed());
    assert!(is_disconnected(&bus), "the next one does not wait");
    for _ in 0..1_000 {
        assert!(!bus.check(&CLOSED, "ana").await.is_allowed());
    }
    let lost = began.elapsed();
    assert!(lost >= COMMAND_TIMEOUT && lost < Duration::from_secs(5), "{lost:?}");
    assert!(is_disconnected(&bus));
    server.thaw();
    until(async || works(&bus).await).await;
    assert!(bus.check(&CLOSED, "ben").await.is_allowed());
}

#[tokio::test]
async fn a_killed_redis_is_found_again_and_subscribers_catch_up() {
    let mut fixture = Fixture::redis().await;
    let mut hints = fixture.here.subscribe("events");
    hears(&mut hints, &fixture.there, "events").await;
    for _ in 0..2 {
        let server = fixture.server.as_mut().unwrap();
        server.kill();
        until(async || is_disconnected(&fixture.here) && is_disconnected(&fixture.there)).await;
        // In this process hints go on.
        fixture.here.publish("events", b"alone");
        assert_eq!(next(&mut hints).await, Hint::Message("alone".into()));
        server.run();
        assert_eq!(next(&mut hints).await, Hint::CatchUp);
        assert!(fixture.there.connected_within(DEADLINE).await);
        assert_eq!(fixture.there.status(), BusStatus::Connected);
        hears(&mut hints, &fixture.there, "events").await;
        until(async || works(&fixture.here).await).await;
    }
}

#[tokio::test]
async fn a_frozen_redis_leaves_subscribers_subscribed() {
    let server = RedisServer::start();
    let (here, there) = (redis_bus(&server, COMMAND_TIMEOUT), redis_bus(&server, COMMAND_TIMEOUT));
    let mut hints = here.subscribe("events");
    hears(&mut hints, &there, "events").await;
    server.freeze();
    until(async || is_disconnected(&here)).await;
    server.thaw();
    until(async || works(&here).await && works(&there).await).await;
    hears(&mut hints, &there, "events").await;
}

#[tokio::test]
async fn an_emptied_redis_changes_nothing_but_the_counts() {
    let fixture = Fixture::redis().await;
    let mut hints = fixture.here.subscribe("events");
    hears(&mut hints, &fixture.there, "events").await;
    fixture.here.cache_set("key", "value".into(), Duration::from_hours(1)).await;
    for _ in 0..3 {
        assert!(fixture.here.check(&CLOSED, "ana").await.is_allowed());
    }
    let mut client = redis::Client::open(fixture.server.as_ref().unwrap().url())
        .unwrap()
        .get_connection()
        .unwrap();
    redis::cmd("FLUSHALL").exec(&mut client).unwrap();
    redis::cmd("SCRIPT").arg("FLUSH").exec(&mut client).unwrap();
    assert_eq!(fixture.here.cache_get("key").await, None);
    assert!(!fixture.here.check(&CLOSED, "ana").await.is_allowed(), "the process still knows");
    assert!(fixture.there.check(&CLOSED, "ana").await.is_allowed());
    hears(&mut hints, &fixture.there, "events").await;
}

#[tokio::test]
async fn nonsense_in_redis_locks_nobody_out() {
    let fixture = Fixture::redis().await;
    let mut client = redis::Client::open(fixture.server.as_ref().unwrap().url())
        .unwrap()
        .get_connection()
        .unwrap();
    redis::cmd("RPUSH").arg("kith:limit:closed:list").arg("x").exec(&mut client).unwrap();
    for value in ["nonsense", "", "nan", "inf", "-inf", "1e308", "-5"] {
        redis::cmd("SET")
            .arg(format!("kith:limit:closed:{value}"))
            .arg(value)
            .exec(&mut client)
            .unwrap();
    }
    for key in ["list", "nonsense", "", "nan", "-inf", "-5"] {
        assert!(fixture.here.check(&CLOSED, key).await.is_allowed(), "{key}");
    }
    // A time that lies too far ahead is the end of one period, not for ever.
    for key in ["inf", "1e308"] {
        let decision = fixture.here.check(&CLOSED, key).await;
        assert!(!decision.is_allowed() && decision.reset_after <= CLOSED.period, "{key}");
    }
    redis::cmd("RPUSH").arg("kith:cache:list").arg("x").exec(&mut client).unwrap();
    assert_eq!(fixture.here.cache_get("list").await, None);
    redis::cmd("PUBLISH").arg("kith:0:topic:events").arg("short").exec(&mut client).unwrap();
    let mut hints = fixture.here.subscribe("events");
    hears(&mut hints, &fixture.there, "events").await;
    assert_eq!(fixture.here.status(), BusStatus::Connected);
}

#[tokio::test]
async fn a_replica_is_left_and_tried_again() {
    let fixture = Fixture::redis().await;
    let mut client = redis::Client::open(fixture.server.as_ref().unwrap().url())
        .unwrap()
        .get_connection()
        .unwrap();
    redis::cmd("REPLICAOF").arg("127.0.0.1").arg(1).exec(&mut client).unwrap();
    for _ in 0..2 {
        assert!(!fixture.here.check(&CLOSED, "ana").await.is_allowed());
        assert!(is_disconnected(&fixture.here));
        assert!(fixture.here.connected_within(DEADLINE).await, "it is tried again");
    }
    redis::cmd("REPLICAOF").arg("NO").arg("ONE").exec(&mut client).unwrap();
    until(async || fixture.here.check(&CLOSED, "ana").await.is_allowed()).await;
}

#[tokio::test]
async fn an_end_of_the_bus_ends_its_connection_and_its_subscriptions() {
    let mut fixture = Fixture::redis().await;
    let mut hints = fixture.here.subscribe("events");
    hears(&mut hints, &fixture.there, "events").await;
    fixture.here = fixture.there.clone();
    let url = fixture.server.as_ref().unwrap().url();
    until(async || {
        let mut client = redis::Client::open(url.as_str()).unwrap().get_connection().unwrap();
        let channels: Vec<String> =
            redis::cmd("PUBSUB").arg("CHANNELS").query(&mut client).unwrap();
        channels.is_empty()
    })
    .await;
    while futures_util::StreamExt::next(&mut hints).await.is_some() {}
}

#[tokio::test]
async fn a_bad_address_is_refused_without_repeating_it() {
    for url in
        ["", "localhost", "http://user:secret@localhost", "redis://", "redis://user:secret@:x"]
    {
        let settings = RedisSettings::new(url.into());
        let refused = Bus::redis(&settings, Arc::new(SystemClock), &SystemRandom).err();
        assert_eq!(refused, Some(InvalidRedisUrl), "{url}");
        assert!(!format!("{settings:?} {InvalidRedisUrl}").contains("secret"));
    }
    let with_tls = RedisSettings::new("rediss://user:secret@localhost:1/2".into());
    let bus = Bus::redis(&with_tls, Arc::new(SystemClock), &SystemRandom).unwrap();
    assert!(is_disconnected(&bus));
    assert!(!format!("{:?}", bus.status()).contains("secret"));
}

/// The first byte on the wire is that of a TLS handshake, and a server without TLS is not believed.
#[tokio::test]
async fn rediss_speaks_tls_or_nothing() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("rediss://user:secret@{}", listener.local_addr().unwrap());
    let bus =
        Bus::redis(&RedisSettings::new(url.into()), Arc::new(SystemClock), &SystemRandom).unwrap();
    for _ in 0..2 {
        let (mut socket, _) = listener.accept().await.unwrap();
        assert_eq!(socket.read_u8().await.unwrap(), 0x16);
        socket.write_all(b"+OK\r\n+OK\r\n").await.unwrap();
    }
    assert!(is_disconnected(&bus));
}
