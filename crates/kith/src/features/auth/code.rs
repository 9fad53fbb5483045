//! Starting and verifying a sign-in: one code, one number, few tries.

use std::{net::IpAddr, time::Duration};

use kith_messaging::{Cause, Channel, SendError, SmsMessage};
use kith_types::{
    id::{ActivityId, SessionId, VerificationId},
    keys::VerificationCode,
    phone::PhoneNumber,
    time::Timestamp,
};
use secrecy::SecretString;
use serde::Serialize;
use tokio::sync::SemaphorePermit;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    budget::{self, Alarm, Asked, Next},
    reviewers, store,
};
use crate::{
    app::App,
    db::Tx,
    features::{
        security::{self, Fact},
        sms,
    },
    http::{
        auth::Me,
        problem::{Kind, Problem},
        rate_limit::Quota,
    },
};

/// Wrong codes after which a flow ends.
pub const MAX_TRIES: i16 = 5;
const DAY: Duration = Duration::from_hours(24);
/// Longest waits for a place: of those who ask for a code, and of those who have one in hand.
const ASK_PATIENCE: Duration = Duration::from_secs(2);
const TRY_PATIENCE: Duration = Duration::from_secs(5);

/// What a code is asked for. One for another thing proves nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new session.
    SignIn,
    /// That it is still the owner who holds this session.
    StepUp(SessionId),
    /// That the owner of this session holds another number.
    NumberChange(SessionId),
}

impl Purpose {
    /// As it is stored with a flow.
    pub fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::StepUp(_) => "step-up",
            Self::NumberChange(_) => "number-change",
        }
    }

    /// The only session in which the code counts.
    pub fn session(self) -> Option<SessionId> {
        match self {
            Self::SignIn => None,
            Self::StepUp(session) | Self::NumberChange(session) => Some(session),
        }
    }
}

/// What a client is told about a flow; the same for every number.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Started {
    /// The flow.
    pub verification_id: VerificationId,
    /// When its code stops working.
    pub expires_at: Timestamp,
    /// When another code may be asked for.
    pub resend_at: Timestamp,
    /// When it may be asked for by a call.
    pub call_at: Timestamp,
    /// How many codes may be tried.
    pub attempts_left: i16,
}

/// How a try ended.
#[derive(Debug)]
pub enum Tried {
    /// The right code: the number is proven.
    Right(PhoneNumber),
    /// A wrong one; so many are left.
    Wrong(i16),
    /// A wrong one, and the last of its flow.
    WrongAtLast,
    /// Too many wrong ones before; this one was not compared.
    Exhausted,
    /// Replaced, used, expired or unknown.
    Expired,
}

/// What a code is sent for, and whence it was asked for.
#[derive(Clone, Debug)]
pub struct Sending {
    /// To whom.
    pub phone: PhoneNumber,
    /// What the code will prove.
    pub purpose: Purpose,
    /// The way it travels.
    pub channel: Channel,
    /// Who asks.
    pub network: IpAddr,
}

/// Makes a code, stores its keyed hash and sends it, if the budgets allow it.
pub async fn start(app: &App, sending: Sending) -> Result<Started, Problem> {
    // Who is signed in asks from a session, which has a budget of its own.
    let device = sending.purpose.session().map(SessionId::uuid);
    start_from(app, sending, device).await
}

/// The same for a device that is known by something else than its session.
pub async fn start_from(
    app: &App,
    sending: Sending,
    device: Option<Uuid>,
) -> Result<Started, Problem> {
    if let Some(code) = reviewers::code_for(app, &sending.phone) {
        return reviewers::start(app, sending, code).await;
    }
    budget::require_reachable(app, &sending.phone)?;
    let Sending { phone, purpose, channel, network } = sending;
    let is_own = matches!(purpose, Purpose::StepUp(_));
    let asked = Asked { phone, channel, network, device, is_own };
    let code = VerificationCode::draw(app.random());
    let recorded = {
        let _place = budget::place(app, ASK_PATIENCE).await?;
        let (app_in, asked_in, code_in) = (app.clone(), asked.clone(), code.clone());
        app.tx("auth.start", move |tx| {
            let (app, asked, code) = (app_in.clone(), asked_in.clone(), code_in.clone());
            async move { record(&app, &tx, &asked, purpose, &code).await }
        })
        .await?
    };
    recorded.alarms.into_iter().for_each(Alarm::tell);
    deliver(app, &asked.phone, &code, channel, recorded.attempt).await?;
    if purpose == Purpose::SignIn {
        mirror(app, recorded.started.verification_id);
    }
    Ok(recorded.started)
}

/// What a transaction wrote before its code is sent.
struct Recorded {
    attempt: ActivityId,
    started: Started,
    alarms: Vec<Alarm>,
}

async fn record(
    app: &App,
    tx: &Tx,
    asked: &Asked,
    purpose: Purpose,
    code: &VerificationCode,
) -> Result<Recorded, Problem> {
    let standing = budget::check(app, tx, asked).await?;
    let phone = &asked.phone;
    let verification_id: VerificationId = app.ids().make_unowned();
    let expires_at = tx.now() + Duration::from_secs(app.config().auth.code_seconds);
    let hash = app.keys().codes.hash(verification_id, phone.as_e164(), code);
    store::open_flow(app, tx, verification_id, phone, purpose, hash.as_bytes(), expires_at).await?;
    let (attempt, alarms) = budget::spend(app, tx, asked, &standing, verification_id).await?;
    let Next { code_at: resend_at, call_at } = standing.next(app, asked, tx.now());
    let tries_left = i16::try_from(standing.tries_left(app)).unwrap_or(MAX_TRIES);
    let attempts_left = MAX_TRIES.min(tries_left);
    let started = Started { verification_id, expires_at, resend_at, call_at, attempts_left };
    Ok(Recorded { attempt, started, alarms })
}

