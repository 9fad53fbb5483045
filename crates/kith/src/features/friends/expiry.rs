//! Requests that nobody answered go away by themselves.

use std::time::Duration;

use super::{
    pair::{Change, Pair},
    store,
};
use crate::{app::App, http::problem::Problem};

const LIFE: Duration = Duration::from_hours(60 * 24);
const BATCH: usize = 200;

/// Ends every request older than 60 days, declined ones too.
pub async fn expire_requests(app: App) -> Result<(), Problem> {
    let before = app.now() - LIFE;
    loop {
        let expired = store::expired_requests(&app, before, BATCH).await?;
        for (asker, other) in &expired {
            let (asker, other) = (*asker, *other);
            app.tx("friends.expire", move |tx| async move {
                let pair = Pair::lock(&tx, asker, other).await?;
                let is_expired = |pair: &Pair| {
                    pair.is_open() && pair.present().is_some_and(|p| p.requested_at < before)
                };
                match pair.filter(is_expired) {
                    Some(pair) => pair.change(&tx, Change::End).await.map(|_| ()),
                    None => Ok(()),
                }
            })
            .await?;
        }
        if expired.len() < BATCH {
            return Ok(());
        }
    }
}
