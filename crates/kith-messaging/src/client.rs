//! The HTTP client for all providers of messages.
//!
//! Owns its time limits and its trust: TLS by rustls on aws-lc-rs with the certificates of the
//! system, no redirects, since a provider's interface has none and a credential must not follow one.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, tls};
use url::{Host, Url};

use crate::{Cause, SendError};

/// A provider that does not take a connection within this time is down.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// A client for the provider at `base`. Credentials never travel in the clear, unless the provider
/// is a stand-in on this machine.
pub(crate) fn client(base: &Url, timeout: Duration) -> reqwest::Result<Client> {
    let builder = Client::builder()
        .tls_backend_rustls()
        .tls_version_min(tls::Version::TLS_1_2)
        .https_only(!is_loopback(base))
        .redirect(Policy::none())
        .connect_timeout(CONNECT_TIMEOUT.min(timeout))
        .timeout(timeout)
        .user_agent(concat!("kith/", env!("CARGO_PKG_VERSION")));
    if is_loopback(base) { builder.no_proxy().build() } else { builder.build() }
}

/// The error itself is dropped: it would repeat the address, which may have an account in it.
pub(crate) fn network_error(error: &reqwest::Error) -> SendError {
    SendError::Temporary(if error.is_timeout() { Cause::NoAnswer } else { Cause::NotReached })
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
