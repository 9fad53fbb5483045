//! Landscapes in words: what is in a photo, from the sky down to the grass in front.
//!
//! It must never know who posts it, nor how it is painted.

use super::painter;

/// The form of a photo.
#[derive(Clone, Copy)]
pub enum Shape {
    /// 3 by 2.
    Landscape,
    /// 16 by 9.
    Wide,
    /// 4 by 5.
    Portrait,
    /// 1 by 1.
    Square,
}

/// The sun or the moon.
#[derive(Clone, Copy)]
pub struct Light {
    /// From the left (0) to the right (1).
    pub across: f32,
    /// From the top (0) to the bottom (1).
    pub down: f32,
    /// In units of the height.
    pub radius: f32,
    /// `0xRRGGBB`.
    pub colour: u32,
    /// How far it lights the air, 0 to 1.
    pub glow: f32,
}

/// Something in the picture; painted in the order of the list, far to near. `top` is its height from the top
/// (0) to the bottom (1), colours are `0xRRGGBB`.
#[derive(Clone, Copy)]
pub enum Part {
    /// Clouds; `cover` from 0 to 1.
    Clouds { cover: f32, colour: u32 },
    /// Stars.
    Stars { count: u16 },
    /// Northern lights.
    Aurora { colour: u32 },
    /// A ridge of hills, `height` from its lowest to its highest point.
    Hills { top: f32, height: f32, colour: u32 },
    /// Mountains with snow above half of their height.
    Mountains { top: f32, height: f32, colour: u32, snow: u32 },
    /// Mist that lies at a height.
    Mist { top: f32, colour: u32 },
    /// Water that mirrors what is above; the larger `ripple`, the rougher.
    Water { top: f32, colour: u32, ripple: f32 },
    /// Conifers that stand on a line.
    Conifers { top: f32, height: f32, count: u16, colour: u32 },
    /// Round trees that stand on a line.
    Trees { top: f32, height: f32, count: u16, colour: u32 },
    /// Houses of a city at night.
    City { top: f32, height: f32, colour: u32 },
    /// Flowers in a meadow from `top` to the front.
    Flowers { top: f32, colour: u32 },
    /// A sailing boat.
    Boat { across: f32, top: f32, size: f32 },
    /// A cabin with a light in the window.
    Cabin { across: f32, top: f32, size: f32 },
    /// A hot-air balloon.
    Balloon { across: f32, top: f32, size: f32, colour: u32 },
    /// Falling snow.
    Snowfall { count: u16 },
}

/// A photo to be taken.
#[derive(Clone, Copy)]
pub struct Scene {
    /// Its form.
    pub shape: Shape,
    /// Which of all photos of this kind.
    pub seed: u32,
    /// Colours from the zenith to the horizon.
    pub sky: [u32; 4],
    /// Where the sky ends, 0 to 1.
    pub horizon: f32,
    /// Sun or moon.
    pub light: Option<Light>,
    /// Everything else.
    pub parts: &'static [Part],
}

/// A photo: rows of red, green, blue.
pub struct Photo {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Three bytes a pixel.
    pub bytes: Vec<u8>,
}

impl Shape {
    fn size(self, long_edge: u32) -> (u32, u32) {
        match self {
            Self::Landscape => (long_edge, long_edge * 2 / 3),
            Self::Wide => (long_edge, long_edge * 9 / 16),
            Self::Portrait => (long_edge * 4 / 5, long_edge),
            Self::Square => (long_edge, long_edge),
        }
    }
}

impl Light {
    /// The sun, of any colour and strength.
    pub const fn sun(across: f32, down: f32, radius: f32, colour: u32, glow: f32) -> Self {
        Self { across, down, radius, colour, glow }
    }

    /// The moon.
    pub const fn moon(across: f32, down: f32, radius: f32) -> Self {
        Self { across, down, radius, colour: 0x00F2_EEDC, glow: 0.45 }
    }
}

impl Scene {
    /// A photo to be taken; the fields in their order.
    pub const fn new(
        shape: Shape,
        seed: u32,
        sky: [u32; 4],
        horizon: f32,
        light: Option<Light>,
        parts: &'static [Part],
    ) -> Self {
        Self { shape, seed, sky, horizon, light, parts }
    }

    /// Paints it, `long_edge` pixels long.
    pub fn paint(&self, long_edge: u32) -> Photo {
        let (width, height) = self.shape.size(long_edge);
        Photo { width, height, bytes: painter::paint(self, width, height) }
    }
}
