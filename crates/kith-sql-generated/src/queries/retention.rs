// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct DeleteOldEventsParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteOldIdempotencyKeysParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteEndedSessionsParams {
    pub before: kith_types::time::Timestamp,
    pub silent_before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteOldAuditParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteOldSmsAttemptsParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteOldFlowsParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteOldSendingCountsParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteOldPasskeyFlowsParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteOldPasswordTriesParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteOldOidcFlowsParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteOldEmailFlowsParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct I64Query<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<i64, tokio_postgres::Error>,
    mapper: fn(i64) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> I64Query<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(i64) -> R) -> I64Query<'c, 'a, 's, C, R, N> {
        I64Query {
            client: self.client,
            params: self.params,
            query: self.query,
            cached: self.cached,
            extractor: self.extractor,
            mapper,
        }
    }
    pub async fn one(self) -> Result<T, tokio_postgres::Error> {
        let row =
            crate::client::async_::one(self.client, self.query, &self.params, self.cached).await?;
        Ok((self.mapper)((self.extractor)(&row)?))
    }
    pub async fn all(self) -> Result<Vec<T>, tokio_postgres::Error> {
        self.iter().await?.try_collect().await
    }
    pub async fn opt(self) -> Result<Option<T>, tokio_postgres::Error> {
        let opt_row =
            crate::client::async_::opt(self.client, self.query, &self.params, self.cached).await?;
        Ok(opt_row
            .map(|row| {
                let extracted = (self.extractor)(&row)?;
                Ok((self.mapper)(extracted))
            })
            .transpose()?)
    }
    pub async fn iter(
        self,
    ) -> Result<
        impl futures::Stream<Item = Result<T, tokio_postgres::Error>> + 'c,
        tokio_postgres::Error,
    > {
        let stream = crate::client::async_::raw(
            self.client,
            self.query,
            crate::slice_iter(&self.params),
            self.cached,
        )
        .await?;
        let mapped = stream
            .map(move |res| {
                res.and_then(|row| {
                    let extracted = (self.extractor)(&row)?;
                    Ok((self.mapper)(extracted))
                })
            })
            .into_stream();
        Ok(mapped)
    }
}
pub struct DeleteOldEventsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_old_events() -> DeleteOldEventsStmt {
    DeleteOldEventsStmt(
        "with gone as ( delete from events where event_id = any (array( select e.event_id from events e where e.occurred_at < $1 and e.seq <= (select min(p.seq) from event_positions p where p.name not in ('head', 'purged')) limit $2)) returning seq ), noted as ( update event_positions set seq = greatest(seq, (select max(gone.seq) from gone)) where name = 'purged' and exists (select from gone) ) select count(*) as deleted from gone",
        None,
    )
}
impl DeleteOldEventsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        before: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        I64Query {
            client,
            params: [before, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DeleteOldEventsParams,
        I64Query<'c, 'a, 's, C, i64, 2>,
        C,
    > for DeleteOldEventsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DeleteOldEventsParams,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        self.bind(client, &params.before, &params.max_rows)
    }
}
pub struct DeleteOldIdempotencyKeysStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_old_idempotency_keys() -> DeleteOldIdempotencyKeysStmt {
    DeleteOldIdempotencyKeysStmt(
        "delete from idempotency_keys where (user_id, route, key) in ( select k.user_id, k.route, k.key from idempotency_keys k where k.created_at < $1 limit $2)",
        None,
    )
}
impl DeleteOldIdempotencyKeysStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        before: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[before, max_rows]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteOldIdempotencyKeysParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteOldIdempotencyKeysStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteOldIdempotencyKeysParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.max_rows))
    }
}
pub struct DeleteEndedSessionsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_ended_sessions() -> DeleteEndedSessionsStmt {
    DeleteEndedSessionsStmt(
        "delete from refresh_tokens where token_id = any (array( select t.token_id from refresh_tokens t where t.revoked_at < $1 or t.expires_at < $2 limit $3))",
        None,
    )
}
impl DeleteEndedSessionsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        before: &'a kith_types::time::Timestamp,
        silent_before: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[before, silent_before, max_rows],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteEndedSessionsParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteEndedSessionsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteEndedSessionsParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.silent_before, &params.max_rows))
    }
}
pub struct DeleteOldAuditStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_old_audit() -> DeleteOldAuditStmt {
    DeleteOldAuditStmt(
        "delete from audit_log where audit_id = any (array(select a.audit_id from audit_log a where a.created_at < $1 limit $2))",
        None,
    )
}
impl DeleteOldAuditStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        before: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[before, max_rows]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteOldAuditParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteOldAuditStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteOldAuditParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.max_rows))
    }
}
pub struct DeleteOldSmsAttemptsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_old_sms_attempts() -> DeleteOldSmsAttemptsStmt {
    DeleteOldSmsAttemptsStmt(
        "delete from sms_attempts where attempt_id = any (array( select a.attempt_id from sms_attempts a where a.created_at < $1 limit $2))",
        None,
    )
}
impl DeleteOldSmsAttemptsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        before: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[before, max_rows]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteOldSmsAttemptsParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteOldSmsAttemptsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteOldSmsAttemptsParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.max_rows))
    }
}
pub struct DeleteOldFlowsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_old_flows() -> DeleteOldFlowsStmt {
    DeleteOldFlowsStmt(
        "delete from verification_flows where verification_id = any (array( select f.verification_id from verification_flows f where f.created_at < $1 limit $2))",
        None,
    )
}
impl DeleteOldFlowsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        before: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[before, max_rows]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteOldFlowsParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteOldFlowsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteOldFlowsParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.max_rows))
    }
}
pub struct DeleteOldSendingCountsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_old_sending_counts() -> DeleteOldSendingCountsStmt {
    DeleteOldSendingCountsStmt(
        "delete from sending_counts where (scope, subject, period) in ( select c.scope, c.subject, c.period from sending_counts c where c.period < $1 limit $2)",
        None,
    )
}
impl DeleteOldSendingCountsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        before: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[before, max_rows]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteOldSendingCountsParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteOldSendingCountsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteOldSendingCountsParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.max_rows))
    }
}
pub struct DeleteOldPasskeyFlowsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_old_passkey_flows() -> DeleteOldPasskeyFlowsStmt {
    DeleteOldPasskeyFlowsStmt(
        "delete from passkey_flows where flow_id = any (array( select f.flow_id from passkey_flows f where f.expires_at < $1 limit $2))",
        None,
    )
}
impl DeleteOldPasskeyFlowsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        before: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[before, max_rows]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteOldPasskeyFlowsParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteOldPasskeyFlowsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteOldPasskeyFlowsParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.max_rows))
    }
}
pub struct DeleteOldPasswordTriesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_old_password_tries() -> DeleteOldPasswordTriesStmt {
    DeleteOldPasswordTriesStmt(
        "delete from password_tries where try_id = any (array( select t.try_id from password_tries t where t.created_at < $1 limit $2))",
        None,
    )
}
impl DeleteOldPasswordTriesStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        before: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[before, max_rows]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteOldPasswordTriesParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteOldPasswordTriesStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteOldPasswordTriesParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.max_rows))
    }
}
pub struct DeleteOldOidcFlowsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_old_oidc_flows() -> DeleteOldOidcFlowsStmt {
    DeleteOldOidcFlowsStmt(
        "delete from oidc_flows where state_hash = any (array( select f.state_hash from oidc_flows f where f.created_at < $1 limit $2))",
        None,
    )
}
impl DeleteOldOidcFlowsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        before: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[before, max_rows]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteOldOidcFlowsParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteOldOidcFlowsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteOldOidcFlowsParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.max_rows))
    }
}
pub struct DeleteOldEmailFlowsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_old_email_flows() -> DeleteOldEmailFlowsStmt {
    DeleteOldEmailFlowsStmt(
        "delete from email_flows where flow_id = any (array( select f.flow_id from email_flows f where f.created_at < $1 limit $2))",
        None,
    )
}
impl DeleteOldEmailFlowsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient>(
        &'s self,
        client: &'c C,
        before: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[before, max_rows]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteOldEmailFlowsParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteOldEmailFlowsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteOldEmailFlowsParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.max_rows))
    }
}
