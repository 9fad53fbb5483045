//! Owns the rubbish that contact books put around the digits of a number. It must never decide
//! whether what is left is a number.

/// Takes out what is no part of a number but that address books, web pages and telephones put
/// there: invisible marks (direction marks arrive with every copy from a chat), odd spaces, the
/// `tel:` of a link, the star codes that hide the caller, and everything from the first pause on.
pub(super) fn tidy(text: &str) -> String {
    let visible: String = text.chars().filter(|sign| !is_invisible(*sign)).map(plain).collect();
    let number = without_scheme(visible.trim());
    let number = without_caller_hiding(number);
    until_pause(number).trim().to_owned()
}

/// Marks without width or ink, and control characters other than white space.
fn is_invisible(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    ) || (sign.is_control() && !sign.is_whitespace())
}

/// One space for every kind of white space, ASCII for the full-width signs that mean something here.
fn plain(sign: char) -> char {
    match sign {
        sign if sign.is_whitespace() => ' ',
        '＋' => '+',
        '＃' => '#',
        '＊' => '*',
        '，' => ',',
        '；' => ';',
        sign => sign,
    }
}

/// Drops the scheme of a link, as in RFC 3966, and what other programs make of it.
fn without_scheme(text: &str) -> &str {
    const SCHEMES: [&str; 4] = ["tel:", "sms:", "callto:", "phone:"];
    for scheme in SCHEMES {
        if let Some(start) = text.get(..scheme.len())
            && start.eq_ignore_ascii_case(scheme)
        {
            return text[scheme.len()..].trim_start_matches('/').trim_start();
        }
    }
    text
}

/// Drops the GSM codes that hide or show the caller's number for one call (3GPP TS 22.030).
fn without_caller_hiding(text: &str) -> &str {
    ["*31#", "#31#"].iter().find_map(|code| text.strip_prefix(code)).unwrap_or(text)
}

/// Drops everything from a dialling pause on: what follows is dialled to a machine that answers.
///
/// A `;` also starts the parameters of RFC 3966, of which `phone-context` belongs to the number.
fn until_pause(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let end = match lower.find([',', ';']) {
        Some(at) if lower[at..].starts_with(";phone-context=") => text.len(),
        Some(at) => at,
        None => text.len(),
    };
    &text[..end]
}