/// Shows an account its flow while the answer is on its way: within the answer it would tell by its time whether
/// there is one.
fn mirror(app: &App, flow: VerificationId) {
    let app_in = app.clone();
    app.spawn_after_answer(async move {
        if store::mirror_flow(&app_in, flow).await.is_err() {
            tracing::warn!("an account was not shown its flow; nothing depends on it");
        }
    });
}

/// Hands the code to the messaging port, outside of any transaction.
async fn deliver(
    app: &App,
    phone: &PhoneNumber,
    code: &VerificationCode,
    channel: Channel,
    attempt: ActivityId,
) -> Result<(), Problem> {
    let code = code.expose();
    let host = app.public_host();
    // The last line lets phones fill the code in for this site only.
    let body = format!(
        "Your Kith code is {code}. Nobody from Kith will ask you for it.\n\n@{host} #{code}"
    );
    let message = SmsMessage {
        id: attempt.to_string(),
        to: phone.clone(),
        channel,
        body: SecretString::from(body),
        code: SecretString::from(code.to_owned()),
        avoid: sms::providers_to_avoid(app, phone).await?,
    };
    let outcome = app.sms().send(message).await;
    sms::settle(app, attempt, &outcome).await?;
    outcome.map(|_| ()).map_err(|error| {
        tracing::warn!(error = %error, "a code could not be sent");
        match error {
            SendError::Permanent(_) => Problem::invalid(
                "/phone_number",
                "this number takes no such messages; check it, or use another one",
            ),
            SendError::NotHere(Cause::NotConfigured) if channel == Channel::Call => {
                Problem::invalid("/channel", "there are no calls here; ask for a text message")
            }
            SendError::NotHere(_) | SendError::Temporary(_) => Problem::unavailable(error),
        }
    })
}

/// Waits for one of the connections that codes may use at a time; keep it while the code is verified.
pub async fn place(app: &App) -> Result<SemaphorePermit<'_>, Problem> {
    budget::place(app, TRY_PATIENCE).await
}

/// Notes that the right code came back, once that is committed: these counts are shared, and whoever waits for
/// them must not hold anything. A lost note makes the breaker a little stricter, no more.
pub async fn note_answer(app: &App, id: VerificationId) {
    if budget::answered(app, id).await.is_err() {
        tracing::warn!("an answered code could not be counted");
    }
}

/// Compares a code in one counted statement. The count stays even if what follows fails.
pub async fn verify(
    app: &App,
    tx: &Tx,
    id: VerificationId,
    purpose: Purpose,
    code: &str,
) -> Result<Tried, Problem> {
    let flow = store::find_flow(app, tx, id).await?;
    let Some(flow) = flow.filter(|flow| flow.is_for(purpose)) else {
        return Ok(Tried::Expired);
    };
    let code = VerificationCode::parse(code)
        .map_err(|error| Problem::invalid("/code", error.to_string()))?;
    let hash = app.keys().codes.hash(id, flow.phone.as_e164(), &code);
    let per_day = app.config().limits.tries_per_number_per_day;
    let tried = store::try_code(tx, id, hash.as_bytes(), DAY, per_day).await?;
    Ok(match tried {
        Some(tried) if tried.is_right => Tried::Right(flow.phone),
        Some(tried) if tried.tries >= MAX_TRIES => Tried::WrongAtLast,
        Some(tried) => {
            let left_today = i16::try_from(per_day - tried.wrong_before - 1).unwrap_or(MAX_TRIES);
            Tried::Wrong((MAX_TRIES - tried.tries).min(left_today.max(0)))
        }
        None => store::closed_state(tx, id).await?,
    })
}

impl Tried {
    /// Whether a code was compared and was not the right one.
    pub fn is_wrong(&self) -> bool {
        matches!(self, Self::Wrong(_) | Self::WrongAtLast)
    }

    /// Writes a wrong code into the log of the account that tried it.
    pub async fn note(&self, app: &App, tx: &Tx, me: &Me, purpose: Purpose) -> Result<(), Problem> {
        if !self.is_wrong() {
            return Ok(());
        }
        let fact = Fact::CodeWrong(purpose.name());
        security::record(app, tx, me.user_id, Some(me.session_id), fact).await
    }

    /// The problem of a try that was not right.
    pub fn into_problem(self, app: &App) -> Problem {
        match self {
            Self::Wrong(left) => Problem::new(Kind::CodeWrong, "check the code and try again")
                .with("attempts_left", left),
            Self::WrongAtLast | Self::Exhausted => {
                let life = Duration::from_secs(app.config().auth.code_seconds);
                let quota = Quota::spent("tries", MAX_TRIES.unsigned_abs().into(), life, 60);
                Problem::new(Kind::CodeExhausted, "ask for a new code").quota(quota)
            }
            Self::Expired | Self::Right(_) => Problem::new(
                Kind::CodeExpired,
                "this code is not valid any more; ask for a new one",
            ),
        }
    }
}
