//! Every conversion against Little CMS, which is linked for these tests alone.

use super::{Channels, Colour, DeepConverter, to_srgb};
use crate::request::Size;
use lcms2::{CIExyY, CIExyYTRIPLE, Flags, Intent, PixelFormat, Profile, ToneCurve, Transform};

/// What the issue of this pipeline promises, in steps of 255.
const TOLERANCE: u8 = 2;
/// Samples along each axis of the cube that is compared.
const STEPS: u32 = 18;

fn white(x: f64, y: f64) -> CIExyY {
    CIExyY { x, y, Y: 1.0 }
}

fn d65() -> CIExyY {
    white(0.3127, 0.3290)
}

fn srgb_curve() -> ToneCurve {
    ToneCurve::new_parametric(4, &[2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045]).unwrap()
}

fn rgb_profile(primaries: [(f64, f64); 3], curve: &ToneCurve) -> Vec<u8> {
    let [red, green, blue] = primaries.map(|(x, y)| white(x, y));
    let primaries = CIExyYTRIPLE { Red: red, Green: green, Blue: blue };
    Profile::new_rgb(&d65(), &primaries, &[curve, curve, curve]).unwrap().icc().unwrap()
}

fn display_p3() -> Vec<u8> {
    rgb_profile([(0.680, 0.320), (0.265, 0.690), (0.150, 0.060)], &srgb_curve())
}

fn adobe_rgb() -> Vec<u8> {
    let primaries = [(0.64, 0.33), (0.21, 0.71), (0.15, 0.06)];
    rgb_profile(primaries, &ToneCurve::new(563.0 / 256.0))
}

fn grey(curve: &ToneCurve) -> Vec<u8> {
    Profile::new_gray(&white(0.3457, 0.3585), curve).unwrap().icc().unwrap()
}

/// Every combination of `STEPS` values in so many channels.
fn cube<const N: usize>(steps: u32) -> Vec<[u8; N]> {
    let value = |number: u32, axis: u32| {
        u8::try_from(number / steps.pow(axis) % steps * 255 / (steps - 1)).unwrap()
    };
    let axes = u32::try_from(N).unwrap();
    (0..steps.pow(axes))
        .map(|number| std::array::from_fn(|axis| value(number, u32::try_from(axis).unwrap())))
        .collect()
}

/// By Little CMS: relative colorimetric, as browsers show pictures. Exactly: its short cuts through coarse
/// tables would be what is measured.
fn expected<From: Copy + bytemuck::Pod>(
    icc: &[u8],
    from: PixelFormat,
    pixels: &[From],
) -> Vec<[u8; 3]> {
    let source = Profile::new_icc(icc).unwrap();
    let (srgb, intent) = (Profile::new_srgb(), Intent::RelativeColorimetric);
    let transform: Transform<From, [u8; 3]> =
        Transform::new_flags(&source, from, &srgb, PixelFormat::RGB_8, intent, Flags::NO_OPTIMIZE)
            .unwrap();
    let mut converted = vec![[0; 3]; pixels.len()];
    transform.transform_pixels(pixels, &mut converted);
    converted
}

fn ours<const N: usize>(colour: &Colour, channels: Channels, pixels: &[[u8; N]]) -> Vec<[u8; 3]> {
    let size = Size { width: u32::try_from(pixels.len()).unwrap(), height: 1 };
    let (image, warning) = to_srgb(size, pixels.concat(), channels, colour);
    assert_eq!(warning, None);
    image.data.as_chunks::<3>().0.to_vec()
}

#[track_caller]
fn assert_close<From: std::fmt::Debug>(from: &[From], ours: &[[u8; 3]], theirs: &[[u8; 3]]) {
    assert_eq!(ours.len(), theirs.len());
    let apart =
        |(a, b): (&[u8; 3], &[u8; 3])| a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
    let differences: Vec<u8> = ours.iter().zip(theirs).map(apart).collect();
    let worst = (0..ours.len()).max_by_key(|at| differences[*at]).unwrap();
    assert!(
        differences[worst] <= TOLERANCE,
        "{:?} became {:?}, by Little CMS {:?}",
        from[worst],
        ours[worst],
        theirs[worst]
    );
}

#[test]
fn rgb_profiles() {
    let pixels = cube::<3>(STEPS);
    for icc in [display_p3(), adobe_rgb()] {
        let theirs = expected(&icc, PixelFormat::RGB_8, &pixels);
        assert_ne!(pixels, theirs, "the profile changes something");
        assert_close(&pixels, &ours(&Colour::Icc(icc), Channels::Rgb, &pixels), &theirs);
    }
}

