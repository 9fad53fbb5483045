//! Brushes for landscapes: a canvas, noise, shapes with soft edges, and the film's grain.
//!
//! Everything is a function of a seed, so the same scene is the same photo. It must never read a file: no
//! picture here is of anybody. Lengths are in units of the canvas's height, colours are sRGB from 0 to 255.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "coordinates are small and clamped before they become indices"
)]

/// Red, green, blue.
pub type Colour = [f32; 3];
/// Across and down.
pub type Point = (f32, f32);

/// Rows between two rows of pixels on which the edge of a shape is looked at.
const SUBROWS: usize = 3;

/// Reads `0xRRGGBB`.
pub fn rgb(code: u32) -> Colour {
    [(code >> 16) & 255, (code >> 8) & 255, code & 255].map(|channel| channel as f32)
}

/// Goes from one colour to another, `share` from 0 to 1.
pub fn mix(from: Colour, to: Colour, share: f32) -> Colour {
    let share = share.clamp(0.0, 1.0);
    [
        from[0] + (to[0] - from[0]) * share,
        from[1] + (to[1] - from[1]) * share,
        from[2] + (to[2] - from[2]) * share,
    ]
}

/// Adds light.
pub fn lighten(colour: Colour, light: Colour, amount: f32) -> Colour {
    [colour[0] + light[0] * amount, colour[1] + light[1] * amount, colour[2] + light[2] * amount]
}

/// The colour at `place` (0 to 1) of a row of evenly spaced ones.
pub fn gradient(stops: &[Colour], place: f32) -> Colour {
    let last = stops.len() - 1;
    let at = place.clamp(0.0, 1.0) * last as f32;
    let index = (at as usize).min(last.saturating_sub(1));
    mix(stops[index], stops[(index + 1).min(last)], smooth(at - index as f32))
}

fn smooth(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Value noise, and numbers by index; the same for the same seed.
#[derive(Clone, Copy)]
pub struct Noise(pub u32);

impl Noise {
    /// Another noise of the same scene.
    pub fn other(self, number: u32) -> Self {
        Self(self.0.wrapping_mul(0x9E37_79B9).wrapping_add(number))
    }

    /// A number from 0 to 1 for a point of the grid (an integer hash after Wellons' `lowbias32`).
    pub fn cell(self, x: i32, y: i32) -> f32 {
        let mut hash = self.0 ^ (x as u32).wrapping_mul(0x85EB_CA6B);
        hash ^= (y as u32).wrapping_mul(0xC2B2_AE35);
        hash = (hash ^ (hash >> 16)).wrapping_mul(0x7FEB_352D);
        hash = (hash ^ (hash >> 15)).wrapping_mul(0x846C_A68B);
        ((hash ^ (hash >> 16)) >> 8) as f32 / 16_777_216.0
    }

    /// Smooth noise from 0 to 1 with features of length 1.
    pub fn at(self, x: f32, y: f32) -> f32 {
        let (column, row) = (x.floor(), y.floor());
        let (across, down) = (smooth(x - column), smooth(y - row));
        let (column, row) = (column as i32, row as i32);
        let line = |row| {
            let (left, right) = (self.cell(column, row), self.cell(column + 1, row));
            left + (right - left) * across
        };
        let upper = line(row);
        upper + (line(row + 1) - upper) * down
    }

    /// Five octaves of it, from 0 to 1 with a mean of a half.
    pub fn fractal(self, x: f32, y: f32) -> f32 {
        let (mut sum, mut weight, mut scale) = (0.0, 0.5, 1.0);
        for octave in 0..5 {
            sum += weight * self.other(octave).at(x * scale, y * scale);
            weight *= 0.5;
            scale *= 2.03;
        }
        sum / 0.968_75
    }
}

/// A picture that is being painted.
pub struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<Colour>,
}

impl Canvas {
    /// A canvas of that many pixels, black.
    pub fn new(width: u32, height: u32) -> Self {
        let (width, height) = (width as usize, height as usize);
        Self { width, height, pixels: vec![[0.0; 3]; width * height] }
    }

    /// Width over height.
    pub fn aspect(&self) -> f32 {
        self.width as f32 / self.height as f32
    }

    /// Height of one pixel.
    pub fn pixel(&self) -> f32 {
        1.0 / self.height as f32
    }

    /// Paints every row from `top` down: `row` is called with the height once a row and gives what colours
    /// its pixels, knowing the place and the colour so far.
    pub fn wash<Row, Pixel>(&mut self, top: f32, mut row: Row)
    where
        Row: FnMut(f32) -> Pixel,
        Pixel: Fn(f32, Colour) -> Colour,
    {
        let pixel = self.pixel();
        let first = self.row_of(top);
        for (y, line) in self.pixels.chunks_exact_mut(self.width).enumerate().skip(first) {
            let colour = row(y as f32 * pixel);
            for (x, old) in line.iter_mut().enumerate() {
                *old = colour(x as f32 * pixel, *old);
            }
        }
    }

