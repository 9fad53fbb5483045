//! Every documented route: without credentials, with an unfinished profile, with nonsense.

use kith_testkit::{TestApp, contract::Contract};
use reqwest::Method;

/// A path with an id that nobody has in place of each parameter.
fn filled(template: &str) -> String {
    let segments = template.split('/').map(|segment| match segment {
        "{username}" => "nobody",
        segment if segment.starts_with('{') => "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20",
        segment => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_protected_route_demands_credentials() {
    let app = TestApp::start().await;
    let nobody = app.anonymous();
    let protected: Vec<_> =
        Contract::operations().into_iter().filter(|(.., protected)| *protected).collect();
    assert!(protected.len() > 8, "the document lists the routes");
    for (method, template, _) in protected {
        let path = filled(&template);
        let request = nobody.request(method.clone(), &path);
        let answer = nobody.send(request, method.clone(), &path).await;
        assert_eq!(answer.status, 401, "{method} {template}: {}", answer.body);
    }
}

/// Routes that need no credentials: exactly these.
const PUBLIC: &[(&str, &str)] = &[
    ("GET", "/.well-known/jwks.json"),
    ("GET", "/v1/config"),
    // Pages on the way to another service and back.
    ("GET", "/v1/auth/oidc/{provider}/callback"),
    ("GET", "/v1/auth/oidc/{provider}/start"),
    // Answers 404 without a session or a viewer's signature.
    ("GET", "/v1/images/{image_id}/{version}/{file}"),
    // A socket shows its token in its first message.
    ("GET", "/v1/realtime"),
    ("POST", "/v1/auth/passkeys/login/finish"),
    ("POST", "/v1/auth/passkeys/login/start"),
    ("POST", "/v1/auth/password/login"),
    ("POST", "/v1/auth/phone/start"),
    ("POST", "/v1/auth/phone/verify"),
    ("POST", "/v1/auth/refresh"),
    // By the provider's signature.
    ("POST", "/v1/callbacks/sms/{provider}"),
    // By the signature in the address.
    ("PUT", "/v1/uploads/{upload_id}/bytes"),
];

#[tokio::test]
async fn only_known_routes_are_public() {
    let mut public: Vec<(String, String)> = (Contract::operations().into_iter())
        .filter(|(.., protected)| !protected)
        .map(|(method, path, _)| (method.to_string(), path))
        .collect();
    public.sort();
    let mut expected: Vec<(String, String)> =
        PUBLIC.iter().map(|(m, p)| ((*m).to_owned(), (*p).to_owned())).collect();
    expected.sort();
    assert_eq!(public, expected);
}

#[tokio::test]
async fn an_unfinished_profile_opens_only_what_finishes_it() {
    let app = TestApp::start().await;
    let newcomer = app.newcomer("ana").await;
    for (method, template, protected) in Contract::operations() {
        let is_own = ["/v1/me", "/v1/auth/", "/v1/sessions"]
            .iter()
            .any(|prefix| template.starts_with(prefix));
        if !protected || is_own {
            continue;
        }
        let path = filled(&template);
        let answer =
            newcomer.send(newcomer.request(method.clone(), &path), method.clone(), &path).await;
        assert_eq!(answer.text("/type"), "/problems/profile-incomplete", "{method} {template}");
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_problems() {
    let app = TestApp::start().await;
    let ana = app.person("ana").await;
    ana.get("/v1/nothing").await.expect_problem(404, "not-found");
    ana.delete("/v1/me/settings").await.expect_problem(405, "method-not-allowed");
    let request = ana.request(Method::POST, "/v1/auth/phone/start").body("phone_number=1");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    ana.send(request, Method::POST, "/v1/auth/phone/start")
        .await
        .expect_problem(415, "unsupported-media-type");
}

#[tokio::test]
async fn every_problem_has_a_page() {
    let app = TestApp::start().await;
    for kind in kith::http::problem::Kind::ALL {
        let page = app.http_get(&format!("/problems/{}", kind.slug())).await;
        assert_eq!(page.status, 200, "{}", kind.slug());
        assert!(String::from_utf8_lossy(&page.bytes).contains(kind.title()), "{}", kind.slug());
    }
}

#[tokio::test]
async fn request_ids_are_echoed_or_made() {
    let app = TestApp::start().await;
    let nobody = app.anonymous();
    let echoed = nobody.get_with("/v1/config", "x-request-id", "my-request-1").await;
    assert_eq!(echoed.header("x-request-id"), "my-request-1");
    let made = nobody.get_with("/v1/config", "x-request-id", "bad id").await;
    assert_eq!(made.header("x-request-id").len(), 36);
    let problem = nobody.get_with("/v1/me", "x-request-id", "my-request-2").await;
    assert_eq!(problem.text("/instance"), "my-request-2");
}
