//! The album of the circle: what each photo shows.
//!
//! It must never know who took it.

#![expect(clippy::unreadable_literal, reason = "colours are written with two digits a channel")]

use super::scene::{Light, Part, Scene, Shape};

/// The profile picture of Robin.
pub const OF_ROBIN: Scene = portrait(11, DAWN, 0xFFD9A0, HILLS_GREEN);
/// The profile picture of Maya.
pub const OF_MAYA: Scene = portrait(23, EMBER, 0xFFC070, SEA_CALM);
/// The profile picture of Jonas.
pub const OF_JONAS: Scene = portrait(31, POLAR, 0xE8F0FF, PINES_SNOW);
/// The profile picture of Priya.
pub const OF_PRIYA: Scene = portrait(47, ROSE, 0xFFE0C8, BALLOON_ONE);
/// The profile picture of Tomas.
pub const OF_TOMAS: Scene = portrait(53, NOON, 0xFFF6DC, PEAKS);
/// The profile picture of Hannah.
pub const OF_HANNAH: Scene = portrait(61, MEADOW_SKY, 0xFFF0C0, POPPIES);
/// The profile picture of Sam.
pub const OF_SAM: Scene = portrait(71, NIGHT, 0xF4F0E0, SKYLINE);
/// The profile picture of Lena.
pub const OF_LENA: Scene = portrait(83, STORM, 0xE6ECF2, BOAT_ALONE);

pub const FIRS_AT_DAWN: Scene = Scene::new(
    Shape::Landscape,
    101,
    POLAR,
    0.62,
    Some(Light::sun(0.24, 0.47, 0.030, 0xFFE2C4, 0.75)),
    &[
        CLOUDS_THIN,
        FAR_PEAKS,
        Part::Mist { top: 0.62, colour: 0xDCE4EE },
        Part::Conifers { top: 0.72, height: 0.20, count: 46, colour: 0x31424A },
        Part::Hills { top: 0.80, height: 0.05, colour: 0xDDE6F0 },
        Part::Conifers { top: 0.92, height: 0.44, count: 9, colour: 0x1C2A30 },
        Part::Snowfall { count: 240 },
    ],
);

pub const EVENING_SEA: Scene = Scene::new(
    Shape::Portrait,
    202,
    EMBER,
    0.56,
    Some(Light::sun(0.62, 0.50, 0.042, 0xFFB45A, 0.95)),
    &[
        Part::Clouds { cover: 0.55, colour: 0xF2A98A },
        Part::Hills { top: 0.55, height: 0.035, colour: 0x5A4A5E },
        Part::Water { top: 0.57, colour: 0x3A4A66, ripple: 0.55 },
    ],
);

pub const BALLOONS: Scene = Scene::new(
    Shape::Landscape,
    303,
    ROSE,
    0.66,
    Some(Light::sun(0.80, 0.55, 0.035, 0xFFE0B4, 0.9)),
    &[
        CLOUDS_THIN,
        Part::Hills { top: 0.62, height: 0.10, colour: 0x9A8A98 },
        Part::Mist { top: 0.68, colour: 0xF4DCD2 },
        Part::Hills { top: 0.76, height: 0.10, colour: 0x6E6A70 },
        Part::Balloon { across: 0.30, top: 0.30, size: 0.24, colour: 0xD2503C },
        Part::Balloon { across: 0.55, top: 0.44, size: 0.11, colour: 0x3C78B4 },
        Part::Balloon { across: 0.70, top: 0.24, size: 0.07, colour: 0xE6B43C },
        Part::Balloon { across: 0.14, top: 0.52, size: 0.05, colour: 0x50966E },
        Part::Hills { top: 0.90, height: 0.07, colour: 0x3E4440 },
    ],
);

