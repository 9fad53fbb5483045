//! Pictures in a HEIF container, by tiles: grids are converted and scaled down band by band, so that a
//! picture of 48 megapixels never exists as a whole. The codec decodes one coded picture at a time.

use super::planar::{Numbers, Planar, Rows};
use super::{CroppedRows, Decoded, Job};
use crate::colour::{Channels, Colour, to_srgb};
use crate::facts::Warning;
use crate::failure::MediaFailure;
use crate::inspect::crop::Crop;
use crate::inspect::heif::{Grid, Heif};
use crate::pixels::{Reducer, index, over_white};
use crate::request::Size;

/// Decodes one coded item of the container, which may have so many pixels.
pub type DecodeItem<'a> = dyn Fn(&Heif<'_>, u32, u64) -> Result<Box<dyn Planar>, MediaFailure> + 'a;

/// Pixels that the tiles may have beyond those of the picture: room for padding of small pictures.
const PADDING_PIXELS: u64 = 1_000_000;
/// What is shown in place of tiles that the file broke off before.
const MISSING: u8 = 128;

/// Decodes the primary picture, single or grid, over white where it is transparent.
pub fn decode(job: &Job<'_>, decode_item: &DecodeItem<'_>) -> Result<Decoded, MediaFailure> {
    let heif = Heif::parse(job.input).ok_or(MediaFailure::Damaged)?;
    let picture = heif.picture(heif.primary).ok_or(MediaFailure::Damaged)?;
    let coded = job.inspected.coded;
    let whole = Grid { columns: 1, size: coded, tiles: vec![picture] };
    let container =
        Container { grid: heif.grid(picture).unwrap_or(whole), heif, picture, decode_item };
    let (reading, numbers) = container.read_rows(job)?;
    let colour = container.colour(numbers);
    let truncated = reading.truncated.then_some(Warning::Truncated);
    let reduced = reading.rows.finish();
    let (image, warning) = to_srgb(reduced.size, reduced.data, Channels::Rgb, &colour);
    Ok(Decoded { image, warnings: truncated.into_iter().chain(warning).collect() })
}

struct Container<'a> {
    heif: Heif<'a>,
    picture: u32,
    grid: Grid,
    decode_item: &'a DecodeItem<'a>,
}

/// One coded picture with its converter. None where the file broke off before it.
type Tile = Option<(Box<dyn Planar>, Rows)>;

impl Container<'_> {
    fn read_rows(&self, job: &Job<'_>) -> Result<(Reading, Numbers), MediaFailure> {
        let coded = job.inspected.coded;
        // Tiles reach over the picture by less than one of them; a file that repeats large ones does not
        // get them decoded.
        let mut budget = coded.pixels() + coded.pixels() / 4 + PADDING_PIXELS;
        let first = *self.grid.tiles.first().ok_or(MediaFailure::Damaged)?;
        let first = self.decode_within(first, &mut budget)?;
        if first.size().width.saturating_mul(self.grid.columns) < coded.width {
            return Err(MediaFailure::Damaged);
        }
        let numbers = self.numbers(first.as_ref());
        let mut reading = self.start(job, first.as_ref())?;
        let mut first = Some(first);
        for band in self.grid.tiles.chunks(index(self.grid.columns)) {
            let mut tiles: Vec<Tile> = Vec::with_capacity(band.len());
            for item in band {
                let picture = match first.take() {
                    Some(first) => Ok(first),
                    None => self.decode_within(*item, &mut budget),
                };
                tiles.push(reading.tile(picture, numbers)?);
            }
            reading.push_band(tiles);
        }
        if reading.top < reading.size.height {
            return Err(MediaFailure::Damaged);
        }
        Ok((reading, numbers))
    }

    fn decode_within(&self, item: u32, budget: &mut u64) -> Result<Box<dyn Planar>, MediaFailure> {
        let picture =
            (self.decode_item)(&self.heif, item, *budget).map_err(|failure| match failure {
                MediaFailure::TooManyPixels { .. } => MediaFailure::TooComplex,
                other => other,
            })?;
        *budget = budget.saturating_sub(picture.size().pixels());
        Ok(picture)
    }

    /// Chooses how to read. Pictures that are scaled down by an even factor anyway, and whose chroma has
    /// half the size, are halved before they become RGB: a quarter of the work, and no chroma to invent.
    fn start(&self, job: &Job<'_>, first: &dyn Planar) -> Result<Reading, MediaFailure> {
        let coded = job.inspected.coded;
        let crop = self.heif.crop(coded);
        let alone = self.grid.tiles.len() == 1;
        // Opacity of grids is rare and is taken as full.
        let opacity = self.heif.alpha().filter(|_| alone);
        let opacity = opacity.map(|item| Opacity::decode(self, item, coded)).transpose()?;
        let even = [
            coded.width,
            coded.height,
            crop.left,
            crop.top,
            crop.size.width,
            crop.size.height,
            first.size().width,
            first.size().height,
        ];
        let halved = opacity.is_none()
            && (first.is_monochrome() || first.chroma_shift() == (1, 1))
            && even.iter().all(|edge| edge % 2 == 0)
            && Reducer::factor(crop.size, job.wanted_edge).is_multiple_of(2);
        let scale = |edge: u32| if halved { edge / 2 } else { edge };
        let size = Size { width: scale(coded.width), height: scale(coded.height) };
        let cropped = Size { width: scale(crop.size.width), height: scale(crop.size.height) };
        let crop = Crop { left: scale(crop.left), top: scale(crop.top), size: cropped };
        let row = vec![0; index(size.width) * 3];
        Ok(Reading {
            size,
            tile: first.size(),
            truncated: false,
            halved,
            opacity,
            rows: CroppedRows::new(crop, job.wanted_edge),
            row,
            top: 0,
        })
    }

    /// What the container says wins over what the coded picture says.
    fn numbers(&self, picture: &dyn Planar) -> Numbers {
        let items = [Some(self.picture), self.grid.tiles.first().copied()];
        let stated = items.into_iter().flatten().find_map(|item| stated_numbers(&self.heif, item));
        stated.unwrap_or_else(|| picture.numbers())
    }

    /// A profile wins over numbers.
    fn colour(&self, numbers: Numbers) -> Colour {
        let items = [Some(self.picture), self.grid.tiles.first().copied()];
        let mut bodies =
            items.into_iter().flatten().flat_map(|item| self.heif.colour_properties(item));
        match bodies.find_map(|body| body.strip_prefix(b"prof").or(body.strip_prefix(b"rICC"))) {
            Some(icc) => Colour::Icc(icc.to_vec()),
            None => Colour::Cicp { primaries: numbers.primaries, transfer: numbers.transfer },
        }
    }
}

