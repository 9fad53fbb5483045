//! `kith media check` and `start-cost`: many photos the way uploads go, and what a process of its own costs.
//!
//! For people and benches. Prints one line per file, tab separated, and a sum at the end.

use crate::cli::{read, say};
use crate::facts::{Facts, RenderEvent, Summary, Warning};
use crate::failure::MediaFailure;
use crate::process::MediaProcess;
use crate::request::{Format, Output, RenderRequest, RenditionName};
use anyhow::{Context as _, Result};
use std::env;
use std::ffi::OsString;
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Starts measured where nobody says how many.
const STARTS: usize = 200;

/// Renders every file and says what became of it.
pub fn check(files: &[OsString]) -> Result<()> {
    let process = MediaProcess::new(env::current_exe()?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut accepted = 0_usize;
    for file in files {
        let path = Path::new(file);
        let (bytes, request) = read(path)?;
        let outcome = runtime.block_on(examine(&process, bytes, &request));
        accepted += usize::from(outcome.is_ok());
        let verdict = match outcome {
            Ok(examined) => examined.to_string(),
            Err(failure) => format!("refused\t{}", failure.name()),
        };
        say(&format!("{verdict}\t{}", path.display()))?;
    }
    let (thousandths, total) = (accepted * 1000 / files.len(), files.len());
    say(&format!("accepted {accepted} of {total}: {}.{} %", thousandths / 10, thousandths % 10))
}

/// What became of an accepted photo.
struct Examined {
    facts: Facts,
    warnings: Vec<Warning>,
    summary: Summary,
}

impl std::fmt::Display for Examined {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Facts { width, height, .. } = self.facts;
        let Summary { cpu_ms, peak_memory, .. } = self.summary;
        let verdict = if self.warnings.is_empty() { "accepted" } else { "warned" };
        write!(f, "{verdict}\t{width}x{height}\t{cpu_ms} ms\t{} MB", peak_memory >> 20)?;
        self.warnings.iter().try_for_each(|warning| write!(f, "\t{warning:?}"))
    }
}

async fn examine(
    process: &MediaProcess,
    bytes: Vec<u8>,
    request: &RenderRequest,
) -> Result<Examined, MediaFailure> {
    let events = process.render(Cursor::new(bytes), request).await?.collect().await?;
    let (mut facts, mut summary, mut warnings) = (None, None, Vec::new());
    for event in events {
        match event {
            RenderEvent::Facts(found) => facts = Some(found),
            RenderEvent::Warning(warning) => warnings.push(warning),
            RenderEvent::Done(done) => summary = Some(done),
            RenderEvent::Appearance(_) | RenderEvent::Rendition(_) => {}
        }
    }
    let (facts, summary) = facts.zip(summary).ok_or(MediaFailure::Crashed)?;
    Ok(Examined { facts, warnings, summary })
}

/// Medians of wall clock, one start after the other: the program alone, with the sandbox, and with a picture
/// of one pixel through the pipes.
pub fn start_cost(count: Option<&OsString>) -> Result<()> {
    let count = match count.and_then(|count| count.to_str()) {
        Some(count) => count.parse().context("COUNT is a whole number")?,
        None => STARTS,
    };
    let program = env::current_exe()?;
    let command = |word: &'static str| {
        let program = program.clone();
        move || -> Result<()> {
            let mut command = Command::new(&program);
            command.args(["media", word]).env_clear().current_dir("/");
            command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
            Ok(())
        }
    };
    let process = MediaProcess::new(&program);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let picture = one_pixel()?;
    let small = Output { name: RenditionName::W320, format: Format::Jpeg, size: None };
    let request = RenderRequest::of(picture.len() as u64, vec![small]);
    let render = || -> Result<()> {
        runtime.block_on(examine(&process, picture.clone(), &request))?;
        Ok(())
    };
    let contenders: [(&str, &dyn Fn() -> Result<()>); 3] = [
        ("start and end of the program", &command("versions")),
        ("the same with the sandbox", &command("sandbox")),
        ("the same with a picture of one pixel", &render),
    ];
    let mut times = contenders.map(|_| Vec::with_capacity(count));
    // Taking turns, so that what else the machine does falls on all of them.
    for _ in 0..count {
        for ((_, start), times) in contenders.iter().zip(&mut times) {
            let before = Instant::now();
            start()?;
            times.push(before.elapsed());
        }
    }
    for ((name, _), times) in contenders.iter().zip(&mut times) {
        say(&format!("{:6.2} ms  {name}", median(times).as_secs_f64() * 1000.0))?;
    }
    Ok(())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn one_pixel() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header()?.write_image_data(&[128])?;
    Ok(bytes)
}
