//! Passwords that everybody knows: the most common ones by rule, and those of a file that the operator may
//! have. It must never send a password, or any part of one, anywhere.

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, Seek as _, SeekFrom},
    path::Path,
};

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    app::App,
    http::problem::{Kind, Problem},
};

/// Hexadecimal digits of SHA-1.
const HASH_DIGITS: usize = 40;
/// Rows of keyboards and alphabets that fingers run along.
const RUNS: &[&str] = &[
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "!@#$%^&*()_+",
];
/// The longest unit that makes a password by being repeated.
const LONGEST_REPEATED: usize = 5;
/// Words that are passwords with whatever digits and signs around them.
const WORDS: &[&str] = &[
    "password",
    "passwort",
    "passw",
    "pass",
    "qwerty",
    "qwertz",
    "azerty",
    "letmein",
    "welcome",
    "iloveyou",
    "ilove",
    "loveyou",
    "lovely",
    "princess",
    "sunshine",
    "monkey",
    "dragon",
    "football",
    "baseball",
    "basketball",
    "soccer",
    "hockey",
    "superman",
    "batman",
    "spiderman",
    "starwars",
    "pokemon",
    "master",
    "shadow",
    "michael",
    "jennifer",
    "jessica",
    "ashley",
    "daniel",
    "charlie",
    "jordan",
    "michelle",
    "nicole",
    "andrew",
    "thomas",
    "robert",
    "matthew",
    "computer",
    "internet",
    "samsung",
    "google",
    "facebook",
    "whatever",
    "trustno",
    "access",
    "admin",
    "administrator",
    "administrador",
    "root",
    "login",
    "guest",
    "test",
    "testing",
    "changeme",
    "secret",
    "freedom",
    "flower",
    "summer",
    "winter",
    "spring",
    "autumn",
    "hello",
    "helloworld",
    "killer",
    "pepper",
    "ginger",
    "cookie",
    "chocolate",
    "butterfly",
    "rainbow",
    "tinkerbell",
    "liverpool",
    "chelsea",
    "arsenal",
    "barcelona",
    "manchester",
    "juventus",
    "mustang",
    "ferrari",
    "porsche",
    "corvette",
    "harley",
    "yamaha",
    "asdfgh",
    "asdf",
    "zxcvbn",
    "zxcvbnm",
    "abc",
    "abcd",
    "abcdef",
    "qazwsx",
    "default",
    "user",
    "username",
    "mypassword",
    "newpassword",
    "passphrase",
    "correcthorse",
    "kith",
    "kithkith",
    "family",
    "friends",
    "photos",
    "photo",
    "camera",
    "babygirl",
    "sweetheart",
    "angel",
    "jesus",
    "blessed",
    "christ",
    "mother",
    "father",
    "mynameis",
    "fuckyou",
    "fuckoff",
    "asshole",
    "bitch",
    "naruto",
    "minecraft",
    "playstation",
    "nintendo",
    "cheese",
    "banana",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Refuses a password that is publicly known.
pub async fn require_unknown(app: &App, password: &SecretString) -> Result<(), Problem> {
    if is_common(password.expose_secret()) || is_in_file(app, password).await? {
        return Err(Problem::new(
            Kind::PasswordBreached,
            "this password is on lists that are tried first; choose another one",
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

/// Whether a password is a common one, or one with the usual changes.
fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    is_repetition(&lower) || is_run(&lower) || is_decorated_word(&lower)
}

fn is_repetition(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    (1..=LONGEST_REPEATED.min(letters.len() / 2))
        .any(|unit| letters.iter().zip(&letters[unit..]).all(|(one, next)| one == next))
}

fn is_run(text: &str) -> bool {
    let backwards: String = text.chars().rev().collect();
    RUNS.iter().any(|run| {
        let round = format!("{run}{run}");
        round.contains(text) || round.contains(&backwards)
    })
}

/// A common word, once or twice, with letters written as digits and anything but letters around or inside.
fn is_decorated_word(text: &str) -> bool {
    let bare = text.trim_matches(|sign: char| !sign.is_alphabetic() && sign != '@' && sign != '$');
    let letters: String = bare.chars().map(as_letter).filter(|sign| sign.is_alphabetic()).collect();
    WORDS.iter().any(|word| {
        letters.strip_prefix(word).is_some_and(|rest| rest.is_empty() || WORDS.contains(&rest))
    })
}

fn as_letter(sign: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}
