//! Every documented route, asked by everybody who has no business there: without a session, by a stranger, by
//! somebody who was blocked, by somebody who blocked. A new route fails here until it is classified.

use std::collections::BTreeSet;

use kith_testkit::{Answer, Person, Photo, TestApp, contract::Contract, posts::source_url};
use reqwest::Method;
use serde_json::{Value, json};

use self::Access::{Handle, Hidden, Own, Public, Same};

/// What a route gives to somebody to whom the thing named in it does not belong.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Access {
    /// Needs no session: it is open, or the address itself is the credential.
    Public,
    /// Is about the asker's own things: nothing of others can be named.
    Own,
    /// Names something of somebody: to whoever may not see it, it is as absent as what never was.
    Hidden,
    /// Leads to whoever is named: strangers pass, people with a block between them find nobody.
    Handle,
    /// Answers the same for every id.
    Same(u16),
}

/// Makes a body of what Ana has.
type Body = fn(&Things) -> Value;

const NONE: Body = |_| Value::Null;

/// Method, path, what it gives to others, and a good body.
const ROUTES: &[(&str, &str, Access, Body)] = &[
    ("GET", "/.well-known/jwks.json", Public, NONE),
    ("GET", "/v1/config", Public, NONE),
    ("POST", "/v1/auth/phone/start", Public, NONE),
    ("POST", "/v1/auth/phone/verify", Public, NONE),
    ("POST", "/v1/auth/refresh", Public, NONE),
    ("POST", "/v1/auth/passkeys/login/start", Public, NONE),
    ("POST", "/v1/auth/passkeys/login/finish", Public, NONE),
    ("POST", "/v1/auth/password/login", Public, NONE),
    // Pages on the way to another service and back: what they need beyond an address is in cookies.
    ("GET", "/v1/auth/oidc/{provider}/start", Public, NONE),
    ("GET", "/v1/auth/oidc/{provider}/callback", Public, NONE),
    ("PUT", "/v1/uploads/{upload_id}/bytes", Public, NONE),
    // The signature is the credential.
    ("POST", "/v1/callbacks/sms/{provider}", Public, NONE),
    // A socket may bring its token in the first frame.
    ("GET", "/v1/realtime", Public, NONE),
    ("GET", "/v1/images/{image_id}/{version}/{file}", Hidden, NONE),
    ("GET", "/v1/users/{user_id}", Hidden, NONE),
    ("GET", "/v1/users/{user_id}/posts", Hidden, NONE),
    ("GET", "/v1/uploads/{upload_id}", Hidden, NONE),
    ("POST", "/v1/uploads/{upload_id}/complete", Hidden, NONE),
    ("PUT", "/v1/me/profile-picture", Hidden, |ana| json!({ "upload_id": ana.upload })),
    (
        "POST",
        "/v1/posts",
        Hidden,
        |ana| json!({ "upload_id": ana.upload, "visibility": "friends-only" }),
    ),
    ("GET", "/v1/posts/{post_id}", Hidden, NONE),
    ("PATCH", "/v1/posts/{post_id}", Hidden, |_| json!({ "caption": "mine" })),
    ("GET", "/v1/posts/{post_id}/audience", Hidden, NONE),
    ("POST", "/v1/posts/{post_id}/restore", Hidden, NONE),
    ("GET", "/v1/posts/{post_id}/comments", Hidden, NONE),
    ("POST", "/v1/posts/{post_id}/comments", Hidden, |_| json!({ "content": "me too" })),
    ("GET", "/v1/comments/{comment_id}", Hidden, NONE),
    ("PATCH", "/v1/comments/{comment_id}", Hidden, |_| json!({ "content": "mine" })),
    ("POST", "/v1/friends/requests/{friendship_id}/accept", Hidden, NONE),
    ("DELETE", "/v1/comments/{comment_id}", Hidden, NONE),
    ("DELETE", "/v1/posts/{post_id}", Hidden, NONE),
    ("DELETE", "/v1/friends/requests/{friendship_id}", Hidden, NONE),
    ("DELETE", "/v1/friends/{user_id}", Hidden, NONE),
    ("DELETE", "/v1/contacts/{contact_id}", Hidden, NONE),
    ("DELETE", "/v1/sessions/{session_id}", Hidden, NONE),
    ("GET", "/v1/users/by-username/{username}", Handle, NONE),
    ("POST", "/v1/friends/requests", Handle, |ana| json!({ "user_id": ana.user })),
    ("PUT", "/v1/blocks/{user_id}", Same(204), NONE),
    // Nobody is told anything before they have shown that it is them.
    ("DELETE", "/v1/me/passkeys/{passkey_id}", Same(403), NONE),
    ("DELETE", "/v1/blocks/{user_id}", Same(204), NONE),
    ("POST", "/v1/notifications/read", Same(204), |ana| json!({ "ids": [ana.notification] })),
    ("GET", "/v1/blocks", Own, NONE),
    ("GET", "/v1/contacts", Own, NONE),
    ("DELETE", "/v1/contacts", Own, NONE),
    ("POST", "/v1/contacts/import", Own, NONE),
    ("GET", "/v1/feed", Own, NONE),
    ("GET", "/v1/friends", Own, NONE),
    ("GET", "/v1/friends/requests", Own, NONE),
    ("GET", "/v1/friends/suggestions", Own, NONE),
    ("GET", "/v1/me", Own, NONE),
    ("PATCH", "/v1/me", Own, NONE),
    ("POST", "/v1/me/email/start", Own, NONE),
    ("POST", "/v1/me/email/verify", Own, NONE),
    ("DELETE", "/v1/me/identities/{provider}", Own, NONE),
    ("DELETE", "/v1/me/profile-picture", Own, NONE),
    ("GET", "/v1/me/settings", Own, NONE),
    ("PATCH", "/v1/me/settings", Own, NONE),
    ("POST", "/v1/me/phone/start", Own, NONE),
    ("POST", "/v1/me/phone/verify", Own, NONE),
    ("PUT", "/v1/me/registration-lock", Own, NONE),
    ("DELETE", "/v1/me/registration-lock", Own, NONE),
    ("GET", "/v1/notifications", Own, NONE),
    ("GET", "/v1/notifications/unread-count", Own, NONE),
    ("GET", "/v1/sessions", Own, NONE),
    ("DELETE", "/v1/sessions", Own, NONE),
    ("POST", "/v1/auth/logout", Own, NONE),
    ("POST", "/v1/auth/step-up/start", Own, NONE),
    ("POST", "/v1/auth/step-up/verify", Own, NONE),
    ("POST", "/v1/auth/passkeys/register/start", Own, NONE),
    ("POST", "/v1/auth/passkeys/register/finish", Own, NONE),
    ("GET", "/v1/me/ways-in", Own, NONE),
    ("PUT", "/v1/me/password", Own, NONE),
    ("DELETE", "/v1/me/password", Own, NONE),
    ("POST", "/v1/uploads", Own, NONE),
];

