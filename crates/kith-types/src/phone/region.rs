//! Owns the country in which a number without a country code is read. It must never hold anything
//! but two letters of ISO 3166-1.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rlibphonenumber::PHONE_NUMBER_UTIL;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A country or territory with telephone numbers of its own, by its two letters (ISO 3166-1 alpha-2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(pub(super) rlibphonenumber::Region);

impl Region {
    /// Returns the two letters, upper case.
    pub fn as_letters(self) -> impl AsRef<str> {
        self.0.as_region_str()
    }
}

/// A text that names no country with telephone numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a region is the two letters of a country, such as US or DE")]
pub struct RegionInvalid;

/// Reads two letters in either case.
impl FromStr for Region {
    type Err = RegionInvalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let region = rlibphonenumber::Region::from_code(text).map_err(|_| RegionInvalid)?;
        match PHONE_NUMBER_UTIL.get_country_code_for_region(region) {
            Some(calling_code) if calling_code > 0 => Ok(Self(region)),
            _ => Err(RegionInvalid),
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_letters().as_ref())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl PartialSchema for Region {
    fn schema() -> RefOr<Schema> {
        Object::builder()
            .schema_type(Type::String)
            .description(Some("a country, ISO 3166-1 alpha-2"))
            .pattern(Some("^[A-Za-z]{2}$"))
            .examples(["US"])
            .into()
    }
}

impl ToSchema for Region {}
