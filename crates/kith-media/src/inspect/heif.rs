//! The HEIF container (ISO/IEC 23008-12, on ISO/IEC 14496-12 boxes) as far as still pictures need it:
//! items, their data, properties and references. Shared by AVIF and HEIC.
//!
//! Only slices and small tables; counts are bounded, nothing is decoded.

use super::Inspected;
use super::boxes::{Kind, boxes, next_box, read_version};
use super::bytes::Bytes;
use super::crop::{Crop, parse_crop};
use crate::exif::Orientation;
use crate::facts::InputFormat;
use crate::failure::MediaFailure;
use crate::request::Size;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A 48-megapixel phone picture has about 200 items (tiles, gain map, metadata).
const MAX_ENTRIES: usize = 4096;
/// A 64-megapixel picture in the smallest tiles in use, 256 by 256, has a thousand.
const MAX_TILES: usize = 1024;
/// Derived pictures refer to pictures that refer to pictures: identity of a grid of tiles is the most seen.
const MAX_DEPTH: usize = 4;

/// A parsed `meta` box.
#[derive(Debug, Default)]
pub struct Heif<'a> {
    file: &'a [u8],
    /// The item to show.
    pub primary: u32,
    items: BTreeMap<u32, Item>,
    properties: Vec<(Kind, &'a [u8])>,
    references: Vec<(Kind, u32, Vec<u32>)>,
    inline_data: &'a [u8],
}

#[derive(Debug, Default)]
struct Item {
    kind: Kind,
    /// 0: offsets into the file, 1: into `idat`.
    construction: u8,
    extents: Vec<(u64, u64)>,
    /// Indices into the properties, one-based as stored.
    properties: Vec<usize>,
}

/// A picture put together from equal tiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Tiles across.
    pub columns: u32,
    /// Size of the whole picture; tiles at the right and bottom may reach over it.
    pub size: Size,
    /// Item numbers of the tiles, row by row.
    pub tiles: Vec<u32>,
}

/// The picture type by the brands of the first box. `mif1` alone can hold either codec; the primary item
/// decides later.
pub fn sniff(input: &[u8]) -> Option<InputFormat> {
    let (_, body, _) = next_box(input)?;
    let brands =
        || body.chunks_exact(4).enumerate().filter(|(i, _)| *i != 1).map(|(_, brand)| brand);
    if brands().any(|brand| matches!(brand, b"avif" | b"avis")) {
        return Some(InputFormat::Avif);
    }
    let heif: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    brands().any(|brand| heif.contains(&brand)).then_some(InputFormat::Heic)
}

/// Type, size, EXIF and orientation of the primary picture.
pub fn inspect(input: &[u8]) -> Result<Inspected<'_>, MediaFailure> {
    let heif = Heif::parse(input).ok_or(MediaFailure::Damaged)?;
    let picture = heif.picture(heif.primary).ok_or(MediaFailure::Damaged)?;
    let grid = heif.grid(picture);
    if grid.as_ref().is_some_and(|grid| grid.tiles.len() > MAX_TILES) {
        return Err(MediaFailure::TooComplex);
    }
    let coded = grid.as_ref().and_then(|grid| grid.tiles.first().copied()).unwrap_or(picture);
    let format = match &heif.kind(coded).ok_or(MediaFailure::Damaged)? {
        b"av01" => InputFormat::Avif,
        b"hvc1" | b"hev1" => InputFormat::Heic,
        _ => return Err(MediaFailure::UnsupportedType),
    };
    let size = match &grid {
        Some(grid) => grid.size,
        None => heif.stated_size(picture).ok_or(MediaFailure::Damaged)?,
    };
    let mut inspected = Inspected::new(format, heif.crop(size).size);
    inspected.coded = size;
    inspected.container_orientation = heif.orientation();
    inspected.animated = sniff_sequence(input);
    inspected.exif = heif.exif();
    Ok(inspected)
}

fn sniff_sequence(input: &[u8]) -> bool {
    next_box(input).is_some_and(|(_, body, _)| {
        body.get(..4).is_some_and(|major| matches!(major, b"avis" | b"msf1" | b"hevc"))
    })
}

impl<'a> Heif<'a> {
    /// Reads the `meta` box of a file.
    pub fn parse(file: &'a [u8]) -> Option<Self> {
        let meta = boxes(file).find(|(kind, _)| kind == b"meta")?.1;
        let mut heif = Self { file, ..Self::default() };
        for (kind, body) in boxes(meta.get(4..)?) {
            match &kind {
                b"pitm" => heif.primary = parse_primary(body)?,
                b"iinf" => heif.parse_items(body)?,
                b"iloc" => heif.parse_locations(body)?,
                b"iref" => heif.parse_references(body)?,
                b"iprp" => heif.parse_properties(body)?,
                b"idat" => heif.inline_data = body,
                _ => {}
            }
        }
        if heif.primary == 0 {
            // Image sequences may name none; their first item is the first frame.
            heif.primary = *heif.items.keys().next()?;
        }
        Some(heif)
    }

