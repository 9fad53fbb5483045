//! What is sent to many: caps that hold however many ask at once, a breaker for codes that nobody answers, and a
//! store without which nothing is sent.

use std::time::Duration;

use futures_util::future::join_all;
use kith::{config::Config, features::retention};
use kith_testkit::{
    TestApp,
    codes::{Asker, trust_tests},
};
use serde_json::json;

use super::sources::{limited, refused_by};

/// A number of Great Britain, of an operator's range.
fn british(range: u32, n: u32) -> String {
    format!("+4474{range:02}12{n:04}")
}

fn german(n: u32) -> String {
    format!("+491512345{n:04}")
}

/// A browser in a network that nobody else is in.
fn alone(app: &TestApp, network: u32) -> Asker {
    app.asker(&format!("10.{}.{}.1", network / 256, network % 256))
}

#[tokio::test]
async fn a_cap_is_for_its_own_numbers_and_ends_after_a_day() {
    let app = limited(|config| {
        trust_tests(config);
        config.limits.sends_per_prefix_per_day = 2;
        config.limits.sends_per_country_per_day = 3;
        // A quarter is kept for known devices.
        config.limits.sends_per_day = 5;
    })
    .await;
    alone(&app, 1).asks(&british(0, 1)).await.expect(202);
    alone(&app, 2).asks(&british(1, 2)).await.expect(202);
    // +44 740 and +44 741 are ranges of their own.
    refused_by(alone(&app, 3).asks(&british(2, 3)).await, "codes-per-prefix");
    alone(&app, 4).asks(&british(10, 4)).await.expect(202);
    refused_by(alone(&app, 5).asks(&british(20, 5)).await, "codes-per-country");
    alone(&app, 6).asks(&german(6)).await.expect(202);
    let wait = refused_by(alone(&app, 7).asks(&german(7)).await, "codes");
    assert!((23 * 3_600..=24 * 3_600 + 601).contains(&wait), "{wait}");
    app.passes(Duration::from_secs(wait));
    alone(&app, 8).asks(&british(2, 8)).await.expect(202);
}

#[tokio::test]
async fn a_cap_holds_for_parallel_requests_to_several_processes_and_after_a_restart() {
    let capped: fn(&mut Config) = |config| {
        trust_tests(config);
        // A quarter is kept for known devices.
        config.limits.sends_per_country_per_day = 13;
        config.limits.unanswered_per_prefix = 1_000;
    };
    let app = limited(capped).await;
    let other = app.second_node().await;
    let asks = (0..60).map(|n| {
        let asker = alone(&app, n);
        let asker = if n % 2 == 0 { asker } else { asker.moved_to(&other.url) };
        async move { asker.asks(&british(0, n)).await }
    });
    let answers = join_all(asks).await;
    let count = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!(count(202), 10);
    // Who would have waited long among the others is told to come back.
    assert_eq!(count(429) + count(503), 50);
    assert_eq!(app.inbox.messages().len(), 10);
    drop(other);
    let restarted = app.second_node().await;
    let later = alone(&app, 100).moved_to(&restarted.url);
    refused_by(later.asks(&british(0, 100)).await, "codes-per-country");
}

/// Few unanswered codes trip the breaker of Great Britain.
async fn easily_tripped() -> TestApp {
    limited(|config| {
        trust_tests(config);
        config.limits.unanswered_per_country = 4;
        config.limits.sends_per_network_per_hour = 100;
    })
    .await
}

#[tokio::test]
async fn a_country_whose_codes_are_not_answered_gets_one_in_a_while() {
    let app = easily_tripped().await;
    let pumping = alone(&app, 1);
    for n in 0..4 {
        pumping.takes_device(None);
        pumping.asks(&british(n, n)).await.expect(202);
    }
    // Nobody answered: the network is out for the day, and others get one in ten seconds.
    pumping.takes_device(None);
    let wait = refused_by(pumping.asks(&british(50, 9)).await, "unanswered-codes-per-network");
    assert!(wait > 23 * 3_600, "{wait}");
    app.passes(Duration::from_secs(10));
    alone(&app, 2).asks(&british(51, 10)).await.expect(202);
    let wait =
        refused_by(alone(&app, 3).asks(&british(52, 11)).await, "unanswered-codes-per-country");
    assert!((8..=10).contains(&wait), "{wait}");
    // Elsewhere nothing has happened, not even for that network.
    for n in 0..4 {
        pumping.takes_device(None);
        pumping.asks(&german(n)).await.expect(202);
    }
}

