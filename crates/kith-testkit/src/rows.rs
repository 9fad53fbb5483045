//! Rows that a story needs and is not about: written straight into the database, complete and consistent.

use kith::app::App;
use kith_storage::{ObjectKey, PutMode};
use kith_types::{
    id::{FriendshipId, ImageId, PostId, UploadId, UserId},
    time::Timestamp,
};
use serde_json::{Value, json};
use tokio_postgres::Client;

use crate::{app::TestApp, person::Person};

impl TestApp {
    /// A connection to the primary database.
    pub async fn sql(&self) -> Client {
        self.database.client().await.expect("the database answers")
    }

    /// Makes two people friends.
    pub async fn has_friends(&self, one: &Person, other: &Person) {
        let mut pair = [one.id(), other.id()];
        pair.sort();
        let [first, second] = pair;
        let friendship: FriendshipId = self.app.ids().make(first.bucket());
        let now = self.app.now();
        let sql = self.sql().await;
        sql.execute(
            "insert into friendships (friendship_id, user_id_1, user_id_2, status, requested_at, accepted_at,
                initiated_by, created_at, updated_at)
             values ($1, $2, $3, 'active', $4, $4, $2, $4, $4)",
            &[&friendship, &first, &second, &now],
        )
        .await
        .expect("a friendship");
        for (user, friend) in [(first, second), (second, first)] {
            sql.execute(
                "insert into friend_edges (user_id, friend_id, friendship_id, state, since)
                 values ($1, $2, $3, 'active', $4)",
                &[&user, &friend, &friendship, &now],
            )
            .await
            .expect("an edge");
        }
    }

    /// Ends a friendship.
    pub async fn ends_friendship(&self, one: &Person, other: &Person) {
        self.sql()
            .await
            .execute(
                "delete from friendships where $1 in (user_id_1, user_id_2) and $2 in (user_id_1, user_id_2)",
                &[&one.id(), &other.id()],
            )
            .await
            .expect("it ends");
    }

    /// A friends-only post of somebody, visible now.
    pub async fn has_post(&self, author: &Person) -> String {
        let (user, now) = (author.id(), self.app.now());
        let post = insert_post(&self.app, &self.sql().await, user, now).await;
        post.to_string()
    }

    /// A finished photo of somebody that nothing has used yet: its upload. The two files of it, `w320.jpg` and
    /// `square.jpg`, hold `bytes`.
    pub async fn has_photo(&self, owner: &Person, bytes: &[u8]) -> String {
        let row = Row { owner: owner.id(), now: self.app.now(), size: bytes.len() };
        let (image, upload, _) = insert_photo(&self.app, &self.sql().await, &row, None).await;
        for name in ["w320", "square"] {
            let key = ObjectKey::parse(&format!("images/{image}/1/{name}.jpg")).expect("a key");
            let put = self.app.storage().put(
                &key,
                bytes.to_vec().into(),
                "image/jpeg",
                PutMode::IfAbsent,
            );
            put.await.expect("it is stored");
        }
        upload.to_string()
    }
}

impl Person {
    /// Who it is.
    pub fn id(&self) -> UserId {
        self.user_id.parse().expect("signed in")
    }
}

/// What all rows of one photo share.
struct Row {
    owner: UserId,
    now: Timestamp,
    size: usize,
}

/// The rows of a finished photo and what is known of its image.
async fn insert_photo(
    app: &App,
    sql: &Client,
    row: &Row,
    used_at: Option<Timestamp>,
) -> (ImageId, UploadId, Value) {
    let Row { owner, now, size } = row;
    let (image, upload): (ImageId, UploadId) =
        (app.ids().make(owner.bucket()), app.ids().make(owner.bucket()));
    let rendition =
        |name| json!({ "name": name, "width": 320, "height": 320, "avif": null, "jpeg": size });
    let metadata = json!({
        "image_id": image, "version": 1, "placeholder": "AAAA", "width": 320, "height": 320,
        "square": rendition("square"), "renditions": [rendition("w320")],
    });
    let (hash, key) = (vec![7_u8; 32], format!("incoming/{upload}"));
    sql.execute(
        "insert into images (image_id, owner_id, content_sha256, width, height, metadata, created_at)
         values ($1, $2, $3, 320, 320, $4, $5)",
        &[&image, owner, &hash, &metadata, now],
    )
    .await
    .expect("an image");
    sql.execute(
        "insert into uploads (upload_id, user_id, content_type, byte_size, sha256, object_key, state, image_id,
            used_at, expires_at, completed_at, created_at, updated_at)
         values ($1, $2, 'image/jpeg', 1000, $3, $4, 'ready', $5, $6, $7::timestamptz + interval '1 day', $7, $7, $7)",
        &[&upload, owner, &hash, &key, &image, &used_at, now],
    )
    .await
    .expect("an upload");
    (image, upload, metadata)
}

async fn insert_post(app: &App, sql: &Client, owner: UserId, now: Timestamp) -> PostId {
    let row = Row { owner, now, size: 1_000 };
    let (image, upload, metadata) = insert_photo(app, sql, &row, Some(now)).await;
    let post: PostId = app.ids().make(owner.bucket());
    sql.execute(
        "insert into posts (post_id, user_id, upload_id, image_id, image_url, image_metadata, posted_at, visibility,
            created_at, updated_at)
         values ($1, $2, $3, $4, '/', $5, $6, 'friends-only', $6, $6)",
        &[&post, &owner, &upload, &image, &metadata, &now],
    )
    .await
    .expect("a post");
    post
}
