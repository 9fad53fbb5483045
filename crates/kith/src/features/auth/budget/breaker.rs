//! Budgets that many share: numbers that begin alike, a country, everybody. Each has a cap for the day, and a
//! breaker that trips where codes are sent and not answered, as when somebody earns by the messages.
//!
//! It must never hold up one country for what happens in another, short of the cap for everybody.

use std::time::Duration;

use kith_types::time::Timestamp;

use super::{
    Asked, DAY, Limited, Standing,
    store::{self, Counted, PERIOD},
};
use crate::{app::App, db::Tx, http::problem::Problem};

/// A network with more unanswered codes of other numbers than this gets nothing from a tripped breaker.
const UNANSWERED_PER_NETWORK: i64 = 1;

/// Kinds of alarms, in metrics: a cap is reached, or a breaker trips.
const USED_UP: &str = "used-up";
const UNANSWERED: &str = "unanswered";

/// A budget that many share.
pub struct Scope {
    /// As it is stored.
    pub name: &'static str,
    /// The digits, the country, or nothing.
    pub subject: String,
    cap: Limited,
    unanswered: i64,
    /// While the breaker is tripped: one code in so long, and its name.
    trickle: Limited,
}

/// Something that an operator should know of.
#[derive(Clone, Debug)]
pub struct Alarm {
    kind: &'static str,
    scope: &'static str,
    country: String,
}

impl Scope {
    /// All that a code is counted for, in the order in which they are locked.
    pub fn all(app: &App, asked: &Asked) -> [Self; 3] {
        let limits = &app.config().limits;
        let cap = |name, units| Limited { name, units, window: DAY };
        let trickle =
            |name, seconds| Limited { name, units: 1, window: Duration::from_secs(seconds) };
        [
            Self {
                name: "prefix",
                subject: asked.prefix(),
                cap: cap("codes-per-prefix", limits.sends_per_prefix_per_day),
                unanswered: limits.unanswered_per_prefix,
                trickle: trickle("unanswered-codes-per-prefix", 60),
            },
            Self {
                name: "country",
                subject: asked.country(),
                cap: cap("codes-per-country", limits.sends_per_country_per_day),
                unanswered: limits.unanswered_per_country,
                trickle: trickle("unanswered-codes-per-country", 10),
            },
            Self {
                name: "everybody",
                subject: String::new(),
                cap: cap("codes", limits.sends_per_day),
                unanswered: limits.unanswered,
                trickle: trickle("unanswered-codes", 1),
            },
        ]
    }

    /// The name of its lock.
    pub fn lock(&self) -> String {
        format!("{}:{}", self.name, self.subject)
    }

    fn require(
        &self,
        counted: &Counted,
        asked: &Asked,
        standing: &Standing,
        now: Timestamp,
    ) -> Result<(), Problem> {
        if counted.sends >= self.cap_for(standing.is_proven()) {
            let free_at = counted.since.unwrap_or(now) + PERIOD + DAY;
            return Err(self.cap.refused_until(free_at, asked, now));
        }
        if standing.is_proven() || !self.is_tripped(counted) {
            return Ok(());
        }
        let unanswered = &standing.history.network_unanswered;
        let units = UNANSWERED_PER_NETWORK + 1;
        Limited { name: "unanswered-codes-per-network", units, window: DAY }
            .require(unanswered, asked, now)?;
        let next = counted.last_sent_at.map_or(now, |last| last + self.trickle.window);
        self.trickle.require_passed(next, asked, now)
    }

    /// A quarter is kept for those who are known: strangers must not use up what these need to come back.
    fn cap_for(&self, is_proven: bool) -> i64 {
        let kept = if is_proven { 0 } else { self.cap.units / 4 };
        self.cap.units - kept
    }

    /// Whether more codes are unanswered than are usual, beyond as many as were answered: at most half of what is
    /// sent can be lost for long.
    fn is_tripped(&self, counted: &Counted) -> bool {
        counted.sends - counted.answered >= self.unanswered + counted.answered
    }

    /// What this one code changes.
    fn alarm(&self, before: &Counted, country: &str) -> Option<Alarm> {
        let after = Counted { sends: before.sends + 1, ..*before };
        let kind = if after.sends == self.cap_for(false) {
            USED_UP
        } else if self.is_tripped(&after) && !self.is_tripped(before) {
            UNANSWERED
        } else {
            return None;
        };
        Some(Alarm { kind, scope: self.name, country: country.to_owned() })
    }
}

/// Refuses what is over a shared budget; says what the operator should know if this code is sent.
pub async fn require(
    app: &App,
    tx: &Tx,
    asked: &Asked,
    standing: &Standing,
) -> Result<Vec<Alarm>, Problem> {
    let scopes = Scope::all(app, asked);
    let counted = store::counts(tx, &scopes).await?;
    for (scope, counted) in scopes.iter().zip(&counted) {
        scope.require(counted, asked, standing, tx.now())?;
    }
    let country = asked.country();
    let pairs = scopes.iter().zip(&counted);
    Ok(pairs.filter_map(|(scope, counted)| scope.alarm(counted, &country)).collect())
}

impl Alarm {
    /// Tells the operator, by country only: digits of numbers are nobody's business.
    pub fn tell(self) {
        let Self { kind, scope, country } = self;
        let told = if kind == USED_UP {
            "the codes of the day are used up; others are refused until a day after"
        } else {
            "too many codes are not answered; they are sent one in a while until more are"
        };
        tracing::warn!(country, scope, "{told}");
        metrics::counter!("kith_codes_alarms_total", "kind" => kind, "scope" => scope, "country" => country)
            .increment(1);
    }
}
