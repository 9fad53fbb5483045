//! How a picture looks, in a few bytes: placeholder, colours, perceptual hash. From small copies only.

use crate::pixels::RgbImage;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// Longest edge that thumbhash takes.
pub const PLACEHOLDER_EDGE: u32 = 100;
/// Colours that are named at most.
const MAX_COLOURS: usize = 5;
/// Colours nearer than this in every channel together count as one.
const SAME_COLOUR: u32 = 96;

/// Thumbhash of a picture of at most 100 by 100 pixels.
pub fn placeholder(small: &RgbImage) -> String {
    let rgba: Vec<u8> = small
        .data
        .as_chunks::<3>()
        .0
        .iter()
        .flat_map(|[red, green, blue]| [*red, *green, *blue, 255])
        .collect();
    let hash =
        thumbhash::rgba_to_thumb_hash(small.size.width as usize, small.size.height as usize, &rgba);
    BASE64_STANDARD.encode(hash)
}

/// The most common colours, each at a distance from the others: cells of a coarse histogram by their mean.
pub fn dominant_colours(small: &RgbImage) -> Vec<String> {
    let mut cells = vec![[0_u32; 4]; 4096];
    for pixel in small.data.as_chunks::<3>().0 {
        let cell = pixel.iter().fold(0, |cell, value| cell << 4 | usize::from(value >> 4));
        for (sum, value) in cells[cell].iter_mut().zip(pixel) {
            *sum += u32::from(*value);
        }
        cells[cell][3] += 1;
    }
    cells.retain(|cell| cell[3] > 0);
    // Equal counts keep the order of the histogram, so that the same picture gives the same list.
    cells.sort_by_key(|cell| std::cmp::Reverse(cell[3]));
    let mut chosen: Vec<[u32; 3]> = Vec::new();
    for [red, green, blue, count] in cells {
        let mean = [red / count, green / count, blue / count];
        let distance =
            |other: &[u32; 3]| other.iter().zip(mean).map(|(a, b)| a.abs_diff(b)).sum::<u32>();
        if chosen.iter().all(|other| distance(other) >= SAME_COLOUR) {
            chosen.push(mean);
        }
        if chosen.len() == MAX_COLOURS {
            break;
        }
    }
    chosen.iter().map(|[red, green, blue]| format!("#{red:02x}{green:02x}{blue:02x}")).collect()
}

/// Difference hash: whether each of 8 by 8 luminance samples is brighter than its right neighbour. Takes
/// a picture of exactly 9 by 8 pixels.
pub fn perceptual_hash(tiny: &RgbImage) -> String {
    let mut hash = 0_u64;
    for row in tiny.rows() {
        let luma: Vec<u32> = row
            .as_chunks::<3>()
            .0
            .iter()
            .map(|[r, g, b]| 2 * u32::from(*r) + 5 * u32::from(*g) + u32::from(*b))
            .collect();
        for pair in luma.windows(2) {
            hash = hash << 1 | u64::from(pair[0] > pair[1]);
        }
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Size;

    #[test]
    fn a_flag_of_two_colours_names_both() {
        let mut flag = RgbImage::new(Size { width: 10, height: 10 });
        for (row, pixels) in flag.data.chunks_exact_mut(30).enumerate() {
            let colour = if row < 6 { [200, 30, 40] } else { [250, 250, 250] };
            pixels.as_chunks_mut::<3>().0.fill(colour);
        }
        assert_eq!(dominant_colours(&flag), ["#c81e28", "#fafafa"]);
        assert!(placeholder(&flag).len() <= 36);
    }

    #[test]
    fn the_hash_tells_falling_from_rising_light() {
        let ramp = |fall: bool| {
            let mut image = RgbImage::new(Size { width: 9, height: 8 });
            for row in image.data.chunks_exact_mut(27) {
                for (x, pixel) in row.as_chunks_mut::<3>().0.iter_mut().enumerate() {
                    let step = u8::try_from(x * 20).unwrap();
                    pixel.fill(if fall { 255 - step } else { step });
                }
            }
            perceptual_hash(&image)
        };
        assert_eq!(ramp(true), "ffffffffffffffff");
        assert_eq!(ramp(false), "0000000000000000");
    }
}
