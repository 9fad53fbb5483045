//! Verbs of comments.

use serde_json::{Value, json};

use crate::person::{Answer, Person};

impl Person {
    /// Comments on a post and returns the comment's id.
    pub async fn comments(&self, post: &str, text: &str) -> String {
        self.tries_to_comment(post, text).await.expect(201).text("/comment_id")
    }

    /// Asks to comment on a post.
    pub async fn tries_to_comment(&self, post: &str, text: &str) -> Answer {
        self.post(&comments_of(post), json!({ "content": text })).await
    }

    /// The texts under a post on one large page, oldest first.
    pub async fn reads_comments(&self, post: &str) -> Vec<String> {
        let page = self.get(&format!("{}?limit=50", comments_of(post))).await.expect(200);
        page.items().iter().map(content).collect()
    }

    /// Changes a comment, whatever its version.
    pub async fn edits_comment(&self, comment: &str, text: &str) -> Answer {
        self.patch(&format!("/v1/comments/{comment}"), "*", json!({ "content": text })).await
    }

    /// Asks to delete a comment.
    pub async fn deletes_comment(&self, comment: &str) -> Answer {
        self.delete(&format!("/v1/comments/{comment}")).await
    }

    /// Demands that somebody neither finds a comment nor learns that it exists.
    pub async fn finds_no_comment(&self, comment: &str) {
        self.get(&format!("/v1/comments/{comment}")).await.expect_problem(404, "not-found");
    }
}

fn comments_of(post: &str) -> String {
    format!("/v1/posts/{post}/comments")
}

fn content(comment: &Value) -> String {
    comment["content"].as_str().unwrap_or_default().to_owned()
}
