//! Building the application from its settings: which database, which storage, which keys; and ending it.

mod mail;
mod master_key;
mod messaging;

use std::{path::Path, sync::Arc};

use anyhow::Context as _;
use kith_bus::{Bus, RedisSettings};
use kith_storage::{ObjectStorage, S3Settings, StorageConfig, UploadRoute, UploadWay};
use kith_types::{
    keys::Purpose,
    random::{Random, SystemRandom},
    time::{Clock, SystemClock},
};
use secrecy::{ExposeSecret as _, SecretBox, SecretString};

use crate::{
    app::{App, Parts},
    config::{Config, Uploads},
    db::Database,
    jobs,
    keys::Keys,
};

pub use mail::{Mailing, mailing};
pub use master_key::{existing_keys, make_keys, present as present_keys};
pub use messaging::messaging;

/// The application and what it started for itself.
pub struct Started {
    /// The application.
    pub app: App,
    /// Connection string of the primary database.
    pub database_url: String,
    embedded: Option<kith_postgres::Running>,
}

/// Starts what is embedded, brings both schemas up to date and puts the application together.
pub async fn start(config: Config) -> anyhow::Result<Started> {
    let (embedded, database_url) = database(&config).await?;
    let secondary_url = match &config.database.secondary_url {
        Some(url) => url.expose_secret().to_owned(),
        None => database_url.clone(),
    };
    let ca_file = config.database.ca_file.as_deref();
    let open = |url: &str, size| Database::open(url, size, ca_file);
    migrate(&database_url, &secondary_url, ca_file).await?;

    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let db = open(&database_url, config.database.pool_size)?;
    let keys = master_key::keys_of(&config, &db, random.as_ref()).await?;
    let (sms, inbox) = messaging(&config, &clock)?;
    let parts = Parts {
        db,
        secondary: open(&secondary_url, config.database.secondary_pool_size)?,
        bus: bus(&config, Arc::clone(&clock), random.as_ref())?,
        storage: storage(&config, &keys)?,
        sms,
        inbox,
        mailing: mailing(&config)?,
        keys,
        clock,
        random,
        config,
    };
    Ok(Started { app: App::new(parts)?, database_url, embedded })
}

impl Started {
    /// Stops the embedded database after everything else has ended.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.app.db().close().await;
        self.app.secondary().close().await;
        if let Some(server) = self.embedded {
            tokio::task::spawn_blocking(move || server.stop()).await??;
        }
        Ok(())
    }
}

/// Brings the schemas of both databases and of the job queue up to date.
pub async fn migrate(
    primary_url: &str,
    secondary_url: &str,
    ca_file: Option<&Path>,
) -> anyhow::Result<()> {
    let mut primary = Database::open(primary_url, 1, ca_file)?
        .connect_client()
        .await
        .context("the database does not answer")?;
    kith_sql::migrate_primary(&mut primary).await?;
    let mut secondary = Database::open(secondary_url, 1, ca_file)?
        .connect_client()
        .await
        .context("the secondary database does not answer")?;
    kith_sql::migrate_secondary(&mut secondary).await?;
    jobs::migrate(primary_url, ca_file)
        .await
        .context("the job queue's tables could not be brought up to date")
}

/// The connection string of the primary database; the embedded server is started for it.
pub(crate) async fn database(
    config: &Config,
) -> anyhow::Result<(Option<kith_postgres::Running>, String)> {
    if let Some(url) = &config.database.url {
        return Ok((None, url.expose_secret().to_owned()));
    }
    prepare_data_dir(&config.data_dir)?;
    let embedded = kith_postgres::EmbeddedConfig::new(config.data_dir.join("postgres"));
    let server = tokio::task::spawn_blocking(move || kith_postgres::start(&embedded)).await??;
    let url = server.connection().to_string();
    Ok((Some(server), url))
}

fn prepare_data_dir(path: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(path)
        .with_context(|| format!("the data directory {} cannot be made", path.display()))
}

/// Redis, or its stand-in of one process.
pub(crate) fn bus(
    config: &Config,
    clock: Arc<dyn Clock>,
    random: &dyn Random,
) -> anyhow::Result<Bus> {
    match &config.redis.url {
        Some(url) => Ok(Bus::redis(&RedisSettings::new(url.clone()), clock, random)?),
        None => Ok(Bus::in_process(clock)),
    }
}

/// The object store that the settings name.
pub(crate) fn storage(config: &Config, keys: &Keys) -> anyhow::Result<ObjectStorage> {
    let route = UploadRoute::new(
        "/v1/uploads",
        &SecretBox::new(Box::new(*keys.newest(Purpose::UploadUrl).expose())),
    );
    let default =
        format!("file:{}", std::path::absolute(&config.data_dir)?.join("photos").display());
    let address = config.storage.url.clone().unwrap_or(default);
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let settings = S3Settings {
        endpoint: config.storage.endpoint.as_ref().map(ToString::to_string),
        public_endpoint: config.storage.public_endpoint.as_ref().map(ToString::to_string),
        uploads: match config.storage.uploads {
            Uploads::Direct => UploadWay::Direct,
            Uploads::ThroughKith => UploadWay::ThroughKith,
        },
        region: variable("AWS_REGION"),
        access_key_id: variable("AWS_ACCESS_KEY_ID"),
        secret_access_key: variable("AWS_SECRET_ACCESS_KEY").map(SecretString::from),
        session_token: variable("AWS_SESSION_TOKEN").map(SecretString::from),
    };
    Ok(ObjectStorage::open(StorageConfig::parse(&address, settings)?, route)?)
}
