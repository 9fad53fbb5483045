//! From events to notifications: who is told what.

use std::sync::Arc;

use kith_types::{
    id::{AuditId, EventId, NotificationId, PostId, UserId},
    time::Timestamp,
    visibility::{NotificationType, ReferenceType},
};
use uuid::Uuid;

use super::{
    account::AccountNote,
    message::{Fault, Message},
    store,
};
use crate::{
    app::App,
    http::problem::Problem,
    realtime::{
        consumer::{Effects, Step},
        log::LoggedEvent,
        outbox::{EventKind, NewEvent},
    },
};

/// A notification to be written.
#[derive(Clone, Debug)]
pub struct Notice {
    pub id: NotificationId,
    pub recipient: UserId,
    pub kind: NotificationType,
    pub reference: Option<(ReferenceType, Uuid)>,
    pub message: Message,
    pub actor: Option<UserId>,
    pub post: Option<PostId>,
    pub audit: Option<AuditId>,
    pub created_at: Timestamp,
}

impl Notice {
    /// The one notification of a cause for a recipient: the same id however often it is made.
    pub fn id(cause: Uuid, recipient: UserId, at: Timestamp) -> NotificationId {
        let mut name = [0; 32];
        name[..16].copy_from_slice(cause.as_bytes());
        name[16..].copy_from_slice(recipient.as_uuid().as_bytes());
        NotificationId::derived(at, recipient.bucket(), &name)
    }

    /// The event that tells of it, the same one however often it is made.
    pub fn event(&self) -> NewEvent {
        let id = EventId::derived(
            self.created_at,
            self.recipient.bucket(),
            self.id.as_uuid().as_bytes(),
        );
        NewEvent::notification(EventKind::NotificationCreated, Some(self.id), self.recipient)
            .with_id(id)
    }

    /// A comment on a post of the recipient.
    pub fn comment(event: &LoggedEvent, recipient: UserId, actor: UserId) -> Self {
        Self {
            id: Self::id(event.id.uuid(), recipient, event.occurred_at),
            recipient,
            kind: NotificationType::Comment,
            reference: event.comment.map(|comment| (ReferenceType::Comment, comment.uuid())),
            message: Message::CommentCreated,
            actor: Some(actor),
            post: event.post,
            audit: None,
            created_at: event.occurred_at,
        }
    }

    /// A friend request or its acceptance.
    pub fn friend(event: &LoggedEvent, recipient: UserId, actor: UserId) -> Self {
        let message = match event.kind {
            EventKind::FriendAccepted => Message::FriendAccepted,
            _ => Message::FriendRequested,
        };
        Self {
            id: Self::id(event.id.uuid(), recipient, event.occurred_at),
            recipient,
            kind: NotificationType::FriendRequest,
            reference: Some((ReferenceType::User, actor.uuid())),
            message,
            actor: Some(actor),
            post: None,
            audit: None,
            created_at: event.occurred_at,
        }
    }

    /// A post of the recipient that went away with its photo.
    pub fn failed_photo(event: &LoggedEvent, recipient: UserId, fault: Fault) -> Self {
        Self {
            id: Self::id(event.id.uuid(), recipient, event.occurred_at),
            recipient,
            kind: NotificationType::System,
            reference: None,
            message: Message::PostFailed(fault),
            actor: None,
            post: None,
            audit: None,
            created_at: event.occurred_at,
        }
    }

    /// Something that happened to the recipient's account.
    pub fn account(event: &LoggedEvent, recipient: UserId, note: AccountNote) -> Self {
        Self {
            id: Self::id(event.id.uuid(), recipient, event.occurred_at),
            recipient,
            kind: NotificationType::System,
            reference: None,
            message: Message::Account(note),
            actor: None,
            post: None,
            audit: event.audit,
            created_at: event.occurred_at,
        }
    }
}

/// One step of the consumer: rows first, then the events that tell of them.
pub fn consume(app: App, events: Arc<[LoggedEvent]>) -> Step {
    Box::pin(async move {
        let notices = notices(&app, &events).await?;
        store::insert(&app, &notices).await?;
        Ok(Effects { events: notices.iter().map(Notice::event).collect(), jobs: Vec::new() })
    })
}

async fn notices(app: &App, events: &[LoggedEvent]) -> Result<Vec<Notice>, Problem> {
    let of_kind = |kinds: &[EventKind]| -> Vec<&LoggedEvent> {
        events.iter().filter(|event| kinds.contains(&event.kind)).collect()
    };
    let comments = of_kind(&[EventKind::CommentCreated]);
    let friends = of_kind(&[EventKind::FriendRequested, EventKind::FriendAccepted]);
    let photos = of_kind(&[EventKind::PostFailed]);
    let accounts = of_kind(&[EventKind::AccountNoted]);
    let mut notices = store::comment_notices(app, &comments).await?;
    notices.extend(store::friend_notices(app, &friends).await?);
    notices.extend(store::photo_notices(app, &photos).await?);
    notices.extend(store::account_notices(app, &accounts).await?);
    Ok(notices)
}
