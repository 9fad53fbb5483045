//! HEIF containers written by code around coded pictures: turns, crops, grids, metadata items.

use crate::pictures::{Exif, QUADRANTS, assert_near, avif, heic, quadrants, quarters, render};
use kith_media::{RgbImage, Size};

/// One item of a container.
#[derive(Clone)]
pub struct Item {
    pub kind: [u8; 4],
    pub data: Vec<u8>,
    /// Whole boxes. Equal ones of different items are stored once.
    pub properties: Vec<Vec<u8>>,
}

/// A reference between items: kind, from, to. Items are numbered from 1.
pub type Reference = ([u8; 4], u16, Vec<u16>);

pub fn boxed(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes(), kind.as_slice(), body].concat()
}

pub fn full(kind: [u8; 4], version: u8, body: &[u8]) -> Vec<u8> {
    boxed(kind, &[&[version, 0, 0, 0], body].concat())
}

/// A file whose first item is the one to show.
pub fn container(brand: [u8; 4], items: &[Item], references: &[Reference]) -> Vec<u8> {
    let number = |at: usize| u16::try_from(at + 1).unwrap().to_be_bytes();
    let count = u16::try_from(items.len()).unwrap().to_be_bytes();
    let entries = items.iter().enumerate().map(|(at, item)| {
        full(
            *b"infe",
            2,
            &[&number(at), [0, 0].as_slice(), &item.kind, b"\0application/rdf+xml\0"].concat(),
        )
    });
    let entries =
        full(*b"iinf", 0, &[count.to_vec(), entries.collect::<Vec<_>>().concat()].concat());
    let mut properties: Vec<&Vec<u8>> = Vec::new();
    let associations: Vec<u8> = items
        .iter()
        .enumerate()
        .flat_map(|(at, item)| {
            let indices = item.properties.iter().map(|property| {
                let known = properties.iter().position(|known| *known == property);
                let index = known.unwrap_or_else(|| {
                    properties.push(property);
                    properties.len() - 1
                });
                u8::try_from(index + 1).unwrap()
            });
            [
                number(at).as_slice(),
                &[u8::try_from(item.properties.len()).unwrap()],
                &indices.collect::<Vec<u8>>(),
            ]
            .concat()
        })
        .collect();
    let associations = full(*b"ipma", 0, &[[0, 0].as_slice(), &count, &associations].concat());
    let list = boxed(*b"ipco", &properties.into_iter().flatten().copied().collect::<Vec<u8>>());
    let properties = boxed(*b"iprp", &[list, associations].concat());
    let links = references.iter().flat_map(|(kind, from, to)| {
        let to_count = u16::try_from(to.len()).unwrap();
        boxed(
            *kind,
            &[*from, to_count]
                .iter()
                .chain(to)
                .flat_map(|id| id.to_be_bytes())
                .collect::<Vec<u8>>(),
        )
    });
    let references = full(*b"iref", 0, &links.collect::<Vec<u8>>());
    let start = boxed(*b"ftyp", &[brand.as_slice(), &[0; 4], b"mif1", &brand].concat());
    let meta = |offset: usize| {
        let mut at = offset;
        let extents: Vec<u8> = items
            .iter()
            .enumerate()
            .flat_map(|(index, item)| {
                let extent = [at, item.data.len()]
                    .map(|value| u32::try_from(value).unwrap().to_be_bytes())
                    .concat();
                at += item.data.len();
                [number(index).as_slice(), &[0, 0, 0, 1], &extent].concat()
            })
            .collect();
        let locations = full(*b"iloc", 0, &[[0x44, 0].as_slice(), &count, &extents].concat());
        full(
            *b"meta",
            0,
            &[
                full(*b"pitm", 0, &[0, 1]),
                entries.clone(),
                locations,
                references.clone(),
                properties.clone(),
            ]
            .concat(),
        )
    };
    let offset = start.len() + meta(0).len() + 8;
    let data: Vec<u8> = items.iter().flat_map(|item| item.data.clone()).collect();
    [start, meta(offset), boxed(*b"mdat", &data)].concat()
}

