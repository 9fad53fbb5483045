//! Sharing, editing, deleting and restoring a post.

use std::time::Duration;

use http::StatusCode;
use kith_types::{
    id::{PostId, UploadId, UserId},
    text::{AltText, Caption},
    visibility::{PostStatus, Visibility},
};

use super::{
    audience, photo,
    store::{self, NewPost, Shown},
};
use crate::{
    app::App,
    db::Tx,
    features::{
        uploads::{self, Taken},
        users,
    },
    http::{
        etag::IfMatch,
        idempotency::{Claim, Claimed},
        problem::{Kind, Problem},
    },
    realtime::outbox::{EventKind, NewEvent},
};

/// What somebody shares.
#[derive(Clone, Debug)]
pub struct Draft {
    pub upload: UploadId,
    pub caption: Option<Caption>,
    pub alt: Option<AltText>,
    pub visibility: Visibility,
    pub audience: Option<Vec<UserId>>,
}

/// The post of a request to share.
pub enum Shared {
    /// Written now, as its transaction left it; what happens to it afterwards is the author's next read.
    Now(Box<Shown>),
    /// The post of the first request, and the status of its answer.
    Before(StatusCode, PostId),
}

/// What an author changes; `None` leaves as it is, `Some(None)` removes.
#[derive(Clone, Debug, Default)]
#[expect(clippy::option_option, reason = "null removes, absent leaves as it is")]
pub struct Patch {
    pub caption: Option<Option<Caption>>,
    pub alt: Option<Option<AltText>>,
    pub visibility: Option<Visibility>,
    pub audience: Option<Vec<UserId>>,
}

/// Shares a photo. A repeated request gets the post of the first one.
pub async fn create(
    app: &App,
    author: UserId,
    claim: Claim,
    draft: Draft,
) -> Result<Shared, Problem> {
    audience::check_size(draft.audience.as_deref())?;
    audience::check_presence(draft.visibility, draft.audience.as_deref(), false)?;
    users::require_terms(app, author).await?;
    app.tx("posts.create", move |tx| {
        let (claim, draft) = (claim.clone(), draft.clone());
        async move { create_in(&tx, author, claim, draft).await }
    })
    .await
}

async fn create_in(tx: &Tx, author: UserId, claim: Claim, draft: Draft) -> Result<Shared, Problem> {
    let id: PostId = tx.ids().make_at(tx.now(), author.bucket());
    let created = StatusCode::CREATED;
    if let Claimed::Replay { status, resource, .. } =
        claim.take(tx, created.as_u16(), id.uuid()).await?
    {
        let status = StatusCode::from_u16(status).unwrap_or(created);
        return Ok(Shared::Before(status, resource.into()));
    }
    let taken = uploads::take(tx, author, draft.upload).await?;
    let Draft { upload, caption, alt, visibility, audience: named } = draft;
    store::insert(tx, &NewPost { id, author, upload, caption, alt, visibility }).await?;
    if let Some(named) = named {
        let friends = audience::friends(tx, author, &named).await?;
        store::replace_audience(tx, author, id, None, &friends).await?;
    }
    if let Taken::Ready(image) = taken {
        photo::photo_ready(tx, upload, &image).await?;
    }
    let shown = store::visible(tx.db(), author, id).await?.ok_or_else(Problem::not_found)?;
    claim.settle(tx, status(&shown).as_u16(), id.uuid()).await?;
    Ok(Shared::Now(Box::new(shown)))
}

/// What a new post is answered with: 202 while its photo is in work.
pub fn status(shown: &Shown) -> StatusCode {
    if shown.image.is_some() { StatusCode::CREATED } else { StatusCode::ACCEPTED }
}

/// Changes one's own post.
pub async fn patch(
    app: &App,
    author: UserId,
    post: PostId,
    expected: IfMatch,
    patch: Patch,
) -> Result<(), Problem> {
    audience::check_size(patch.audience.as_deref())?;
    let known = app
        .tx("posts.patch", move |tx| {
            let (expected, patch) = (expected.clone(), patch.clone());
            async move { patch_in(&tx, author, post, &expected, patch).await }
        })
        .await?;
    if known { Ok(()) } else { Err(refuse(app, author, post).await?) }
}

/// False if there is no such post of theirs.
async fn patch_in(
    tx: &Tx,
    author: UserId,
    post: PostId,
    expected: &IfMatch,
    patch: Patch,
) -> Result<bool, Problem> {
    let own = store::lock_own(tx, author, post).await?;
    let Some(mut edited) = own.filter(|own| own.status != PostStatus::Deleted) else {
        return Ok(false);
    };
    expected.require(edited.version)?;
    let old = edited.visibility;
    let Patch { caption, alt, visibility, audience: named } = patch;
    edited.visibility = visibility.unwrap_or(old);
    let has_list = old == Visibility::SpecificFriends;
    audience::check_presence(edited.visibility, named.as_deref(), has_list)?;
    if let Some(caption) = caption {
        edited.caption = caption.map(Caption::into_string);
    }
    if let Some(alt) = alt {
        edited.alt = alt.map(AltText::into_string);
    }
    let friends = match named {
        Some(named) => Some(audience::friends(tx, author, &named).await?),
        // A list that nobody sees must not come back by itself.
        None if edited.visibility != old => Some(Vec::new()),
        None => None,
    };
    match friends {
        Some(friends) => {
            let before = store::viewers(tx, post).await?;
            store::update(tx, post, &edited).await?;
            store::replace_audience(tx, author, post, edited.posted_at, &friends).await?;
            audience::tell_changes(tx, author, post, before).await?;
        }
        None => store::update(tx, post, &edited).await?,
    }
    tx.emit(NewEvent::post(EventKind::PostUpdated, post, author));
    Ok(true)
}

/// Why somebody may not change a post: it is another's, or not there for them.
pub async fn refuse(app: &App, me: UserId, post: PostId) -> Result<Problem, Problem> {
    let db = app.db().shared().await?;
    Ok(match store::author_of_visible(&*db, me, post).await? {
        Some(author) if author != me => {
            Problem::new(Kind::Forbidden, "only its author can do this")
        }
        _ => Problem::not_found(),
    })
}

/// Deletes one's own post. Deleting it again changes nothing.
pub async fn delete(app: &App, author: UserId, post: PostId) -> Result<(), Problem> {
    let known = app
        .tx("posts.delete", move |tx| async move {
            if store::delete(&tx, author, post).await? {
                tx.emit(NewEvent::post(EventKind::PostRemoved, post, author));
                return Ok(true);
            }
            Ok(store::lock_own(&tx, author, post).await?.is_some())
        })
        .await?;
    if known { Ok(()) } else { Err(refuse(app, author, post).await?) }
}

/// Brings back one's own post within the days that it is kept. Restoring what is not deleted changes nothing.
pub async fn restore(app: &App, author: UserId, post: PostId) -> Result<(), Problem> {
    let kept = Duration::from_hours(24 * app.config().retention.restore_days);
    let known = app
        .tx("posts.restore", move |tx| async move {
            let deleted_after = tx.now() - kept;
            if let Some(posted_at) = store::restore(&tx, author, post, deleted_after).await? {
                // One whose photo is still in work has not been visible, and is not yet.
                if posted_at.is_some() {
                    tx.emit(NewEvent::post(EventKind::PostReady, post, author));
                }
                return Ok(true);
            }
            let own = store::lock_own(&tx, author, post).await?;
            Ok(own.is_some_and(|own| own.status != PostStatus::Deleted))
        })
        .await?;
    if known { Ok(()) } else { Err(refuse(app, author, post).await?) }
}
