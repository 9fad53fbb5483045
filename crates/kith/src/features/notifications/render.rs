//! The sentence of a notification, made of what its reader sees now.

use std::collections::HashMap;

use kith_types::{
    id::NotificationId,
    time::Timestamp,
    visibility::{NotificationType, ReferenceType},
};
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    account::Deed,
    message::{Fault, Message},
    store::Row,
};
use crate::features::users::UserCardBody;

/// How much of a comment is repeated, in characters as people count them.
const EXCERPT: usize = 80;
/// Said of what cannot be seen any more, whatever it was.
const GONE: &str = "This is not available any more";

/// Something that happened to the reader.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notification)]
pub struct NotificationBody {
    pub notification_id: NotificationId,
    #[serde(rename = "type")]
    pub notification_type: NotificationType,
    /// What it leads to; null where there is nothing to see (any more).
    #[schema(required)]
    pub reference_type: Option<ReferenceType>,
    #[schema(required)]
    pub reference_id: Option<Uuid>,
    /// A sentence, made of what the reader sees now.
    pub content: String,
    /// Who did it; null where nobody did, or the reader does not see them any more.
    #[schema(required)]
    pub actor: Option<UserCardBody>,
    pub created_at: Timestamp,
    #[schema(required)]
    pub read_at: Option<Timestamp>,
    /// Whether a device of the reader has it.
    pub delivered: bool,
}

/// A person and what he is to the reader.
#[derive(Clone, Debug)]
pub struct Actor {
    pub card: UserCardBody,
    pub relation: Relation,
}

/// What somebody is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Friend,
    AsksMe,
    Other,
}

/// What the reader sees now of what his notifications are about.
#[derive(Debug, Default)]
pub struct Seen {
    /// Texts of comments.
    pub comments: HashMap<Uuid, String>,
    /// People.
    pub actors: HashMap<Uuid, Actor>,
    /// What was done to the account, by its line of the audit log.
    pub deeds: HashMap<Uuid, Deed>,
}

impl Seen {
    /// A notification as it reads now.
    pub fn render(&self, row: &Row) -> NotificationBody {
        let message = Message::from_key(&row.content);
        let actor = row.actor_id.and_then(|id| self.actors.get(&id));
        let said = match message {
            Some(Message::Account(note)) => {
                let deed = row.audit_id.and_then(|id| self.deeds.get(&id));
                Some(note.say(deed))
            }
            Some(message) => self.say(message, actor, row.reference_id),
            None => None,
        };
        let is_gone = said.is_none();
        NotificationBody {
            notification_id: row.notification_id.into(),
            notification_type: row.notification_type,
            reference_type: row.reference_type.filter(|_| !is_gone),
            reference_id: row.reference_id.filter(|_| !is_gone),
            content: said.unwrap_or_else(|| GONE.to_owned()),
            actor: actor.filter(|_| !is_gone).map(|actor| actor.card.clone()),
            created_at: row.created_at,
            read_at: row.read_at,
            delivered: row.delivered,
        }
    }

    fn say(
        &self,
        message: Message,
        actor: Option<&Actor>,
        reference: Option<Uuid>,
    ) -> Option<String> {
        let friend = |relation| actor.filter(|actor| actor.relation == relation);
        match message {
            Message::CommentCreated => {
                let comment = self.comments.get(&reference?)?;
                Some(format!("{} commented: “{}”", name(actor?), excerpt(comment)))
            }
            Message::FriendRequested => {
                match (friend(Relation::AsksMe), friend(Relation::Friend)) {
                    (Some(actor), _) => Some(format!("{} wants to be your friend", name(actor))),
                    (None, Some(actor)) => Some(format!("You and {} are friends", name(actor))),
                    (None, None) => None,
                }
            }
            Message::FriendAccepted => friend(Relation::Friend)
                .map(|actor| format!("{} accepted your friend request", name(actor))),
            Message::Account(note) => Some(note.say(None)),
            Message::PostFailed(fault) => {
                Some(format!("A photo of yours could not be processed: {}", advice(fault)))
            }
        }
    }
}

/// What was wrong with a photo, and what helps.
fn advice(fault: Fault) -> &'static str {
    match fault {
        Fault::Unsupported => "it is not a JPEG, PNG, WebP, AVIF, HEIC or GIF file",
        Fault::TooLarge => "it is too large; scale it down and share it again",
        Fault::Unopenable => "it could not be opened; export it anew and share it again",
        Fault::Damaged => "it is damaged; choose another copy of it",
        Fault::Missing => "it did not arrive; share it again",
        Fault::Unknown => "share it again",
    }
}

fn name(actor: &Actor) -> &str {
    &actor.card.display_name
}

/// The beginning of a comment on one line.
fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.grapheme_indices(true).nth(EXCERPT) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
