//! The shapes of a person: `Me` for oneself, `UserCard` for others.

use kith_types::{
    id::UserId,
    phone::PhoneNumber,
    time::Timestamp,
    visibility::{UserRole, UserStatus},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::store;
use crate::{
    app::App,
    features::uploads::{ImageBody, ImageUrls, StoredImage},
    http::{auth::Transport, problem::Problem},
};

/// Name and picture of a person.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = UserCard)]
pub struct UserCardBody {
    /// Who.
    pub user_id: UserId,
    /// Public handle.
    pub username: String,
    /// The name shown.
    pub display_name: String,
    /// The picture; null where there is none.
    #[schema(required)]
    pub profile_picture: Option<ImageBody>,
}

/// One's own account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Me)]
pub struct MeBody {
    pub user_id: UserId,
    /// Null until chosen.
    #[schema(required)]
    pub username: Option<String>,
    /// Null until chosen.
    #[schema(required)]
    pub display_name: Option<String>,
    #[schema(required)]
    pub profile_picture: Option<ImageBody>,
    pub version: i32,
    /// E.164. Empty after it went over to somebody else, until the owner sets another one.
    pub phone_number: String,
    #[schema(required)]
    pub email: Option<String>,
    pub email_verified: bool,
    pub status: UserStatus,
    pub role: UserRole,
    pub date_joined: Timestamp,
    pub last_active: Timestamp,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Of a suspended account only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub suspension: Option<SuspensionBody>,
}

/// Why an account is suspended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Suspension)]
pub struct SuspensionBody {
    /// What the person is told; null where nothing was noted.
    #[schema(required)]
    pub reason: Option<String>,
    /// Since when.
    pub at: Timestamp,
}

impl SuspensionBody {
    /// A suspended account does not change any more, so that its last change is the suspension.
    fn of(status: UserStatus, updated_at: Timestamp) -> Option<Self> {
        (status == UserStatus::Suspended).then_some(Self { reason: None, at: updated_at })
    }
}

/// A card from the columns that every query of cards selects.
pub fn card(
    urls: &ImageUrls,
    user_id: UserId,
    username: &str,
    display_name: &str,
    picture: Option<Value>,
) -> Result<UserCardBody, Problem> {
    let picture: Option<StoredImage> =
        picture.map(serde_json::from_value).transpose().map_err(Problem::internal)?;
    let (username, display_name) = (username.to_owned(), display_name.to_owned());
    Ok(card_with(urls, user_id, username, display_name, picture.as_ref()))
}

/// A card from a picture that was read already.
pub fn card_with(
    urls: &ImageUrls,
    user_id: UserId,
    username: String,
    display_name: String,
    picture: Option<&StoredImage>,
) -> UserCardBody {
    let profile_picture = picture.map(|picture| urls.image(picture, None));
    UserCardBody { user_id, username, display_name, profile_picture }
}

fn picture_body(urls: &ImageUrls, picture: Option<Value>) -> Result<Option<ImageBody>, Problem> {
    let stored: Option<StoredImage> =
        picture.map(serde_json::from_value).transpose().map_err(Problem::internal)?;
    Ok(stored.map(|stored| urls.image(&stored, None)))
}

/// The number that a person is reached by; none since it went over to somebody else.
pub async fn number_of(app: &App, user: UserId) -> Result<Option<PhoneNumber>, Problem> {
    Ok(store::get(app, user).await?.phone)
}

/// One's own account as it is now.
pub async fn own_profile(app: &App, user: UserId, transport: Transport) -> Result<MeBody, Problem> {
    let row = store::get(app, user).await?;
    let urls = ImageUrls::for_viewer(app, user, transport);
    Ok(MeBody {
        user_id: user,
        username: row.username,
        display_name: row.display_name,
        profile_picture: picture_body(&urls, row.picture)?,
        version: row.version,
        phone_number: row.phone.map_or_else(String::new, |phone| phone.as_e164().to_owned()),
        email: row.email.map(|email| email.as_str().to_owned()),
        email_verified: row.email_verified,
        status: row.status,
        role: row.role,
        date_joined: row.date_joined,
        last_active: row.last_active,
        created_at: row.created_at,
        updated_at: row.updated_at,
        suspension: SuspensionBody::of(row.status, row.updated_at),
    })
}
