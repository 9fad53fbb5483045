//! The door to the C codecs: `native/codecs.h` in safe Rust.
//!
//! The only module with foreign calls. Every function checks the buffer sizes that the C side relies on.

#![expect(unsafe_code, reason = "foreign calls into libjpeg-turbo, jpegli, libaom and libwebp")]

use crate::failure::MediaFailure;
use crate::pixels::{RgbImage, index};
use crate::request::Size;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;

/// What went wrong on the C side (`KITH_*` codes).
fn failure(code: c_int) -> MediaFailure {
    match code {
        1 => MediaFailure::Damaged,
        2 => MediaFailure::OutOfMemory,
        3 => MediaFailure::TooComplex,
        // Our own parameters were refused.
        _ => MediaFailure::Crashed,
    }
}

fn check(code: c_int) -> Result<(), MediaFailure> {
    if code == 0 { Ok(()) } else { Err(failure(code)) }
}

#[repr(C)]
#[derive(Default)]
struct JpegHeaderRaw {
    width: u32,
    height: u32,
    components: u8,
    adobe: u8,
}

#[repr(C)]
struct JpegDecodeRaw {
    eighths: u32,
    max_scans: u32,
    max_memory: usize,
    width: u32,
    height: u32,
    components: u8,
    warnings: u32,
}

#[repr(C)]
struct Av1EncodeRaw {
    planes: [*const u8; 3],
    strides: [u32; 3],
    width: u32,
    height: u32,
    quantizer: u32,
    speed: u32,
    halved: u32,
}

#[repr(C)]
struct Av1FrameRaw {
    decoder: *mut c_void,
    planes: [*const u8; 3],
    strides: [usize; 3],
    width: u32,
    height: u32,
    bit_depth: u8,
    bytes_per_sample: u8,
    shift_x: u8,
    shift_y: u8,
    monochrome: u8,
    full_range: u8,
    primaries: u8,
    transfer: u8,
    matrix: u8,
}

unsafe extern "C" {
    fn kith_free(memory: *mut c_void);
    fn kith_jpeg_header(data: *const u8, length: usize, header: *mut JpegHeaderRaw) -> c_int;
    fn kith_jpeg_decode(
        data: *const u8,
        length: usize,
        job: *mut JpegDecodeRaw,
        out: *mut u8,
    ) -> c_int;
    fn kith_jpeg_encode(
        rgb: *const u8,
        width: u32,
        height: u32,
        quality: f32,
        out: *mut *mut u8,
        length: *mut usize,
    ) -> c_int;
    fn kith_av1_encode(job: *const Av1EncodeRaw, out: *mut *mut u8, length: *mut usize) -> c_int;
    fn kith_av1_decode(
        data: *const u8,
        length: usize,
        max_pixels: u64,
        frame: *mut Av1FrameRaw,
    ) -> c_int;
    fn kith_av1_close(frame: *mut Av1FrameRaw);
    fn kith_webp_encode(
        rgb: *const u8,
        width: u32,
        height: u32,
        quality: f32,
        method: c_int,
        out: *mut *mut u8,
        length: *mut usize,
    ) -> c_int;
    fn kith_release_early();
    fn kith_version_av1() -> *const c_char;
    fn kith_version_webp() -> c_int;
    fn kith_has_jpegli() -> c_int;
    fn kith_has_tune_iq() -> c_int;
    fn kith_av1_generation() -> u32;
}

/// Copies a buffer that the C side allocated, and frees it.
fn collect(call: impl FnOnce(*mut *mut u8, *mut usize) -> c_int) -> Result<Vec<u8>, MediaFailure> {
    let (mut out, mut length) = (ptr::null_mut(), 0);
    check(call(&raw mut out, &raw mut length))?;
    if out.is_null() {
        return Err(MediaFailure::Crashed);
    }
    // SAFETY: on success the C side hands out `length` initialised bytes at `out`, ours to free.
    let bytes = unsafe { std::slice::from_raw_parts(out, length) }.to_vec();
    // SAFETY: allocated by the C side with the allocator that `kith_free` releases to; not used after.
    unsafe { kith_free(out.cast()) };
    Ok(bytes)
}

/// What libjpeg reads from a header.
pub(crate) struct JpegHeader {
    pub size: Size,
    /// CMYK values are stored inverted.
    pub adobe: bool,
}

