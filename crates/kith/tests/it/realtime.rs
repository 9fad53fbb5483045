//! What is heard on sockets, by whom, in which order, and what ends them.

mod access;
mod delivery;
mod resume;

use kith::realtime::outbox::{EventKind, NewEvent};
use kith_testkit::{Person, TestApp};
use kith_types::id::{NotificationId, PostId};

/// Ana, her friend Ben, the stranger Dan, and a post of Ana's.
async fn story() -> (TestApp, [Person; 3], String) {
    let app = TestApp::start().await;
    let people = app.people(["ana", "ben", "dan"]).await;
    app.has_friends(&people[0], &people[1]).await;
    let post = app.has_post(&people[0]).await;
    (app, people, post)
}

/// Commits an event of its own.
async fn emits(app: &TestApp, event: NewEvent) {
    let emitted = app.app.tx("test.emits", move |tx| {
        let event = event.clone();
        async move {
            tx.emit(event);
            Ok(())
        }
    });
    emitted.await.expect("the event is committed");
}

fn about_post(kind: EventKind, post: &str, author: &Person) -> NewEvent {
    let post: PostId = post.parse().expect("an id");
    NewEvent::post(kind, post, author.id())
}

/// Tells somebody of a notification that is as good as any, and returns its id.
async fn notifies(app: &TestApp, person: &Person) -> String {
    let id: NotificationId = app.app.ids().make(person.id().bucket());
    emits(app, NewEvent::notification(EventKind::NotificationCreated, Some(id), person.id())).await;
    id.to_string()
}
