//! Colour profiles: whatever a picture is in, renditions are sRGB.
//!
//! Owns the conversion only. Profiles are read for it and never copied anywhere.

use crate::facts::Warning;
use crate::pixels::RgbImage;
use moxcms::{
    CicpColorPrimaries, CicpProfile, ColorProfile, DataColorSpace, InterpolationMethod, Layout,
    MatrixCoefficients, RenderingIntent, TransferCharacteristics, TransformExecutor,
    TransformOptions,
};
use std::sync::Arc;

/// How the samples of a decoded picture are to be understood.
#[derive(Debug, Clone)]
pub enum Colour {
    /// sRGB, or nothing is said.
    Srgb,
    /// An ICC profile.
    Icc(Vec<u8>),
    /// Primaries and transfer by number (ITU-T H.273).
    Cicp {
        /// `ColourPrimaries`.
        primaries: u8,
        /// `TransferCharacteristics`.
        transfer: u8,
    },
}

/// Channels of the samples before conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channels {
    /// One.
    Grey,
    /// Three.
    Rgb,
    /// Four, 0 is no ink.
    Cmyk,
}

impl Channels {
    fn layout(self) -> Layout {
        match self {
            Self::Grey => Layout::Gray,
            Self::Rgb => Layout::Rgb,
            Self::Cmyk => Layout::Rgba,
        }
    }

    fn space(self) -> DataColorSpace {
        match self {
            Self::Grey => DataColorSpace::Gray,
            Self::Rgb => DataColorSpace::Rgb,
            Self::Cmyk => DataColorSpace::Cmyk,
        }
    }

    fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }
}

/// Converts interleaved samples into an sRGB picture. `data` holds `channels` samples per pixel.
pub fn to_srgb(
    size: crate::request::Size,
    data: Vec<u8>,
    channels: Channels,
    colour: &Colour,
) -> (RgbImage, Option<Warning>) {
    let source = Source::of(colour);
    let conversion = source.profile(channels).and_then(|from| Conversion::new(from, channels));
    let warning = source.warning(conversion.is_some());
    if conversion.is_none() && channels == Channels::Rgb {
        return (RgbImage { size, data }, warning);
    }
    let mut image = RgbImage::new(size);
    let stride = image.stride();
    let rows =
        data.chunks_exact(stride / 3 * channels.count()).zip(image.data.chunks_exact_mut(stride));
    match conversion {
        Some(mut conversion) => rows.for_each(|(from, to)| conversion.convert(from, to)),
        None => rows.for_each(|(from, to)| convert_plainly(from, to, channels)),
    }
    (image, warning)
}

type Transform8 = Arc<dyn TransformExecutor<u8> + Send + Sync>;
type Transform16 = Arc<dyn TransformExecutor<u16> + Send + Sync>;

/// A prepared way from one profile to sRGB.
enum Conversion {
    Direct(Transform8),
    /// Inks go by a gamut that holds them all: tables made for sRGB itself are bent where it ends, which
    /// moved colours by up to 12 of 255.
    Inks {
        to_wide: Transform16,
        to_srgb: Transform16,
        samples: [Vec<u16>; 3],
    },
}

impl Conversion {
    fn new(source: &ColorProfile, channels: Channels) -> Option<Self> {
        let (layout, srgb) = (channels.layout(), ColorProfile::new_srgb());
        if channels != Channels::Cmyk {
            let direct = source.create_transform_8bit(layout, &srgb, Layout::Rgb, options());
            return Some(Self::Direct(direct.ok()?));
        }
        let wide = ColorProfile::new_bt2020();
        let exact = TransformOptions {
            interpolation_method: InterpolationMethod::Tetrahedral,
            ..options()
        };
        let to_wide = source.create_transform_16bit(layout, &wide, Layout::Rgb, exact).ok()?;
        let to_srgb =
            wide.create_transform_16bit(Layout::Rgb, &srgb, Layout::Rgb, options()).ok()?;
        Some(Self::Inks { to_wide, to_srgb, samples: [Vec::new(), Vec::new(), Vec::new()] })
    }

    /// One row. Transforms fail only for rows of unequal length, which cannot be.
    fn convert(&mut self, from: &[u8], to: &mut [u8]) {
        match self {
            Self::Direct(transform) => {
                let _ = transform.transform(from, to);
            }
            Self::Inks { to_wide, to_srgb, samples: [inks, light, narrowed] } => {
                inks.clear();
                inks.extend(from.iter().map(|ink| u16::from(*ink) * 257));
                light.resize(to.len(), 0);
                narrowed.resize(to.len(), 0);
                let _ = to_wide.transform(inks, light);
                let _ = to_srgb.transform(light, narrowed);
                to.iter_mut().zip(narrowed).for_each(|(byte, value)| *byte = narrow(*value));
            }
        }
    }
}

