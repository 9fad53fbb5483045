//! Owns telephone numbers: reading them in any of the ways people write them, and holding them in
//! the one form of E.164. It must never print one: [`PhoneNumber::as_e164`] is the only way out.

mod kind;
mod region;
mod tidy;

use std::borrow::Cow;
use std::fmt;

use rlibphonenumber::{
    NumberLengthType, ParseError, PhoneNumber as Parsed, PhoneNumberFormat, ValidationError,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

pub use kind::LineKind;
pub use region::{Region, RegionInvalid};

/// The longest text that is looked at, in bytes: far above any number with its decoration.
const MAX_TEXT_BYTES: usize = 200;

/// The calling code of Mexico.
const MEXICO: i32 = 52;

/// A telephone number that can exist: the right length and a range in use where it belongs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(String);

/// Why a text is no telephone number, and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PhoneInvalid {
    /// Nothing in it could be a number.
    #[error("enter a phone number, such as +14155550123")]
    NotANumber,
    /// A national number came without the country to read it in.
    #[error("start the number with + and the country code, or say which country it is from")]
    CountryMissing,
    /// No country has the code that follows the `+`.
    #[error("no country has this code: check the digits after the +")]
    CountryUnknown,
    /// Digits are missing.
    #[error("the number is too short: check that no digit is missing")]
    TooShort,
    /// There are more digits than a number has there.
    #[error("the number is too long: check that no digit is there twice")]
    TooLong,
    /// No such number can exist in its country.
    #[error("this number does not exist in its country: check the digits and the country")]
    NotInUse,
}

impl PhoneNumber {
    /// Reads a number in E.164, or in national form if `region` says which country's.
    ///
    /// A country code in the number wins over `region`. Decoration and extensions are dropped.
    pub fn parse(text: &str, region: Option<Region>) -> Result<Self, PhoneInvalid> {
        if text.len() > MAX_TEXT_BYTES {
            return Err(PhoneInvalid::TooLong);
        }
        let text = tidy::tidy(text);
        let as_written = Self::read(&text, region);
        // 00 is the international prefix of most countries, so a contact book holds it also where
        // the country of its owner dials another one.
        match (as_written, text.strip_prefix("00")) {
            (Err(problem), Some(rest)) => {
                Self::read(&format!("+{rest}"), None).map_err(|_| problem)
            }
            (result, _) => result,
        }
    }

    fn read(text: &str, region: Option<Region>) -> Result<Self, PhoneInvalid> {
        let parsed = Parsed::parse(text, region.map(|region| region.0))
            .map_err(|error| PhoneInvalid::from_parsing(&error, text))?;
        let number = without_old_mexican_prefix(parsed);
        if number.is_valid() {
            return Ok(Self(number.format_as(PhoneNumberFormat::E164).into_owned()));
        }
        Err(match number.is_possible_with_reason() {
            Ok(NumberLengthType::IsPossibleLocalOnly) | Err(ValidationError::TooShort) => {
                PhoneInvalid::TooShort
            }
            Err(ValidationError::TooLong) => PhoneInvalid::TooLong,
            Err(ValidationError::InvalidCountryCode) => PhoneInvalid::CountryUnknown,
            Ok(NumberLengthType::IsPossible) | Err(ValidationError::InvalidLength) => {
                PhoneInvalid::NotInUse
            }
        })
    }

    /// Returns `+`, the country code and the national number without anything between: at most 16
    /// characters. Whoever calls this must not put the result into a log line.
    pub fn as_e164(&self) -> &str {
        &self.0
    }

    /// Tells what sort of line the number belongs to.
    pub fn line_kind(&self) -> LineKind {
        self.parsed().map_or(LineKind::Unknown, |number| LineKind::of(&number))
    }

    /// Returns the country of the number; none for networks that have no country.
    pub fn region(&self) -> Option<Region> {
        let region = self.parsed()?.get_region_code()?;
        (region != rlibphonenumber::Region::World).then_some(Region(region))
    }

    /// Returns the country calling code, such as 44.
    pub fn calling_code(&self) -> u16 {
        self.parsed().and_then(|number| u16::try_from(number.country_code).ok()).unwrap_or(0)
    }

    fn parsed(&self) -> Option<Parsed> {
        Parsed::parse(&self.0, None).ok()
    }
}

impl PhoneInvalid {
    fn from_parsing(error: &ParseError, text: &str) -> Self {
        match error {
            ParseError::InvalidCountryCode if text.starts_with('+') => Self::CountryUnknown,
            ParseError::InvalidCountryCode => Self::CountryMissing,
            ParseError::NotANumber(_) => Self::NotANumber,
            ParseError::TooShortAfterIdd | ParseError::TooShortNsn => Self::TooShort,
            ParseError::TooLongNsn => Self::TooLong,
        }
    }
}

/// Until August 2019 a Mexican mobile was called from abroad with a 1 after the country code and,
/// at home, with 044 or 045 in front. Contact books still hold both (IFT, dialling plan of 2019).
fn without_old_mexican_prefix(number: Parsed) -> Parsed {
    if number.country_code != MEXICO {
        return number;
    }
    let national = number.get_national_significant_number();
    let subscriber = ["1", "044", "045"]
        .iter()
        .find_map(|prefix| national.strip_prefix(prefix).filter(|rest| rest.len() == 10));
    match subscriber.map(|digits| Parsed::parse(format!("+{MEXICO}{digits}"), None)) {
        Some(Ok(current)) => current,
        _ => number,
    }
}

/// Builds the tables of numbers, which takes about 0.2 s, so that the first request need not.
pub fn warm_up() {
    let _ = PhoneNumber::parse("+14155550123", None).map(|number| number.line_kind());
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PhoneNumber(redacted)")
    }
}

impl Serialize for PhoneNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Reads E.164 only: a request that may carry a national number takes it as text with its region.
impl<'de> Deserialize<'de> for PhoneNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text, None).map_err(serde::de::Error::custom)
    }
}

impl PartialSchema for PhoneNumber {
    fn schema() -> RefOr<Schema> {
        Object::builder()
            .schema_type(Type::String)
            .description(Some("a phone number in E.164"))
            .pattern(Some(r"^\+[1-9][0-9]{4,14}$"))
            .examples(["+14155550123"])
            .into()
    }
}

impl ToSchema for PhoneNumber {}

#[cfg(test)]
mod tests;
