//! What the service itself tells a person. Other features ask for it by a job, which commits with its cause.

use kith_types::{id::UserId, time::Timestamp, visibility::NotificationType};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{message::Message, notice::Notice, store};
use crate::{
    app::App,
    http::problem::Problem,
    jobs::{NewJob, Work},
};

/// The job's name.
pub const TASK: &str = "notifications.system";

/// Something that the service says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SystemNotice {
    /// The export that the reader asked for can be fetched.
    ExportReady,
    /// A moderator hid a post of the reader.
    PostHidden,
    /// A moderator hid a comment of the reader.
    CommentHidden,
}

impl SystemNotice {
    /// Every notice.
    pub const ALL: [Self; 3] = [Self::ExportReady, Self::PostHidden, Self::CommentHidden];

    /// The key that is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::ExportReady => "system.export-ready",
            Self::PostHidden => "system.post-hidden",
            Self::CommentHidden => "system.comment-hidden",
        }
    }

    /// What it says.
    pub fn text(self) -> &'static str {
        match self {
            Self::ExportReady => "Your data is ready to be downloaded",
            Self::PostHidden => "A moderator hid one of your posts",
            Self::CommentHidden => "A moderator hid one of your comments",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Payload {
    recipient: UserId,
    notice: SystemNotice,
    cause: Uuid,
    at: Timestamp,
}

/// A job that tells somebody something once for each cause (such as the id of the export).
pub fn system(recipient: UserId, notice: SystemNotice, cause: Uuid, at: Timestamp) -> NewJob {
    let payload = Payload { recipient, notice, cause, at };
    // Ids, a time and a name can always be written.
    NewJob::new(TASK, serde_json::to_value(payload).unwrap_or_default())
}

pub fn handle(app: App, payload: Value) -> Work {
    Box::pin(async move { tell(&app, payload).await })
}

async fn tell(app: &App, payload: Value) -> Result<(), Problem> {
    let Payload { recipient, notice, cause, at } =
        serde_json::from_value(payload).map_err(Problem::internal)?;
    let notice = Notice {
        id: Notice::id(cause, recipient, at),
        recipient,
        kind: NotificationType::System,
        reference: None,
        message: Message::System(notice),
        actor: None,
        post: None,
        created_at: at,
    };
    store::insert(app, std::slice::from_ref(&notice)).await?;
    let event = notice.event();
    app.tx(TASK, move |tx| {
        let event = event.clone();
        async move {
            tx.emit(event);
            Ok(())
        }
    })
    .await
}
