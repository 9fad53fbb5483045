//! Provisional seam, used by the application crate until the real crate lands: whoever lands it replaces this file
//! wholly and adapts the callers (grep `kith_media::` in crates/kith) in the same commit.
pub mod child {
    pub fn main(_: impl Iterator<Item = std::ffi::OsString>) -> std::process::ExitCode {
        std::process::ExitCode::FAILURE
    }
}
