//! What people ask for: the requests of each operation, ready to be sent.

use std::collections::HashMap;

use clap::ValueEnum;
use uuid::Uuid;

use super::{connection::Connection, tokens::Signer};
use crate::random::Draws;

const COMMENT: &str = r#"{"content":"What a light! We should all go there together next summer."}"#;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Operation {
    /// The first page of the feed.
    Feed,
    /// A post and the first page of its comments: two requests, one after the other.
    Post,
    /// The first page of the notifications.
    Notifications,
    /// A new comment.
    Comment,
    /// The bytes of a picture of a post.
    Image,
    /// 60 % feed, 25 % post, 10 % notifications, 5 % comment.
    Mixed,
}

/// A person and a post that he sees.
pub struct Target {
    user: Uuid,
    token: String,
    post: Uuid,
    picture: String,
}

impl Target {
    /// Signs the person in.
    pub fn new(signer: &Signer, user: Uuid, session: Uuid, post: Uuid) -> Self {
        Self { user, token: signer.token(user, session), post, picture: String::new() }
    }

    /// The post.
    pub fn post(&self) -> Uuid {
        self.post
    }

    /// Learns where the picture of its post is.
    pub fn shows(&mut self, paths: &HashMap<Uuid, String>) {
        self.picture = paths.get(&self.post).cloned().unwrap_or_default();
    }

    /// Whose it is.
    pub fn user(&self) -> Uuid {
        self.user
    }
}

impl Operation {
    /// What one turn of a mix is.
    pub fn drawn(self, draws: &mut Draws) -> Self {
        if self != Self::Mixed {
            return self;
        }
        match draws.below(100) {
            0..60 => Self::Feed,
            60..85 => Self::Post,
            85..95 => Self::Notifications,
            _ => Self::Comment,
        }
    }

    /// Does it; true if every answer was the expected one.
    pub async fn run(self, connection: &mut Connection, target: &Target) -> anyhow::Result<bool> {
        let post = target.post;
        let wanted = if self == Self::Comment { 201 } else { 200 };
        let mut is_good = true;
        for request in match self {
            Self::Feed => vec![get(target, "/v1/feed")],
            Self::Notifications => vec![get(target, "/v1/notifications")],
            Self::Comment => vec![comment(target)],
            Self::Image => vec![get(target, &target.picture)],
            Self::Post | Self::Mixed => vec![
                get(target, &format!("/v1/posts/{post}")),
                get(target, &format!("/v1/posts/{post}/comments")),
            ],
        } {
            is_good &= connection.exchange(request.as_bytes()).await?.status == wanted;
        }
        Ok(is_good)
    }

    /// The paths that only read.
    pub fn paths(target: &Target) -> [String; 4] {
        let post = target.post;
        [
            "/v1/feed".to_owned(),
            format!("/v1/posts/{post}"),
            format!("/v1/posts/{post}/comments"),
            "/v1/notifications".to_owned(),
        ]
    }
}

/// A request that reads.
pub fn get(target: &Target, path: &str) -> String {
    let token = &target.token;
    format!(
        "GET {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\naccept: application/json\r\n\r\n"
    )
}

/// The request that writes a comment.
pub fn comment(target: &Target) -> String {
    let (token, post, length) = (&target.token, target.post, COMMENT.len());
    format!(
        "POST /v1/posts/{post}/comments HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
         accept: application/json\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{COMMENT}"
    )
}
