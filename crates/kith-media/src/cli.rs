//! `kith media` for people: look at a picture's facts, convert one by hand, show the linked codecs.

use crate::facts::{RenderEvent, Rendition};
use crate::process::MediaProcess;
use crate::request::RenderRequest;
use crate::{native, pipeline};
use anyhow::{Context as _, Result, bail};
use std::ffi::OsString;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

const USAGE: &str = "usage: kith media facts FILE
       kith media convert FILE FOLDER    write every rendition of a photo into a folder
       kith media versions               name the codecs this program was built with";

/// Runs a sub-command given by hand.
pub fn main(args: &[OsString]) -> ExitCode {
    let command = args.first().and_then(|first| first.to_str());
    let result = match (command, args.get(1..).unwrap_or_default()) {
        (Some("facts"), [file]) => facts(Path::new(file)),
        (Some("convert"), [file, folder]) => convert(Path::new(file), Path::new(folder)),
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

fn read(file: &Path) -> Result<(Vec<u8>, RenderRequest)> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let request = RenderRequest::complete_set(bytes.len() as u64);
    Ok((bytes, request))
}

fn facts(file: &Path) -> Result<()> {
    let (bytes, request) = read(file)?;
    print_json(&pipeline::facts(&bytes, &request)?)
}

/// Goes the same way as an upload: a sandboxed process of this very program does the work.
fn convert(file: &Path, folder: &Path) -> Result<()> {
    let (bytes, request) = read(file)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let process = MediaProcess::new(env::current_exe()?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut rendering = process.render(Cursor::new(bytes), &request).await?;
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

fn say(line: &str) -> Result<()> {
    if writeln!(io::stdout(), "{line}").is_err() {
        bail!("standard output is closed");
    }
    Ok(())
}
