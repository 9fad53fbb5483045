//! The doctor looks at PostgreSQL: does it answer, is it new enough, is the schema ours, do the clocks agree.

use std::time::{Duration, Instant};

use kith_sql::SchemaVersion;
use kith_types::time::{Clock as _, SystemClock, Timestamp};
use secrecy::ExposeSecret as _;
use tokio_postgres::Client;

use super::Finding;
use crate::{
    config::Config,
    db::{self, Database},
    start,
};

/// PostgreSQL 15, as `server_version_num` counts.
const OLDEST: i32 = 150_000;
/// Codes and sessions are judged by two clocks: seconds are noticed, half a minute is not bearable.
const CLOCK_OFF: Duration = Duration::from_secs(2);
const CLOCK_WRONG: Duration = Duration::from_secs(30);

const DATABASE: &str = "database";
const SECONDARY: &str = "secondary";
const SCHEMA: &str = "schema";
const CLOCK: &str = "clock";
const KEY: &str = "key";

/// Both databases, where there are two.
pub async fn examine(config: &Config) -> Vec<Finding> {
    let directory = config.data_dir.join("postgres");
    let (url, kind) = match &config.database.url {
        Some(url) => (url.expose_secret().to_owned(), "PostgreSQL"),
        None => match kith_postgres::attach(&directory) {
            Some(connection) => (connection.to_string(), "the private PostgreSQL"),
            None => return vec![programs(&directory)],
        },
    };
    let mut findings = Vec::new();
    let primary = match connect(config, &url).await {
        Err(error) => return vec![Finding::fail(DATABASE, unreachable(&error, "database.url"))],
        Ok(client) => client,
    };
    findings.push(version(&primary, kind).await);
    findings.push(clock(&primary).await);
    let version = kith_sql::primary_version(&primary).await;
    if version.as_ref().is_ok_and(|version| version.applied > 0) {
        findings.push(key(config, &primary).await);
    }
    findings.push(schema("primary", version));
    match &config.database.secondary_url {
        None => findings.push(schema("secondary", kith_sql::secondary_version(&primary).await)),
        Some(url) => match connect(config, url.expose_secret()).await {
            Err(error) => findings
                .push(Finding::fail(SECONDARY, unreachable(&error, "database.secondary_url"))),
            Ok(client) => {
                findings.push(schema("secondary", kith_sql::secondary_version(&client).await));
            }
        },
    }
    findings
}

/// The private server does not run: could it?
fn programs(directory: &std::path::Path) -> Finding {
    match kith_postgres::installed_version(directory) {
        Ok(version) => {
            let text = format!("PostgreSQL {version} is installed; kith starts it when it runs");
            Finding::ok(DATABASE, text)
        }
        Err(error) => Finding::fail(DATABASE, error.to_string()),
    }
}

async fn connect(config: &Config, url: &str) -> anyhow::Result<Client> {
    let database = Database::open(url, 1, config.database.ca_file.as_deref())?;
    Ok(database.connect_client().await?)
}

/// The chain of causes names hosts and ports, never passwords.
fn unreachable(error: &anyhow::Error, setting: &str) -> String {
    let error = db::causes(error);
    format!("{error}: is it running, and does {setting} name it?")
}

/// Whether the master key, if there is one, is the database's.
async fn key(config: &Config, client: &Client) -> Finding {
    match start::existing_keys(config, client).await {
        Ok(Some(_)) => Finding::ok(KEY, "the master key is the one of this database"),
        Ok(None) => Finding::ok(KEY, "nothing is sealed in this database yet"),
        Err(error) => Finding::fail(KEY, db::causes(&error)),
    }
}

async fn version(client: &Client, kind: &str) -> Finding {
    let begun = Instant::now();
    let statement =
        "select current_setting('server_version_num')::integer, current_setting('server_version')";
    match client.query_one(statement, &[]).await {
        Err(error) => Finding::fail(DATABASE, db::causes(&error.into())),
        Ok(row) => {
            let (number, name): (i32, String) = (row.get(0), row.get(1));
            let milliseconds = begun.elapsed().as_millis();
            let text = format!("{kind} {name} answers in {milliseconds} ms");
            if number < OLDEST {
                Finding::fail(DATABASE, format!("{text}: version 15 or newer is needed"))
            } else {
                Finding::ok(DATABASE, text)
            }
        }
    }
}

async fn clock(client: &Client) -> Finding {
    match client.query_one("select clock_timestamp()", &[]).await {
        Err(error) => Finding::fail(CLOCK, db::causes(&error.into())),
        Ok(row) => {
            let (theirs, ours) = (row.get::<_, Timestamp>(0), SystemClock.now());
            let apart = ours.since(theirs).max(theirs.since(ours));
            let text = format!("{} s apart from the database's", apart.as_secs());
            if apart > CLOCK_WRONG {
                Finding::fail(CLOCK, format!("{text}: set both by NTP"))
            } else if apart > CLOCK_OFF {
                Finding::warn(CLOCK, format!("{text}: set both by NTP"))
            } else {
                Finding::ok(CLOCK, "agrees with the database's")
            }
        }
    }
}

fn schema(name: &str, found: Result<SchemaVersion, tokio_postgres::Error>) -> Finding {
    match found {
        Err(error) => Finding::fail(SCHEMA, format!("{name}: {}", db::causes(&error.into()))),
        Ok(SchemaVersion { applied, newest }) if applied < newest => {
            let text =
                format!("{name} is at {applied} of {newest}: `kith migrate` brings it up to date");
            Finding::warn(SCHEMA, text)
        }
        Ok(SchemaVersion { applied, newest }) if applied > newest => {
            let text = format!(
                "{name} is at {applied}, this program knows {newest}: an older program serves, a newer one waits"
            );
            Finding::warn(SCHEMA, text)
        }
        Ok(SchemaVersion { newest, .. }) => {
            Finding::ok(SCHEMA, format!("{name} is up to date (version {newest})"))
        }
    }
}
