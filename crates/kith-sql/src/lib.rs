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
    run(client, primary::migrations::runner(), "schema_history").await
}

/// Brings the secondary database's schema (`secondary`) up to date; it may share the primary database.
pub async fn migrate_secondary(client: &mut Client) -> Result<(), MigrateError> {
    run(client, secondary::migrations::runner(), "secondary_schema_history").await
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
