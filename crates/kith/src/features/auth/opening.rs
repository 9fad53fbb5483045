//! What a request says about the session that it wants to begin: the same for every way in.

use http::{HeaderMap, header};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::responses::DeviceBody;
use crate::{
    app::App,
    http::{auth::Transport, problem::Problem, same_origin},
};

/// What somebody calls the device that they sign in with.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceInput {
    name: Option<String>,
    platform: Option<String>,
}

/// Where the tokens go.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SessionKind {
    /// Into the body.
    #[default]
    Token,
    /// Into cookies.
    Cookie,
}

/// A session that is asked for.
#[derive(Clone, Debug)]
pub struct Opening {
    /// What is kept about the device.
    pub device: Value,
    /// Where its tokens travel.
    pub transport: Transport,
}

impl Opening {
    /// Judges what a request asks for. Cookies are set for this site's own pages only.
    pub fn read(
        app: &App,
        headers: &HeaderMap,
        kind: Option<SessionKind>,
        device: Option<DeviceInput>,
    ) -> Result<Self, Problem> {
        let transport = match kind.unwrap_or_default() {
            SessionKind::Token => Transport::Bearer,
            SessionKind::Cookie => Transport::Cookie,
        };
        if transport == Transport::Cookie {
            same_origin::require(headers, app)?;
        }
        Ok(Self { device: device_info(device.unwrap_or_default(), headers)?, transport })
    }

    /// The session of a browser that comes back from another service, which its own cookie must have let in.
    pub fn of_browser(headers: &HeaderMap) -> Result<Self, Problem> {
        let device = DeviceInput { name: None, platform: Some("web".to_owned()) };
        Ok(Self { device: device_info(device, headers)?, transport: Transport::Cookie })
    }
}

/// What is kept about a device: short, plain text.
fn device_info(input: DeviceInput, headers: &HeaderMap) -> Result<Value, Problem> {
    let limited = |text: Option<String>, pointer: &str| match text {
        Some(text) if text.chars().count() > 100 || text.chars().any(char::is_control) => {
            Err(Problem::invalid(pointer, "use at most 100 plain characters"))
        }
        text => Ok(text),
    };
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let device = DeviceBody {
        name: limited(input.name, "/device/name")?,
        platform: limited(input.platform, "/device/platform")?,
        user_agent: agent.map(|agent| agent.chars().take(300).collect()),
    };
    serde_json::to_value(device).map_err(Problem::internal)
}
