//! One connection, step by step. The random walks are in `walk`.

mod walk;

use std::time::Duration;

use kith_types::time::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::*;
use crate::{Event, EventBody};

const SUBSCRIBE_ME: &str = r#"{"type":"subscribe","channel":"me"}"#;
const SUBSCRIBE_FEED: &str = r#"{"type":"subscribe","channel":"feed","after":"4"}"#;

fn connection() -> (Instant, Connection) {
    let now = Instant::now();
    (now, Connection::new(Limits::default(), now))
}

fn delivery(channel: Channel, number: u64) -> Delivery {
    let event =
        Event::NotificationCreated { notification_id: Uuid::from_u128(number.into()).into() };
    let occurred_at = Timestamp::from_unix_seconds(1_800_000_000);
    Delivery {
        channel,
        sequence: EventSequence(number),
        cursor: Cursor::from(number.to_string()),
        event: EventBody { event, occurred_at }.into(),
    }
}

/// Takes all frames, each in short: `subscribed me 4`, `event feed 5`, `resync me`, `error 404 me`.
fn read(connection: &mut Connection) -> Vec<String> {
    std::iter::from_fn(|| connection.next_frame()).map(|text| in_short(&text)).collect()
}

fn in_short(text: &str) -> String {
    let frame: Value = serde_json::from_str(text).unwrap();
    let word = |value: &Value| value.as_str().map(ToOwned::to_owned);
    let status = frame["problem"]["status"].as_u64().map(|status| status.to_string());
    let words = [word(&frame["type"]), status, word(&frame["channel"]), word(&frame["cursor"])];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn request(action: Option<Action>) -> Request {
    match action {
        Some(Action::Subscribe { request, .. }) => request,
        other => panic!("{other:?}"),
    }
}

/// Follows `me` with nothing missed.
fn following_me(limits: Limits) -> (Instant, Connection) {
    let now = Instant::now();
    let mut connection = Connection::new(limits, now);
    let me = request(connection.on_frame(now, SUBSCRIBE_ME));
    connection.on_subscribed(
        me,
        Cursor::from("4".to_owned()),
        EventSequence(4),
        Missed::Events(Vec::new()),
    );
    assert_eq!(read(&mut connection), ["subscribed me 4"]);
    (now, connection)
}

#[test]
fn a_channel_is_followed_from_the_place_that_the_client_named() {
    let (now, mut connection) = connection();
    let action = connection.on_frame(now, SUBSCRIBE_FEED);
    let feed = request(action.clone());
    let after = Some(Cursor::from("4".to_owned()));
    assert_eq!(action, Some(Action::Subscribe { request: feed, channel: Channel::Feed, after }));
    // Event 7 is live before the replay has been read, and is also in the replay.
    connection.on_event(delivery(Channel::Feed, 7));
    connection.on_event(delivery(Channel::Feed, 8));
    assert_eq!(read(&mut connection), [""; 0]);
    let missed = Missed::Events([5, 7].map(|number| delivery(Channel::Feed, number)).to_vec());
    connection.on_subscribed(feed, Cursor::from("4".to_owned()), EventSequence(7), missed);
    connection.on_event(delivery(Channel::Feed, 9));
    connection.on_event(delivery(Channel::Feed, 9));
    connection.on_event(delivery(Channel::Me, 10));
    let frames =
        ["subscribed feed 4", "event feed 5", "event feed 7", "event feed 8", "event feed 9"];
    assert_eq!(read(&mut connection), frames);
}

#[test]
fn a_place_that_is_unknown_or_too_old_gives_resync_and_then_live_events() {
    let (now, mut connection) = connection();
    let feed = request(connection.on_frame(now, SUBSCRIBE_FEED));
    connection.on_subscribed(feed, Cursor::from("9".to_owned()), EventSequence(9), Missed::TooMuch);
    assert_eq!(read(&mut connection), ["subscribed feed 9", "resync feed"]);
    connection.on_event(delivery(Channel::Feed, 10));
    assert_eq!(read(&mut connection), ["event feed 10"]);
}

#[test]
fn a_hidden_channel_gives_an_error_and_the_connection_stays() {
    let (now, mut connection) = connection();
    let post = Channel::Post(Uuid::from_u128(7).into());
    let text = format!(r#"{{"type":"subscribe","channel":"{post}"}}"#);
    let refused = request(connection.on_frame(now, &text));
    assert_eq!(connection.on_refused(refused, Problem::not_found()), None);
    assert_eq!(read(&mut connection), [format!("error 404 {post}")]);
    assert_eq!(connection.channels().count(), 0);
    // And one that becomes hidden later.
    let accepted = request(connection.on_frame(now, &text));
    connection.on_subscribed(
        accepted,
        Cursor::from("1".to_owned()),
        EventSequence(1),
        Missed::Events(Vec::new()),
    );
    connection.on_hidden(post);
    connection.on_event(delivery(post, 2));
    assert_eq!(
        read(&mut connection),
        [format!("subscribed {post} 1"), format!("error 404 {post}")]
    );
    assert_eq!(connection.on_frame(now, r#"{"type":"ping"}"#), None);
    assert_eq!(read(&mut connection), ["pong"]);
}

#[test]
fn a_later_request_for_a_channel_takes_the_place_of_an_earlier_one() {
    let (now, mut connection) = connection();
    let first = request(connection.on_frame(now, SUBSCRIBE_FEED));
    let second = request(connection.on_frame(now, SUBSCRIBE_FEED));
    assert_ne!(first, second);
    let cursor = || Cursor::from("4".to_owned());
    connection.on_subscribed(first, cursor(), EventSequence(4), Missed::TooMuch);
    connection.on_refused(first, Problem::not_found());
    assert_eq!(read(&mut connection), [""; 0]);
    connection.on_subscribed(second, cursor(), EventSequence(4), Missed::Events(Vec::new()));
    connection.on_subscribed(second, cursor(), EventSequence(4), Missed::TooMuch);
    assert_eq!(read(&mut connection), ["subscribed feed 4"]);
}

#[test]
fn a_channel_that_is_left_is_silent() {
    let (now, mut connection) = following_me(Limits::default());
    let unsubscribe = r#"{"type":"unsubscribe","channel":"me"}"#;
    assert_eq!(
        connection.on_frame(now, unsubscribe),
        Some(Action::Unsubscribe { channel: Channel::Me })
    );
    assert_eq!(connection.on_frame(now, unsubscribe), None);
    connection.on_event(delivery(Channel::Me, 5));
    connection.on_missed(Channel::Me);
    assert_eq!(read(&mut connection), [""; 0]);
}

#[test]
fn frames_that_make_no_sense_are_answered_and_the_connection_stays() {
    let (now, mut connection) = connection();
    let long = "x".repeat(Limits::default().frame_bytes + 1);
    for text in ["", "{}", r#"{"type":"shout"}"#, r#"{"type":"ping","loud":true}"#, &long] {
        assert_eq!(connection.on_frame(now, text), None);
        assert_eq!(read(&mut connection), ["error 400"]);
    }
    assert_eq!(connection.on_binary(now), None);
    assert_eq!(read(&mut connection), ["error 400"]);
    assert_eq!(connection.on_frame(now, r#"{"type":"auth","token":"t"}"#), None);
    assert_eq!(read(&mut connection), ["error 409"]);
}

#[test]
fn an_acknowledgement_is_handed_on() {
    let (now, mut connection) = connection();
    let action = connection.on_frame(now, r#"{"type":"ack","cursor":"abc"}"#);
    assert_eq!(action, Some(Action::Acknowledge(Cursor::from("abc".to_owned()))));
}

#[test]
fn only_so_many_channels_can_be_followed() {
    let (now, mut connection) = connection();
    for number in 0..64 {
        let post = Uuid::from_u128(number);
        let text = format!(r#"{{"type":"subscribe","channel":"post:{post}"}}"#);
        request(connection.on_frame(now, &text));
    }
    assert_eq!(connection.on_frame(now, SUBSCRIBE_ME), None);
    assert_eq!(read(&mut connection), ["error 409 me"]);
    assert_eq!(connection.channels().count(), 64);
}

#[test]
fn a_client_that_sends_too_fast_is_closed() {
    let (now, mut connection) = connection();
    let actions: Vec<_> = (0..200).filter_map(|_| connection.on_frame(now, "{}")).collect();
    assert_eq!(actions, [Action::Close(CloseCode::TooFast)]);
    assert_eq!(CloseCode::TooFast.code(), 4429);
    assert_eq!(connection.next_frame(), None);
}

#[test]
fn a_client_that_asks_and_does_not_read_is_closed() {
    let (mut now, mut connection) = connection();
    let mut closed = None;
    for _ in 0..2_000 {
        now += Duration::from_millis(50);
        closed = closed.or(connection.on_frame(now, r#"{"type":"ping"}"#));
        assert!(connection.queued().0 <= Limits::default().queued_frames);
    }
    assert_eq!(closed, Some(Action::Close(CloseCode::TooFast)));
}

#[test]
fn a_reader_that_falls_behind_gets_resync_after_what_was_queued_and_then_live_events() {
    let limits = Limits { queued_frames: 5, replies: 2, ..Limits::default() };
    let (now, mut connection) = following_me(limits);
    for number in 5..20 {
        connection.on_event(delivery(Channel::Me, number));
    }
    assert_eq!(connection.queued().0, 3);
    // Answers still find room.
    assert_eq!(connection.on_frame(now, r#"{"type":"ping"}"#), None);
    assert_eq!(connection.next_frame().map(|text| in_short(&text)).as_deref(), Some("event me 5"));
    // There is room again, yet an event now would hide the gap.
    connection.on_event(delivery(Channel::Me, 20));
    assert_eq!(read(&mut connection), ["event me 6", "event me 7", "pong", "resync me"]);
    connection.on_event(delivery(Channel::Me, 21));
    assert_eq!(read(&mut connection), ["event me 21"]);
}

#[test]
fn events_lost_on_the_way_here_give_one_resync_for_each_channel() {
    let (now, mut connection) = following_me(Limits::default());
    let feed = request(connection.on_frame(now, SUBSCRIBE_FEED));
    connection.on_missed(Channel::Feed);
    connection.on_missed(Channel::Me);
    connection.on_missed(Channel::Me);
    assert!(connection.has_frame());
    assert_eq!(read(&mut connection), ["resync me"]);
    assert!(!connection.has_frame());
    // The other one hears of it once it knows that it follows at all.
    connection.on_subscribed(
        feed,
        Cursor::from("4".to_owned()),
        EventSequence(4),
        Missed::Events(Vec::new()),
    );
    assert_eq!(read(&mut connection), ["subscribed feed 4", "resync feed"]);
}

#[test]
fn the_server_pings_every_25_seconds_and_gives_up_after_60_of_silence() {
    let (start, mut connection) = connection();
    let at = |seconds| start + Duration::from_secs(seconds);
    assert_eq!(connection.deadline(), at(25));
    assert_eq!(connection.on_tick(at(24)), None);
    assert_eq!(connection.on_tick(at(25)), Some(Action::Ping));
    assert_eq!(connection.on_tick(at(25)), None);
    connection.on_pong(at(26));
    assert_eq!(connection.deadline(), at(50));
    assert_eq!(connection.on_tick(at(50)), Some(Action::Ping));
    assert_eq!(connection.on_tick(at(75)), Some(Action::Ping));
    assert_eq!(connection.deadline(), at(86));
    assert_eq!(connection.on_tick(at(85)), None);
    assert_eq!(connection.on_tick(at(86)), Some(Action::Close(CloseCode::NoPong)));
    assert_eq!(CloseCode::NoPong.code(), 4408);
}

#[test]
fn any_frame_shows_that_the_client_is_there() {
    let (start, mut connection) = connection();
    let at = |seconds| start + Duration::from_secs(seconds);
    connection.on_frame(at(50), r#"{"type":"ping"}"#);
    assert_eq!(connection.on_tick(at(100)), Some(Action::Ping));
    assert_eq!(connection.on_tick(at(110)), Some(Action::Close(CloseCode::NoPong)));
}

#[test]
fn a_closed_connection_does_nothing_more() {
    for (close, code) in [
        (Connection::on_revoked as fn(&mut Connection) -> Option<Action>, 4403),
        (Connection::on_shutdown, 1001),
        (Connection::on_failure, 1011),
    ] {
        let (now, mut connection) = following_me(Limits::default());
        connection.on_event(delivery(Channel::Me, 5));
        let Some(Action::Close(reason)) = close(&mut connection) else { panic!("it closes") };
        assert_eq!(reason.code(), code);
        connection.on_event(delivery(Channel::Me, 6));
        connection.on_missed(Channel::Me);
        assert_eq!(close(&mut connection), None);
        assert_eq!(connection.on_frame(now, SUBSCRIBE_ME), None);
        assert_eq!(connection.on_binary(now), None);
        assert_eq!(connection.on_tick(now + Duration::from_mins(10)), None);
        assert_eq!(connection.next_frame(), None);
        assert!(!connection.has_frame());
    }
}

#[test]
fn the_frames_have_a_schema() {
    use utoipa::PartialSchema as _;
    let schema = serde_json::to_value(ServerFrame::schema()).unwrap();
    let kinds: Vec<&str> = schema["oneOf"].as_array().unwrap().iter().map(kind_of).collect();
    assert_eq!(kinds, ["authenticated", "subscribed", "event", "error", "resync", "pong"]);
}

fn kind_of(schema: &Value) -> &str {
    schema["properties"]["type"]["enum"][0].as_str().unwrap()
}
