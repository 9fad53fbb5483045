//! The command line: one program, roles by sub-command.

mod admin;
pub mod config;
pub mod demo;
pub mod doctor;
mod migrate;
mod openapi;
mod serve;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::config::Config;

/// Photos for your people, and only for them.
#[derive(Parser)]
#[command(name = "kith", version, about)]
struct Arguments {
    /// Settings file (TOML); the environment (`KITH_…`) wins over it.
    #[arg(long, global = true, env = "KITH_CONFIG_FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the API and the web client.
    Serve(serve::Arguments),
    /// Works background jobs.
    Worker,
    /// Processes photos.
    MediaWorker,
    /// Brings the database schemas up to date.
    Migrate,
    /// Looks at everything that Kith needs and says what is amiss.
    Doctor,
    /// Prints the settings in effect, without secrets.
    Config,
    /// Changes accounts, on the database itself.
    #[command(subcommand)]
    Admin(admin::Task),
    /// Fills a running instance with a small circle of invented people.
    Demo(demo::Arguments),
    /// Prints the OpenAPI document.
    Openapi,
}

/// Runs the command of this process.
pub fn run() -> ExitCode {
    // Photos are decoded in processes without any runtime: nothing may start before this.
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == "media") {
        return kith_media::child::main(arguments);
    }
    match execute(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(
                clippy::print_stderr,
                reason = "the one place where the program tells why it ended"
            )]
            {
                eprintln!("kith: {}", crate::db::causes(&error));
            }
            ExitCode::FAILURE
        }
    }
}

fn execute(arguments: Arguments) -> anyhow::Result<()> {
    if let Command::Openapi = arguments.command {
        return openapi::run();
    }
    let config = Config::load(arguments.config.as_deref())?;
    crate::telemetry::install(&config)?;
    // One provider for all TLS; a second call in the same process changes nothing.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match arguments.command {
            Command::Serve(roles) => serve::run(config, serve::Roles::of(&roles)).await,
            Command::Worker => serve::run(config, serve::Roles::WORKER).await,
            Command::MediaWorker => serve::run(config, serve::Roles::MEDIA).await,
            Command::Migrate => migrate::run(config).await,
            Command::Doctor => doctor::run(&config).await,
            Command::Config => config::run(config),
            Command::Admin(task) => admin::run(config, task).await,
            Command::Demo(arguments) => demo::run(&config, arguments).await,
            Command::Openapi => Ok(()),
        }
    })
}
