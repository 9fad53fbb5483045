//! Every format, orientation, depth and colour space comes out upright, in its colours, in the right sizes.

use crate::containers::{Item, av1_item, container, hevc_item, ispe};
use crate::pictures::{
    Exif, QUADRANTS, assert_near, avif, camera_jpeg, gif, heic, jpeg_of, lossless_webp, lossy_webp,
    png, progressive_jpeg, quadrants, quarters, render, render_as, rgb_png, scenery,
};
use RenditionName::{Square, W320, W640, W1080, W2048};
use kith_media::{Focus, Format, RenderEvent, RenderRequest, RenditionName, Size, Warning};
use png::{BitDepth, ColorType};

const SMALL: Size = Size { width: 96, height: 64 };

#[tokio::test]
async fn every_format_is_read() {
    let picture = quadrants(SMALL.width, SMALL.height);
    for (name, bytes) in [
        ("baseline JPEG", camera_jpeg(&picture, &[])),
        ("progressive JPEG", progressive_jpeg(&picture)),
        ("PNG", rgb_png(&picture)),
        ("lossless WebP", lossless_webp(&picture, |_| {})),
        ("lossy WebP", lossy_webp(&picture)),
        ("AVIF", avif(&picture)),
        ("HEIC", heic()),
        ("GIF", gif(&picture)),
    ] {
        let rendered = render(&bytes).await.unwrap_or_else(|failure| panic!("{name}: {failure}"));
        assert_eq!((rendered.facts().width, rendered.facts().height), (96, 64), "{name}");
        assert_near(quarters(&rendered.pixels()), QUADRANTS, 14);
    }
}

#[tokio::test]
async fn every_orientation_is_turned_upright() {
    // What a viewer must show in its quarters when the stored picture carries each number.
    let [red, green, blue, grey] = QUADRANTS;
    let upright = [
        [red, green, blue, grey],
        [green, red, grey, blue],
        [grey, blue, green, red],
        [blue, grey, red, green],
        [red, blue, green, grey],
        [blue, red, grey, green],
        [grey, green, blue, red],
        [green, grey, red, blue],
    ];
    for (number, expected) in (1..=8).zip(upright) {
        let stored = camera_jpeg(&quadrants(96, 64), &[Exif::new().orientation(number).segment()]);
        let rendered = render(&stored).await.unwrap();
        let size = if number < 5 { (96, 64) } else { (64, 96) };
        assert_eq!(
            (
                rendered.facts().width,
                rendered.facts().height,
                u16::from(rendered.facts().orientation)
            ),
            (size.0, size.1, number)
        );
        assert_near(quarters(&rendered.pixels()), expected, 14);
    }
}

#[tokio::test]
async fn the_complete_set_has_its_sizes_and_comes_in_order() {
    let rendered = render(&camera_jpeg(&scenery(2500, 1500), &[])).await.unwrap();
    let sizes = [
        (W320, 320, 192),
        (W640, 640, 384),
        (W1080, 1080, 648),
        (W2048, 2048, 1229),
        (Square, 480, 480),
    ];
    for (name, width, height) in sizes {
        for format in [Format::Jpeg, Format::Avif] {
            assert_eq!(rendered.rendition(name, format).size, Size { width, height }, "{name}");
        }
    }
    assert_eq!(rendered.renditions().count(), 10);
    let order: Vec<&str> = rendered.events.iter().take(3).map(kind).collect();
    assert_eq!(order, ["facts", "appearance", "w640 jpeg"]);
    assert_eq!(rendered.events.last().map(kind), Some("done"));
}

fn kind(event: &RenderEvent) -> &'static str {
    match event {
        RenderEvent::Facts(_) => "facts",
        RenderEvent::Appearance(_) => "appearance",
        RenderEvent::Warning(_) => "warning",
        RenderEvent::Rendition(rendition)
            if (rendition.name, rendition.format) == (W640, Format::Jpeg) =>
        {
            "w640 jpeg"
        }
        RenderEvent::Rendition(_) => "rendition",
        RenderEvent::Done(_) => "done",
    }
}

#[tokio::test]
async fn small_pictures_are_never_enlarged() {
    let rendered = render(&rgb_png(&quadrants(90, 40))).await.unwrap();
    let sizes: Vec<_> = rendered
        .renditions()
        .map(|rendition| (rendition.name, rendition.size.width, rendition.size.height))
        .collect();
    assert_eq!(sizes, [(W320, 90, 40), (Square, 40, 40), (W320, 90, 40), (Square, 40, 40)]);
    let one = render(&rgb_png(&quadrants(1, 1))).await.unwrap();
    assert_eq!(one.rendition(W320, Format::Avif).size, Size { width: 1, height: 1 });
}

