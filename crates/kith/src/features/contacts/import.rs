//! Taking in an address book: read beside the async threads, stored by one statement, matched within the
//! owner's budget.

use std::{collections::HashMap, sync::Arc};

use kith_types::{
    id::{ContactId, UserId},
    keys::PhoneIndex,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    MAX_BOOK,
    sealed::BookKey,
    store::{self, Known, Rows},
    upload::{Entries, Entry, Invalid, Upload},
    waiting,
};
use crate::{
    app::App,
    db::Tx,
    features::users::{self, Consent},
    http::{
        idempotency::{Claim, Claimed},
        problem::Problem,
    },
};

/// The text that people agree to by sending their address book.
const CONSENT_VERSION: &str = "1";

/// What an import came to.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContactsImported)]
pub struct ImportedBody {
    /// New numbers.
    imported: usize,
    /// Numbers that were known, with the names they came with now.
    updated: usize,
    /// What could not be used.
    invalid: Vec<InvalidBody>,
    /// How many of these numbers are people that I may know of.
    matched: i64,
    /// How many of these numbers are stored and wait to be looked up.
    deferred: i64,
}

/// A number that could not be used.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ContactInvalid)]
struct InvalidBody {
    /// Its place among the numbers that were sent, from 0.
    index: usize,
    /// What is wrong with it.
    reason: String,
}

impl From<Invalid> for InvalidBody {
    fn from(invalid: Invalid) -> Self {
        Self { index: invalid.index, reason: invalid.reason }
    }
}

/// Stores the address book of `owner`. The same numbers again are an update. A request repeated under its key
/// stores nothing and tells the counts of the first time.
pub async fn import(
    app: &App,
    owner: UserId,
    upload: Upload,
    claim: Claim,
) -> Result<ImportedBody, Problem> {
    users::require_terms(app, owner).await?;
    let about = store::owner(app, owner).await?;
    let reader = app.clone();
    let entries = beside(move || upload.read(reader.keys())).await??;
    let Entries { mut valid, invalid } = entries;
    valid.retain(|entry| entry.index.as_bytes() != about.phone_number);
    let (app_in, entries) = (app.clone(), Arc::new(valid));
    let key = Arc::new(BookKey::open(app, owner, &about.data_key)?);
    let stored = app
        .tx("contacts.import", move |tx| {
            let (app, entries, key) = (app_in.clone(), Arc::clone(&entries), Arc::clone(&key));
            let claim = claim.clone();
            async move {
                if let Claimed::Replay { outcome, .. } = claim.take(&tx, 200, Uuid::nil()).await? {
                    return serde_json::from_value(outcome).map_err(Problem::internal);
                }
                let stored = store(&app, &tx, owner, entries, key).await?;
                let outcome = serde_json::to_value(&stored).map_err(Problem::internal)?;
                claim.keep(&tx, &outcome).await?;
                Ok(stored)
            }
        })
        .await?;
    Ok(ImportedBody {
        imported: stored.imported,
        updated: stored.updated,
        invalid: invalid.into_iter().map(InvalidBody::from).collect(),
        matched: stored.matched,
        deferred: stored.deferred,
    })
}

/// The counts of an import.
#[derive(Deserialize, Serialize)]
struct Stored {
    imported: usize,
    updated: usize,
    matched: i64,
    deferred: i64,
}

async fn store(
    app: &App,
    tx: &Tx,
    owner: UserId,
    entries: Arc<Vec<Entry>>,
    key: Arc<BookKey>,
) -> Result<Stored, Problem> {
    users::record_consent(tx, owner, Consent::Contacts, CONSENT_VERSION).await?;
    let mut budget = waiting::look_up(app, tx, owner).await?;
    let known = store::find_by_number(tx, owner, &entries).await?;
    let imported = entries.len() - known.len();
    require_room(tx, owner, imported).await?;
    let granted = budget.take(imported);
    store::put_budget(tx, owner, budget).await?;

    let (ids, updated) = (new_ids(tx, owner, imported), known.len());
    let (sealing, entries_in) = (app.clone(), Arc::clone(&entries));
    let rows = beside(move || sealed(&sealing, &entries_in, &key, &known, ids, granted)).await?;
    store::upsert(tx, owner, &rows).await?;
    store::refresh_statuses(tx, owner).await?;
    let counts = store::count_matches(tx, owner, &rows.ids).await?;
    Ok(Stored { imported, updated, matched: counts.matched, deferred: counts.waiting })
}

async fn require_room(tx: &Tx, owner: UserId, imported: usize) -> Result<(), Problem> {
    let held = store::count_contacts(tx, owner).await?.contacts;
    let most = i64::try_from(MAX_BOOK.saturating_sub(imported)).unwrap_or(0);
    if imported > 0 && held > most {
        let detail = format!("an address book holds at most {MAX_BOOK} numbers; forget some first");
        return Err(Problem::invalid("/contacts", detail));
    }
    Ok(())
}

fn new_ids(tx: &Tx, owner: UserId, count: usize) -> Vec<ContactId> {
    (0..count).map(|_| tx.ids().make_at(tx.now(), owner.bucket())).collect()
}

/// Seals every entry for its row: under the id that it has, or under a new one. The first `granted` new ones
/// are looked up.
fn sealed(
    app: &App,
    entries: &[Entry],
    key: &BookKey,
    known: &HashMap<PhoneIndex, Known>,
    new_ids: Vec<ContactId>,
    granted: usize,
) -> Rows {
    let mut new_ids = new_ids.into_iter().enumerate();
    let mut rows = Rows::with_capacity(entries.len());
    for entry in entries {
        let old = known.get(&entry.index).map(|known| (known.id, known.looked_up));
        let new = || new_ids.next().map(|(place, id)| (id, place < granted));
        let Some((id, looked_up)) = old.or_else(new) else { break };
        rows.ids.push(id.uuid());
        rows.numbers.push(entry.index.as_bytes().to_vec());
        rows.number_envelopes.push(key.seal_number(id, &entry.number, app.random()));
        rows.names.push(key.seal_name(id, &entry.name, app.random()));
        rows.looked_up.push(looked_up);
    }
    rows
}

/// Runs what computes for long beside the async threads.
pub async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
}