#[test]
fn rgb_profiles_of_16_bit_pictures() {
    let wide = |value: u8| u16::from(value) * 257;
    let pixels: Vec<[u16; 3]> = cube::<3>(STEPS).iter().map(|pixel| pixel.map(wide)).collect();
    for icc in [display_p3(), adobe_rgb()] {
        let theirs = expected(&icc, PixelFormat::RGB_16, &pixels);
        let (mut converter, warning) = DeepConverter::new(&Colour::Icc(icc), pixels.len());
        assert_eq!(warning, None);
        let mut converted = vec![0; pixels.len() * 3];
        converter.convert(pixels.as_flattened(), &mut converted);
        assert_close(&pixels, converted.as_chunks::<3>().0, &theirs);
    }
}

/// Numbers of ITU-T H.273 as phones write them beside HEVC and AV1: primaries of P3, transfer of sRGB.
#[test]
fn display_p3_by_its_numbers() {
    let pixels = cube::<3>(STEPS);
    let theirs = expected(&display_p3(), PixelFormat::RGB_8, &pixels);
    let colour = Colour::Cicp { primaries: 12, transfer: 13 };
    assert_close(&pixels, &ours(&colour, Channels::Rgb, &pixels), &theirs);
}

#[test]
fn grey_profiles() {
    let pixels = cube::<1>(256);
    for curve in [ToneCurve::new(1.0), ToneCurve::new(1.8), ToneCurve::new(2.2), srgb_curve()] {
        let icc = grey(&curve);
        let theirs = expected(&icc, PixelFormat::GRAY_8, &pixels);
        assert_close(&pixels, &ours(&Colour::Icc(icc), Channels::Grey, &pixels), &theirs);
    }
}

#[test]
fn cmyk_profiles() {
    let pixels = cube::<4>(11);
    let icc = press_profile();
    let theirs = expected(&icc, PixelFormat::CMYK_8, &pixels);
    assert_close(&pixels, &ours(&Colour::Icc(icc), Channels::Cmyk, &pixels), &theirs);
}

/// A printing press by its table of colours (ICC.1:2001-04, 6.5.9 `lut16Type`): four inks on white paper, each
/// taking light away, from a grid of nine steps as real profiles have.
fn press_profile() -> Vec<u8> {
    const GRID: u32 = 9;
    let mut table = b"mft2\0\0\0\0\x04\x03\x09\0".to_vec();
    let one = 0x0001_0000_u32;
    for entry in [one, 0, 0, 0, one, 0, 0, 0, one] {
        table.extend(entry.to_be_bytes());
    }
    table.extend([0, 2, 0, 2]);
    let line = [0, 0, 0xff, 0xff];
    table.extend(line.repeat(4));
    for number in 0..GRID.pow(4) {
        // The first channel varies slowest.
        let [cyan, magenta, yellow, black] = [3, 2, 1, 0]
            .map(|axis| f64::from(number / GRID.pow(axis) % GRID) / f64::from(GRID - 1));
        let light = (1.0 - 0.45 * cyan) * (1.0 - 0.5 * magenta) * (1.0 - 0.1 * yellow);
        let light = light * (1.0 - 0.85 * black);
        let lightness = 100.0 * light;
        let a = (70.0 * magenta - 35.0 * cyan) * (1.0 - black);
        let b = (80.0 * yellow - 45.0 * cyan) * (1.0 - black);
        for value in [lightness * 652.8, (a + 128.0) * 256.0, (b + 128.0) * 256.0] {
            table.extend(whole(value).to_be_bytes());
        }
    }
    table.extend(line.repeat(3));
    profile_of(&table)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
fn whole(value: f64) -> u16 {
    value.round() as u16
}

/// A CMYK output profile that holds the table and its white.
fn profile_of(table: &[u8]) -> Vec<u8> {
    let white = [b"XYZ \0\0\0\0", &[0, 0, 0xf6, 0xd6, 0, 1, 0, 0, 0, 0, 0xd3, 0x2d][..]].concat();
    let tags = 128 + 4 + 2 * 12;
    let table_at = tags + white.len();
    let number = |value: usize| u32::try_from(value).unwrap().to_be_bytes();
    let mut profile = Vec::new();
    profile.extend(number(table_at + table.len()));
    profile.extend([0, 0, 0, 0, 2, 0x40, 0, 0]);
    profile.extend(b"prtrCMYKLab ");
    profile.extend([0; 12]);
    profile.extend(b"acsp");
    profile.resize(68, 0);
    profile.extend([0, 0, 0xf6, 0xd6, 0, 1, 0, 0, 0, 0, 0xd3, 0x2d]);
    profile.resize(128, 0);
    profile.extend(number(2));
    profile.extend([&b"wtpt"[..], &number(tags), &number(white.len())].concat());
    profile.extend([&b"A2B0"[..], &number(table_at), &number(table.len())].concat());
    profile.extend(white);
    profile.extend(table);
    profile
}
