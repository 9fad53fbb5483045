//! Making, using and removing passkeys, in the order in which it must happen.

use std::sync::Arc;

use http::StatusCode;
use kith_types::{
    id::{PasskeyId, SessionId, UserId, VerificationId},
    text::DisplayName,
    visibility::AuthMethod,
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    http::PasskeyBody,
    relying_party::{Ceremony, Made, Owner, Refusal, RelyingParty},
    store::{self, Flow},
};
use crate::{
    app::App,
    db::Tx,
    features::{
        auth::{self, Granted, Opening, step_up},
        security::{self, Fact},
        ways_in,
    },
    http::{
        auth::Me,
        idempotency::{Claim, Claimed},
        problem::{Kind, Problem},
    },
};

/// Passkeys of one account.
const MAX_PASSKEYS: usize = 10;

/// An answer to a challenge that cannot be answered again.
#[derive(Clone, Debug)]
pub struct Assertion {
    state: Value,
    answer: Value,
    /// Whose it must be, where that is known.
    of: Option<UserId>,
}

/// What every answer gets that proves nothing: which of its faults it has is nobody's business.
pub fn refused() -> Problem {
    Problem::new(Kind::CredentialsWrong, "this sign-in was not accepted; start it again")
}

/// Asks for a new passkey. It is another way in, so its owner shows first that it is them.
pub async fn start_registration(app: &App, me: &Me) -> Result<(VerificationId, Value), Problem> {
    let party = RelyingParty::of(app)?;
    step_up::require(app, me).await?;
    let known = store::list(app, me.user_id).await?;
    require_room(known.len())?;
    let known = known.into_iter().map(|passkey| passkey.credential_id).collect();
    let (username, display_name) = store::owner_names(app, me.user_id).await?;
    let owner = Owner {
        id: me.user_id,
        username: username.unwrap_or_else(|| "Kith".to_owned()),
        display_name: display_name.unwrap_or_else(|| "Kith".to_owned()),
    };
    let Ceremony { options, state } = party.start_registration(&owner, known)?;
    let flow = store::open_flow(app, Flow::Registration(me.session_id), &state).await?;
    Ok((flow, options))
}

fn require_room(passkeys: usize) -> Result<(), Problem> {
    if passkeys < MAX_PASSKEYS {
        return Ok(());
    }
    Err(Problem::new(Kind::Conflict, "you have ten passkeys; remove one first"))
}

/// A device's answer to a registration.
#[derive(Clone, Debug)]
pub struct Registered {
    /// Which.
    pub flow: VerificationId,
    /// What to call the passkey.
    pub name: DisplayName,
    /// The new credential.
    pub credential: Value,
    /// Whose request it is, so that a repeated one is known.
    pub claim: Claim,
}

/// Keeps a new passkey.
pub async fn finish_registration(
    app: &App,
    me: &Me,
    answer: Registered,
) -> Result<PasskeyBody, Problem> {
    let party = RelyingParty::of(app)?;
    let Some(state) = store::take_flow(app, answer.flow, Flow::Registration(me.session_id)).await?
    else {
        return find_kept(app, answer.claim).await;
    };
    let made = party.finish_registration(&state, &answer.credential).ok_or_else(|| {
        Problem::invalid("/credential", "this passkey could not be verified; start again")
    })?;
    keep(app, me.user_id, me.session_id, made, answer).await
}

/// The passkey of a request that is repeated because its answer was lost.
async fn find_kept(app: &App, claim: Claim) -> Result<PasskeyBody, Problem> {
    app.tx("passkeys.find_kept", move |tx| {
        let claim = claim.clone();
        async move {
            let taken = claim.take(&tx, StatusCode::CREATED.as_u16(), Uuid::nil()).await?;
            let Claimed::Replay { resource, .. } = taken else {
                let detail = "this registration is over; start another one";
                return Err(Problem::new(Kind::Conflict, detail));
            };
            let known = store::list_in(&tx, claim.user).await?;
            let kept = known.into_iter().find(|passkey| passkey.passkey_id == resource);
            kept.map(PasskeyBody::from).ok_or_else(Problem::not_found)
        }
    })
    .await
}

