//! What may be sent, and to whom: the budgets of codes.
//!
//! - Texts and calls go to lines that people carry, in countries that the operator serves.
//! - A number gets five codes a day at growing intervals, up to three of them by calls, the first call a minute
//!   after a text. A network gets ten an hour, a device ten a day, and every range of numbers, every country and
//!   all of them together have what they may cost in a day.
//! - Where too many codes stay unanswered the breaker trips: one code in a while, and only to networks that answer.
//!   What else was asked for elsewhere is served as before.
//! - A device that has answered a code before is neither held up by its network nor by the breaker, and a quarter of
//!   what may be sent in a day is kept for those.
//!
//! Everything is counted in PostgreSQL under locks, in the transaction that spends it (ADR 0013). It must never let
//! pass what could not be counted.

mod breaker;
mod store;

use std::{net::IpAddr, time::Duration};

use kith_messaging::Channel;
use kith_types::{
    id::{ActivityId, VerificationId},
    phone::{LineKind, PhoneNumber, Region},
    time::Timestamp,
};
use tokio::sync::SemaphorePermit;
use uuid::Uuid;

pub use breaker::Alarm;
pub use store::answered;

use self::{
    breaker::Scope,
    store::{Attempt, History, Spent},
};
use crate::{
    app::App,
    config::LimitProfile,
    db::Tx,
    http::{problem::Problem, rate_limit::Quota},
};

const DAY: Duration = Duration::from_hours(24);
const HOUR: Duration = Duration::from_hours(1);
/// Seconds to wait before the second, third … code for a number.
const RESEND_SECONDS: [u64; 4] = [60, 120, 300, 600];
/// What a known device may leave unanswered in a day: somebody mistypes a number.
const UNANSWERED_PER_DEVICE: i64 = 1;
/// A text may take so long; only then is a call worth its price.
const CALL_AFTER_TEXT: Duration = Duration::from_mins(1);

/// A code that is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The number.
    pub phone: PhoneNumber,
    /// The way it is to travel.
    pub channel: Channel,
    /// Whence it is asked for.
    pub network: IpAddr,
    /// The device or session that asks, if it is known.
    pub device: Option<Uuid>,
    /// Whether it is for the number of the account in whose session it is asked for.
    pub is_own: bool,
}

/// What was found to be spent before, under locks that hold until the transaction ends.
pub struct Standing {
    history: History,
    index: Vec<u8>,
    is_own: bool,
}

/// When something may be asked for again.
#[derive(Clone, Copy, Debug)]
pub struct Next {
    /// Another code.
    pub code_at: Timestamp,
    /// A call.
    pub call_at: Timestamp,
}

impl Asked {
    fn country(&self) -> String {
        letters(self.phone.region())
    }

    /// The country code and three digits more: an area or a range of an operator, who may earn by it.
    fn prefix(&self) -> String {
        let digits = self.phone.as_e164().trim_start_matches('+');
        let length = self.phone.calling_code().to_string().len() + 3;
        digits.chars().take(length).collect()
    }
}

/// Refuses lines that cost extra or reach nobody, and countries that are not served.
pub fn require_reachable(app: &App, phone: &PhoneNumber) -> Result<(), Problem> {
    let country = phone.region().filter(|_| may_receive_codes(phone.line_kind()));
    let Some(country) = country else {
        note_refusal("line-kind", letters(phone.region()));
        return Err(Problem::invalid(
            "/phone_number",
            "use the number of a mobile phone that receives text messages",
        ));
    };
    if is_limited(app) && !app.config().limits.countries.contain(country) {
        note_refusal("country-not-served", letters(Some(country)));
        return Err(Problem::invalid(
            "/phone_number",
            "codes are not sent to this country here; use a number of another one, or ask the operator",
        ));
    }
    Ok(())
}

