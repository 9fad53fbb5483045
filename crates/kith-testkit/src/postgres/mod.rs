//! A database for each test: a clone of one migrated template on a private server that all tests
//! of a run share. It must never touch a server that it did not start.

mod admin;
mod server;

use std::{process, sync::OnceLock};

use anyhow::Context;
use kith_postgres::Connection;
use tokio_postgres::{Client, NoTls};

use admin::Admin;

/// The first try's outcome, kept as text: every test of the process reports it.
static ADMIN: OnceLock<Result<Admin, String>> = OnceLock::new();

/// A migrated database of its own, dropped with this value.
pub struct TestDatabase {
    connection: Connection,
}

impl TestDatabase {
    /// Clones the template: the newest schema of both the primary and the secondary database.
    pub async fn create() -> anyhow::Result<Self> {
        Self::from_template(server::template_name()).await
    }

    /// Makes a database without any schema, for tests of migrations and of a separate secondary.
    pub async fn create_empty() -> anyhow::Result<Self> {
        Self::from_template("template0".to_owned()).await
    }

    async fn from_template(template: String) -> anyhow::Result<Self> {
        let admin = tokio::task::spawn_blocking(admin).await??;
        let connection = admin.create(template).await?;
        Ok(Self { connection })
    }

    /// How to reach it as the owner; `to_string` gives what `tokio_postgres::Config` parses.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// A new connection as the owner.
    pub async fn client(&self) -> anyhow::Result<Client> {
        connect(&self.connection).await
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some(Ok(admin)) = ADMIN.get() {
            admin.drop_later(self.connection.database.clone());
        }
    }
}

async fn connect(connection: &Connection) -> anyhow::Result<Client> {
    let (client, driver) = tokio_postgres::connect(&connection.to_string(), NoTls)
        .await
        .context("reach the test database")?;
    #[expect(
        clippy::disallowed_methods,
        reason = "the driver's own task ends with its connection"
    )]
    tokio::spawn(driver);
    Ok(client)
}

fn admin() -> anyhow::Result<&'static Admin> {
    let outcome = ADMIN.get_or_init(|| Admin::start().map_err(|error| format!("{error:#}")));
    outcome.as_ref().map_err(|message| anyhow::anyhow!("no test database: {message}"))
}

/// Names of databases tell the process that uses them, so that another can clear up after it.
fn database_name(number: u64) -> String {
    format!("test_{}_{number}", process::id())
}
