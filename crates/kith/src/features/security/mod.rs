//! What happened to an account, for its owner and for the operator.
//!
//! - Every fact is a row of the audit log, written in the transaction that makes it true: ids and words of this
//!   program only, no number, address or token.

mod fact;
mod store;

pub use fact::Fact;

use kith_types::id::{SessionId, UserId};

use crate::{app::App, db::Tx, http::problem::Problem};

/// Records a fact about an account; `session` is where it was done.
pub async fn record(
    app: &App,
    tx: &Tx,
    user: UserId,
    session: Option<SessionId>,
    fact: Fact,
) -> Result<(), Problem> {
    store::insert(app, tx, user, session, fact).await
}
