//! Owns the numbers that bound a connection.

use std::time::Duration;

/// What one connection may use. The default is the public contract.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long a connection may stay without a token.
    pub authenticate_within: Duration,
    /// How often the server pings.
    pub ping_every: Duration,
    /// How long nothing may be heard: two pings and some.
    pub silence: Duration,
    /// How many frames may come at once: all channels of a screen, and more.
    pub frames_at_once: u32,
    /// How many frames may come each second in the long run.
    pub frames_per_second: u32,
    /// The longest frame that is read, in bytes: a token and some.
    pub frame_bytes: usize,
    /// How many channels may be followed.
    pub channels: usize,
    /// How many frames may wait for the reader, those for [`Limits::replies`] counted.
    pub queued_frames: usize,
    /// How many bytes may wait for the reader, half of them events.
    pub queued_bytes: usize,
    /// How many of the queued frames are kept for answers, so that events cannot crowd them out.
    pub replies: usize,
    /// How many live events are held for each channel while its replay is read.
    pub held_events: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            authenticate_within: Duration::from_secs(5),
            ping_every: Duration::from_secs(25),
            silence: Duration::from_mins(1),
            frames_at_once: 120,
            frames_per_second: 20,
            frame_bytes: 8 * 1024,
            channels: 64,
            queued_frames: 512,
            queued_bytes: 256 * 1024,
            replies: 128,
            held_events: 64,
        }
    }
}