pub const ORCHARD_HILLS: Scene = Scene::new(
    Shape::Wide,
    404,
    NOON,
    0.60,
    Some(Light::sun(0.16, 0.16, 0.034, 0xFFF4D2, 0.8)),
    &[
        Part::Clouds { cover: 0.62, colour: 0xFFFFFF },
        Part::Hills { top: 0.58, height: 0.10, colour: 0x7E9A8E },
        Part::Hills { top: 0.68, height: 0.10, colour: 0x6E9450 },
        Part::Trees { top: 0.76, height: 0.17, count: 9, colour: 0x5E8A3C },
        Part::Hills { top: 0.84, height: 0.06, colour: 0x86A84E },
    ],
);

pub const RIVER_CITY: Scene = Scene::new(
    Shape::Landscape,
    505,
    NIGHT,
    0.70,
    Some(Light::moon(0.78, 0.17, 0.030)),
    &[
        Part::Stars { count: 160 },
        Part::City { top: 0.70, height: 0.46, colour: 0x1A2030 },
        Part::Water { top: 0.70, colour: 0x101828, ripple: 0.8 },
    ],
);

pub const POPPY_FIELD: Scene = Scene::new(
    Shape::Square,
    606,
    MEADOW_SKY,
    0.52,
    Some(Light::sun(0.70, 0.12, 0.030, 0xFFF6D8, 0.6)),
    &[
        Part::Clouds { cover: 0.50, colour: 0xFFFFFF },
        Part::Hills { top: 0.50, height: 0.06, colour: 0x7A9A84 },
        Part::Trees { top: 0.56, height: 0.09, count: 16, colour: 0x55803E },
        Part::Hills { top: 0.57, height: 0.02, colour: 0x7E9C4A },
        Part::Flowers { top: 0.58, colour: 0xD8382C },
    ],
);

pub const HIGH_PEAKS: Scene = Scene::new(
    Shape::Portrait,
    707,
    NOON,
    0.58,
    Some(Light::sun(0.30, 0.14, 0.026, 0xFFFAEA, 0.6)),
    &[
        CLOUDS_THIN,
        Part::Mountains { top: 0.56, height: 0.42, colour: 0x7C8090, snow: 0xFAFCFF },
        Part::Hills { top: 0.66, height: 0.14, colour: 0x5E7A56 },
        Part::Conifers { top: 0.80, height: 0.15, count: 24, colour: 0x2E4A38 },
        Part::Hills { top: 0.86, height: 0.06, colour: 0x76923E },
    ],
);

pub const QUIET_BAY: Scene = Scene::new(
    Shape::Landscape,
    808,
    BAY,
    0.50,
    Some(Light::sun(0.40, 0.20, 0.030, 0xFFF4DC, 0.7)),
    &[
        Part::Clouds { cover: 0.45, colour: 0xFFFAF2 },
        Part::Hills { top: 0.47, height: 0.10, colour: 0x6E8C9A },
        Part::Hills { top: 0.52, height: 0.05, colour: 0x5A7A5E },
        Part::Water { top: 0.53, colour: 0x2A6A84, ripple: 0.6 },
        Part::Boat { across: 0.66, top: 0.64, size: 0.17 },
    ],
);

pub const NORTHERN_LIGHTS: Scene = Scene::new(
    Shape::Wide,
    909,
    POLAR_NIGHT,
    0.66,
    None,
    &[
        Part::Stars { count: 420 },
        Part::Aurora { colour: 0x5AF0A0 },
        Part::Mountains { top: 0.64, height: 0.16, colour: 0x2A3442, snow: 0x9AB0C4 },
        Part::Conifers { top: 0.68, height: 0.09, count: 60, colour: 0x0C1418 },
        Part::Water { top: 0.68, colour: 0x0A1822, ripple: 0.25 },
    ],
);

