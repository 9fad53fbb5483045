// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct InsertAuditParams<T1: crate::StringSql, T2: crate::JsonSql> {
    pub audit_id: uuid::Uuid,
    pub kind: T1,
    pub user_id: Option<uuid::Uuid>,
    pub actor_id: Option<uuid::Uuid>,
    pub session_id: Option<uuid::Uuid>,
    pub details: T2,
    pub now: kith_types::time::Timestamp,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct InsertAuditStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_audit() -> InsertAuditStmt {
    InsertAuditStmt(
        "insert into audit_log (audit_id, kind, user_id, actor_id, session_id, details, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        None,
    )
}
impl InsertAuditStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::JsonSql>(
        &'s self,
        client: &'c C,
        audit_id: &'a uuid::Uuid,
        kind: &'a T1,
        user_id: &'a Option<uuid::Uuid>,
        actor_id: &'a Option<uuid::Uuid>,
        session_id: &'a Option<uuid::Uuid>,
        details: &'a T2,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[audit_id, kind, user_id, actor_id, session_id, details, now],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertAuditParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertAuditStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertAuditParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.audit_id,
            &params.kind,
            &params.user_id,
            &params.actor_id,
            &params.session_id,
            &params.details,
            &params.now,
        ))
    }
}
