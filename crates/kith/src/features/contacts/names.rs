//! Opening what an address book holds. It must never open one person's entry for another.

use kith_sql_generated::{client::GenericClient, queries::contacts as sql};
use kith_types::{
    id::UserId,
    keys::{Envelopes, Place},
};
use uuid::Uuid;

use crate::{app::App, http::problem::Problem, keys};

const NAME_PLACE: &str = "contacts.contact_name";

/// Opens the names of one owner's contacts.
pub struct ContactNames(Envelopes);

impl ContactNames {
    /// Takes the owner's own key.
    pub async fn of<C: GenericClient>(app: &App, db: &C, owner: UserId) -> Result<Self, Problem> {
        let sealed = sql::get_data_key().bind(db, owner.as_uuid()).one().await?;
        app.keys().personal(owner, &sealed).map(Self).map_err(Problem::internal)
    }

    /// What the owner calls a contact.
    pub fn open(&self, contact: Uuid, sealed: &[u8]) -> Result<String, Problem> {
        let name =
            self.0.open(Place::new(contact, NAME_PLACE), sealed).map_err(Problem::internal)?;
        keys::text(&name).map_err(Problem::internal)
    }
}
