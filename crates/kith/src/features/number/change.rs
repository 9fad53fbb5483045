//! Another number for an account, asked for in one of its sessions.

use kith_types::{
    id::VerificationId,
    keys::{PhoneIndex, Place},
    phone::PhoneNumber,
    visibility::UserStatus,
};

use super::{holder, store};
use crate::{
    app::App,
    db::Tx,
    features::{
        auth::code::{self, Purpose, Tried},
        contacts,
        security::{self, Fact},
        users,
    },
    http::{
        auth::Me,
        problem::{Kind, Problem},
    },
};

/// Why a code changed nothing. What was counted on the way stays, so that it is no error inside of the
/// transaction.
enum Refusal {
    Code(Tried),
    Taken,
}

/// Gives the account the number that the code went to.
pub async fn verify(app: &App, me: &Me, id: VerificationId, tried: &str) -> Result<(), Problem> {
    let (app_in, me_in, code) = (app.clone(), me.clone(), tried.to_owned());
    let place = code::place(app).await?;
    let outcome = app
        .tx("number.change", move |tx| {
            let (app, me, code) = (app_in.clone(), me_in.clone(), code.clone());
            async move {
                let purpose = Purpose::NumberChange(me.session_id);
                match code::verify(&app, &tx, id, purpose, &code).await? {
                    Tried::Right(phone) => take(&app, &tx, &me, &phone).await,
                    wrong => {
                        wrong.note(&app, &tx, &me, purpose).await?;
                        Ok(Err(Refusal::Code(wrong)))
                    }
                }
            }
        })
        .await?;
    if !matches!(outcome, Err(Refusal::Code(_))) {
        code::note_answer(app, id).await;
    }
    drop(place);
    outcome.map_err(|refusal| match refusal {
        Refusal::Code(tried) => tried.into_problem(app),
        Refusal::Taken => Problem::new(Kind::PhoneTaken, "sign in with that number instead")
            .field("/phone_number", "taken"),
    })
}

async fn take(
    app: &App,
    tx: &Tx,
    me: &Me,
    phone: &PhoneNumber,
) -> Result<Result<(), Refusal>, Problem> {
    let index = app.keys().phone_index(phone);
    if let Some(other) = holder::find(tx, &index).await? {
        if other.user == me.user_id {
            return Ok(Ok(()));
        }
        // A number passes to whoever shows that it is theirs now, as at a sign-in.
        if !other.is_silent(app, tx.now()) || other.status == UserStatus::Suspended {
            return Ok(Err(Refusal::Taken));
        }
        holder::pass_on(app, tx, &other, &index).await?;
    }
    give(app, tx, me, phone, &index).await.map(Ok)
}

async fn give(
    app: &App,
    tx: &Tx,
    me: &Me,
    phone: &PhoneNumber,
    index: &PhoneIndex,
) -> Result<(), Problem> {
    let user = me.user_id;
    let before = store::lock_own_number(tx, user).await?;
    let place = Place::new(user, users::PHONE_PLACE);
    let envelope = app.keys().seal(place, phone.as_e164(), app.random());
    store::set_number(tx, user, index.as_bytes(), &envelope).await?;
    store::set_phone_verified(tx, user, true).await?;
    // Codes that went to the number before show nothing any more.
    store::end_step_ups(tx, &before).await?;
    contacts::refresh_numbers(tx, user, &[&before, index.as_bytes()]).await?;
    security::record(app, tx, user, Some(me.session_id), Fact::NumberChanged).await
}
