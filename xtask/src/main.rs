//! The project's own tools: generate code, check the shape of the tree. It must never depend on
//! the application or on generated code, so that it runs when they do not build.
#![expect(clippy::disallowed_methods, reason = "a short-lived tool has no shutdown to wait for")]

mod contract;
mod generate;
mod tidy;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::Parser;

#[derive(Parser)]
#[command(about = "The project's own tools", disable_version_flag = true)]
enum Task {
    /// Generate typed functions from the queries in crates/kith-sql/queries.
    Gen {
        /// Change nothing; fail where the committed files differ.
        #[arg(long)]
        check: bool,
    },
    /// Generate the OpenAPI document and the web client's types from what the program says.
    GenApi {
        /// Change nothing; fail where the committed files differ.
        #[arg(long)]
        check: bool,
        /// The built program; without it, it is built.
        #[arg(long)]
        program: Option<PathBuf>,
    },
    /// Check the shape of the tree.
    Tidy,
}

fn main() -> ExitCode {
    match run(&Task::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Without the backtrace: these errors are for people who edit queries and files.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: &Task) -> anyhow::Result<()> {
    let root = workspace_root()?;
    match task {
        Task::Gen { check: false } => generate::write(&root),
        Task::Gen { check: true } => generate::check(&root),
        Task::GenApi { check: false, program } => contract::write(&root, program.as_deref()),
        Task::GenApi { check: true, program } => contract::check(&root, program.as_deref()),
        Task::Tidy => tidy::run(&root),
    }
}

fn workspace_root() -> anyhow::Result<PathBuf> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(manifest.parent().context("xtask lies in the workspace")?.to_owned())
}
