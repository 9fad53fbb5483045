//! What the program tells of what people do: nothing by which anybody would know them.

use std::{fs, fs::File, path::Path};

use kith_testkit::{Photo, program::Program};
use reqwest::Method;
use serde_json::json;

use super::{BINARY, ends, hard_place};

#[tokio::test]
async fn no_number_word_or_token_is_told_whatever_is_wanted() {
    let (scratch, data) = hard_place();
    let told = scratch.path().join("log");
    let log = File::create(&told).unwrap();
    let program = Program::start_telling(Path::new(BINARY), &data, log).await.unwrap();
    let ana = program.person("ana", "+14155550101").await;
    let ben = program.person("ben", "+14155550102").await;
    ana.imports(&[("Grandma Rose", "+14155550177")]).await.expect(200);
    ana.befriends(&ben).await;
    let mut feed = ben.socket().await.subscribes("feed").await;
    let upload = ana.uploads(&Photo::small(1)).await;
    let post = json!({
        "upload_id": upload, "visibility": "friends-only", "caption": "Harbour at dawn",
    });
    let post = ana.shares(post).await;
    feed.hears("post.ready").await;
    ben.comments(&post.id, "What a morning").await;
    let patched = json!({ "email": "ana.lind@kith.example" });
    ana.patch("/v1/me", "*", patched).await.expect(200);
    let mut secrets = vec![ana.access_token(), ana.refresh_token(), ben.refresh_token()];
    ana.refreshes().await.expect(200);
    secrets.extend([ana.access_token(), ana.refresh_token()]);
    // What goes wrong is told as well, and no more of it.
    let nobody = ana.request_without_session(Method::POST, "/v1/auth/password/login");
    let wrong = json!({ "phone_number": "+14155550101", "password": "mistyped horse" });
    nobody.json(&wrong).send().await.unwrap();
    let broken =
        ana.request(Method::POST, "/v1/auth/phone/start").body("{\"phone_number\": \"+1415");
    broken.header("content-type", "application/json").send().await.unwrap();
    let lost = "/v1/users/by-username/somebody?phone=4155550199";
    ana.get(lost).await;
    ends(program).await;

    let told = fs::read_to_string(told).unwrap();
    assert!(told.contains("request refused"), "{told}");
    let words = [
        "4155550101",
        "4155550102",
        "4155550177",
        "4155550199",
        "Grandma",
        "Harbour",
        "morning",
        "ana.lind",
        "mistyped",
        "+1415",
    ];
    let secrets = secrets.iter().map(String::as_str);
    for word in words.into_iter().chain(secrets) {
        let line = told.lines().find(|line| line.contains(word));
        assert_eq!(line, None, "{word} is told");
    }
}
