//! Where a browser goes after it came back: a page of this server, never another place.

use url::Url;

use crate::http::problem::Problem;

const MAX_BYTES: usize = 512;
/// Any host does: what matters is whether a path leads away from it.
const HERE: &str = "https://kith.invalid/";

/// A path of this server, as it is sent to browsers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnTo(String);

impl ReturnTo {
    /// Reads it as browsers do, and refuses whatever they would take for an address elsewhere.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        local(text).map(Self).ok_or_else(|| {
            Problem::invalid("return_to", "use a path of this site that begins with one slash")
        })
    }

    /// The path with its query.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn local(text: &str) -> Option<String> {
    let is_plain =
        text.len() <= MAX_BYTES && !text.contains('\\') && !text.contains(char::is_control);
    if !is_plain || !text.starts_with('/') || text.starts_with("//") {
        return None;
    }
    let here = Url::parse(HERE).ok()?;
    let there = here.join(text).ok()?;
    // Dots are resolved by now: `/..//elsewhere` has become `//elsewhere`.
    let path = &there[url::Position::BeforePath..];
    (there.origin() == here.origin() && !path.starts_with("//")).then(|| path.to_owned())
}
