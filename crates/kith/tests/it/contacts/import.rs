//! Taking in an address book as JSON.

use std::time::{Duration, Instant};

use kith::config::Terms;
use kith_testkit::{Options, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

use super::{borrowed, count, number, strangers};

const IMPORT: &str = "/v1/contacts/import";

#[tokio::test]
async fn numbers_are_read_as_people_write_them_and_listed_in_one_form() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let answer = ana
        .imports(&[
            ("Mum", "(212) 555-0101"),
            ("Dad", "+44 20 7946 0958"),
            ("Nobody", "12"),
            ("Word", "call me"),
            ("Work", "tel:+1-212-555-0102;ext=7"),
        ])
        .await
        .expect(200);
    assert_eq!((answer.at("/imported"), answer.at("/updated")), (json!(3), json!(0)));
    assert_eq!((answer.at("/matched"), answer.at("/deferred")), (json!(0), json!(0)));
    assert_eq!(
        (answer.at("/invalid/0/index"), answer.at("/invalid/1/index")),
        (json!(2), json!(3))
    );
    assert!(answer.text("/invalid/0/reason").contains("too short"));
    let contacts = ana.contacts().await;
    let shown: Vec<_> = contacts
        .iter()
        .map(|c| (c["contact_name"].as_str().unwrap(), c["contact_phone_number"].as_str().unwrap()))
        .collect();
    assert_eq!(
        shown,
        [("Dad", "+442079460958"), ("Mum", "+12125550101"), ("Work", "+12125550102")]
    );
    assert!(contacts.iter().all(|c| c["status"] == "not-on-platform" && c["user"].is_null()));
}

#[tokio::test]
async fn the_region_says_where_national_numbers_are_from() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let contacts = json!([{ "name": "Oma", "phone_number": "030 23125 111" }]);
    let none = ana.post(IMPORT, json!({ "contacts": contacts })).await.expect(200);
    assert!(none.text("/invalid/0/reason").contains("country"));
    let wrong = json!({ "region": "XX", "contacts": contacts });
    let wrong = ana.post(IMPORT, wrong).await.expect_problem(422, "validation");
    assert_eq!(wrong.text("/errors/0/pointer"), "/region");
    let germany =
        ana.post(IMPORT, json!({ "region": "de", "contacts": contacts })).await.expect(200);
    assert_eq!(germany.at("/imported"), 1);
    assert_eq!(ana.contacts().await[0]["contact_phone_number"], "+493023125111");
}

#[tokio::test]
async fn a_number_is_one_contact_however_often_it_comes() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let twice = [("", "212-555-0101"), ("Mum", "+12125550101"), ("Mother", "(212) 5550101")];
    let first = ana.imports(&twice).await.expect(200);
    assert_eq!((first.at("/imported"), first.at("/invalid")), (json!(1), json!([])));
    let mum = ana.contact("Mum").await;

    let again = ana.imports(&[("Mama", "+12125550101"), ("Dad", "+12125550102")]).await.expect(200);
    assert_eq!((again.at("/imported"), again.at("/updated")), (json!(1), json!(1)));
    let mama = ana.contact("Mama").await;
    assert_eq!(
        (&mama["contact_id"], &mama["date_added"]),
        (&mum["contact_id"], &mum["date_added"])
    );
    assert_eq!(ana.contacts().await.len(), 2);
}

#[tokio::test]
async fn my_own_number_is_passed_over() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.lets_be_found_by("anyone").await;
    let answer = ana.imports(&[("Me", &ana.phone), ("Mum", "+12125550101")]).await.expect(200);
    assert_eq!((answer.at("/imported"), answer.at("/matched")), (json!(1), json!(0)));
    assert_eq!(answer.at("/invalid"), json!([]));
    assert_eq!(ana.contacts().await.len(), 1);
}

