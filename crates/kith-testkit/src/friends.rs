//! Verbs of friends, requests and blocks.

use serde_json::{Value, json};

use crate::person::{Answer, Person};

impl Person {
    /// Asks somebody to be friends.
    pub async fn asks(&self, other: &Self) -> Answer {
        self.post("/v1/friends/requests", json!({ "user_id": other.user_id })).await
    }

    /// Accepts a request.
    pub async fn accepts(&self, friendship_id: &str) -> Answer {
        self.posts_nothing(&format!("/v1/friends/requests/{friendship_id}/accept")).await
    }

    /// Declines a request, or cancels one's own.
    pub async fn ends_request(&self, friendship_id: &str) -> Answer {
        self.delete(&format!("/v1/friends/requests/{friendship_id}")).await
    }

    /// Both become friends; answers the id of the friendship.
    pub async fn befriends(&self, other: &Self) -> String {
        let friendship = self.asks(other).await.expect(201).text("/friendship_id");
        other.accepts(&friendship).await.expect(200);
        friendship
    }

    /// Ends a friendship.
    pub async fn unfriends(&self, other: &Self) {
        self.delete(&format!("/v1/friends/{}", other.user_id)).await.expect(204);
    }

    /// Blocks somebody.
    pub async fn blocks(&self, other: &Self) {
        self.put(&format!("/v1/blocks/{}", other.user_id), Value::Null).await.expect(204);
    }

    /// Takes a block back.
    pub async fn unblocks(&self, other: &Self) {
        self.delete(&format!("/v1/blocks/{}", other.user_id)).await.expect(204);
    }

    /// Usernames of one's friends, newest first.
    pub async fn friends(&self) -> Vec<String> {
        usernames(&self.get("/v1/friends").await.expect(200))
    }

    /// Usernames of those who wait for one's answer, newest first.
    pub async fn incoming(&self) -> Vec<String> {
        usernames(&self.get("/v1/friends/requests?direction=incoming").await.expect(200))
    }

    /// Usernames of those who were asked, newest first.
    pub async fn outgoing(&self) -> Vec<String> {
        usernames(&self.get("/v1/friends/requests?direction=outgoing").await.expect(200))
    }

    /// Usernames of those blocked, newest first.
    pub async fn blocked(&self) -> Vec<String> {
        usernames(&self.get("/v1/blocks").await.expect(200))
    }
}

/// The usernames of a list of things with a `user`.
pub fn usernames(answer: &Answer) -> Vec<String> {
    let name =
        |item: &Value| item.pointer("/user/username").and_then(Value::as_str).map(str::to_owned);
    answer.items().iter().filter_map(name).collect()
}
