//! Verbs of address books.

use reqwest::Method;
use serde_json::{Value, json};

use crate::person::{Answer, Person};

const IMPORT: &str = "/v1/contacts/import";

impl Person {
    /// Sends an address book of names and numbers.
    pub async fn imports(&self, contacts: &[(&str, &str)]) -> Answer {
        let contacts: Vec<Value> = contacts
            .iter()
            .map(|(name, number)| json!({ "name": name, "phone_number": number }))
            .collect();
        self.post(IMPORT, json!({ "region": "US", "contacts": contacts })).await
    }

    /// Puts a person into one's address book.
    pub async fn notes(&self, name: &str, other: &Self) -> Answer {
        self.imports(&[(name, &other.phone)]).await.expect(200)
    }

    /// Sends an address book file.
    pub async fn imports_file(&self, region: &str, file: impl Into<Vec<u8>>) -> Answer {
        let path = format!("{IMPORT}?region={region}");
        let request = self.request(Method::POST, &path).header("content-type", "text/vcard");
        self.send(request.body(file.into()), Method::POST, &path).await
    }

    /// One's contacts, by name.
    pub async fn contacts(&self) -> Vec<Value> {
        self.get("/v1/contacts?limit=500").await.expect(200).items()
    }

    /// The entry of one's address book with a name.
    #[track_caller]
    pub fn contact(&self, name: &str) -> impl Future<Output = Value> + use<> {
        let (person, name) = (self.clone(), name.to_owned());
        async move {
            let contacts = person.contacts().await;
            let found = contacts.iter().find(|contact| contact["contact_name"] == name.as_str());
            found.cloned().unwrap_or_else(|| panic!("{name} is not among {contacts:#?}"))
        }
    }

    /// Says who finds one by one's number.
    pub async fn lets_be_found_by(&self, who: &str) {
        let patch = json!({ "privacy_settings": { "find_by_phone": who } });
        self.patch("/v1/me/settings", "*", patch).await.expect(200);
    }
}