/// One of each thing that Ana has, or ids that nobody has.
struct Things {
    user: String,
    username: String,
    post: String,
    comment: String,
    friendship: String,
    contact: String,
    session: String,
    upload: String,
    image: String,
    notification: String,
}

impl Things {
    fn of_nobody() -> Self {
        let id = || "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20".to_owned();
        Self {
            user: id(),
            username: "nobody".to_owned(),
            post: id(),
            comment: id(),
            friendship: id(),
            contact: id(),
            session: id(),
            upload: id(),
            image: id(),
            notification: id(),
        }
    }

    /// A path with what it names put in.
    fn fill(&self, template: &str) -> String {
        let segments = template.split('/').map(|segment| match segment {
            "{user_id}" => &self.user,
            "{username}" => &self.username,
            "{post_id}" => &self.post,
            "{comment_id}" => &self.comment,
            "{friendship_id}" => &self.friendship,
            "{contact_id}" => &self.contact,
            "{session_id}" => &self.session,
            "{upload_id}" => &self.upload,
            "{image_id}" => &self.image,
            "{version}" => "1",
            "{passkey_id}" => "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20",
            "{file}" => "w320.jpg",
            "{provider}" => "twilio",
            other if other.starts_with('{') => panic!("what is {other} in {template}?"),
            other => other,
        });
        segments.collect::<Vec<_>>().join("/")
    }

