//! The order of work for one picture: facts, decode, placeholder, the 640 JPEG, then everything else.
//!
//! Pure computation with a sink for results; the same code runs in the sandboxed process, in benches and
//! under the fuzzer. Knows no pipes and no files.

use crate::appearance::{self, PLACEHOLDER_EDGE};
use crate::decode::{self, Job};
use crate::exif;
use crate::facts::{Appearance, Facts, RenderEvent, Rendition, Window};
use crate::failure::MediaFailure;
use crate::inspect::{Inspected, inspect};
use crate::ladder;
use crate::pixels::RgbImage;
use crate::request::{Format, Location, Output, RenderRequest, RenditionName, Size};
use crate::resize::Accelerator;
use crate::square::{self, EXAMINED_EDGE};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;

/// Takes each result as soon as it exists. An error from it ends the run.
pub type Sink<'a> = dyn FnMut(RenderEvent) -> Result<(), MediaFailure> + 'a;

/// Reads the facts of a picture without decoding it.
pub fn facts(input: &[u8], request: &RenderRequest) -> Result<Facts, MediaFailure> {
    Ok(describe(input, &inspect(input, &request.limits)?, request.location))
}

/// Runs the whole pipeline. Sends everything but [`RenderEvent::Done`]. An input that is handed over is
/// released once it is decoded.
pub fn run(
    input: impl AsRef<[u8]>,
    request: &RenderRequest,
    accelerator: &mut dyn Accelerator,
    sink: &mut Sink<'_>,
) -> Result<(), MediaFailure> {
    let (base, upright) = open(input.as_ref(), request, sink)?;
    drop(input);
    let mut pictures = Pictures::new(base, upright, request, accelerator)?;
    sink(RenderEvent::Appearance(pictures.appearance.clone()))?;
    let outputs = in_order(&request.outputs);
    for (number, output) in outputs.iter().enumerate() {
        let used_again = outputs[number + 1..].iter().any(|later| later.name == output.name);
        let Some(picture) = pictures.take(output.name, used_again) else { continue };
        let size = picture.size;
        let bytes = accelerator.encode(picture, output.format, request.avif_effort)?;
        sink(RenderEvent::Rendition(Rendition {
            name: output.name,
            format: output.format,
            size,
            bytes: Bytes::from(bytes),
        }))?;
    }
    Ok(())
}

/// The picture as it is meant to be seen, as large as the largest output needs it, and its full size.
fn open(
    input: &[u8],
    request: &RenderRequest,
    sink: &mut Sink<'_>,
) -> Result<(RgbImage, Size), MediaFailure> {
    let inspected = inspect(input, &request.limits)?;
    sink(RenderEvent::Facts(describe(input, &inspected, request.location)))?;
    let upright = inspected.upright();
    let job = Job {
        input,
        inspected: &inspected,
        wanted_edge: ladder::needed_edge(upright, &request.outputs),
        limits: &request.limits,
    };
    let decoded = decode::decode(&job)?;
    for warning in decoded.warnings {
        sink(RenderEvent::Warning(warning))?;
    }
    Ok((decoded.image.oriented(inspected.orientation()), upright))
}

fn describe(input: &[u8], inspected: &Inspected<'_>, location: Location) -> Facts {
    let size = inspected.upright();
    let notes = inspected.exif.map(exif::camera_notes).unwrap_or_default();
    let location = match location {
        Location::Read => inspected.exif.and_then(exif::location),
        Location::Ignore => None,
    };
    Facts {
        format: inspected.format,
        width: size.width,
        height: size.height,
        orientation: inspected.orientation().number(),
        animated: inspected.animated,
        content_hash: hex::encode(Sha256::digest(input)),
        captured_at: notes.captured_at,
        camera_make: notes.make,
        camera_model: notes.model,
        lens: notes.lens,
        location,
    }
}

/// What can be shown first comes first: the 640 JPEG, then the other JPEGs and AVIFs from small to large.
fn in_order(outputs: &[Output]) -> Vec<Output> {
    let mut ordered = outputs.to_vec();
    let rank = |output: &Output| match (output.name, output.format) {
        (RenditionName::W640, Format::Jpeg) => (0, 0),
        (name, Format::Jpeg) => (1, name.long_edge()),
        (name, _) => (2, name.long_edge()),
    };
    ordered.sort_by_key(rank);
    ordered
}

/// Pictures waiting to be encoded, and what was seen on the way down to the smallest.
struct Pictures {
    made: Vec<(RenditionName, RgbImage)>,
    appearance: Appearance,
}

