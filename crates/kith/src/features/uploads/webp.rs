//! WebP, made when somebody first asks for it: almost every client takes AVIF.

use kith_media::{Format, MediaFailure, RenderEvent, RenderRequest, RenditionName, Size};
use kith_types::id::ImageId;

use super::{
    image::{StoredImage, StoredRendition},
    renditions, store,
};
use crate::{app::App, features::posts, http::problem::Problem};

/// Makes the WebP of a rendition, once, and answers its length; none if there is no such rendition. Goes on
/// when the client that asked is gone.
pub async fn make(app: &App, image: ImageId, name: &str) -> Result<Option<i64>, Problem> {
    let (app_in, name) = (app.clone(), name.to_owned());
    let made = app.spawn(async move { make_alone(&app_in, image, &name).await });
    made.await.map_err(Problem::internal)?
}

async fn make_alone(app: &App, image: ImageId, name: &str) -> Result<Option<i64>, Problem> {
    let _alone = app.media().flight(image).await;
    let Some(stored) = store::image(app, image).await? else { return Ok(None) };
    let Some(rendition) = stored.rendition(name) else { return Ok(None) };
    if rendition.webp.is_some() {
        return Ok(rendition.webp);
    }
    let bytes = render(app, &stored, rendition).await?;
    let byte_size = i64::try_from(bytes.len()).map_err(Problem::internal)?;
    let key = renditions::key(image, stored.version, name, Format::Webp)?;
    renditions::put(app, &key, bytes, Format::Webp).await?;
    if note(app, image, name, byte_size).await? {
        return Ok(Some(byte_size));
    }
    app.storage().delete(&key).await?;
    Ok(None)
}

/// From the largest JPEG; the square from its own.
async fn render(
    app: &App,
    image: &StoredImage,
    rendition: &StoredRendition,
) -> Result<bytes::Bytes, Problem> {
    let names = RenditionName::LADDER.into_iter().chain([RenditionName::Square]);
    let name = names.into_iter().find(|name| name.as_str() == rendition.name);
    let name = name.ok_or_else(Problem::not_found)?;
    let largest = match name {
        RenditionName::Square => &image.square,
        _ => image.renditions.last().unwrap_or(rendition),
    };
    let key = renditions::key(image.image_id, image.version, &largest.name, Format::Jpeg)?;
    let limit = u64::try_from(largest.jpeg).map_err(Problem::internal)?;
    let source = app.storage().get(&key, limit).await?;
    let size = Size { width: rendition.width, height: rendition.height };
    let byte_size = u64::try_from(source.len()).map_err(Problem::internal)?;
    let request = RenderRequest::further_format(byte_size, name, size, Format::Webp);
    let input = std::io::Cursor::new(source);
    let rendering = app.media().process().render(input, &request).await.map_err(failed)?;
    let events = rendering.collect().await.map_err(failed)?;
    events
        .into_iter()
        .find_map(|event| match event {
            RenderEvent::Rendition(made) if made.format == Format::Webp => Some(made.bytes),
            _ => None,
        })
        .ok_or_else(|| failed(MediaFailure::Crashed))
}

/// Our own JPEG did not become a WebP: not the client's doing, and the other formats are there.
fn failed(failure: MediaFailure) -> Problem {
    Problem::unavailable(failure)
}

/// Notes the length wherever the image is described; false if the image is gone.
async fn note(app: &App, image: ImageId, name: &str, byte_size: i64) -> Result<bool, Problem> {
    let name = name.to_owned();
    app.tx("uploads.webp", move |tx| {
        let name = name.clone();
        async move {
            let Some((owner, mut stored)) = store::lock_image(&tx, image).await? else {
                return Ok(false);
            };
            if let Some(rendition) = stored.rendition_mut(&name) {
                rendition.webp = Some(byte_size);
            }
            let metadata = store::put_image(&tx, owner, &stored).await?;
            posts::image_changed(&tx, image, &metadata).await?;
            Ok(true)
        }
    })
    .await
}
