//! SQL of activities: consent from the primary database, rows in the secondary one.

use std::{collections::HashSet, net::IpAddr};

use kith_sql_generated::queries::activity as sql;
use kith_types::{id::UserId, time::Timestamp, visibility::ActivityType};
use serde_json::Value;
use uuid::Uuid;

use super::{partitions::Month, queue::Activity};
use crate::{app::App, http::problem::Problem};

/// Those of these people who let their activities be counted.
pub async fn people_counted(app: &App, batch: &[Activity]) -> Result<HashSet<UserId>, Problem> {
    let people: HashSet<Uuid> = batch.iter().map(|activity| activity.user.uuid()).collect();
    let people: Vec<Uuid> = people.into_iter().collect();
    let db = app.db().shared().await?;
    let counted = sql::people_counted().bind(&*db, &people).all().await?;
    Ok(counted.into_iter().map(UserId::from).collect())
}

/// Writes activities in their order.
pub async fn insert(app: &App, batch: &[&Activity]) -> Result<u64, Problem> {
    if batch.is_empty() {
        return Ok(0);
    }
    let ids: Vec<Uuid> = batch.iter().map(|activity| activity.id.uuid()).collect();
    let users: Vec<Uuid> = batch.iter().map(|activity| activity.user.uuid()).collect();
    let kinds: Vec<ActivityType> = batch.iter().map(|activity| activity.kind).collect();
    let times: Vec<Timestamp> = batch.iter().map(|activity| activity.at).collect();
    let metadata: Vec<&Value> = batch.iter().map(|activity| &activity.metadata).collect();
    let networks: Vec<Option<IpAddr>> =
        batch.iter().map(|activity| activity.network.map(|network| network.0)).collect();
    let db = app.secondary().pooled().await?;
    Ok(sql::insert_activities()
        .bind(&db, &ids, &users, &kinds, &times, &metadata, &networks)
        .await?)
}

/// Names of the months that there are.
pub async fn partitions(app: &App) -> Result<Vec<String>, Problem> {
    let db = app.secondary().pooled().await?;
    Ok(sql::activity_partitions().bind(&db).all().await?)
}

/// Makes a month, unless another process did meanwhile.
pub async fn create_partition(app: &App, month: Month) -> Result<(), Problem> {
    let (name, start, end) = (month.partition(), month.start(), month.end());
    let db = app.secondary().pooled().await?;
    let statement = format!(
        "begin; set local lock_timeout = '2s'; \
         create table if not exists secondary.{name} partition of secondary.user_activities \
         for values from ('{start}') to ('{end}'); commit"
    );
    let Err(error) = db.batch_execute(&statement).await else { return Ok(()) };
    db.batch_execute("rollback").await?;
    drop(db);
    if partitions(app).await?.contains(&name) { Ok(()) } else { Err(error.into()) }
}

/// Drops a month.
pub async fn drop_partition(app: &App, month: Month) -> Result<(), Problem> {
    let name = month.partition();
    let db = app.secondary().pooled().await?;
    let statement = format!(
        "begin; set local lock_timeout = '2s'; drop table if exists secondary.{name}; commit"
    );
    let Err(error) = db.batch_execute(&statement).await else { return Ok(()) };
    db.batch_execute("rollback").await?;
    Err(error.into())
}
