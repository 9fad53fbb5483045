//! Sets constraints and indexes aside while much is loaded, and puts them back as they were: the server checks
//! every row against them then, in one pass each. They are read from the catalogue, so that a changed migration
//! needs no change here.

use anyhow::ensure;
use tokio_postgres::Transaction;

/// What was set aside.
pub struct SetAside {
    definitions: Vec<String>,
    restore: Vec<String>,
}

/// Foreign keys first: they lean on the others.
const CONSTRAINTS: &str = "
    select conrelid::regclass::text, conname::text, pg_get_constraintdef(oid)
    from pg_constraint
    where contype in ('p', 'u', 'f')
      and (conrelid = any ($1::text[]::regclass[]) or confrelid = any ($1::text[]::regclass[]))
    order by contype = 'f' desc, conrelid::regclass::text, conname";
const INDEXES: &str = "
    select indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    from pg_index i
    where indrelid = any ($1::text[]::regclass[])
      and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u'))
    order by 1";

/// Drops constraints and indexes of these tables, within the transaction.
pub async fn set_aside(transaction: &Transaction<'_>, tables: &[&str]) -> anyhow::Result<SetAside> {
    let definitions = definitions(transaction, tables).await?;
    let mut restore = Vec::new();
    for row in transaction.query(CONSTRAINTS, &[&tables]).await? {
        let (table, name, definition): (&str, &str, &str) = (row.get(0), row.get(1), row.get(2));
        transaction
            .batch_execute(&format!("alter table {table} drop constraint \"{name}\""))
            .await?;
        restore.push(format!("alter table {table} add constraint \"{name}\" {definition}"));
    }
    for row in transaction.query(INDEXES, &[&tables]).await? {
        let (name, definition): (&str, &str) = (row.get(0), row.get(1));
        transaction.batch_execute(&format!("drop index {name}")).await?;
        restore.push(definition.to_owned());
    }
    // Primary keys before the foreign keys that lean on them.
    restore.reverse();
    Ok(SetAside { definitions, restore })
}

impl SetAside {
    /// Puts everything back, and fails if anything is not as it was.
    pub async fn restore(
        self,
        transaction: &Transaction<'_>,
        tables: &[&str],
    ) -> anyhow::Result<()> {
        for statement in &self.restore {
            transaction.batch_execute(statement).await?;
        }
        let now = definitions(transaction, tables).await?;
        ensure!(now == self.definitions, "constraints or indexes are not as they were");
        Ok(())
    }
}

async fn definitions(
    transaction: &Transaction<'_>,
    tables: &[&str],
) -> anyhow::Result<Vec<String>> {
    let mut all = Vec::new();
    for row in transaction.query(CONSTRAINTS, &[&tables]).await? {
        let (table, name, definition): (&str, &str, &str) = (row.get(0), row.get(1), row.get(2));
        all.push(format!("{table} {name} {definition}"));
    }
    for row in transaction.query(INDEXES, &[&tables]).await? {
        all.push(row.get(1));
    }
    Ok(all)
}