    fn kind(&self, item: u32) -> Option<Kind> {
        self.items.get(&item).map(|item| item.kind)
    }

    /// Follows identity derivations down to the picture they show.
    pub fn picture(&self, item: u32) -> Option<u32> {
        let mut at = item;
        for _ in 0..MAX_DEPTH {
            if &self.kind(at)? != b"iden" {
                return Some(at);
            }
            at = *self.references_from(*b"dimg", at)?.first()?;
        }
        None
    }

    /// The tiles of a grid item; `None` for any other.
    pub fn grid(&self, item: u32) -> Option<Grid> {
        if &self.kind(item)? != b"grid" {
            return None;
        }
        let data = self.data(item)?;
        let mut bytes = Bytes::new(&data);
        let wide = {
            bytes.u8()?;
            bytes.u8()? & 1 == 1
        };
        let rows = u32::from(bytes.u8()?) + 1;
        let columns = u32::from(bytes.u8()?) + 1;
        let mut edge = || if wide { bytes.u32() } else { bytes.u16().map(u32::from) };
        let size = Size { width: edge()?, height: edge()? };
        let tiles = self.references_from(*b"dimg", item)?.to_vec();
        (tiles.len() as u64 == u64::from(rows) * u64::from(columns)).then_some(Grid {
            columns,
            size,
            tiles,
        })
    }

    /// The size that the container states for an item.
    pub fn stated_size(&self, item: u32) -> Option<Size> {
        let mut bytes = Bytes::new(self.property(item, *b"ispe")?.get(4..)?);
        Some(Size { width: bytes.u32()?, height: bytes.u32()? })
    }

