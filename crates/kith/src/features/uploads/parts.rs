//! Photos that may come in parts, so that a lost connection costs one part and not the photo.
//!
//! Owns how a photo is cut, which parts are there, and the making of the whole. The client announces length and
//! checksum of every part with the photo; each part is an upload of its own to the store, which knows nothing
//! else, so that this works alike wherever the bytes go. A whole exists only if it is the announced one.

use std::collections::BTreeMap;

use kith_storage::{StorageError, UploadTerms};
use kith_types::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    actions,
    store::{State, Upload},
};
use crate::{
    app::App,
    http::problem::{Kind, Problem},
};

/// Fewer bytes are not worth a request.
const SMALLEST: i64 = 64 * 1024;
/// What one answer lists.
const MOST: i64 = 64;
const MISSING: &str = "send the bytes to the upload's address first";

/// How a photo is cut.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Length of each but the last, in bytes.
    pub byte_size: i32,
    /// Their checksums, in their order.
    pub sha256: Vec<[u8; 32]>,
}

/// How the photo may also come: in parts of one length, the last one of what is left.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewUploadParts)]
#[serde(deny_unknown_fields)]
pub struct NewParts {
    /// Length of each part but the last; such that there are at most 64.
    #[schema(minimum = 65_536, maximum = 26_214_400)]
    byte_size: i64,
    /// SHA-256 of each part in order, 64 hexadecimal digits each.
    #[schema(min_items = 1, max_items = 64)]
    sha256: Vec<String>,
}

/// A part of a photo.
#[derive(Serialize, ToSchema)]
#[schema(as = UploadPart)]
pub struct PartBody {
    /// From 1.
    number: usize,
    /// Its first byte in the photo, from 0.
    offset: u64,
    byte_size: u64,
    /// Whether it is there; then there is no address for it.
    stored: bool,
    /// Takes exactly the announced bytes of this part, once, by a `PUT`. Relative to the API or absolute.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Send these as they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<BTreeMap<&'static str, String>>,
}

/// The parts, and until when their addresses work.
pub struct Addressed {
    pub parts: Vec<PartBody>,
    pub expires_at: Timestamp,
}

/// Checks how a photo of so many bytes is to be cut.
pub fn checked(photo: i64, parts: &NewParts) -> Result<Parts, Problem> {
    let invalid = |field: &str, detail: String| Problem::invalid(format!("/parts/{field}"), detail);
    let in_range = (SMALLEST..=actions::MAX_BYTES).contains(&parts.byte_size);
    let byte_size = i32::try_from(parts.byte_size).ok().filter(|_| in_range).ok_or_else(|| {
        invalid("byte_size", format!("send {SMALLEST} to {} bytes", actions::MAX_BYTES))
    })?;
    let count = (photo + parts.byte_size - 1) / parts.byte_size;
    if count > MOST {
        return Err(invalid("byte_size", format!("cut the photo into at most {MOST} parts")));
    }
    let digest = |text: &String| hex::decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    let sha256: Option<Vec<[u8; 32]>> = parts.sha256.iter().map(digest).collect();
    let sha256 = sha256.filter(|sums| i64::try_from(sums.len()) == Ok(count));
    let detail = || format!("write SHA-256 of each of the {count} parts as 64 hexadecimal digits");
    Ok(Parts { byte_size, sha256: sha256.ok_or_else(|| invalid("sha256", detail()))? })
}

/// What the store is to take for the whole photo.
pub fn whole(upload: &Upload) -> Result<UploadTerms, Problem> {
    let announced = &upload.announced;
    Ok(UploadTerms {
        key: upload.key.clone(),
        content_length: u64::try_from(announced.byte_size).map_err(Problem::internal)?,
        content_type: announced.content_type.clone(),
        sha256: announced.sha256,
    })
}

/// The parts of an upload that may come in such: what is there, and addresses for the rest.
pub async fn addressed(app: &App, upload: &Upload) -> Result<Option<Addressed>, Problem> {
    let Some(parts) = cut(upload)? else { return Ok(None) };
    let stored = match upload.state {
        State::Awaiting => stored(app, upload, &parts).await?,
        State::Processing | State::Ready | State::Failed => vec![true; parts.len()],
    };
    let (mut offset, mut bodies) = (0, Vec::with_capacity(parts.len()));
    let mut expires_at = app.now() + actions::address_life(app);
    for (number, (part, stored)) in (1..).zip(parts.iter().zip(stored)) {
        let mut body = PartBody {
            number,
            offset,
            byte_size: part.content_length,
            stored,
            url: None,
            headers: None,
        };
        if !stored {
            let target = app.storage().presign_put(part, app.now(), actions::address_life(app))?;
            expires_at = target.expires_at;
            body.url = Some(target.url);
            body.headers = Some(target.headers.into_iter().collect());
        }
        offset += part.content_length;
        bodies.push(body);
    }
    Ok(Some(Addressed { parts: bodies, expires_at }))
}

/// Makes sure that the whole photo is there, of its parts if it came so.
pub async fn require_whole(app: &App, upload: &Upload) -> Result<(), Problem> {
    if is_whole(app, upload).await? {
        return Ok(());
    }
    match cut(upload)? {
        Some(parts) => join(app, upload, parts).await,
        None => Err(Problem::new(Kind::UploadNotUsable, MISSING)),
    }
}

async fn join(app: &App, upload: &Upload, parts: Vec<UploadTerms>) -> Result<(), Problem> {
    let whole = whole(upload)?;
    let are_stored = app.storage().stored(&parts).await?;
    let joined = if are_stored.contains(&false) {
        Err(StorageError::NotFound)
    } else {
        app.storage().join(parts.clone(), &whole).await
    };
    match joined {
        Ok(()) | Err(StorageError::AlreadyExists) => {
            remove(app, parts).await;
            Ok(())
        }
        // Another request may have made the whole meanwhile, and removed the parts.
        Err(StorageError::NotFound) if is_whole(app, upload).await? => Ok(()),
        Err(StorageError::NotFound) => Err(Problem::new(Kind::UploadNotUsable, MISSING)),
        Err(StorageError::Refused(_)) => {
            remove(app, parts).await;
            let detail = "the parts are not the announced photo; start a new upload";
            Err(Problem::new(Kind::UploadNotUsable, detail))
        }
        Err(error) => Err(error.into()),
    }
}

/// What is left of them is the sweep's.
async fn remove(app: &App, parts: Vec<UploadTerms>) {
    let keys = parts.into_iter().map(|part| part.key).collect();
    if let Err(error) = app.storage().delete_many(keys).await {
        tracing::warn!(%error, "the parts of a photo were not removed");
    }
}

/// Which parts need not be sent: those that are there, and all of them once the whole is.
async fn stored(app: &App, upload: &Upload, parts: &[UploadTerms]) -> Result<Vec<bool>, Problem> {
    if is_whole(app, upload).await? {
        return Ok(vec![true; parts.len()]);
    }
    Ok(app.storage().stored(parts).await?)
}

async fn is_whole(app: &App, upload: &Upload) -> Result<bool, Problem> {
    Ok(app.storage().stored(&[whole(upload)?]).await? == [true])
}

fn cut(upload: &Upload) -> Result<Option<Vec<UploadTerms>>, Problem> {
    let Some(parts) = &upload.announced.parts else { return Ok(None) };
    let length = u64::try_from(parts.byte_size).map_err(Problem::internal)?;
    Ok(Some(whole(upload)?.parts(length, &parts.sha256)?))
}
