//! The real child process, fed by hand and measured by the kernel: what a picture costs even when it is refused.

use bytes::Bytes;
use kith_media::protocol::{PREFIX, Validator, encode_request};
use kith_media::{MediaFailure, RenderEvent, RenderRequest};
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

/// What one run cost.
pub struct Measured {
    /// `accepted`, the name of the refusal, or the signal that ended the process.
    pub verdict: String,
    /// Processor time of user and system.
    pub cpu: Duration,
    /// Most memory resident, in bytes; at least what the test itself had when it started the child.
    pub peak: u64,
}

/// Runs the complete set in a child of its own.
#[expect(clippy::zombie_processes, reason = "waited for by the call that also tells what it cost")]
pub fn measure(input: &[u8]) -> Measured {
    let request = RenderRequest::complete_set(input.len() as u64);
    let mut child = Command::new(env!("CARGO_BIN_EXE_kith-media"))
        .args(["media", "render"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut output = Vec::new();
    std::thread::scope(|scope| {
        // A child that refuses early closes the pipe.
        scope.spawn(move || {
            let _ =
                stdin.write_all(&encode_request(&request)).and_then(|()| stdin.write_all(input));
        });
        stdout.read_to_end(&mut output).unwrap();
    });
    let (status, usage) = wait(child.id());
    let time = |time: libc::timeval| {
        Duration::from_micros(u64::try_from(time.tv_sec * 1_000_000 + time.tv_usec).unwrap())
    };
    Measured {
        verdict: if libc::WIFSIGNALED(status) {
            format!("signal {}", libc::WTERMSIG(status))
        } else {
            verdict(&output, input.len() as u64)
        },
        cpu: time(usage.ru_utime) + time(usage.ru_stime),
        peak: u64::try_from(usage.ru_maxrss).unwrap() * 1024,
    }
}

fn verdict(mut output: &[u8], byte_size: u64) -> String {
    let mut validator = Validator::new(&RenderRequest::complete_set(byte_size));
    loop {
        let Some((prefix, rest)) = output.split_first_chunk::<PREFIX>() else {
            return "no answer".to_owned();
        };
        let lengths = validator.lengths(*prefix).unwrap();
        let (head, rest) = rest.split_at(lengths.head);
        let (body, rest) = rest.split_at(lengths.body);
        match validator.accept(head, Bytes::copy_from_slice(body)).unwrap() {
            Ok(RenderEvent::Done(_)) => return "accepted".to_owned(),
            Err(failure) => return MediaFailure::name(&failure).to_owned(),
            Ok(_) => output = rest,
        }
    }
}

/// Status and use of a child that is waited for here and nowhere else.
#[expect(unsafe_code, reason = "the standard library does not tell what a child has used")]
fn wait(process: u32) -> (libc::c_int, libc::rusage) {
    let process = libc::pid_t::try_from(process).unwrap();
    let mut status = 0;
    // SAFETY: plain old data, for which zeros are a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both places are ours and live through the call.
    let waited = unsafe { libc::wait4(process, &raw mut status, 0, &raw mut usage) };
    assert_eq!(waited, process);
    (status, usage)
}