    fn ids(&self) -> [&String; 9] {
        let Self { user, post, comment, friendship, contact, session, upload, image, .. } = self;
        [user, post, comment, friendship, contact, session, upload, image, &self.notification]
    }
}

/// Ana, her friend Ben, and those who have no business with her things.
struct Circle {
    app: TestApp,
    ana: Person,
    ben: Person,
    stranger: Person,
    blocked: [Person; 2],
    things: Things,
}

async fn circle() -> Circle {
    let app = TestApp::start().await;
    let [ana, ben, cem, dee, eve, fay] =
        app.people(["ana", "ben", "cem", "dee", "eve", "fay"]).await;
    ana.befriends(&ben).await;
    // Both knew Ana well, until one was blocked and the other blocked her.
    dee.befriends(&ana).await;
    fay.befriends(&ana).await;
    let post = ana.posts(Photo::small(1)).await;
    app.processes_photos().await;
    let image = ana.get(&post.path()).await.expect(200).at("/image");
    let image = source_url(&image, "w320.jpg").expect("an address");
    let comment = ana.comments(&post.id, "Hello").await;
    dee.comments(&post.id, "Hello").await;
    ana.blocks(&dee).await;
    fay.blocks(&ana).await;
    let contacts =
        json!({ "region": "US", "contacts": [{ "name": "Gil", "phone_number": "+14155559999" }] });
    ana.post("/v1/contacts/import", contacts).await.expect(200);
    let upload = ana.uploads(&Photo::small(2)).await;
    app.processes_photos().await;
    let friendship = eve.asks(&ana).await.expect(201).text("/friendship_id");
    let notification = newest_notification(&ana).await;
    let things = Things {
        user: ana.user_id.clone(),
        username: ana.name.clone(),
        post: post.id,
        comment,
        friendship,
        contact: ana.get("/v1/contacts").await.expect(200).text("/items/0/contact_id"),
        session: ana.get("/v1/sessions").await.expect(200).text("/items/0/session_id"),
        upload,
        image: image.split('/').nth(3).expect("an id").to_owned(),
        notification,
    };
    Circle { app, ana, ben, stranger: cem, blocked: [dee, fay], things }
}

async fn ask(person: &Person, method: &str, path: &str, body: &Value) -> Answer {
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let mut request = person.request(method.clone(), path);
    if method == Method::PATCH {
        request = request.header("if-match", "*");
    }
    let request = if body.is_null() { request } else { request.json(body) };
    person.send(request, method, path).await
}

/// Everything about an answer but the request's id and the clock.
fn told(answer: &Answer) -> (u16, Value, BTreeSet<(String, String)>) {
    let mut body = answer.body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("instance");
    }
    let passing = ["x-request-id", "date", "ratelimit"];
    let headers = answer.headers.iter().filter(|(name, _)| !passing.contains(&name.as_str()));
    let text = |value: &reqwest::header::HeaderValue| {
        String::from_utf8_lossy(value.as_bytes()).into_owned()
    };
    let headers = headers.map(|(name, value)| (name.to_string(), text(value))).collect();
    (answer.status.as_u16(), body, headers)
}

#[test]
fn every_route_is_classified() {
    let documented: BTreeSet<(String, String)> = Contract::operations()
        .into_iter()
        .map(|(method, path, _)| (method.to_string(), path))
        .collect();
    let classified: BTreeSet<(String, String)> = ROUTES
        .iter()
        .map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    assert_eq!(classified, documented);
}

#[tokio::test]
async fn without_a_session_nothing_opens() {
    let Circle { app, things, .. } = circle().await;
    let nobody = app.anonymous();
    for (method, template, access, body) in ROUTES {
        let needs_session = Contract::operations()
            .iter()
            .any(|(known, path, needs)| known.as_str() == *method && path == template && *needs);
        assert!(needs_session || [Public, Hidden].contains(access), "{method} {template}");
        if *access == Public {
            continue;
        }
        let answer = ask(&nobody, method, &things.fill(template), &body(&things)).await;
        let expected = if needs_session { 401 } else { 404 };
        assert_eq!(answer.status, expected, "{method} {template}: {}", answer.body);
    }
}

