//! Fills an empty, migrated database: people with heavy-tailed friendships and a year of posts, comments and
//! notifications, all of it from one seed and as of now.

mod circle;
mod content;
mod copy;
mod people;
mod pictures;
mod posts;
mod schema;
mod words;

use std::time::Instant;

use anyhow::ensure;
use clap::Args;
use tokio_postgres::{Client, Transaction};

use circle::Circle;
use posts::Posts;

use crate::database;

const TABLES: [&str; 13] = [
    "users",
    "user_settings",
    "authentication",
    "refresh_tokens",
    "friendships",
    "friend_edges",
    "blocks",
    "images",
    "uploads",
    "posts",
    "post_audience",
    "comments",
    "secondary.notifications",
];
const TARGETS: &str = include_str!("targets.sql");

/// What to fill.
#[derive(Args)]
pub struct Arguments {
    /// The database, migrated and without people.
    #[arg(long, env = "DATABASE_URL")]
    database: String,
    /// How many people.
    #[arg(long, default_value_t = 100_000)]
    people: usize,
    /// Posts per person, on average.
    #[arg(long, default_value_t = 20)]
    posts: usize,
    /// One number, one data set.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Fills the database.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    ensure!(arguments.people >= 100, "a circle needs at least 100 people");
    let mut client = database::connect(&arguments.database).await?;
    let row = client
        .query_one(
            "select exists (select from users), (extract(epoch from now()) * 1000)::bigint",
            &[],
        )
        .await?;
    let (is_used, milliseconds): (bool, i64) = (row.get(0), row.get(1));
    ensure!(!is_used, "there are people in this database: take an empty one");
    let started = Instant::now();
    load(&mut client, &arguments, milliseconds * 1000).await?;
    for table in TABLES {
        client.batch_execute(&format!("analyze {table}")).await?;
    }
    eprintln!("{:6.1} s  analysed", started.elapsed().as_secs_f64());
    client.batch_execute(TARGETS).await?;
    eprintln!("{:6.1} s  targets chosen", started.elapsed().as_secs_f64());
    Ok(())
}

/// All or nothing: constraints and indexes come back with the rows.
async fn load(client: &mut Client, arguments: &Arguments, now: i64) -> anyhow::Result<()> {
    let started = Instant::now();
    let said = |what: &str| eprintln!("{:6.1} s  {what}", started.elapsed().as_secs_f64());
    let circle = Circle::draw(arguments.seed, arguments.people, now);
    let count = arguments.people * arguments.posts;
    let posts = Posts::draw(arguments.seed, &circle, count, now);
    said("drawn");
    let transaction = client.transaction().await?;
    transaction
        .batch_execute(
            "set local maintenance_work_mem = '512MB'; set local synchronous_commit = off",
        )
        .await?;
    let aside = schema::set_aside(&transaction, &TABLES).await?;
    // Emptied in this transaction, so that rows can be written frozen.
    transaction.batch_execute(&format!("truncate {}", TABLES.join(", "))).await?;
    fill(&transaction, arguments.seed, &circle, &posts, now, &said).await?;
    aside.restore(&transaction, &TABLES).await?;
    said("constraints and indexes restored");
    transaction.commit().await?;
    said("committed");
    Ok(())
}

async fn fill(
    t: &Transaction<'_>,
    seed: u64,
    circle: &Circle,
    all: &Posts,
    now: i64,
    said: &impl Fn(&str),
) -> anyhow::Result<()> {
    let told = |rows: u64, what: &str| said(&format!("{rows:>10} {what}"));
    told(people::users(t, seed, circle, now).await?, "people");
    people::settings(t, circle).await?;
    people::ways_in(t, seed, circle).await?;
    told(people::sessions(t, seed, circle, now).await?, "sessions");
    told(people::friendships(t, circle).await?, "friendships");
    told(people::edges(t, circle).await?, "friend edges");
    told(people::blocks(t, circle, now).await?, "blocks");
    told(content::images(t, seed, circle, all).await?, "images");
    told(content::uploads(t, circle, all).await?, "uploads");
    told(content::posts(t, seed, circle, all).await?, "posts");
    told(content::audience(t, circle, all).await?, "readers of posts for some");
    told(content::comments(t, seed, circle, all).await?, "comments");
    told(content::notifications(t, seed, circle, all, now).await?, "notifications");
    Ok(())
}
