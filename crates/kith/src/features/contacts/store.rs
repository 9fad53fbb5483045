//! SQL of address books.

use std::collections::HashMap;

use deadpool_postgres::Object;
use kith_sql_generated::{client::GenericClient, queries::contacts as sql};
use kith_types::{
    id::{ContactId, UserId},
    keys::PhoneIndex,
    time::Timestamp,
    visibility::ContactStatus,
};
use uuid::Uuid;

use super::{budget::Budget, upload::Entry};
use crate::{app::App, db::Tx, http::problem::Problem};

pub use sql::{CountContacts, CountMatches, GetOwner, ListContacts as ContactRow};

/// Sealed entries, column by column, in one order.
#[derive(Debug, Default)]
pub struct Rows {
    pub ids: Vec<Uuid>,
    /// Blind indexes.
    pub numbers: Vec<Vec<u8>>,
    pub number_envelopes: Vec<Vec<u8>>,
    pub names: Vec<Vec<u8>>,
    pub looked_up: Vec<bool>,
}

impl Rows {
    /// Room for so many.
    pub fn with_capacity(count: usize) -> Self {
        Self {
            ids: Vec::with_capacity(count),
            numbers: Vec::with_capacity(count),
            number_envelopes: Vec::with_capacity(count),
            names: Vec::with_capacity(count),
            looked_up: Vec::with_capacity(count),
        }
    }
}

fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// The sealed key of an owner.
pub async fn data_key<C: GenericClient>(db: &C, owner: UserId) -> Result<Vec<u8>, Problem> {
    Ok(sql::get_data_key().bind(db, owner.as_uuid()).one().await?)
}

/// Sealed key and blind index of the number of an owner.
pub async fn owner(app: &App, owner: UserId) -> Result<GetOwner, Problem> {
    let db = app.db().shared().await?;
    Ok(sql::get_owner().bind(&*db, owner.as_uuid()).one().await?)
}

/// Takes the budget until the transaction ends; a new owner's is `full`.
pub async fn lock_budget(tx: &Tx, owner: UserId, full: Budget) -> Result<Budget, Problem> {
    let owner = owner.as_uuid();
    sql::insert_budget().bind(tx.db(), owner, &full.available, &full.refilled_at).await?;
    let row = sql::lock_budget().bind(tx.db(), owner).one().await?;
    Ok(Budget { available: row.available, refilled_at: row.refilled_at })
}

/// Waits for an import that runs: what it found must not go away before it writes.
pub async fn wait_for_imports(tx: &Tx, owner: UserId) -> Result<(), Problem> {
    sql::lock_budget().bind(tx.db(), owner.as_uuid()).opt().await?;
    Ok(())
}

/// Writes the budget.
pub async fn put_budget(tx: &Tx, owner: UserId, budget: Budget) -> Result<(), Problem> {
    sql::put_budget()
        .bind(tx.db(), &budget.available, &budget.refilled_at, owner.as_uuid())
        .await?;
    Ok(())
}

/// How many entries an address book has, and how many of them wait.
pub async fn count_contacts(tx: &Tx, owner: UserId) -> Result<CountContacts, Problem> {
    Ok(sql::count_contacts().bind(tx.db(), owner.as_uuid()).one().await?)
}

/// An entry that is stored already.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub id: ContactId,
    pub looked_up: bool,
}

/// Which of the numbers are stored already.
pub async fn find_by_number(
    tx: &Tx,
    owner: UserId,
    entries: &[Entry],
) -> Result<HashMap<PhoneIndex, Known>, Problem> {
    let numbers: Vec<&[u8]> = entries.iter().map(|entry| entry.index.as_bytes()).collect();
    let rows =
        sql::find_contacts_by_number().bind(tx.db(), owner.as_uuid(), &numbers).all().await?;
    let known = |row: sql::FindContactsByNumber| {
        let known = Known { id: row.contact_id.into(), looked_up: row.looked_up };
        (row.contact_phone_number, known)
    };
    let rows: HashMap<Vec<u8>, Known> = rows.into_iter().map(known).collect();
    let known = entries
        .iter()
        .filter_map(|entry| rows.get(entry.index.as_bytes()).map(|known| (entry.index, *known)));
    Ok(known.collect())
}

