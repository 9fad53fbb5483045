//! Passwords that everybody knows: those that guessing begins with, and those of a file that the operator may
//! have. It must never send a password, or any part of one, anywhere.

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, Seek as _, SeekFrom},
    path::Path,
};

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use secrecy::{ExposeSecret as _, SecretString};
use zxcvbn::{Score, zxcvbn};

use crate::{
    app::App,
    http::problem::{Kind, Problem},
};

/// Hexadecimal digits of SHA-1.
const HASH_DIGITS: usize = 40;

/// Refuses a password that is publicly known.
pub async fn require_unknown(app: &App, password: &SecretString) -> Result<(), Problem> {
    if is_common(password.expose_secret()) || is_in_file(app, password).await? {
        return Err(Problem::new(
            Kind::PasswordBreached,
            "this password is among those that are tried first; choose another one",
        ));
    }
    Ok(())
}

async fn is_in_file(app: &App, password: &SecretString) -> Result<bool, Problem> {
    let Some(file) = app.config().auth.breached_passwords_file.clone() else { return Ok(false) };
    let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, password.expose_secret().as_bytes());
    let hash = hex::encode_upper(digest.as_ref());
    let found = tokio::task::spawn_blocking(move || holds(&file, &hash)).await;
    // A list that cannot be read must not let through what it was put there for.
    found.map_err(Problem::internal)?.map_err(Problem::unavailable)
}

/// Whether a sorted file of `HASH` or `HASH:count` lines has a hash, by halving it.
fn holds(path: &Path, hash: &str) -> io::Result<bool> {
    let mut file = BufReader::new(File::open(path)?);
    let (mut low, mut high) = (0, file.get_ref().metadata()?.len());
    let mut line = String::new();
    while low < high {
        let middle = low + (high - low) / 2;
        // The first line that begins at the middle or after it.
        let mut start = middle;
        if middle > 0 {
            file.seek(SeekFrom::Start(middle - 1))?;
            line.clear();
            start = middle - 1 + u64::try_from(file.read_line(&mut line)?).unwrap_or(u64::MAX);
        } else {
            file.seek(SeekFrom::Start(0))?;
        }
        if start >= high {
            high = middle;
            continue;
        }
        line.clear();
        let length = u64::try_from(file.read_line(&mut line)?).unwrap_or(u64::MAX);
        let key = line.get(..HASH_DIGITS).unwrap_or_default().to_ascii_uppercase();
        match key.as_str().cmp(hash) {
            std::cmp::Ordering::Equal => return Ok(true),
            std::cmp::Ordering::Less => low = start + length,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    Ok(false)
}

/// Whether a password is among the first hundred million that are tried (zxcvbn: Wheeler, USENIX Security 2016), or
/// among the first million without the signs that were put around and between.
fn is_common(password: &str) -> bool {
    let bare: String = password.chars().filter(|sign| sign.is_alphanumeric()).collect();
    zxcvbn(password, &[]).score() < Score::Three || zxcvbn(&bare, &[]).score() < Score::Two
}
