//! The child's side: `kith media …`. Runs before any runtime exists.
//!
//! `render` is what the parent starts: request and picture on standard input, results on standard output.
//! It enters the sandbox before it reads a single byte of the picture, and decodes in this process only.
//! `sandbox` enters it, says what the kernel enforces, and ends.

use crate::facts::{RenderEvent, Summary};
use crate::failure::MediaFailure;
use crate::limits::Limits;
use crate::native;
use crate::pipeline;
use crate::protocol::{encode_event, encode_failure};
use crate::request::RenderRequest;
use crate::resize::Cpu;
use crate::sandbox::{self, Enforced};
use rustix::time::{ClockId, clock_gettime};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::process::ExitCode;

/// Longest request accepted.
const MAX_REQUEST: usize = 64 * 1024;

/// Runs `kith media <args>`; the application calls it before it starts anything else.
pub fn main(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.collect();
    match args.as_slice() {
        [command] if command == "render" => render(),
        [command] if command == "sandbox" => try_sandbox(),
        _ => crate::cli::main(&args),
    }
}

/// As for a picture, without one: what the doctor shows and the start costs.
fn try_sandbox() -> ExitCode {
    let gauge = Gauge::open();
    match sandbox::enter(&Limits::default(), gauge.status.as_ref()) {
        Ok(enforced) => {
            let said = serde_json::to_vec(&enforced).unwrap_or_default();
            send(&said).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn render() -> ExitCode {
    native::release_early();
    let mut input = io::stdin().lock();
    let result = prepare(&mut input)
        .and_then(|(request, gauge, enforced)| run(&mut input, &request, gauge, enforced));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // A parent that is gone is told nothing.
        Err(failure) => {
            send(&encode_failure(&failure)).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
        }
    }
}

/// Reads the parent's request, then closes the door behind it. No byte of the picture has been read.
fn prepare(input: &mut impl Read) -> Result<(RenderRequest, Gauge, Enforced), MediaFailure> {
    let request = read_request(input)?;
    // The one decoder that would start threads runs on this one.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
    let gauge = Gauge::open();
    let enforced = sandbox::enter(&request.limits, gauge.status.as_ref()).map_err(|error| {
        eprintln!("{error}");
        MediaFailure::Unavailable
    })?;
    Ok((request, gauge, enforced))
}

fn run(
    input: &mut impl Read,
    request: &RenderRequest,
    gauge: Gauge,
    enforced: Enforced,
) -> Result<(), MediaFailure> {
    let picture = read_picture(input, request)?;
    pipeline::run(picture, request, &mut Cpu::default(), &mut |event| send(&encode_event(&event)))?;
    let (cpu_ms, peak_memory) = gauge.read();
    send(&encode_event(&RenderEvent::Done(Summary { cpu_ms, peak_memory, sandbox: enforced })))
}

fn send(message: &[u8]) -> Result<(), MediaFailure> {
    let mut output = io::stdout().lock();
    output.write_all(message).and_then(|()| output.flush()).map_err(|_| MediaFailure::Unavailable)
}

fn read_request(input: &mut impl Read) -> Result<RenderRequest, MediaFailure> {
    let mut length = [0; 4];
    input.read_exact(&mut length).map_err(|_| MediaFailure::Unavailable)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > MAX_REQUEST {
        return Err(MediaFailure::Unavailable);
    }
    let mut json = vec![0; length];
    input.read_exact(&mut json).map_err(|_| MediaFailure::Unavailable)?;
    serde_json::from_slice(&json).map_err(|_| MediaFailure::Unavailable)
}

fn read_picture(input: &mut impl Read, request: &RenderRequest) -> Result<Vec<u8>, MediaFailure> {
    if request.byte_size > request.limits.bytes {
        return Err(MediaFailure::TooLarge { limit_bytes: request.limits.bytes });
    }
    let mut picture = Vec::with_capacity(usize::try_from(request.byte_size).unwrap_or(0));
    input
        .take(request.byte_size)
        .read_to_end(&mut picture)
        .map_err(|_| MediaFailure::Unavailable)?;
    // The parent knows the exact length; fewer bytes mean that its source broke off.
    if picture.len() as u64 == request.byte_size {
        Ok(picture)
    } else {
        Err(MediaFailure::Unavailable)
    }
}

/// What this process has used. Its status file is opened before files are out of reach.
struct Gauge {
    status: Option<File>,
}

impl Gauge {
    fn open() -> Self {
        // The first reading looks up the kernel's clock page, by a call that the sandbox forbids.
        let _ = clock_gettime(ClockId::ProcessCPUTime);
        Self { status: File::open("/proc/self/status").ok() }
    }

    /// Processor milliseconds and the most memory that was resident, in bytes.
    fn read(self) -> (u64, u64) {
        let clock = clock_gettime(ClockId::ProcessCPUTime);
        let milliseconds = clock.tv_sec * 1000 + clock.tv_nsec / 1_000_000;
        (u64::try_from(milliseconds).unwrap_or(0), self.status.and_then(peak_memory).unwrap_or(0))
    }
}

/// One plain read: anything more would make calls that the sandbox forbids.
fn peak_memory(mut status: File) -> Option<u64> {
    let mut text = [0; 4096];
    let length = status.read(&mut text).ok()?;
    let text = std::str::from_utf8(text.get(..length)?).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