pub const OCTOBER_TREES: Scene = Scene::new(
    Shape::Landscape,
    1010,
    AUTUMN,
    0.50,
    Some(Light::sun(0.86, 0.34, 0.030, 0xFFE6B4, 0.7)),
    &[
        CLOUDS_THIN,
        Part::Hills { top: 0.46, height: 0.10, colour: 0x96806A },
        Part::Trees { top: 0.55, height: 0.20, count: 12, colour: 0xC87A2A },
        Part::Trees { top: 0.57, height: 0.16, count: 9, colour: 0xB2482C },
        Part::Water { top: 0.57, colour: 0x4A5A5A, ripple: 0.30 },
    ],
);

pub const RAIN_STRAIT: Scene = Scene::new(
    Shape::Landscape,
    1111,
    STORM,
    0.54,
    Some(Light::sun(0.30, 0.44, 0.030, 0xF6E6C8, 0.7)),
    &[
        Part::Clouds { cover: 0.95, colour: 0xAAB4C0 },
        Part::Water { top: 0.55, colour: 0x36464E, ripple: 0.95 },
        Part::Boat { across: 0.62, top: 0.62, size: 0.10 },
    ],
);

pub const MORNING_MIST: Scene = Scene::new(
    Shape::Wide,
    1212,
    DAWN,
    0.58,
    Some(Light::sun(0.44, 0.44, 0.034, 0xFFDCA0, 0.95)),
    &[
        Part::Hills { top: 0.52, height: 0.14, colour: 0xA08C96 },
        Part::Mist { top: 0.58, colour: 0xF6DCC4 },
        Part::Hills { top: 0.62, height: 0.14, colour: 0x7A7282 },
        Part::Mist { top: 0.70, colour: 0xE8CDC0 },
        Part::Hills { top: 0.76, height: 0.12, colour: 0x545668 },
        Part::Conifers { top: 0.94, height: 0.16, count: 34, colour: 0x2A3038 },
    ],
);

pub const SNOW_CABIN: Scene = Scene::new(
    Shape::Portrait,
    1313,
    DUSK_SNOW,
    0.62,
    None,
    &[
        Part::Hills { top: 0.56, height: 0.12, colour: 0x8496AE },
        Part::Conifers { top: 0.68, height: 0.24, count: 26, colour: 0x34465A },
        Part::Hills { top: 0.74, height: 0.05, colour: 0xC4D2E4 },
        Part::Cabin { across: 0.50, top: 0.80, size: 0.14 },
        Part::Conifers { top: 0.95, height: 0.36, count: 4, colour: 0x1E2C3C },
        Part::Snowfall { count: 520 },
    ],
);

pub const EVENING_SAIL: Scene = Scene::new(
    Shape::Square,
    1414,
    EMBER,
    0.58,
    Some(Light::sun(0.30, 0.48, 0.045, 0xFFC878, 0.9)),
    &[
        CLOUDS_THIN,
        Part::Water { top: 0.58, colour: 0x3C4C68, ripple: 0.5 },
        Part::Boat { across: 0.64, top: 0.66, size: 0.26 },
    ],
);

pub const MOUNTAIN_LAKE: Scene = Scene::new(
    Shape::Landscape,
    1515,
    BAY,
    0.52,
    Some(Light::sun(0.22, 0.12, 0.024, 0xFFFAEA, 0.5)),
    &[
        Part::Clouds { cover: 0.35, colour: 0xFFFFFF },
        Part::Mountains { top: 0.52, height: 0.36, colour: 0x72788A, snow: 0xF6FAFF },
        Part::Conifers { top: 0.585, height: 0.09, count: 70, colour: 0x2A4636 },
        Part::Water { top: 0.58, colour: 0x2E5E6E, ripple: 0.22 },
    ],
);

pub const MOON_SEA: Scene = Scene::new(
    Shape::Portrait,
    1616,
    NIGHT_BLUE,
    0.60,
    Some(Light::moon(0.42, 0.26, 0.050)),
    &[
        Part::Stars { count: 220 },
        Part::Clouds { cover: 0.40, colour: 0x5A6A8A },
        Part::Hills { top: 0.59, height: 0.05, colour: 0x1C2638 },
        Part::Water { top: 0.60, colour: 0x0E1A30, ripple: 0.6 },
    ],
);

