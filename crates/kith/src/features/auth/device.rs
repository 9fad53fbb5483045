//! A device that asked for codes before, known again by a cookie that only this server can write.
//!
//! It is worth something only once a code came back to it: a cookie costs nothing, an answered code costs a phone. It
//! must never let anybody in, and says nothing of whose device it is.

use axum_extra::extract::cookie::Cookie;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use http::HeaderMap;
use kith_types::keys::Purpose;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::responses;
use crate::{
    app::App,
    http::{auth::cookie, problem::Problem},
};

const ID_BYTES: usize = 16;
const MAC_BYTES: usize = 16;
/// As long as browsers keep a cookie at most.
const LIFETIME: time::Duration = time::Duration::days(400);

/// A device that asks for a code.
#[derive(Clone, Copy, Debug)]
pub struct Device {
    /// What its codes are counted by.
    pub id: Uuid,
    is_new: bool,
}

impl Device {
    /// The device of a request; a new one if it shows no cookie of ours.
    pub fn of(app: &App, headers: &HeaderMap) -> Self {
        let known = cookie(headers, &name(app)).and_then(|token| read(app, &token));
        match known {
            Some(id) => Self { id, is_new: false },
            None => Self { id: Uuid::from_bytes(app.random().bytes()), is_new: true },
        }
    }

    /// Gives a new device its cookie.
    pub fn remember(self, app: &App, headers: &mut HeaderMap) -> Result<(), Problem> {
        if !self.is_new {
            return Ok(());
        }
        let token =
            BASE64_URL_SAFE_NO_PAD.encode([*self.id.as_bytes(), mac(app, self.id)].concat());
        let cookie: Cookie<'static> =
            responses::build(&name(app), token, LIFETIME, app.cookie_names().secure);
        responses::append(headers, &cookie)
    }
}

fn name(app: &App) -> String {
    let prefix = if app.cookie_names().secure { "__Host-" } else { "" };
    format!("{prefix}kith_device")
}

fn read(app: &App, token: &str) -> Option<Uuid> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
    let (id, shown) = bytes.split_first_chunk::<ID_BYTES>()?;
    let id = Uuid::from_bytes(*id);
    bool::from(shown.ct_eq(&mac(app, id))).then_some(id)
}

fn mac(app: &App, id: Uuid) -> [u8; MAC_BYTES] {
    let mac = app.keys().newest(Purpose::LimitKey).mac_of_parts(&[b"device", id.as_bytes()]);
    let mut short = [0; MAC_BYTES];
    short.copy_from_slice(&mac[..MAC_BYTES]);
    short
}
