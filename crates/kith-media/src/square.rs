//! Where to cut the square: the window along the long edge that holds most of what people look at.
//!
//! Works on a small copy; finds edges, colours that stand out and skin-like tones: no faces by name, no model.
//! `bench/media/square.py` measures it against the middle.

use crate::facts::Window;
use crate::pixels::{RgbImage, index};
use crate::request::{Focus, Size};

/// Short edge of the copy that is examined.
pub const EXAMINED_EDGE: u32 = 64;

/// Weight of a skin-like pixel against a full step between black and white, where few others have that tone.
const SKIN: u64 = 55;
/// Weight of each halving of a colour's share of the picture, from one eighth downwards, in thousandths.
const RARITY_MILLI: u64 = 13_333;
/// Bits of a channel that are dropped when colours are counted: eight steps per channel.
const COARSE_BITS: u8 = 5;
/// Share of the middle in the score: what stands at the very edge counts this many percent less.
const EDGE_DISCOUNT_PERCENT: u64 = 35;

/// The square's window in fractions of the picture. `small` is a copy of the upright picture.
pub fn window(small: &RgbImage, focus: Focus) -> Window {
    let Size { width, height } = small.size;
    let (long, short) = (small.size.long(), small.size.short());
    let range = long - short;
    let start = match focus {
        Focus::Content => best_start(&profile(small), index(short)),
        Focus::Point { x, y } => {
            let at = if width >= height { x } else { y };
            centred(at, long, short)
        }
    };
    let offset = fraction(u32::try_from(start).unwrap_or(0).min(range), long);
    let extent = fraction(short, long);
    if width >= height {
        Window { x: offset, y: 0.0, width: extent, height: 1.0 }
    } else {
        Window { x: 0.0, y: offset, width: 1.0, height: extent }
    }
}

/// The window in whole pixels of a picture: left, top, edge.
pub fn place(window: Window, size: Size) -> (u32, u32, u32) {
    let edge = size.short();
    let scaled =
        |fraction: f32, length: u32| round(fraction * length_as_float(length)).min(length - edge);
    (scaled(window.x, size.width), scaled(window.y, size.height), edge)
}

/// Interest summed across the short edge, for each step along the long one.
fn profile(small: &RgbImage) -> Vec<u64> {
    let Size { width, height } = small.size;
    let palette = Palette::of(small);
    let mut sums = vec![0; index(small.size.long())];
    for y in 0..height {
        for x in 0..width {
            let along = if width >= height { x } else { y };
            sums[index(along)] += palette.interest(at(small, x, y)) + detail(small, x, y);
        }
    }
    sums
}

/// Steps of brightness to the right and below.
fn detail(image: &RgbImage, x: u32, y: u32) -> u64 {
    let right = luma(at(image, (x + 1).min(image.size.width - 1), y));
    let below = luma(at(image, x, (y + 1).min(image.size.height - 1)));
    let here = luma(at(image, x, y));
    u64::from(here.abs_diff(right) + here.abs_diff(below))
}

/// What is common in a picture: a colour stands out where there is little of it, and sand, wood and straw
/// have the hue of skin but cover much.
struct Palette {
    counts: Vec<u64>,
    pixels: u64,
    /// Weight of a skin-like pixel in this picture.
    skin: u64,
}

impl Palette {
    fn of(image: &RgbImage) -> Self {
        let mut counts = vec![0; 1 << (3 * (8 - COARSE_BITS))];
        let pixels = image.data.as_chunks::<3>().0;
        for pixel in pixels {
            counts[cell(*pixel)] += 1;
        }
        let skin_like = pixels.iter().filter(|pixel| is_skin(**pixel)).count() as u64;
        let pixels = pixels.len().max(1) as u64;
        // Nothing is left of the weight where a third of the picture has that tone.
        let skin = SKIN * pixels.saturating_sub(3 * skin_like) / pixels;
        Self { counts, pixels, skin }
    }

    fn interest(&self, pixel: [u8; 3]) -> u64 {
        let strongest = pixel.iter().max().copied().unwrap_or(0);
        let weakest = pixel.iter().min().copied().unwrap_or(0);
        let colourful = u64::from(strongest - weakest) / 16;
        let skin = if is_skin(pixel) { self.skin } else { 0 };
        self.rarity(pixel) + colourful + skin
    }

    /// From the logarithm to base two, in quarters: whole numbers are the same on every machine.
    fn rarity(&self, pixel: [u8; 3]) -> u64 {
        let count = self.counts[cell(pixel)].max(1);
        let sixteenths = u128::from(16 * self.pixels / count);
        let quarters = u64::from(sixteenths.pow(4).max(1).ilog2()).saturating_sub(16 + 12);
        quarters * RARITY_MILLI / 4_000
    }
}

/// The pixel's cell in a coarse histogram.
fn cell(pixel: [u8; 3]) -> usize {
    pixel
        .iter()
        .fold(0, |cell, value| cell << (8 - COARSE_BITS) | usize::from(value >> COARSE_BITS))
}

