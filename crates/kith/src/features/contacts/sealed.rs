//! Sealing and opening what an address book holds, with its owner's own key. It must never open one person's
//! entry for another.

use kith_sql_generated::client::GenericClient;
use kith_types::{
    id::{ContactId, UserId},
    keys::{Envelopes, Place},
    phone::PhoneNumber,
    random::Random,
    text::ContactName,
};
use uuid::Uuid;

use super::store;
use crate::{app::App, http::problem::Problem, keys};

const NAME_PLACE: &str = "contacts.contact_name";
const NUMBER_PLACE: &str = "contacts.contact_phone_number";

/// The key of one owner's address book.
pub struct BookKey(Envelopes);

impl BookKey {
    /// Takes the owner's own key from the database.
    pub async fn of<C: GenericClient>(app: &App, db: &C, owner: UserId) -> Result<Self, Problem> {
        let sealed = store::data_key(db, owner).await?;
        Self::open(app, owner, &sealed)
    }

    /// Opens the owner's own key.
    pub fn open(app: &App, owner: UserId, sealed: &[u8]) -> Result<Self, Problem> {
        app.keys().personal(owner, sealed).map(Self).map_err(Problem::internal)
    }

    /// Seals what the owner calls a contact.
    pub fn seal_name(&self, id: ContactId, name: &ContactName, random: &dyn Random) -> Vec<u8> {
        self.0.seal(Place::new(id, NAME_PLACE), name.as_str().as_bytes(), random)
    }

    /// Seals a contact's number.
    pub fn seal_number(&self, id: ContactId, number: &PhoneNumber, random: &dyn Random) -> Vec<u8> {
        self.0.seal(Place::new(id, NUMBER_PLACE), number.as_e164().as_bytes(), random)
    }

    /// What the owner calls a contact.
    pub fn name(&self, contact: Uuid, sealed: &[u8]) -> Result<String, Problem> {
        self.text(Place::new(contact, NAME_PLACE), sealed)
    }

    /// A contact's number in E.164.
    pub fn number(&self, contact: Uuid, sealed: &[u8]) -> Result<String, Problem> {
        self.text(Place::new(contact, NUMBER_PLACE), sealed)
    }

    fn text(&self, place: Place<'_>, sealed: &[u8]) -> Result<String, Problem> {
        let opened = self.0.open(place, sealed).map_err(Problem::internal)?;
        keys::text(&opened).map_err(Problem::internal)
    }
}
