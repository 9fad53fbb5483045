//! An address book as it arrives: JSON or a vCard file made into entries, each number once. Pure and heavy:
//! run it beside the async threads. It must never store or log what it reads.

use std::collections::HashMap;

use bytes::Bytes;
use kith_types::{
    keys::PhoneIndex,
    phone::{PhoneNumber, Region},
    text::ContactName,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{MAX_IMPORT, vcard};
use crate::{
    http::{
        extract::parse_json,
        problem::{Kind, Problem},
    },
    keys::Keys,
};

/// An address book as it was sent.
#[derive(Clone, Debug)]
pub enum Upload {
    /// The JSON form.
    Json(Bytes),
    /// A vCard file.
    Vcard {
        /// The file.
        bytes: Bytes,
        /// What the sender said of its characters.
        charset: Option<String>,
        /// Where its national numbers are from.
        region: Option<String>,
    },
}

/// A name and a number as it was written.
type Written = (ContactName, String);

/// An address book in JSON.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContactsImport)]
pub struct ImportBody {
    /// Where national numbers are from, ISO 3166-1 alpha-2.
    region: Option<String>,
    /// At most 5,000.
    #[schema(max_items = 5000)]
    contacts: Vec<EntryBody>,
}

/// One entry of an address book.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContactsImportEntry)]
struct EntryBody {
    /// What I call them.
    #[serde(default)]
    #[schema(value_type = String)]
    name: ContactName,
    /// E.164, or national with `region`.
    phone_number: String,
}

/// An entry whose number can exist.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What the owner calls them.
    pub name: ContactName,
    /// The number.
    pub number: PhoneNumber,
    /// What finds the number.
    pub index: PhoneIndex,
}

/// A number that cannot be used.
#[derive(Clone, Debug)]
pub struct Invalid {
    /// Its place among the numbers that were sent, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// What an upload comes to.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// Each number once, in the order of arrival.
    pub valid: Vec<Entry>,
    /// What cannot be used, in the order of arrival.
    pub invalid: Vec<Invalid>,
}

impl Upload {
    /// What was sent, as it was sent.
    pub fn bytes(&self) -> &Bytes {
        match self {
            Self::Json(bytes) | Self::Vcard { bytes, .. } => bytes,
        }
    }

    /// Reads everything. The first of several names for one number counts, unless it is empty.
    pub fn read(&self, keys: &Keys) -> Result<Entries, Problem> {
        let (pairs, region) = self.pairs()?;
        if pairs.len() > MAX_IMPORT {
            let detail = format!("send at most {MAX_IMPORT} numbers at a time");
            return Err(Problem::invalid("/contacts", detail));
        }
        let mut entries = Entries::default();
        let mut places: HashMap<PhoneIndex, usize> = HashMap::with_capacity(pairs.len());
        for (index, (name, number)) in pairs.into_iter().enumerate() {
            match PhoneNumber::parse(&number, region) {
                Err(error) => {
                    entries.invalid.push(Invalid { index, reason: error.to_string() });
                }
                Ok(number) => entries
                    .add(Entry { name, index: keys.phone_index(&number), number }, &mut places),
            }
        }
        Ok(entries)
    }

    /// Names and numbers as they were written.
    fn pairs(&self) -> Result<(Vec<Written>, Option<Region>), Problem> {
        match self {
            Self::Json(bytes) => {
                let body: ImportBody = parse_json(bytes)?;
                let pairs = body.contacts.into_iter().map(|entry| (entry.name, entry.phone_number));
                Ok((pairs.collect(), region(body.region.as_deref(), "/region")?))
            }
            Self::Vcard { bytes, charset, region: home } => {
                let home = region(home.as_deref(), "region")?;
                let cards =
                    vcard::read(bytes, charset.as_deref(), MAX_IMPORT).ok_or_else(|| {
                        Problem::new(
                            Kind::Malformed,
                            "there is no vCard in this file: send a .vcf file",
                        )
                    })?;
                let pairs = cards.into_iter().flat_map(|card| {
                    let name = ContactName::from_book(&card.name);
                    card.numbers.into_iter().map(move |number| (name.clone(), number))
                });
                Ok((pairs.collect(), home))
            }
        }
    }
}

impl Entries {
    fn add(&mut self, entry: Entry, places: &mut HashMap<PhoneIndex, usize>) {
        match places.get(&entry.index) {
            None => {
                places.insert(entry.index, self.valid.len());
                self.valid.push(entry);
            }
            Some(place) if self.valid[*place].name == ContactName::default() => {
                self.valid[*place].name = entry.name;
            }
            Some(_) => {}
        }
    }
}

fn region(text: Option<&str>, pointer: &str) -> Result<Option<Region>, Problem> {
    let region = text.map(str::parse).transpose();
    region.map_err(|error: kith_types::phone::RegionInvalid| {
        Problem::invalid(pointer, error.to_string())
    })
}
