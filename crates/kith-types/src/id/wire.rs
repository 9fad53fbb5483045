//! Owns how identifiers are written: in text, in JSON, in PostgreSQL, in the `OpenAPI` document.
//! It must never look at what their bits mean.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use bytes::BytesMut;
use postgres_types::{FromSql, IsNull, ToSql, Type};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{KnownFormat, Object, SchemaFormat, Type as SchemaType};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

use super::{Id, Kind};

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid.as_hyphenated().fmt(out)
    }
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}({self})", K::NAME)
    }
}

/// A text that is not an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "an id has 32 hexadecimal digits in five groups, such as 019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20"
)]
pub struct IdInvalid;

/// Reads the five groups in either case: one identifier has no second spelling with other signs.
impl<K> FromStr for Id<K> {
    type Err = IdInvalid;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let uuid: uuid::fmt::Hyphenated = text.parse().map_err(|_| IdInvalid)?;
        Ok(Self::from(uuid.into_uuid()))
    }
}

impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = Uuid::encode_buffer();
        serializer.serialize_str(self.uuid.as_hyphenated().encode_lower(&mut text))
    }
}

impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl<K: Kind> ToSql for Id<K> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        self.uuid.to_sql(kind, out)
    }

    fn accepts(kind: &Type) -> bool {
        <Uuid as ToSql>::accepts(kind)
    }

    fn to_sql_checked(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        self.uuid.to_sql_checked(kind, out)
    }
}

impl<'a, K> FromSql<'a> for Id<K> {
    fn from_sql(
        kind: &Type,
        raw: &'a [u8],
    ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Uuid::from_sql(kind, raw).map(Self::from)
    }

    fn accepts(kind: &Type) -> bool {
        <Uuid as FromSql>::accepts(kind)
    }
}

impl<K> PartialSchema for Id<K> {
    fn schema() -> RefOr<Schema> {
        Object::builder()
            .schema_type(SchemaType::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
            .into()
    }
}

impl<K: Kind> ToSchema for Id<K> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed(K::NAME)
    }
}
