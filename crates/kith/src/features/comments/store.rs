//! SQL of comments.

use kith_sql_generated::{
    client::{GenericClient, Params as _},
    queries::{
        comments::{self as sql, CreateComment, CreateCommentParams},
        http::CheckSession,
    },
};
use kith_types::{
    id::{CommentId, EventId, PostId, UserId},
    text::CommentText,
    time::Timestamp,
    visibility::CommentStatus,
};
use uuid::Uuid;

use crate::{
    app::App,
    db::Tx,
    http::{
        auth::Caller,
        etag::IfMatch,
        problem::{Kind, Problem},
    },
};

pub use kith_sql_generated::queries::comments::{
    Comment as CommentRow, DeleteComment as Deletion, EditComment as Edit,
};

/// A comment to be written.
#[derive(Clone, Debug)]
pub struct Draft {
    pub comment: CommentId,
    pub event: EventId,
    pub post: PostId,
    pub content: CommentText,
}

/// What writing found: the session, and the comment if its author may write there.
struct Written {
    session: Option<CheckSession>,
    comment: Option<CommentRow>,
}

/// Writes a comment if session and visibility allow it; one statement, all or nothing.
async fn create(
    db: &impl GenericClient,
    caller: &Caller,
    draft: &Draft,
    now: Timestamp,
) -> Result<Written, Problem> {
    let params = CreateCommentParams {
        session_id: caller.session_id().uuid(),
        user_id: caller.user_id().uuid(),
        now,
        post_id: draft.post.uuid(),
        comment_id: draft.comment.uuid(),
        content: draft.content.as_str(),
        event_id: draft.event.uuid(),
    };
    let row = sql::create_comment().params(db, &params).opt().await?;
    let session = row.as_ref().map(|row| CheckSession {
        status: row.status,
        role: row.role,
        last_active: row.last_active,
        generation: row.generation,
        generation_used_at: row.generation_used_at,
        revoked_at: row.revoked_at,
        expires_at: row.expires_at,
    });
    let comment = row.and_then(|row| written(caller, draft, row));
    Ok(Written { session, comment })
}

/// Writes a comment, or says why there is none; the session's word comes before that.
pub async fn write(
    db: &impl GenericClient,
    caller: &Caller,
    draft: &Draft,
    now: Timestamp,
) -> Result<(Option<CheckSession>, Result<CommentRow, Problem>), Problem> {
    let Written { session, mut comment } = create(db, caller, draft, now).await?;
    if comment.is_none() {
        match takes_comments(db, caller.user_id(), draft.post).await? {
            // The post was edited in between, and is still there for this person.
            Some(true) => comment = create(db, caller, draft, now).await?.comment,
            Some(false) => return Ok((session, Err(in_work()))),
            None => {}
        }
    }
    Ok((session, comment.ok_or_else(Problem::not_found)))
}

/// Only its author sees a post so early.
fn in_work() -> Problem {
    Problem::new(Kind::Conflict, "the photo is still being processed; comment when it is there")
}

fn written(caller: &Caller, draft: &Draft, row: CreateComment) -> Option<CommentRow> {
    let at = row.commented_at?;
    Some(CommentRow {
        comment_id: draft.comment.uuid(),
        version: 1,
        post_id: draft.post.uuid(),
        content: draft.content.as_str().to_owned(),
        commented_at: at,
        status: CommentStatus::Active,
        created_at: at,
        updated_at: at,
        user_id: caller.user_id().uuid(),
        username: row.username?,
        display_name: row.display_name?,
        profile_picture_metadata: row.profile_picture_metadata,
    })
}

/// A comment that the viewer sees.
pub async fn get(app: &App, viewer: UserId, comment: CommentId) -> Result<CommentRow, Problem> {
    let db = app.db().shared().await?;
    let row = sql::get_comment().bind(&*db, viewer.as_uuid(), comment.as_uuid()).opt().await?;
    row.ok_or_else(Problem::not_found)
}

/// Comments of a post that the viewer sees, after a place.
pub async fn list(
    app: &App,
    viewer: UserId,
    post: PostId,
    after: (Timestamp, Uuid),
    max_rows: i64,
) -> Result<Vec<CommentRow>, Problem> {
    let db = app.db().shared().await?;
    let rows = sql::list_comments()
        .bind(&*db, viewer.as_uuid(), post.as_uuid(), &after.0, &after.1, &max_rows)
        .all()
        .await?;
    // An empty list of a visible post differs from no post: only then a second look is needed.
    if rows.is_empty() && takes_comments(&*db, viewer, post).await?.is_none() {
        return Err(Problem::not_found());
    }
    Ok(rows)
}

/// Whether a post takes comments yet; none: the viewer sees no such post.
async fn takes_comments(
    db: &impl GenericClient,
    viewer: UserId,
    post: PostId,
) -> Result<Option<bool>, Problem> {
    Ok(sql::takes_comments().bind(db, viewer.as_uuid(), post.as_uuid()).opt().await?)
}

/// Edits a comment; none: the viewer sees no such comment.
pub async fn edit(
    tx: &Tx,
    viewer: UserId,
    comment: CommentId,
    content: &CommentText,
    expected: &IfMatch,
) -> Result<Option<Edit>, Problem> {
    Ok(sql::edit_comment()
        .bind(
            tx.db(),
            viewer.as_uuid(),
            comment.as_uuid(),
            &content.as_str(),
            &tx.now(),
            &expected.versions(),
        )
        .opt()
        .await?)
}

/// Deletes a comment and counts it; none: the viewer sees no such comment.
pub async fn delete(
    tx: &Tx,
    viewer: UserId,
    comment: CommentId,
) -> Result<Option<Deletion>, Problem> {
    Ok(sql::delete_comment()
        .bind(tx.db(), viewer.as_uuid(), comment.as_uuid(), &tx.now())
        .opt()
        .await?)
}
