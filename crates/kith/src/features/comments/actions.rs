//! Reading, writing, editing and deleting comments.

use kith_types::{
    cursor::CursorScope,
    id::{CommentId, PostId, UserId},
    text::CommentText,
    time::Timestamp,
    visibility::ActivityType,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    comment::CommentBody,
    store::{self, CommentRow, Draft},
};
use crate::{
    app::App,
    db::{self, Tx, tx},
    features::{activity, uploads::ImageUrls},
    http::{
        auth::{Caller, Me},
        etag::{self, IfMatch},
        idempotency::{Claim, Claimed},
        page::{Page, PageQuery},
        problem::{Kind, Problem},
    },
    realtime::outbox::{EventKind, NewEvent},
};

const CREATE: &str = "comments.create";

/// One page of a post's comments, oldest first.
pub async fn list(
    app: &App,
    caller: &Caller,
    post: PostId,
    page: &PageQuery,
) -> Result<Page<CommentBody>, Problem> {
    let (size, scope) = (page.size()?, CursorScope::new("comments", caller.user_id()).within(post));
    let after: Option<(Timestamp, Uuid)> = page.position(app, scope)?;
    let after = after.unwrap_or((Timestamp::MIN, Uuid::nil()));
    let max_rows = i64::try_from(size + 1).unwrap_or(i64::MAX);
    let read = |viewer| store::list(app, viewer, post, after, max_rows);
    let (me, rows) = caller.flight(app, read).await?;
    let urls = ImageUrls::for_me(app, &me);
    let place = |row: &CommentRow| (row.commented_at, row.comment_id);
    Page::build(app, scope, rows, size, place, |row| CommentBody::render(&urls, row))
}

/// Writes a comment. Without an idempotency key this is one round trip, session check included.
pub async fn create(
    app: &App,
    caller: &Caller,
    post: PostId,
    content: CommentText,
    claim: Claim,
) -> Result<(Me, CommentRow), Problem> {
    let bucket = post.bucket();
    let (comment, event) = (app.ids().make(bucket), app.ids().make(bucket));
    let draft = Draft { comment, event, post, content };
    if claim.key.is_none() {
        match create_now(app, caller, &draft).await {
            Err(problem) if db::is_retryable(&problem) => tx::count(CREATE, "retried"),
            outcome => return outcome,
        }
    }
    create_once(app, caller, draft, claim).await
}

async fn create_now(
    app: &App,
    caller: &Caller,
    draft: &Draft,
) -> Result<(Me, CommentRow), Problem> {
    let db = app.db().pooled().await?;
    let (session, comment) = store::write(&db, caller, draft, app.now()).await?;
    drop(db);
    if let Ok(comment) = &comment {
        tx::count(CREATE, "committed");
        announce(app, caller, comment);
    }
    let me = caller.found(app, session).await?;
    me.require_active()?;
    Ok((me, comment?))
}

/// What follows a comment that was written with its event.
fn announce(app: &App, caller: &Caller, comment: &CommentRow) {
    app.wake_sequencer();
    let metadata = json!({ "post_id": comment.post_id });
    activity::record(app, caller.user_id(), ActivityType::Comment, caller.network(), metadata);
}

/// The same inside of a transaction, together with the key.
async fn create_once(
    app: &App,
    caller: &Caller,
    draft: Draft,
    claim: Claim,
) -> Result<(Me, CommentRow), Problem> {
    let me = caller.check(app).await?;
    me.require_active()?;
    let author = caller.clone();
    let written = app
        .tx(CREATE, move |tx| {
            let (caller, draft, claim) = (author.clone(), draft.clone(), claim.clone());
            async move { claim_and_create(&tx, &caller, &draft, &claim).await }
        })
        .await?;
    match written {
        Ok(comment) => {
            announce(app, caller, &comment);
            Ok((me, comment))
        }
        Err(replayed) => {
            let comment = store::get(app, me.user_id, replayed).await?;
            Ok((me, comment))
        }
    }
}

/// `Err` inside names the comment that the key's first request wrote.
async fn claim_and_create(
    tx: &Tx,
    caller: &Caller,
    draft: &Draft,
    claim: &Claim,
) -> Result<Result<CommentRow, CommentId>, Problem> {
    if let Claimed::Replay { resource, .. } = claim.take(tx, 201, draft.comment.uuid()).await? {
        return Ok(Err(resource.into()));
    }
    store::write(tx.db(), caller, draft, tx.now()).await?.1.map(Ok)
}

/// Changes the text of my comment.
pub async fn edit(
    app: &App,
    me: UserId,
    comment: CommentId,
    expected: IfMatch,
    content: CommentText,
) -> Result<(), Problem> {
    app.tx("comments.edit", move |tx| {
        let (content, expected) = (content.clone(), expected.clone());
        async move {
            let found = store::edit(&tx, me, comment, &content, &expected).await?;
            let found = found.ok_or_else(Problem::not_found)?;
            if !found.is_mine {
                return Err(Problem::new(Kind::Forbidden, "only its author can edit a comment"));
            }
            if !found.is_edited {
                return Err(etag::stale());
            }
            let post = found.post_id.into();
            tx.emit(NewEvent::comment(EventKind::CommentUpdated, comment, post, me));
            Ok(())
        }
    })
    .await
}

/// Removes a comment of mine, or one under a post of mine.
pub async fn delete(app: &App, me: UserId, comment: CommentId) -> Result<(), Problem> {
    app.tx("comments.delete", move |tx| async move {
        let found = store::delete(&tx, me, comment).await?.ok_or_else(Problem::not_found)?;
        if !found.may_delete {
            let detail = "only its author and the author of the post can delete a comment";
            return Err(Problem::new(Kind::Forbidden, detail));
        }
        if found.is_deleted {
            let (post, author) = (found.post_id.into(), found.author_id.into());
            tx.emit(NewEvent::comment(EventKind::CommentRemoved, comment, post, author));
        }
        Ok(())
    })
    .await
}
