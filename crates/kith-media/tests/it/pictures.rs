//! Pictures made by code, in every accepted format, with whatever a test wants to plant in them.

use kith_media::resize::{Accelerator as _, Cpu};
use kith_media::{
    AvifEffort, Format, MediaFailure, MediaProcess, RenderEvent, RenderRequest, Rendition,
    RenditionName, RgbImage, Size,
};
use std::borrow::Cow;
use std::io::Cursor;

/// Red, green, blue and light grey: upper left, upper right, lower left, lower right.
pub const QUADRANTS: [[u8; 3]; 4] = [[200, 40, 40], [40, 180, 60], [40, 60, 200], [230, 230, 230]];

/// Four rectangles of plain colour.
pub fn quadrants(width: u32, height: u32) -> RgbImage {
    let size = Size { width, height };
    let pixel =
        |x: u32, y: u32| QUADRANTS[usize::from(y >= height / 2) * 2 + usize::from(x >= width / 2)];
    let data = (0..height).flat_map(|y| (0..width).flat_map(move |x| pixel(x, y))).collect();
    RgbImage { size, data }
}

/// Smooth waves with fine detail: compresses like a photograph does.
pub fn scenery(width: u32, height: u32) -> RgbImage {
    let size = Size { width, height };
    let mut data = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..height {
        for x in 0..width {
            let (fx, fy) = (f64::from(x) / 97.0, f64::from(y) / 61.0);
            let noise = f64::from((x * 7919 + y * 104_729) % 23);
            for phase in [0.0, 1.3, 2.6] {
                data.push(
                    (128.0 + 70.0 * (fx + phase).sin() + 40.0 * (fy - phase).cos() + noise) as u8,
                );
            }
        }
    }
    RgbImage { size, data }
}

/// A whole-picture JPEG by the product's own encoder: progressive, 4:4:4.
pub fn progressive_jpeg(image: &RgbImage) -> Vec<u8> {
    Cpu::default().encode(Cow::Borrowed(image), Format::Jpeg, AvifEffort::Fast).unwrap()
}

/// A baseline 4:2:0 JPEG as cameras write it, with the given marker segments after its start.
pub fn camera_jpeg(image: &RgbImage, segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    for (number, data) in segments {
        encoder.add_app_segment(*number, data.clone()).unwrap();
    }
    let edge = |edge: u32| u16::try_from(edge).unwrap();
    encoder
        .encode(
            &image.data,
            edge(image.size.width),
            edge(image.size.height),
            jpeg_encoder::ColorType::Rgb,
        )
        .unwrap();
    bytes
}

/// A JPEG with grey or CMYK samples.
pub fn jpeg_of(samples: &[u8], size: Size, kind: jpeg_encoder::ColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    let edge = |edge: u32| u16::try_from(edge).unwrap();
    jpeg_encoder::Encoder::new(&mut bytes, 95)
        .encode(samples, edge(size.width), edge(size.height), kind)
        .unwrap();
    bytes
}

