//! Rows of what people shared: images, uploads, posts, their readers, comments, notifications.

use anyhow::Result;
use kith_types::id::{CommentId, NotificationId};
use tokio_postgres::Transaction;
use uuid::Uuid;

use super::{
    circle::{Circle, DAY, Friendship, id},
    copy::{Rows, Value as V},
    people::{portrait_draws, portrait_time},
    pictures::{self, Picture},
    posts::{Comment, Post, Posts},
    words,
};
use crate::random::Draws;

/// From the end of the upload to the finished photo.
const PROCESSING: i64 = 3_000_000;
const CAPTIONED: f64 = 0.7;
/// Of friendships older than that nobody is told any more.
const TOLD_OF_FRIENDS: i64 = 60 * DAY;
const READ_AFTER: i64 = 2 * DAY;

/// Every draw of a photo, in the order of the posts: each table that shows it draws the same.
fn photo_draws(seed: u64) -> Draws {
    Draws::new(seed, "photos")
}

/// Photos and profile pictures.
pub async fn images(t: &Transaction<'_>, seed: u64, circle: &Circle, all: &Posts) -> Result<u64> {
    let columns = "image_id, owner_id, content_sha256, width, height, metadata, created_at";
    let mut rows = Rows::into(t, "images", columns).await?;
    let mut draws = portrait_draws(seed);
    for person in circle.people.iter().filter(|person| person.has_picture) {
        let at = portrait_time(person.joined);
        let portrait = pictures::portrait(&mut draws, person.id, at);
        image(&mut rows, person.id.uuid(), at, &portrait).await?;
    }
    let mut draws = photo_draws(seed);
    for post in &all.posts {
        let owner = circle.person(post.author).id;
        let photo = pictures::photo(&mut draws, owner, post.at);
        image(&mut rows, owner.uuid(), post.at, &photo).await?;
    }
    rows.finish().await
}

async fn image(rows: &mut Rows, owner: Uuid, at: i64, picture: &Picture) -> Result<()> {
    let hash = picture.image.uuid().as_u128().to_be_bytes().repeat(2);
    rows.write(&[
        V::Uuid(picture.image.uuid()),
        V::Uuid(owner),
        V::Bytes(&hash),
        V::Int(picture.width),
        V::Int(picture.height),
        V::Json(&picture.metadata),
        V::Time(at),
    ])
    .await
}

/// The uploads of the posts.
pub async fn uploads(t: &Transaction<'_>, circle: &Circle, all: &Posts) -> Result<u64> {
    let mut rows = Rows::into(
        t,
        "uploads",
        "upload_id, user_id, content_type, byte_size, sha256, object_key, state, image_id, used_at, expires_at, \
         completed_at, created_at, updated_at",
    )
    .await?;
    for post in &all.posts {
        let owner = circle.person(post.author).id;
        let upload = post.upload();
        let hash = upload.uuid().as_u128().to_be_bytes().repeat(2);
        let began = post.at - PROCESSING;
        rows.write(&[
            V::Uuid(upload.uuid()),
            V::Uuid(owner.uuid()),
            V::Text("image/jpeg"),
            V::Long(3_400_000),
            V::Bytes(&hash),
            V::Text(&format!("uploads/{upload}")),
            V::Text("ready"),
            V::Uuid(pictures::image_id(owner, post.at).uuid()),
            V::Time(post.at),
            V::Time(began + DAY),
            V::Time(began),
            V::Time(began),
            V::Time(post.at),
        ])
        .await?;
    }
    rows.finish().await
}

/// Posts with their photos.
pub async fn posts(t: &Transaction<'_>, seed: u64, circle: &Circle, all: &Posts) -> Result<u64> {
    let mut rows = Rows::into(
        t,
        "posts",
        "post_id, user_id, upload_id, image_id, image_url, image_metadata, caption, posted_at, comment_count, \
         last_commented_at, status, visibility, deleted_at, created_at, updated_at",
    )
    .await?;
    let (mut photos, mut draws) = (photo_draws(seed), Draws::new(seed, "captions"));
    for post in &all.posts {
        let owner = circle.person(post.author).id;
        let photo = pictures::photo(&mut photos, owner, post.at);
        let caption = draws.chance(CAPTIONED).then(|| words::sentence(&mut draws, 20));
        let deleted_at = if post.is_deleted { V::Time(all.end) } else { V::Null };
        rows.write(&[
            V::Uuid(post.id.uuid()),
            V::Uuid(owner.uuid()),
            V::Uuid(post.upload().uuid()),
            V::Uuid(photo.image.uuid()),
            V::Text(&photo.url),
            V::Json(&photo.metadata),
            caption.as_deref().map_or(V::Null, V::Text),
            V::Time(post.at),
            V::Int(post.comment_count),
            post.last_commented_at.map_or(V::Null, V::Time),
            V::Text(if post.is_deleted { "deleted" } else { "active" }),
            V::Text(if post.is_specific { "specific-friends" } else { "friends-only" }),
            deleted_at,
            V::Time(post.at - PROCESSING),
            V::Time(post.at),
        ])
        .await?;
    }
    rows.finish().await
}

