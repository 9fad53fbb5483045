// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct InsertOidcFlowParams<
    T1: crate::BytesSql,
    T2: crate::BytesSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub state_hash: T1,
    pub browser_hash: T2,
    pub provider: T3,
    pub return_to: T4,
    pub user_id: Option<uuid::Uuid>,
    pub session_id: Option<uuid::Uuid>,
    pub now: kith_types::time::Timestamp,
    pub expires_at: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct TakeOidcFlowParams<T1: crate::BytesSql, T2: crate::BytesSql, T3: crate::StringSql> {
    pub state_hash: T1,
    pub browser_hash: T2,
    pub provider: T3,
    pub now: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct HoldSessionParams {
    pub session_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct UseIdentityParams<T1: crate::BytesSql> {
    pub now: kith_types::time::Timestamp,
    pub subject: T1,
}
#[derive(Debug)]
pub struct LinkIdentityParams<T1: crate::StringSql, T2: crate::BytesSql> {
    pub user_id: uuid::Uuid,
    pub provider: T1,
    pub subject: T2,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct UnlinkIdentityParams<T1: crate::StringSql> {
    pub user_id: uuid::Uuid,
    pub provider: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct InsertSocialAuthenticationParams {
    pub auth_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug, Clone, PartialEq)]
pub struct TakeOidcFlow {
    pub return_to: String,
    pub user_id: Option<uuid::Uuid>,
    pub session_id: Option<uuid::Uuid>,
}
pub struct TakeOidcFlowBorrowed<'a> {
    pub return_to: &'a str,
    pub user_id: Option<uuid::Uuid>,
    pub session_id: Option<uuid::Uuid>,
}
impl<'a> From<TakeOidcFlowBorrowed<'a>> for TakeOidcFlow {
    fn from(
        TakeOidcFlowBorrowed { return_to, user_id, session_id }: TakeOidcFlowBorrowed<'a>,
    ) -> Self {
        Self { return_to: return_to.into(), user_id, session_id }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ListIdentities {
    pub provider: String,
    pub linked_at: kith_types::time::Timestamp,
}
pub struct ListIdentitiesBorrowed<'a> {
    pub provider: &'a str,
    pub linked_at: kith_types::time::Timestamp,
}
impl<'a> From<ListIdentitiesBorrowed<'a>> for ListIdentities {
    fn from(ListIdentitiesBorrowed { provider, linked_at }: ListIdentitiesBorrowed<'a>) -> Self {
        Self { provider: provider.into(), linked_at }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct TakeOidcFlowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TakeOidcFlowBorrowed, tokio_postgres::Error>,
    mapper: fn(TakeOidcFlowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TakeOidcFlowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(TakeOidcFlowBorrowed) -> R,
    ) -> TakeOidcFlowQuery<'c, 'a, 's, C, R, N> {
        TakeOidcFlowQuery {
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
pub struct UuidUuidQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<uuid::Uuid, tokio_postgres::Error>,
    mapper: fn(uuid::Uuid) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> UuidUuidQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(uuid::Uuid) -> R) -> UuidUuidQuery<'c, 'a, 's, C, R, N> {
        UuidUuidQuery {
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
pub struct ListIdentitiesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ListIdentitiesBorrowed, tokio_postgres::Error>,
    mapper: fn(ListIdentitiesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ListIdentitiesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ListIdentitiesBorrowed) -> R,
    ) -> ListIdentitiesQuery<'c, 'a, 's, C, R, N> {
        ListIdentitiesQuery {
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
pub struct InsertOidcFlowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_oidc_flow() -> InsertOidcFlowStmt {
    InsertOidcFlowStmt(
        "insert into oidc_flows (state_hash, browser_hash, provider, return_to, user_id, session_id, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        None,
    )
}
impl InsertOidcFlowStmt {
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
        T1: crate::BytesSql,
        T2: crate::BytesSql,
        T3: crate::StringSql,
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        state_hash: &'a T1,
        browser_hash: &'a T2,
        provider: &'a T3,
        return_to: &'a T4,
        user_id: &'a Option<uuid::Uuid>,
        session_id: &'a Option<uuid::Uuid>,
        now: &'a kith_types::time::Timestamp,
        expires_at: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[state_hash, browser_hash, provider, return_to, user_id, session_id, now, expires_at],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::BytesSql,
    T2: crate::BytesSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertOidcFlowParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertOidcFlowStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertOidcFlowParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.state_hash,
            &params.browser_hash,
            &params.provider,
            &params.return_to,
            &params.user_id,
            &params.session_id,
            &params.now,
            &params.expires_at,
        ))
    }
}
pub struct TakeOidcFlowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn take_oidc_flow() -> TakeOidcFlowStmt {
    TakeOidcFlowStmt(
        "delete from oidc_flows where state_hash = $1 and browser_hash = $2 and provider = $3 and expires_at > $4 returning return_to, user_id, session_id",
        None,
    )
}
impl TakeOidcFlowStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<
        'c,
        'a,
        's,
        C: GenericClient,
        T1: crate::BytesSql,
        T2: crate::BytesSql,
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        state_hash: &'a T1,
        browser_hash: &'a T2,
        provider: &'a T3,
        now: &'a kith_types::time::Timestamp,
    ) -> TakeOidcFlowQuery<'c, 'a, 's, C, TakeOidcFlow, 4> {
        TakeOidcFlowQuery {
            client,
            params: [state_hash, browser_hash, provider, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<TakeOidcFlowBorrowed, tokio_postgres::Error> {
                    Ok(TakeOidcFlowBorrowed {
                        return_to: row.try_get(0)?,
                        user_id: row.try_get(1)?,
                        session_id: row.try_get(2)?,
                    })
                },
            mapper: |it| TakeOidcFlow::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql, T2: crate::BytesSql, T3: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TakeOidcFlowParams<T1, T2, T3>,
        TakeOidcFlowQuery<'c, 'a, 's, C, TakeOidcFlow, 4>,
        C,
    > for TakeOidcFlowStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TakeOidcFlowParams<T1, T2, T3>,
    ) -> TakeOidcFlowQuery<'c, 'a, 's, C, TakeOidcFlow, 4> {
        self.bind(client, &params.state_hash, &params.browser_hash, &params.provider, &params.now)
    }
}
pub struct HoldSessionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn hold_session() -> HoldSessionStmt {
    HoldSessionStmt(
        "select t.token_id from refresh_tokens t join users u on u.user_id = t.user_id where t.token_id = $1 and t.user_id = $2 and t.revoked_at is null and t.expires_at > $3 and u.status <> 'suspended' for share of t",
        None,
    )
}
impl HoldSessionStmt {
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
        now: &'a kith_types::time::Timestamp,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3> {
        UuidUuidQuery {
            client,
            params: [session_id, user_id, now],
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
        HoldSessionParams,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3>,
        C,
    > for HoldSessionStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a HoldSessionParams,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3> {
        self.bind(client, &params.session_id, &params.user_id, &params.now)
    }
}
pub struct UseIdentityStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn use_identity() -> UseIdentityStmt {
    UseIdentityStmt(
        "update identities set last_used_at = $1 where subject = $2 returning user_id",
        None,
    )
}
impl UseIdentityStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>(
        &'s self,
        client: &'c C,
        now: &'a kith_types::time::Timestamp,
        subject: &'a T1,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        UuidUuidQuery {
            client,
            params: [now, subject],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        UseIdentityParams<T1>,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2>,
        C,
    > for UseIdentityStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a UseIdentityParams<T1>,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        self.bind(client, &params.now, &params.subject)
    }
}
pub struct FindIdentityOwnerStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_identity_owner() -> FindIdentityOwnerStmt {
    FindIdentityOwnerStmt("select user_id from identities where subject = $1", None)
}
impl FindIdentityOwnerStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>(
        &'s self,
        client: &'c C,
        subject: &'a T1,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [subject],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct LinkIdentityStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn link_identity() -> LinkIdentityStmt {
    LinkIdentityStmt(
        "insert into identities (user_id, provider, subject, linked_at) values ($1, $2, $3, $4) on conflict (user_id, provider) do update set subject = excluded.subject, linked_at = excluded.linked_at, last_used_at = null",
        None,
    )
}
impl LinkIdentityStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::BytesSql>(
        &'s self,
        client: &'c C,
        user_id: &'a uuid::Uuid,
        provider: &'a T1,
        subject: &'a T2,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[user_id, provider, subject, now],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::BytesSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        LinkIdentityParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for LinkIdentityStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a LinkIdentityParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.user_id, &params.provider, &params.subject, &params.now))
    }
}
pub struct UnlinkIdentityStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn unlink_identity() -> UnlinkIdentityStmt {
    UnlinkIdentityStmt("delete from identities where user_id = $1 and provider = $2", None)
}
impl UnlinkIdentityStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>(
        &'s self,
        client: &'c C,
        user_id: &'a uuid::Uuid,
        provider: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[user_id, provider]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UnlinkIdentityParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for UnlinkIdentityStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UnlinkIdentityParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.user_id, &params.provider))
    }
}
pub struct InsertSocialAuthenticationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_social_authentication() -> InsertSocialAuthenticationStmt {
    InsertSocialAuthenticationStmt(
        "insert into authentication (auth_id, user_id, auth_method, created_at, updated_at) values ($1, $2, 'social', $3, $3) on conflict (user_id, auth_method) do nothing",
        None,
    )
}
impl InsertSocialAuthenticationStmt {
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
        auth_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[auth_id, user_id, now])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertSocialAuthenticationParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertSocialAuthenticationStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertSocialAuthenticationParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.auth_id, &params.user_id, &params.now))
    }
}
pub struct DeleteSocialAuthenticationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_social_authentication() -> DeleteSocialAuthenticationStmt {
    DeleteSocialAuthenticationStmt(
        "delete from authentication a where a.user_id = $1 and a.auth_method = 'social' and not exists (select from identities i where i.user_id = a.user_id)",
        None,
    )
}
impl DeleteSocialAuthenticationStmt {
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
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[user_id]).await
    }
}
pub struct ListIdentitiesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn list_identities() -> ListIdentitiesStmt {
    ListIdentitiesStmt(
        "select provider, linked_at from identities where user_id = $1 order by provider",
        None,
    )
}
impl ListIdentitiesStmt {
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
        user_id: &'a uuid::Uuid,
    ) -> ListIdentitiesQuery<'c, 'a, 's, C, ListIdentities, 1> {
        ListIdentitiesQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<ListIdentitiesBorrowed, tokio_postgres::Error> {
                Ok(ListIdentitiesBorrowed {
                    provider: row.try_get(0)?,
                    linked_at: row.try_get(1)?,
                })
            },
            mapper: |it| ListIdentities::from(it),
        }
    }
}
