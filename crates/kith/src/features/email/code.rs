//! Sending a code to an address and judging what comes back.

use std::time::Duration;

use kith_messaging::{MailError, MailMessage};
use kith_types::{
    id::{UserId, VerificationId},
    keys::VerificationCode,
    text::Email,
    time::Timestamp,
};
use secrecy::SecretString;

use super::store::{self, Address, Sent, Tried};
use crate::{
    app::App,
    config::LimitProfile,
    db::Tx,
    features::security::{self, Fact},
    http::{
        auth::Me,
        problem::{Kind, Problem},
        rate_limit::Quota,
    },
};

/// Wrong codes after which another one must be asked for.
pub const MAX_TRIES: i16 = 5;
/// Mail takes longer than a text message.
const LIFE: Duration = Duration::from_mins(30);
const DAY: Duration = Duration::from_hours(24);
/// Codes for one account, and to one address, in a day.
const SENDS_PER_DAY: i64 = 5;
/// Seconds to wait before the second, third … code of a day.
const PAUSES: [u64; 4] = [60, 120, 300, 600];
/// Seconds after which an operator may have set e-mail up.
const NOT_OFFERED: u64 = 3_600;

/// What a client is told; the same whoever else holds the address.
#[derive(Clone, Copy, Debug)]
pub struct Started {
    /// When the code stops working.
    pub expires_at: Timestamp,
    /// When another one may be asked for.
    pub resend_at: Timestamp,
}

/// Sends a code to the address of my account.
pub async fn start(app: &App, me: &Me) -> Result<Started, Problem> {
    let Some(sender) = app.mail() else { return Err(not_offered()) };
    let code = VerificationCode::draw(app.random());
    let (app_in, code_in, user) = (app.clone(), code.clone(), me.user_id);
    let (flow, email, started) = app
        .tx("email.start", move |tx| {
            let (app, code) = (app_in.clone(), code_in.clone());
            async move { open(&app, &tx, user, &code).await }
        })
        .await?;
    let sent = sender.send(mail(app, flow, &email, &code)).await;
    let Err(error) = sent else { return Ok(started) };
    tracing::warn!(%error, "a mail could not be sent");
    // One that may be on its way must work, and counts. One that was refused for good counts, too: the answer tells
    // whether somebody's mailbox exists, and may not be asked for without end.
    if matches!(error, MailError::Temporary(_)) {
        store::forget_flow(app, flow).await?;
    }
    Err(unsent(error))
}

async fn open(
    app: &App,
    tx: &Tx,
    user: UserId,
    code: &VerificationCode,
) -> Result<(VerificationId, Email, Started), Problem> {
    tx.take_turns(&format!("email-account:{user}")).await?;
    let email = match store::address(app, tx, user).await? {
        Address::Unverified(email) => email,
        Address::Verified => return Err(refused("the address is verified already")),
        Address::None => return Err(refused("set an e-mail address first (PATCH /v1/me)")),
    };
    let index = app.keys().email_index(&email);
    tx.take_turns(&format!("email-address:{}", hex::encode(index))).await?;
    let sent = store::history(tx, user, &index, DAY).await?;
    for (sent, name) in [(&sent.account, "mails"), (&sent.address, "mails-per-address")] {
        require_room(app, sent, name, tx.now())?;
    }
    let flow: VerificationId = app.ids().make_at(tx.now(), user.bucket());
    let expires_at = tx.now() + LIFE;
    let hash = app.keys().codes.hash(flow, &email.comparison_form(), code);
    store::open_flow(tx, flow, user, &index, hash.as_bytes(), expires_at).await?;
    let sends = sent.account.count.max(sent.address.count) + 1;
    let started = Started { expires_at, resend_at: tx.now() + pause(app, sends) };
    Ok((flow, email, started))
}

/// Refuses what is over a limit, until it no longer is.
fn require_room(app: &App, sent: &Sent, name: &'static str, now: Timestamp) -> Result<(), Problem> {
    if app.config().limit_profile() == LimitProfile::Relaxed {
        return Ok(());
    }
    let whole_again = sent.since.filter(|_| sent.count >= SENDS_PER_DAY).map(|since| since + DAY);
    let paused_until = sent.last.map(|last| last + pause(app, sent.count));
    let free_at = whole_again.max(paused_until).filter(|free_at| *free_at > now);
    match free_at {
        Some(free_at) => {
            let (units, window) = (SENDS_PER_DAY.unsigned_abs(), DAY);
            let wait = free_at.since(now).as_secs() + 1;
            Err(Problem::rate_limited(Quota::spent(name, units, window, wait)))
        }
        None => Ok(()),
    }
}

/// How long to wait after the n-th code of a day.
fn pause(app: &App, sends: i64) -> Duration {
    if app.config().limit_profile() == LimitProfile::Relaxed {
        return Duration::ZERO;
    }
    let step = usize::try_from(sends - 1).unwrap_or(0).min(PAUSES.len() - 1);
    Duration::from_secs(PAUSES[step])
}

