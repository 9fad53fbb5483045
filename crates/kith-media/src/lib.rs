//! Photos: bytes in, renditions and facts out.
//!
//! A picture of any accepted format becomes a set of JPEG, AVIF and WebP files that hold nothing but
//! pixels, a placeholder, a content-aware square and the facts kept in `image_metadata`. Decoding happens
//! in a fresh sandboxed process per picture ([`child`]), started and judged by [`process`].
//!
//! **Invariants.** Headers are checked against [`limits`] before a decoder runs. No byte of the input
//! reaches an output but through decoded pixels. The parent trusts nothing that the child says
//! ([`protocol`]). No network, no database, no files: whoever calls brings and takes bytes.

mod appearance;
pub mod child;
mod cli;
mod colour;
mod decode;
mod encode;
mod exif;
pub mod facts;
pub mod failure;
#[doc(hidden)]
pub mod fuzz;
mod inspect;
mod ladder;
pub mod limits;
mod native;
pub mod pipeline;
mod pixels;
pub mod process;
pub mod protocol;
mod quality;
pub mod request;
pub mod resize;
pub mod sandbox;
mod square;
mod survey;

pub use facts::{Appearance, Facts, InputFormat, RenderEvent, Rendition, Summary, Warning};
pub use failure::MediaFailure;
pub use limits::Limits;
pub use pixels::RgbImage;
pub use process::{MediaProcess, Rendering};
pub use request::{
    AvifEffort, Focus, Format, Location, Output, PIPELINE_VERSION, RenderRequest, RenditionName,
    SQUARE_EDGE, Size,
};
