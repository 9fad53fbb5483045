//! Starting and verifying a sign-in: one code, one number, few tries.

use std::{net::IpAddr, time::Duration};

use kith_messaging::{Channel, SmsMessage};
use kith_types::{
    id::{ActivityId, SessionId, VerificationId},
    keys::VerificationCode,
    phone::{LineKind, PhoneNumber},
    time::Timestamp,
};
use secrecy::SecretString;

use super::{
    reviewers,
    store::{self, SendingHistory, Spent},
};
use crate::{
    app::App,
    config::LimitProfile,
    db::Tx,
    http::{
        problem::{Kind, Problem},
        rate_limit::Quota,
    },
};

/// Wrong codes after which a flow ends.
pub const MAX_TRIES: i16 = 5;
const DAY: Duration = Duration::from_hours(24);
const HOUR: Duration = Duration::from_hours(1);
/// Seconds to wait before the second, third … code for a number.
const RESEND_SECONDS: [u64; 4] = [60, 120, 300, 600];

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
#[derive(Clone, Copy, Debug)]
pub struct Started {
    /// The flow.
    pub verification_id: VerificationId,
    /// When its code stops working.
    pub expires_at: Timestamp,
    /// When another code may be asked for.
    pub resend_at: Timestamp,
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
    /// Too many wrong ones.
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

/// Makes a code, stores its keyed hash and sends it. Limits are counted in the database, under a lock on the
/// number and on the network, so that parallel requests cannot pass together.
pub async fn start(app: &App, sending: Sending) -> Result<Started, Problem> {
    if !may_receive_codes(sending.phone.line_kind()) {
        return Err(Problem::invalid(
            "/phone_number",
            "use the number of a mobile phone that receives text messages",
        ));
    }
    if let Some(code) = reviewers::code_for(app, &sending.phone) {
        return reviewers::start(app, sending, code).await;
    }
    let code = VerificationCode::draw(app.random());
    let (attempt, started) = {
        let (app_in, sending_in, code_in) = (app.clone(), sending.clone(), code.clone());
        app.tx("auth.start", move |tx| {
            let (app, sending, code) = (app_in.clone(), sending_in.clone(), code_in.clone());
            async move { record(&app, &tx, &sending, &code).await }
        })
        .await?
    };
    deliver(app, &sending.phone, &code, sending.channel, attempt).await?;
    Ok(started)
}

async fn record(
    app: &App,
    tx: &Tx,
    sending: &Sending,
    code: &VerificationCode,
) -> Result<(ActivityId, Started), Problem> {
    let Sending { ref phone, purpose, channel, network } = *sending;
    let index = app.keys().phone_index(phone);
    store::lock_subject(tx, &format!("phone:{}", hex::encode(index.as_bytes()))).await?;
    store::lock_subject(tx, &format!("network:{network}")).await?;
    let history = store::sending_history(tx, index.as_bytes(), network, DAY, HOUR).await?;
    let attempts_left = check_limits(app, &history, tx.now())?;

    let verification_id: VerificationId = app.ids().make_unowned();
    let attempt: ActivityId = app.ids().make_unowned();
    let expires_at = tx.now() + Duration::from_secs(app.config().auth.code_seconds);
    let hash = app.keys().codes.hash(verification_id, phone.as_e164(), code);
    store::open_flow(app, tx, verification_id, phone, purpose, hash.as_bytes(), expires_at).await?;
    store::insert_attempt(tx, attempt, verification_id, index.as_bytes(), network, phone, channel)
        .await?;
    let resend_at = tx.now() + resend_wait(app, history.number.count + 1);
    Ok((attempt, Started { verification_id, expires_at, resend_at, attempts_left }))
}

/// Lines that people carry. Everything else costs money or reaches nobody.
fn may_receive_codes(kind: LineKind) -> bool {
    matches!(
        kind,
        LineKind::Mobile
            | LineKind::FixedOrMobile
            | LineKind::Fixed
            | LineKind::Voip
            | LineKind::Personal
    )
}

/// Refuses what is over a limit, and says how many tries the number has left.
fn check_limits(app: &App, history: &SendingHistory, now: Timestamp) -> Result<i16, Problem> {
    let limits = &app.config().limits;
    let tries =
        Limited { name: "wrong-codes", units: limits.tries_per_number_per_day, window: DAY };
    require_below(&history.wrong_tries, tries, now)?;
    let tries_left = limits.tries_per_number_per_day - history.wrong_tries.count;
    if app.config().limit_profile() == LimitProfile::Production {
        for (spent, name, units, window) in [
            (&history.number, "codes-per-number", limits.sends_per_number_per_day, DAY),
            (&history.everybody, "codes", limits.sends_per_day, DAY),
            (&history.network, "codes-per-network", limits.sends_per_network_per_hour, HOUR),
        ] {
            require_below(spent, Limited { name, units, window }, now)?;
        }
        let pause = resend_wait(app, history.number.count);
        let next = history.last_sent_at.map(|sent| sent + pause);
        if let Some(next) = next.filter(|next| *next > now) {
            let wait = Limited { name: "resend", units: 1, window: pause };
            return Err(wait.refused_until(next, now));
        }
    }
    Ok(MAX_TRIES.min(i16::try_from(tries_left).unwrap_or(MAX_TRIES)))
}

/// A limit that is counted in the database.
#[derive(Clone, Copy)]
struct Limited {
    name: &'static str,
    units: i64,
    window: Duration,
}

impl Limited {
    fn refused_until(self, free_at: Timestamp, now: Timestamp) -> Problem {
        let Self { name, units, window } = self;
        let units = u64::try_from(units).unwrap_or(0);
        Problem::rate_limited(Quota::spent(name, units, window, free_at.since(now).as_secs() + 1))
    }
}

/// Refuses until the oldest of what was spent within the window no longer counts.
fn require_below(spent: &Spent, limit: Limited, now: Timestamp) -> Result<(), Problem> {
    if spent.count < limit.units {
        return Ok(());
    }
    Err(limit.refused_until(spent.since.unwrap_or(now) + limit.window, now))
}

/// How long to wait after the n-th code of a day.
fn resend_wait(app: &App, sends: i64) -> Duration {
    if app.config().limit_profile() == LimitProfile::Relaxed {
        return Duration::ZERO;
    }
    let step = usize::try_from(sends - 1).unwrap_or(0).min(RESEND_SECONDS.len() - 1);
    Duration::from_secs(RESEND_SECONDS[step])
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
    let host = app.public_origin().split("://").nth(1).unwrap_or_default();
    let host = host.split(['/', ':']).next().unwrap_or_default();
    // The last line lets phones fill the code in for this site only.
    let body = format!(
        "Your Kith code is {code}. Nobody from Kith will ask you for it.\n\n@{host} #{code}"
    );
    let message = SmsMessage {
        to: phone.clone(),
        channel,
        body: SecretString::from(body),
        code: SecretString::from(code.to_owned()),
    };
    let outcome = app.sms().send(message).await;
    store::settle_attempt(app, attempt, outcome.is_ok()).await?;
    outcome.map(|_| ()).map_err(|error| {
        tracing::warn!(error = %error, "a code could not be sent");
        Problem::unavailable(error)
    })
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
        Some(tried) if tried.tries >= MAX_TRIES => Tried::Exhausted,
        Some(tried) => {
            let left_today = i16::try_from(per_day - tried.wrong_before - 1).unwrap_or(MAX_TRIES);
            Tried::Wrong((MAX_TRIES - tried.tries).min(left_today.max(0)))
        }
        None => store::closed_state(tx, id).await?,
    })
}

impl Tried {
    /// The problem of a try that was not right.
    pub fn into_problem(self, app: &App) -> Problem {
        match self {
            Self::Wrong(left) => Problem::new(Kind::CodeWrong, "check the code and try again")
                .with("attempts_left", left),
            Self::Exhausted => {
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
