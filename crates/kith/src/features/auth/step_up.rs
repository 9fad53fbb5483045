//! Showing again who one is, for what a stolen session must not do. It holds ten minutes, in this session only.

use std::time::Duration;

use super::store;
use crate::{
    app::App,
    db::Tx,
    features::security::{self, Fact},
    http::{
        auth::Me,
        problem::{Kind, Problem},
    },
};

const GOOD_FOR: Duration = Duration::from_mins(10);

/// Refuses whoever has not shown lately who they are.
pub async fn require(app: &App, me: &Me) -> Result<(), Problem> {
    let last = store::stepped_up_at(app, me.session_id, me.user_id).await?;
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
    store::step_up(tx, me.session_id, me.user_id).await?;
    security::record(app, tx, me.user_id, Some(me.session_id), Fact::SteppedUp).await
}