/// Converts rows of 16-bit RGB to 8-bit sRGB, for pictures that have the precision.
pub struct DeepConverter {
    transform: Option<Transform16>,
    row: Vec<u16>,
}

impl DeepConverter {
    /// Prepares for rows of `width` pixels.
    pub fn new(colour: &Colour, width: usize) -> (Self, Option<Warning>) {
        let source = Source::of(colour);
        let transform = source.profile(Channels::Rgb).and_then(|profile| {
            profile
                .create_transform_16bit(
                    Layout::Rgb,
                    &ColorProfile::new_srgb(),
                    Layout::Rgb,
                    options(),
                )
                .ok()
        });
        let warning = source.warning(transform.is_some());
        (Self { transform, row: vec![0; width * 3] }, warning)
    }

    /// Converts one row.
    pub fn convert(&mut self, from: &[u16], to: &mut [u8]) {
        let source = match &self.transform {
            Some(transform) if transform.transform(from, &mut self.row).is_ok() => &self.row,
            _ => from,
        };
        for (value, byte) in source.iter().zip(to) {
            *byte = narrow(*value);
        }
    }
}

/// The nearest 8-bit value.
pub(crate) fn narrow(value: u16) -> u8 {
    u8::try_from((u32::from(value) * 255 + 32_767) / 65_535).unwrap_or(u8::MAX)
}

/// What there is to convert from.
enum Source {
    Srgb,
    Profile(Box<ColorProfile>),
    Unreadable,
}

impl Source {
    fn of(colour: &Colour) -> Self {
        match colour {
            Colour::Srgb => Self::Srgb,
            Colour::Icc(bytes) => ColorProfile::new_from_slice(bytes)
                .map_or(Self::Unreadable, |profile| Self::Profile(Box::new(profile))),
            Colour::Cicp { primaries, transfer } => cicp_profile(*primaries, *transfer)
                .map_or(Self::Srgb, |profile| Self::Profile(Box::new(profile))),
        }
    }

    /// The profile, if it is for such samples.
    fn profile(&self, channels: Channels) -> Option<&ColorProfile> {
        match self {
            Self::Profile(profile) if profile.color_space == channels.space() => Some(profile),
            _ => None,
        }
    }

    fn warning(&self, converted: bool) -> Option<Warning> {
        let ignored = !converted && !matches!(self, Self::Srgb);
        ignored.then_some(Warning::ColourProfileIgnored)
    }
}

/// Numbers 1 and 13 are sRGB itself; 2 means unspecified. BT.601 and BT.709 video transfers (1, 6, 14,
/// 15) are shown by every viewer as if they were sRGB.
fn cicp_profile(primaries: u8, transfer: u8) -> Option<ColorProfile> {
    let same_transfer = matches!(transfer, 0..=2 | 6 | 13..=15);
    if matches!(primaries, 0..=2) && same_transfer {
        return None;
    }
    let primaries =
        CicpColorPrimaries::try_from(if primaries == 2 { 1 } else { primaries }).ok()?;
    let transfer =
        TransferCharacteristics::try_from(if same_transfer { 13 } else { transfer }).ok()?;
    Some(ColorProfile::new_from_cicp(CicpProfile {
        color_primaries: primaries,
        transfer_characteristics: transfer,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    }))
}

fn options() -> TransformOptions {
    TransformOptions {
        rendering_intent: RenderingIntent::RelativeColorimetric,
        ..TransformOptions::default()
    }
}

/// Grey and CMYK without a profile.
fn convert_plainly(from: &[u8], to: &mut [u8], channels: Channels) {
    let pixels = to.as_chunks_mut::<3>().0.iter_mut();
    match channels {
        Channels::Grey => from.iter().zip(pixels).for_each(|(grey, pixel)| *pixel = [*grey; 3]),
        Channels::Rgb => to.copy_from_slice(from),
        Channels::Cmyk => {
            for ([c, m, y, k], pixel) in from.as_chunks::<4>().0.iter().zip(pixels) {
                let light = |ink: u8| {
                    u8::try_from((u16::from(255 - ink) * u16::from(255 - k) + 127) / 255)
                        .unwrap_or(u8::MAX)
                };
                *pixel = [light(*c), light(*m), light(*y)];
            }
        }
    }
}

#[cfg(test)]
mod tests;
