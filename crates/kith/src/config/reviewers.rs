//! Numbers whose codes are known beforehand, for people who review the apps. They must never be numbers that
//! somebody can have: only ranges that a regulator keeps for fiction are taken.

use kith_types::{
    phone::{LineKind, PhoneNumber},
    time::Timestamp,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::ConfigError;

/// How the numbers of a range begin, how many digits follow, and between which they lie.
type Range = (&'static str, usize, std::ops::RangeInclusive<u32>);

/// Ranges that belong to nobody, as far as their numbers are valid to the tables of numbers; the mobile ones of
/// France and the United Kingdom are not. France: ARCEP, decision 2018-0881. United Kingdom: Ofcom, numbers for
/// TV and radio drama. Sweden: PTS, numbers for books and films.
const RANGES: &[Range] = &[
    ("+3319900", 4, 0..=9_999),
    ("+3326191", 4, 0..=9_999),
    ("+3335301", 4, 0..=9_999),
    ("+3346571", 4, 0..=9_999),
    ("+3353649", 4, 0..=9_999),
    ("+442079460", 3, 0..=999),
    ("+4670174", 4, 605..=699),
];

/// One of them.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reviewer {
    /// Of a range for fiction.
    pub phone_number: PhoneNumber,
    /// Its code.
    #[serde(serialize_with = "redacted")]
    code: SecretString,
    /// When it stops working.
    #[serde(deserialize_with = "day")]
    pub ends: Timestamp,
}

impl Reviewer {
    /// The code, as long as it works.
    pub fn code_at(&self, now: Timestamp) -> Option<&str> {
        (now < self.ends && is_for_fiction(&self.phone_number)).then(|| self.code.expose_secret())
    }

    /// Refuses numbers that people have, and codes that nobody can enter.
    pub fn check(&self) -> Result<(), ConfigError> {
        let contradiction = |text: &str| Err(ConfigError::Contradiction(text.to_owned()));
        if !is_for_fiction(&self.phone_number) {
            return contradiction(
                "auth.reviewers takes only numbers that are kept for fiction, such as +1 202 555 0100 to 0199",
            );
        }
        let code = self.code.expose_secret();
        if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return contradiction("a code in auth.reviewers has six digits");
        }
        Ok(())
    }
}

/// Whether nobody can have the number.
fn is_for_fiction(number: &PhoneNumber) -> bool {
    let digits = number.as_e164();
    let is_in = |(start, length, range): &Range| {
        let rest = digits.strip_prefix(start).filter(|rest| rest.len() == *length);
        rest.and_then(|rest| rest.parse().ok()).is_some_and(|rest: u32| range.contains(&rest))
    };
    is_north_american_fiction(number) || RANGES.iter().any(is_in)
}

/// 555-0100 to 555-0199 of every area (ATIS, 555 line number assignment); not those of free and paid services.
fn is_north_american_fiction(number: &PhoneNumber) -> bool {
    let is_area = matches!(number.line_kind(), LineKind::FixedOrMobile);
    let rest = number.as_e164().strip_prefix("+1").and_then(|national| national.get(3..));
    is_area && rest.is_some_and(|rest| rest.len() == 7 && rest.starts_with("55501"))
}

/// Reads a day as its beginning.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(deserializer)?;
    let moment = if text.contains('T') { text } else { format!("{text}T00:00:00Z") };
    moment.parse().map_err(|_| serde::de::Error::custom("write the day as 2027-01-31"))
}

fn redacted<S: Serializer>(_: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("[redacted]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_taken(number: &str) -> bool {
        PhoneNumber::parse(number, None).is_ok_and(|number| is_for_fiction(&number))
    }

    #[test]
    fn numbers_for_fiction_are_taken() {
        for number in ["+12025550100", "+14165550199"] {
            assert!(is_taken(number), "{number}");
        }
        for (start, length, range) in RANGES {
            for last in [range.start(), range.end()] {
                let number = format!("{start}{last:0length$}");
                assert!(is_taken(&number), "{number}");
            }
        }
    }

    #[test]
    fn numbers_that_people_may_have_are_not() {
        for number in [
            "+12025550099",
            "+12025550200",
            "+12025551234",
            "+18005550199",
            "+33198990000",
            "+33199010000",
            "+33612345678",
            "+442079459999",
            "+442079461000",
            "+46701740604",
            "+46701740700",
            "+447911123456",
            "+4915112345678",
        ] {
            assert!(!is_taken(number), "{number}");
        }
    }

    #[test]
    fn what_is_printed_does_not_say_the_code() {
        let text = r#"{ "phone_number": "+12025550123", "code": "314159", "ends": "2031-01-31" }"#;
        let reviewer: Reviewer = serde_json::from_str(text).expect("it is valid");
        reviewer.check().expect("it is sound");
        assert_eq!(reviewer.ends.to_string(), "2031-01-31T00:00:00.000000Z");
        let printed = format!("{reviewer:?}{}", serde_json::to_string(&reviewer).expect("text"));
        assert!(!printed.contains("314159"), "{printed}");
        assert_eq!(reviewer.code_at(reviewer.ends), None);
    }
}
