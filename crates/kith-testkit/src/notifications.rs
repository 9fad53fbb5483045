//! Verbs of notifications.

use std::time::Duration;

use serde_json::{Value, json};

use crate::person::{Answer, Person};

/// Notifications come after their cause: so long at most.
const DEADLINE: Duration = Duration::from_secs(20);
/// Between two looks. There is nothing to wait for where no socket is open.
const LOOK_EVERY: Duration = Duration::from_millis(20);

impl Person {
    /// The notifications on one large page, newest first.
    pub async fn notifications(&self) -> Vec<Value> {
        self.get("/v1/notifications?limit=50").await.expect(200).items()
    }

    /// What they say, newest first.
    pub async fn reads_notifications(&self) -> Vec<String> {
        let all = self.notifications().await;
        all.iter().map(|item| item["content"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Waits until there are so many and returns them, newest first.
    pub async fn has_notifications(&self, count: usize) -> Vec<Value> {
        let waiting = async {
            loop {
                let all = self.notifications().await;
                if all.len() >= count {
                    return all;
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        let all = tokio::time::timeout(DEADLINE, waiting).await.expect("notifications come");
        assert_eq!(all.len(), count, "{all:#?}");
        all
    }

    /// The number on the bell.
    pub async fn unread(&self) -> i64 {
        self.get("/v1/notifications/unread-count")
            .await
            .expect(200)
            .at("/count")
            .as_i64()
            .expect("a number")
    }

    /// Marks a notification and all before it as read.
    pub async fn reads_up_to(&self, notification: &Value) -> Answer {
        self.post("/v1/notifications/read", json!({ "up_to": notification["notification_id"] }))
            .await
    }
}
