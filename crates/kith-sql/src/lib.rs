//! Everything the database is: the migrations of the primary and of the secondary database, and the
//! queries (`queries/<feature>.sql`) from which the typed functions are generated.
//!
//! It must never hold a rule that is not SQL, and knows nothing of the application.

use std::hash::{DefaultHasher, Hash, Hasher};

use tokio_postgres::Client;

mod primary {
    refinery::embed_migrations!("migrations/primary");
}
mod secondary {
    refinery::embed_migrations!("migrations/secondary");
}

/// Held while migrations run, so that many instances may start together. The number is arbitrary but fixed.
const MIGRATION_LOCK: i64 = 0x004b_6974_6800;

/// Where it is written down which migrations ran.
const PRIMARY_HISTORY: &str = "schema_history";
const SECONDARY_HISTORY: &str = "secondary_schema_history";

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database refused a statement or went away.
    #[error("the database refused a migration step")]
    Database(#[from] tokio_postgres::Error),
    /// A migration failed, or one that already ran was edited since.
    #[error("a migration could not be applied")]
    Migration(#[from] Box<refinery::Error>),
}

/// Brings the primary database's schema up to date. Safe to call from many processes at once.
///
/// `client` must be a direct connection, not one through a transaction pooler.
pub async fn migrate_primary(client: &mut Client) -> Result<(), MigrateError> {
    run(client, primary::migrations::runner(), PRIMARY_HISTORY).await
}

/// Brings the secondary database's schema (`secondary`) up to date; it may share the primary database.
pub async fn migrate_secondary(client: &mut Client) -> Result<(), MigrateError> {
    run(client, secondary::migrations::runner(), SECONDARY_HISTORY).await
}

async fn run(
    client: &mut Client,
    mut runner: refinery::Runner,
    history: &str,
) -> Result<(), MigrateError> {
    runner.set_migration_table_name(history);
    client
        .batch_execute(&format!(
            "select pg_advisory_lock({MIGRATION_LOCK}); set lock_timeout = '2s'"
        ))
        .await?;
    let outcome = runner.run_async(client).await.map_err(Box::new);
    client
        .batch_execute(&format!("reset lock_timeout; select pg_advisory_unlock({MIGRATION_LOCK})"))
        .await?;
    outcome?;
    Ok(())
}

/// How far a schema is in a database, and how far this program takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemaVersion {
    /// The newest migration that ran; 0 before the first.
    pub applied: i64,
    /// The newest migration of this program.
    pub newest: i64,
}

/// How far the primary database's schema is. Changes nothing.
pub async fn primary_version(client: &Client) -> Result<SchemaVersion, tokio_postgres::Error> {
    version(client, &primary::migrations::runner(), PRIMARY_HISTORY).await
}

/// How far the secondary database's schema is. Changes nothing.
pub async fn secondary_version(client: &Client) -> Result<SchemaVersion, tokio_postgres::Error> {
    version(client, &secondary::migrations::runner(), SECONDARY_HISTORY).await
}

async fn version(
    client: &Client,
    runner: &refinery::Runner,
    history: &str,
) -> Result<SchemaVersion, tokio_postgres::Error> {
    let versions = runner.get_migrations().iter().map(|migration| i64::from(migration.version()));
    let newest = versions.max().unwrap_or_default();
    let has_history = client.query_one("select to_regclass($1) is not null", &[&history]).await?;
    if !has_history.get::<_, bool>(0) {
        return Ok(SchemaVersion { applied: 0, newest });
    }
    let statement = format!("select coalesce(max(version), 0)::bigint from {history}");
    let applied = client.query_one(&statement, &[]).await?.get(0);
    Ok(SchemaVersion { applied, newest })
}

/// A number that changes with any migration: databases with the same one have the same schema.
/// It says nothing across versions of Kith, so it must never be stored.
pub fn fingerprint() -> u64 {
    let mut hasher = DefaultHasher::new();
    for runner in [primary::migrations::runner(), secondary::migrations::runner()] {
        for migration in runner.get_migrations() {
            migration.checksum().hash(&mut hasher);
        }
    }
    hasher.finish()
}
