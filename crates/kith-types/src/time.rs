//! Owns points in time and, in `clock`, what tells them. It must never ask the operating system
//! for the time anywhere but in [`SystemClock`].

mod clock;

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::str::FromStr;
use std::time::Duration;

use bytes::BytesMut;
use postgres_types::{FromSql, IsNull, ToSql, Type};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::{datetime, format_description};
use utoipa::openapi::schema::{KnownFormat, Object, SchemaFormat, Type as SchemaType};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

pub use clock::{Clock, ManualClock, SystemClock};

/// RFC 3339 with a fixed width of 27 characters, so that text order is time order.
const FORMAT: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");

const MICROSECONDS_PER_SECOND: i64 = 1_000_000;
const NANOSECONDS_PER_MICROSECOND: i128 = 1_000;

/// A point in time in UTC, in the whole microseconds that PostgreSQL keeps, within the years 1 to
/// 9999 that RFC 3339 and PostgreSQL share. Arithmetic stops at the ends of that range.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Microseconds since the start of 1970; negative before it.
    microseconds: i64,
}

impl Timestamp {
    /// The start of 1970.
    pub const UNIX_EPOCH: Self = Self { microseconds: 0 };
    /// The earliest point in time: the start of year 1.
    pub const MIN: Self = Self::at_second(datetime!(0001-01-01 00:00:00 UTC).unix_timestamp(), 0);
    /// The latest point in time: the last microsecond of year 9999.
    pub const MAX: Self =
        Self::at_second(datetime!(9999-12-31 23:59:59 UTC).unix_timestamp(), 999_999);

    const fn at_second(second: i64, microsecond: i64) -> Self {
        Self { microseconds: second * MICROSECONDS_PER_SECOND + microsecond }
    }

    /// Returns the point that lies so many microseconds after the start of 1970, or the nearest one.
    pub fn from_unix_microseconds(microseconds: i64) -> Self {
        Self { microseconds }.clamp(Self::MIN, Self::MAX)
    }

    /// Returns the point that lies so many milliseconds after the start of 1970, or the nearest one.
    pub fn from_unix_milliseconds(milliseconds: i64) -> Self {
        Self::from_unix_microseconds(milliseconds.saturating_mul(1_000))
    }

    /// Returns the point that lies so many seconds after the start of 1970, or the nearest one.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self::from_unix_microseconds(seconds.saturating_mul(MICROSECONDS_PER_SECOND))
    }

    /// Returns the microseconds since the start of 1970.
    pub fn unix_microseconds(self) -> i64 {
        self.microseconds
    }

    /// Returns the whole milliseconds since the start of 1970, rounded down.
    pub fn unix_milliseconds(self) -> i64 {
        self.microseconds.div_euclid(1_000)
    }

    /// Returns the whole seconds since the start of 1970, rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.microseconds.div_euclid(MICROSECONDS_PER_SECOND)
    }

    /// Returns how long after `earlier` this point lies; zero if it does not lie after it.
    pub fn since(self, earlier: Self) -> Duration {
        let microseconds = self.microseconds.saturating_sub(earlier.microseconds);
        Duration::from_micros(u64::try_from(microseconds).unwrap_or(0))
    }

    fn signed(duration: Duration) -> i64 {
        i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self::from_unix_microseconds(self.microseconds.saturating_add(Self::signed(duration)))
    }
}

impl AddAssign<Duration> for Timestamp {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self::from_unix_microseconds(self.microseconds.saturating_sub(Self::signed(duration)))
    }
}

impl SubAssign<Duration> for Timestamp {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}

/// Rounds down to the microsecond and moves into the supported years.
impl From<OffsetDateTime> for Timestamp {
    fn from(moment: OffsetDateTime) -> Self {
        let microseconds = moment.unix_timestamp_nanos().div_euclid(NANOSECONDS_PER_MICROSECOND);
        // A date of the `time` crate fits 64 bits of microseconds 29 times over.
        Self::from_unix_microseconds(i64::try_from(microseconds).unwrap_or(i64::MAX))
    }
}

impl From<Timestamp> for OffsetDateTime {
    fn from(timestamp: Timestamp) -> Self {
        let nanoseconds = i128::from(timestamp.microseconds) * NANOSECONDS_PER_MICROSECOND;
        Self::from_unix_timestamp_nanos(nanoseconds).unwrap_or(Self::UNIX_EPOCH)
    }
}

/// RFC 3339 in UTC with six decimals: `2031-05-04T09:30:00.000000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = OffsetDateTime::from(*self).format(FORMAT).map_err(|_| fmt::Error)?;
        out.write_str(&text)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// A text that is not a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write the time as RFC 3339, such as 2031-05-04T09:30:00Z")]