impl Pictures {
    /// The pyramid: each picture is made from the next larger one, so that the base is read only once.
    fn new(
        base: RgbImage,
        upright: Size,
        request: &RenderRequest,
        accelerator: &mut dyn Accelerator,
    ) -> Result<Self, MediaFailure> {
        let sizes = sizes(upright, base.size, &request.outputs);
        // The base itself is the largest rendition, where the decoder could scale so far.
        let (mut made, base) = match sizes.first() {
            Some((name, size)) if *size == base.size => (vec![(*name, base)], None),
            _ => (Vec::new(), Some(base)),
        };
        for (name, size) in sizes.iter().skip(made.len()) {
            let larger = made.last().map(|(_, picture)| picture).or(base.as_ref());
            let larger = larger.ok_or(MediaFailure::Crashed)?;
            let picture = scaled(larger, *size, accelerator)?.into_owned();
            made.push((*name, picture));
        }
        let square = request.outputs.iter().find(|output| output.name == RenditionName::Square);
        let all = || made.iter().map(|(_, picture)| picture).rev().chain(&base);
        let smallest = all().next().ok_or(MediaFailure::Crashed)?;
        let (appearance, window) = look(smallest, request, accelerator)?;
        if let Some(output) = square {
            let edge = output.size.map_or(output.name.long_edge(), Size::long);
            let source = all().find(|picture| picture.size.short() >= edge).or(all().last());
            let cut = cut_square(source.unwrap_or(smallest), window, edge, accelerator)?;
            made.push((RenditionName::Square, cut));
        }
        Ok(Self { made, appearance })
    }

    /// A picture to encode; kept if another format of it follows.
    fn take(&mut self, name: RenditionName, used_again: bool) -> Option<Cow<'_, RgbImage>> {
        let at = self.made.iter().position(|(made, _)| *made == name)?;
        if used_again {
            return Some(Cow::Borrowed(&self.made[at].1));
        }
        Some(Cow::Owned(self.made.swap_remove(at).1))
    }
}

/// Placeholder, colours and the square's window, from copies of the smallest picture.
fn look(
    smallest: &RgbImage,
    request: &RenderRequest,
    accelerator: &mut dyn Accelerator,
) -> Result<(Appearance, Window), MediaFailure> {
    let mut shrunk = |edge: u32| {
        let edge = edge.min(smallest.size.long());
        Ok(scaled(smallest, ladder::fit(smallest.size, edge), accelerator)?.into_owned())
    };
    let thumb = shrunk(PLACEHOLDER_EDGE)?;
    let Size { width, height } = smallest.size;
    let examined = shrunk(EXAMINED_EDGE * width.max(height) / width.min(height))?;
    let window = square::window(&examined, request.focus);
    // Nine by eight pixels, whatever the shape.
    let tiny = accelerator.resize(smallest, Size { width: 9, height: 8 })?;
    let appearance = Appearance {
        placeholder: appearance::placeholder(&thumb),
        dominant_colours: appearance::dominant_colours(&thumb),
        perceptual_hash: appearance::perceptual_hash(&tiny),
        square: window,
    };
    Ok((appearance, window))
}

/// Names and sizes of the ladder, largest first, for what was asked and what the picture is large enough for.
fn sizes(upright: Size, base: Size, outputs: &[Output]) -> Vec<(RenditionName, Size)> {
    let steps = ladder::steps(upright.long());
    let mut sizes: Vec<(RenditionName, Size)> = Vec::new();
    for output in outputs.iter().filter(|output| output.name != RenditionName::Square) {
        let step = steps.iter().find(|(name, _)| *name == output.name);
        let size = match (output.size, step) {
            (Some(size), _) => size,
            // The decoder's own scale counts as the step that it reaches.
            (None, Some((_, edge))) if base.long() <= *edge => base,
            (None, Some((_, edge))) => ladder::fit(upright, *edge),
            (None, None) => continue,
        };
        if sizes.iter().all(|(name, _)| *name != output.name) {
            sizes.push((output.name, size));
        }
    }
    sizes.sort_by_key(|(_, size)| std::cmp::Reverse(size.long()));
    sizes
}

fn scaled<'a>(
    image: &'a RgbImage,
    size: Size,
    accelerator: &mut dyn Accelerator,
) -> Result<Cow<'a, RgbImage>, MediaFailure> {
    if image.size == size {
        return Ok(Cow::Borrowed(image));
    }
    accelerator.resize(image, size).map(Cow::Owned)
}

fn cut_square(
    source: &RgbImage,
    window: Window,
    edge: u32,
    accelerator: &mut dyn Accelerator,
) -> Result<RgbImage, MediaFailure> {
    let (left, top, short) = square::place(window, source.size);
    let cut = source.cropped(left, top, Size { width: short, height: short });
    let edge = edge.min(short);
    Ok(scaled(&cut, Size { width: edge, height: edge }, accelerator)?.into_owned())
}
