//! The shape of a comment.

use kith_types::{
    id::{CommentId, PostId},
    time::Timestamp,
    visibility::CommentStatus,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::CommentRow;
use crate::{
    features::{
        uploads::ImageUrls,
        users::{self, UserCardBody},
    },
    http::problem::Problem,
};

/// A comment under a post.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Comment)]
pub struct CommentBody {
    pub comment_id: CommentId,
    /// Counts its edits.
    pub version: i32,
    pub post_id: PostId,
    pub author: UserCardBody,
    pub content: String,
    /// Its place among the comments of the post.
    pub commented_at: Timestamp,
    pub status: CommentStatus,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl CommentBody {
    /// A comment from its row, with addresses for one viewer.
    pub fn render(urls: &ImageUrls, row: CommentRow) -> Result<Self, Problem> {
        let CommentRow { user_id, username, display_name, profile_picture_metadata, .. } = row;
        Ok(Self {
            comment_id: row.comment_id.into(),
            version: row.version,
            post_id: row.post_id.into(),
            author: users::card(
                urls,
                user_id.into(),
                &username,
                &display_name,
                profile_picture_metadata,
            )?,
            content: row.content,
            commented_at: row.commented_at,
            status: row.status,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