    /// The bytes of an item: a slice of the file where it lies in one piece.
    pub fn data(&self, item: u32) -> Option<Cow<'a, [u8]>> {
        let item = self.items.get(&item)?;
        let source = match item.construction {
            0 => self.file,
            1 => self.inline_data,
            _ => return None,
        };
        let extent = |(offset, length): &(u64, u64)| {
            let rest = source.get(usize::try_from(*offset).ok()?..)?;
            if *length == 0 { Some(rest) } else { rest.get(..usize::try_from(*length).ok()?) }
        };
        if let [only] = item.extents.as_slice() {
            return extent(only).map(Cow::Borrowed);
        }
        let mut joined = Vec::new();
        for part in &item.extents {
            joined.extend_from_slice(extent(part)?);
            // Extents may overlap: without this a small file could name itself thousands of times.
            if joined.len() > source.len() {
                return None;
            }
        }
        Some(Cow::Owned(joined))
    }

    /// A property of an item by its kind.
    pub fn property(&self, item: u32, kind: Kind) -> Option<&'a [u8]> {
        self.properties_of(item).find(|(found, _)| *found == kind).map(|(_, body)| body)
    }

    /// The bodies of all colour properties of an item: a profile and numbers may stand side by side.
    pub fn colour_properties(&self, item: u32) -> impl Iterator<Item = &'a [u8]> + '_ {
        self.properties_of(item).filter(|(kind, _)| kind == b"colr").map(|(_, body)| body)
    }

    fn properties_of(&self, item: u32) -> impl Iterator<Item = (Kind, &'a [u8])> + '_ {
        let indices = self.items.get(&item).map_or(&[][..], |item| &item.properties);
        indices.iter().filter_map(|index| self.properties.get(index.checked_sub(1)?).copied())
    }

    fn references_from(&self, kind: Kind, item: u32) -> Option<&[u32]> {
        let (_, _, to) =
            self.references.iter().find(|(found, from, _)| *found == kind && *from == item)?;
        Some(to)
    }

    fn referring_to(&self, kind: Kind, item: u32) -> impl Iterator<Item = u32> + '_ {
        let hits = self
            .references
            .iter()
            .filter(move |(found, _, to)| *found == kind && to.contains(&item));
        hits.map(|(_, from, _)| *from)
    }

    /// The item with the opacity of the primary picture.
    pub fn alpha(&self) -> Option<u32> {
        self.referring_to(*b"auxl", self.primary).find(|item| {
            let kind = self.property(*item, *b"auxC").and_then(|body| body.get(4..));
            kind.is_some_and(|name| {
                name.starts_with(b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha")
                    || name.starts_with(b"urn:mpeg:hevc:2015:auxid:1")
            })
        })
    }

    /// The clean aperture of the primary item, or all of the picture. A property that makes no sense is
    /// ignored, as viewers do.
    pub fn crop(&self, coded: Size) -> Crop {
        let whole = Crop { left: 0, top: 0, size: coded };
        self.property(self.primary, *b"clap")
            .and_then(|body| parse_crop(body, coded))
            .unwrap_or(whole)
    }

    /// The turn that rotation and mirror properties of the primary item ask for, in their order.
    pub fn orientation(&self) -> Orientation {
        let steps = self.properties_of(self.primary).filter_map(|(kind, body)| match &kind {
            b"irot" => Some(Orientation::turned_left(body.first()? & 3)),
            b"imir" => Some(if body.first()? & 1 == 0 {
                Orientation::FlippedDown
            } else {
                Orientation::Mirrored
            }),
            _ => None,
        });
        steps.fold(Orientation::Upright, Orientation::then)
    }

    /// The TIFF block of the EXIF item that describes the primary picture.
    fn exif(&self) -> Option<&'a [u8]> {
        let item = self
            .referring_to(*b"cdsc", self.primary)
            .find(|item| self.kind(*item) == Some(*b"Exif"))?;
        let Cow::Borrowed(data) = self.data(item)? else { return None };
        let skip = usize::try_from(Bytes::new(data).u32()?).ok()?;
        data.get(4_usize.checked_add(skip)?..)
    }

    fn parse_items(&mut self, body: &'a [u8]) -> Option<()> {
        let mut bytes = Bytes::new(body);
        let version = read_version(&mut bytes)?;
        bytes.take(if version == 0 { 2 } else { 4 })?;
        for (kind, body) in boxes(bytes.rest()).take(MAX_ENTRIES) {
            if &kind != b"infe" {
                continue;
            }
            let mut fields = Bytes::new(body);
            let version = read_version(&mut fields)?;
            if version < 2 {
                continue;
            }
            let id = if version == 2 { fields.u16()?.into() } else { fields.u32()? };
            fields.take(2)?;
            self.items.entry(id).or_default().kind = fields.take(4)?.try_into().ok()?;
        }
        Some(())
    }

    fn parse_locations(&mut self, body: &'a [u8]) -> Option<()> {
        let mut bytes = Bytes::new(body);
        let version = read_version(&mut bytes)?;
        let widths = [bytes.u8()?, bytes.u8()?];
        let (offset, length) = (usize::from(widths[0] >> 4), usize::from(widths[0] & 15));
        let (base, index) = (
            usize::from(widths[1] >> 4),
            if version == 0 { 0 } else { usize::from(widths[1] & 15) },
        );
        let count = if version < 2 { bytes.u16()?.into() } else { bytes.u32()? };
        // Extents whose fields have no width cost the file nothing.
        let mut room = MAX_ENTRIES;
        for _ in 0..usize::try_from(count).ok()?.min(MAX_ENTRIES) {
            let id = if version < 2 { bytes.u16()?.into() } else { bytes.u32()? };
            let construction = if version == 0 { 0 } else { bytes.u16()? & 15 };
            bytes.take(2)?;
            let start = bytes.uint(base)?;
            let mut extents = Vec::new();
            for _ in 0..bytes.u16()? {
                room = room.checked_sub(1)?;
                bytes.uint(index)?;
                extents.push((start.checked_add(bytes.uint(offset)?)?, bytes.uint(length)?));
            }
            let item = self.items.entry(id).or_default();
            item.construction = u8::try_from(construction).ok()?;
            item.extents = extents;
        }
        Some(())
    }

    fn parse_references(&mut self, body: &'a [u8]) -> Option<()> {
        let mut bytes = Bytes::new(body);
        let wide = read_version(&mut bytes)? != 0;
        for (kind, body) in boxes(bytes.rest()).take(MAX_ENTRIES) {
            let mut fields = Bytes::new(body);
            let mut id = || if wide { fields.u32() } else { fields.u16().map(u32::from) };
            let from = id()?;
            let to = Bytes::new(fields.take(2)?).u16()?;
            let mut id = || if wide { fields.u32() } else { fields.u16().map(u32::from) };
            let to = (0..to).map(|_| id()).collect::<Option<Vec<_>>>()?;
            self.references.push((kind, from, to));
        }
        Some(())
    }

    fn parse_properties(&mut self, body: &'a [u8]) -> Option<()> {
        for (kind, body) in boxes(body) {
            match &kind {
                b"ipco" => self.properties = boxes(body).take(MAX_ENTRIES).collect(),
                b"ipma" => self.parse_associations(body)?,
                _ => {}
            }
        }
        Some(())
    }

    fn parse_associations(&mut self, body: &'a [u8]) -> Option<()> {
        let mut bytes = Bytes::new(body);
        let version = bytes.u8()?;
        let wide = bytes.take(3)?[2] & 1 == 1;
        for _ in 0..usize::try_from(bytes.u32()?).ok()?.min(MAX_ENTRIES) {
            let id = if version == 0 { bytes.u16()?.into() } else { bytes.u32()? };
            let count = bytes.u8()?;
            let mut index = || {
                if wide {
                    bytes.u16().map(|v| v & 0x7fff)
                } else {
                    bytes.u8().map(|v| u16::from(v & 0x7f))
                }
            };
            let indices =
                (0..count).map(|_| index().map(usize::from)).collect::<Option<Vec<_>>>()?;
            self.items.entry(id).or_default().properties.extend(indices);
        }
        Some(())
    }
}

fn parse_primary(body: &[u8]) -> Option<u32> {
    let mut bytes = Bytes::new(body);
    if read_version(&mut bytes)? == 0 { bytes.u16().map(u32::from) } else { bytes.u32() }
}
