//! What the cache promises: little, but that.

use std::time::Duration;

use bytes::Bytes;

use crate::fixture::Fixture;

const HOUR: Duration = Duration::from_hours(1);

pub async fn what_was_set_is_there_until_deleted(bus: &Fixture) {
    assert_eq!(bus.here.cache_get("key").await, None);
    bus.here.cache_set("key", "first".into(), HOUR).await;
    bus.here.cache_set("key", "second".into(), HOUR).await;
    assert_eq!(bus.there.cache_get("key").await, Some(Bytes::from("second")));
    assert_eq!(bus.there.cache_get("other").await, None);
    bus.there.cache_delete("key").await;
    bus.there.cache_delete("key").await;
    assert_eq!(bus.here.cache_get("key").await, None);
}

pub async fn an_entry_ends(bus: &Fixture) {
    bus.here.cache_set("key", "value".into(), Duration::from_millis(300)).await;
    bus.after(Duration::from_millis(300), async || bus.there.cache_get("key").await.is_none())
        .await;
    bus.here.cache_set("gone", "value".into(), Duration::ZERO).await;
    bus.after(Duration::from_millis(1), async || bus.there.cache_get("gone").await.is_none()).await;
}

pub async fn a_value_can_be_any_bytes(bus: &Fixture) {
    let large = vec![7; 100_000];
    for value in [&b""[..], b"\0\r\n\xff", &large] {
        bus.here.cache_set("key", Bytes::copy_from_slice(value), HOUR).await;
        assert_eq!(bus.there.cache_get("key").await.as_deref(), Some(value));
    }
}
