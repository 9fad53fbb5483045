//! Defence against requests forged by other sites: browsers' own words about the origin and a header that
//! no form can send.

use http::{HeaderMap, HeaderValue, header};

use super::problem::{Kind, Problem};
use crate::app::App;

/// What no form can send.
const CSRF: &str = "x-kith-csrf";

/// Demands that an unsafe cookie request comes from our own pages.
pub fn require(headers: &HeaderMap, app: &App) -> Result<(), Problem> {
    let has_header =
        headers.contains_key(CSRF) && headers.get_all(CSRF).iter().all(|value| value == "1");
    if has_header && is_same_origin(headers, app) {
        return Ok(());
    }
    Err(Problem::new(
        Kind::CsrfRefused,
        "requests with cookies must come from this site's own pages and carry X-Kith-CSRF: 1",
    ))
}

/// Whether nothing that a browser adds contradicts that our own page asks. Clients that are no browser send
/// neither header, and a page of another site cannot leave both out. Where one stands twice, each must agree.
pub fn is_same_origin(headers: &HeaderMap, app: &App) -> bool {
    let fetch_site_is_ours =
        headers.get_all("sec-fetch-site").iter().all(|site| site == "same-origin");
    let is_ours = |origin: &HeaderValue| {
        origin.to_str().is_ok_and(|origin| app.is_own_origin(origin, headers))
    };
    fetch_site_is_ours && headers.get_all(header::ORIGIN).iter().all(is_ours)
}

/// Whether a browser says that another site's page asks for something to use within itself: a picture, a script, a
/// frame. Its cookies do not count there, so that not even the time of the answer tells that page anything. Links
/// are followed as ever.
pub fn is_embedded_elsewhere(headers: &HeaderMap) -> bool {
    let says = |name: &str, value: &str| headers.get(name).is_some_and(|said| said == value);
    let is_foreign = says("sec-fetch-site", "cross-site") || says("sec-fetch-site", "same-site");
    is_foreign && !(says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document"))
}