#[tokio::test]
async fn more_than_five_thousand_or_ten_megabytes_are_refused() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let book = strangers(5_001);
    let refused = ana.imports(&borrowed(&book)).await.expect_problem(422, "validation");
    assert_eq!(refused.text("/errors/0/pointer"), "/contacts");
    let file: String = book
        .iter()
        .map(|(_, n)| ["BEGIN:VCARD\r\nTEL:", n, "\r\nEND:VCARD\r\n"].concat())
        .collect();
    ana.imports_file("US", file).await.expect_problem(422, "validation");
    assert_eq!(count(&app, "select count(*) from contacts").await, 0);

    let photo = "A".repeat(10 * 1024 * 1024);
    let file = format!("BEGIN:VCARD\r\nPHOTO:{photo}\r\nEND:VCARD\r\n");
    ana.imports_file("US", file).await.expect_problem(413, "payload-too-large");
    let photo = "A".repeat(9 * 1024 * 1024);
    let file =
        format!("BEGIN:VCARD\r\nFN:Mum\r\nTEL:{}\r\nPHOTO:{photo}\r\nEND:VCARD\r\n", number(1));
    assert_eq!(ana.imports_file("US", file).await.expect(200).at("/imported"), 1);
    let ordinary = json!({ "display_name": "A".repeat(2 * 1024 * 1024) });
    ana.patch("/v1/me", "*", ordinary).await.expect_problem(413, "payload-too-large");
}

#[tokio::test]
async fn other_bodies_are_problems() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.post(IMPORT, json!({ "contacts": [{ "name": "Mum" }] }))
        .await
        .expect_problem(422, "validation");
    ana.post(IMPORT, json!({ "contacts": [], "merge": true }))
        .await
        .expect_problem(422, "validation");
    ana.post(IMPORT, json!([])).await.expect_problem(422, "validation");
    ana.imports_file("US", "name,number\nMum,2125550101").await.expect_problem(400, "malformed");
    ana.imports_file("Atlantis", "BEGIN:VCARD\nEND:VCARD").await.expect_problem(422, "validation");
    let send = async |kind: &str, body: &'static str| {
        let request = ana.request(Method::POST, IMPORT).header("content-type", kind).body(body);
        ana.send(request, Method::POST, IMPORT).await
    };
    send("application/json", "{\"contacts\":[").await.expect_problem(400, "malformed");
    send("text/csv", "Mum,2125550101").await.expect_problem(415, "unsupported-media-type");
    let empty = ana.imports(&[]).await.expect(200);
    assert_eq!(empty.at("/imported"), 0);
}

#[tokio::test]
async fn a_repeated_key_tells_the_first_counts_and_guards_against_another_body() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let entry = |name: &str, number: &str| json!({ "name": name, "phone_number": number });
    let body = |name: &str| json!({ "contacts": [entry(name, &number(1)), entry("No", "12"), entry("Ben", &ben.phone)] });
    let first = ana.post_once(IMPORT, "k1", body("Mum")).await.expect(200);
    assert_eq!((first.at("/imported"), first.at("/updated")), (json!(2), json!(0)));
    assert_eq!((first.at("/matched"), first.at("/invalid/0/index")), (json!(0), json!(1)));
    ben.lets_be_found_by("anyone").await;
    assert_eq!(ana.post_once(IMPORT, "k1", body("Mum")).await.expect(200).body, first.body);
    // What was forgotten since does not come back.
    ana.delete("/v1/contacts").await.expect(204);
    assert_eq!(ana.post_once(IMPORT, "k1", body("Mum")).await.expect(200).body, first.body);
    assert!(ana.contacts().await.is_empty());
    app.passes(Duration::from_hours(25));
    ana.refreshes().await.expect(200);
    let later = ana.post_once(IMPORT, "k1", body("Mum")).await.expect(200);
    assert_eq!((later.at("/imported"), later.at("/matched")), (json!(2), json!(1)));
    ana.post_once(IMPORT, "k1", body("Dad")).await.expect_problem(422, "idempotency-mismatch");
    ana.contact("Mum").await;
}

#[tokio::test]
async fn sending_an_address_book_is_a_consent() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let consents = "select count(*) from consents where kind = 'contacts'";
    assert_eq!(count(&app, consents).await, 0);
    ana.imports(&[("Mum", "+12125550101")]).await.expect(200);
    ana.imports(&[("Mum", "+12125550101")]).await.expect(200);
    assert_eq!(count(&app, consents).await, 1);
}

