//! Codes cannot be guessed: what is compared is counted, however many ask at once and however often codes are sent.

use std::{collections::BTreeSet, time::Duration};

use futures_util::future::join_all;
use kith::features::auth::code::{self, Purpose, Sending, Tried};
use kith_messaging::Channel;
use kith_testkit::{TestApp, effort};
use kith_types::{
    id::{SessionId, VerificationId},
    keys::VerificationCode,
    phone::PhoneNumber,
    random::{Random, SeededRandom},
};
use serde_json::json;

use super::{verification, wrong};

/// Codes that were ever compared.
async fn compared(app: &TestApp) -> i64 {
    let question = "select coalesce(sum(tries), 0)::bigint from verification_flows";
    app.sql().await.query_one(question, &[]).await.unwrap().get(0)
}

/// Asks for a code of any purpose and reads it.
async fn starts(app: &TestApp, phone: &str, purpose: Purpose) -> (VerificationId, String) {
    let sending = Sending {
        phone: PhoneNumber::parse(phone, None).unwrap(),
        purpose,
        channel: Channel::Sms,
        network: "192.0.2.0".parse().unwrap(),
    };
    let started = code::start(&app.app, sending).await.unwrap();
    (started.verification_id, app.code_for(phone))
}

/// Compares a code as the actions do: the count is committed.
async fn tries(
    app: &TestApp,
    id: VerificationId,
    purpose: Purpose,
    code: impl Into<String>,
) -> Tried {
    let (inside, code): (_, String) = (app.app.clone(), code.into());
    app.app
        .tx("test.verify", move |tx| {
            let (app, code) = (inside.clone(), code.clone());
            async move { code::verify(&app, &tx, id, purpose, &code).await }
        })
        .await
        .unwrap()
}

fn session(app: &TestApp) -> SessionId {
    app.app.ids().make_unowned()
}

#[tokio::test]
async fn the_fifth_wrong_code_ends_the_flow() {
    let app = TestApp::start().await;
    let phone = app.next_number();
    let flow = app.starts_sign_in(&phone).await;
    let code = app.code_for(&phone);
    let nobody = app.anonymous();
    for left in [4, 3, 2, 1] {
        let answer = nobody.post("/v1/auth/phone/verify", verification(&flow, &wrong(&code))).await;
        assert_eq!(answer.expect_problem(422, "code-wrong").at("/attempts_left"), json!(left));
    }
    for given in [wrong(&code), code] {
        nobody
            .post("/v1/auth/phone/verify", verification(&flow, &given))
            .await
            .expect_problem(429, "code-exhausted");
    }
}

#[tokio::test]
async fn parallel_guesses_are_counted_one_by_one() {
    let app = TestApp::start().await;
    let phone = app.next_number();
    let flow = app.starts_sign_in(&phone).await;
    let code = app.code_for(&phone);
    let nobody = app.anonymous();
    let tries =
        (0..200).map(|_| nobody.post("/v1/auth/phone/verify", verification(&flow, &wrong(&code))));
    let answers = join_all(tries).await;
    let evaluated = answers.iter().filter(|answer| answer.status == 422).count();
    assert_eq!(evaluated, 4, "four wrong codes have tries left, the fifth has none");
    // Who finds no connection in time is not compared.
    assert!(answers.iter().all(|answer| matches!(answer.status.as_u16(), 422 | 429 | 503)));
    assert_eq!(compared(&app).await, 5);
}

#[tokio::test]
async fn parallel_right_codes_have_one_winner() {
    let app = TestApp::start().await;
    let phone = app.next_number();
    let flow = app.starts_sign_in(&phone).await;
    let code = app.code_for(&phone);
    let nobody = app.anonymous();
    let answers = join_all(
        (0..200).map(|_| nobody.post("/v1/auth/phone/verify", verification(&flow, &code))),
    )
    .await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
}

