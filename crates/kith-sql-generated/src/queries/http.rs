// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct ClaimIdempotencyKeyParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::BytesSql,
> {
    pub user_id: uuid::Uuid,
    pub route: T1,
    pub key: T2,
    pub body_hash: T3,
    pub status: i16,
    pub resource_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct FindIdempotencyKeyParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub user_id: uuid::Uuid,
    pub route: T1,
    pub key: T2,
}
#[derive(Debug)]
pub struct SettleIdempotencyKeyParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub status: i16,
    pub resource_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub route: T1,
    pub key: T2,
}
#[derive(Debug)]
pub struct KeepOutcomeParams<T1: crate::JsonSql, T2: crate::StringSql, T3: crate::StringSql> {
    pub outcome: T1,
    pub user_id: uuid::Uuid,
    pub route: T2,
    pub key: T3,
}
#[derive(Clone, Copy, Debug)]
pub struct CheckSessionParams {
    pub session_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct MarkGenerationUsedParams {
    pub now: kith_types::time::Timestamp,
    pub session_id: uuid::Uuid,
    pub generation: i32,
}
#[derive(Clone, Copy, Debug)]
pub struct TouchLastActiveParams {
    pub now: kith_types::time::Timestamp,
    pub session_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub stale_before: kith_types::time::Timestamp,
}
#[derive(Debug, Clone, PartialEq)]
pub struct FindIdempotencyKey {
    pub body_hash: Vec<u8>,
    pub status: i16,
    pub resource_id: uuid::Uuid,
    pub outcome: Option<serde_json::Value>,
}
pub struct FindIdempotencyKeyBorrowed<'a> {
    pub body_hash: &'a [u8],
    pub status: i16,
    pub resource_id: uuid::Uuid,
    pub outcome: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
}
impl<'a> From<FindIdempotencyKeyBorrowed<'a>> for FindIdempotencyKey {
    fn from(
        FindIdempotencyKeyBorrowed {
            body_hash,
            status,
            resource_id,
            outcome,
        }: FindIdempotencyKeyBorrowed<'a>,
    ) -> Self {
        Self {
            body_hash: body_hash.into(),
            status,
            resource_id,
            outcome: outcome.map(|v| serde_json::from_str(v.0.get()).unwrap()),
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct CheckSession {
    pub status: kith_types::visibility::UserStatus,
    pub role: kith_types::visibility::UserRole,
    pub last_active: kith_types::time::Timestamp,
    pub generation: i32,
    pub generation_used_at: Option<kith_types::time::Timestamp>,
    pub revoked_at: Option<kith_types::time::Timestamp>,
    pub expires_at: kith_types::time::Timestamp,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct FindIdempotencyKeyQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<FindIdempotencyKeyBorrowed, tokio_postgres::Error>,
    mapper: fn(FindIdempotencyKeyBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FindIdempotencyKeyQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(FindIdempotencyKeyBorrowed) -> R,
    ) -> FindIdempotencyKeyQuery<'c, 'a, 's, C, R, N> {
        FindIdempotencyKeyQuery {
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
pub struct CheckSessionQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CheckSession, tokio_postgres::Error>,
    mapper: fn(CheckSession) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CheckSessionQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CheckSession) -> R) -> CheckSessionQuery<'c, 'a, 's, C, R, N> {
        CheckSessionQuery {
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
pub struct ClaimIdempotencyKeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn claim_idempotency_key() -> ClaimIdempotencyKeyStmt {
    ClaimIdempotencyKeyStmt(
        "insert into idempotency_keys (user_id, route, key, body_hash, status, resource_id, created_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (user_id, route, key) do update set body_hash = excluded.body_hash, status = excluded.status, resource_id = excluded.resource_id, outcome = null, created_at = excluded.created_at where idempotency_keys.created_at < excluded.created_at - interval '24 hours'",
        None,
    )
}
impl ClaimIdempotencyKeyStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<
        'c,
        'a,
        's,
        C: GenericClient,
        T1: crate::StringSql,
        T2: crate::StringSql,
        T3: crate::BytesSql,
    >(
        &'s self,
        client: &'c C,
        user_id: &'a uuid::Uuid,
        route: &'a T1,
        key: &'a T2,
        body_hash: &'a T3,
        status: &'a i16,
        resource_id: &'a uuid::Uuid,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[user_id, route, key, body_hash, status, resource_id, now],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::BytesSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ClaimIdempotencyKeyParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ClaimIdempotencyKeyStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ClaimIdempotencyKeyParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.user_id,
            &params.route,
            &params.key,
            &params.body_hash,
            &params.status,
            &params.resource_id,
            &params.now,
        ))
    }
}
pub struct FindIdempotencyKeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_idempotency_key() -> FindIdempotencyKeyStmt {
    FindIdempotencyKeyStmt(
        "select body_hash, status, resource_id, outcome from idempotency_keys where user_id = $1 and route = $2 and key = $3",
        None,
    )
}
impl FindIdempotencyKeyStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        user_id: &'a uuid::Uuid,
        route: &'a T1,
        key: &'a T2,
    ) -> FindIdempotencyKeyQuery<'c, 'a, 's, C, FindIdempotencyKey, 3> {
        FindIdempotencyKeyQuery {
            client,
            params: [user_id, route, key],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<FindIdempotencyKeyBorrowed, tokio_postgres::Error> {
                Ok(FindIdempotencyKeyBorrowed {
                    body_hash: row.try_get(0)?,
                    status: row.try_get(1)?,
                    resource_id: row.try_get(2)?,
                    outcome: row.try_get(3)?,
                })
            },
            mapper: |it| FindIdempotencyKey::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        FindIdempotencyKeyParams<T1, T2>,
        FindIdempotencyKeyQuery<'c, 'a, 's, C, FindIdempotencyKey, 3>,
        C,
    > for FindIdempotencyKeyStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FindIdempotencyKeyParams<T1, T2>,
    ) -> FindIdempotencyKeyQuery<'c, 'a, 's, C, FindIdempotencyKey, 3> {
        self.bind(client, &params.user_id, &params.route, &params.key)
    }
}
pub struct SettleIdempotencyKeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn settle_idempotency_key() -> SettleIdempotencyKeyStmt {
    SettleIdempotencyKeyStmt(
        "update idempotency_keys set status = $1, resource_id = $2 where user_id = $3 and route = $4 and key = $5",
        None,
    )
}
impl SettleIdempotencyKeyStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        status: &'a i16,
        resource_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
        route: &'a T1,
        key: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[status, resource_id, user_id, route, key],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SettleIdempotencyKeyParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SettleIdempotencyKeyStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SettleIdempotencyKeyParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.status,
            &params.resource_id,
            &params.user_id,
            &params.route,
            &params.key,
        ))
    }
}
pub struct KeepOutcomeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn keep_outcome() -> KeepOutcomeStmt {
    KeepOutcomeStmt(
        "update idempotency_keys set outcome = $1 where user_id = $2 and route = $3 and key = $4",
        None,
    )
}
impl KeepOutcomeStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<
        'c,
        'a,
        's,
        C: GenericClient,
        T1: crate::JsonSql,
        T2: crate::StringSql,
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        outcome: &'a T1,
        user_id: &'a uuid::Uuid,
        route: &'a T2,
        key: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[outcome, user_id, route, key],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::JsonSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        KeepOutcomeParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for KeepOutcomeStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a KeepOutcomeParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.outcome, &params.user_id, &params.route, &params.key))
    }
}
pub struct CheckSessionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn check_session() -> CheckSessionStmt {
    CheckSessionStmt(
        "select u.status, u.role, u.last_active, t.generation, t.generation_used_at, t.revoked_at, t.expires_at from refresh_tokens t join users u on u.user_id = t.user_id where t.token_id = $1 and t.user_id = $2",
        None,
    )
}
impl CheckSessionStmt {
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
        session_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
    ) -> CheckSessionQuery<'c, 'a, 's, C, CheckSession, 2> {
        CheckSessionQuery {
            client,
            params: [session_id, user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CheckSession, tokio_postgres::Error> {
                Ok(CheckSession {
                    status: row.try_get(0)?,
                    role: row.try_get(1)?,
                    last_active: row.try_get(2)?,
                    generation: row.try_get(3)?,
                    generation_used_at: row.try_get(4)?,
                    revoked_at: row.try_get(5)?,
                    expires_at: row.try_get(6)?,
                })
            },
            mapper: |it| CheckSession::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CheckSessionParams,
        CheckSessionQuery<'c, 'a, 's, C, CheckSession, 2>,
        C,
    > for CheckSessionStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CheckSessionParams,
    ) -> CheckSessionQuery<'c, 'a, 's, C, CheckSession, 2> {
        self.bind(client, &params.session_id, &params.user_id)
    }
}
pub struct MarkGenerationUsedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn mark_generation_used() -> MarkGenerationUsedStmt {
    MarkGenerationUsedStmt(
        "update refresh_tokens set generation_used_at = $1 where token_id = $2 and generation = $3 and generation_used_at is null",
        None,
    )
}
impl MarkGenerationUsedStmt {
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
        now: &'a kith_types::time::Timestamp,
        session_id: &'a uuid::Uuid,
        generation: &'a i32,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[now, session_id, generation],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        MarkGenerationUsedParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for MarkGenerationUsedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MarkGenerationUsedParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.session_id, &params.generation))
    }
}
pub struct TouchLastActiveStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn touch_last_active() -> TouchLastActiveStmt {
    TouchLastActiveStmt(
        "with session as ( update refresh_tokens set last_used_at = $1 where token_id = $2 ) update users set last_active = $1 where user_id = $3 and last_active <= $4",
        None,
    )
}
impl TouchLastActiveStmt {
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
        now: &'a kith_types::time::Timestamp,
        session_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
        stale_before: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[now, session_id, user_id, stale_before],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        TouchLastActiveParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for TouchLastActiveStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a TouchLastActiveParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.now,
            &params.session_id,
            &params.user_id,
            &params.stale_before,
        ))
    }
}