pub const YELLOW_MEADOW: Scene = Scene::new(
    Shape::Landscape,
    1717,
    MEADOW_SKY,
    0.54,
    Some(Light::sun(0.20, 0.18, 0.030, 0xFFF6D8, 0.7)),
    &[
        Part::Clouds { cover: 0.70, colour: 0xFFFFFF },
        Part::Hills { top: 0.52, height: 0.05, colour: 0x7C9C8C },
        Part::Hills { top: 0.60, height: 0.05, colour: 0x88A050 },
        Part::Trees { top: 0.66, height: 0.26, count: 2, colour: 0x4E7C3A },
        Part::Hills { top: 0.68, height: 0.03, colour: 0x94A84E },
        Part::Flowers { top: 0.70, colour: 0xF0C83C },
    ],
);

pub const LAST_FERRY: Scene = Scene::new(
    Shape::Wide,
    1818,
    VIOLET,
    0.56,
    Some(Light::sun(0.70, 0.53, 0.030, 0xFFB48C, 0.85)),
    &[
        Part::Clouds { cover: 0.60, colour: 0xC88CA0 },
        Part::Hills { top: 0.54, height: 0.08, colour: 0x4A4060 },
        Part::Water { top: 0.57, colour: 0x342E52, ripple: 0.7 },
    ],
);

pub const NEW_SNOW: Scene = Scene::new(
    Shape::Square,
    1919,
    NOON,
    0.54,
    Some(Light::sun(0.74, 0.18, 0.030, 0xFFFAF0, 0.8)),
    &[
        CLOUDS_THIN,
        Part::Mountains { top: 0.54, height: 0.22, colour: 0x8490A6, snow: 0xFFFFFF },
        Part::Hills { top: 0.62, height: 0.10, colour: 0xE2ECF6 },
        Part::Conifers { top: 0.74, height: 0.20, count: 12, colour: 0x30464A },
        Part::Hills { top: 0.80, height: 0.08, colour: 0xF0F6FC },
    ],
);

pub const EVENING_HILLS: Scene = Scene::new(
    Shape::Portrait,
    2020,
    DAWN,
    0.58,
    Some(Light::sun(0.34, 0.46, 0.036, 0xFFD498, 0.9)),
    &[
        Part::Clouds { cover: 0.50, colour: 0xF0B89A },
        Part::Hills { top: 0.54, height: 0.10, colour: 0x8E808C },
        Part::Mist { top: 0.62, colour: 0xF0D6C0 },
        Part::Hills { top: 0.68, height: 0.08, colour: 0x6A705C },
        Part::Trees { top: 0.82, height: 0.26, count: 4, colour: 0x4C5C34 },
        Part::Hills { top: 0.85, height: 0.05, colour: 0x5C6A3A },
    ],
);

const DAWN: [u32; 4] = [0x6E86B4, 0xB0A6B8, 0xF2C2A2, 0xFFDDB0];
const EMBER: [u32; 4] = [0x38507E, 0x846E90, 0xE89070, 0xFFC07A];
const POLAR: [u32; 4] = [0x7EA0C8, 0xA8C2DC, 0xDCDCE4, 0xF6DED0];
const ROSE: [u32; 4] = [0x7C9AC4, 0xB6B4CC, 0xECC4BE, 0xFCDCC2];
const NOON: [u32; 4] = [0x2E6EB4, 0x5894CC, 0x90BCE2, 0xCCE2F0];
const BAY: [u32; 4] = [0x3E84BE, 0x72AAD2, 0xAACFE4, 0xE2EDEE];
const MEADOW_SKY: [u32; 4] = [0x3A7ABE, 0x6CA2D6, 0xA4C8E6, 0xDCEAF0];
const AUTUMN: [u32; 4] = [0x6A90B8, 0x98B0C6, 0xD0CCC4, 0xF2DEBC];
const STORM: [u32; 4] = [0x3E4C5C, 0x566676, 0x7E8A94, 0xC2B8A4];
const NIGHT: [u32; 4] = [0x0A1024, 0x121C38, 0x24304E, 0x4A4660];
const NIGHT_BLUE: [u32; 4] = [0x0C1834, 0x162A50, 0x2A4670, 0x4A6A8E];
const POLAR_NIGHT: [u32; 4] = [0x060C1C, 0x0A1830, 0x102A40, 0x1C3E4C];
const DUSK_SNOW: [u32; 4] = [0x4A6088, 0x6E84A8, 0x94A6C2, 0xC0C4D2];
const VIOLET: [u32; 4] = [0x2E2A5E, 0x5E467E, 0xB86E8A, 0xFFB088];