#[tokio::test]
async fn a_number_has_fifteen_tries_a_day_however_often_codes_are_sent() {
    let app = TestApp::start().await;
    let phone = app.next_number();
    let nobody = app.anonymous();
    for _ in 0..3 {
        let flow = app.starts_sign_in(&phone).await;
        let code = wrong(&app.code_for(&phone));
        for _ in 0..5 {
            nobody.post("/v1/auth/phone/verify", verification(&flow, &code)).await;
        }
    }
    let start = json!({ "phone_number": phone });
    nobody.post("/v1/auth/phone/start", start.clone()).await.expect_problem(429, "rate-limited");
    app.passes(Duration::from_hours(24));
    nobody.post("/v1/auth/phone/start", start).await.expect(202);
}

#[tokio::test]
async fn right_codes_are_no_tries() {
    let app = TestApp::start().await;
    let phone = app.next_number();
    for _ in 0..20 {
        app.signs_in("ana", &phone).await;
    }
    let (flow, nobody) = (app.starts_sign_in(&phone).await, app.anonymous());
    let code = wrong(&app.code_for(&phone));
    let answer = nobody.post("/v1/auth/phone/verify", verification(&flow, &code)).await;
    assert_eq!(answer.expect_problem(422, "code-wrong").at("/attempts_left"), 4);
}

#[tokio::test]
async fn what_is_left_of_the_day_is_told_truly() {
    let app = TestApp::start().await;
    let (phone, nobody) = (app.next_number(), app.anonymous());
    for tries in [5, 5, 3] {
        let flow = app.starts_sign_in(&phone).await;
        let code = wrong(&app.code_for(&phone));
        for _ in 0..tries {
            nobody.post("/v1/auth/phone/verify", verification(&flow, &code)).await;
        }
        app.passes(Duration::from_hours(1));
    }
    let started = nobody.post("/v1/auth/phone/start", json!({ "phone_number": phone })).await;
    let flow = started.expect(202);
    assert_eq!(flow.at("/attempts_left"), 2);
    let code = wrong(&app.code_for(&phone));
    let verify = || verification(&flow.text("/verification_id"), &code);
    for left in [1, 0] {
        let answer = nobody.post("/v1/auth/phone/verify", verify()).await;
        assert_eq!(answer.expect_problem(422, "code-wrong").at("/attempts_left"), left);
    }
    let start = json!({ "phone_number": phone });
    let refused = nobody.post("/v1/auth/phone/start", start.clone()).await;
    // The first five wrong ones were three hours ago.
    let refused = refused.expect_problem(429, "rate-limited");
    let wait: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((20 * 3_600..=21 * 3_600 + 1).contains(&wait), "{wait}");
    app.passes(Duration::from_secs(wait));
    nobody.post("/v1/auth/phone/start", start).await.expect(202);
}

#[tokio::test]
async fn a_code_counts_in_its_own_flow_only() {
    let app = TestApp::start().await;
    let [ana, ben] = [app.next_number(), app.next_number()];
    let (anas, bens) = (app.starts_sign_in(&ana).await, app.starts_sign_in(&ben).await);
    let nobody = app.anonymous();
    let swapped = verification(&bens, &app.code_for(&ana));
    nobody.post("/v1/auth/phone/verify", swapped).await.expect_problem(422, "code-wrong");
    let right = verification(&anas, &app.code_for(&ana));
    nobody.post("/v1/auth/phone/verify", right).await.expect(200);
}

#[tokio::test]
async fn a_code_counts_for_its_purpose_and_session_only() {
    let app = TestApp::start().await;
    let phone = app.next_number();
    let (mine, theirs) = (session(&app), session(&app));
    let (id, code) = starts(&app, &phone, Purpose::StepUp(mine)).await;
    for other in [Purpose::SignIn, Purpose::StepUp(theirs), Purpose::NumberChange(mine)] {
        assert!(matches!(tries(&app, id, other, &code).await, Tried::Expired), "{other:?}");
    }
    let body = verification(&id.to_string(), &code);
    let sign_in = app.anonymous().post("/v1/auth/phone/verify", body).await;
    sign_in.expect_problem(410, "code-expired");
    assert_eq!(compared(&app).await, 0, "what is for another thing is not even compared");
    assert!(matches!(tries(&app, id, Purpose::StepUp(mine), &code).await, Tried::Right(_)));
    assert!(matches!(tries(&app, id, Purpose::StepUp(mine), &code).await, Tried::Expired));
}

