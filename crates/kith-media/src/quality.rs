//! How good each file is: the encoders' settings by format, effort and size.
//!
//! Pure arithmetic over a table. Settings are chosen by what they look like: each number is the one whose mean
//! SSIMULACRA2 over photographs, against the same pixels without loss, is the target:
//!
//! | format | target | why |
//! |---|---|---|
//! | AVIF | 70 | where "high quality" begins on the metric's scale; what nearly everybody gets |
//! | JPEG | 75 | for old programs and for keeping; WebP is made from it, and its flaws show as blocks |
//! | WebP | 75 | like JPEG |
//!
//! The same number of an encoder looks worse in a small picture than in a large one, and an encoder that
//! thinks longer gives another quality at the same number: hence a table, and not one number per format.
//! Single photos lie within about three points of the target. `bench/media/curves.py` measures all of this
//! and prints the table.

use crate::native;
use crate::request::{AvifEffort, Format, Size};

/// What an encoder is told, on its own scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Setting {
    /// jpegli at 4:4:4, progressive.
    Jpeg {
        /// 100 is the best; steps finer than one count.
        quality: f32,
    },
    /// libaom, tuned for still pictures.
    Avif {
        /// 0 is lossless, 63 the coarsest.
        quantizer: u32,
        /// 9 is the fastest that makes a difference.
        speed: u32,
        /// How much colour is kept.
        chroma: Chroma,
    },
    /// libwebp.
    Webp {
        /// 100 is the best.
        quality: f32,
        /// 0 the fastest, 6 the smallest.
        method: u8,
    },
}

/// Size of the colour planes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chroma {
    /// As large as the picture: 4:4:4.
    Full,
    /// Half the width and height: 4:2:0.
    Halved,
}

/// Settings at the long edges of [`EDGES`].
type Table = [f32; 4];

const EDGES: [u32; 4] = [320, 640, 1080, 2048];
const JPEG: Table = [73.7, 73.9, 73.6, 70.8];
/// Speed 9, by what the program was linked with ([`native::av1_generation`]): without `tune=iq`, with its first
/// form (libaom 3.12), with today's (3.14). The encoder knows whole numbers only.
const AVIF: [Table; 3] =
    [[32.0, 30.0, 29.0, 28.0], [29.0, 28.0, 28.0, 26.0], [32.0, 33.0, 33.0, 34.0]];
/// Speed 6 reaches the same score with a coarser number.
const SECOND_PASS_COARSER: f32 = 1.0;
const WEBP: Table = [75.9, 78.8, 80.7, 83.0];
/// libwebp's middle method: 5 % smaller than 2, half the time of 6.
const WEBP_METHOD: u8 = 4;
/// Colour at full size makes files 5 % smaller at the same score in the same time, but takes a quarter more
/// memory: a limit for the largest rendition only, which decides how many photos fit a machine.
const FULL_CHROMA_EDGE: u32 = 1280;

/// The setting for a picture of this size.
pub fn setting(format: Format, effort: AvifEffort, size: Size) -> Setting {
    let of = |table| at(table, size.long());
    let avif = |coarser: f32, speed| Setting::Avif {
        quantizer: quantizer(of(AVIF[native::av1_generation()]) + coarser),
        speed,
        chroma: chroma(size),
    };
    match (format, effort) {
        (Format::Jpeg, _) => Setting::Jpeg { quality: of(JPEG) },
        (Format::Webp, _) => Setting::Webp { quality: of(WEBP), method: WEBP_METHOD },
        (Format::Avif, AvifEffort::Fast) => avif(0.0, 9),
        (Format::Avif, AvifEffort::Small) => avif(SECOND_PASS_COARSER, 6),
    }
}

/// How much colour an AVIF of this size keeps.
pub fn chroma(size: Size) -> Chroma {
    if size.long() <= FULL_CHROMA_EDGE { Chroma::Full } else { Chroma::Halved }
}

/// Linear between the steps of the table, level outside.
fn at(table: Table, edge: u32) -> f32 {
    let upper = EDGES.iter().position(|step| edge <= *step).unwrap_or(EDGES.len() - 1);
    let lower = upper.saturating_sub(1);
    let float = |edge: u32| f32::from(u16::try_from(edge).unwrap_or(u16::MAX));
    let span = float(EDGES[upper]) - float(EDGES[lower]);
    let share = if span > 0.0 { (float(edge) - float(EDGES[lower])) / span } else { 0.0 };
    table[lower] + (table[upper] - table[lower]) * share.clamp(0.0, 1.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rounded number between 0 and 63"
)]
fn quantizer(value: f32) -> u32 {
    value.round().clamp(0.0, 63.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(edge: u32) -> f32 {
        let size = Size { width: edge, height: 1 };
        let Setting::Jpeg { quality } = setting(Format::Jpeg, AvifEffort::Fast, size) else {
            panic!("a JPEG setting for a JPEG");
        };
        quality
    }

    #[test]
    fn steps_have_their_own_number_and_sizes_between_lie_between() {
        for (edge, quality) in EDGES.iter().zip(JPEG) {
            assert!((jpeg(*edge) - quality).abs() < 1e-4, "{edge}");
        }
        assert!((jpeg(1) - JPEG[0]).abs() < 1e-4);
        assert!((jpeg(60_000) - JPEG[3]).abs() < 1e-4);
        let between = jpeg(480);
        assert!(between > JPEG[0].min(JPEG[1]) && between < JPEG[0].max(JPEG[1]), "{between}");
    }

    #[test]
    fn the_second_pass_is_slower_and_keeps_the_sampling() {
        for edge in EDGES {
            let size = Size { width: edge, height: edge };
            let of = |effort| match setting(Format::Avif, effort, size) {
                Setting::Avif { speed, chroma, .. } => (speed, chroma),
                other => panic!("{other:?}"),
            };
            let ((fast, first), (slow, second)) = (of(AvifEffort::Fast), of(AvifEffort::Small));
            assert!(slow < fast);
            assert_eq!(first, second);
        }
    }
}
