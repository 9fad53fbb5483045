//! EXIF: which way up, when, by what camera. A tolerant reader of the TIFF structure (EXIF 2.32, TIFF 6).
//!
//! Broken blocks give fewer facts, never an error. The location is not even looked at unless asked for.

use crate::facts::GeoPoint;

/// The eight ways a picture can be stored, by what must be done to see it upright. The numbers are those
/// of EXIF's orientation tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Orientation {
    /// As stored.
    Upright = 1,
    /// Left and right exchanged.
    Mirrored = 2,
    /// Half a turn.
    HalfTurn = 3,
    /// Top and bottom exchanged.
    FlippedDown = 4,
    /// Rows become columns.
    Transposed = 5,
    /// A quarter turn clockwise.
    TurnedRight = 6,
    /// Rows become columns, then half a turn.
    Transversed = 7,
    /// A quarter turn counter-clockwise.
    TurnedLeft = 8,
}

impl Orientation {
    const ALL: [Self; 8] = [
        Self::Upright,
        Self::Mirrored,
        Self::HalfTurn,
        Self::FlippedDown,
        Self::Transposed,
        Self::TurnedRight,
        Self::Transversed,
        Self::TurnedLeft,
    ];

    /// By EXIF number; anything unknown is taken as upright.
    pub fn from_exif(value: u32) -> Self {
        Self::ALL.into_iter().find(|known| *known as u32 == value).unwrap_or(Self::Upright)
    }

    /// EXIF number.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// Width and height change places.
    pub fn swaps_edges(self) -> bool {
        self.number() >= 5
    }

    /// So many quarter turns counter-clockwise.
    pub fn turned_left(quarters: u8) -> Self {
        Self::from_parts(&Parts { mirrored: false, right: (4 - quarters % 4) % 4 })
    }

    /// This, then the other.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let (first, next) = (self.parts(), next.parts());
        // Mirroring reverses the sense of the turn that came before it.
        let carried = if next.mirrored { 4 - first.right } else { first.right };
        Self::from_parts(&Parts {
            mirrored: first.mirrored != next.mirrored,
            right: (next.right + carried) % 4,
        })
    }

    fn parts(self) -> Parts {
        let (mirrored, right) = match self {
            Self::Upright => (false, 0),
            Self::Mirrored => (true, 0),
            Self::HalfTurn => (false, 2),
            Self::FlippedDown => (true, 2),
            Self::Transposed => (true, 3),
            Self::TurnedRight => (false, 1),
            Self::Transversed => (true, 1),
            Self::TurnedLeft => (false, 3),
        };
        Parts { mirrored, right }
    }

    fn from_parts(parts: &Parts) -> Self {
        Self::ALL.into_iter().find(|known| known.parts() == *parts).unwrap_or(Self::Upright)
    }
}

/// An orientation taken apart: mirrored left to right first, then turned right by quarters.
#[derive(PartialEq, Eq)]
struct Parts {
    mirrored: bool,
    right: u8,
}

/// What the camera noted.
#[derive(Debug, Default, PartialEq)]
pub struct CameraNotes {
    /// Local time, with offset where known.
    pub captured_at: Option<String>,
    /// Maker.
    pub make: Option<String>,
    /// Model.
    pub model: Option<String>,
    /// Lens.
    pub lens: Option<String>,
}

mod tag {
    pub const MAKE: u16 = 0x010f;
    pub const MODEL: u16 = 0x0110;
    pub const ORIENTATION: u16 = 0x0112;
    pub const DATE_TIME: u16 = 0x0132;
    pub const EXIF_DIRECTORY: u16 = 0x8769;
    pub const GPS_DIRECTORY: u16 = 0x8825;
    pub const DATE_TIME_ORIGINAL: u16 = 0x9003;
    pub const OFFSET_TIME: u16 = 0x9010;
    pub const OFFSET_TIME_ORIGINAL: u16 = 0x9011;
    pub const LENS_MODEL: u16 = 0xa434;
    pub const LATITUDE_REFERENCE: u16 = 1;
    pub const LATITUDE: u16 = 2;
    pub const LONGITUDE_REFERENCE: u16 = 3;
    pub const LONGITUDE: u16 = 4;
}

/// The orientation of a TIFF block.
pub fn orientation(tiff: &[u8]) -> Orientation {
    let number = Tiff::new(tiff).and_then(|tiff| tiff.first()?.integer(tag::ORIENTATION));
    number.map_or(Orientation::Upright, Orientation::from_exif)
}

/// When and by what the picture was taken.
pub fn camera_notes(tiff: &[u8]) -> CameraNotes {
    let Some(main) = Tiff::new(tiff).and_then(Tiff::first) else { return CameraNotes::default() };
    let detail = main.directory(tag::EXIF_DIRECTORY);
    let detail_text = |tag| detail.as_ref().and_then(|directory| directory.text(tag));
    let taken = detail_text(tag::DATE_TIME_ORIGINAL)
        .map(|time| (time, detail_text(tag::OFFSET_TIME_ORIGINAL)))
        .or_else(|| main.text(tag::DATE_TIME).map(|time| (time, detail_text(tag::OFFSET_TIME))));
    CameraNotes {
        captured_at: taken.and_then(|(time, offset)| capture_time(&time, offset.as_deref())),
        make: main.text(tag::MAKE),
        model: main.text(tag::MODEL),
        lens: detail_text(tag::LENS_MODEL),
    }
}

