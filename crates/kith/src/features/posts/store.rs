//! SQL of posts.

use kith_sql_generated::{client::GenericClient, queries::posts as sql};
use kith_types::{
    id::{ImageId, PostId, UploadId, UserId},
    text::{AltText, Caption},
    time::Timestamp,
    visibility::{PostStatus, Visibility},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};
use uuid::Uuid;

use crate::{
    app::App,
    db::{Tx, violates},
    features::uploads::StoredImage,
    http::problem::Problem,
};

/// A post as one person is shown it.
pub struct Shown {
    pub post: PostId,
    pub version: i32,
    pub author: Person,
    pub image: Option<StoredImage>,
    pub caption: Option<String>,
    pub alt: Option<String>,
    pub visibility: Visibility,
    pub status: PostStatus,
    pub comment_count: i32,
    /// For its author, of a post for some.
    pub audience: Option<Vec<Person>>,
    pub posted_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What a card shows.
#[derive(Deserialize)]
pub struct Person {
    pub user_id: UserId,
    pub username: String,
    pub display_name: String,
    pub picture: Option<StoredImage>,
}

/// A post to be written.
pub struct NewPost {
    pub id: PostId,
    pub author: UserId,
    pub upload: UploadId,
    pub caption: Option<Caption>,
    pub alt: Option<AltText>,
    pub visibility: Visibility,
}

/// What its author can change of a post.
pub struct Editable {
    pub version: i32,
    pub status: PostStatus,
    pub caption: Option<String>,
    pub alt: Option<String>,
    pub visibility: Visibility,
    pub posted_at: Option<Timestamp>,
}

type Read<T> = Result<T, serde_json::Error>;

fn shown(row: sql::PostBorrowed) -> Read<Shown> {
    Ok(Shown {
        post: row.post_id.into(),
        version: row.version,
        author: Person {
            user_id: row.author_id.into(),
            username: row.username.to_owned(),
            display_name: row.display_name.to_owned(),
            picture: json(row.profile_picture_metadata)?,
        },
        image: json(row.image_metadata)?,
        caption: row.caption.map(str::to_owned),
        alt: row.alt.map(str::to_owned),
        visibility: row.visibility,
        status: row.status,
        comment_count: row.comment_count,
        audience: json(row.audience)?,
        posted_at: row.posted_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

fn json<T: DeserializeOwned>(value: Option<postgres_types::Json<&RawValue>>) -> Read<Option<T>> {
    value.map(|value| serde_json::from_str(value.0.get())).transpose()
}

fn all(rows: Vec<Read<Shown>>) -> Result<Vec<Shown>, Problem> {
    rows.into_iter().collect::<Read<_>>().map_err(Problem::internal)
}

/// A place in a list that is newest first.
pub type Place = (Timestamp, PostId);

/// Reads a post if the viewer may see it.
pub async fn visible(
    db: &impl GenericClient,
    viewer: UserId,
    post: PostId,
) -> Result<Option<Shown>, Problem> {
    let query = sql::visible_post();
    let row = query.bind(db, viewer.as_uuid(), post.as_uuid()).map(shown).opt().await?;
    row.transpose().map_err(Problem::internal)
}

/// Up to `rows` posts of the viewer's feed that come after a place.
pub async fn feed(
    db: &impl GenericClient,
    viewer: UserId,
    (at, id): Place,
    rows: i64,
) -> Result<Vec<Shown>, Problem> {
    let query = sql::feed();
    all(query.bind(db, viewer.as_uuid(), &at, id.as_uuid(), &rows).map(shown).all().await?)
}

/// Up to `rows` posts of one author, as the viewer may see them, that come after a place.
pub async fn of_author(
    db: &impl GenericClient,
    viewer: UserId,
    author: UserId,
    (at, id): Place,
    rows: i64,
) -> Result<Vec<Shown>, Problem> {
    let query = sql::posts_of_author();
    let query = query.bind(db, viewer.as_uuid(), author.as_uuid(), &at, id.as_uuid(), &rows);
    all(query.map(shown).all().await?)
}

/// Whether they are friends now.
pub async fn is_friend(
    db: &impl GenericClient,
    viewer: UserId,
    author: UserId,
) -> Result<bool, Problem> {
    Ok(sql::is_friend().bind(db, viewer.as_uuid(), author.as_uuid()).one().await?)
}

/// Whose post it is, if the viewer may see it.
pub async fn author_of_visible(
    db: &impl GenericClient,
    viewer: UserId,
    post: PostId,
) -> Result<Option<UserId>, Problem> {
    let author =
        sql::author_of_visible_post().bind(db, viewer.as_uuid(), post.as_uuid()).opt().await?;
    Ok(author.map(Into::into))
}

/// Up to `rows` people whom one's own post is for, by name, that come after a place.
pub async fn readers(
    db: &impl GenericClient,
    author: UserId,
    post: PostId,
    (after_name, after_id): &(String, UserId),
    rows: i64,
) -> Result<Vec<(Person, String)>, Problem> {
    let query = sql::readers_of_own_post();
    let (post, author) = (post.as_uuid(), author.as_uuid());
    let query = query.bind(db, post, author, after_name, after_id.as_uuid(), &rows);
    let rows = query.map(reader).all().await?;
    rows.into_iter().collect::<Read<_>>().map_err(Problem::internal)
}

fn reader(row: sql::ReaderBorrowed) -> Read<(Person, String)> {
    let person = Person {
        user_id: row.user_id.into(),
        username: row.username.to_owned(),
        display_name: row.display_name.to_owned(),
        picture: json(row.profile_picture_metadata)?,
    };
    Ok((person, row.name_key.to_owned()))
}

/// Which of these people are the person's friends.
pub async fn friends_among(tx: &Tx, user: UserId, ids: &[Uuid]) -> Result<Vec<Uuid>, Problem> {
    Ok(sql::friends_among().bind(tx.db(), user.as_uuid(), &ids).all().await?)
}

/// Writes a new post, still without its photo.
pub async fn insert(tx: &Tx, post: &NewPost) -> Result<(), Problem> {
    sql::insert_post()
        .bind(
            tx.db(),
            post.id.as_uuid(),
            post.author.as_uuid(),
            post.upload.as_uuid(),
            &post.caption.as_ref().map(Caption::as_str),
            &post.alt.as_ref().map(AltText::as_str),
            &post.visibility,
            &tx.now(),
        )
        .await?;
    Ok(())
}

/// Replaces the people whom a post was chosen for.
pub async fn replace_audience(
    tx: &Tx,
    author: UserId,
    post: PostId,
    posted_at: Option<Timestamp>,
    viewers: &[Uuid],
) -> Result<(), Problem> {
    sql::delete_audience().bind(tx.db(), post.as_uuid()).await?;
    sql::insert_audience()
        .bind(tx.db(), post.as_uuid(), author.as_uuid(), &posted_at, &viewers)
        .await
        .map(|_| ())
        .map_err(|error| {
            if violates(&error, "post_audience_viewer_id_fkey") {
                // Deleted between the check and here.
                super::audience::no_friends()
            } else {
                error.into()
            }
        })
}

/// Reads one's own post for a change, deleted or not.
pub async fn lock_own(tx: &Tx, author: UserId, post: PostId) -> Result<Option<Editable>, Problem> {
    let row = sql::lock_own_post().bind(tx.db(), post.as_uuid(), author.as_uuid()).opt().await?;
    Ok(row.map(|row| Editable {
        version: row.version,
        status: row.status,
        caption: row.caption,
        alt: row.alt,
        visibility: row.visibility,
        posted_at: row.posted_at,
    }))
}

/// Writes what its author edits as the next version.
pub async fn update(tx: &Tx, post: PostId, edited: &Editable) -> Result<(), Problem> {
    let Editable { caption, alt, visibility, .. } = edited;
    sql::update_post().bind(tx.db(), caption, alt, visibility, &tx.now(), post.as_uuid()).await?;
    Ok(())
}

/// The people who can see a post now, its author left out.
pub async fn viewers(tx: &Tx, post: PostId) -> Result<Vec<UserId>, Problem> {
    let viewers = sql::viewers_of_post().bind(tx.db(), post.as_uuid()).all().await?;
    Ok(viewers.into_iter().map(Into::into).collect())
}

/// Hides one's own post; false if it was deleted before or is not there.
pub async fn delete(tx: &Tx, author: UserId, post: PostId) -> Result<bool, Problem> {
    let (post, author) = (post.as_uuid(), author.as_uuid());
    Ok(sql::delete_post().bind(tx.db(), &tx.now(), post, author).await? == 1)
}

/// Brings back one's own post that was deleted after a time, and answers its `posted_at`.
pub async fn restore(
    tx: &Tx,
    author: UserId,
    post: PostId,
    deleted_after: Timestamp,
) -> Result<Option<Option<Timestamp>>, Problem> {
    let (post, author) = (post.as_uuid(), author.as_uuid());
    let query = sql::restore_post();
    Ok(query.bind(tx.db(), &tx.now(), post, author, &deleted_after).opt().await?)
}

/// A post whose photo was in work.
pub struct Developed {
    pub id: PostId,
    pub author: UserId,
    pub status: PostStatus,
}

/// Gives the upload's post, if there is one, its image and its time.
pub async fn show(
    tx: &Tx,
    upload: UploadId,
    image: &StoredImage,
) -> Result<Option<Developed>, Problem> {
    let metadata = serde_json::to_value(image).map_err(Problem::internal)?;
    let (id, path) = (image.image_id.as_uuid(), image.path());
    let query = sql::show_post();
    let row = query.bind(tx.db(), id, &path, &metadata, &tx.now(), upload.as_uuid()).opt().await?;
    let Some(row) = row else { return Ok(None) };
    sql::date_audience().bind(tx.db(), &tx.now(), &row.post_id).await?;
    let (id, author) = (row.post_id.into(), row.user_id.into());
    Ok(Some(Developed { id, author, status: row.status }))
}

/// Removes the post of an upload that failed, and answers what it was.
pub async fn delete_failed(tx: &Tx, upload: UploadId) -> Result<Option<Developed>, Problem> {
    let row = sql::delete_failed_post().bind(tx.db(), upload.as_uuid()).opt().await?;
    Ok(row.map(|row| Developed {
        id: row.post_id.into(),
        author: row.user_id.into(),
        status: row.status,
    }))
}

/// Repeats in a post what is known of its image.
pub async fn put_image_metadata(
    tx: &Tx,
    image: &StoredImage,
    metadata: &Value,
) -> Result<(), Problem> {
    let (path, id) = (image.path(), image.image_id.as_uuid());
    sql::put_post_image_metadata().bind(tx.db(), metadata, &path, id).await?;
    Ok(())
}

/// Some of the posts that were deleted before a time.
pub async fn expired(app: &App, before: Timestamp, most: i64) -> Result<Vec<PostId>, Problem> {
    let db = app.db().pooled().await?;
    let ids = sql::expired_posts().bind(&db, &before, &most).all().await?;
    Ok(ids.into_iter().map(PostId::from).collect())
}

/// Removes a post that was deleted before a time; answers its upload and image.
pub async fn purge(
    tx: &Tx,
    post: PostId,
    before: Timestamp,
) -> Result<Option<(UploadId, Option<ImageId>)>, Problem> {
    let row = sql::purge_post().bind(tx.db(), post.as_uuid(), &before).opt().await?;
    Ok(row.map(|row| (row.upload_id.into(), row.image_id.map(ImageId::from))))
}
