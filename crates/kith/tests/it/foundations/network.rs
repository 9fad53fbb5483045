//! Which address a request comes from, as far as trusted proxies tell it.

use std::net::IpAddr;

use http::{HeaderMap, HeaderValue};
use kith::http::network::client;

const PROXY: &str = "10.0.0.1";

/// The client's address for a peer and the lines of `X-Forwarded-For`.
fn seen(peer: &str, lines: &[&[u8]]) -> String {
    let trusted: Vec<IpAddr> =
        [PROXY, "::ffff:10.0.0.2", "fd00::1"].map(|text| text.parse().unwrap()).to_vec();
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append("x-forwarded-for", HeaderValue::from_bytes(line).unwrap());
    }
    client(peer.parse().unwrap(), &headers, &trusted).to_string()
}

#[test]
fn who_is_no_trusted_proxy_tells_nothing() {
    assert_eq!(seen("203.0.113.9", &[b"198.51.100.1"]), "203.0.113.9");
    assert_eq!(seen("::ffff:203.0.113.9", &[b"10.0.0.1"]), "203.0.113.9");
}

#[test]
fn a_trusted_proxy_is_known_in_either_notation() {
    for peer in [PROXY, "::ffff:10.0.0.1", "10.0.0.2", "::ffff:10.0.0.2", "fd00::1"] {
        assert_eq!(seen(peer, &[b"198.51.100.1"]), "198.51.100.1", "{peer}");
    }
}

#[test]
fn addresses_are_read_as_proxies_write_them() {
    for (hop, address) in [
        ("198.51.100.1", "198.51.100.1"),
        ("198.51.100.1:4711", "198.51.100.1"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        (" [2001:db8::7]:4711 ", "2001:db8::7"),
    ] {
        assert_eq!(seen(PROXY, &[hop.as_bytes()]), address, "{hop}");
    }
}

#[test]
fn the_last_untrusted_hop_counts_and_what_a_client_made_up_does_not() {
    assert_eq!(seen(PROXY, &[b"1.1.1.1, 198.51.100.1"]), "198.51.100.1");
    assert_eq!(seen(PROXY, &[b"1.1.1.1, 198.51.100.1, 10.0.0.2"]), "198.51.100.1");
    assert_eq!(
        seen(PROXY, &[b"1.1.1.1", b"198.51.100.1, fd00::1", b"10.0.0.2:80"]),
        "198.51.100.1"
    );
    assert_eq!(seen(PROXY, &[b"10.0.0.2, 198.51.100.1"]), "198.51.100.1");
}

#[test]
fn nothing_left_of_a_hop_that_cannot_be_read_is_believed() {
    for unreadable in ["unknown", "_hidden", "", "1.1.1", "[2001:db8::7", "\u{fc}"] {
        let line = format!("1.1.1.1, {unreadable}");
        assert_eq!(seen(PROXY, &[line.as_bytes()]), PROXY, "{line}");
        let line = format!("1.1.1.1, {unreadable}, 10.0.0.2");
        assert_eq!(seen(PROXY, &[line.as_bytes()]), "10.0.0.2", "{line}");
        let line = format!("{unreadable}, 198.51.100.1");
        assert_eq!(seen(PROXY, &[line.as_bytes()]), "198.51.100.1", "{line}");
    }
    assert_eq!(seen(PROXY, &[b"1.1.1.1", b"\xff"]), PROXY);
}

#[test]
fn without_a_report_the_peer_counts() {
    assert_eq!(seen(PROXY, &[]), PROXY);
    assert_eq!(seen(PROXY, &[b"10.0.0.2"]), "10.0.0.2");
}