/// Primaries, transfer, matrix and range flag of an `nclx` property. All numbers in use fit a byte.
fn stated_numbers(heif: &Heif<'_>, item: u32) -> Option<Numbers> {
    let body = heif.colour_properties(item).find_map(|body| body.strip_prefix(b"nclx"))?;
    match *body {
        [0, primaries, 0, transfer, 0, matrix, range, ..] => {
            Some(Numbers { primaries, transfer, matrix, full_range: range & 0x80 != 0 })
        }
        _ => None,
    }
}

/// How far the picture has been read.
struct Reading {
    /// Of the whole picture, after halving.
    size: Size,
    /// Of every coded picture.
    tile: Size,
    truncated: bool,
    halved: bool,
    opacity: Option<Opacity>,
    rows: CroppedRows,
    row: Vec<u8>,
    top: u32,
}

impl Reading {
    /// A tile of the same size as the first. One that is cut off or damaged leaves a gap, as in a JPEG.
    fn tile(
        &mut self,
        picture: Result<Box<dyn Planar>, MediaFailure>,
        numbers: Numbers,
    ) -> Result<Tile, MediaFailure> {
        match picture {
            Ok(picture) if picture.size() == self.tile => {
                let rows = Rows::new(picture.as_ref(), numbers, self.halved)?;
                Ok(Some((picture, rows)))
            }
            Ok(_) => Err(MediaFailure::Damaged),
            Err(MediaFailure::Damaged) => {
                self.truncated = true;
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Takes the next band of tiles; those at the right and the bottom may reach over the picture.
    fn push_band(&mut self, mut tiles: Vec<Tile>) {
        let height = self.tile.height >> u32::from(self.halved);
        let height = height.min(self.size.height - self.top);
        for y in 0..height {
            self.paint(&mut tiles, y);
            if let Some(opacity) = &mut self.opacity {
                opacity.lay_over_white(self.top + y, &mut self.row);
            }
            self.rows.push(&self.row);
        }
        self.top += height;
    }

    fn paint(&mut self, tiles: &mut [Tile], y: u32) {
        let width = index(self.tile.width >> u32::from(self.halved)).max(1);
        for (tile, part) in tiles.iter_mut().zip(self.row.chunks_mut(width * 3)) {
            match tile {
                Some((picture, rows)) => rows.rgb(picture.as_ref(), y, part),
                None => part.fill(MISSING),
            }
        }
    }
}

struct Opacity {
    picture: Box<dyn Planar>,
    rows: Rows,
    row: Vec<u8>,
}

impl Opacity {
    fn decode(container: &Container<'_>, item: u32, size: Size) -> Result<Self, MediaFailure> {
        let picture =
            (container.decode_item)(&container.heif, item, size.pixels() + PADDING_PIXELS)?;
        if picture.size() != size {
            return Err(MediaFailure::Damaged);
        }
        let numbers = stated_numbers(&container.heif, item).unwrap_or_else(|| picture.numbers());
        let rows = Rows::new(picture.as_ref(), Numbers { matrix: 1, ..numbers }, false)?;
        Ok(Self { picture, rows, row: vec![255; index(size.width)] })
    }

    fn lay_over_white(&mut self, y: u32, row: &mut [u8]) {
        self.rows.grey(self.picture.as_ref(), y, &mut self.row);
        for (pixel, alpha) in row.as_chunks_mut::<3>().0.iter_mut().zip(&self.row) {
            *pixel = pixel.map(|value| over_white(value, *alpha));
        }
    }
}
