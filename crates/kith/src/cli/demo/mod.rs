//! `kith demo`: fills a running instance with a small circle of invented people, as their phones would.
//!
//! Every step looks first and adds only what is missing, so that it can be run again, also after it was
//! interrupted. It must never use anything but the public API and the development inbox.

mod album;
mod circle;
mod client;
mod paint;
mod painter;
mod scene;
mod tell;
mod things;

use clap::Args;
use url::Url;

use crate::config::Config;

pub use tell::{Added, tell};

/// Photos of phones are larger; this is what the largest screens show of them.
const LONG_EDGE: u32 = 1600;

/// What can be said on the command line.
#[derive(Args)]
pub struct Arguments {
    /// Address of the instance; else the one that the settings name.
    #[arg(long)]
    url: Option<Url>,
}

/// Tells the story and says how to join it.
pub async fn run(config: &Config, arguments: Arguments) -> anyhow::Result<()> {
    let url = match arguments.url {
        Some(url) => url,
        None => config.public_origin().parse()?,
    };
    let address = url.as_str().trim_end_matches('/').to_owned();
    let added = tell(url, LONG_EDGE, &mut say).await?;
    if added == Added::default() {
        say("Everything was there already.");
    }
    let robin = &circle::PEOPLE[circle::ROBIN];
    let lena = &circle::PEOPLE[circle::LENA];
    say("");
    say(&format!("Open {address} and sign in as {} with the number {}.", robin.name, robin.phone));
    say(&format!("The code appears at {address}/dev."));
    say(&format!("{} would like to be friends: her request waits for an answer.", lena.name));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "its output is for the person at the terminal")]
fn say(line: &str) {
    println!("{line}");
}
