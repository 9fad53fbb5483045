//! Proves that two servers do the same work: their answers to the same person are equal, but for the signatures of
//! image addresses and for cursors, which each makes in its own way.

use anyhow::{bail, ensure};
use clap::Args;
use serde_json::Value;

use super::{
    Server,
    connection::Connection,
    operation::{Operation, Target, get},
    targets,
    tokens::Scheme,
};

/// Which servers.
#[derive(Args)]
pub struct Arguments {
    /// The database with the targets.
    #[arg(long, env = "DATABASE_URL")]
    database: String,
    #[command(flatten)]
    server: Server,
    /// `host:port` of the other server.
    #[arg(long)]
    other_address: String,
    /// How the other one signs its tokens.
    #[arg(long, value_enum)]
    other_scheme: Scheme,
    /// How many people ask.
    #[arg(long, default_value_t = 200)]
    people: usize,
}

/// Fails at the first difference.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let one = arguments.server;
    let other =
        Server { address: arguments.other_address, scheme: arguments.other_scheme, ..one.clone() };
    let [ours, theirs] = [
        targets(&arguments.database, &one, false).await?,
        targets(&arguments.database, &other, false).await?,
    ];
    let mut connections = [Connection::new(&one.address), Connection::new(&other.address)];
    let [first, second] = &mut connections;
    let mut compared = 0;
    for (mine, same) in ours.iter().zip(&theirs).take(arguments.people) {
        for path in Operation::paths(mine) {
            let [one, other] = [ask(first, mine, &path).await?, ask(second, same, &path).await?];
            if one != other {
                bail!("{path} of {} differs:\n{one:#}\n{other:#}", mine.user());
            }
            compared += 1;
        }
    }
    ensure!(compared > 0, "nobody to ask for");
    eprintln!("{compared} answers are equal");
    Ok(())
}

async fn ask(connection: &mut Connection, target: &Target, path: &str) -> anyhow::Result<Value> {
    let answer = connection.exchange(get(target, path).as_bytes()).await?;
    ensure!(answer.status == 200, "{path}: {}", answer.status);
    let mut value = serde_json::from_slice(answer.body)?;
    mask(&mut value);
    Ok(value)
}

fn mask(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), &mut *value) {
                    ("url", Value::String(url)) => {
                        let path = url.split('?').next().unwrap_or_default().to_owned();
                        ensure_signed(url);
                        *url = path;
                    }
                    ("next_cursor", Value::String(cursor)) => "masked".clone_into(cursor),
                    _ => mask(value),
                }
            }
        }
        _ => {}
    }
}

/// A contender that does not sign its addresses does less work: it is shown in the difference.
fn ensure_signed(url: &mut String) {
    if !url.contains("signature=") {
        url.insert_str(0, "unsigned ");
    }
}