/// Writes all entries in one statement.
pub async fn upsert(tx: &Tx, owner: UserId, rows: &Rows) -> Result<(), Problem> {
    sql::upsert_contacts()
        .bind(
            tx.db(),
            owner.as_uuid(),
            &tx.now(),
            &rows.ids,
            &rows.numbers,
            &rows.number_envelopes,
            &rows.names,
            &rows.looked_up,
        )
        .await?;
    Ok(())
}

/// Looks up the numbers that have waited longest.
pub async fn look_up_waiting(tx: &Tx, owner: UserId, most: usize) -> Result<(), Problem> {
    sql::look_up_waiting().bind(tx.db(), owner.as_uuid(), &limit(most)).await?;
    Ok(())
}

/// People whose numbers wait, after the one named.
pub async fn waiting_owners(app: &App, after: Uuid, most: usize) -> Result<Vec<UserId>, Problem> {
    let db = app.db().pooled().await?;
    let ids = sql::list_waiting_owners().bind(&db, &after, &limit(most)).all().await?;
    Ok(ids.into_iter().map(UserId::from).collect())
}

/// Brings the cached states of an address book up to date; answers how many were not.
pub async fn refresh_statuses(tx: &Tx, owner: UserId) -> Result<u64, Problem> {
    Ok(sql::refresh_statuses().bind(tx.db(), owner.as_uuid()).await?)
}

/// Brings up to date what two people's address books say of each other.
pub async fn refresh_between(tx: &Tx, one: UserId, other: UserId) -> Result<(), Problem> {
    for (owner, other) in [(one.min(other), one.max(other)), (one.max(other), one.min(other))] {
        sql::refresh_statuses_between().bind(tx.db(), owner.as_uuid(), other.as_uuid()).await?;
    }
    Ok(())
}

/// Brings up to date what depends on a person's number: every entry of the numbers that it was and is, and the
/// person's own book, since others are found by holding it.
pub async fn refresh_numbers(tx: &Tx, person: UserId, numbers: &[&[u8]]) -> Result<(), Problem> {
    sql::refresh_statuses_of_numbers().bind(tx.db(), &numbers).await?;
    refresh_statuses(tx, person).await.map(|_| ())
}

/// People with an address book, after the one named.
pub async fn owners(app: &App, after: Uuid, most: usize) -> Result<Vec<UserId>, Problem> {
    let db = app.db().pooled().await?;
    let ids = sql::list_owners().bind(&db, &after, &limit(most)).all().await?;
    Ok(ids.into_iter().map(UserId::from).collect())
}

/// How many cached states are not true.
pub async fn status_drift(app: &App) -> Result<i64, Problem> {
    let db = app.db().pooled().await?;
    Ok(sql::count_status_drift().bind(&db).one().await?)
}

/// How many of the entries are accounts that the owner may know of, and how many wait.
pub async fn count_matches(tx: &Tx, owner: UserId, ids: &[Uuid]) -> Result<CountMatches, Problem> {
    Ok(sql::count_matches().bind(tx.db(), owner.as_uuid(), &ids).one().await?)
}

/// Every sealed name of an address book; of one state where it is named.
pub async fn list_names(
    db: &Object,
    owner: UserId,
    status: Option<ContactStatus>,
) -> Result<Vec<(Uuid, Vec<u8>)>, Problem> {
    let rows = sql::list_names().bind(db, owner.as_uuid(), &status).all().await?;
    Ok(rows.into_iter().map(|row| (row.contact_id, row.contact_name)).collect())
}

/// Entries by id, in no order.
pub async fn list_contacts(
    db: &Object,
    owner: UserId,
    ids: &[Uuid],
) -> Result<Vec<ContactRow>, Problem> {
    Ok(sql::list_contacts().bind(db, owner.as_uuid(), &ids).all().await?)
}

/// Removes one entry; answers how many there were.
pub async fn delete(tx: &Tx, owner: UserId, contact: ContactId) -> Result<u64, Problem> {
    Ok(sql::delete_contact().bind(tx.db(), owner.as_uuid(), contact.as_uuid()).await?)
}

/// Removes every entry.
pub async fn delete_all(tx: &Tx, owner: UserId) -> Result<(), Problem> {
    sql::delete_contacts().bind(tx.db(), owner.as_uuid()).await?;
    Ok(())
}

/// Removes entries that nobody refreshed since `before`; answers how many.
pub async fn delete_stale(app: &App, before: Timestamp, most: usize) -> Result<u64, Problem> {
    let db = app.db().pooled().await?;
    Ok(sql::delete_stale_contacts().bind(&db, &before, &limit(most)).await?)
}
