//! Verbs of numbers that change, and of ways in that need none.

use kith::features::auth::{Opening, begin_session};
use kith_types::{id::SessionId, visibility::AuthMethod};
use serde_json::{Value, json};

use crate::{
    app::TestApp,
    person::{Answer, Person},
};

impl TestApp {
    /// A sign-in by code from a device called `thief`, whatever comes of it. `more` joins the request.
    pub async fn tries_to_sign_in(&self, phone: &str, more: Value) -> Answer {
        let flow = self.starts_sign_in(phone).await;
        let code = self.code_for(phone);
        let mut body =
            json!({ "verification_id": flow, "code": code, "device": { "name": "thief" } });
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        self.anonymous().post("/v1/auth/phone/verify", body).await
    }

    /// A new session of somebody who showed who they are without a code, as by a passkey.
    pub async fn recovers(&self, person: &Person) -> Person {
        let (app, user) = (self.app.clone(), person.id());
        let opening = Opening {
            device: json!({ "name": "recovered" }),
            transport: kith::http::auth::Transport::Bearer,
        };
        let granted = self
            .app
            .tx("test.recover", move |tx| {
                let (app, opening) = (app.clone(), opening.clone());
                async move { begin_session(&app, &tx, user, AuthMethod::Passkey, &opening).await }
            })
            .await
            .expect("a session");
        let tokens = self.app.tokens();
        let access = tokens
            .issue(user, granted.session, granted.generation, self.app.now())
            .expect("a token");
        let mut recovered = self.anonymous();
        recovered.name.clone_from(&person.name);
        recovered.phone.clone_from(&person.phone);
        recovered.user_id.clone_from(&person.user_id);
        recovered.uses_token(access);
        recovered
    }

    /// Lets a person's session count as stepped up.
    pub async fn has_stepped_up(&self, person: &Person) {
        let session: SessionId = person.session_id().await.parse().expect("an id");
        let (sql, now) = (self.sql().await, self.app.now());
        let done = sql
            .execute(
                "update refresh_tokens set stepped_up_at = $2 where token_id = $1",
                &[&session, &now],
            )
            .await;
        assert_eq!(done.expect("it is written"), 1);
    }

    /// Gives a person another number, all the way.
    pub async fn changes_number(&self, person: &Person, phone: &str) -> Answer {
        self.has_stepped_up(person).await;
        let flow = person.starts_number_change(phone).await.expect(202).text("/verification_id");
        person.ends_number_change(&flow, &self.code_for(phone)).await
    }
}

impl Person {
    /// The session that this person's token belongs to.
    pub async fn session_id(&self) -> String {
        let sessions = self.get("/v1/sessions").await.expect(200).items();
        let current = sessions.iter().find(|session| session["current"] == true);
        current.and_then(|session| session["session_id"].as_str()).expect("mine").to_owned()
    }

    /// Asks for a code to a new number.
    pub async fn starts_number_change(&self, phone: &str) -> Answer {
        self.post("/v1/me/phone/start", json!({ "phone_number": phone })).await
    }

    /// Enters the code that went to the new number.
    pub async fn ends_number_change(&self, flow: &str, code: &str) -> Answer {
        let body = json!({ "verification_id": flow, "code": code });
        self.post("/v1/me/phone/verify", body).await
    }
}
