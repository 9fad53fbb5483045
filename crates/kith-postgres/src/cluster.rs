//! Makes a cluster, once and whole: in a directory beside, renamed into place when it is complete,
//! so that an interrupted attempt leaves nothing that looks finished.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::{
    account::Account,
    config::Durability,
    connection::{DATABASE, OWNER_ROLE, SUPERUSER_ROLE},
    error::{Error, IoContext},
    programs::Programs,
};

/// Initialises a cluster at `data`. Byte order of UTF-8 as the collation: the same on every
/// machine, so that no upgrade of the C library can break an index.
pub(crate) fn initialise(
    programs: &Programs,
    account: Account,
    durability: Durability,
    data: &Path,
) -> Result<(), Error> {
    let unfinished = data.with_extension("unfinished");
    match fs::remove_dir_all(&unfinished) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            return Err(e).context("remove", unfinished);
        }
        _ => {}
    }
    let mut initdb = account.command(&programs.path("initdb"));
    initdb.arg("--pgdata").arg(&unfinished).args([
        "--username",
        SUPERUSER_ROLE,
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--data-checksums",
        "--auth-local=peer",
        "--auth-host=reject",
        "--no-instructions",
    ]);
    if durability == Durability::Disposable {
        initdb.arg("--no-sync");
    }
    run("initdb", &mut initdb, "")?;
    create_database(programs, account, durability, &unfinished)?;
    fs::rename(&unfinished, data).context("rename", &unfinished)?;
    let parent = data.parent().unwrap_or(data);
    File::open(parent).and_then(|directory| directory.sync_all()).context("write", parent)
}

/// Creates the role and the database in single-user mode: no socket yet, nobody else.
fn create_database(
    programs: &Programs,
    account: Account,
    durability: Durability,
    data: &Path,
) -> Result<(), Error> {
    let mut postgres = account.command(&programs.path("postgres"));
    // Without exit_on_error a failed statement in single-user mode still ends with status 0.
    postgres.arg("--single").args(["-c", "exit_on_error=on"]);
    if durability == Durability::Disposable {
        postgres.args(["-c", "fsync=off"]);
    }
    postgres.arg("-D").arg(data).arg(SUPERUSER_ROLE);
    let statements = format!(
        "create role {OWNER_ROLE} login;\ncreate database {DATABASE} owner {OWNER_ROLE};\n"
    );
    run("postgres --single", &mut postgres, &statements)
}

fn run(program: &'static str, command: &mut Command, input: &str) -> Result<(), Error> {
    let output = output_with_input(command, input).context("run", program)?;
    if output.status.success() {
        return Ok(());
    }
    let text = [output.stdout, output.stderr].concat();
    Err(Error::Program { program, output: String::from_utf8_lossy(&text).trim().to_owned() })
}

fn output_with_input(command: &mut Command, input: &str) -> std::io::Result<Output> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ended early says why itself; the broken pipe would hide it.
        let _ = stdin.write_all(input.as_bytes());
    }
    child.wait_with_output()
}
