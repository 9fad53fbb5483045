//! The media sub-command as a program of its own: what tests, benches and the fuzzer start.
//!
//! `probe ACT` enters the sandbox and then tries something forbidden; tests watch how it dies.

use kith_media::{Limits, child, sandbox};
use std::ffi::OsString;
use std::fs::File;
use std::io::Read as _;
use std::net::UdpSocket;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let args: Vec<OsString> =
        std::env::args_os().skip(1).skip_while(|arg| arg == "media").collect();
    match args.as_slice() {
        [probe, act] if probe == "probe" => self::probe(&act.to_string_lossy()),
        _ => child::main(args.into_iter()),
    }
}

fn probe(act: &str) -> ExitCode {
    let leaked = File::open("/proc/self/status");
    let parent = std::os::unix::process::parent_id();
    if sandbox::enter(&Limits::default(), None).is_err() {
        return ExitCode::FAILURE;
    }
    let survived = match act {
        "open" => File::open("/etc/passwd").is_ok(),
        "socket" => UdpSocket::bind("127.0.0.1:0").is_ok(),
        "spawn" => Command::new("/bin/true").spawn().is_ok(),
        "read-leaked" => leaked.is_ok_and(|mut file| file.read(&mut [0; 16]).is_ok()),
        "signal-parent" => signal(parent),
        "abort" => std::process::abort(),
        _ => true,
    };
    // Reached only if the kernel let the act pass.
    if survived { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether another process can be sent a signal. It is the one that does nothing.
#[expect(unsafe_code, reason = "no safe interface reaches this call")]
fn signal(process: u32) -> bool {
    let process = libc::pid_t::try_from(process).unwrap_or_default();
    // SAFETY: three integers in, nothing is written.
    unsafe { libc::syscall(libc::SYS_tgkill, process, process, 0) == 0 }
}
