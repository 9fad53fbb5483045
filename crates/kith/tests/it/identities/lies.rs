//! ID tokens that do not hold, and answers that are not the provider's. Each is the honest one but for one thing.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use kith_testkit::{
    TestApp,
    node_peer::{OIDC_CLIENT, OIDC_SECRET},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256, Sha512};
use wiremock::ResponseTemplate;

use super::{
    app_with,
    browser::Browser,
    issuer::{Issuer, Key},
    settings, steps_up,
};

const START: &str = "/v1/auth/oidc/one/start?return_to=/in";
const LINK: &str = "/v1/auth/oidc/one/start?return_to=/in&link=1";
const REFUSED: &str = "/sign-in?problem=identity-refused";

/// Makes a token of the honest claims.
type Forge<'a> = Box<dyn Fn(Value) -> String + 'a>;

/// An application whose Ana has linked her identity, so that every token that holds signs in.
async fn with_ana() -> (Issuer, TestApp) {
    let issuer = Issuer::start().await;
    let app = app_with(vec![settings("one", &issuer.url())]).await;
    let ana = app.person("ana").await;
    let browser = Browser::of(&app, &ana).await;
    steps_up(&app, &ana).await;
    assert_eq!(issuer.leads(&app, &browser, LINK, "ana").await, "/in");
    (issuer, app)
}

/// Signs in with what `make` makes of the honest claims.
async fn tries(issuer: &Issuer, app: &TestApp, make: impl FnOnce(Value) -> String) -> String {
    let browser = Browser::fresh(app);
    let begun = browser.begins(START).await;
    issuer.gives(&make(issuer.claims(app, &begun, "ana")));
    let end = browser.returns("one", &format!("code=c&state={}", begun.state)).await;
    let is_in = browser.is_signed_in_as().await.is_some();
    assert_eq!(is_in, end == "/in", "{end}");
    end
}

fn with(mut claims: Value, name: &str, value: Value) -> Value {
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    claims
}

#[tokio::test]
async fn a_claim_that_does_not_fit_refuses_the_sign_in() {
    let (issuer, app) = with_ana().await;
    let now = app.app.now().unix_seconds();
    let url = issuer.url();
    let lies = [
        ("nonce", json!("another")),
        ("nonce", Value::Null),
        ("aud", json!("another")),
        ("aud", json!([])),
        ("aud", json!([OIDC_CLIENT, "another"])),
        ("aud", Value::Null),
        ("azp", json!("another")),
        ("iss", json!(format!("{url}/"))),
        ("iss", json!("https://elsewhere.example")),
        ("iss", json!([url, "https://elsewhere.example"])),
        ("iss", Value::Null),
        ("exp", json!(now - 120)),
        ("exp", json!("tomorrow")),
        ("exp", Value::Null),
        ("iat", json!(now + 300)),
        ("iat", Value::Null),
        ("nbf", json!(now + 300)),
        ("at_hash", json!(URL_SAFE_NO_PAD.encode([7; 16]))),
        ("sub", json!("")),
        ("sub", json!("a".repeat(256))),
        ("sub", json!("änne")),
        ("sub", json!(7)),
        ("sub", Value::Null),
    ];
    for (claim, value) in lies {
        let told = format!("{claim} {value}");
        let end = tries(&issuer, &app, |claims| issuer.key.sign(&with(claims, claim, value))).await;
        assert_eq!(end, REFUSED, "{told}");
    }
    let half = URL_SAFE_NO_PAD.encode(&Sha256::digest("access")[..16]);
    let truths = [
        ("aud", json!([OIDC_CLIENT])),
        ("azp", json!(OIDC_CLIENT)),
        ("exp", json!(now - 30)),
        ("iat", json!(now + 30)),
        ("nbf", json!(now - 30)),
        ("at_hash", json!(half)),
        ("email", json!("ben@example.org")),
    ];
    for (claim, value) in truths {
        let told = format!("{claim} {value}");
        let end = tries(&issuer, &app, |claims| issuer.key.sign(&with(claims, claim, value))).await;
        assert_eq!(end, "/in", "{told}");
    }
}

