//! Sign-in of those who review the apps: numbers of ranges that nobody can have, with a code known beforehand,
//! until a day (`auth.reviewers`). Nothing is sent for them and no budget is spent; tries count as for anybody.

use std::time::Duration;

use kith_types::{id::VerificationId, keys::VerificationCode, phone::PhoneNumber};

use super::{
    code::{MAX_TRIES, Sending, Started},
    store,
};
use crate::{app::App, http::problem::Problem};

/// The code of such a number, as long as it works.
pub fn code_for(app: &App, phone: &PhoneNumber) -> Option<VerificationCode> {
    let reviewer = app.config().auth.reviewers.iter().find(|r| r.phone_number == *phone)?;
    VerificationCode::parse(reviewer.code_at(app.now())?).ok()
}

/// Opens a flow with that code.
pub async fn start(
    app: &App,
    sending: Sending,
    code: VerificationCode,
) -> Result<Started, Problem> {
    let app_in = app.clone();
    app.tx("auth.start_reviewer", move |tx| {
        let (app, Sending { phone, purpose, .. }, code) =
            (app_in.clone(), sending.clone(), code.clone());
        async move {
            let verification_id: VerificationId = app.ids().make_unowned();
            let expires_at = tx.now() + Duration::from_secs(app.config().auth.code_seconds);
            let index = hex::encode(app.keys().phone_index(&phone).as_bytes());
            tx.take_turns(&format!("phone:{index}")).await?;
            let hash = app.keys().codes.hash(verification_id, phone.as_e164(), &code);
            let hash = hash.as_bytes();
            store::open_flow(&app, &tx, verification_id, &phone, purpose, hash, expires_at).await?;
            let now = tx.now();
            let (resend_at, call_at, attempts_left) = (now, now, MAX_TRIES);
            Ok(Started { verification_id, expires_at, resend_at, call_at, attempts_left })
        }
    })
    .await
}
