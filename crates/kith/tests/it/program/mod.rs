//! The program as people run it: one process with a private database, ended politely or not.

mod dying;
mod ending;
mod starting;
mod telling;

use std::{
    fs::Permissions,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use kith_testkit::program::Program;
use tempfile::TempDir;

const BINARY: &str = env!("CARGO_BIN_EXE_kith");

/// The hardest place for data: a long path below a folder that only its owner may enter.
fn hard_place() -> (TempDir, PathBuf) {
    let mut scratch = tempfile::Builder::new();
    let scratch = scratch.permissions(Permissions::from_mode(0o700)).tempdir().expect("a folder");
    let data = scratch.path().join("long".repeat(20)).join("path".repeat(20));
    assert!(data.as_os_str().len() > 150);
    (scratch, data)
}

async fn start(data: &Path) -> Program {
    Program::start(Path::new(BINARY), data).await.expect("it starts")
}

/// Ends it as Ctrl-C does, and demands that it calls this a success.
async fn ends(program: Program) {
    program.press_ctrl_c().expect("it takes signals");
    let status = program.ended().await.expect("it ends");
    assert!(status.success(), "{status}");
}

/// The process of the database; none while it does not run.
fn postmaster(data: &Path) -> Option<i32> {
    let lock = std::fs::read_to_string(data.join("postgres/data/postmaster.pid")).ok()?;
    lock.lines().next()?.parse().ok()
}
