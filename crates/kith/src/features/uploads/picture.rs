//! One's own profile picture.

use axum::{extract::State as Shared, response::Response};
use http::{HeaderMap, StatusCode};
use kith_types::id::{UploadId, UserId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    actions::{self, Taken},
    renditions, store,
};
use crate::{
    app::App,
    features::users::{self, MeBody},
    http::{
        auth::Newcomer,
        etag,
        extract::Json,
        problem::{Kind, Problem},
    },
};

/// Which upload becomes the picture.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPicture {
    /// Mine, `ready`, and used by nothing else.
    upload_id: UploadId,
}

/// Makes an upload my profile picture.
#[utoipa::path(put, path = "/v1/me/profile-picture", tag = "users", request_body = NewPicture,
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, body = MeBody)))]
pub async fn put_profile_picture(
    Shared(app): Shared<App>,
    Newcomer(me): Newcomer,
    headers: HeaderMap,
    Json { value, .. }: Json<NewPicture>,
) -> Result<Response, Problem> {
    put(&app, me.user_id, value.upload_id).await?;
    let body = users::own_profile(&app, me.user_id, me.transport).await?;
    etag::respond(&headers, StatusCode::OK, body.version, &body)
}

/// Removes my profile picture.
#[utoipa::path(delete, path = "/v1/me/profile-picture", tag = "users", security(("bearer" = []), ("cookie" = [])),
    responses((status = 204)))]
pub async fn delete_profile_picture(
    Shared(app): Shared<App>,
    Newcomer(me): Newcomer,
) -> Result<StatusCode, Problem> {
    let user = me.user_id;
    app.tx("users.picture", move |tx| async move {
        if let Some(old) = store::lock_picture(&tx, user).await? {
            store::set_picture(&tx, user, None).await?;
            renditions::discard_image(&tx, old.image_id);
        }
        Ok(())
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Putting the same picture again changes nothing.
async fn put(app: &App, user: UserId, upload: UploadId) -> Result<(), Problem> {
    app.tx("users.picture", move |tx| async move {
        let old = store::lock_picture(&tx, user).await?;
        if let Some(old) = &old
            && store::is_upload_of(&tx, user, upload, old.image_id).await?
        {
            return Ok(());
        }
        let Taken::Ready(image) = actions::take(&tx, user, upload).await? else {
            let detail = "wait until the upload is ready";
            return Err(Problem::new(Kind::UploadNotUsable, detail));
        };
        store::set_picture(&tx, user, Some(&image)).await?;
        if let Some(old) = old {
            renditions::discard_image(&tx, old.image_id);
        }
        Ok(())
    })
    .await
}
