//! Showing again who one is, for what a stolen session must not do. It holds ten minutes, in this session only.
//!
//! - By a code to the account's own number, with the budgets and tries of every code, or by one of its passkeys.
//! - Where there was a passkey, a code cannot both begin a session and be its proof: whoever got hold of the number
//!   could take away everything that is stronger. After a week, in which the other devices were told, it can.
//! - Suspended people may: they can still take their data out and leave.

mod http;
mod store;

use std::{net::IpAddr, time::Duration};

use kith_messaging::Channel;
use kith_types::id::VerificationId;
use serde_json::Value;

pub use http::routes;

use super::{
    code::{self, Purpose, Sending, Started, Tried},
    store as sessions,
};
use crate::{
    app::App,
    db::Tx,
    features::{
        passkeys,
        security::{self, Fact},
        users,
    },
    http::{
        auth::Me,
        problem::{Kind, Problem},
    },
};

/// For so long a code is no second proof in a session that began with one.
const YOUNG: Duration = Duration::from_hours(7 * 24);
const GOOD_FOR: Duration = Duration::from_mins(10);

/// Refuses whoever has not shown lately who they are.
pub async fn require(app: &App, me: &Me) -> Result<(), Problem> {
    let last = sessions::stepped_up_at(app, me.session_id, me.user_id).await?;
    if last.is_some_and(|last| app.now() < last + GOOD_FOR) {
        return Ok(());
    }
    Err(Problem::new(
        Kind::StepUpRequired,
        "show again that it is you (POST /v1/auth/step-up/start), then repeat this request",
    ))
}

/// Notes that the owner has just shown who they are.
pub async fn grant(app: &App, tx: &Tx, me: &Me) -> Result<(), Problem> {
    sessions::step_up(tx, me.session_id, me.user_id).await?;
    security::record(app, tx, me.user_id, Some(me.session_id), Fact::SteppedUp).await
}

/// Sends a code to the account's own number. It counts in this session only.
async fn start(app: &App, me: &Me, channel: Channel, network: IpAddr) -> Result<Started, Problem> {
    require_more_than_a_code(app, me).await?;
    let phone = users::number_of(app, me.user_id).await?.ok_or_else(|| {
        Problem::new(
            Kind::Conflict,
            "this account has no number; use a passkey, or set a number first",
        )
    })?;
    let purpose = Purpose::StepUp(me.session_id);
    code::start(app, Sending { phone, purpose, channel, network }).await
}

async fn require_more_than_a_code(app: &App, me: &Me) -> Result<(), Problem> {
    let since = app.now() - YOUNG;
    if store::is_young_by_code(app, me.session_id, me.user_id, since).await? {
        return Err(Problem::new(
            Kind::StepUpRequired,
            "this device was signed in by a code alone less than seven days ago: use a passkey of this account",
        ));
    }
    Ok(())
}

/// Takes a code as proof.
async fn prove_by_code(app: &App, me: &Me, id: VerificationId, tried: &str) -> Result<(), Problem> {
    require_more_than_a_code(app, me).await?;
    let (app_in, me_in, code) = (app.clone(), me.clone(), tried.to_owned());
    let place = code::place(app).await?;
    let outcome = app
        .tx("auth.step_up", move |tx| {
            let (app, me, code) = (app_in.clone(), me_in.clone(), code.clone());
            async move {
                let purpose = Purpose::StepUp(me.session_id);
                match code::verify(&app, &tx, id, purpose, &code).await? {
                    Tried::Right(phone) => {
                        let index = app.keys().phone_index(&phone);
                        if !store::has_number(&tx, me.user_id, index.as_bytes()).await? {
                            // The account got another number since the code was sent.
                            return Ok(Err(Tried::Expired));
                        }
                        grant(&app, &tx, &me).await.map(Ok)
                    }
                    // The count must be committed, so this is no error inside of the transaction.
                    wrong => {
                        wrong.note(&app, &tx, &me, purpose).await?;
                        Ok(Err(wrong))
                    }
                }
            }
        })
        .await?;
    if outcome.is_ok() {
        code::note_answer(app, id).await;
    }
    drop(place);
    outcome.map_err(|tried| tried.into_problem(app))
}

/// Takes the answer of one of the account's own passkeys as proof.
async fn prove_by_passkey(
    app: &App,
    me: &Me,
    login: VerificationId,
    credential: Value,
) -> Result<(), Problem> {
    let assertion = passkeys::take_assertion(app, login, credential, Some(me.user_id)).await?;
    let (app_in, me_in) = (app.clone(), me.clone());
    let owner = app
        .tx("auth.step_up", move |tx| {
            let (app, me, assertion) = (app_in.clone(), me_in.clone(), assertion.clone());
            async move {
                let owner = passkeys::check(&app, &tx, &assertion).await?;
                if owner.is_some() {
                    grant(&app, &tx, &me).await?;
                }
                Ok(owner)
            }
        })
        .await?;
    owner.map(|_| ()).ok_or_else(passkeys::refused)
}
