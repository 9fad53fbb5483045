//! Settings of sign-in: how long sessions and codes live, which ways in are offered beside the phone.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Sign-in.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// Seconds that an access token lives.
    pub access_seconds: u64,
    /// Days after which an unused session ends.
    pub idle_days: u64,
    /// Days after which any session ends.
    pub absolute_days: u64,
    /// Seconds that a code lives.
    pub code_seconds: u64,
    /// Days of silence after which a code alone opens a fresh account; more than sessions go on unused.
    pub recycle_days: u64,
    /// Numbers that sign in with a code known beforehand.
    #[serde(default)]
    pub reviewers: Vec<super::Reviewer>,
    /// Whether passkeys are offered.
    pub passkeys: bool,
    /// Whether passwords are offered.
    pub passwords: bool,
    /// SHA-1 of publicly known passwords in hexadecimal, one a line, sorted; what follows a colon is ignored.
    #[serde(default)]
    pub breached_passwords_file: Option<PathBuf>,
}
