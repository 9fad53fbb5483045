//! `kith media` for people: look at a picture's facts, convert one by hand, show the linked codecs, and
//! measure (`measure`). Reads and writes the named files only.

mod measure;

use crate::facts::{RenderEvent, Rendition};
use crate::process::MediaProcess;
use crate::request::{AvifEffort, Format, Output, RenderRequest, RenditionName};
use crate::{native, pipeline, survey};
use anyhow::{Context as _, Result, bail};
use std::ffi::{OsStr, OsString};
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

const USAGE: &str = "usage: kith media facts FILE
       kith media convert FILE FOLDER [NAME.FORMAT ...]
           write every rendition of a photo into a folder, or only those named (w640.jpg square.avif)
       kith media recode FILE FOLDER
           the same as the second pass does it: AVIF at the slower speed
       kith media stages FILE [NAME.FORMAT ...]
           processor time of every step, without the sandbox
       kith media curve FILE FOLDER FORMAT SPEED QUALITY ...
           a picture as it is at several qualities of an encoder, each on the encoder's own scale
       kith media check FILE...
           say which photos are accepted, and what each one cost
       kith media start-cost [COUNT]
           measure what a process of its own costs every photo
       kith media versions
           name the codecs this program was built with";

/// Runs a sub-command given by hand.
pub fn main(args: &[OsString]) -> ExitCode {
    let command = args.first().and_then(|first| first.to_str());
    let result = match (command, args.get(1..).unwrap_or_default()) {
        (Some("facts"), [file]) => facts(Path::new(file)),
        (Some("convert"), [file, folder, names @ ..]) => request(Path::new(file), names)
            .and_then(|(bytes, request)| convert(bytes, &request, Path::new(folder))),
        (Some("recode"), [file, folder]) => request(Path::new(file), &[])
            .and_then(|(bytes, request)| convert(bytes, &slower(request), Path::new(folder))),
        (Some("stages"), [file, names @ ..]) => request(Path::new(file), names)
            .and_then(|(bytes, request)| measure::stages(bytes, &request)),
        (Some("curve"), [file, folder, format, speed, qualities @ ..]) => {
            measure::curve(Path::new(file), Path::new(folder), format, speed, qualities)
        }
        (Some("check"), files @ [_, ..]) => survey::check(files),
        (Some("start-cost"), count @ ([] | [_])) => survey::start_cost(count.first()),
        (Some("versions"), []) => versions(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The picture, and every rendition of it asked for.
pub(crate) fn read(file: &Path) -> Result<(Vec<u8>, RenderRequest)> {
    request(file, &[])
}

/// The picture and what is asked for: every rendition, or those that are named.
fn request(file: &Path, names: &[OsString]) -> Result<(Vec<u8>, RenderRequest)> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut request = RenderRequest::complete_set(bytes.len() as u64);
    if !names.is_empty() {
        request.outputs = names.iter().map(|name| output(name)).collect::<Result<_>>()?;
    }
    Ok((bytes, request))
}

/// `w640.jpg` and the like.
fn output(text: &OsStr) -> Result<Output> {
    let names = RenditionName::LADDER.into_iter().chain([RenditionName::Square]);
    let formats = [Format::Jpeg, Format::Avif, Format::Webp];
    names
        .flat_map(|name| formats.map(|format| Output { name, format, size: None }))
        .find(|output| text == format!("{}.{}", output.name, output.format.extension()).as_str())
        .with_context(|| format!("there is no rendition {}", text.display()))
}

/// The AVIF files alone, with more thought.
fn slower(mut request: RenderRequest) -> RenderRequest {
    request.outputs.retain(|output| output.format == Format::Avif);
    RenderRequest { avif_effort: AvifEffort::Small, ..request }
}

fn facts(file: &Path) -> Result<()> {
    let (bytes, request) = request(file, &[])?;
    print_json(&pipeline::facts(&bytes, &request)?)
}

/// Goes the same way as an upload: a sandboxed process of this very program does the work.
fn convert(bytes: Vec<u8>, request: &RenderRequest, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let process = MediaProcess::new(env::current_exe()?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut rendering = process.render(Cursor::new(bytes), request).await?;
        while let Some(event) = rendering.next().await {
            match event? {
                RenderEvent::Facts(facts) => print_json(&facts)?,
                RenderEvent::Appearance(appearance) => print_json(&appearance)?,
                RenderEvent::Warning(warning) => print_json(&warning)?,
                RenderEvent::Rendition(rendition) => write(&rendition, folder)?,
                RenderEvent::Done(summary) => print_json(&summary)?,
            }
        }
        Ok(())
    })
}

fn write(rendition: &Rendition, folder: &Path) -> Result<()> {
    let Rendition { name, format, size, bytes } = rendition;
    let path = folder.join(format!("{name}.{}", format.extension()));
    fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    say(&format!("{} {}x{} {} bytes", path.display(), size.width, size.height, bytes.len()))
}

fn versions() -> Result<()> {
    for (name, version) in native::versions() {
        say(&format!("{name}: {version}"))?;
    }
    Ok(())
}

fn print_json(value: &impl serde::Serialize) -> Result<()> {
    say(&serde_json::to_string(value)?)
}

pub(crate) fn say(line: &str) -> Result<()> {
    if writeln!(io::stdout(), "{line}").is_err() {
        bail!("standard output is closed");
    }
    Ok(())
}