fn at(image: &RgbImage, x: u32, y: u32) -> [u8; 3] {
    let start = (index(y) * index(image.size.width) + index(x)) * 3;
    [image.data[start], image.data[start + 1], image.data[start + 2]]
}

fn luma([red, green, blue]: [u8; 3]) -> u32 {
    (2 * u32::from(red) + 5 * u32::from(green) + u32::from(blue)) / 8
}

/// Skin of any tone keeps its hue: red before green before blue by limited steps, neither grey nor pure.
fn is_skin([red, green, blue]: [u8; 3]) -> bool {
    let (red, green, blue) = (i32::from(red), i32::from(green), i32::from(blue));
    red > 60
        && red > green
        && green >= blue - 8
        && red - green > 10
        && red - green < 90
        && red - blue > 20
        && red - blue < 150
}

/// The start of the window with the highest score; of equal ones the most central.
fn best_start(profile: &[u64], short: usize) -> usize {
    let range = profile.len() - short;
    let middle = range / 2;
    let score = |start: usize| {
        let inside = profile[start..start + short].iter().enumerate();
        inside.map(|(step, value)| value * (100 - discount(step, short)) / 100).sum::<u64>()
    };
    (0..=range)
        .max_by_key(|start| (score(*start), std::cmp::Reverse(start.abs_diff(middle))))
        .unwrap_or(middle)
}

/// Percent taken off a step by its distance from the middle of the window.
fn discount(step: usize, short: usize) -> u64 {
    let distance = (2 * step + 1).abs_diff(short) as u64;
    EDGE_DISCOUNT_PERCENT * distance * distance / (short * short).max(1) as u64
}

fn centred(at: f32, long: u32, short: u32) -> usize {
    let middle = round(at.clamp(0.0, 1.0) * length_as_float(long));
    index(middle.saturating_sub(short / 2).min(long - short))
}

fn fraction(part: u32, whole: u32) -> f32 {
    length_as_float(part) / length_as_float(whole)
}

#[expect(clippy::cast_precision_loss, reason = "edges stay below 20,000")]
fn length_as_float(length: u32) -> f32 {
    length as f32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a fraction of an edge below 20,000, never negative"
)]
fn round(value: f32) -> u32 {
    value.max(0.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Grey wall with a checkered patch at `left`.
    fn wall(width: u32, left: u32) -> RgbImage {
        let mut image =
            RgbImage { size: Size { width, height: 64 }, data: vec![120; index(width) * 64 * 3] };
        for y in 16..48_usize {
            for x in index(left)..index(left) + 32 {
                let value = if (x / 4 + y / 4) % 2 == 0 { 20 } else { 230 };
                let start = (y * index(width) + x) * 3;
                image.data[start..start + 3].fill(value);
            }
        }
        image
    }

    #[test]
    fn the_window_follows_the_subject() {
        for (left, expected) in [(0, 0), (32, 16), (64, 48), (96, 64)] {
            let (x, y, edge) =
                place(window(&wall(128, left), Focus::Content), Size { width: 128, height: 64 });
            assert_eq!((y, edge), (0, 64));
            assert!(x.abs_diff(expected) <= 2, "subject at {left}: window at {x}");
        }
    }

    #[test]
    fn without_a_subject_it_stays_in_the_middle() {
        let empty =
            RgbImage { size: Size { width: 100, height: 64 }, data: vec![90; 100 * 64 * 3] };
        assert_eq!(place(window(&empty, Focus::Content), empty.size), (18, 0, 64));
    }

    /// Sand-coloured ground with grain, and a face-like patch of the same hue with dark spots at `left`.
    fn beach(width: u32, left: u32) -> RgbImage {
        let mut image = RgbImage::new(Size { width, height: 64 });
        for (number, pixel) in image.data.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            let (x, y) = (number % index(width), number / index(width));
            let grain = u8::try_from((x * 31 + y * 17) % 24).unwrap();
            *pixel = [200 + grain, 170 + grain, 128 + grain];
            let inside = (index(left)..index(left) + 20).contains(&x) && (20..44).contains(&y);
            if inside {
                let spot = (x - index(left)) % 10 < 3 && y % 9 < 3;
                *pixel = if spot { [30, 25, 30] } else { [120, 76, 52] };
            }
        }
        image
    }

    #[test]
    fn ground_with_the_hue_of_skin_does_not_outweigh_a_face() {
        for left in [2, 60, 106] {
            let size = Size { width: 128, height: 64 };
            let (x, _, edge) = place(window(&beach(128, left), Focus::Content), size);
            assert!(x <= left && left + 20 <= x + edge, "face at {left}: window at {x}");
        }
    }

    #[test]
    fn the_authors_point_wins() {
        let focus = Focus::Point { x: 1.0, y: 0.5 };
        assert_eq!(
            place(window(&wall(128, 0), focus), Size { width: 4032, height: 2016 }),
            (2016, 0, 2016)
        );
    }
}
