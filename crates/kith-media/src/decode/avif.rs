//! AVIF: the HEIF container read here, its AV1 pictures decoded by libaom.

use super::yuv::YuvRows;
use super::{CroppedRows, Decoded, Job};
use crate::colour::{Channels, Colour, to_srgb};
use crate::failure::MediaFailure;
use crate::inspect::heif::{Grid, Heif};
use crate::native::Av1Frame;
use crate::pixels::{index, over_white};
use crate::request::Size;

/// Decodes the primary picture, single or grid, over white where it is transparent.
pub fn decode(job: &Job<'_>) -> Result<Decoded, MediaFailure> {
    let heif = Heif::parse(job.input).ok_or(MediaFailure::Damaged)?;
    let picture = heif.picture(heif.primary).ok_or(MediaFailure::Damaged)?;
    let coded = job.inspected.coded;
    let whole = Grid { columns: 1, size: coded, tiles: vec![picture] };
    let grid = heif.grid(picture).unwrap_or(whole);
    // Opacity of grids is rare and is taken as full.
    let mut opacity = match heif.alpha() {
        Some(item) if grid.tiles.len() == 1 => {
            Some(Opacity::decode(&heif, item, coded, job.limits.pixels)?)
        }
        _ => None,
    };
    let mut rows = CroppedRows::new(heif.crop(coded), job.wanted_edge);
    let mut stated = None;
    let mut row = vec![0; index(coded.width) * 3];
    let mut top = 0;
    for band in grid.tiles.chunks(index(grid.columns)) {
        let mut tiles = band
            .iter()
            .map(|item| Tile::decode(&heif, *item, job.limits.pixels))
            .collect::<Result<Vec<_>, _>>()?;
        let first = tiles.first().ok_or(MediaFailure::Damaged)?;
        stated = stated.or(Some(first.frame.cicp()));
        let height = first.frame.size().height.min(coded.height - top);
        for y in 0..height {
            paint(&mut tiles, y, &mut row);
            if let Some(opacity) = &mut opacity {
                opacity.lay_over_white(top + y, &mut row);
            }
            rows.push(&row);
        }
        top += height;
        if top == coded.height {
            break;
        }
    }
    if top < coded.height {
        return Err(MediaFailure::Damaged);
    }
    let colour = colour_of(&heif, picture, stated);
    let reduced = rows.finish();
    let (image, warning) = to_srgb(reduced.size, reduced.data, Channels::Rgb, &colour);
    Ok(Decoded { image, warnings: warning.into_iter().collect() })
}

/// One coded picture with its converter.
struct Tile {
    frame: Av1Frame,
    rows: YuvRows,
}

impl Tile {
    fn decode(heif: &Heif<'_>, item: u32, max_pixels: u64) -> Result<Self, MediaFailure> {
        let data = heif.data(item).ok_or(MediaFailure::Damaged)?;
        let frame = Av1Frame::decode(&data, max_pixels)?;
        let (matrix, full_range) = numbers(heif, item).map_or_else(
            || (frame.cicp().2, frame.is_full_range()),
            |[_, _, matrix, full_range]| (matrix, full_range != 0),
        );
        let rows = YuvRows::new(&frame, matrix, full_range)?;
        Ok(Self { frame, rows })
    }
}

/// Fills one row of the whole picture from a band of tiles; tiles may reach over its right edge.
fn paint(tiles: &mut [Tile], y: u32, row: &mut [u8]) {
    let mut rest = row;
    for tile in tiles {
        let width = (index(tile.frame.size().width) * 3).min(rest.len());
        let (part, after) = rest.split_at_mut(width);
        tile.rows.rgb(&tile.frame, y, part);
        rest = after;
    }
}

struct Opacity {
    tile: Tile,
    row: Vec<u8>,
}

impl Opacity {
    fn decode(
        heif: &Heif<'_>,
        item: u32,
        size: Size,
        max_pixels: u64,
    ) -> Result<Self, MediaFailure> {
        let tile = Tile::decode(heif, item, max_pixels)?;
        if tile.frame.size() != size {
            return Err(MediaFailure::Damaged);
        }
        Ok(Self { tile, row: vec![255; index(size.width)] })
    }

    fn lay_over_white(&mut self, y: u32, row: &mut [u8]) {
        self.tile.rows.grey(&self.tile.frame, y, &mut self.row);
        for (pixel, alpha) in row.as_chunks_mut::<3>().0.iter_mut().zip(&self.row) {
            *pixel = pixel.map(|value| over_white(value, *alpha));
        }
    }
}

/// A profile wins over the container's numbers, these over the stream's.
fn colour_of(heif: &Heif<'_>, picture: u32, stream: Option<(u8, u8, u8)>) -> Colour {
    if let Some(icc) = heif
        .colour_properties(picture)
        .find_map(|body| body.strip_prefix(b"prof").or(body.strip_prefix(b"rICC")))
    {
        return Colour::Icc(icc.to_vec());
    }
    let stated = numbers(heif, picture).map(|[primaries, transfer, ..]| (primaries, transfer));
    match stated.or(stream.map(|(primaries, transfer, _)| (primaries, transfer))) {
        Some((primaries, transfer)) => Colour::Cicp { primaries, transfer },
        None => Colour::Srgb,
    }
}

/// Primaries, transfer, matrix and range flag of an `nclx` property. All numbers in use fit a byte.
fn numbers(heif: &Heif<'_>, item: u32) -> Option<[u8; 4]> {
    let body = heif.colour_properties(item).find_map(|body| body.strip_prefix(b"nclx"))?;
    match *body {
        [0, primaries, 0, transfer, 0, matrix, range, ..] => {
            Some([primaries, transfer, matrix, range >> 7])
        }
        _ => None,
    }
}