    /// Paints everything below an edge; `colour` knows the place and how far below the edge it is.
    pub fn below(&mut self, edge: impl Fn(f32) -> f32, colour: impl Fn(f32, f32, f32) -> Colour) {
        let (pixel, scale) = (self.pixel(), self.height as f32);
        let edges: Vec<f32> = (0..self.width).map(|x| edge(x as f32 * pixel)).collect();
        let top = edges.iter().copied().fold(f32::MAX, f32::min);
        let first = self.row_of(top);
        for (y, line) in self.pixels.chunks_exact_mut(self.width).enumerate().skip(first) {
            let down = y as f32 * pixel;
            for (x, old) in line.iter_mut().enumerate() {
                let depth = down - edges[x];
                let cover = depth * scale + 0.5;
                if cover > 0.0 {
                    *old = mix(*old, colour(x as f32 * pixel, down, depth), cover);
                }
            }
        }
    }

    /// The colour at a place; outside, that of the nearest pixel.
    pub fn colour(&self, x: f32, y: f32) -> Colour {
        let column = (x * self.height as f32).clamp(0.0, (self.width - 1) as f32) as usize;
        self.pixels[self.row_of(y).min(self.height - 1) * self.width + column]
    }

    /// Fills a polygon.
    pub fn polygon(&mut self, corners: &[Point], colour: Colour, opacity: f32) {
        let scale = self.height as f32;
        let rows = corners.iter().map(|corner| corner.1);
        let top = self.row_of(rows.clone().fold(f32::MAX, f32::min));
        let bottom = self.row_of(rows.fold(f32::MIN, f32::max) + self.pixel()).min(self.height);
        let mut cover = vec![0.0_f32; self.width];
        for y in top..bottom {
            cover.fill(0.0);
            for sub in 0..SUBROWS {
                let level = y as f32 + (sub as f32 + 0.5) / SUBROWS as f32;
                let crossed = crossings(corners, level / scale);
                for span in crossed.chunks_exact(2) {
                    add_span(&mut cover, span[0] * scale, span[1] * scale);
                }
            }
            let line = &mut self.pixels[y * self.width..(y + 1) * self.width];
            for (old, cover) in line.iter_mut().zip(&cover).filter(|(_, cover)| **cover > 0.0) {
                *old = mix(*old, colour, opacity * cover / SUBROWS as f32);
            }
        }
    }

    /// A disc with an edge that fades over `blur`.
    pub fn disc(&mut self, centre: Point, radius: f32, blur: f32, colour: Colour, opacity: f32) {
        let (scale, reach) = (self.height as f32, radius + blur);
        let blur = blur.max(self.pixel());
        let columns = |x: f32| (x * scale).clamp(0.0, self.width as f32) as usize;
        let (left, right) = (columns(centre.0 - reach), columns(centre.0 + reach + self.pixel()));
        let (top, bottom) = (self.row_of(centre.1 - reach), self.row_of(centre.1 + reach) + 1);
        for y in top..bottom.min(self.height) {
            for x in left..right {
                let (across, down) = (x as f32 / scale - centre.0, y as f32 / scale - centre.1);
                let distance = across.hypot(down);
                let cover = ((reach - distance) / blur).clamp(0.0, 1.0);
                let old = &mut self.pixels[y * self.width + x];
                *old = mix(*old, colour, opacity * cover);
            }
        }
    }

    /// Develops the photo: darker corners, grain, eight bits a channel.
    pub fn develop(&self, noise: Noise, grain: f32) -> Vec<u8> {
        let (centre, scale) = (self.aspect() / 2.0, self.pixel());
        let mut bytes = Vec::with_capacity(self.pixels.len() * 3);
        for (y, line) in self.pixels.chunks_exact(self.width).enumerate() {
            let down = y as f32 * scale - 0.5;
            for (x, colour) in line.iter().enumerate() {
                let across = (x as f32 * scale - centre) / centre;
                let corner = 1.0 - 0.10 * (across * across + 4.0 * down * down) * 0.5;
                let speck = (noise.cell(x as i32, y as i32) - 0.5) * grain;
                bytes.extend(colour.map(|value| (value * corner + speck).clamp(0.0, 255.0) as u8));
            }
        }
        bytes
    }

    fn row_of(&self, y: f32) -> usize {
        (y * self.height as f32).clamp(0.0, self.height as f32) as usize
    }
}

/// Where the edges of a polygon cross a level, from left to right.
fn crossings(corners: &[Point], level: f32) -> Vec<f32> {
    let mut crossed: Vec<f32> = (0..corners.len())
        .map(|at| (corners[at], corners[(at + 1) % corners.len()]))
        .filter(|(from, to)| (from.1 <= level) != (to.1 <= level))
        .map(|(from, to)| from.0 + (level - from.1) / (to.1 - from.1) * (to.0 - from.0))
        .collect();
    crossed.sort_by(f32::total_cmp);
    crossed
}

/// Adds a span of pixels, parts of pixels at its ends.
fn add_span(cover: &mut [f32], from: f32, to: f32) {
    let (from, to) = (from.clamp(0.0, cover.len() as f32), to.clamp(0.0, cover.len() as f32));
    for (x, cover) in cover.iter_mut().enumerate().skip(from as usize) {
        let part = (to.min(x as f32 + 1.0) - from.max(x as f32)).min(1.0);
        if part <= 0.0 {
            return;
        }
        *cover += part;
    }
}