#[tokio::test]
async fn terms_come_first_where_there_are_any() {
    let configure = |config: &mut kith::config::Config| {
        config.terms = Some(Terms { version: "2".into(), url: "https://example.org/terms".into() });
    };
    let app = TestApp::with(Options { configure, ..Options::default() }).await;
    let ana = app.person("ana").await;
    ana.imports(&[("Mum", "+12125550101")]).await.expect_problem(403, "terms-not-accepted");
    ana.patch("/v1/me", "*", json!({ "accepted_terms": "2" })).await.expect(200);
    ana.imports(&[("Mum", "+12125550101")]).await.expect(200);
}

#[tokio::test]
async fn an_unfinished_profile_imports_nothing() {
    let app = TestApp::start().await;
    let fay = app.newcomer("fay").await;
    fay.imports(&[("Mum", "+12125550101")]).await.expect_problem(403, "profile-incomplete");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn imports_at_once_keep_every_number_once() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let book = strangers(200);
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (ana, book) = (ana.clone(), book.clone());
        running
            .spawn(async move { ana.imports(&borrowed(&book)).await.expect(200).at("/imported") });
    }
    let imported: u64 = running.join_all().await.iter().filter_map(Value::as_u64).sum();
    assert_eq!(imported, 200);
    assert_eq!(ana.contacts().await.len(), 200);
    assert_eq!(count(&app, "select available::bigint from contact_budgets").await, 4_800);
}

#[tokio::test]
async fn what_is_not_refreshed_for_a_year_is_forgotten() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.imports(&[("Mum", "+12125550101"), ("Dad", "+12125550102")]).await.expect(200);
    // She is there all the time: her account would be closed to her number otherwise.
    let returns_after_months = async || {
        app.passes(Duration::from_hours(92 * 24));
        app.signs_in("ana", &ana.phone).await
    };
    returns_after_months().await;
    let ana_later = returns_after_months().await;
    ana_later.imports(&[("Mum", "+12125550101")]).await.expect(200);
    returns_after_months().await;
    app.passes(Duration::from_hours(92 * 24));
    kith::jobs::run_one(&app.app, "contacts.forget_stale", Value::Null).await.expect("it runs");
    let ana = app.signs_in("ana", &ana.phone).await;
    let left = ana.contacts().await;
    assert_eq!((left.len(), &left[0]["contact_name"]), (1, &json!("Mum")));
}

/// Reports how long a large address book takes; the machine decides, so that nothing is demanded here.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_entries_are_taken_in_and_listed() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ben.lets_be_found_by("anyone").await;
    let mut book = strangers(4_999);
    book.push(("Ben".to_owned(), ben.phone.clone()));
    for (what, imported) in [("first", 5_000), ("again", 0)] {
        let started = Instant::now();
        let answer = ana.imports(&borrowed(&book)).await.expect(200);
        println!("5,000 contacts, {what}: {:?}", started.elapsed());
        assert_eq!(
            (answer.at("/imported"), answer.at("/updated")),
            (json!(imported), json!(5_000 - imported))
        );
        assert_eq!((answer.at("/matched"), answer.at("/deferred")), (json!(1), json!(0)));
    }
    let card = |(name, number): &(String, String)| {
        let name = format!("N:;{name};;;\r\nFN:{name}");
        format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{name}\r\nTEL;TYPE=CELL:{number}\r\nEND:VCARD\r\n")
    };
    let file = book.iter().map(card).collect::<Vec<_>>().concat();
    let started = Instant::now();
    let answer = ana.imports_file("US", file).await.expect(200);
    println!("5,000 contacts, vCard: {:?}", started.elapsed());
    assert_eq!(answer.at("/updated"), 5_000);
    let started = Instant::now();
    let page = ana.get("/v1/contacts").await.expect(200);
    println!("first page of 5,000: {:?}", started.elapsed());
    assert_eq!(page.items().len(), 100);
}