/// The readers of posts for some.
pub async fn audience(t: &Transaction<'_>, circle: &Circle, all: &Posts) -> Result<u64> {
    let columns = "post_id, viewer_id, author_id, posted_at";
    let mut rows = Rows::into(t, "post_audience", columns).await?;
    for (index, post) in all.posts.iter().enumerate() {
        let author = V::Uuid(circle.person(post.author).id.uuid());
        for viewer in all.audience(index as u32) {
            let viewer = V::Uuid(circle.person(*viewer).id.uuid());
            rows.write(&[V::Uuid(post.id.uuid()), viewer, author, V::Time(post.at)]).await?;
        }
    }
    rows.finish().await
}

/// Comments, in the order of time.
pub async fn comments(t: &Transaction<'_>, seed: u64, circle: &Circle, all: &Posts) -> Result<u64> {
    let mut rows = Rows::into(
        t,
        "comments",
        "comment_id, post_id, user_id, content, commented_at, status, deleted_at, created_at, updated_at",
    )
    .await?;
    let (mut ids, mut draws) = (comment_draws(seed), Draws::new(seed, "comments"));
    for comment in &all.comments {
        let post = &all.posts[comment.post as usize];
        let text = words::sentence(&mut draws, 25);
        let (text, status, deleted_at) = if comment.is_deleted {
            ("", "deleted", V::Time(comment.at))
        } else {
            (text.as_str(), "active", V::Null)
        };
        rows.write(&[
            V::Uuid(comment_id(&mut ids, post, comment).uuid()),
            V::Uuid(post.id.uuid()),
            V::Uuid(circle.person(comment.author).id.uuid()),
            V::Text(text),
            V::Time(comment.at),
            V::Text(status),
            deleted_at,
            V::Time(comment.at),
            V::Time(comment.at),
        ])
        .await?;
    }
    rows.finish().await
}

fn comment_draws(seed: u64) -> Draws {
    Draws::new(seed, "comment ids")
}

fn comment_id(draws: &mut Draws, post: &Post, comment: &Comment) -> CommentId {
    id(draws, comment.at, post.id.bucket())
}

/// One notification.
struct Notice {
    recipient: u32,
    actor: u32,
    at: i64,
    kind: &'static str,
    reference: Uuid,
    reference_type: &'static str,
    content: &'static str,
    post: Option<Uuid>,
}

/// What people were told.
pub async fn notifications(
    t: &Transaction<'_>,
    seed: u64,
    circle: &Circle,
    all: &Posts,
    now: i64,
) -> Result<u64> {
    let mut rows = Rows::into(
        t,
        "secondary.notifications",
        "notification_id, user_id, type, reference_id, reference_type, content, actor_id, post_id, created_at, \
         read_at, delivered",
    )
    .await?;
    let mut draws = Draws::new(seed, "notifications");
    for notice in notices(seed, circle, all, now) {
        let recipient = circle.person(notice.recipient).id;
        let notification: NotificationId = id(&mut draws, notice.at, recipient.bucket());
        let was_read = now - notice.at > READ_AFTER && draws.chance(0.9);
        rows.write(&[
            V::Uuid(notification.uuid()),
            V::Uuid(recipient.uuid()),
            V::Text(notice.kind),
            V::Uuid(notice.reference),
            V::Text(notice.reference_type),
            V::Text(notice.content),
            V::Uuid(circle.person(notice.actor).id.uuid()),
            notice.post.map_or(V::Null, V::Uuid),
            V::Time(notice.at),
            if was_read { V::Time(notice.at + READ_AFTER) } else { V::Null },
            V::Flag(was_read),
        ])
        .await?;
    }
    rows.finish().await
}

fn notices(seed: u64, circle: &Circle, all: &Posts, now: i64) -> Vec<Notice> {
    let mut ids = comment_draws(seed);
    let of_comments = all.comments.iter().filter_map(|comment| {
        let post = &all.posts[comment.post as usize];
        let id = comment_id(&mut ids, post, comment);
        (comment.author != post.author).then(|| Notice {
            recipient: post.author,
            actor: comment.author,
            at: comment.at,
            kind: "comment",
            reference: id.uuid(),
            reference_type: "comment",
            content: "comment.created",
            post: Some(post.id.uuid()),
        })
    });
    let recent = circle.friendships.iter().filter(|f| f.since > now - TOLD_OF_FRIENDS);
    let mut notices: Vec<Notice> =
        of_comments.chain(recent.map(|friendship| of_friendship(circle, friendship))).collect();
    notices.sort_by_key(|notice| notice.at);
    notices
}

fn of_friendship(circle: &Circle, friendship: &Friendship) -> Notice {
    let (one, other) = friendship.pair;
    let asked = if friendship.asker == one { other } else { one };
    // Who was asked is told of the request; once it is accepted, who had asked is told of that.
    let (recipient, actor, content) = if friendship.is_pending {
        (asked, friendship.asker, "friend.requested")
    } else {
        (friendship.asker, asked, "friend.accepted")
    };
    Notice {
        recipient,
        actor,
        at: friendship.since,
        kind: "friend_request",
        reference: circle.person(actor).id.uuid(),
        reference_type: "user",
        content,
        post: None,
    }
}
