//! What one sign-in takes: processor time of the application and of PostgreSQL, and statements.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use clap::Args;
use tokio::time::{Instant, sleep};

use super::{Server, client::Client, numbers::Country, recorder::Recorder};
use crate::{database, drive::processes::Tree, random::Draws};

/// What a request leaves behind is part of its cost: so long it is waited for.
const SETTLING: Duration = Duration::from_millis(500);
/// Sign-ins before the measured ones: connections, prepared statements.
const WARM_UP: u32 = 50;

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    server: Server,
    /// Sign-ins that are measured, each of a new number.
    #[arg(long, default_value_t = 1_000)]
    sign_ins: u32,
    /// The server's process; its descendants count too.
    #[arg(long)]
    process: u32,
    /// PostgreSQL's first process.
    #[arg(long)]
    postgres: u32,
    /// Its database, with `pg_stat_statements`.
    #[arg(long)]
    database: String,
}

/// Measures. The server's caps must be above what is asked for.
#[expect(clippy::print_stdout, reason = "the report is the result")]
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let people = People {
        client: Client::new(&arguments.server.address),
        recorder: Recorder::listen(&arguments.server.provider).await?,
    };
    let database = database::connect(&arguments.database).await?;
    database.batch_execute("create extension if not exists pg_stat_statements").await?;
    let statements = async || -> anyhow::Result<i64> {
        let question = "select coalesce(sum(calls), 0)::bigint from pg_stat_statements";
        Ok(database.query_one(question, &[]).await?.get(0))
    };
    let trees = [arguments.process, arguments.postgres].map(Tree::of);
    let mut draws = Draws::new(1, "sign-in");
    people.sign_in(0..WARM_UP, &mut draws).await?;
    sleep(SETTLING).await;
    let before = [trees[0].cpu()?, trees[1].cpu()?];
    let (asked, begin) = (statements().await?, Instant::now());
    people.sign_in(WARM_UP..WARM_UP + arguments.sign_ins, &mut draws).await?;
    let took = begin.elapsed().as_secs_f64();
    sleep(SETTLING).await;
    let count = f64::from(arguments.sign_ins);
    let each = |tree: usize| -> anyhow::Result<f64> {
        Ok((trees[tree].cpu()? - before[tree]) as f64 / count)
    };
    let asked = (statements().await? - asked) as f64 / count;
    println!(
        "{} sign-ins, one after the other: {:.1} ms, {:.0} µs of the application, {:.0} µs of PostgreSQL, {asked:.1} \
         statements each",
        arguments.sign_ins,
        took * 1000.0 / count,
        each(0)?,
        each(1)?
    );
    Ok(())
}

struct People {
    client: Client,
    recorder: Recorder,
}

impl People {
    async fn sign_in(&self, which: std::ops::Range<u32>, draws: &mut Draws) -> anyhow::Result<()> {
        let countries = Country::all("")?;
        let home = countries.first().context("a country")?;
        for n in which {
            let phone = home.number(draws);
            let network = [10, (n >> 8) as u8, n as u8, 1];
            let started = self.client.start(network, &phone).await?;
            let code = self.recorder.code(&phone)?;
            let reply = self.client.verify(network, started.flow()?, &code).await?;
            ensure!(reply.status == 200, "a sign-in failed: {}", reply.body);
        }
        Ok(())
    }
}
