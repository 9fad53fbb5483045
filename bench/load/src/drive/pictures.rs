//! The bytes behind the pictures that are asked for: the loader writes rows only, so the files are laid where the
//! server keeps them, as long as the rows say. What is in them is nobody's business here.

use std::{collections::HashMap, fs, path::Path};

use anyhow::Context as _;
use serde_json::Value;
use tokio_postgres::Client;
use uuid::Uuid;

/// What is looked at, out of ten: mostly the feed on a phone, then grids, large screens, and one picture opened.
const MIX: [&str; 10] =
    ["w640", "w640", "w640", "w640", "w640", "square", "square", "w1080", "w1080", "w2048"];
/// Files named by the loader's rows are those of the first version.
const VERSION: i32 = 1;

/// Lays the files of these posts, one rendition of each, and answers their paths by post.
pub async fn lay(
    client: &Client,
    photos: &Path,
    posts: &[Uuid],
) -> anyhow::Result<HashMap<Uuid, String>> {
    let statement = "select post_id, image_metadata from posts where post_id = any ($1)";
    let rows = client.query(statement, &[&posts]).await?;
    let mut paths = HashMap::with_capacity(rows.len());
    for row in &rows {
        let (post, image): (Uuid, Value) = (row.get(0), row.get(1));
        let name = MIX[post.as_u128() as usize % MIX.len()];
        let (id, length) = described(&image, name).context("a picture without that size")?;
        let file = format!("images/{id}/{VERSION}/{name}.avif");
        write(&photos.join(&file), length)?;
        paths.insert(post, format!("/v1/{file}"));
    }
    Ok(paths)
}

/// The image and the length of its AVIF of that name.
fn described<'a>(image: &'a Value, name: &str) -> Option<(&'a str, usize)> {
    let sizes = image["renditions"].as_array()?.iter().chain([&image["square"]]);
    let size = sizes.into_iter().find(|size| size["name"] == name)?;
    Some((image["image_id"].as_str()?, usize::try_from(size["avif"].as_u64()?).ok()?))
}

fn write(file: &Path, length: usize) -> anyhow::Result<()> {
    if file.metadata().is_ok_and(|known| known.len() == length as u64) {
        return Ok(());
    }
    let folder = file.parent().context("a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(fs::write(file, vec![0xa5; length])?)
}
