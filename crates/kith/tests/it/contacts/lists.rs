//! Listing and forgetting.

use kith_testkit::TestApp;
use serde_json::{Value, json};

use super::{borrowed, strangers};

fn names(answer: &kith_testkit::Answer) -> Vec<String> {
    let name = |item: &Value| item["contact_name"].as_str().map(str::to_owned);
    answer.items().iter().filter_map(name).collect()
}

#[tokio::test]
async fn contacts_are_listed_by_name_without_gaps() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    let book = [
        ("émile", "+12125550101"),
        ("Zoe", "+12125550102"),
        ("", "+12125550103"),
        ("eva", "+12125550104"),
        ("Emil", "+12125550105"),
        ("Ömer", "+12125550106"),
        ("Emil", "+12125550107"),
    ];
    ana.imports(&book).await.expect(200);
    let all = ana.get("/v1/contacts").await.expect(200);
    assert_eq!(names(&all), ["Emil", "Emil", "émile", "eva", "Ömer", "Zoe", ""]);
    assert!(all.at("/next_cursor").is_null());

    let mut paged = Vec::new();
    let mut path = "/v1/contacts?limit=2".to_owned();
    loop {
        let page = ana.get(&path).await.expect(200);
        paged.extend(page.items());
        if paged.len() == 2 {
            // Rows that come in between are listed in their place, and nothing is listed twice.
            ana.imports(&[("Abe", "+12125550108"), ("Xul", "+12125550109")]).await.expect(200);
        }
        match page.at("/next_cursor").as_str() {
            Some(cursor) => path = format!("/v1/contacts?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    let paged: Vec<_> = paged.iter().filter_map(|item| item["contact_name"].as_str()).collect();
    assert_eq!(paged, ["Emil", "Emil", "émile", "eva", "Ömer", "Xul", "Zoe", ""]);
}

#[tokio::test]
async fn a_page_has_a_hundred_and_at_most_five_hundred() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.imports(&borrowed(&strangers(501))).await.expect(200);
    let page = ana.get("/v1/contacts").await.expect(200);
    assert_eq!(page.items().len(), 100);
    let page = ana.get("/v1/contacts?limit=1000").await.expect(200);
    assert_eq!(page.items().len(), 500);
    let cursor = page.text("/next_cursor");
    let last = ana.get(&format!("/v1/contacts?limit=1000&cursor={cursor}")).await.expect(200);
    assert_eq!(names(&last), ["Stranger 00500"]);
    ana.get(&format!("/v1/contacts?status=friend&cursor={cursor}"))
        .await
        .expect_problem(400, "cursor-invalid");
}

#[tokio::test]
async fn a_list_of_one_state_has_only_that() {
    let app = TestApp::start().await;
    let [ana, ben, cem] = app.people(["ana", "ben", "cem"]).await;
    for other in [&ben, &cem] {
        other.lets_be_found_by("anyone").await;
        ana.notes(&other.name, other).await;
    }
    ana.imports(&[("Mum", "+12125550101")]).await.expect(200);
    ana.befriends(&ben).await;
    for (status, name) in [("friend", "ben"), ("pending", "cem"), ("not-on-platform", "Mum")] {
        let list = ana.get(&format!("/v1/contacts?status={status}")).await.expect(200);
        assert_eq!(names(&list), [name]);
        assert_eq!(list.at("/items/0/status"), status);
    }
    ana.get("/v1/contacts?status=enemy").await.expect_problem(422, "validation");
}

#[tokio::test]
async fn one_is_forgotten_or_all() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    ana.imports(&[("Mum", "+12125550101"), ("Dad", "+12125550102")]).await.expect(200);
    ben.imports(&[("Mum", "+12125550101")]).await.expect(200);
    let mum = ana.contact("Mum").await["contact_id"].as_str().expect("an id").to_owned();
    let path = format!("/v1/contacts/{mum}");
    ben.delete(&path).await.expect_problem(404, "not-found");
    ana.delete(&path).await.expect(204);
    ana.delete(&path).await.expect_problem(404, "not-found");
    assert_eq!(ana.contacts().await.len(), 1);
    ana.delete("/v1/contacts").await.expect(204);
    ana.delete("/v1/contacts").await.expect(204);
    assert_eq!(ana.contacts().await, Vec::<Value>::new());
    let left = super::count(&app, "select count(*) from contacts").await;
    assert_eq!(left, 1, "ben's book is his own");
    assert_eq!(ana.imports(&[("Mum", "+12125550101")]).await.expect(200).at("/imported"), json!(1));
}
