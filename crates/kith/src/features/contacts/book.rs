//! One's own address book: listing and forgetting.

use std::collections::HashMap;

use kith_types::{
    cursor::CursorScope,
    id::{ContactId, UserId},
    time::Timestamp,
    visibility::ContactStatus,
};
use serde::Serialize;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{import::beside, sealed::BookKey, store};
use crate::{
    app::App,
    features::{
        uploads::ImageUrls,
        users::{self, UserCardBody},
    },
    http::{
        auth::Me,
        page::{Page, PageQuery},
        problem::Problem,
    },
};

/// An entry of my address book.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Contact)]
pub struct ContactBody {
    contact_id: ContactId,
    /// What I call them; empty if the address book did not say.
    contact_name: String,
    /// E.164.
    contact_phone_number: String,
    status: ContactStatus,
    /// Who has the number, where their settings let me find them by it.
    #[schema(required)]
    user: Option<UserCardBody>,
    date_added: Timestamp,
}

/// A name in its place in the list.
struct Named {
    sort_key: String,
    id: Uuid,
    name: String,
}

/// One page by name; of one state where it is named. Names are sealed in the database: all are opened and
/// sorted here, which takes a few milliseconds for the largest address book.
pub async fn list(
    app: &App,
    me: &Me,
    query: &PageQuery,
    status: Option<ContactStatus>,
) -> Result<Page<ContactBody>, Problem> {
    let scope = match status {
        None => "contacts",
        Some(ContactStatus::Friend) => "contacts.friend",
        Some(ContactStatus::Pending) => "contacts.pending",
        Some(ContactStatus::NotOnPlatform) => "contacts.not-on-platform",
    };
    let (size, scope) = (query.size_within(100, 500)?, CursorScope::new(scope, me.user_id));
    let after: Option<(String, Uuid)> = query.position(app, scope)?;
    let db = app.db().pooled().await?;
    let names = store::list_names(&db, me.user_id, status).await?;
    let key = BookKey::of(app, &db, me.user_id).await?;
    let (page, key) =
        beside(move || sorted(names, &key, after.as_ref(), size + 1).map(|n| (n, key))).await??;
    let ids: Vec<Uuid> = page.iter().map(|named| named.id).collect();
    let rows = store::list_contacts(&db, me.user_id, &ids).await?;
    let mut rows: HashMap<Uuid, _> = rows.into_iter().map(|row| (row.contact_id, row)).collect();
    let urls = ImageUrls::for_me(app, me);
    let page: Page<Option<ContactBody>> = Page::build(
        app,
        scope,
        page,
        size,
        |named| (named.sort_key.clone(), named.id),
        |named| rows.remove(&named.id).map(|row| contact(&urls, &key, named.name, row)).transpose(),
    )?;
    // What was forgotten in the meantime is left out.
    Ok(Page { items: page.items.into_iter().flatten().collect(), next_cursor: page.next_cursor })
}

fn sorted(
    rows: Vec<(Uuid, Vec<u8>)>,
    key: &BookKey,
    after: Option<&(String, Uuid)>,
    most: usize,
) -> Result<Vec<Named>, Problem> {
    let mut names = Vec::with_capacity(rows.len());
    for (id, sealed) in rows {
        let name = key.name(id, &sealed)?;
        let sort_key = sort_key(&name);
        let is_after = after.is_none_or(|(key, last)| (&sort_key, id) > (key, *last));
        if is_after {
            names.push(Named { sort_key, id, name });
        }
    }
    names.sort_unstable_by(|a, b| (&a.sort_key, a.id).cmp(&(&b.sort_key, b.id)));
    names.truncate(most);
    Ok(names)
}

/// Case and accents do not count; names that are empty come last. At most 800 characters, so that a place in
/// the list fits into a cursor whole.
fn sort_key(name: &str) -> String {
    if name.is_empty() {
        return char::MAX.to_string();
    }
    let letters = name.nfkd().filter(|sign| !is_combining_mark(*sign)).flat_map(char::to_lowercase);
    letters.take(400).collect()
}

fn contact(
    urls: &ImageUrls,
    key: &BookKey,
    contact_name: String,
    row: store::ContactRow,
) -> Result<ContactBody, Problem> {
    let user = match (row.other_id, row.username, row.display_name) {
        (Some(id), Some(username), Some(name)) => {
            let picture = row.profile_picture_metadata;
            Some(users::card(urls, id.into(), &username, &name, picture)?)
        }
        _ => None,
    };
    Ok(ContactBody {
        contact_id: row.contact_id.into(),
        contact_name,
        contact_phone_number: key.number(row.contact_id, &row.contact_phone_number_envelope)?,
        status: row.status,
        user,
        date_added: row.date_added,
    })
}

/// Forgets one entry.
pub async fn forget(app: &App, owner: UserId, contact: ContactId) -> Result<(), Problem> {
    let forgotten = app
        .tx("contacts.forget", move |tx| async move {
            store::wait_for_imports(&tx, owner).await?;
            store::delete(&tx, owner, contact).await
        })
        .await?;
    if forgotten == 0 { Err(Problem::not_found()) } else { Ok(()) }
}

/// Forgets everything.
pub async fn forget_all(app: &App, owner: UserId) -> Result<(), Problem> {
    app.tx("contacts.forget_all", move |tx| async move {
        store::wait_for_imports(&tx, owner).await?;
        store::delete_all(&tx, owner).await
    })
    .await
}
