//! Races: whatever two people do at the same moment, one legal state comes out and each is told once.

use kith_testkit::{
    app::TestApp,
    person::{Answer, Person},
};
use tokio::task::JoinSet;

use super::{events::told, has_no_drift, stored};

/// Pairs that race in an ordinary run; `KITH_TEST_LONG=1` has more of them.
fn pairs() -> usize {
    if std::env::var_os("KITH_TEST_LONG").is_some() { 1_000 } else { 30 }
}

/// Two people, again and again: signing up many would only take time.
async fn two(app: &TestApp) -> [Person; 2] {
    app.people(["ana", "ben"]).await
}

async fn reset(ana: &Person, ben: &Person) {
    ana.blocks(ben).await;
    ana.unblocks(ben).await;
}

async fn at_once(tasks: Vec<impl Future<Output = Answer> + Send + 'static>) -> Vec<u16> {
    let mut running = JoinSet::new();
    for task in tasks {
        running.spawn(task);
    }
    let mut statuses: Vec<u16> =
        running.join_all().await.iter().map(|answer| answer.status.as_u16()).collect();
    statuses.sort_unstable();
    statuses
}

type Act = std::pin::Pin<Box<dyn Future<Output = Answer> + Send>>;

fn asks(who: &Person, whom: &Person) -> Act {
    let (who, whom) = (who.clone(), whom.clone());
    Box::pin(async move { who.asks(&whom).await })
}

fn accepts(who: &Person, id: &str) -> Act {
    let (who, id) = (who.clone(), id.to_owned());
    Box::pin(async move { who.accepts(&id).await })
}

fn ends(who: &Person, id: &str) -> Act {
    let (who, id) = (who.clone(), id.to_owned());
    Box::pin(async move { who.ends_request(&id).await })
}

fn blocks(who: &Person, whom: &Person) -> Act {
    let (who, path) = (who.clone(), format!("/v1/blocks/{}", whom.user_id));
    Box::pin(async move { who.put(&path, serde_json::Value::Null).await })
}

fn unfriends(who: &Person, whom: &Person) -> Act {
    let (who, path) = (who.clone(), format!("/v1/friends/{}", whom.user_id));
    Box::pin(async move { who.delete(&path).await })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn crossing_requests_always_make_friends() {
    let app = TestApp::start().await;
    let [ana, ben] = two(&app).await;
    for _ in 0..pairs() {
        let before = told(&app, &ana).await.len();
        let statuses = at_once(vec![asks(&ana, &ben), asks(&ben, &ana)]).await;
        assert_eq!(statuses, [201, 201]);
        assert_eq!(stored(&app, &ana, &ben).await, "active");
        assert_eq!(told(&app, &ana).await[before..], ["friend.requested", "friend.accepted"]);
        reset(&ana, &ben).await;
    }
    has_no_drift(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_clients_of_both_make_one_friendship() {
    let app = TestApp::start().await;
    let [ana, ben] = two(&app).await;
    for _ in 0..pairs() / 10 {
        let acts = (0..10).flat_map(|_| [asks(&ana, &ben), asks(&ben, &ana)]).collect();
        let statuses = at_once(acts).await;
        assert_eq!(stored(&app, &ana, &ben).await, "active");
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 2);
        assert!(statuses.iter().all(|status| [200, 201, 409].contains(status)), "{statuses:?}");
        reset(&ana, &ben).await;
    }
    has_no_drift(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accepting_twice_is_accepting_once() {
    let app = TestApp::start().await;
    let [ana, ben] = two(&app).await;
    for _ in 0..pairs() {
        let id = ana.asks(&ben).await.expect(201).text("/friendship_id");
        let before = told(&app, &ana).await.len();
        let statuses =
            at_once(vec![accepts(&ben, &id), accepts(&ben, &id), accepts(&ben, &id)]).await;
        assert_eq!(statuses, [200, 200, 200]);
        assert_eq!(told(&app, &ana).await[before..], ["friend.accepted"]);
        reset(&ana, &ben).await;
    }
    has_no_drift(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accepting_and_cancelling_at_once_has_one_winner() {
    let app = TestApp::start().await;
    let [ana, ben] = two(&app).await;
    for _ in 0..pairs() {
        let id = ana.asks(&ben).await.expect(201).text("/friendship_id");
        let statuses = at_once(vec![accepts(&ben, &id), ends(&ana, &id)]).await;
        match stored(&app, &ana, &ben).await.as_str() {
            "active" => assert_eq!(statuses, [200, 409]),
            "none" => assert_eq!(statuses, [204, 404]),
            other => panic!("{other} after {statuses:?}"),
        }
        reset(&ana, &ben).await;
    }
    has_no_drift(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accepting_and_declining_at_once_has_one_winner() {
    let app = TestApp::start().await;
    let [ana, ben] = two(&app).await;
    for _ in 0..pairs() {
        let id = ana.asks(&ben).await.expect(201).text("/friendship_id");
        let statuses = at_once(vec![accepts(&ben, &id), ends(&ben, &id)]).await;
        match stored(&app, &ana, &ben).await.as_str() {
            "active" => assert_eq!(statuses, [200, 409]),
            "declined" => assert_eq!(statuses, [204, 404]),
            other => panic!("{other} after {statuses:?}"),
        }
        reset(&ana, &ben).await;
    }
    has_no_drift(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_block_wins_every_race() {
    let app = TestApp::start().await;
    let [ana, ben] = two(&app).await;
    for round in 0..pairs() {
        let id = ana.asks(&ben).await.expect(201).text("/friendship_id");
        let act = match round % 3 {
            0 => accepts(&ben, &id),
            1 => asks(&ben, &ana),
            _ => ends(&ben, &id),
        };
        at_once(vec![act, blocks(&ana, &ben), asks(&ana, &ben)]).await;
        assert_eq!(stored(&app, &ana, &ben).await, "none");
        assert!(ben.friends().await.is_empty() && ana.friends().await.is_empty());
        ana.unblocks(&ben).await;
    }
    has_no_drift(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn blocking_each_other_and_unfriending_at_once_ends_it() {
    let app = TestApp::start().await;
    let [ana, ben] = two(&app).await;
    for _ in 0..pairs() / 3 {
        ana.befriends(&ben).await;
        let before = told(&app, &ana).await.len();
        at_once(vec![blocks(&ana, &ben), blocks(&ben, &ana), unfriends(&ana, &ben)]).await;
        assert_eq!(stored(&app, &ana, &ben).await, "none");
        assert_eq!(told(&app, &ana).await[before..], ["friend.removed"]);
        ana.unblocks(&ben).await;
        ben.unblocks(&ana).await;
    }
    has_no_drift(&app).await;
}
