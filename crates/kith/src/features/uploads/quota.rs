//! How much an account may send without using it: what is stored for nobody is bounded.

use kith_types::{id::UserId, time::Timestamp};

use super::{actions::KEPT_UNUSED, store};
use crate::{
    app::App,
    db::Tx,
    http::{
        problem::Problem,
        rate_limit::{self, Quota},
    },
};

/// Uploads of an account that nothing uses, within the day that they are kept.
const UPLOADS: usize = 60;
/// Their announced bytes: twenty of the largest photos.
const BYTES: i64 = 500 * 1024 * 1024;

/// Refuses a further upload while the account has too many that nothing uses. One at a time per account, so that
/// requests at the same time count each other.
pub async fn require(app: &App, tx: &Tx, owner: UserId, byte_size: i64) -> Result<(), Problem> {
    if rate_limit::is_relaxed(app) {
        return Ok(());
    }
    let unused = store::lock_unused(tx, owner).await?;
    let Some(at) = room_at(&unused, byte_size) else { return Ok(()) };
    let wait = at.unix_milliseconds() - tx.now().unix_milliseconds();
    let seconds = u64::try_from(wait).unwrap_or(0).div_ceil(1000);
    Err(Problem::rate_limited(Quota::spent("unused-uploads", UPLOADS as u64, KEPT_UNUSED, seconds)))
}

/// When there is room for so many bytes, if not now. `unused` has length and end of each upload, the first to end
/// first.
fn room_at(unused: &[(i64, Timestamp)], byte_size: i64) -> Option<Timestamp> {
    let mut bytes: i64 = unused.iter().map(|(bytes, _)| bytes).sum();
    let mut room_at = None;
    for (index, (length, ends_at)) in unused.iter().enumerate() {
        if unused.len() - index < UPLOADS && bytes + byte_size <= BYTES {
            break;
        }
        bytes -= length;
        room_at = Some(*ends_at);
    }
    room_at
}
