//! `kith admin`: what an operator does to accounts, on the database itself.
//!
//! It must never be offered over the network: whoever can run it has the keys anyway.

use std::sync::Arc;

use anyhow::{Context as _, ensure};
use clap::{Args, Subcommand, ValueEnum};
use kith_sql_generated::queries::admin as sql;
use kith_types::{
    id::{AuditId, IdSource},
    keys::PhoneIndex,
    phone::PhoneNumber,
    random::SystemRandom,
    time::{Clock as _, SystemClock},
    visibility::UserRole,
};

use crate::{config::Config, db::Database, start};

/// What is to be done.
#[derive(Subcommand)]
pub enum Task {
    /// Gives an account another role; it counts from its next request on.
    Role(RoleArguments),
}

/// Whose role, and which.
#[derive(Args)]
pub struct RoleArguments {
    /// The account's number, in the international form.
    #[arg(long, required_unless_present = "username", conflicts_with = "username")]
    phone: Option<String>,
    /// The account's username.
    #[arg(long)]
    username: Option<String>,
    /// What it may do.
    #[arg(long)]
    role: Role,
}

#[derive(Clone, Copy, ValueEnum)]
enum Role {
    Member,
    Moderator,
    Admin,
}

impl From<Role> for UserRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Member => Self::Member,
            Role::Moderator => Self::Moderator,
            Role::Admin => Self::Admin,
        }
    }
}

/// Does it on the configured instance, which may be running.
pub async fn run(config: Config, task: Task) -> anyhow::Result<()> {
    let Task::Role(arguments) = task;
    let running = kith_postgres::attach(&config.data_dir.join("postgres"));
    let (embedded, url) = match running {
        Some(connection) if config.database.url.is_none() => (None, connection.to_string()),
        _ => start::database(&config).await?,
    };
    let outcome = set_role(&config, &url, &arguments).await;
    if let Some(server) = embedded {
        tokio::task::spawn_blocking(move || server.stop()).await??;
    }
    outcome
}

#[expect(clippy::print_stdout, reason = "tells the operator that it is done")]
async fn set_role(config: &Config, url: &str, wanted: &RoleArguments) -> anyhow::Result<()> {
    let phone = wanted.phone.as_deref().map(|text| PhoneNumber::parse(text, None)).transpose()?;
    let database = Database::open(url, 1, config.database.ca_file.as_deref())?;
    let client = database.connect_client().await.context("the database does not answer")?;
    let keys = start::existing_keys(config, &client).await?;
    let keys = keys.context("there is no such account: nobody has signed in yet")?;
    let index = phone.map(|phone| keys.phone_index(&phone));
    let index = index.as_ref().map(PhoneIndex::as_bytes);
    let username = wanted.username.as_deref().map(str::to_lowercase);
    let ids = IdSource::new(Arc::new(SystemClock), Arc::new(SystemRandom));
    let audit: AuditId = ids.make_unowned();
    let role = UserRole::from(wanted.role);
    let changed = sql::set_role()
        .bind(&client, &role, &SystemClock.now(), &index, &username, audit.as_uuid())
        .opt()
        .await?;
    ensure!(changed.is_some(), "there is no such account: it must have signed in once");
    println!("done: it counts from the account's next request on");
    Ok(())
}