/// Lines that people carry. Everything else costs money or reaches nobody; personal numbers cost their callers
/// several times what mobiles do.
fn may_receive_codes(kind: LineKind) -> bool {
    matches!(kind, LineKind::Mobile | LineKind::FixedOrMobile | LineKind::Fixed | LineKind::Voip)
}

/// Waits for one of the few connections that codes may use at a time.
pub async fn place(app: &App, patience: Duration) -> Result<SemaphorePermit<'_>, Problem> {
    let place = tokio::time::timeout(patience, app.code_places().acquire()).await;
    place.map_err(Problem::unavailable)?.map_err(Problem::unavailable)
}

/// Takes the locks of number, network and device, and refuses what is over a limit. What concerns many is looked at
/// without a lock here, so that who is refused keeps nobody waiting.
pub async fn check(app: &App, tx: &Tx, asked: &Asked) -> Result<Standing, Problem> {
    let index = app.keys().phone_index(&asked.phone).as_bytes().to_vec();
    let mut locks =
        vec![format!("phone:{}", hex::encode(&index)), format!("network:{}", asked.network)];
    locks.extend(asked.device.map(|device| format!("device:{device}")));
    store::lock(tx, &locks).await?;
    let history = store::history(tx, asked, &index).await?;
    let standing = Standing { history, index, is_own: asked.is_own };
    standing.require_tries(app, asked, tx.now())?;
    if is_limited(app) {
        standing.require_number(app, asked, tx.now())?;
        standing.require_source(app, asked, tx.now())?;
        breaker::require(app, tx, asked, &standing).await?;
    }
    Ok(standing)
}

/// Spends one code: counts it for everybody whom it concerns, or refuses. These locks are the ones that many wait
/// for, so this comes last in its transaction.
pub async fn spend(
    app: &App,
    tx: &Tx,
    asked: &Asked,
    standing: &Standing,
    verification: VerificationId,
) -> Result<(ActivityId, Vec<Alarm>), Problem> {
    let scopes = Scope::all(app, asked);
    let mut alarms = Vec::new();
    if is_limited(app) {
        let locks: Vec<String> = scopes.iter().map(Scope::lock).collect();
        store::lock(tx, &locks).await?;
        alarms = breaker::require(app, tx, asked, standing).await?;
    }
    let attempt: ActivityId = app.ids().make_unowned();
    let row = Attempt { id: attempt, verification, index: &standing.index, asked };
    store::insert_attempt(tx, &row, &scopes).await?;
    Ok((attempt, alarms))
}

impl Standing {
    /// How many codes may be compared for this number now.
    pub fn tries_left(&self, app: &App) -> i64 {
        app.config().limits.tries_per_number_per_day - self.history.wrong_tries.count
    }

    /// When the next code and the next call may be asked for, once this one is sent.
    pub fn next(&self, app: &App, asked: &Asked, now: Timestamp) -> Next {
        let limits = &app.config().limits;
        let History { number, calls, .. } = &self.history;
        let mut code_at = now + resend_wait(app, number.count + 1);
        if !is_limited(app) {
            return Next { code_at, call_at: code_at };
        }
        if number.count + 1 >= limits.sends_per_number_per_day {
            code_at = code_at.max(number.since.unwrap_or(now) + DAY);
        }
        let calls_made = calls.count + i64::from(asked.channel == Channel::Call);
        let call_at = if calls_made >= limits.calls_per_number_per_day {
            code_at.max(calls.since.unwrap_or(now) + DAY)
        } else {
            code_at
        };
        Next { code_at, call_at }
    }

    /// Whether somebody known asks: for their own account's number, or with a device that has answered a code and
    /// leaves none for other numbers unanswered. One phone could answer for many such devices else.
    fn is_proven(&self) -> bool {
        let History { device_is_proven, device_unanswered, .. } = self.history;
        self.is_own || device_is_proven && device_unanswered <= UNANSWERED_PER_DEVICE
    }

