//! Scaling down, and the place where other hardware could take over the heavy work.

use crate::failure::MediaFailure;
use crate::pixels::RgbImage;
use crate::quality;
use crate::request::{AvifEffort, Format, Size};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use std::borrow::Cow;

/// The work that dominates a run: scaling and encoding. A back end on other hardware implements this one
/// trait and is handed to [`crate::pipeline::run`]; decoding, limits, colour and order stay as they are.
pub trait Accelerator {
    /// Scales a picture down to a size no larger than its own.
    fn resize(&mut self, image: &RgbImage, size: Size) -> Result<RgbImage, MediaFailure>;

    /// Encodes a picture; the result holds nothing but its pixels. One that is handed over is released
    /// as soon as it is no longer needed.
    fn encode(
        &mut self,
        image: Cow<'_, RgbImage>,
        format: Format,
        effort: AvifEffort,
    ) -> Result<Vec<u8>, MediaFailure>;
}

/// The processor with its vector units.
#[derive(Debug, Default)]
pub struct Cpu {
    resizer: Resizer,
}

impl Accelerator for Cpu {
    /// Lanczos with three lobes on the sRGB values, as every peer does; linear light costs eight times more.
    fn resize(&mut self, image: &RgbImage, size: Size) -> Result<RgbImage, MediaFailure> {
        let source =
            ImageRef::new(image.size.width, image.size.height, &image.data, PixelType::U8x3);
        let source = source.map_err(|_| MediaFailure::Crashed)?;
        let mut scaled = Image::new(size.width, size.height, PixelType::U8x3);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        self.resizer.resize(&source, &mut scaled, &options).map_err(|_| MediaFailure::Crashed)?;
        Ok(RgbImage { size, data: scaled.into_vec() })
    }

    fn encode(
        &mut self,
        image: Cow<'_, RgbImage>,
        format: Format,
        effort: AvifEffort,
    ) -> Result<Vec<u8>, MediaFailure> {
        // What scaling needed is not needed any more, and encoding is where a run needs most.
        self.resizer.reset_internal_buffers();
        let setting = quality::setting(format, effort, image.size);
        crate::encode::encode(image, setting)
    }
}
