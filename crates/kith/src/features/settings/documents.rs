//! The two documents and their defaults.

use kith_types::id::{PostId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who finds me by a number that they hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FindByPhone {
    /// Nobody.
    Nobody,
    /// People whose number I hold too.
    #[default]
    Mutual,
    /// Everybody who holds my number.
    Anyone,
}

/// Who may ask to be friends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RequestsFrom {
    /// Everybody who can find me.
    #[default]
    Anyone,
    /// People whose number I hold.
    Contacts,
    /// Nobody.
    Nobody,
}

/// Who finds a person and what is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrivacySettings {
    /// Who finds me by a number that they hold.
    pub find_by_phone: FindByPhone,
    /// Who may ask to be friends.
    pub friend_requests_from: RequestsFrom,
    /// Whether my activities are counted for the operator's figures.
    pub analytics: bool,
    /// Whether the place of a photo may be kept with it.
    pub store_location: bool,
}

impl Default for PrivacySettings {
    fn default() -> Self {
        Self {
            find_by_phone: FindByPhone::default(),
            friend_requests_from: RequestsFrom::default(),
            analytics: true,
            store_location: false,
        }
    }
}

/// One kind of notification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Whether devices are told.
    pub push: bool,
}

/// A daily span without pushes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// Local time `HH:MM`.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    pub from: String,
    /// Local time `HH:MM`; earlier than `from` means the next morning.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    pub to: String,
    /// IANA time zone name.
    pub time_zone: String,
}

/// What is pushed and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationPreferences {
    /// Comments on my posts.
    pub comment: Channel,
    /// Requests and acceptances.
    pub friend_request: Channel,
    /// Friends' new posts.
    pub new_post: Channel,
    /// Pushes say only that something happened.
    pub content_free: bool,
    /// A daily span without pushes.
    #[schema(required)]
    pub quiet_hours: Option<QuietHours>,
    /// People of whom I want no notifications.
    pub muted_users: Vec<UserId>,
    /// Posts of which I want no notifications.
    pub muted_posts: Vec<PostId>,
}

impl Default for NotificationPreferences {
    fn default() -> Self {
        Self {
            comment: Channel { push: true },
            friend_request: Channel { push: true },
            new_post: Channel { push: false },
            content_free: false,
            quiet_hours: None,
            muted_users: Vec::new(),
            muted_posts: Vec::new(),
        }
    }
}
