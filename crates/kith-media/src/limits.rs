//! The limits that hold for every picture, whatever its format claims.
//!
//! They are checked on headers before any decoder runs, and enforced again by the operating system on
//! the process that decodes. Nothing here reads a picture.

use serde::{Deserialize, Serialize};

/// What one picture may cost. The defaults are the product's limits; tests lower them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Largest file, in bytes. Phone originals stay below 20 MB even at 48 megapixels.
    pub bytes: u64,
    /// Most pixels of the stored picture. 64 megapixels covers today's phones outside "200 MP" modes.
    pub pixels: u64,
    /// Longest edge in pixels: phone panoramas reach about 16,000.
    pub edge: u32,
    /// Most scans of a progressive JPEG. Encoders write about 10; 2,000 of them cost 16 s of CPU.
    pub scans: u32,
    /// Most pixels times scans of a JPEG: every scan walks over every coefficient, at about 1.5 Gpx/s.
    pub scan_pixels: u64,
    /// Memory that the decoding process may map for data, in bytes.
    pub memory: u64,
    /// Processor seconds that the decoding process may use.
    pub cpu_seconds: u64,
    /// Seconds of wall clock after which the parent ends the process. Wider than the processor limit, so
    /// that a busy machine does not fail good pictures.
    pub wall_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 25 * 1024 * 1024,
            pixels: 64_000_000,
            edge: 20_000,
            scans: 100,
            scan_pixels: 1_300_000_000,
            memory: 448 * 1024 * 1024,
            cpu_seconds: 10,
            wall_seconds: 60,
        }
    }
}