const CLOUDS_THIN: Part = Part::Clouds { cover: 0.32, colour: 0xFFF4EC };
const FAR_PEAKS: Part =
    Part::Mountains { top: 0.62, height: 0.26, colour: 0x8A98B0, snow: 0xF6F4F8 };

const HILLS_GREEN: &[Part] = &[
    CLOUDS_THIN,
    Part::Hills { top: 0.58, height: 0.14, colour: 0x7C8C8A },
    Part::Hills { top: 0.74, height: 0.14, colour: 0x5A7A4A },
    Part::Trees { top: 0.86, height: 0.26, count: 3, colour: 0x4C6E34 },
    Part::Hills { top: 0.88, height: 0.06, colour: 0x6A8A44 },
];
const SEA_CALM: &[Part] = &[CLOUDS_THIN, Part::Water { top: 0.60, colour: 0x3A4A6A, ripple: 0.5 }];
const PINES_SNOW: &[Part] = &[
    Part::Hills { top: 0.64, height: 0.10, colour: 0xC8D6E6 },
    Part::Conifers { top: 0.86, height: 0.56, count: 5, colour: 0x24363E },
    Part::Hills { top: 0.88, height: 0.06, colour: 0xE6EEF6 },
    Part::Snowfall { count: 160 },
];
const BALLOON_ONE: &[Part] = &[
    Part::Hills { top: 0.82, height: 0.12, colour: 0x7A7680 },
    Part::Balloon { across: 0.5, top: 0.40, size: 0.46, colour: 0xC8463C },
];
const PEAKS: &[Part] = &[
    CLOUDS_THIN,
    Part::Mountains { top: 0.70, height: 0.54, colour: 0x747A8C, snow: 0xFAFCFF },
    Part::Hills { top: 0.84, height: 0.12, colour: 0x4E6E4A },
];
const POPPIES: &[Part] = &[
    Part::Clouds { cover: 0.5, colour: 0xFFFFFF },
    Part::Hills { top: 0.48, height: 0.04, colour: 0x7E9C4A },
    Part::Flowers { top: 0.50, colour: 0xD8382C },
];
const SKYLINE: &[Part] = &[
    Part::Stars { count: 120 },
    Part::City { top: 0.80, height: 0.56, colour: 0x182030 },
    Part::Water { top: 0.80, colour: 0x0E1626, ripple: 0.7 },
];
const BOAT_ALONE: &[Part] = &[
    Part::Clouds { cover: 0.9, colour: 0xAAB4C0 },
    Part::Water { top: 0.62, colour: 0x36464E, ripple: 0.9 },
    Part::Boat { across: 0.5, top: 0.70, size: 0.36 },
];

const fn portrait(seed: u32, sky: [u32; 4], light: u32, parts: &'static [Part]) -> Scene {
    let light = Light { across: 0.68, down: 0.26, radius: 0.07, colour: light, glow: 0.8 };
    Scene { shape: Shape::Square, seed, sky, horizon: 0.64, light: Some(light), parts }
}