pub(crate) fn jpeg_header(input: &[u8]) -> Result<JpegHeader, MediaFailure> {
    let mut raw = JpegHeaderRaw::default();
    // SAFETY: the slice is valid for its length; the header is ours.
    check(unsafe { kith_jpeg_header(input.as_ptr(), input.len(), &raw mut raw) })?;
    Ok(JpegHeader { size: Size { width: raw.width, height: raw.height }, adobe: raw.adobe != 0 })
}

/// A JPEG to decode, scaled down to `eighths` eighths.
pub(crate) struct JpegDecode<'a> {
    pub input: &'a [u8],
    pub source: Size,
    pub eighths: u32,
    pub components: u8,
    pub max_scans: u32,
    pub max_memory: u64,
}

/// Interleaved samples, their size, and how many defects were worked around.
pub(crate) struct JpegDecoded {
    pub size: Size,
    pub samples: Vec<u8>,
    pub warnings: u32,
}

pub(crate) fn jpeg_decode(job: &JpegDecode<'_>) -> Result<JpegDecoded, MediaFailure> {
    let scaled = |edge: u32| (edge * job.eighths).div_ceil(8);
    let size = Size { width: scaled(job.source.width), height: scaled(job.source.height) };
    let mut samples = vec![0; index(size.width) * index(size.height) * usize::from(job.components)];
    let mut raw = JpegDecodeRaw {
        eighths: job.eighths,
        max_scans: job.max_scans,
        max_memory: usize::try_from(job.max_memory).unwrap_or(usize::MAX),
        width: size.width,
        height: size.height,
        components: job.components,
        warnings: 0,
    };
    // SAFETY: the C side compares its own output size with width, height and components before it
    // writes, and `samples` has exactly that many bytes.
    check(unsafe {
        kith_jpeg_decode(job.input.as_ptr(), job.input.len(), &raw mut raw, samples.as_mut_ptr())
    })?;
    Ok(JpegDecoded { size, samples, warnings: raw.warnings })
}

pub(crate) fn jpeg_encode(image: &RgbImage, quality: f32) -> Result<Vec<u8>, MediaFailure> {
    let Size { width, height } = image.size;
    assert_eq!(image.data.len(), index(width) * index(height) * 3, "rows without padding");
    // SAFETY: reads width * height * 3 bytes, as just checked.
    collect(|out, length| unsafe {
        kith_jpeg_encode(image.data.as_ptr(), width, height, quality, out, length)
    })
}

pub(crate) fn webp_encode(
    image: &RgbImage,
    quality: f32,
    method: u8,
) -> Result<Vec<u8>, MediaFailure> {
    let Size { width, height } = image.size;
    assert_eq!(image.data.len(), index(width) * index(height) * 3, "rows without padding");
    let method = c_int::from(method);
    // SAFETY: reads width * height * 3 bytes, as just checked.
    collect(|out, length| unsafe {
        kith_webp_encode(image.data.as_ptr(), width, height, quality, method, out, length)
    })
}

/// Planes of a picture: luma at full size, both chroma planes at the same or at half of it, rounded up.
pub(crate) struct Planes {
    pub size: Size,
    pub chroma_size: Size,
    pub luma: Vec<u8>,
    pub chroma: [Vec<u8>; 2],
}

pub(crate) fn av1_encode(
    planes: &Planes,
    quantizer: u32,
    speed: u32,
) -> Result<Vec<u8>, MediaFailure> {
    let Size { width, height } = planes.size;
    let chroma = planes.chroma_size;
    let half = Size { width: width.div_ceil(2), height: height.div_ceil(2) };
    assert!(chroma == planes.size || chroma == half, "chroma at full or half size");
    assert_eq!(planes.luma.len(), index(width) * index(height), "luma without padding");
    for plane in &planes.chroma {
        assert_eq!(
            plane.len(),
            index(chroma.width) * index(chroma.height),
            "chroma without padding"
        );
    }
    let job = Av1EncodeRaw {
        planes: [planes.luma.as_ptr(), planes.chroma[0].as_ptr(), planes.chroma[1].as_ptr()],
        strides: [width, chroma.width, chroma.width],
        width,
        height,
        quantizer,
        speed,
        // A single pixel has no half: both samplings mean the same there.
        halved: u32::from(chroma == half),
    };
    // SAFETY: the planes have the sizes that the sampling implies, as just checked, and outlive the call.
    collect(|out, length| unsafe { kith_av1_encode(&raw const job, out, length) })
}

/// A decoded AV1 picture, still in the decoder's memory.
pub(crate) struct Av1Frame {
    raw: Av1FrameRaw,
}

