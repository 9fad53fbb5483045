//! Where a request comes from, as a network (/24 or /64): what limits and activities may know of it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use http::{HeaderMap, request::Parts};

use super::problem::Problem;
use crate::app::App;

/// The first address of the client's network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientNetwork(pub IpAddr);

impl FromRequestParts<App> for ClientNetwork {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Ok(Self::of(parts, app))
    }
}

impl ClientNetwork {
    /// The network that a request came from.
    pub fn of(parts: &Parts, app: &App) -> Self {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        Self(network(client(peer, &parts.headers, &app.config().http.trusted_proxies)))
    }
}

/// The client's address: the peer, or, where that is a trusted proxy, the last untrusted address that the
/// proxies report in `X-Forwarded-For`. Each proxy appends whom it saw, so the list counts from its end and
/// only as far as trusted proxies wrote it. What stands left of a hop that cannot be read has no witness: the
/// answer is then the last proxy that was told.
pub fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|proxy| proxy.to_canonical() == address);
    let mut known = peer.to_canonical();
    let lines: Vec<_> = headers.get_all("x-forwarded-for").iter().collect();
    let hops = lines.iter().rev().flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
    for hop in hops {
        if !is_trusted(known) {
            break;
        }
        match address(hop) {
            Some(address) => known = address,
            None => break,
        }
    }
    known
}

/// Reads `ip`, `ip:port`, `[v6]` and `[v6]:port`.
fn address(hop: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(hop).ok()?.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let address = match bare {
        Some(v6) => v6.parse().ok().map(IpAddr::V6),
        None => {
            text.parse().ok().or_else(|| text.parse().ok().map(|address: SocketAddr| address.ip()))
        }
    };
    address.map(|address: IpAddr| address.to_canonical())
}

/// Cuts an address to its network.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            IpAddr::V4(Ipv4Addr::new(a, b, c, 0))
        }
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}