#[tokio::test]
async fn jpeg_scales_of_every_kind_keep_the_picture() {
    // Whole, 5/8, 1/2, 1/4 and 1/8 of the transform.
    for width in [2100_u32, 3264, 4032, 8200, 16_400] {
        let rendered = render(&camera_jpeg(&quadrants(width, 400), &[])).await.unwrap();
        let size = rendered.rendition(W2048, Format::Jpeg).size;
        assert!((2007..=2048).contains(&size.width), "{width}: {size:?}");
        assert_near(quarters(&rendered.pixels()), QUADRANTS, 14);
    }
}

#[tokio::test]
async fn png_depths_and_transparency() {
    let (red, clear) = ([200, 40, 40, 255], [10, 20, 30, 0]);
    let rgba: Vec<u8> =
        (0..64).flat_map(|_| [red, clear].map(|pixel| pixel.repeat(48)).concat()).collect();
    let wide: Vec<u8> = quadrants(96, 64).data.iter().flat_map(|value| [*value, *value]).collect();
    let bits: Vec<u8> = (0..64).flat_map(|y| [if y < 32 { 0_u8 } else { 255 }; 12]).collect();
    let (white, black, red) = ([255; 3], [0; 3], [200, 40, 40]);
    for (name, bytes, expected) in [
        (
            "RGBA",
            png(SMALL, ColorType::Rgba, BitDepth::Eight, &rgba, |_| {}),
            [red, white, red, white],
        ),
        ("16 bit", png(SMALL, ColorType::Rgb, BitDepth::Sixteen, &wide, |_| {}), QUADRANTS),
        (
            "1 bit",
            png(SMALL, ColorType::Grayscale, BitDepth::One, &bits, |_| {}),
            [black, black, white, white],
        ),
        ("palette", palette_png(), QUADRANTS),
    ] {
        let rendered = render(&bytes).await.unwrap_or_else(|failure| panic!("{name}: {failure}"));
        assert_near(quarters(&rendered.pixels()), expected, 14);
    }
}

fn palette_png() -> Vec<u8> {
    let entries: Vec<u8> = quadrants(96, 64)
        .data
        .chunks_exact(3)
        .map(|pixel| QUADRANTS.iter().position(|known| known == pixel).unwrap() as u8)
        .collect();
    png(SMALL, ColorType::Indexed, BitDepth::Eight, &entries, |info| {
        info.palette = Some(QUADRANTS.concat().into());
    })
}

#[tokio::test]
async fn grey_and_cmyk_jpegs() {
    let grey = jpeg_of(&vec![90; 96 * 64], SMALL, jpeg_encoder::ColorType::Luma);
    assert_near(quarters(&render(&grey).await.unwrap().pixels()), [[90; 3]; 4], 3);
    // Printers' magenta and a little black; the encoder inverts as Adobe's programs do.
    let cmyk = jpeg_of(&[0, 255, 0, 55].repeat(96 * 64), SMALL, jpeg_encoder::ColorType::Cmyk);
    assert_near(quarters(&render(&cmyk).await.unwrap().pixels()), [[200, 0, 200]; 4], 8);
    let ycck = [0, 255, 0, 55].repeat(96 * 64);
    let ycck = jpeg_of(&ycck, SMALL, jpeg_encoder::ColorType::CmykAsYcck);
    assert_near(quarters(&render(&ycck).await.unwrap().pixels()), [[200, 0, 200]; 4], 8);
}

/// Adobe's marker with transform 0: the three components are red, green and blue themselves.
#[tokio::test]
async fn rgb_jpegs_by_adobes_marker() {
    let mut stored = jpeg_of(&quadrants(96, 64).data, SMALL, jpeg_encoder::ColorType::Ycbcr);
    let marker = [b"\xff\xee\0\x0eAdobe\0\x64".as_slice(), &[0; 5]].concat();
    assert_eq!(stored[2..4], [0xff, 0xe0], "JFIF stands first, and would rule");
    stored.splice(2..20, marker);
    assert_near(quarters(&render(&stored).await.unwrap().pixels()), QUADRANTS, 14);
}

#[tokio::test]
async fn wide_gamut_profiles_become_srgb() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let segment = (2, [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile].concat());
    let rendered = render(&camera_jpeg(&quadrants(96, 64), &[segment])).await.unwrap();
    // The same colours of Display P3 in sRGB by the matrices of CSS Color 4; red leaves the gamut.
    assert_near(
        quarters(&rendered.pixels()),
        [[218, 0, 26], [0, 183, 30], [34, 61, 208], [230, 230, 230]],
        5,
    );
    assert_eq!(rendered.warnings(), []);
}

