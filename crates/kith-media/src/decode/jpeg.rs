//! JPEG by libjpeg-turbo, scaled down inside the inverse DCT.

use super::{Decoded, Job};
use crate::colour::{Channels, Colour, to_srgb};
use crate::facts::Warning;
use crate::failure::MediaFailure;
use crate::ladder::reaches;
use crate::native::{JpegDecode, jpeg_decode, jpeg_header};

/// Decodes at the smallest scale that still reaches the wanted edge.
pub fn decode(job: &Job<'_>) -> Result<Decoded, MediaFailure> {
    let header = jpeg_header(job.input)?;
    if header.size != job.inspected.stored {
        return Err(MediaFailure::Damaged);
    }
    let channels = match job.inspected.components {
        1 => Channels::Grey,
        4 => Channels::Cmyk,
        _ => Channels::Rgb,
    };
    let mut decoded = jpeg_decode(&JpegDecode {
        input: job.input,
        source: header.size,
        eighths: eighths(header.size.long(), job.wanted_edge),
        components: job.inspected.components,
        max_scans: job.limits.scans,
        // The picture itself and the encoders come on top.
        max_memory: job.limits.memory / 8 * 7,
    })?;
    if channels == Channels::Cmyk && header.adobe {
        decoded.samples.iter_mut().for_each(|sample| *sample = 255 - *sample);
    }
    let colour = job.inspected.icc.clone().map_or(Colour::Srgb, Colour::Icc);
    let (image, warning) = to_srgb(decoded.size, decoded.samples, channels, &colour);
    let truncated = (decoded.warnings > 0).then_some(Warning::Truncated);
    Ok(Decoded { image, warnings: truncated.into_iter().chain(warning).collect() })
}

/// Numerator over eight. 3/8, 6/8 and 7/8 are left out: their transforms have no vector code and cost
/// more than the resize they save.
fn eighths(long_edge: u32, wanted: u32) -> u32 {
    [1, 2, 4, 5]
        .into_iter()
        .find(|eighths| reaches((long_edge * eighths).div_ceil(8), wanted))
        .unwrap_or(8)
}

#[cfg(test)]
mod tests {
    use super::eighths;

    #[test]
    fn the_smallest_scale_that_reaches_the_wanted_edge() {
        assert_eq!(eighths(4032, 2048), 4);
        assert_eq!(eighths(4000, 2048), 5);
        assert_eq!(eighths(3264, 2048), 5);
        assert_eq!(eighths(2048, 2048), 8);
        assert_eq!(eighths(9248, 2048), 2);
        assert_eq!(eighths(16_500, 2048), 1);
        assert_eq!(eighths(4032, 640), 2);
    }
}
