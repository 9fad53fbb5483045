//! How many passwords may be tried. A try is written down before anything is compared, under locks on its number
//! and network, so that parallel ones cannot pass together; a right one is taken out again.

use std::{net::IpAddr, time::Duration};

use kith_types::{id::ActivityId, time::Timestamp};

use super::store::{self, Recent};
use crate::{
    app::App,
    config::LimitProfile,
    db::Tx,
    http::{problem::Problem, rate_limit::Quota},
};

const HOUR: Duration = Duration::from_hours(1);
const PER_NUMBER: i64 = 10;
const PER_NETWORK: i64 = 50;
/// Seconds to wait after the first, second … wrong password for a number.
const PAUSES: [u64; 9] = [0, 0, 2, 5, 15, 30, 60, 120, 300];

/// Writes a try down, or refuses it.
pub async fn take(
    app: &App,
    tx: &Tx,
    index: &[u8],
    network: IpAddr,
) -> Result<ActivityId, Problem> {
    tx.take_turns(&format!("password:{}", hex::encode(index))).await?;
    tx.take_turns(&format!("password-network:{network}")).await?;
    let recent = store::recent_tries(tx, index, network, tx.now() - HOUR).await?;
    require_room(app, &recent, tx.now())?;
    let id: ActivityId = app.ids().make_unowned();
    store::insert_try(tx, id, index, network).await?;
    Ok(id)
}

fn require_room(app: &App, recent: &Recent, now: Timestamp) -> Result<(), Problem> {
    if recent.of_number >= PER_NUMBER {
        let free_at = recent.number_since.unwrap_or(now) + HOUR;
        return Err(refused("passwords-per-number", PER_NUMBER, HOUR, free_at, now));
    }
    if app.config().limit_profile() == LimitProfile::Relaxed {
        return Ok(());
    }
    if recent.of_network >= PER_NETWORK {
        let free_at = recent.network_since.unwrap_or(now) + HOUR;
        return Err(refused("passwords-per-network", PER_NETWORK, HOUR, free_at, now));
    }
    let pause = pause(recent.of_number);
    match recent.number_last.map(|last| last + pause) {
        Some(free_at) if free_at > now => Err(refused("password-pause", 1, pause, free_at, now)),
        _ => Ok(()),
    }
}

fn pause(wrong: i64) -> Duration {
    let step = usize::try_from(wrong).unwrap_or(0).checked_sub(1);
    Duration::from_secs(step.map_or(0, |step| PAUSES[step.min(PAUSES.len() - 1)]))
}

fn refused(
    name: &'static str,
    units: i64,
    window: Duration,
    free_at: Timestamp,
    now: Timestamp,
) -> Problem {
    let seconds = free_at.since(now).as_secs() + 1;
    Problem::rate_limited(Quota::spent(name, units.unsigned_abs(), window, seconds))
}
