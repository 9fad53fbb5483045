//! Limits of what is sent, tried and asked for; meanings and defaults stand in `default.toml`.
//!
//! It must never decide anything: the features that spend a budget do.

use kith_types::phone::Region;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Which limits apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LimitProfile {
    /// All of them.
    Production,
    /// Tries per code and access checks only; development.
    Relaxed,
}

/// Limits.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Empty: by environment.
    #[serde(default)]
    pub profile: Option<LimitProfile>,
    /// Where codes are sent to.
    pub countries: Countries,
    /// Codes sent to one number per day.
    pub sends_per_number_per_day: i64,
    /// Of these, calls.
    pub calls_per_number_per_day: i64,
    /// Codes sent for one network (/24 or /64) per hour.
    pub sends_per_network_per_hour: i64,
    /// Codes sent for one device per day.
    pub sends_per_device_per_day: i64,
    /// Codes sent to numbers that begin alike per day.
    pub sends_per_prefix_per_day: i64,
    /// Codes sent to one country per day.
    pub sends_per_country_per_day: i64,
    /// Codes sent in all per day.
    pub sends_per_day: i64,
    /// Unanswered codes to numbers that begin alike, beyond as many as were answered, after which the breaker trips.
    pub unanswered_per_prefix: i64,
    /// The same for a country.
    pub unanswered_per_country: i64,
    /// The same for everybody.
    pub unanswered: i64,
    /// Wrong codes for one number per day.
    pub tries_per_number_per_day: i64,
    /// Requests of one account per minute.
    pub requests_per_account_per_minute: u32,
    /// Requests without an account, of one network, per minute.
    pub requests_per_network_per_minute: u32,
    /// Contacts that a new account may look up at once.
    pub contact_lookups: i32,
    /// New contacts per day after that.
    pub contact_lookups_per_day: i32,
    /// Friend requests per day.
    pub friend_requests_per_day: u32,
    /// Looks at who has a username, per hour.
    pub username_lookups_per_hour: u32,
    /// Friends and open requests of one account.
    pub friends: i64,
}

/// Countries that codes are sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Countries {
    /// Every one that has telephone numbers.
    All,
    /// These.
    Only(Vec<Region>),
}

const ALL: &str = "all";

impl Countries {
    /// Whether codes are sent there.
    pub fn contain(&self, country: Region) -> bool {
        match self {
            Self::All => true,
            Self::Only(countries) => countries.contains(&country),
        }
    }
}

/// Reads a list of countries in two letters, or `["all"]`.
impl<'de> Deserialize<'de> for Countries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Vec::<String>::deserialize(deserializer)?;
        if names.iter().any(|name| name.eq_ignore_ascii_case(ALL)) {
            return Ok(Self::All);
        }
        let countries: Result<Vec<Region>, _> =
            names.iter().map(|name| name.trim().parse()).collect();
        countries.map(Self::Only).map_err(D::Error::custom)
    }
}

impl Serialize for Countries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => [ALL].serialize(serializer),
            Self::Only(countries) => countries.serialize(serializer),
        }
    }
}
