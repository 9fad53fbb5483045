//! The shape of a post.

use kith_types::{
    id::PostId,
    time::Timestamp,
    visibility::{PostStatus, Visibility},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{Person, Shown};
use crate::features::{
    uploads::{ImageBody, ImageUrls},
    users::{self, UserCardBody},
};

/// A photo that somebody shared.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Post)]
pub struct PostBody {
    pub post_id: PostId,
    pub version: i32,
    pub author: UserCardBody,
    /// Null while it is processed.
    #[schema(required)]
    pub image: Option<ImageBody>,
    /// Whether the photo is still being made; until then only its author has the post.
    pub processing: bool,
    #[schema(required)]
    pub caption: Option<String>,
    pub visibility: Visibility,
    /// Whom it is for now. Only its author has it, and only of a post for specific friends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<Vec<UserCardBody>>,
    /// How many comments the reader can see.
    pub comment_count: i32,
    pub status: PostStatus,
    /// When it became visible; null while it is processed.
    #[schema(required)]
    pub posted_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A post with addresses for its reader.
pub fn post(urls: &ImageUrls, shown: Shown) -> PostBody {
    let alt = shown.alt.as_deref();
    PostBody {
        post_id: shown.post,
        version: shown.version,
        image: shown.image.as_ref().map(|image| urls.image(image, alt)),
        processing: shown.image.is_none(),
        author: card(urls, shown.author),
        caption: shown.caption,
        visibility: shown.visibility,
        audience: shown
            .audience
            .map(|people| people.into_iter().map(|person| card(urls, person)).collect()),
        comment_count: shown.comment_count,
        status: shown.status,
        posted_at: shown.posted_at,
        created_at: shown.created_at,
        updated_at: shown.updated_at,
    }
}

/// A person's card.
pub fn card(urls: &ImageUrls, person: Person) -> UserCardBody {
    let Person { user_id, username, display_name, picture } = person;
    users::card_with(urls, user_id, username, display_name, picture.as_ref())
}
