//! The order of work for one picture: facts, decode, placeholder, the 640 JPEG, then everything else.
//!
//! Pure computation with a sink for results; the same code runs in the sandboxed process, in benches and
//! under the fuzzer. Knows no pipes and no files.

use crate::appearance::{self, PLACEHOLDER_EDGE};
use crate::decode::{self, Job};
use crate::exif;
use crate::facts::{Appearance, Facts, RenderEvent, Rendition};
use crate::failure::MediaFailure;
use crate::inspect::{Inspected, inspect};
use crate::ladder;
use crate::pixels::RgbImage;
use crate::request::{Format, Location, Output, RenderRequest, RenditionName, Size};
use crate::resize::Accelerator;
use crate::square::{self, EXAMINED_EDGE};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

/// Takes each result as soon as it exists. An error from it ends the run.
pub type Sink<'a> = dyn FnMut(RenderEvent) -> Result<(), MediaFailure> + 'a;

/// Reads the facts of a picture without decoding it.
pub fn facts(input: &[u8], request: &RenderRequest) -> Result<Facts, MediaFailure> {
    Ok(describe(input, &inspect(input, &request.limits)?, request.location))
}

/// Runs the whole pipeline. Sends everything but [`RenderEvent::Done`].
pub fn run(
    input: &[u8],
    request: &RenderRequest,
    accelerator: &mut dyn Accelerator,
    sink: &mut Sink<'_>,
) -> Result<(), MediaFailure> {
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
    let base = decoded.image.oriented(inspected.orientation());
    let pictures = Pictures::new(base, upright, request, accelerator)?;
    sink(RenderEvent::Appearance(pictures.appearance(request, accelerator)?))?;
    for output in in_order(&request.outputs) {
        let Some(picture) = pictures.of(output) else { continue };
        let bytes = Bytes::from(accelerator.encode(picture, output.format, request.avif_effort)?);
        sink(RenderEvent::Rendition(Rendition {
            name: output.name,
            format: output.format,
            size: picture.size,
            bytes,
        }))?;
    }
    Ok(())
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

/// The pyramid: each picture is made from the next larger one, so that the base is read only once.
struct Pictures {
    made: Vec<(RenditionName, RgbImage)>,
    small: RgbImage,
}

impl Pictures {
    fn new(
        base: RgbImage,
        upright: Size,
        request: &RenderRequest,
        accelerator: &mut dyn Accelerator,
    ) -> Result<Self, MediaFailure> {
        let wanted = sizes(upright, base.size, &request.outputs);
        let square = request.outputs.iter().find(|output| output.name == RenditionName::Square);
        let small = scaled(
            &base,
            ladder::fit(base.size, base.size.long().min(PLACEHOLDER_EDGE * 2)),
            accelerator,
        )?;
        let mut made: Vec<(RenditionName, RgbImage)> = Vec::new();
        if let Some(output) = square {
            made.push((
                RenditionName::Square,
                cut_square(&base, &small, output, request, accelerator)?,
            ));
        }
        let mut larger = base;
        for (name, size) in wanted {
            let picture = scaled(&larger, size, accelerator)?;
            larger = picture.clone();
            made.push((name, picture));
        }
        Ok(Self { made, small })
    }

    fn of(&self, output: Output) -> Option<&RgbImage> {
        self.made.iter().find(|(name, _)| *name == output.name).map(|(_, picture)| picture)
    }

    fn appearance(
        &self,
        request: &RenderRequest,
        accelerator: &mut dyn Accelerator,
    ) -> Result<Appearance, MediaFailure> {
        let edge = self.small.size.long().min(PLACEHOLDER_EDGE);
        let thumb = scaled(&self.small, ladder::fit(self.small.size, edge), accelerator)?;
        let tiny = stretched(&self.small, accelerator)?;
        Ok(Appearance {
            placeholder: appearance::placeholder(&thumb),
            dominant_colours: appearance::dominant_colours(&thumb),
            perceptual_hash: appearance::perceptual_hash(&tiny),
            square: square_window(&self.small, request, accelerator)?,
        })
    }
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

fn scaled(
    image: &RgbImage,
    size: Size,
    accelerator: &mut dyn Accelerator,
) -> Result<RgbImage, MediaFailure> {
    if image.size == size {
        return Ok(image.clone());
    }
    accelerator.resize(image, size)
}

/// Nine by eight pixels for the perceptual hash, whatever the shape.
fn stretched(
    small: &RgbImage,
    accelerator: &mut dyn Accelerator,
) -> Result<RgbImage, MediaFailure> {
    accelerator.resize(small, Size { width: 9, height: 8 })
}

fn square_window(
    small: &RgbImage,
    request: &RenderRequest,
    accelerator: &mut dyn Accelerator,
) -> Result<crate::facts::Window, MediaFailure> {
    let examined =
        u64::from(small.size.long()) * u64::from(EXAMINED_EDGE) / u64::from(small.size.short());
    let edge = u32::try_from(examined).unwrap_or(u32::MAX).min(small.size.long());
    Ok(square::window(&scaled(small, ladder::fit(small.size, edge), accelerator)?, request.focus))
}

fn cut_square(
    base: &RgbImage,
    small: &RgbImage,
    output: &Output,
    request: &RenderRequest,
    accelerator: &mut dyn Accelerator,
) -> Result<RgbImage, MediaFailure> {
    let (left, top, edge) = square::place(square_window(small, request, accelerator)?, base.size);
    let cut = base.cropped(left, top, Size { width: edge, height: edge });
    let edge = edge.min(output.name.long_edge());
    scaled(&cut, output.size.unwrap_or(Size { width: edge, height: edge }), accelerator)
}