fn mail(app: &App, flow: VerificationId, email: &Email, code: &VerificationCode) -> MailMessage {
    let code = code.expose();
    let minutes = LIFE.as_secs() / 60;
    let host = app.public_host();
    let body = format!(
        "Your Kith code is {code}. It works for {minutes} minutes.\n\n\
         Somebody gave this address for an account at {host}. If that was not you, do nothing:\n\
         without the code nothing happens. Nobody from Kith will ask you for it.\n"
    );
    MailMessage {
        id: flow.to_string(),
        to: email.clone(),
        subject: "Confirm your e-mail address".to_owned(),
        body: SecretString::from(body),
        code: SecretString::from(code.to_owned()),
        sent_at: app.now(),
    }
}

fn not_offered() -> Problem {
    Problem::new(
        Kind::Unavailable,
        "this server sends no e-mail, so addresses are not verified here; everything else works without",
    )
    .retry_after(NOT_OFFERED)
}

fn refused(detail: &'static str) -> Problem {
    Problem::new(Kind::Conflict, detail)
}

fn unsent(error: MailError) -> Problem {
    match error {
        MailError::Permanent(_) => Problem::new(
            Kind::Validation,
            "no mail reaches this address; check it, or use another one (PATCH /v1/me)",
        ),
        MailError::Temporary(_) | MailError::Unknown => Problem::unavailable(error),
    }
}

/// Takes the code. The count must be committed whatever comes of it, so a wrong code is no error of the transaction.
pub async fn verify(app: &App, me: &Me, code: &str) -> Result<(), Problem> {
    let code = VerificationCode::parse(code)
        .map_err(|error| Problem::invalid("/code", error.to_string()))?;
    let (app_in, me_in) = (app.clone(), me.clone());
    app.tx("email.verify", move |tx| {
        let (app, me, code) = (app_in.clone(), me_in.clone(), code.clone());
        async move {
            let tried = compare(&app, &tx, &me, &code).await?;
            if matches!(tried, Ok(())) {
                note(&app, &tx, &me, Fact::EmailVerified).await?;
            }
            Ok(tried)
        }
    })
    .await?
}

async fn note(app: &App, tx: &Tx, me: &Me, fact: Fact) -> Result<(), Problem> {
    security::record(app, tx, me.user_id, Some(me.session_id), fact).await
}

async fn compare(
    app: &App,
    tx: &Tx,
    me: &Me,
    code: &VerificationCode,
) -> Result<Result<(), Problem>, Problem> {
    let user = me.user_id;
    tx.take_turns(&format!("email-account:{user}")).await?;
    let Address::Unverified(email) = store::address(app, tx, user).await? else {
        return Ok(Err(expired()));
    };
    let index = app.keys().email_index(&email);
    let Some(flow) = store::newest_flow(tx, user).await?.filter(|flow| flow.email == index) else {
        return Ok(Err(expired()));
    };
    let hash = app.keys().codes.hash(flow.id, &email.comparison_form(), code);
    let tried = store::try_code(tx, flow.id, hash.as_bytes()).await?;
    if tried.as_ref().is_some_and(|tried| !tried.is_right) {
        note(app, tx, me, Fact::CodeWrong("email")).await?;
    }
    Ok(match tried {
        Some(Tried { is_right: true, .. }) => settle(tx, user, &index).await?,
        Some(Tried { tries, .. }) if tries < MAX_TRIES => Err(wrong(MAX_TRIES - tries)),
        Some(_) => Err(exhausted()),
        None if flow.is_exhausted() => Err(exhausted()),
        None => Err(expired()),
    })
}

/// The right code tells its owner, and nobody else, that another account has the address.
async fn settle(tx: &Tx, user: UserId, index: &[u8]) -> Result<Result<(), Problem>, Problem> {
    // Two accounts that prove one address at the same time go one after the other.
    tx.take_turns(&format!("email-address:{}", hex::encode(index))).await?;
    if store::is_verified_by_another(tx, user, index).await? {
        return Ok(Err(Problem::new(
            Kind::EmailTaken,
            "another account has verified this address; use another one, or leave it out",
        )));
    }
    let is_changed = store::verify_address(tx, user, index).await?;
    Ok(if is_changed { Ok(()) } else { Err(expired()) })
}

fn wrong(left: i16) -> Problem {
    Problem::new(Kind::CodeWrong, "check the code and try again").with("attempts_left", left)
}

fn exhausted() -> Problem {
    let quota = Quota::spent("tries", MAX_TRIES.unsigned_abs().into(), LIFE, 60);
    Problem::new(Kind::CodeExhausted, "ask for a new code").quota(quota)
}

fn expired() -> Problem {
    Problem::new(Kind::CodeExpired, "this code is not valid any more; ask for a new one")
}
