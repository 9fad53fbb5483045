//! WebP, made when somebody first asks for it: almost every client takes AVIF.

use kith_media::{Format, MediaFailure, RenderEvent, RenderRequest, RenditionName};
use kith_types::id::ImageId;

use super::{
    image::{StoredFile, StoredImage, StoredRendition},
    renditions, store,
};
use crate::{app::App, features::posts, http::problem::Problem};

/// Makes the WebP of a rendition, once, and answers the rendition with it; none if there is no such rendition.
/// Goes on when the client that asked is gone.
pub async fn make(
    app: &App,
    image: ImageId,
    name: &str,
) -> Result<Option<StoredRendition>, Problem> {
    let (app_in, name) = (app.clone(), name.to_owned());
    let made = app.spawn(async move { make_alone(&app_in, image, &name).await });
    made.await.map_err(Problem::internal)?
}

async fn make_alone(
    app: &App,
    image: ImageId,
    name: &str,
) -> Result<Option<StoredRendition>, Problem> {
    let _alone = app.media().flight(image).await;
    let Some(stored) = store::image(app, image).await? else { return Ok(None) };
    let Some(rendition) = stored.rendition(name) else { return Ok(None) };
    if rendition.webp.is_some() {
        return Ok(Some(rendition.clone()));
    }
    let bytes = render(app, &stored, rendition).await?;
    let file = renditions::put(app, image, bytes, Format::Webp).await?;
    let mut made = rendition.clone();
    made.set(Format::Webp, file.clone());
    if note(app, image, name, file).await? {
        return Ok(Some(made));
    }
    app.storage().delete(&renditions::key(image, &made, Format::Webp)?).await?;
    Ok(None)
}

/// From the largest JPEG; the square from its own.
async fn render(
    app: &App,
    image: &StoredImage,
    rendition: &StoredRendition,
) -> Result<bytes::Bytes, Problem> {
    let name = rendition.rendition_name().ok_or_else(Problem::not_found)?;
    let largest = match name {
        RenditionName::Square => &image.square,
        _ => image.renditions.last().unwrap_or(rendition),
    };
    let source = renditions::jpeg(app, image.image_id, largest).await?;
    let byte_size = u64::try_from(source.len()).map_err(Problem::internal)?;
    let request = RenderRequest::further_format(byte_size, name, rendition.size(), Format::Webp);
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

/// Notes the file wherever the image is described; false if the image is gone.
async fn note(app: &App, image: ImageId, name: &str, file: StoredFile) -> Result<bool, Problem> {
    let name = name.to_owned();
    app.tx("uploads.webp", move |tx| {
        let (name, file) = (name.clone(), file.clone());
        async move {
            let Some((owner, mut stored)) = store::lock_image(&tx, image).await? else {
                return Ok(false);
            };
            if let Some(rendition) = stored.rendition_mut(&name) {
                rendition.set(Format::Webp, file);
            }
            let metadata = store::put_image(&tx, owner, &stored).await?;
            posts::image_changed(&tx, &stored, &metadata).await?;
            Ok(true)
        }
    })
    .await
}
