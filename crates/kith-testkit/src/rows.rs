//! Rows that a story needs and is not about: written straight into the database, complete and consistent.

use kith::app::App;
use kith_types::{
    id::{FriendshipId, ImageId, PostId, UploadId, UserId},
    time::Timestamp,
};
use serde_json::json;
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
}

impl Person {
    /// Who it is.
    pub fn id(&self) -> UserId {
        self.user_id.parse().expect("signed in")
    }
}

async fn insert_post(app: &App, sql: &Client, user: UserId, now: Timestamp) -> PostId {
    let bucket = user.bucket();
    let (image, upload, post): (ImageId, UploadId, PostId) =
        (app.ids().make(bucket), app.ids().make(bucket), app.ids().make(bucket));
    let rendition =
        |name| json!({ "name": name, "width": 320, "height": 320, "avif": 900, "jpeg": 1_000 });
    let metadata = json!({
        "image_id": image, "version": 1, "placeholder": "AAAA", "width": 320, "height": 320,
        "square": rendition("square"), "renditions": [rendition("w320")],
    });
    let (hash, key) = (vec![7_u8; 32], upload.to_string());
    sql.execute(
        "insert into images (image_id, owner_id, content_sha256, width, height, metadata, created_at)
         values ($1, $2, $3, 320, 320, $4, $5)",
        &[&image, &user, &hash, &metadata, &now],
    )
    .await
    .expect("an image");
    sql.execute(
        "insert into uploads (upload_id, user_id, content_type, byte_size, sha256, object_key, state, image_id,
            used_at, expires_at, completed_at, created_at, updated_at)
         values ($1, $2, 'image/jpeg', 1000, $3, $4, 'ready', $5, $6, $6, $6, $6, $6)",
        &[&upload, &user, &hash, &key, &image, &now],
    )
    .await
    .expect("an upload");
    sql.execute(
        "insert into posts (post_id, user_id, upload_id, image_id, image_url, image_metadata, posted_at, visibility,
            created_at, updated_at)
         values ($1, $2, $3, $4, '/', $5, $6, 'friends-only', $6, $6)",
        &[&post, &user, &upload, &image, &metadata, &now],
    )
    .await
    .expect("a post");
    post
}