/// The body of the first box of a kind, wherever it stands.
fn find(file: &[u8], kind: [u8; 4]) -> &[u8] {
    let at = file.windows(4).position(|window| window == kind).unwrap();
    let length = u32::from_be_bytes(file[at - 4..at].try_into().unwrap()) as usize;
    &file[at + 4..at - 4 + length]
}

pub fn ispe(size: Size) -> Vec<u8> {
    full(*b"ispe", 0, &[size.width.to_be_bytes(), size.height.to_be_bytes()].concat())
}

/// The coded picture of the fixture, 96 by 64, with further properties.
pub fn hevc_item(properties: &[Vec<u8>]) -> Item {
    coded_item(&heic(), Size { width: 96, height: 64 }, properties)
}

/// A tile as phones write them, 512 by 512.
pub fn tile_item() -> Item {
    let file = include_bytes!("../fixtures/tile.heic");
    coded_item(file, Size { width: 512, height: 512 }, &[])
}

fn coded_item(file: &[u8], size: Size, properties: &[Vec<u8>]) -> Item {
    let first = [boxed(*b"hvcC", find(file, *b"hvcC")), ispe(size)];
    Item {
        kind: *b"hvc1",
        data: find(file, *b"mdat").to_vec(),
        properties: [first.as_slice(), properties].concat(),
    }
}

/// A picture coded as AV1.
pub fn av1_item(picture: &RgbImage, properties: &[Vec<u8>]) -> Item {
    let file = avif(picture);
    // Without a `colr` box, as the encoder leaves it: sRGB is what that means.
    let first = [boxed(*b"av1C", find(&file, *b"av1C")), ispe(picture.size)];
    Item {
        kind: *b"av01",
        data: find(&file, *b"mdat").to_vec(),
        properties: [first.as_slice(), properties].concat(),
    }
}

pub fn exif_item(exif: Exif) -> Item {
    Item { kind: *b"Exif", data: [vec![0; 4], exif.tiff()].concat(), properties: Vec::new() }
}

pub fn xmp_item(text: &str) -> Item {
    Item { kind: *b"mime", data: text.as_bytes().to_vec(), properties: Vec::new() }
}

#[tokio::test]
async fn turns_and_mirrors_of_the_container_are_applied_in_their_order() {
    let turn = |angle: u8| boxed(*b"irot", &[angle]);
    let mirror = |axis: u8| boxed(*b"imir", &[axis]);
    let [red, green, blue, grey] = QUADRANTS;
    for (properties, expected, number) in [
        (vec![turn(1)], [green, grey, red, blue], 8),
        (vec![turn(2)], [grey, blue, green, red], 3),
        (vec![turn(3)], [blue, red, grey, green], 6),
        (vec![mirror(0)], [blue, grey, red, green], 4),
        (vec![mirror(1)], [green, red, grey, blue], 2),
        (vec![turn(1), mirror(1)], [grey, green, blue, red], 7),
        (vec![mirror(1), turn(1)], [red, blue, green, grey], 5),
    ] {
        for item in [hevc_item(&properties), av1_item(&quadrants(96, 64), &properties)] {
            // The EXIF value repeats the container's turn and must not be applied again.
            let file = container(
                if &item.kind == b"hvc1" { *b"heic" } else { *b"avif" },
                &[item, exif_item(Exif::new().orientation(6))],
                &[(*b"cdsc", 2, vec![1])],
            );
            let rendered = render(&file).await.unwrap();
            assert_eq!(rendered.facts().orientation, number);
            assert_near(quarters(&rendered.pixels()), expected, 14);
        }
    }
}

