//! The shapes of friendships, suggestions and blocks.

use kith_sql_generated::{client::GenericClient, types::FriendEdgeState};
use kith_types::{
    id::{FriendshipId, UserId},
    time::Timestamp,
    visibility::FriendshipStatus,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::store::Friend;
use crate::{
    app::App,
    features::{contacts::BookKey, uploads::ImageUrls, users},
    http::problem::Problem,
};

/// Who asked, seen from me.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The other one.
    Incoming,
    /// I did.
    Outgoing,
}

/// A friendship or an open request, as one of the two sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Friendship)]
pub struct FriendshipBody {
    pub friendship_id: FriendshipId,
    /// The other one.
    pub user: users::UserCardBody,
    pub status: FriendshipStatus,
    /// Null between friends.
    #[schema(required)]
    pub direction: Option<Direction>,
    pub requested_at: Timestamp,
    #[schema(required)]
    pub accepted_at: Option<Timestamp>,
    /// What my address book calls them, where their settings let me find them by their number.
    #[schema(required)]
    pub contact_name: Option<String>,
}

/// Somebody to ask.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Suggestion)]
pub struct SuggestionBody {
    pub user: users::UserCardBody,
    /// What my address book calls them.
    pub contact_name: String,
}

/// Somebody whom I blocked.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Block)]
pub struct BlockBody {
    /// Without a picture: none of theirs is shown to me.
    pub user: users::UserCardBody,
    pub created_at: Timestamp,
}

/// The viewer's own words for people: what their address book calls them.
pub struct Names(Option<BookKey>);

impl Names {
    /// Takes the viewer's key if one of the rows needs it.
    pub async fn of<C: GenericClient>(
        app: &App,
        db: &C,
        viewer: UserId,
        rows: &[Friend],
    ) -> Result<Self, Problem> {
        if rows.iter().any(|row| row.contact_name.is_some()) {
            BookKey::of(app, db, viewer).await.map(|names| Self(Some(names)))
        } else {
            Ok(Self(None))
        }
    }

    fn open(
        &self,
        contact: Option<Uuid>,
        sealed: Option<&[u8]>,
    ) -> Result<Option<String>, Problem> {
        match (&self.0, contact, sealed) {
            (Some(names), Some(contact), Some(sealed)) => names.name(contact, sealed).map(Some),
            _ => Ok(None),
        }
    }
}

impl FriendshipBody {
    /// The row for its viewer.
    pub fn of(urls: &ImageUrls, names: &Names, row: Friend) -> Result<Self, Problem> {
        let direction = match row.state {
            FriendEdgeState::Incoming => Some(Direction::Incoming),
            FriendEdgeState::Outgoing => Some(Direction::Outgoing),
            FriendEdgeState::Active | FriendEdgeState::Suspended | FriendEdgeState::Declined => {
                None
            }
        };
        let contact_name = names.open(row.contact_id, row.contact_name.as_deref())?;
        let picture = row.profile_picture_metadata;
        Ok(Self {
            friendship_id: row.friendship_id.into(),
            user: users::card(urls, row.user_id.into(), &row.username, &row.display_name, picture)?,
            status: match direction {
                Some(_) => FriendshipStatus::Pending,
                None => FriendshipStatus::Active,
            },
            direction,
            requested_at: row.requested_at,
            accepted_at: row.accepted_at,
            contact_name,
        })
    }
}