    fn require_tries(&self, app: &App, asked: &Asked, now: Timestamp) -> Result<(), Problem> {
        let units = app.config().limits.tries_per_number_per_day;
        let limit = Limited { name: "wrong-codes", units, window: DAY };
        limit.require(&self.history.wrong_tries, asked, now)
    }

    fn require_number(&self, app: &App, asked: &Asked, now: Timestamp) -> Result<(), Problem> {
        let limits = &app.config().limits;
        let History { number, calls, first_text_at, last_sent_at, .. } = &self.history;
        let units = limits.sends_per_number_per_day;
        Limited { name: "codes-per-number", units, window: DAY }.require(number, asked, now)?;
        if asked.channel == Channel::Call {
            let units = limits.calls_per_number_per_day;
            Limited { name: "calls-per-number", units, window: DAY }.require(calls, asked, now)?;
            let Some(text_at) = *first_text_at else {
                return Err(Problem::invalid("/channel", "ask for a text message first"));
            };
            let first = Limited { name: "first-call", units: 1, window: CALL_AFTER_TEXT };
            first.require_passed(text_at + CALL_AFTER_TEXT, asked, now)?;
        }
        let window = resend_wait(app, number.count);
        let resend = Limited { name: "resend", units: 1, window };
        match last_sent_at {
            Some(last) => resend.require_passed(*last + window, asked, now),
            None => Ok(()),
        }
    }

    /// A device that has proven itself answers for itself; others for their network.
    fn require_source(&self, app: &App, asked: &Asked, now: Timestamp) -> Result<(), Problem> {
        let limits = &app.config().limits;
        let History { device, network, .. } = &self.history;
        let units = limits.sends_per_device_per_day;
        Limited { name: "codes-per-device", units, window: DAY }.require(device, asked, now)?;
        if self.is_proven() {
            return Ok(());
        }
        let units = limits.sends_per_network_per_hour;
        Limited { name: "codes-per-network", units, window: HOUR }.require(network, asked, now)
    }
}

/// A limit that is counted in the database.
#[derive(Clone, Copy)]
struct Limited {
    name: &'static str,
    units: i64,
    window: Duration,
}

impl Limited {
    /// Refuses until the oldest of what was spent within the window no longer counts.
    fn require(self, spent: &Spent, asked: &Asked, now: Timestamp) -> Result<(), Problem> {
        if spent.count < self.units {
            return Ok(());
        }
        Err(self.refused_until(spent.since.unwrap_or(now) + self.window, asked, now))
    }

    /// Refuses before its time.
    fn require_passed(self, at: Timestamp, asked: &Asked, now: Timestamp) -> Result<(), Problem> {
        if at <= now { Ok(()) } else { Err(self.refused_until(at, asked, now)) }
    }

    fn refused_until(self, free_at: Timestamp, asked: &Asked, now: Timestamp) -> Problem {
        let Self { name, units, window } = self;
        note_refusal(name, asked.country());
        let units = u64::try_from(units).unwrap_or(0);
        Problem::rate_limited(Quota::spent(name, units, window, free_at.since(now).as_secs() + 1))
    }
}

/// Two letters; `ZZ` for numbers without a country (ISO 3166-1 leaves it to its users).
fn letters(country: Option<Region>) -> String {
    country.map_or_else(|| "ZZ".to_owned(), |country| country.to_string())
}

/// How long to wait after the n-th code of a day.
fn resend_wait(app: &App, sends: i64) -> Duration {
    if !is_limited(app) {
        return Duration::ZERO;
    }
    let step = usize::try_from(sends - 1).unwrap_or(0).min(RESEND_SECONDS.len() - 1);
    Duration::from_secs(RESEND_SECONDS[step])
}

fn is_limited(app: &App) -> bool {
    app.config().limit_profile() == LimitProfile::Production
}

/// Counts a refusal by its budget and country, which is all that an operator needs to see an attack.
fn note_refusal(budget: &'static str, country: String) {
    metrics::counter!("kith_codes_refused_total", "budget" => budget, "country" => country)
        .increment(1);
}
