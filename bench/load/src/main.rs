//! The load of the benchmark: `data` fills a database with a believable circle of people, `drive` asks a server
//! for what people ask for and says what it cost, `compare` shows that two servers answer the same. `pump`, `oracle` and
//! `sign-in` are about codes: what pumping costs, what time tells, what a sign-in takes.
//!
//! It must never know more of a server than its public API, its processes and the tables of the schema.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "drawn numbers and figures for people: no exactness is lost that anybody needs"
)]

mod codes;
mod data;
mod database;
mod drive;
mod random;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Fills databases and drives servers.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fills an empty, migrated database.
    Data(data::Arguments),
    /// Drives a server and prints what it cost as one line of JSON.
    Drive(drive::Arguments),
    /// Fails where two servers answer the same person differently.
    Compare(drive::compare::Arguments),
    /// Asks for codes as who earns by them does, beside honest people, and prints what it cost.
    Pump(codes::pump::Arguments),
    /// Measures whether time tells numbers with an account from others.
    Oracle(codes::oracle::Arguments),
    /// Measures what one sign-in costs.
    SignIn(codes::sign_in::Arguments),
}

// One thread: the machine belongs to the server that is measured.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Data(arguments) => data::run(arguments).await,
        Command::Drive(arguments) => drive::run(arguments).await,
        Command::Compare(arguments) => drive::compare::run(arguments).await,
        Command::Pump(arguments) => codes::pump::run(arguments).await,
        Command::Oracle(arguments) => codes::oracle::run(arguments).await,
        Command::SignIn(arguments) => codes::sign_in::run(arguments).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kith-bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}
