//! What is known of a picture besides its renditions: kept in `image_metadata`, never in served files.

use crate::request::{Format, RenditionName, Size};
use crate::sandbox::Enforced;
use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InputFormat {
    /// JPEG: baseline, progressive, grey, CMYK; the first picture of a multi-picture file.
    Jpeg,
    /// PNG, 1 to 16 bit, interlaced or not; the default image of an animated one.
    Png,
    /// WebP, lossy and lossless; the first frame of an animated one.
    Webp,
    /// AVIF, 8 to 12 bit, single or grid.
    Avif,
    /// HEIC, single or grid.
    Heic,
    /// GIF, first frame.
    Gif,
}

impl InputFormat {
    /// Media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
            Self::Heic => "image/heic",
            Self::Gif => "image/gif",
        }
    }
}

/// What the headers say. Sent before anything is decoded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// What the bytes are, whatever the upload declared.
    pub format: InputFormat,
    /// Width of the upright picture.
    pub width: u32,
    /// Height of the upright picture.
    pub height: u32,
    /// EXIF orientation that was applied, 1 to 8.
    pub orientation: u8,
    /// The file holds further frames, which are ignored.
    pub animated: bool,
    /// SHA-256 of the input, lower-case hexadecimal.
    pub content_hash: String,
    /// When the shutter was pressed: `YYYY-MM-DDTHH:MM:SS` by the camera's clock, with `±HH:MM` where the
    /// camera noted its offset.
    pub captured_at: Option<String>,
    /// Maker of the camera.
    pub camera_make: Option<String>,
    /// Model of the camera.
    pub camera_model: Option<String>,
    /// Lens.
    pub lens: Option<String>,
    /// Where it was taken. Only if the request asked for it.
    pub location: Option<GeoPoint>,
}

/// A place on earth in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GeoPoint {
    /// North is positive.
    pub latitude: f64,
    /// East is positive.
    pub longitude: f64,
}

/// How the picture looks, in a few bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Appearance {
    /// Thumbhash (<https://evanw.github.io/thumbhash/>), base64.
    pub placeholder: String,
    /// Up to five colours as `#rrggbb`, the most common first.
    pub dominant_colours: Vec<String>,
    /// 64-bit difference hash of the luminance, hexadecimal: near pictures differ in few bits.
    pub perceptual_hash: String,
    /// The square's window in the upright picture, as fractions of its width and height.
    pub square: Window,
}

/// A rectangle in fractions of a picture's width and height.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Which rendition.
    pub name: RenditionName,
    /// In which format.
    pub format: Format,
    /// Its size.
    pub size: Size,
    /// The file.
    pub bytes: Bytes,
}

/// Something that the author may want to know although the picture was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Warning {
    /// The file breaks off or has defects that the decoder worked around.
    Truncated,
    /// The colour profile could not be used; colours are taken as sRGB.
    ColourProfileIgnored,
}

/// The last word of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Processor time of the child, in milliseconds.
    pub cpu_ms: u64,
    /// Most memory resident in the child, in bytes.
    pub peak_memory: u64,
    /// What the kernel enforced while the picture was decoded.
    pub sandbox: Enforced,
}

/// What a run reports, in this order: facts, appearance, renditions as they are ready (the 640 JPEG
/// first), done. Warnings come before the first rendition.
#[derive(Debug, Clone, PartialEq)]
pub enum RenderEvent {
    /// What the headers say.
    Facts(Facts),
    /// Placeholder and colours.
    Appearance(Appearance),
    /// A defect that was worked around.
    Warning(Warning),
    /// A finished file.
    Rendition(Rendition),
    /// Everything that was asked for has been sent.
    Done(Summary),
}