async fn keep(
    app: &App,
    user: UserId,
    session: SessionId,
    made: Made,
    answer: Registered,
) -> Result<PasskeyBody, Problem> {
    let (app_in, made) = (app.clone(), Arc::new(made));
    app.tx("passkeys.keep", move |tx| {
        let (app, made, answer) = (app_in.clone(), Arc::clone(&made), answer.clone());
        async move {
            let Registered { name, claim, .. } = answer;
            ways_in::hold(&tx, user).await?;
            require_room(store::list_in(&tx, user).await?.len())?;
            let passkey_id: PasskeyId = app.ids().make_at(tx.now(), user.bucket());
            claim.take(&tx, StatusCode::CREATED.as_u16(), passkey_id.uuid()).await?;
            store::insert(&tx, passkey_id, user, &made, name.as_str()).await?;
            store::note_way_in(&app, &tx, user).await?;
            security::record(&app, &tx, user, Some(session), Fact::PasskeyAdded).await?;
            let name = name.as_str().to_owned();
            Ok(PasskeyBody { passkey_id, name, created_at: tx.now(), last_used_at: None })
        }
    })
    .await
}

/// Takes a passkey away.
pub async fn remove(app: &App, me: &Me, passkey: PasskeyId) -> Result<(), Problem> {
    step_up::require(app, me).await?;
    let (app_in, user, session) = (app.clone(), me.user_id, me.session_id);
    app.tx("passkeys.remove", move |tx| {
        let app = app_in.clone();
        async move {
            ways_in::hold(&tx, user).await?;
            if !store::delete(&tx, passkey, user).await? {
                return Err(Problem::not_found());
            }
            ways_in::require_one(&app, &tx, user).await?;
            security::record(&app, &tx, user, Some(session), Fact::PasskeyRemoved).await
        }
    })
    .await
}

/// Asks whoever it is for a passkey.
pub async fn start_login(app: &App) -> Result<(VerificationId, Value), Problem> {
    let Ceremony { options, state } = RelyingParty::of(app)?.start_login()?;
    let flow = store::open_flow(app, Flow::Login, &state).await?;
    Ok((flow, options))
}

/// Begins a session of whoever answers rightly.
pub async fn sign_in(
    app: &App,
    login: VerificationId,
    answer: Value,
    opening: Opening,
) -> Result<Granted, Problem> {
    let assertion = take_assertion(app, login, answer, None).await?;
    let app_in = app.clone();
    let granted = app
        .tx("passkeys.sign_in", move |tx| {
            let (app, assertion, opening) = (app_in.clone(), assertion.clone(), opening.clone());
            async move {
                let Some(user) = check(&app, &tx, &assertion).await? else { return Ok(None) };
                let way = AuthMethod::Passkey;
                auth::begin_session(&app, &tx, user, way, &opening).await.map(Some)
            }
        })
        .await?;
    granted.ok_or_else(refused)
}

/// Takes the challenge that is answered, so that nobody can answer it again. `of`: whose answer alone counts.
pub async fn take_assertion(
    app: &App,
    login: VerificationId,
    answer: Value,
    of: Option<UserId>,
) -> Result<Assertion, Problem> {
    let state = store::take_flow(app, login, Flow::Login).await?.ok_or_else(refused)?;
    Ok(Assertion { state, answer, of })
}

/// Judges an answer under a lock on its passkey: whose it is, or nobody's. What it changes must be committed
/// even then, so a wrong one is no error.
pub async fn check(app: &App, tx: &Tx, assertion: &Assertion) -> Result<Option<UserId>, Problem> {
    let Assertion { state, answer, of } = assertion;
    let party = RelyingParty::of(app)?;
    let Some(claim) = party.claim(answer) else { return Ok(None) };
    let owner = claim.owner;
    if of.is_some_and(|expected| expected != owner) {
        return Ok(None);
    }
    let Some((passkey, credential)) = store::lock(tx, owner, &claim.credential_id).await? else {
        return Ok(None);
    };
    match party.finish_login(state, answer, &credential) {
        Ok(credential) => {
            store::note_use(tx, passkey, &credential).await?;
            Ok(Some(owner))
        }
        Err(Refusal::CountedBack) => {
            security::record(app, tx, owner, None, Fact::PasskeyCopied).await?;
            Ok(None)
        }
        Err(Refusal::Wrong) => Ok(None),
    }
}
