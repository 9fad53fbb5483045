//! Uploads and the images made of them.

mod image;

pub use image::{ImageBody, ImageUrls, StoredImage, StoredRendition, ViewerSignature};
