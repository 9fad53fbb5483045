//! Measuring by hand and for `bench/media`: where a run spends its time, and what an encoder makes of a
//! picture at several qualities. Works in this very process, without the sandbox.

use super::say;
use crate::decode::{self, Job};
use crate::encode;
use crate::facts::RenderEvent;
use crate::failure::MediaFailure;
use crate::inspect::inspect;
use crate::limits::Limits;
use crate::native;
use crate::pipeline;
use crate::pixels::RgbImage;
use crate::quality::{self, Setting};
use crate::request::{AvifEffort, Format, RenderRequest, RenditionName, Size};
use crate::resize::{Accelerator, Cpu};
use anyhow::{Context as _, Result, bail};
use rustix::time::{ClockId, clock_gettime};
use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;

/// Milliseconds of processor time since this process began.
fn now() -> f64 {
    let clock = clock_gettime(ClockId::ProcessCPUTime);
    let nanoseconds = clock.tv_sec * 1_000_000_000 + clock.tv_nsec;
    #[expect(clippy::cast_precision_loss, reason = "a process of 100 days would lose a nanosecond")]
    let milliseconds = nanoseconds as f64 / 1e6;
    milliseconds
}

/// The processor, with a clock round every call. Another back end would be put in its place the same way.
#[derive(Default)]
struct Clocked {
    cpu: Cpu,
    /// When the first call came: everything before it is decoding.
    first: Option<f64>,
    resizing: f64,
    encodings: Vec<(Format, Size, f64)>,
}

impl Accelerator for Clocked {
    fn resize(&mut self, image: &RgbImage, size: Size) -> Result<RgbImage, MediaFailure> {
        let start = now();
        self.first.get_or_insert(start);
        let scaled = self.cpu.resize(image, size);
        self.resizing += now() - start;
        scaled
    }

    fn encode(
        &mut self,
        image: Cow<'_, RgbImage>,
        format: Format,
        effort: AvifEffort,
    ) -> Result<Vec<u8>, MediaFailure> {
        let (start, size) = (now(), image.size);
        let bytes = self.cpu.encode(image, format, effort);
        self.encodings.push((format, size, now() - start));
        bytes
    }
}

/// One line of JSON: milliseconds of processor time by stage, and until the post can show.
pub fn stages(input: Vec<u8>, request: &RenderRequest) -> Result<()> {
    native::release_early();
    let mut clocked = Clocked::default();
    let start = now();
    let (mut inspected, mut usable) = (start, None);
    pipeline::run(input, request, &mut clocked, &mut |event| {
        match event {
            RenderEvent::Facts(_) => inspected = now(),
            RenderEvent::Rendition(rendition)
                if (rendition.name, rendition.format) == (RenditionName::W640, Format::Jpeg) =>
            {
                usable = Some(now());
            }
            _ => {}
        }
        Ok(())
    })?;
    let encodings = clocked.encodings.iter().map(|(format, size, milliseconds)| {
        (format!("{} {}", format.extension(), size.long()), (*milliseconds).into())
    });
    let report = serde_json::json!({
        "begin": start,
        "inspect": inspected - start,
        "decode": clocked.first.map(|first| first - inspected),
        "resize": clocked.resizing,
        "encode": encodings.collect::<serde_json::Map<_, serde_json::Value>>(),
        "usable": usable,
        "total": now(),
    });
    say(&report.to_string())
}

/// Writes `q<quality>.<format>` for each quality, and prints quality, bytes and milliseconds.
pub fn curve(
    file: &Path,
    folder: &Path,
    format: &OsStr,
    speed: &OsStr,
    qualities: &[OsString],
) -> Result<()> {
    let input = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let image = whole(&input)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for quality in qualities {
        let setting = setting(format, number(speed)?, quality, image.size)?;
        let start = now();
        let bytes = encode::encode(Cow::Borrowed(&image), setting)?;
        let milliseconds = now() - start;
        let name = format!("q{}.{}", quality.display(), format.display());
        let path = folder.join(name);
        fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
        say(&format!("{} {} {milliseconds:.1}", quality.display(), bytes.len()))?;
    }
    Ok(())
}

fn setting(format: &OsStr, speed: u32, quality: &OsStr, size: Size) -> Result<Setting> {
    Ok(match format.to_str() {
        Some("jpg") => Setting::Jpeg { quality: number(quality)? },
        Some("avif") => {
            Setting::Avif { quantizer: number(quality)?, speed, chroma: quality::chroma(size) }
        }
        Some("webp") => {
            Setting::Webp { quality: number(quality)?, method: u8::try_from(speed).unwrap_or(4) }
        }
        _ => bail!("the formats are jpg, avif and webp"),
    })
}

fn number<T: std::str::FromStr>(text: &OsStr) -> Result<T> {
    let parsed = text.to_str().and_then(|text| text.parse().ok());
    parsed.with_context(|| format!("{} is not a number", text.display()))
}

/// The picture at its own size, upright, as sRGB.
fn whole(input: &[u8]) -> Result<RgbImage, MediaFailure> {
    let limits = Limits::default();
    let inspected = inspect(input, &limits)?;
    let wanted_edge = inspected.upright().long();
    let job = Job { input, inspected: &inspected, wanted_edge, limits: &limits };
    Ok(decode::decode(&job)?.image.oriented(inspected.orientation()))
}
