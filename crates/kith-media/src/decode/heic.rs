//! HEIC: coded pictures of a HEIF container by `heic-decoder` (safe Rust, no `unsafe` at all).
//!
//! The decoder takes whole files. Each coded picture is handed to it in a minimal file of its own, so that
//! only a band of tiles is in memory and the container is read once, by our own tolerant reader.

use super::heif;
use super::planar::{Numbers, Planar};
use super::{Decoded, Job};
use crate::failure::MediaFailure;
use crate::inspect::check_size;
use crate::inspect::heif::Heif;
use crate::limits::Limits;
use crate::pixels::index;
use crate::request::Size;
use heic_decoder::{DecodedImage, HeifError};

/// Decodes the primary picture.
pub fn decode(job: &Job<'_>) -> Result<Decoded, MediaFailure> {
    heif::decode(job, &|container, item, max_pixels| {
        let limits = Limits { pixels: max_pixels, ..job.limits.clone() };
        Ok(Box::new(decode_item(container, item, &limits)?))
    })
}

fn decode_item(container: &Heif<'_>, item: u32, limits: &Limits) -> Result<Hevc, MediaFailure> {
    let configuration = container.property(item, *b"hvcC").ok_or(MediaFailure::Damaged)?;
    let data = container.data(item).ok_or(MediaFailure::Damaged)?;
    let file = single_picture_file(configuration, &data).ok_or(MediaFailure::Damaged)?;
    drop(data);
    let info = heic_decoder::probe(&file).map_err(|error| refusal(&error))?;
    let coded = Size { width: edge(info.coded_width), height: edge(info.coded_height) };
    check_size(coded, limits)?;
    Ok(Hevc { image: heic_decoder::decode(&file).map_err(|error| refusal(&error))? })
}

fn edge(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn refusal(error: &HeifError) -> MediaFailure {
    match error {
        HeifError::LimitExceeded(_) => MediaFailure::OutOfMemory,
        HeifError::Unsupported(_) => MediaFailure::UnsupportedType,
        _ => MediaFailure::Damaged,
    }
}

/// The smallest file that holds one coded picture (ISO/IEC 23008-12, one `hvc1` item).
fn single_picture_file(configuration: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    let full = |kind: [u8; 4], version: u8, body: &[u8]| {
        boxed(kind, &[&[version, 0, 0, 0], body].concat())
    };
    let entry = full(*b"infe", 2, b"\0\x01\0\0hvc1\0")?;
    let items = full(*b"iinf", 0, &[&[0, 1], entry.as_slice()].concat())?;
    let properties = boxed(*b"ipco", &boxed(*b"hvcC", configuration)?)?;
    // One item, one property, marked essential.
    let associations = full(*b"ipma", 0, &[0, 0, 0, 1, 0, 1, 1, 0x81])?;
    let properties = boxed(*b"iprp", &[properties, associations].concat())?;
    let primary = full(*b"pitm", 0, &[0, 1])?;
    let brands = boxed(*b"ftyp", b"heic\0\0\0\0mif1heic")?;
    let location = |offset: usize| {
        let numbers = [
            u32::try_from(offset).ok()?.to_be_bytes(),
            u32::try_from(data.len()).ok()?.to_be_bytes(),
        ]
        .concat();
        full(*b"iloc", 0, &[&[0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1], numbers.as_slice()].concat())
    };
    let meta = |location: Vec<u8>| {
        full(*b"meta", 0, &[primary.as_slice(), &items, &location, &properties].concat())
    };
    // The location has a fixed length, so the offset is known from a first draft.
    let offset = brands.len() + meta(location(0)?)?.len() + 8;
    Some([brands, meta(location(offset)?)?, boxed(*b"mdat", data)?].concat())
}

fn boxed(kind: [u8; 4], body: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(body.len() + 8).ok()?.to_be_bytes();
    Some([&length, kind.as_slice(), body].concat())
}

/// A decoded HEVC picture.
struct Hevc {
    image: DecodedImage,
}

impl Planar for Hevc {
    fn size(&self) -> Size {
        Size { width: edge(self.image.width), height: edge(self.image.height) }
    }

    fn bit_depth(&self) -> u8 {
        u8::try_from(self.image.bit_depth_luma).unwrap_or(8)
    }

    fn is_monochrome(&self) -> bool {
        self.image.chroma_format_idc == 0
    }

    fn chroma_shift(&self) -> (u8, u8) {
        match self.image.chroma_format_idc {
            1 => (1, 1),
            2 => (1, 0),
            _ => (0, 0),
        }
    }

    /// An unlabelled picture has the narrow range and, by the custom of still pictures, BT.601.
    fn numbers(&self) -> Numbers {
        let unlabelled = Numbers { primaries: 2, transfer: 2, matrix: 2, full_range: false };
        self.image.color_info.map_or(unlabelled, |info| {
            let number = |value: u16| u8::try_from(value).unwrap_or(2);
            Numbers {
                primaries: number(info.color_primaries),
                transfer: number(info.transfer_characteristics),
                matrix: number(info.matrix_coefficients),
                full_range: info.full_range,
            }
        })
    }

    fn read(&self, plane: usize, row: u32, to: &mut [u16]) {
        let (samples, width) = match plane {
            0 => (&self.image.y, self.image.width),
            1 => (&self.image.cb, self.image.cb_width),
            _ => (&self.image.cr, self.image.cb_width),
        };
        let start = index(row) * width;
        let Some(samples) = samples.get(start..start + width) else { return };
        for (sample, to) in samples.iter().zip(to) {
            *to = u16::try_from(*sample).unwrap_or(0);
        }
    }
}