#[tokio::test]
async fn the_clean_aperture_is_cut_out() {
    let fraction = |over: u32| [over.to_be_bytes(), 1_u32.to_be_bytes()].concat();
    // The right half: 48 wide, its centre 24 to the right of the middle.
    let clap = boxed(*b"clap", &[fraction(48), fraction(64), fraction(24), fraction(0)].concat());
    let rendered = render(&container(*b"heic", &[hevc_item(&[clap])], &[])).await.unwrap();
    assert_eq!((rendered.facts().width, rendered.facts().height), (48, 64));
    let [_, green, _, grey] = QUADRANTS;
    assert_near(quarters(&rendered.pixels()), [green, green, grey, grey], 14);
}

#[tokio::test]
async fn grids_are_put_together_and_cut_to_size() {
    let tiles = QUADRANTS.map(|colour| {
        let size = Size { width: 64, height: 64 };
        av1_item(&RgbImage { size, data: colour.repeat(64 * 64) }, &[])
    });
    let size = Size { width: 120, height: 118 };
    let descriptor = vec![0, 0, 1, 1, 0, 120, 0, 118];
    let grid = Item { kind: *b"grid", data: descriptor, properties: vec![ispe(size)] };
    let file = container(
        *b"avif",
        &[[grid].as_slice(), &tiles].concat(),
        &[(*b"dimg", 1, vec![2, 3, 4, 5])],
    );
    let rendered = render(&file).await.unwrap();
    assert_eq!((rendered.facts().width, rendered.facts().height), (120, 118));
    assert_near(quarters(&rendered.pixels()), QUADRANTS, 14);
}

#[tokio::test]
async fn hevc_grids_read_the_tiles_of_a_phone() {
    let size = Size { width: 192, height: 128 };
    let grid = Item {
        kind: *b"grid",
        data: vec![0, 0, 1, 1, 0, 192, 0, 128],
        properties: vec![ispe(size)],
    };
    let tiles = [hevc_item(&[]), hevc_item(&[]), hevc_item(&[]), hevc_item(&[])];
    let file = container(
        *b"heic",
        &[[grid].as_slice(), &tiles].concat(),
        &[(*b"dimg", 1, vec![2, 3, 4, 5])],
    );
    let pixels = render(&file).await.unwrap().pixels();
    let [red, green, ..] = QUADRANTS;
    let at = |x: u32, y: u32| {
        let i = ((y * 192 + x) * 3) as usize;
        [pixels.data[i], pixels.data[i + 1], pixels.data[i + 2]]
    };
    assert_near([at(24, 16), at(72, 16), at(120, 80), at(168, 80)], [red, green, red, green], 14);
}

#[tokio::test]
async fn opacity_falls_on_white() {
    let picture = quadrants(96, 64);
    let half: Vec<u8> =
        (0..64).flat_map(|_| [[255_u8; 3].repeat(48), [0; 3].repeat(48)].concat()).collect();
    let kind = full(*b"auxC", 0, b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0");
    let mask = av1_item(&RgbImage { size: picture.size, data: half }, &[kind]);
    let file = container(*b"avif", &[av1_item(&picture, &[]), mask], &[(*b"auxl", 2, vec![1])]);
    let [red, _, blue, _] = QUADRANTS;
    assert_near(
        quarters(&render(&file).await.unwrap().pixels()),
        [red, [255; 3], blue, [255; 3]],
        14,
    );
}

#[tokio::test]
async fn a_container_that_lies_about_its_size_is_refused() {
    let mut item = av1_item(&quadrants(96, 64), &[]);
    item.properties[1] = ispe(Size { width: 96, height: 128 });
    let failure = render(&container(*b"avif", &[item.clone()], &[])).await.unwrap_err();
    assert_eq!(failure.name(), "damaged");
    item.properties[1] = ispe(Size { width: 60_000, height: 60_000 });
    assert_eq!(
        render(&container(*b"avif", &[item], &[])).await.unwrap_err().name(),
        "too-many-pixels"
    );
    // An item that is its own source.
    let own = Item {
        kind: *b"iden",
        data: Vec::new(),
        properties: vec![ispe(Size { width: 96, height: 64 })],
    };
    let failure =
        render(&container(*b"avif", &[own], &[(*b"dimg", 1, vec![1])])).await.unwrap_err();
    assert_eq!(failure.name(), "damaged");
}