#[tokio::test]
async fn what_is_hidden_is_as_absent_as_what_never_was() {
    let Circle { app: _app, ana, ben, stranger, blocked: [dee, fay], things, .. } = circle().await;
    let nothing = Things::of_nobody();
    let hidden = || ROUTES.iter().filter(|(.., access, _)| *access == Hidden);
    for (method, template, _, body) in hidden() {
        for person in [&stranger, &dee, &fay] {
            let real = ask(person, method, &things.fill(template), &body(&things)).await;
            let absent = ask(person, method, &nothing.fill(template), &body(&nothing)).await;
            let name = &person.name;
            assert_eq!(real.status, 404, "{name}: {method} {template}: {}", real.body);
            assert_eq!(told(&real), told(&absent), "{name}: {method} {template}");
        }
    }
    // The same requests reach their aim when it is theirs: what was tried above was worth something.
    for (method, template, _, body) in hidden() {
        let person = if template.contains("{user_id}") { &ben } else { &ana };
        let answer = ask(person, method, &things.fill(template), &body(&things)).await;
        let is_reached = answer.status.is_success() || answer.status == 409;
        assert!(is_reached, "{method} {template}: {} {}", answer.status, answer.body);
    }
}

#[tokio::test]
async fn a_handle_leads_strangers_to_a_person_and_the_blocked_to_nobody() {
    let Circle { app: _app, stranger, blocked, things, .. } = circle().await;
    let nothing = Things::of_nobody();
    for (method, template, _, body) in ROUTES.iter().filter(|(.., access, _)| *access == Handle) {
        for person in &blocked {
            let real = ask(person, method, &things.fill(template), &body(&things)).await;
            let absent = ask(person, method, &nothing.fill(template), &body(&nothing)).await;
            assert_eq!(real.status, 404, "{}: {method} {template}", person.name);
            assert_eq!(told(&real), told(&absent), "{}: {method} {template}", person.name);
        }
        let passed = ask(&stranger, method, &things.fill(template), &body(&things)).await;
        assert!(passed.status.is_success(), "{method} {template}: {}", passed.body);
    }
}

#[tokio::test]
async fn some_routes_answer_the_same_for_every_id() {
    let Circle { app: _app, ana, stranger, blocked: [dee, fay], things, .. } = circle().await;
    let nothing = Things::of_nobody();
    for (method, template, access, body) in ROUTES {
        let Same(status) = access else { continue };
        for person in [&stranger, &dee, &fay] {
            let real = ask(person, method, &things.fill(template), &body(&things)).await;
            let absent = ask(person, method, &nothing.fill(template), &body(&nothing)).await;
            assert_eq!(real.status, *status, "{}: {method} {template}", person.name);
            assert_eq!(told(&real), told(&absent), "{}: {method} {template}", person.name);
        }
    }
    // They took no effect on what is Ana's: her block, and her notifications.
    dee.get("/v1/users/by-username/ana").await.expect_problem(404, "not-found");
    assert_eq!(ana.blocked().await, ["dee"]);
    let unread = ana
        .notifications()
        .await
        .into_iter()
        .find(|n| n["notification_id"] == json!(things.notification));
    assert!(unread.expect("it is there")["read_at"].is_null());
}

#[tokio::test]
async fn lists_of_ones_own_hold_nothing_of_others() {
    let Circle { app: _app, stranger, blocked: [dee, fay], things, .. } = circle().await;
    for (_, template, ..) in ROUTES.iter().filter(|route| route.0 == "GET" && route.2 == Own) {
        // Whoever blocked somebody is shown whom.
        let people: &[&Person] =
            if *template == "/v1/blocks" { &[&stranger, &dee] } else { &[&stranger, &dee, &fay] };
        for person in people {
            let answer = person.get(template).await;
            let text = String::from_utf8_lossy(&answer.bytes).into_owned();
            for id in things.ids() {
                assert!(!text.contains(id.as_str()), "{}: GET {template}: {text}", person.name);
            }
        }
    }
}

/// The id of somebody's newest notification, as soon as there is one.
async fn newest_notification(person: &Person) -> String {
    let mut socket = person.socket().await.subscribes("me").await;
    loop {
        if let Some(newest) = person.notifications().await.first() {
            return newest["notification_id"].as_str().expect("an id").to_owned();
        }
        socket.hears("notification.created").await;
    }
}