/// A PNG of any kind; `prepare` may add chunks.
pub fn png(
    size: Size,
    kind: png::ColorType,
    depth: png::BitDepth,
    data: &[u8],
    prepare: impl FnOnce(&mut png::Info<'static>),
) -> Vec<u8> {
    let mut info = png::Info::with_size(size.width, size.height);
    info.color_type = kind;
    info.bit_depth = depth;
    prepare(&mut info);
    let mut bytes = Vec::new();
    let mut writer = png::Encoder::with_info(&mut bytes, info).unwrap().write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    bytes
}

pub fn rgb_png(image: &RgbImage) -> Vec<u8> {
    png(image.size, png::ColorType::Rgb, png::BitDepth::Eight, &image.data, |_| {})
}

/// A lossless WebP.
pub fn lossless_webp(
    image: &RgbImage,
    prepare: impl FnOnce(&mut image_webp::WebPEncoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image_webp::WebPEncoder::new(&mut bytes);
    prepare(&mut encoder);
    encoder
        .encode(&image.data, image.size.width, image.size.height, image_webp::ColorType::Rgb8)
        .unwrap();
    bytes
}

pub fn lossy_webp(image: &RgbImage) -> Vec<u8> {
    Cpu::default().encode(Cow::Borrowed(image), Format::Webp, AvifEffort::Fast).unwrap()
}

pub fn avif(image: &RgbImage) -> Vec<u8> {
    Cpu::default().encode(Cow::Borrowed(image), Format::Avif, AvifEffort::Fast).unwrap()
}

/// An animation: the picture, then a black frame.
pub fn gif(image: &RgbImage) -> Vec<u8> {
    let edge = |edge: u32| u16::try_from(edge).unwrap();
    let (width, height) = (edge(image.size.width), edge(image.size.height));
    let mut bytes = Vec::new();
    let palette: Vec<u8> = QUADRANTS.concat();
    let mut encoder = gif::Encoder::new(&mut bytes, width, height, &palette).unwrap();
    let nearest = |pixel: &[u8]| QUADRANTS.iter().position(|known| known == pixel).unwrap() as u8;
    let first: Vec<u8> = image.data.chunks_exact(3).map(nearest).collect();
    for buffer in [first, vec![2; image.data.len() / 3]] {
        encoder
            .write_frame(&gif::Frame {
                width,
                height,
                buffer: buffer.into(),
                ..gif::Frame::default()
            })
            .unwrap();
    }
    drop(encoder);
    bytes
}

/// The fixture: 96 by 64.
pub fn heic() -> Vec<u8> {
    include_bytes!("../fixtures/quadrants.heic").to_vec()
}

/// A TIFF block with the given entries of its first directory: tag, type, count, value or value bytes.
pub struct Exif {
    entries: Vec<(u16, u16, Vec<u8>)>,
    detail: Vec<(u16, u16, Vec<u8>)>,
    gps: Vec<(u16, u16, Vec<u8>)>,
}

impl Exif {
    pub fn new() -> Self {
        Self { entries: Vec::new(), detail: Vec::new(), gps: Vec::new() }
    }

    pub fn orientation(mut self, number: u16) -> Self {
        self.entries.push((0x0112, 3, number.to_be_bytes().to_vec()));
        self
    }

    pub fn text(mut self, tag: u16, text: &str) -> Self {
        let list = if tag < 0x9000 { &mut self.entries } else { &mut self.detail };
        list.push((tag, 2, [text.as_bytes(), &[0]].concat()));
        self
    }

    /// 52° 30' 0" north, 13° 24' 0" west.
    pub fn gps(mut self) -> Self {
        let degrees = |numbers: [u32; 3]| {
            numbers.iter().flat_map(|n| [n.to_be_bytes(), 1_u32.to_be_bytes()].concat()).collect()
        };
        self.gps = vec![
            (1, 2, b"N\0".to_vec()),
            (2, 5, degrees([52, 30, 0])),
            (3, 2, b"W\0".to_vec()),
            (4, 5, degrees([13, 24, 0])),
        ];
        self
    }

    /// Big-endian TIFF.
    pub fn tiff(mut self) -> Vec<u8> {
        let directory_bytes = |count: usize| 2 + count * 12 + 4;
        let pointers = usize::from(!self.detail.is_empty()) + usize::from(!self.gps.is_empty());
        let data_bytes =
            |list: &[(u16, u16, Vec<u8>)]| list.iter().map(|entry| entry.2.len()).sum::<usize>();
        let main_end =
            8 + directory_bytes(self.entries.len() + pointers) + data_bytes(&self.entries);
        let detail_end = main_end + directory_bytes(self.detail.len()) + data_bytes(&self.detail);
        let pointer = |at: usize| u32::try_from(at).unwrap().to_be_bytes().to_vec();
        if !self.detail.is_empty() {
            self.entries.push((0x8769, 4, pointer(main_end)));
        }
        if !self.gps.is_empty() {
            self.entries.push((0x8825, 4, pointer(detail_end)));
        }
        let mut bytes = b"MM\0\x2a\0\0\0\x08".to_vec();
        write_directory(&mut bytes, &self.entries);
        bytes.resize(main_end, 0);
        write_directory(&mut bytes, &self.detail);
        bytes.resize(detail_end, 0);
        write_directory(&mut bytes, &self.gps);
        bytes
    }

    /// As a JPEG segment: number and body.
    pub fn segment(self) -> (u8, Vec<u8>) {
        (1, [b"Exif\0\0".as_slice(), &self.tiff()].concat())
    }
}

fn write_directory(bytes: &mut Vec<u8>, entries: &[(u16, u16, Vec<u8>)]) {
    let mut data_at = bytes.len() + 2 + entries.len() * 12 + 4;
    let mut data = Vec::new();
    bytes.extend(u16::try_from(entries.len()).unwrap().to_be_bytes());
    for (tag, kind, value) in entries {
        let width = match kind {
            3 => 2,
            4 => 4,
            5 => 8,
            _ => 1,
        };
        bytes.extend(tag.to_be_bytes());
        bytes.extend(kind.to_be_bytes());
        bytes.extend(u32::try_from(value.len() / width).unwrap().to_be_bytes());
        if value.len() <= 4 {
            let mut inline = value.clone();
            inline.resize(4, 0);
            bytes.extend(inline);
        } else {
            bytes.extend(u32::try_from(data_at).unwrap().to_be_bytes());
            data_at += value.len();
            data.extend_from_slice(value);
        }
    }
    bytes.extend([0; 4]);
    bytes.extend(data);
}

/// Runs a picture through a real child process.
pub async fn render(input: &[u8]) -> Result<Rendered, MediaFailure> {
    render_as(input, &RenderRequest::complete_set(input.len() as u64)).await
}

pub async fn render_as(input: &[u8], request: &RenderRequest) -> Result<Rendered, MediaFailure> {
    let rendering = process().render(Cursor::new(input.to_vec()), request).await?;
    Ok(Rendered { events: rendering.collect().await? })
}

pub fn process() -> MediaProcess {
    MediaProcess::new(env!("CARGO_BIN_EXE_kith-media"))
}

/// Everything a run gave.
#[derive(Debug)]
pub struct Rendered {
    pub events: Vec<RenderEvent>,
}

impl Rendered {
    pub fn facts(&self) -> &kith_media::Facts {
        self.events
            .iter()
            .find_map(
                |event| if let RenderEvent::Facts(facts) = event { Some(facts) } else { None },
            )
            .unwrap()
    }

    pub fn warnings(&self) -> Vec<kith_media::Warning> {
        self.events
            .iter()
            .filter_map(|event| {
                if let RenderEvent::Warning(warning) = event { Some(*warning) } else { None }
            })
            .collect()
    }

    pub fn renditions(&self) -> impl Iterator<Item = &Rendition> {
        self.events.iter().filter_map(|event| {
            if let RenderEvent::Rendition(rendition) = event { Some(rendition) } else { None }
        })
    }

    pub fn rendition(&self, name: RenditionName, format: Format) -> &Rendition {
        self.renditions()
            .find(|rendition| rendition.name == name && rendition.format == format)
            .unwrap()
    }

    /// The pixels of the largest JPEG, decoded by a decoder that the product does not use for JPEG.
    pub fn pixels(&self) -> RgbImage {
        let jpegs = self.renditions().filter(|rendition| {
            rendition.format == Format::Jpeg && rendition.name != RenditionName::Square
        });
        decode_jpeg(&jpegs.max_by_key(|rendition| rendition.size.long()).unwrap().bytes)
    }
}

pub fn decode_jpeg(bytes: &[u8]) -> RgbImage {
    let mut decoder =
        zune_jpeg::JpegDecoder::new(zune_jpeg::zune_core::bytestream::ZCursor::new(bytes));
    let data = decoder.decode().unwrap();
    let (width, height) = decoder.dimensions().unwrap();
    let size =
        Size { width: u32::try_from(width).unwrap(), height: u32::try_from(height).unwrap() };
    assert_eq!(data.len(), width * height * 3);
    RgbImage { size, data }
}

/// The colours in the middle of the four quarters.
pub fn quarters(image: &RgbImage) -> [[u8; 3]; 4] {
    let Size { width, height } = image.size;
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| {
        let at = ((height * y / 4 * width + width * x / 4) * 3) as usize;
        [image.data[at], image.data[at + 1], image.data[at + 2]]
    })
}

/// Fails unless the colours are within `tolerance` in every channel.
#[track_caller]
pub fn assert_near(found: [[u8; 3]; 4], expected: [[u8; 3]; 4], tolerance: u8) {
    let near = found
        .iter()
        .flatten()
        .zip(expected.iter().flatten())
        .all(|(a, b)| a.abs_diff(*b) <= tolerance);
    assert!(near, "found {found:?}, expected {expected:?}");
}