#[tokio::test]
async fn answers_close_the_breaker_again() {
    let app = easily_tripped().await;
    for n in 0..4 {
        alone(&app, n).asks(&british(n, n)).await.expect(202);
    }
    refused_by(alone(&app, 20).asks(&british(20, 20)).await, "unanswered-codes-per-country");
    // Each that is answered makes room for one that is not.
    for n in 30..32 {
        app.passes(Duration::from_secs(10));
        alone(&app, n).signs_in(&app, &british(n, n)).await.expect(200);
    }
    for n in 40..42 {
        alone(&app, n).asks(&british(n, n)).await.expect(202);
    }
    refused_by(alone(&app, 50).asks(&british(50, 50)).await, "unanswered-codes-per-country");
    // And what happened a day ago is forgotten.
    app.passes(Duration::from_hours(25));
    for n in 60..63 {
        alone(&app, n).asks(&british(n, n)).await.expect(202);
    }
}

#[tokio::test]
async fn a_device_that_answered_before_does_not_notice_the_breaker() {
    let app = easily_tripped().await;
    let ana = alone(&app, 1);
    ana.signs_in(&app, &british(0, 0)).await.expect(200);
    for n in 10..15 {
        alone(&app, n).asks(&british(n, n)).await.expect(202);
    }
    refused_by(alone(&app, 30).asks(&british(30, 30)).await, "unanswered-codes-per-country");
    for n in 40..42 {
        ana.asks(&british(n, n)).await.expect(202);
    }
    // One phone must not answer for a device that asks for many.
    refused_by(ana.asks(&british(42, 42)).await, "unanswered-codes-per-network");
}

#[tokio::test]
async fn strangers_leave_a_quarter_of_a_cap_to_known_devices() {
    let app = limited(|config| {
        trust_tests(config);
        config.limits.sends_per_country_per_day = 4;
    })
    .await;
    let ana = alone(&app, 1);
    ana.signs_in(&app, &british(0, 0)).await.expect(200);
    alone(&app, 2).asks(&british(2, 2)).await.expect(202);
    alone(&app, 3).asks(&british(3, 3)).await.expect(202);
    refused_by(alone(&app, 4).asks(&british(4, 4)).await, "codes-per-country");
    app.passes(Duration::from_mins(1));
    ana.signs_in(&app, &british(0, 0)).await.expect(200);
    refused_by(ana.asks(&british(5, 5)).await, "codes-per-country");
}

#[tokio::test]
async fn somebody_whose_text_is_lost_may_ask_again_while_the_breaker_is_open() {
    let app = easily_tripped().await;
    for n in 0..4 {
        alone(&app, n).asks(&british(n, n)).await.expect(202);
    }
    app.passes(Duration::from_secs(10));
    let (ana, phone) = (alone(&app, 20), british(20, 20));
    for wait in [60, 120, 300] {
        ana.asks(&phone).await.expect(202);
        app.passes(Duration::from_secs(wait));
    }
    ana.signs_in(&app, &phone).await.expect(200);
}