impl Av1Frame {
    pub(crate) fn decode(input: &[u8], max_pixels: u64) -> Result<Self, MediaFailure> {
        let mut raw = Av1FrameRaw {
            decoder: ptr::null_mut(),
            planes: [ptr::null(); 3],
            strides: [0; 3],
            width: 0,
            height: 0,
            bit_depth: 0,
            bytes_per_sample: 0,
            shift_x: 0,
            shift_y: 0,
            monochrome: 0,
            full_range: 0,
            primaries: 0,
            transfer: 0,
            matrix: 0,
        };
        // SAFETY: the slice is valid for its length; `raw` is ours and closed by `Drop`.
        let code =
            unsafe { kith_av1_decode(input.as_ptr(), input.len(), max_pixels, &raw mut raw) };
        let frame = Self { raw };
        if code == 3 {
            return Err(MediaFailure::TooManyPixels { width: 0, height: 0 });
        }
        check(code)?;
        Ok(frame)
    }

    pub(crate) fn size(&self) -> Size {
        Size { width: self.raw.width, height: self.raw.height }
    }

    pub(crate) fn bit_depth(&self) -> u8 {
        self.raw.bit_depth
    }

    pub(crate) fn is_wide(&self) -> bool {
        self.raw.bytes_per_sample == 2
    }

    pub(crate) fn is_monochrome(&self) -> bool {
        self.raw.monochrome != 0
    }

    pub(crate) fn is_full_range(&self) -> bool {
        self.raw.full_range != 0
    }

    /// Shifts that give chroma positions from luma positions: across, down.
    pub(crate) fn chroma_shift(&self) -> (u8, u8) {
        (self.raw.shift_x, self.raw.shift_y)
    }

    /// Primaries, transfer and matrix as numbers of ITU-T H.273.
    pub(crate) fn cicp(&self) -> (u8, u8, u8) {
        (self.raw.primaries, self.raw.transfer, self.raw.matrix)
    }

    /// Bytes of one row of a plane (0 luma, 1 and 2 chroma). `None` past the picture.
    pub(crate) fn row(&self, plane: usize, row: u32) -> Option<&[u8]> {
        let (shift_x, shift_y) = if plane == 0 { (0, 0) } else { self.chroma_shift() };
        let halved = |edge: u32, shift: u8| (edge + (1 << shift) - 1) >> shift;
        let (width, height) = (halved(self.raw.width, shift_x), halved(self.raw.height, shift_y));
        let start = *self.raw.planes.get(plane)?;
        if start.is_null() || row >= height || (plane > 0 && self.is_monochrome()) {
            return None;
        }
        let length = index(width) * usize::from(self.raw.bytes_per_sample);
        // SAFETY: the decoder's plane holds `height` rows of `stride` bytes with at least `length` used,
        // and lives until `Drop` closes the decoder.
        Some(unsafe {
            std::slice::from_raw_parts(start.add(index(row) * self.raw.strides[plane]), length)
        })
    }
}

impl Drop for Av1Frame {
    fn drop(&mut self) {
        // SAFETY: closes the decoder once; a frame that never opened has a null decoder.
        unsafe { kith_av1_close(&raw mut self.raw) };
    }
}

/// Large blocks go back to the system when they are freed. For a process that handles one picture.
pub(crate) fn release_early() {
    // SAFETY: sets one number of the allocator.
    unsafe { kith_release_early() };
}

/// How the AVIF encoder is tuned: 0 by structural similarity, 1 and 2 for still pictures. Its scale of
/// qualities differs between them.
pub(crate) fn av1_generation() -> usize {
    // SAFETY: compares a constant of the library.
    index(unsafe { kith_av1_generation() }.min(2))
}

/// The codecs this program was linked with.
pub(crate) fn versions() -> Vec<(&'static str, String)> {
    // SAFETY: constant functions; the string is static in libaom.
    unsafe {
        let webp = kith_version_webp();
        vec![
            ("libaom", CStr::from_ptr(kith_version_av1()).to_string_lossy().into_owned()),
            ("libaom tune", if kith_has_tune_iq() == 1 { "iq" } else { "ssim" }.to_owned()),
            (
                "jpeg encoder",
                if kith_has_jpegli() == 1 { "jpegli" } else { "libjpeg-turbo" }.to_owned(),
            ),
            ("libwebp", format!("{}.{}.{}", webp >> 16 & 255, webp >> 8 & 255, webp & 255)),
        ]
    }
}
