//! What leads into an account, as its owner sees it.

use kith_testkit::{TestApp, passkeys::Authenticator};
use serde_json::json;

#[tokio::test]
async fn the_list_tells_what_was_added_to_the_phone() {
    let app = TestApp::start().await;
    let [ana, ben] = app.people(["ana", "ben"]).await;
    let path = "/v1/me/ways-in";
    let bare = json!({
        "phone": true, "password": false, "passkeys": [], "identities": [],
        "registration_lock": false,
    });
    assert_eq!(ana.get(path).await.expect(200).body, bare);
    ana.steps_up(&app).await;
    ana.put("/v1/me/password", json!({ "password": "four horses on a hill" })).await.expect(204);
    let passkey = ana.adds_passkey(&Authenticator::new(&app)).await;
    let full = ana.get(path).await.expect(200);
    assert_eq!(full.at("/password"), true);
    assert_eq!(full.text("/passkeys/0/passkey_id"), passkey);
    assert_eq!(full.text("/passkeys/0/name"), "Key");
    assert_eq!(ben.get(path).await.expect(200).body, bare, "nobody else's are listed");
    let methods = "select array_agg(auth_method::text order by auth_method) from authentication a
        join users u using (user_id) where u.username = 'ana'";
    let rows: Vec<String> = app.sql().await.query_one(methods, &[]).await.unwrap().get(0);
    assert_eq!(rows, ["phone", "password", "passkey"]);
    ana.delete("/v1/me/password").await.expect(204);
    ana.delete(&format!("/v1/me/passkeys/{passkey}")).await.expect(204);
    assert_eq!(ana.get(path).await.expect(200).body, bare);
    let rows: Vec<String> = app.sql().await.query_one(methods, &[]).await.unwrap().get(0);
    assert_eq!(rows, ["phone"]);
}

#[tokio::test]
async fn the_server_says_what_it_offers() {
    let app = TestApp::start().await;
    let offered = app.anonymous().get("/v1/config").await.expect(200).at("/sign_in");
    assert_eq!(offered, json!(["phone", "passkey", "password"]));
}
