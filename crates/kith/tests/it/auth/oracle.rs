//! Whether a number has an account, and of what kind, cannot be told from what is answered, nor from what the
//! database is asked meanwhile. How long both take is measured by `kith-bench oracle`.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
    sync::Once,
    time::Duration,
};

use kith::config::LimitProfile;
use kith_testkit::{
    Answer, Options, TestApp,
    codes::{Asker, trust_tests},
};
use log::{LevelFilter, Log, Metadata, Record};
use serde_json::{Value, json};

use super::wrong;

/// Numbers whose accounts are in every state that there is, with what they are called in failures.
const STATES: [&str; 4] = ["nobody's", "pending", "active", "suspended"];

async fn number_in(app: &TestApp, state: &str) -> String {
    match state {
        "nobody's" => app.next_number(),
        "pending" => app.newcomer("ana").await.phone,
        name => {
            let person = app.person(name).await;
            if name == "suspended" {
                let suspend = "update users set status = 'suspended' where user_id = $1";
                app.sql().await.execute(suspend, &[&person.id()]).await.unwrap();
            }
            person.phone
        }
    }
}

async fn quiet_app() -> TestApp {
    TestApp::with(Options {
        limits: LimitProfile::Production,
        configure: trust_tests,
        // Nothing else is to ask the database.
        background: false,
        ..Options::default()
    })
    .await
}

/// An answer without what differs between any two: ids, clocks, and the cookie's own digits.
fn told(answer: &Answer) -> Value {
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in &answer.headers {
        let value = match name.as_str() {
            "x-request-id" | "date" => "*".to_owned(),
            "set-cookie" => {
                let value = value.to_str().unwrap();
                let (name, rest) = value.split_once('=').unwrap();
                let (digits, attributes) = rest.split_once(';').unwrap();
                format!("{name}={}*;{attributes}", digits.len())
            }
            _ => value.to_str().unwrap().to_owned(),
        };
        headers.insert(name.to_string(), value);
    }
    let mut body = answer.body.clone();
    for member in ["verification_id", "expires_at", "resend_at", "call_at", "instance"] {
        if let Some(value) = body.get_mut(member) {
            *value = json!(value.as_str().map(str::len));
        }
    }
    json!({ "status": answer.status.as_u16(), "headers": headers, "body": body })
}

/// Everything that somebody without the code can do about a number.
async fn probes(app: &TestApp, asker: &Asker, phone: &str) -> Vec<Answer> {
    let started = asker.asks(phone).await.expect(202);
    let flow = started.text("/verification_id");
    let code = wrong(&app.code_for(phone));
    let mut answers = vec![started, asker.asks(phone).await.expect(429)];
    for _ in 0..6 {
        answers.push(asker.answers(&flow, &code).await);
    }
    answers.push(asker.answers(&flow, "12").await);
    app.passes(Duration::from_mins(1));
    answers.push(asker.asks_for_call(phone).await.expect(202));
    answers.push(asker.answers(&flow, &code).await);
    answers
}

#[tokio::test]
async fn every_answer_is_the_same_whatever_account_a_number_has() {
    let app = quiet_app().await;
    let mut numbers = Vec::new();
    for state in STATES {
        numbers.push((state, number_in(&app, state).await));
    }
    // What the numbers were asked to sign up is forgotten by then.
    app.passes(Duration::from_hours(25));
    let mut told_of_nobodys = None;
    for (network, (state, phone)) in numbers.iter().enumerate() {
        let asker = app.asker(&format!("10.0.{network}.1"));
        let answers: Vec<Value> = probes(&app, &asker, phone).await.iter().map(told).collect();
        let expected: &Vec<Value> = told_of_nobodys.get_or_insert_with(|| answers.clone());
        assert_eq!(answers.len(), expected.len());
        for (answer, expected) in answers.iter().zip(expected) {
            assert_eq!(answer, expected, "a number that is {state}");
        }
    }
}

#[tokio::test]
async fn the_database_is_asked_the_same_whatever_account_a_number_has() {
    listen();
    let app = quiet_app().await;
    let mut numbers = Vec::new();
    for state in STATES {
        numbers.push((state, number_in(&app, state).await));
    }
    app.passes(Duration::from_hours(25));
    let mut asked_for_nobodys = None;
    for (network, (state, phone)) in numbers.iter().enumerate() {
        let asker = app.asker(&format!("10.0.{network}.1"));
        statements();
        let flow = asker.asks(phone).await.expect(202).text("/verification_id");
        let for_start = statements();
        asker.answers(&flow, &wrong(&app.code_for(phone))).await.expect(422);
        let for_verify = statements();
        assert!(for_start.len() > 5 && for_verify.len() > 2, "{for_start:#?} {for_verify:#?}");
        let expected =
            asked_for_nobodys.get_or_insert_with(|| [for_start.clone(), for_verify.clone()]);
        assert_eq!(&[for_start, for_verify], expected, "a number that is {state}");
    }
}

thread_local! {
    /// What this test's driver of the database has said, while the test listens.
    static HEARD: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
    /// The texts of prepared statements by their names.
    static TEXTS: RefCell<HashMap<String, String>> = RefCell::default();
}

/// Hears the driver of the database. Every test has a thread of its own, on which all of its application runs.
struct Ear;

impl Log for Ear {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("tokio_postgres")
            && HEARD.try_with(|heard| heard.borrow().is_some()).unwrap_or(false)
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let line = record.args().to_string();
            HEARD.with_borrow_mut(|heard| heard.as_mut().unwrap().push(line));
        }
    }

    fn flush(&self) {}
}

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Ear).unwrap();
        log::set_max_level(LevelFilter::Debug);
    });
    HEARD.with_borrow_mut(|heard| *heard = Some(Vec::new()));
}

/// The statements that were run since the last call, but for those of new connections and those that run after
/// the answer.
fn statements() -> Vec<String> {
    let lines = HEARD.with_borrow_mut(|heard| std::mem::take(heard.as_mut().unwrap()));
    let mut run = Vec::new();
    for line in lines {
        if let Some(prepared) = line.strip_prefix("preparing query ") {
            let (name, text) = prepared.split_once(": ").unwrap();
            let name = name.split(' ').next().unwrap();
            TEXTS.with_borrow_mut(|texts| texts.insert(name.to_owned(), text.to_owned()));
        } else if let Some(batch) = line.strip_prefix("executing statement batch: ") {
            run.push(batch.to_owned());
        } else if let Some(executed) = line.strip_prefix("executing statement ") {
            let name = executed.split(' ').next().unwrap();
            run.push(TEXTS.with_borrow(|texts| texts[name].clone()));
        }
    }
    let not_for_answers =
        ["set jit", "pg_catalog", "update authentication a", "insert into audit_log"];
    run.retain(|text| !not_for_answers.iter().any(|other| text.contains(other)));
    run
}
