//! What people do, counted without slowing anybody and without those who do not want it.

use std::time::Duration;

use kith::features::activity;
use kith_testkit::{Photo, TestApp};
use kith_types::visibility::ActivityType;
use serde_json::json;
use tokio_postgres::Client;

const DAY: Duration = Duration::from_hours(24);

async fn kinds(sql: &Client, person: &kith_testkit::Person) -> Vec<String> {
    let rows = sql
        .query(
            "select event_type::text from secondary.user_activities where user_id = $1 order by occurred_at",
            &[&person.id()],
        )
        .await
        .unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

async fn partitions(sql: &Client) -> Vec<String> {
    let rows = sql
        .query(
            "select inhrelid::regclass::text from pg_inherits
             where inhparent = 'secondary.user_activities'::regclass order by 1",
            &[],
        )
        .await
        .unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn signing_in_posting_commenting_and_looking_around_are_noted_by_network() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    app.passes(Duration::from_secs(1));
    let post = ana.posts(Photo::small(1)).await;
    app.processes_photos().await;
    app.passes(Duration::from_secs(1));
    ana.comments(&post.id, "Hello").await;
    app.passes(Duration::from_secs(301));
    // Many requests at once look around once.
    let looks = (0..6).map(|_| ana.get("/v1/notifications/unread-count"));
    futures_util::future::join_all(looks).await;
    let sql = app.sql().await;
    let noted = async {
        loop {
            activity::flush(&app.app).await;
            if kinds(&sql, &ana).await.len() >= 4 {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), noted).await.expect("they are written");
    app.app.shut_down(Duration::from_secs(5)).await;
    assert_eq!(kinds(&sql, &ana).await, ["login", "post", "comment", "browse"]);
    let networks =
        sql.query("select host(ip_address) from secondary.user_activities", &[]).await.unwrap();
    let networks: Vec<String> = networks.iter().map(|row| row.get(0)).collect();
    assert!(networks.iter().all(|network| network == "127.0.0.0"), "{networks:?}");
}

#[tokio::test]
async fn who_switched_it_off_is_not_noted() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let off = json!({ "privacy_settings": { "analytics": false } });
    // What still waits is not written either.
    activity::record(&app.app, ana.id(), ActivityType::Browse, None, json!({}));
    ana.patch("/v1/me/settings", "*", off).await.expect(200);
    activity::flush(&app.app).await;
    let before = kinds(&app.sql().await, &ana).await.len();
    for person in [&ana, &ben] {
        activity::record(&app.app, person.id(), ActivityType::Post, None, json!({}));
    }
    activity::flush(&app.app).await;
    let sql = app.sql().await;
    assert_eq!(kinds(&sql, &ana).await.len(), before);
    assert!(kinds(&sql, &ben).await.contains(&"post".to_owned()));
    assert!(!kinds(&sql, &ana).await.contains(&"post".to_owned()));
}

#[tokio::test]
async fn months_are_made_ahead_and_dropped_when_they_are_too_old() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let sql = app.sql().await;
    activity::keep_up(&app.app).await.expect("it runs");
    let first = partitions(&sql).await;
    assert_eq!(first.len(), 4, "this month and three ahead: {first:?}");
    activity::keep_up(&app.app).await.expect("it runs again");
    assert_eq!(partitions(&sql).await, first);
    activity::flush(&app.app).await;
    assert!(!kinds(&sql, &ana).await.is_empty());

    app.passes(130 * DAY);
    // A process that slept meanwhile makes the month that it needs.
    activity::record(&app.app, ana.id(), ActivityType::Browse, None, json!({}));
    activity::flush(&app.app).await;
    assert_eq!(kinds(&sql, &ana).await.last().map(String::as_str), Some("browse"));
    activity::keep_up(&app.app).await.expect("it runs");
    assert_eq!(kinds(&sql, &ana).await, ["browse"], "four months ago is forgotten");
    assert!(!partitions(&sql).await.contains(&first[0]));
}

#[tokio::test]
async fn a_store_that_is_away_costs_activities_and_nothing_else() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let post = app.has_post(&ana).await;
    app.sql().await.batch_execute("drop table secondary.user_activities").await.unwrap();
    ana.comments(&post, "Hello").await;
    activity::flush(&app.app).await;
    ana.comments(&post, "Hello again").await;
    assert_eq!(ana.reads_comments(&post).await.len(), 2);
}