pub struct TimestampInvalid;

/// Reads RFC 3339 with any offset and any number of decimals.
impl FromStr for Timestamp {
    type Err = TimestampInvalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        OffsetDateTime::parse(text, &Rfc3339).map(Self::from).map_err(|_| TimestampInvalid)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl ToSql for Timestamp {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        OffsetDateTime::from(*self).to_sql(kind, out)
    }

    fn accepts(kind: &Type) -> bool {
        <OffsetDateTime as ToSql>::accepts(kind)
    }

    postgres_types::to_sql_checked!();
}

impl<'a> FromSql<'a> for Timestamp {
    fn from_sql(
        kind: &Type,
        raw: &'a [u8],
    ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        OffsetDateTime::from_sql(kind, raw).map(Self::from)
    }

    fn accepts(kind: &Type) -> bool {
        <OffsetDateTime as FromSql>::accepts(kind)
    }
}

impl PartialSchema for Timestamp {
    fn schema() -> RefOr<Schema> {
        Object::builder()
            .schema_type(SchemaType::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .description(Some("a point in time, RFC 3339 in UTC"))
            .examples(["2031-05-04T09:30:00.000000Z"])
            .into()
    }
}

impl ToSchema for Timestamp {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_timestamp() -> impl Strategy<Value = Timestamp> {
        (Timestamp::MIN.microseconds..=Timestamp::MAX.microseconds)
            .prop_map(Timestamp::from_unix_microseconds)
    }

    proptest! {
        #[test]
        fn text_and_back_is_the_same(moment in any_timestamp()) {
            let text = moment.to_string();
            prop_assert_eq!(text.len(), 27);
            prop_assert_eq!(text.parse(), Ok(moment));
            let json = serde_json::to_string(&moment).unwrap();
            prop_assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), moment);
        }

        #[test]
        fn text_order_is_time_order(one in any_timestamp(), other in any_timestamp()) {
            prop_assert_eq!(one.to_string().cmp(&other.to_string()), one.cmp(&other));
        }

        #[test]
        fn the_database_keeps_it_exactly(moment in any_timestamp()) {
            let mut wire = BytesMut::new();
            moment.to_sql(&Type::TIMESTAMPTZ, &mut wire).unwrap();
            prop_assert_eq!(Timestamp::from_sql(&Type::TIMESTAMPTZ, &wire).unwrap(), moment);
        }

        #[test]
        fn no_arithmetic_leaves_the_range(moment in any_timestamp(), seconds: u64, nanoseconds in 0..1_000_000_000_u32) {
            let duration = Duration::new(seconds, nanoseconds);
            prop_assert!((moment + duration) >= moment && (moment + duration) <= Timestamp::MAX);
            prop_assert!((moment - duration) <= moment && (moment - duration) >= Timestamp::MIN);
        }
    }

    #[test]
    fn offsets_and_decimals_are_understood_and_rounded_down() {
        let expected = Timestamp::from_unix_microseconds(1_800_000_000_123_456);
        for text in [
            "2027-01-15T08:00:00.123456Z",
            "2027-01-15T08:00:00.123456999Z",
            "2027-01-15T10:30:00.123456+02:30",
            "2027-01-14T23:00:00.123456-09:00",
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        let before_1970: Timestamp = "1969-12-31T23:59:59.9999995Z".parse().unwrap();
        assert_eq!(before_1970.unix_microseconds(), -1);
        assert_eq!(before_1970.unix_milliseconds(), -1);
        assert_eq!(before_1970.unix_seconds(), -1);
    }

    #[test]
    fn the_edges_of_the_calendar_do_not_panic() {
        assert_eq!("9999-12-31T23:59:59-10:00".parse(), Ok(Timestamp::MAX));
        assert_eq!("0000-01-01T00:00:00+10:00".parse(), Ok(Timestamp::MIN));
        assert_eq!(Timestamp::from_unix_seconds(i64::MAX), Timestamp::MAX);
        assert_eq!(Timestamp::from_unix_milliseconds(i64::MIN), Timestamp::MIN);
        for text in ["", "yesterday", "2027-01-15", "2027-01-15T08:00:00", "1800000000"] {
            assert_eq!(text.parse::<Timestamp>(), Err(TimestampInvalid), "{text}");
        }
    }

    #[test]
    fn since_is_never_negative() {
        let start = Timestamp::from_unix_seconds(1_800_000_000);
        let end = start + Duration::from_millis(1_500);
        assert_eq!(end.since(start), Duration::from_millis(1_500));
        assert_eq!(start.since(end), Duration::ZERO);
    }
}