#[tokio::test]
async fn without_its_store_nothing_is_sent_and_who_is_signed_in_notices_nothing() {
    let app = limited(trust_tests).await;
    let ana = app.person("ana").await;
    let mut codes = Vec::new();
    for n in 0..12 {
        let (asker, phone) = (alone(&app, n), british(n, n));
        let flow = asker.asks(&phone).await.expect(202).text("/verification_id");
        codes.push((asker, flow, app.code_for(&phone)));
    }
    let sent = app.inbox.messages().len();
    let keeper = app.sql().await;
    keeper
        .batch_execute("begin; lock table sms_attempts, sending_counts in access exclusive mode")
        .await
        .unwrap();
    let nobody = app.anonymous();
    let starts = (0..20)
        .map(|_| nobody.post("/v1/auth/phone/start", json!({ "phone_number": app.next_number() })));
    let signed_in = async {
        for n in 0..10 {
            let named = json!({ "display_name": format!("Ana {n}") });
            ana.patch("/v1/me", "*", named).await.expect(200);
            ana.get("/v1/me").await.expect(200);
        }
        ana.refreshes().await.expect(200);
    };
    // Right codes come in, too, and their answers cannot be counted.
    let right = codes.iter().map(|(asker, flow, code)| asker.answers(flow, code));
    let (answers, entered, ()) = futures_util::join!(join_all(starts), join_all(right), signed_in);
    // Who gets a place in time is in: what is only counted is not waited for. Nobody's code is lost.
    let (is_in, held_up): (Vec<_>, Vec<_>) =
        entered.into_iter().partition(|answer| answer.status == 200);
    assert!(!is_in.is_empty());
    for answer in held_up {
        answer.expect_problem(503, "unavailable");
    }
    for answer in answers {
        let answer = answer.expect_problem(503, "unavailable");
        assert_eq!(answer.header("retry-after"), "5");
    }
    assert_eq!(app.inbox.messages().len(), sent);
    keeper.batch_execute("rollback").await.unwrap();
    nobody
        .post("/v1/auth/phone/start", json!({ "phone_number": app.next_number() }))
        .await
        .expect(202);
}

#[tokio::test]
async fn pumping_from_many_networks_costs_little_and_keeps_nobody_out() {
    let app = limited(|config| {
        trust_tests(config);
        config.limits.unanswered_per_country = 10;
        config.limits.unanswered_per_prefix = 8;
    })
    .await;
    let networks = 20;
    let mut served = [0, 0];
    for turn in 0..400_u32 {
        // Distinct numbers, a new device each time, all over the operators' ranges.
        let pumping = alone(&app, turn % networks);
        pumping.asks(&british(turn % 100, 1_000 + turn)).await;
        app.passes(Duration::from_secs(2));
        if turn % 40 == 39 {
            let home = alone(&app, 1_000 + turn);
            for (country, phone) in
                [british(turn % 100, 5_000 + turn), german(turn)].iter().enumerate()
            {
                let mut started = home.asks(phone).await;
                if country == 0 && started.status == 429 {
                    // The client waits as it is told, once.
                    let wait: u64 = started.header("retry-after").parse().unwrap();
                    app.passes(Duration::from_secs(wait));
                    started = home.asks(phone).await;
                }
                if started.status == 202 {
                    let flow = started.text("/verification_id");
                    home.answers(&flow, &app.code_for(phone)).await.expect(200);
                    served[country] += 1;
                }
            }
        }
    }
    let sql = app.sql().await;
    let pumped = "select count(*) from sms_attempts where country = 'GB' and answered_at is null";
    let pumped: i64 = sql.query_one(pumped, &[]).await.unwrap().get(0);
    // What may be unanswered, as many as were answered, and two of each network.
    let bound = 10 + 10 + 2 * i64::from(networks);
    assert!(pumped <= bound, "{pumped} of 400 were sent, at most {bound} should");
    assert_eq!(served[1], 10, "another country is not affected");
    assert!(served[0] >= 9, "{} of 10 honest people were served", served[0]);
}

#[tokio::test]
async fn counts_are_forgotten_when_no_budget_looks_back_so_far() {
    let app = TestApp::start().await;
    app.person("ana").await;
    let count = async || -> i64 {
        let question = "select count(*) from sending_counts";
        app.sql().await.query_one(question, &[]).await.unwrap().get(0)
    };
    assert_eq!(count().await, 3);
    app.passes(Duration::from_hours(25));
    retention::sweep(&app.app).await.unwrap();
    assert_eq!(count().await, 3);
    app.passes(Duration::from_hours(24));
    retention::sweep(&app.app).await.unwrap();
    assert_eq!(count().await, 0);
}
