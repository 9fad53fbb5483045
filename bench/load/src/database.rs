//! Connecting to the database under test.

use anyhow::Context as _;
use tokio_postgres::{Client, NoTls};

/// Connects.
pub async fn connect(url: &str) -> anyhow::Result<Client> {
    let (client, connection) =
        tokio_postgres::connect(url, NoTls).await.context("the database does not answer")?;
    #[expect(
        clippy::disallowed_methods,
        reason = "the driver's own task ends with its connection"
    )]
    tokio::spawn(connection);
    Ok(client)
}
