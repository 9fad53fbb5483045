//! The master key: where it comes from, and that it is the one which the database was written with.
//!
//! A key that is there is never replaced: what was sealed with it could not be read any more.

use std::{
    fs::{File, OpenOptions},
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use kith_sql_generated::{
    client::GenericClient,
    queries::db::{master_key_ids, record_master_key},
};
use kith_types::{
    keys::{KeyRing, SecretKey},
    random::Random,
};
use secrecy::ExposeSecret as _;

use crate::{
    config::{Config, Environment},
    db::Database,
    keys::Keys,
};

/// The keys that the database was written with. Where nothing was written yet, those of the settings or new
/// ones, which the database remembers by name from then on.
pub async fn keys_of(config: &Config, db: &Database, random: &dyn Random) -> anyhow::Result<Keys> {
    let mut client = db.connect_client().await.context("the database does not answer")?;
    let tx = client.transaction().await?;
    // Of two processes that start for the first time, each with a key of its own, one must lose.
    tx.batch_execute("lock table master_keys in exclusive mode").await?;
    let keys = match existing_keys(config, &tx).await? {
        Some(keys) => keys,
        None => make_keys(config, random)?,
    };
    let recorded = master_key_ids().bind(&tx).all().await?;
    let ids = keys.ids().into_iter().map(|id| id.to_string());
    for id in ids.filter(|id| !recorded.contains(id)) {
        record_master_key().bind(&tx, &id).await?;
    }
    tx.commit().await?;
    Ok(keys)
}

/// The keys that are there, if the database was written with them or with none yet. Makes none.
pub async fn existing_keys(
    config: &Config,
    db: &impl GenericClient,
) -> anyhow::Result<Option<Keys>> {
    let recorded = master_key_ids().bind(db).all().await?;
    let Some(keys) = present(config)? else {
        if recorded.is_empty() {
            return Ok(None);
        }
        bail!(
            "the database was written with the master key {}, and {} is missing: put that file back from \
             your backup, since without it numbers and names in the database cannot be read",
            recorded.join(", "),
            path(config).display(),
        );
    };
    let ids: Vec<String> = keys.ids().iter().map(ToString::to_string).collect();
    if let Some(other) = recorded.iter().find(|id| !ids.contains(*id)) {
        bail!(
            "the database was written with another master key ({other}, and not {}): put that key back \
             (secrets.master_key, secrets.master_key_file or {}) or use the database that belongs to this key",
            ids.join(", "),
            path(config).display(),
        );
    }
    Ok(Some(keys))
}

/// The key ring that the settings name or that lies in the data directory. Makes none.
pub fn present(config: &Config) -> anyhow::Result<Option<Keys>> {
    if let Some(key) = &config.secrets.master_key {
        return ring(key.expose_secret()).context("secrets.master_key is not usable").map(Some);
    }
    if let Some(path) = &config.secrets.master_key_file {
        return read(path).map(Some);
    }
    if config.database.url.is_some() && config.environment() == Environment::Production {
        bail!(
            "set secrets.master_key_file: without its key, numbers and names in the database cannot be read"
        );
    }
    let path = path(config);
    match path.try_exists() {
        Ok(true) => read(&path).map(Some),
        Ok(false) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Makes the key of the data directory. Where another process was quicker, its key counts.
pub fn make_keys(config: &Config, random: &dyn Random) -> anyhow::Result<Keys> {
    super::prepare_data_dir(&config.data_dir)?;
    let path = path(config);
    publish(&path, &hex::encode(random.bytes::<32>()), random)
        .with_context(|| format!("{} cannot be written", path.display()))?;
    read(&path)
}

fn path(config: &Config) -> PathBuf {
    config.data_dir.join("master.key")
}

fn read(path: &Path) -> anyhow::Result<Keys> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    ring(&text).with_context(|| format!("{} is not usable", path.display()))
}

fn ring(text: &str) -> anyhow::Result<Keys> {
    let bytes = hex::decode(text.trim()).context("the master key must be 64 hexadecimal digits")?;
    let bytes: [u8; 32] = bytes
        .try_into()
        .map_err(|_| anyhow::anyhow!("the master key must be 64 hexadecimal digits"))?;
    Ok(Keys::new(KeyRing::new(vec![SecretKey::new(bytes)])?))
}

/// Writes a file that only we may read: whole and durable, and never over one that is there.
fn publish(path: &Path, text: &str, random: &dyn Random) -> std::io::Result<()> {
    let draft = path.with_extension(hex::encode(random.bytes::<8>()));
    let published = write(&draft, text).and_then(|()| std::fs::hard_link(&draft, path));
    std::fs::remove_file(&draft)?;
    match published {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    // The name must outlast a power cut just as the content does.
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