/// Where the picture was taken. Called only when the author asked for it.
pub fn location(tiff: &[u8]) -> Option<GeoPoint> {
    let gps = Tiff::new(tiff)?.first()?.directory(tag::GPS_DIRECTORY)?;
    let degrees = |value: u16, reference: u16, negative: &str| {
        let [degrees, minutes, seconds] = gps.three_fractions(value)?;
        let sign = if gps.text(reference)?.eq_ignore_ascii_case(negative) { -1.0 } else { 1.0 };
        Some(sign * (degrees + minutes / 60.0 + seconds / 3600.0))
    };
    let latitude = degrees(tag::LATITUDE, tag::LATITUDE_REFERENCE, "S")?;
    let longitude = degrees(tag::LONGITUDE, tag::LONGITUDE_REFERENCE, "W")?;
    let sound = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    sound.then_some(GeoPoint { latitude, longitude })
}

/// `2014:09:20 15:31:03` as `2014-09-20T15:31:03`. Cameras without a clock write blanks or zeros.
fn capture_time(text: &str, offset: Option<&str>) -> Option<String> {
    let digits = |at: usize, count: usize| text.get(at..at + count)?.parse::<u32>().ok();
    let (year, month, day) = (digits(0, 4)?, digits(5, 2)?, digits(8, 2)?);
    let (hour, minute, second) = (digits(11, 2)?, digits(14, 2)?, digits(17, 2)?);
    let date = time::Month::try_from(u8::try_from(month).ok()?).ok().and_then(|month| {
        time::Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?)
            .ok()
    })?;
    if date.year() < 1826 || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let offset = offset.filter(|offset| is_offset(offset)).unwrap_or_default();
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{offset}"))
}

fn is_offset(text: &str) -> bool {
    match text.as_bytes() {
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            [h1, h2, m1, m2].iter().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

#[derive(Clone, Copy)]
struct Tiff<'a> {
    bytes: &'a [u8],
    little_endian: bool,
}

/// One image file directory.
struct Directory<'a> {
    tiff: Tiff<'a>,
    /// Position of the first entry in the block.
    start: usize,
    count: usize,
}

/// One entry: type, count and the bytes of its value.
struct Value<'a> {
    kind: u16,
    bytes: &'a [u8],
}

const ENTRY: usize = 12;

impl<'a> Tiff<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        match bytes.get(..4)? {
            [b'I', b'I', 42, 0] => Some(Self { bytes, little_endian: true }),
            [b'M', b'M', 0, 42] => Some(Self { bytes, little_endian: false }),
            _ => None,
        }
    }

    fn u16(self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little_endian { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn u32(self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little_endian { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn first(self) -> Option<Directory<'a>> {
        self.directory_at(self.u32(4)?)
    }

    fn directory_at(self, offset: u32) -> Option<Directory<'a>> {
        let at = usize::try_from(offset).ok()?;
        let count = usize::from(self.u16(at)?);
        let start = at + 2;
        // A directory that is cut off still has its first entries.
        let present = self.bytes.len().checked_sub(start)? / ENTRY;
        Some(Directory { tiff: self, start, count: count.min(present) })
    }
}

impl<'a> Directory<'a> {
    fn value(&self, tag: u16) -> Option<Value<'a>> {
        let mut entries = (0..self.count).map(|index| self.start + index * ENTRY);
        let at = entries.find(|at| self.tiff.u16(*at) == Some(tag))?;
        let kind = self.tiff.u16(at + 2)?;
        let width = match kind {
            1 | 2 | 7 => 1,
            3 => 2,
            4 | 9 => 4,
            5 | 10 => 8,
            _ => return None,
        };
        let length = usize::try_from(self.tiff.u32(at + 4)?).ok()?.checked_mul(width)?;
        let from =
            if length <= 4 { at + 8 } else { usize::try_from(self.tiff.u32(at + 8)?).ok()? };
        Some(Value { kind, bytes: self.tiff.bytes.get(from..from.checked_add(length)?)? })
    }

    fn integer(&self, tag: u16) -> Option<u32> {
        let value = self.value(tag)?;
        let tiff = Tiff { bytes: value.bytes, ..self.tiff };
        match value.kind {
            3 => tiff.u16(0).map(u32::from),
            4 => tiff.u32(0),
            _ => None,
        }
    }

    fn directory(&self, tag: u16) -> Option<Directory<'a>> {
        self.tiff.directory_at(self.integer(tag)?)
    }

    /// Text up to the first NUL, without control characters and surrounding blanks.
    fn text(&self, tag: u16) -> Option<String> {
        let value = self.value(tag)?;
        if value.kind != 2 {
            return None;
        }
        let end = value.bytes.iter().position(|byte| *byte == 0).unwrap_or(value.bytes.len());
        let text = String::from_utf8_lossy(value.bytes.get(..end)?);
        let clean: String = text.chars().filter(|c| !c.is_control()).take(MAX_TEXT).collect();
        let clean = clean.trim();
        (!clean.is_empty()).then(|| clean.to_owned())
    }

    fn three_fractions(&self, tag: u16) -> Option<[f64; 3]> {
        let value = self.value(tag)?;
        let tiff = Tiff { bytes: value.bytes, ..self.tiff };
        let fraction = |index: usize| {
            let (over, under) = (tiff.u32(index * 8)?, tiff.u32(index * 8 + 4)?);
            (under != 0).then(|| f64::from(over) / f64::from(under))
        };
        Some([fraction(0)?, fraction(1)?, fraction(2)?])
    }
}

/// Longest text kept: camera and lens names stay below 64 characters.
pub(crate) const MAX_TEXT: usize = 100;
