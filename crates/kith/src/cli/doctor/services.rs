//! The doctor uses what stands around Kith once: object store, media process, Redis, sender of messages.

use std::{io::Cursor, sync::Arc, time::Duration};

use anyhow::{Context as _, ensure};
use bytes::Bytes;
use kith_bus::BusStatus;
use kith_media::{Format, Output, RenderEvent, RenderRequest, RenditionName, sandbox::Enforced};
use kith_storage::{ObjectKey, PutMode};
use kith_types::{
    keys::{KeyRing, SecretKey},
    random::{Random, SystemRandom},
    time::{SystemClock, Timestamp},
};

use super::Finding;
use crate::{config::Config, keys::Keys, media::Media, start};

const STORAGE: &str = "storage";
const MEDIA: &str = "media";
const BUS: &str = "bus";
const MESSAGES: &str = "messages";
const REVIEWERS: &str = "reviewers";
/// Redis answers within a millisecond; starting a connection takes a few.
const PATIENCE: Duration = Duration::from_secs(3);
/// Edge of the picture that is tried, in pixels.
const EDGE: u32 = 16;

/// Writes, reads and deletes an object.
pub async fn storage(config: &Config) -> Finding {
    if config.storage.url.is_none() && !config.data_dir.exists() {
        return Finding::ok(STORAGE, "made at the first start");
    }
    match round_trip(config).await {
        Ok(()) => Finding::ok(STORAGE, "an object was written, read and deleted"),
        Err(error) => {
            Finding::fail(STORAGE, format!("{error:#}: check storage.url and its credentials"))
        }
    }
}

async fn round_trip(config: &Config) -> anyhow::Result<()> {
    // Signs upload addresses, of which none is made here.
    let keys = Keys::new(KeyRing::new(vec![SecretKey::draw(&SystemRandom)])?);
    let storage = start::storage(config, &keys)?;
    storage.probe().await?;
    let name = hex::encode((&SystemRandom as &dyn Random).bytes::<8>());
    let key = ObjectKey::parse(&format!("doctor/{name}"))?;
    let written = Bytes::from(name);
    storage.put(&key, written.clone(), "text/plain", PutMode::IfAbsent).await?;
    let read = storage.get(&key, 64).await;
    storage.delete(&key).await?;
    ensure!(read? == written, "an object came back with other bytes");
    Ok(())
}

/// Renders a tiny picture in the sandbox, and tells what the kernel enforced meanwhile.
pub async fn media(config: &Config) -> Finding {
    match render(config).await {
        Ok(enforced) => confined(enforced),
        Err(error) => {
            let reason = match Media::new(&config.media) {
                Ok(media) => media.process().confinement().await.err(),
                Err(_) => None,
            };
            let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
            Finding::fail(
                MEDIA,
                format!(
                    "{error:#}{reason}: photos cannot be processed; check media.program and the kernel's sandboxing"
                ),
            )
        }
    }
}

/// What confines the process that decodes. Landlock repeats what seccomp forbids already.
fn confined(enforced: Enforced) -> Finding {
    const RENDERED: &str =
        "a picture was rendered as JPEG, AVIF and WebP, confined by resource limits";
    match enforced {
        Enforced::Everything => Finding::ok(MEDIA, format!("{RENDERED}, seccomp and Landlock")),
        Enforced::WithoutLandlock => Finding::warn(
            MEDIA,
            format!(
                "{RENDERED} and seccomp; this kernel has no Landlock as a second lock on files: use Linux 5.13 or later with landlock among its security modules"
            ),
        ),
        Enforced::Nothing => {
            Finding::fail(MEDIA, "a picture was rendered without a sandbox: check media.program")
        }
    }
}

async fn render(config: &Config) -> anyhow::Result<Enforced> {
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, EDGE, EDGE);
    encoder.set_color(png::ColorType::Grayscale);
    let shades: Vec<u8> = (0..=u8::MAX).collect();
    encoder.write_header()?.write_image_data(&shades)?;

    let formats = [Format::Jpeg, Format::Avif, Format::Webp];
    let outputs =
        formats.map(|format| Output { name: RenditionName::W320, format, size: None }).to_vec();
    let request = RenderRequest::of(png.len() as u64, outputs);
    let media = Media::new(&config.media)?;
    let mut rendering = media.process().render(Cursor::new(png), &request).await?;
    let (mut made, mut enforced) = (0, Enforced::Nothing);
    while let Some(event) = rendering.next().await {
        match event? {
            RenderEvent::Rendition(rendition) => {
                ensure!(!rendition.bytes.is_empty(), "a rendition is empty");
                made += 1;
            }
            RenderEvent::Done(summary) => enforced = summary.sandbox,
            _ => {}
        }
    }
    ensure!(made == formats.len(), "{made} of {} renditions were made", formats.len());
    Ok(enforced)
}

/// Waits for Redis to answer.
pub async fn bus(config: &Config) -> Finding {
    let opened = start::bus(config, Arc::new(SystemClock), &SystemRandom);
    let bus = match opened.context("redis.url") {
        Ok(bus) => bus,
        Err(error) => return Finding::fail(BUS, format!("{error:#}")),
    };
    let answers = bus.connected_within(PATIENCE).await;
    match bus.status() {
        BusStatus::InProcess => Finding::ok(BUS, "in this process; a second one needs redis.url"),
        BusStatus::Connected if answers => Finding::ok(BUS, "Redis answers"),
        BusStatus::Connected => Finding::warn(BUS, "Redis answers late"),
        BusStatus::Disconnected { reason } => Finding::fail(
            BUS,
            format!("Redis does not answer ({reason}): is it running, and does redis.url name it?"),
        ),
    }
}

/// Whether the settings name a way for codes to reach people. Nothing is sent.
pub fn messages(config: &Config) -> Finding {
    match start::messaging(config, &(Arc::new(SystemClock) as _)) {
        Ok((_, Some(_))) => {
            Finding::ok(MESSAGES, "the development inbox; nothing leaves this machine")
        }
        Ok((_, None)) => Finding::ok(MESSAGES, "the provider is configured; nothing was sent"),
        Err(error) => Finding::fail(MESSAGES, format!("{error:#}")),
    }
}

/// The numbers that sign in with a code known beforehand, where there are any.
pub fn reviewers(config: &Config, now: Timestamp) -> Option<Finding> {
    let reviewers = &config.auth.reviewers;
    let last = reviewers.iter().map(|reviewer| reviewer.ends).max()?;
    let ended = reviewers.iter().filter(|reviewer| reviewer.ends <= now).count();
    if ended > 0 {
        let text =
            format!("{ended} of {} in auth.reviewers have ended: remove them", reviewers.len());
        return Some(Finding::warn(REVIEWERS, text));
    }
    let text = format!("{} sign in with a code known beforehand, until {last}", reviewers.len());
    Some(Finding::ok(REVIEWERS, text))
}
