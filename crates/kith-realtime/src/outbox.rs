//! Owns the frames that wait for the reader. It must never hold more than its limits allow.

use std::collections::VecDeque;

use crate::Limits;

/// A queue that keeps no memory while it is empty: most connections are idle most of the time.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    frames: VecDeque<String>,
    bytes: usize,
}

/// There is no room.
#[derive(Debug)]
pub(crate) struct Full;

impl Outbox {
    /// Queues an answer.
    pub(crate) fn push_reply(&mut self, frame: String, limits: &Limits) -> Result<(), Full> {
        self.push(frame, limits.queued_frames, limits.queued_bytes)
    }

    /// Queues an event, if that leaves room for answers.
    pub(crate) fn push_event(&mut self, frame: String, limits: &Limits) -> Result<(), Full> {
        self.push(
            frame,
            limits.queued_frames.saturating_sub(limits.replies),
            limits.queued_bytes / 2,
        )
    }

    /// Takes the oldest frame.
    pub(crate) fn pop(&mut self) -> Option<String> {
        let frame = self.frames.pop_front()?;
        self.bytes -= frame.len();
        if self.frames.is_empty() {
            self.frames = VecDeque::new();
        }
        Some(frame)
    }

    /// Tells how many frames wait, and their bytes.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.frames.len(), self.bytes)
    }

    fn push(&mut self, frame: String, frames: usize, bytes: usize) -> Result<(), Full> {
        if self.frames.len() >= frames || self.bytes + frame.len() > bytes {
            return Err(Full);
        }
        self.bytes += frame.len();
        self.frames.push_back(frame);
        Ok(())
    }
}