#[tokio::test]
async fn a_broken_profile_is_ignored_with_a_warning() {
    let segment = (2, [b"ICC_PROFILE\0\x01\x01".as_slice(), &[7; 300]].concat());
    let rendered = render(&camera_jpeg(&quadrants(96, 64), &[segment])).await.unwrap();
    assert_eq!(rendered.warnings(), [Warning::ColourProfileIgnored]);
    assert_near(quarters(&rendered.pixels()), QUADRANTS, 14);
}

#[tokio::test]
async fn truncated_camera_files_are_accepted_with_a_warning() {
    let whole = camera_jpeg(&quadrants(640, 480), &[]);
    let rendered = render(&whole[..whole.len() * 3 / 4]).await.unwrap();
    assert_eq!(rendered.warnings(), [Warning::Truncated]);
    assert_near([quarters(&rendered.pixels())[0]; 4], [QUADRANTS[0]; 4], 14);
    let png = rgb_png(&scenery(300, 200));
    assert_eq!(render(&png[..png.len() / 2]).await.unwrap().warnings(), [Warning::Truncated]);
}

/// A phone's file of two by two tiles that breaks off in the last one: what is there is shown.
#[tokio::test]
async fn truncated_grids_are_accepted_with_a_warning() {
    for (brand, tile) in [(*b"heic", hevc_item(&[])), (*b"avif", av1_item(&quadrants(96, 64), &[]))]
    {
        let size = Size { width: 192, height: 128 };
        let grid = Item {
            kind: *b"grid",
            data: vec![0, 0, 1, 1, 0, 192, 0, 128],
            properties: vec![ispe(size)],
        };
        let items = [vec![grid], vec![tile; 4]].concat();
        let mut file = container(brand, &items, &[(*b"dimg", 1, vec![2, 3, 4, 5])]);
        file.truncate(file.len() - 20);
        let rendered = render(&file).await.unwrap();
        assert_eq!(rendered.warnings(), [Warning::Truncated]);
        let pixels = rendered.pixels();
        let cut = |left, top| quarters(&pixels.cropped(left, top, SMALL));
        assert_near(cut(0, 0), QUADRANTS, 14);
        assert_near(cut(0, 64), QUADRANTS, 14);
        assert_near(cut(96, 64), [[128; 3]; 4], 14);
    }
}

#[tokio::test]
async fn a_second_picture_and_a_trailer_behind_the_first_are_not_read() {
    let first = camera_jpeg(&quadrants(96, 64), &[]);
    let second = camera_jpeg(&scenery(300, 300), &[]);
    let rendered = render(&[first, second, b"trailer".to_vec()].concat()).await.unwrap();
    assert_eq!((rendered.facts().width, rendered.facts().height), (96, 64));
    assert_near(quarters(&rendered.pixels()), QUADRANTS, 14);
}

#[tokio::test]
async fn the_same_input_gives_the_same_bytes() {
    let input = camera_jpeg(&scenery(700, 500), &[]);
    let (first, second) = (render(&input).await.unwrap(), render(&input).await.unwrap());
    assert!(first.renditions().eq(second.renditions()));
}

#[tokio::test]
async fn a_further_format_of_an_existing_rendition_keeps_its_size() {
    let first = render(&camera_jpeg(&scenery(1501, 1003), &[])).await.unwrap();
    let source = first.rendition(W2048, Format::Jpeg);
    for name in [W320, W640, W1080, W2048] {
        let size = first.rendition(name, Format::Jpeg).size;
        let request =
            RenderRequest::further_format(source.bytes.len() as u64, name, size, Format::Webp);
        let rendered = render_as(&source.bytes, &request).await.unwrap();
        let webp = rendered.rendition(name, Format::Webp);
        assert_eq!(webp.size, size);
        assert_eq!(rendered.renditions().count(), 1);
    }
    let square = first.rendition(Square, Format::Jpeg);
    let request =
        RenderRequest::further_format(square.bytes.len() as u64, Square, square.size, Format::Webp);
    assert_eq!(
        render_as(&square.bytes, &request).await.unwrap().rendition(Square, Format::Webp).size,
        square.size
    );
}

#[tokio::test]
async fn the_authors_focus_moves_the_square() {
    let input = rgb_png(&quadrants(600, 200));
    let mut request = RenderRequest::complete_set(input.len() as u64);
    for (x, expected) in [(0.0, QUADRANTS[0]), (1.0, QUADRANTS[1])] {
        request.focus = Focus::Point { x, y: 0.5 };
        let rendered = render_as(&input, &request).await.unwrap();
        let square = crate::pictures::decode_jpeg(&rendered.rendition(Square, Format::Jpeg).bytes);
        assert_near(
            [quarters(&square)[0], quarters(&square)[1], expected, expected],
            [expected; 4],
            14,
        );
    }
}