#[tokio::test]
async fn flows_of_several_purposes_share_the_tries_of_their_number() {
    let app = TestApp::start().await;
    let phone = app.next_number();
    for _ in 0..2 {
        let (id, code) = starts(&app, &phone, Purpose::SignIn).await;
        join_all((0..7).map(|_| tries(&app, id, Purpose::SignIn, wrong(&code)))).await;
    }
    assert_eq!(compared(&app).await, 10);
    let mine = session(&app);
    let purposes = [Purpose::SignIn, Purpose::StepUp(mine), Purpose::NumberChange(mine)];
    let mut flows = Vec::new();
    for purpose in purposes {
        flows.push((purpose, starts(&app, &phone, purpose).await));
    }
    // All at once, on flows that know nothing of each other.
    let guesses = flows.iter().flat_map(|(purpose, (id, code))| {
        (0..10).map(|_| tries(&app, *id, *purpose, wrong(code))).collect::<Vec<_>>()
    });
    join_all(guesses.collect::<Vec<_>>()).await;
    assert_eq!(compared(&app).await, 15);
}

#[tokio::test]
async fn a_day_of_tries_begins_when_they_are_made() {
    let app = TestApp::start().await;
    let phone = app.next_number();
    let (nobody, start) = (app.anonymous(), json!({ "phone_number": phone }));
    let mut flows = Vec::new();
    // Each purpose keeps its flow open; all of them are tried when their codes are almost too old.
    let mine = session(&app);
    for purpose in [Purpose::SignIn, Purpose::StepUp(mine), Purpose::NumberChange(mine)] {
        flows.push((purpose, starts(&app, &phone, purpose).await));
    }
    app.passes(Duration::from_secs(590));
    for (purpose, (id, code)) in &flows {
        for _ in 0..5 {
            tries(&app, *id, *purpose, wrong(code)).await;
        }
    }
    app.passes(Duration::from_hours(24) - Duration::from_mins(5));
    let refused = nobody.post("/v1/auth/phone/start", start.clone()).await;
    refused.expect_problem(429, "rate-limited");
    app.passes(Duration::from_secs(301));
    nobody.post("/v1/auth/phone/start", start).await.expect(202);
}

#[tokio::test]
async fn guessing_from_everywhere_succeeds_in_less_than_two_of_a_hundred_thousand_days() {
    // Without waits between codes, which is more than an attacker gets: as many codes as are sent, all tried at once.
    let app = TestApp::start().await;
    let phone = app.next_number();
    let (nobody, start) = (app.anonymous(), json!({ "phone_number": phone }));
    let mut codes = BTreeSet::new();
    for _ in 0..50 {
        let started = nobody.post("/v1/auth/phone/start", start.clone()).await;
        if started.status != 202 {
            break;
        }
        let (flow, code) = (started.text("/verification_id"), app.code_for(&phone));
        let guess = || nobody.post("/v1/auth/phone/verify", verification(&flow, &wrong(&code)));
        join_all((0..8).map(|_| guess())).await;
        codes.insert(flow);
    }
    let guesses = u32::try_from(compared(&app).await).unwrap();
    assert_eq!((codes.len(), guesses), (3, 15));

    // One number and day: the best that can be done with so many guesses is never to repeat one for a code.
    let chance = f64::from(guesses) / 1e6;
    assert!(chance <= 2e-5, "{chance}");
    let days = if effort::is_long() { 10_000_000_u32 } else { 200_000 };
    let random: &dyn Random = &SeededRandom::new(effort::seed());
    let hits: u32 = (0..days).map(|_| guesses_right(random, guesses)).sum();
    let expected = chance * f64::from(days);
    // Four standard deviations: a generator that prefers some codes goes beyond.
    assert!(f64::from(hits) <= expected + 4.0 * expected.sqrt(), "{hits} of {days}");
}

/// One day of an attacker with so many guesses, five for each code.
fn guesses_right(random: &dyn Random, guesses: u32) -> u32 {
    let is_hit = |_| {
        let code: u32 = VerificationCode::draw(random).expose().parse().unwrap();
        let first = random.below(1_000_000);
        (code + 1_000_000 - first) % 1_000_000 < 5
    };
    u32::from((0..guesses / 5).any(is_hit))
}
