//! What is asked of one run: which renditions, how the square is placed, what may be read.
//!
//! Owns the names of renditions and formats. Knows nothing of decoding.

use crate::limits::Limits;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Raised whenever the same input gives other bytes: renditions are stored under it.
pub const PIPELINE_VERSION: u32 = 2;

/// A size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Size {
    /// The longer edge.
    pub fn long(self) -> u32 {
        self.width.max(self.height)
    }

    /// The shorter edge.
    pub fn short(self) -> u32 {
        self.width.min(self.height)
    }

    /// Number of pixels.
    pub fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Width and height exchanged.
    #[must_use]
    pub fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }
}

/// The renditions by name: four by their long edge, and the content-aware square.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RenditionName {
    /// 320 pixels.
    W320,
    /// 640 pixels.
    W640,
    /// 1080 pixels.
    W1080,
    /// 2048 pixels.
    W2048,
    /// Square of at most [`SQUARE_EDGE`] pixels.
    Square,
}

/// Edge of the square rendition: three columns on a large phone at three device pixels per point.
pub const SQUARE_EDGE: u32 = 480;

impl RenditionName {
    /// The ladder, smallest first.
    pub const LADDER: [Self; 4] = [Self::W320, Self::W640, Self::W1080, Self::W2048];

    /// Name in URLs and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::W320 => "w320",
            Self::W640 => "w640",
            Self::W1080 => "w1080",
            Self::W2048 => "w2048",
            Self::Square => "square",
        }
    }

    /// Longest edge that this name allows.
    pub fn long_edge(self) -> u32 {
        match self {
            Self::W320 => 320,
            Self::W640 => 640,
            Self::W1080 => 1080,
            Self::W2048 => 2048,
            Self::Square => SQUARE_EDGE,
        }
    }
}

impl fmt::Display for RenditionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Formats that are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// AVIF, 8 bit; 4:4:4 up to 1280 pixels, 4:2:0 above.
    Avif,
    /// Lossy WebP.
    Webp,
    /// Progressive JPEG.
    Jpeg,
}

impl Format {
    /// Media type, as in `Content-Type`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// Usual ending of a file name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
        }
    }
}

/// One file to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Which rendition.
    pub name: RenditionName,
    /// In which format.
    pub format: Format,
    /// The exact size, when an existing rendition gets a further format; else the ladder decides.
    pub size: Option<Size>,
}

/// Where the square is cut.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "lowercase")]
pub enum Focus {
    /// Around what the picture shows.
    Content,
    /// Around a point the author chose, as fractions of width and height of the upright picture.
    Point {
        /// 0 is the left edge, 1 the right one.
        x: f32,
        /// 0 is the top edge, 1 the bottom one.
        y: f32,
    },
}

/// Whether the place where a photo was taken is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Location {
    /// Not even parsed. The default.
    Ignore,
    /// The author asked to keep it.
    Read,
}

/// How long the AVIF encoder may think.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AvifEffort {
    /// At upload: speed 9, about 20 megapixels per second and core.
    Fast,
    /// At idle, for pictures that are looked at: speed 6, about 15 % smaller for ten times the time.
    Small,
}

/// Everything one run needs to know besides the bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RenderRequest {
    /// Exact number of input bytes.
    pub byte_size: u64,
    /// Files to make. Those that the picture is too small for are left out.
    pub outputs: Vec<Output>,
    /// How the square is placed.
    pub focus: Focus,
    /// Whether the location is read.
    pub location: Location,
    /// Effort of the AVIF encoder.
    pub avif_effort: AvifEffort,
    /// What the run may cost.
    pub limits: Limits,
}

impl RenderRequest {
    /// The set made for every upload: the ladder and the square, as JPEG and AVIF.
    pub fn complete_set(byte_size: u64) -> Self {
        let names = RenditionName::LADDER.into_iter().chain([RenditionName::Square]);
        let outputs = names
            .flat_map(|name| {
                [Format::Jpeg, Format::Avif].map(|format| Output { name, format, size: None })
            })
            .collect();
        Self::of(byte_size, outputs)
    }

    /// One further format of a rendition that exists. The input is the JPEG of the largest rendition (for
    /// the square: the square's own JPEG), `size` the size the rendition already has.
    pub fn further_format(byte_size: u64, name: RenditionName, size: Size, format: Format) -> Self {
        Self::of(byte_size, vec![Output { name, format, size: Some(size) }])
    }

    /// Any list of files, with the default limits.
    pub fn of(byte_size: u64, outputs: Vec<Output>) -> Self {
        Self {
            byte_size,
            outputs,
            focus: Focus::Content,
            location: Location::Ignore,
            avif_effort: AvifEffort::Fast,
            limits: Limits::default(),
        }
    }
}
