//! SQL of the budgets of codes: rows in, plain values out.

use std::time::Duration;

use kith_messaging::Channel;
use kith_sql_generated::queries::budget as sql;
use kith_types::{
    id::{ActivityId, VerificationId},
    time::Timestamp,
};

use super::{Asked, DAY, HOUR, breaker::Scope};
use crate::{app::App, db::Tx, http::problem::Problem};

/// What is sent to many is counted by so long.
pub const PERIOD: Duration = Duration::from_mins(10);
/// Longest wait for others that spend from the same budgets.
const PATIENCE: &str = "2s";

/// So many, the oldest of them then.
pub struct Spent {
    pub count: i64,
    pub since: Option<Timestamp>,
}

/// What was spent lately.
pub struct History {
    pub number: Spent,
    pub calls: Spent,
    pub first_text_at: Option<Timestamp>,
    pub last_sent_at: Option<Timestamp>,
    pub network: Spent,
    /// Codes for other numbers, asked for from the same network, which nobody answered.
    pub network_unanswered: Spent,
    pub device: Spent,
    /// Whether it has answered a code before.
    pub device_is_proven: bool,
    /// Codes for other numbers that it asked for within a day and nobody answered.
    pub device_unanswered: i64,
    pub wrong_tries: Spent,
}

/// What was sent within a day for many, and how much of it was answered.
#[derive(Clone, Copy, Default)]
pub struct Counted {
    pub sends: i64,
    pub answered: i64,
    pub since: Option<Timestamp>,
    pub last_sent_at: Option<Timestamp>,
}

/// A message that is about to be sent.
pub struct Attempt<'a> {
    pub id: ActivityId,
    pub verification: VerificationId,
    pub index: &'a [u8],
    pub asked: &'a Asked,
}

/// Waits for others that spend from the same budgets, in this order.
pub async fn lock(tx: &Tx, names: &[String]) -> Result<(), Problem> {
    sql::lock_budgets().bind(tx.db(), &PATIENCE, &names).one().await?;
    Ok(())
}

/// Reads what number, network and device have spent.
pub async fn history(tx: &Tx, asked: &Asked, index: &[u8]) -> Result<History, Problem> {
    let (day_ago, hour_ago) = (tx.now() - DAY, tx.now() - HOUR);
    let row = sql::sending_history()
        .bind(tx.db(), &index, &day_ago, &hour_ago, &asked.network, &asked.device)
        .one()
        .await?;
    let spent = |count, since| Spent { count, since };
    Ok(History {
        number: spent(row.number_sends, row.number_since),
        calls: spent(row.calls, row.calls_since),
        first_text_at: row.first_text_at,
        last_sent_at: row.last_sent_at,
        network: spent(row.network_sends, row.network_since),
        network_unanswered: spent(row.unanswered, row.unanswered_since),
        device: spent(row.device_sends, row.device_since),
        device_is_proven: row.proven,
        device_unanswered: row.device_unanswered,
        wrong_tries: spent(row.number_tries, row.tries_since),
    })
}

/// Reads what was sent within a day for each of these. The oldest period counts as long as any of it may.
pub async fn counts(tx: &Tx, scopes: &[Scope; 3]) -> Result<[Counted; 3], Problem> {
    let since = tx.now() - DAY - PERIOD;
    let (names, subjects) = columns(scopes);
    let rows = sql::sending_counts().bind(tx.db(), &names, &subjects, &since).all().await?;
    Ok(scopes.each_ref().map(|scope| {
        let row = rows.iter().find(|row| row.scope == scope.name);
        row.map_or_else(Counted::default, |row| Counted {
            sends: row.sends,
            answered: row.answered,
            since: Some(row.since),
            last_sent_at: Some(row.last_sent_at),
        })
    }))
}

/// Records a message before it is sent.
pub async fn insert_attempt(
    tx: &Tx,
    attempt: &Attempt<'_>,
    scopes: &[Scope; 3],
) -> Result<(), Problem> {
    let Attempt { id, verification, index, asked } = attempt;
    let (names, subjects) = columns(scopes);
    let channel = match asked.channel {
        Channel::Sms => "sms",
        Channel::Call => "call",
    };
    sql::insert_attempt()
        .bind(
            tx.db(),
            id.as_uuid(),
            verification.as_uuid(),
            index,
            &asked.network,
            &asked.device,
            &asked.country(),
            &asked.prefix(),
            &channel,
            &tx.now(),
            &names,
            &subjects,
        )
        .await?;
    Ok(())
}

/// Notes that the right code of a message came back.
pub async fn answered(app: &App, verification: VerificationId) -> Result<(), Problem> {
    app.tx("auth.note_answer", move |tx| async move {
        sql::be_patient().bind(tx.db(), &PATIENCE).one().await?;
        sql::answer_attempt().bind(tx.db(), &tx.now(), verification.as_uuid()).await?;
        Ok(())
    })
    .await
}

/// Scopes and subjects.
fn columns(scopes: &[Scope; 3]) -> (Vec<&str>, Vec<&str>) {
    scopes.iter().map(|scope| (scope.name, scope.subject.as_str())).unzip()
}
