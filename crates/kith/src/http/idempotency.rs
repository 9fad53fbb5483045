//! `Idempotency-Key`: the same key and body give the same status and resource for 24 hours, whatever
//! happened to the first answer. Key and effect are stored by one transaction; never a secret.

use axum::extract::FromRequestParts;
use http::request::Parts;
use kith_sql_generated::queries::http::{
    claim_idempotency_key, find_idempotency_key, keep_outcome, settle_idempotency_key,
};
use kith_types::id::UserId;
use serde_json::Value;
use uuid::Uuid;

use super::problem::{Kind, Problem};
use crate::db::Tx;

/// The header, if the client sent one.
#[derive(Clone, Debug)]
pub struct IdempotencyKey(pub Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get("idempotency-key") else {
            return Ok(Self(None));
        };
        let value = value.to_str().ok().filter(|v| (1..=255).contains(&v.len()));
        let invalid =
            || Problem::invalid("Idempotency-Key", "use 1 to 255 visible ASCII characters");
        value.map(|value| Self(Some(value.to_owned()))).ok_or_else(invalid)
    }
}

/// What makes two requests the same.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Whose key.
    pub user: UserId,
    /// Operation and its path parameters: `posts.create`.
    pub route: String,
    /// The client's key, if any.
    pub key: Option<String>,
    /// SHA-256 of the body.
    pub body_hash: [u8; 32],
}

/// Whether the request is new.
#[derive(Clone, Debug)]
pub enum Claimed {
    /// Do it; the key is stored with the resource when the transaction commits.
    Fresh,
    /// It was done: answer with this status and resource as they are now.
    Replay {
        /// The first answer's status.
        status: u16,
        /// The resource it made.
        resource: Uuid,
        /// What [`Claim::keep`] kept; null if nothing.
        outcome: Value,
    },
}

impl Claim {
    /// Takes the key for `resource`, waiting for a request with the same key that is still running.
    pub async fn take(&self, tx: &Tx, status: u16, resource: Uuid) -> Result<Claimed, Problem> {
        let Some(key) = &self.key else {
            return Ok(Claimed::Fresh);
        };
        let status = i16::try_from(status).map_err(Problem::internal)?;
        let (user, hash) = (self.user.as_uuid(), self.body_hash.as_slice());
        let taken = claim_idempotency_key()
            .bind(tx.db(), user, &self.route, key, &hash, &status, &resource, &tx.now())
            .await?;
        if taken == 1 {
            return Ok(Claimed::Fresh);
        }
        let known = find_idempotency_key().bind(tx.db(), user, &self.route, key).one().await?;
        if known.body_hash != hash {
            return Err(Problem::new(Kind::IdempotencyMismatch, "use a new key for a new request"));
        }
        let status = u16::try_from(known.status).map_err(Problem::internal)?;
        let outcome = known.outcome.unwrap_or_default();
        Ok(Claimed::Replay { status, resource: known.resource_id, outcome })
    }

    /// Corrects status and resource once they are known, for operations that decide them late.
    pub async fn settle(&self, tx: &Tx, status: u16, resource: Uuid) -> Result<(), Problem> {
        if let Some(key) = &self.key {
            let status = i16::try_from(status).map_err(Problem::internal)?;
            settle_idempotency_key()
                .bind(tx.db(), &status, &resource, self.user.as_uuid(), &self.route, key)
                .await?;
        }
        Ok(())
    }

    /// Keeps what an operation without a resource tells, such as counts, to tell it again. Never a secret.
    pub async fn keep(&self, tx: &Tx, outcome: &Value) -> Result<(), Problem> {
        if let Some(key) = &self.key {
            keep_outcome().bind(tx.db(), outcome, self.user.as_uuid(), &self.route, key).await?;
        }
        Ok(())
    }
}