#[tokio::test]
async fn only_the_providers_own_asymmetric_signature_counts() {
    let (issuer, app) = with_ana().await;
    let ed = Key::eddsa("ed");
    let oct = json!({ "kty": "oct", "kid": "oct", "k": URL_SAFE_NO_PAD.encode([7; 32]) });
    let for_secrets = json!({ "use": "enc", "kid": "enc" });
    let enc = Key::es256("enc");
    let mut enc_public = enc.public();
    enc_public["use"] = for_secrets["use"].clone();
    issuer.publishes(&[issuer.key.public(), ed.public(), oct, enc_public, json!({ "kty": "new" })]);
    app.passes(std::time::Duration::from_secs(61));

    let hmac = |secret: &[u8], id: &str, claims: &Value| {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(id.to_owned());
        encode(&header, claims, &EncodingKey::from_secret(secret)).unwrap()
    };
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let unsigned = |header: Value, claims: &Value| format!("{}.{}.", part(&header), part(claims));
    let attacker = Key::es256("first");
    let header = |id: Option<&str>| {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = id.map(str::to_owned);
        header
    };
    let forged: [(&str, Forge<'_>); 12] = [
        ("alg none", Box::new(|c| unsigned(json!({ "alg": "none" }), &c))),
        ("alg None", Box::new(|c| unsigned(json!({ "alg": "None", "kid": "first" }), &c))),
        ("no signature", Box::new(|c| unsigned(json!({ "alg": "ES256", "kid": "first" }), &c))),
        ("the client's secret", Box::new(|c| hmac(OIDC_SECRET.as_bytes(), "first", &c))),
        ("a published symmetric key", Box::new(|c| hmac(&[7; 32], "oct", &c))),
        (
            "the public key as a secret",
            Box::new(|c| hmac(issuer.key.public().to_string().as_bytes(), "first", &c)),
        ),
        ("another's key", Box::new(|c| attacker.sign(&c))),
        (
            "a key in the header",
            Box::new(|c| {
                let jwk: Jwk = serde_json::from_value(attacker.public()).unwrap();
                let header = Header { jwk: Some(jwk), ..header(Some("first")) };
                attacker.sign_with(&header, &c)
            }),
        ),
        (
            "an address of keys in the header",
            Box::new(|c| {
                let jku = Some("http://127.0.0.1:9/keys".to_owned());
                let header = Header { jku, ..header(Some("first")) };
                attacker.sign_with(&header, &c)
            }),
        ),
        (
            "a path as the name of a key",
            Box::new(|c| issuer.key.sign_with(&header(Some("../../first")), &c)),
        ),
        ("a key that is not for signing", Box::new(|c| enc.sign(&c))),
        (
            "what must be understood and is not",
            Box::new(|c| {
                let crit = Some(vec!["exp".to_owned()]);
                issuer.key.sign_with(&Header { crit, ..header(Some("first")) }, &c)
            }),
        ),
    ];
    for (what, forge) in forged {
        assert_eq!(tries(&issuer, &app, forge).await, REFUSED, "{what}");
    }
    let garbage = ["", "a.b.c", "a.b", "....", &"a".repeat(20_000)];
    for token in garbage {
        assert_eq!(tries(&issuer, &app, |_| token.to_owned()).await, REFUSED, "{token:.9}");
    }
    // Ed25519 hashes the access token with SHA-512.
    let half = URL_SAFE_NO_PAD.encode(&Sha512::digest("access")[..32]);
    let end = tries(&issuer, &app, |c| ed.sign(&with(c, "at_hash", json!(half)))).await;
    assert_eq!(end, "/in");
    // Without a name it is the only key that fits.
    let end = tries(&issuer, &app, |c| issuer.key.sign_with(&header(None), &c)).await;
    assert_eq!(end, "/in");
}

#[tokio::test]
async fn an_answer_of_another_issuer_and_a_refused_code_lead_nowhere() {
    let (issuer, app) = with_ana().await;
    let comes_back = async |extra: &str| {
        let browser = Browser::fresh(&app);
        let begun = browser.begins(START).await;
        issuer.gives(&issuer.key.sign(&issuer.claims(&app, &begun, "ana")));
        browser.returns("one", &format!("state={}{extra}", begun.state)).await
    };
    let honest = format!("&code=c&iss={}", issuer.url());
    assert_eq!(comes_back(&honest).await, "/in");
    assert_eq!(comes_back("&code=c").await, "/in");
    assert_eq!(comes_back("&code=c&iss=https://elsewhere.example").await, REFUSED);
    assert_eq!(comes_back("&code=c&error=server_error").await, REFUSED);
    assert_eq!(comes_back("").await, REFUSED);
    assert_eq!(comes_back("&error=access_denied").await, "/sign-in?problem=identity-cancelled");

    // Once the provider says that it names itself, an answer that does not is no answer of it.
    let mut says_issuer = issuer.discovery();
    says_issuer["authorization_response_iss_parameter_supported"] = json!(true);
    issuer.describes(&says_issuer);
    app.passes(std::time::Duration::from_hours(1));
    assert_eq!(comes_back("&code=c").await, REFUSED);
    assert_eq!(comes_back(&honest).await, "/in");

    let answers = [
        (ResponseTemplate::new(400).set_body_json(json!({ "error": "invalid_grant" })), "refused"),
        (ResponseTemplate::new(200).set_body_string("<html>"), "refused"),
        (ResponseTemplate::new(200).set_body_json(json!({ "access_token": "a" })), "refused"),
        (ResponseTemplate::new(503), "unavailable"),
        (ResponseTemplate::new(200).set_body_string("a".repeat(300_000)), "unavailable"),
    ];
    for (answer, word) in answers {
        let browser = Browser::fresh(&app);
        let begun = browser.begins(START).await;
        issuer.answers_code(answer);
        let end = browser.returns("one", &format!("state={}{honest}", begun.state)).await;
        assert_eq!(end, format!("/sign-in?problem=identity-{word}"));
    }
}

#[tokio::test]
async fn the_code_is_exchanged_with_the_secret_and_the_verifier_of_the_challenge() {
    let (issuer, app) = with_ana().await;
    let browser = Browser::fresh(&app);
    let begun = browser.begins(START).await;
    issuer.gives(&issuer.key.sign(&issuer.claims(&app, &begun, "ana")));
    browser.returns("one", &format!("code=the%20code&state={}", begun.state)).await;
    let request = issuer.requests("/token").await.pop().unwrap();
    let form: std::collections::BTreeMap<_, _> =
        url::form_urlencoded::parse(&request.body).into_owned().collect();
    assert_eq!(form["grant_type"], "authorization_code");
    assert_eq!(form["code"], "the code");
    assert_eq!(form["redirect_uri"], format!("{}/v1/auth/oidc/one/callback", app.url));
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    assert_eq!(challenge, begun.challenge);
    assert!(!form.contains_key("client_secret"));
    let credentials = request.headers["authorization"].to_str().unwrap();
    let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let (id, secret): (String, String) = (encoded(OIDC_CLIENT), encoded(OIDC_SECRET));
    let expected = base64::engine::general_purpose::STANDARD.encode(format!("{id}:{secret}"));
    assert_eq!(credentials, format!("Basic {expected}"));
    let asked: Vec<String> =
        begun.address.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
    for expected in ["tenant=1", "response_type=code", "scope=openid", "code_challenge_method=S256"]
    {
        assert!(asked.iter().any(|pair| pair == expected), "{asked:?}");
    }
}
