//! What subscribers may rely on.

use kith_bus::Hint;

use crate::fixture::{Fixture, hears, is_quiet, next, next_message};

pub async fn a_subscriber_hears_what_is_published_afterwards(bus: &Fixture) {
    bus.there.publish("events", b"before");
    let mut hints = bus.here.subscribe("events");
    assert_eq!(next(&mut hints).await, Hint::CatchUp, "there is always something before");
    hears(&mut hints, &bus.there, "events").await;
    for number in 0..100_u8 {
        bus.there.publish("events", &[number]);
    }
    for number in 0..100_u8 {
        assert_eq!(next_message(&mut hints).await, [number]);
    }
}

pub async fn every_subscriber_hears_and_nobody_twice(bus: &Fixture) {
    let mut readers =
        [bus.here.subscribe("events"), bus.here.subscribe("events"), bus.there.subscribe("events")];
    let [first, second, third] = &mut readers;
    hears(first, &bus.there, "events").await;
    hears(second, &bus.there, "events").await;
    hears(third, &bus.here, "events").await;
    bus.here.publish("events", b"one");
    bus.there.publish("events", b"two");
    for reader in &mut readers {
        let mut heard = Vec::new();
        while heard.len() < 2 {
            let message = next_message(reader).await;
            if !message.ends_with(b"probe") {
                heard.push(message);
            }
        }
        heard.sort();
        assert_eq!(heard, [b"one", b"two"]);
        assert!(is_quiet(reader));
    }
}

pub async fn topics_are_apart(bus: &Fixture) {
    let mut events = bus.here.subscribe("events");
    let mut other = bus.here.subscribe("events:2");
    hears(&mut events, &bus.there, "events").await;
    hears(&mut other, &bus.there, "events:2").await;
    bus.there.publish("events", b"one");
    assert_eq!(next_message(&mut events).await, b"one");
    assert!(is_quiet(&mut other));
}

pub async fn a_slow_subscriber_is_told_to_catch_up(bus: &Fixture) {
    let mut hints = bus.here.subscribe("events");
    assert_eq!(next(&mut hints).await, Hint::CatchUp);
    let mut quick = bus.here.subscribe("events");
    hears(&mut quick, &bus.here, "events").await;
    for _ in 0..1_000 {
        bus.here.publish("events", b"hint");
    }
    assert_eq!(next(&mut hints).await, Hint::CatchUp);
    let mut messages = 0;
    while !is_quiet(&mut hints) {
        messages += 1;
    }
    assert!(messages < 300, "memory is bounded: {messages} hints were kept");
}

/// Clients come and go; what they read must not stay behind.
pub async fn a_topic_that_nobody_reads_is_forgotten(bus: &Fixture) {
    for number in 0..1_000 {
        drop(bus.here.subscribe(&format!("topic {number}")));
    }
    let mut old = bus.here.subscribe("old");
    hears(&mut old, &bus.there, "old").await;
    drop(old);
    let mut hints = bus.here.subscribe("events");
    hears(&mut hints, &bus.there, "events").await;
    if let Some(server) = &bus.server {
        crate::fixture::until(async || {
            let mut client = redis::Client::open(server.url()).unwrap().get_connection().unwrap();
            let channels: Vec<String> =
                redis::cmd("PUBSUB").arg("CHANNELS").query(&mut client).unwrap();
            channels == ["kith:0:topic:events"]
        })
        .await;
    }
}

pub async fn a_hint_can_be_any_bytes(bus: &Fixture) {
    let mut hints = bus.here.subscribe("events");
    hears(&mut hints, &bus.there, "events").await;
    for hint in [&b""[..], b"\0\r\n\xff", &[7; 10_000]] {
        bus.there.publish("events", hint);
        assert_eq!(next_message(&mut hints).await, hint);
    }
}
