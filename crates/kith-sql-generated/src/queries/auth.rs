// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct ReplaceOpenFlowsParams<T1: crate::BytesSql, T2: crate::StringSql> {
    pub phone_number: T1,
    pub purpose: T2,
}
#[derive(Debug)]
pub struct InsertFlowParams<
    T1: crate::BytesSql,
    T2: crate::BytesSql,
    T3: crate::StringSql,
    T4: crate::BytesSql,
> {
    pub verification_id: uuid::Uuid,
    pub phone_number: T1,
    pub phone_number_envelope: T2,
    pub purpose: T3,
    pub session_id: Option<uuid::Uuid>,
    pub code_hash: T4,
    pub now: kith_types::time::Timestamp,
    pub expires_at: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct MirrorFlowParams {
    pub now: kith_types::time::Timestamp,
    pub verification_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct FindFlowParams<T1: crate::StringSql> {
    pub patience: T1,
    pub verification_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct TryCodeParams<T1: crate::BytesSql> {
    pub code_hash: T1,
    pub now: kith_types::time::Timestamp,
    pub day_ago: kith_types::time::Timestamp,
    pub verification_id: uuid::Uuid,
    pub tries_per_day: i64,
}
#[derive(Debug)]
pub struct InsertAccountParams<T1: crate::BytesSql, T2: crate::BytesSql, T3: crate::BytesSql> {
    pub user_id: uuid::Uuid,
    pub phone_number: T1,
    pub phone_number_envelope: T2,
    pub now: kith_types::time::Timestamp,
    pub data_key: T3,
}
#[derive(Debug)]
pub struct InsertDefaultSettingsParams<T1: crate::JsonSql, T2: crate::JsonSql> {
    pub user_id: uuid::Uuid,
    pub notification_preferences: T1,
    pub privacy_settings: T2,
    pub now: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct InsertPhoneAuthenticationParams {
    pub auth_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct FinishPhoneAuthenticationParams {
    pub now: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct InsertSessionParams<T1: crate::BytesSql, T2: crate::JsonSql, T3: crate::StringSql> {
    pub session_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub token_hash: T1,
    pub now: kith_types::time::Timestamp,
    pub expires_at: kith_types::time::Timestamp,
    pub absolute_expires_at: kith_types::time::Timestamp,
    pub device_info: T2,
    pub transport: T3,
    pub by_code: bool,
}
#[derive(Debug)]
pub struct RotateSessionParams<T1: crate::BytesSql> {
    pub token_hash: T1,
    pub now: kith_types::time::Timestamp,
    pub expires_at: kith_types::time::Timestamp,
    pub session_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct RevokeSessionParams<T1: crate::StringSql> {
    pub now: kith_types::time::Timestamp,
    pub reason: T1,
    pub session_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct RevokeOtherSessionsParams {
    pub now: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
    pub session_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct ListSessionsParams {
    pub user_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
    pub before_at: kith_types::time::Timestamp,
    pub before_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct StepUpParams {
    pub now: kith_types::time::Timestamp,
    pub session_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct SteppedUpAtParams {
    pub session_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq)]
pub struct FindFlow {
    pub verification_id: uuid::Uuid,
    pub phone_number: Vec<u8>,
    pub phone_number_envelope: Vec<u8>,
    pub purpose: String,
    pub session_id: Option<uuid::Uuid>,
    pub state: String,
    pub tries: i16,
    pub expires_at: kith_types::time::Timestamp,
    pub patience: String,
    pub locked: bool,
}
pub struct FindFlowBorrowed<'a> {
    pub verification_id: uuid::Uuid,
    pub phone_number: &'a [u8],
    pub phone_number_envelope: &'a [u8],
    pub purpose: &'a str,
    pub session_id: Option<uuid::Uuid>,
    pub state: &'a str,
    pub tries: i16,
    pub expires_at: kith_types::time::Timestamp,
    pub patience: &'a str,
    pub locked: bool,
}
impl<'a> From<FindFlowBorrowed<'a>> for FindFlow {
    fn from(
        FindFlowBorrowed {
            verification_id,
            phone_number,
            phone_number_envelope,
            purpose,
            session_id,
            state,
            tries,
            expires_at,
            patience,
            locked,
        }: FindFlowBorrowed<'a>,
    ) -> Self {
        Self {
            verification_id,
            phone_number: phone_number.into(),
            phone_number_envelope: phone_number_envelope.into(),
            purpose: purpose.into(),
            session_id,
            state: state.into(),
            tries,
            expires_at,
            patience: patience.into(),
            locked,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct TryCode {
    pub is_right: bool,
    pub tries: i16,
    pub wrong_before: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct LockSession {
    pub user_id: uuid::Uuid,
    pub generation: i32,
    pub token_hash: Vec<u8>,
    pub rotated_at: kith_types::time::Timestamp,
    pub generation_used_at: Option<kith_types::time::Timestamp>,
    pub expires_at: kith_types::time::Timestamp,
    pub absolute_expires_at: kith_types::time::Timestamp,
    pub revoked_at: Option<kith_types::time::Timestamp>,
    pub transport: String,
}
pub struct LockSessionBorrowed<'a> {
    pub user_id: uuid::Uuid,
    pub generation: i32,
    pub token_hash: &'a [u8],
    pub rotated_at: kith_types::time::Timestamp,
    pub generation_used_at: Option<kith_types::time::Timestamp>,
    pub expires_at: kith_types::time::Timestamp,
    pub absolute_expires_at: kith_types::time::Timestamp,
    pub revoked_at: Option<kith_types::time::Timestamp>,
    pub transport: &'a str,
}
impl<'a> From<LockSessionBorrowed<'a>> for LockSession {
    fn from(
        LockSessionBorrowed {
            user_id,
            generation,
            token_hash,
            rotated_at,
            generation_used_at,
            expires_at,
            absolute_expires_at,
            revoked_at,
            transport,
        }: LockSessionBorrowed<'a>,
    ) -> Self {
        Self {
            user_id,
            generation,
            token_hash: token_hash.into(),
            rotated_at,
            generation_used_at,
            expires_at,
            absolute_expires_at,
            revoked_at,
            transport: transport.into(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ListSessions {
    pub session_id: uuid::Uuid,
    pub device_info: serde_json::Value,
    pub created_at: kith_types::time::Timestamp,
    pub last_used_at: kith_types::time::Timestamp,
}
pub struct ListSessionsBorrowed<'a> {
    pub session_id: uuid::Uuid,
    pub device_info: postgres_types::Json<&'a serde_json::value::RawValue>,
    pub created_at: kith_types::time::Timestamp,
    pub last_used_at: kith_types::time::Timestamp,
}
impl<'a> From<ListSessionsBorrowed<'a>> for ListSessions {
    fn from(
        ListSessionsBorrowed {
            session_id,
            device_info,
            created_at,
            last_used_at,
        }: ListSessionsBorrowed<'a>,
    ) -> Self {
        Self {
            session_id,
            device_info: serde_json::from_str(device_info.0.get()).unwrap(),
            created_at,
            last_used_at,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct FindFlowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FindFlowBorrowed, tokio_postgres::Error>,
    mapper: fn(FindFlowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FindFlowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FindFlowBorrowed) -> R) -> FindFlowQuery<'c, 'a, 's, C, R, N> {
        FindFlowQuery {
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
pub struct TryCodeQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TryCode, tokio_postgres::Error>,
    mapper: fn(TryCode) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TryCodeQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(TryCode) -> R) -> TryCodeQuery<'c, 'a, 's, C, R, N> {
        TryCodeQuery {
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
pub struct LockSessionQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LockSessionBorrowed, tokio_postgres::Error>,
    mapper: fn(LockSessionBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LockSessionQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(LockSessionBorrowed) -> R,
    ) -> LockSessionQuery<'c, 'a, 's, C, R, N> {
        LockSessionQuery {
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
pub struct ListSessionsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ListSessionsBorrowed, tokio_postgres::Error>,
    mapper: fn(ListSessionsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ListSessionsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ListSessionsBorrowed) -> R,
    ) -> ListSessionsQuery<'c, 'a, 's, C, R, N> {
        ListSessionsQuery {
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
pub struct OptionkithtypesTimeTimestampQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(
        &tokio_postgres::Row,
    ) -> Result<Option<kith_types::time::Timestamp>, tokio_postgres::Error>,
    mapper: fn(Option<kith_types::time::Timestamp>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OptionkithtypesTimeTimestampQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(Option<kith_types::time::Timestamp>) -> R,
    ) -> OptionkithtypesTimeTimestampQuery<'c, 'a, 's, C, R, N> {
        OptionkithtypesTimeTimestampQuery {
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
pub struct ReplaceOpenFlowsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn replace_open_flows() -> ReplaceOpenFlowsStmt {
    ReplaceOpenFlowsStmt(
        "update verification_flows set state = 'replaced' where phone_number = $1 and purpose = $2 and state = 'open'",
        None,
    )
}
impl ReplaceOpenFlowsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        phone_number: &'a T1,
        purpose: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[phone_number, purpose])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ReplaceOpenFlowsParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ReplaceOpenFlowsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ReplaceOpenFlowsParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.phone_number, &params.purpose))
    }
}
pub struct InsertFlowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_flow() -> InsertFlowStmt {
    InsertFlowStmt(
        "insert into verification_flows (verification_id, phone_number, phone_number_envelope, purpose, session_id, code_hash, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        None,
    )
}
impl InsertFlowStmt {
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
        T4: crate::BytesSql,
    >(
        &'s self,
        client: &'c C,
        verification_id: &'a uuid::Uuid,
        phone_number: &'a T1,
        phone_number_envelope: &'a T2,
        purpose: &'a T3,
        session_id: &'a Option<uuid::Uuid>,
        code_hash: &'a T4,
        now: &'a kith_types::time::Timestamp,
        expires_at: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[
                verification_id,
                phone_number,
                phone_number_envelope,
                purpose,
                session_id,
                code_hash,
                now,
                expires_at,
            ],
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
    T4: crate::BytesSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertFlowParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertFlowStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertFlowParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.verification_id,
            &params.phone_number,
            &params.phone_number_envelope,
            &params.purpose,
            &params.session_id,
            &params.code_hash,
            &params.now,
            &params.expires_at,
        ))
    }
}
pub struct MirrorFlowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn mirror_flow() -> MirrorFlowStmt {
    MirrorFlowStmt(
        "update authentication a set verification_code = f.code_hash, verification_expiry = f.expires_at, updated_at = $1 from verification_flows f join users u on u.phone_number = f.phone_number where f.verification_id = $2 and f.state = 'open' and a.user_id = u.user_id and a.auth_method = 'phone'",
        None,
    )
}
impl MirrorFlowStmt {
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
        verification_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, verification_id])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        MirrorFlowParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for MirrorFlowStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MirrorFlowParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.verification_id))
    }
}
pub struct FindFlowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_flow() -> FindFlowStmt {
    FindFlowStmt(
        "select f.verification_id, f.phone_number, f.phone_number_envelope, f.purpose, f.session_id, f.state, f.tries, f.expires_at, number.patience, number.locked from verification_flows f, lateral ( select set_config('lock_timeout', $1, true) as patience, pg_advisory_xact_lock(hashtextextended('phone:' || encode(f.phone_number, 'hex'), 0)) is null as locked ) as number where f.verification_id = $2",
        None,
    )
}
impl FindFlowStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>(
        &'s self,
        client: &'c C,
        patience: &'a T1,
        verification_id: &'a uuid::Uuid,
    ) -> FindFlowQuery<'c, 'a, 's, C, FindFlow, 2> {
        FindFlowQuery {
            client,
            params: [patience, verification_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<FindFlowBorrowed, tokio_postgres::Error> {
                    Ok(FindFlowBorrowed {
                        verification_id: row.try_get(0)?,
                        phone_number: row.try_get(1)?,
                        phone_number_envelope: row.try_get(2)?,
                        purpose: row.try_get(3)?,
                        session_id: row.try_get(4)?,
                        state: row.try_get(5)?,
                        tries: row.try_get(6)?,
                        expires_at: row.try_get(7)?,
                        patience: row.try_get(8)?,
                        locked: row.try_get(9)?,
                    })
                },
            mapper: |it| FindFlow::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        FindFlowParams<T1>,
        FindFlowQuery<'c, 'a, 's, C, FindFlow, 2>,
        C,
    > for FindFlowStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FindFlowParams<T1>,
    ) -> FindFlowQuery<'c, 'a, 's, C, FindFlow, 2> {
        self.bind(client, &params.patience, &params.verification_id)
    }
}
pub struct TryCodeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn try_code() -> TryCodeStmt {
    TryCodeStmt(
        "update verification_flows f set tries = f.tries + 1, state = case when f.code_hash = $1 then 'used' when f.tries + 1 >= 5 then 'exhausted' else 'open' end, tried_at = $2 from (select o.phone_number, coalesce(sum(o.tries - (o.state = 'used')::int) filter (where coalesce(o.tried_at, o.created_at) > $3), 0) as wrong_before from verification_flows o where o.phone_number = (select i.phone_number from verification_flows i where i.verification_id = $4) group by o.phone_number) day where f.verification_id = $4 and f.state = 'open' and f.expires_at > $2 and f.tries < 5 and day.phone_number = f.phone_number and day.wrong_before < $5 returning f.state = 'used' as is_right, f.tries, day.wrong_before",
        None,
    )
}
impl TryCodeStmt {
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
        code_hash: &'a T1,
        now: &'a kith_types::time::Timestamp,
        day_ago: &'a kith_types::time::Timestamp,
        verification_id: &'a uuid::Uuid,
        tries_per_day: &'a i64,
    ) -> TryCodeQuery<'c, 'a, 's, C, TryCode, 5> {
        TryCodeQuery {
            client,
            params: [code_hash, now, day_ago, verification_id, tries_per_day],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<TryCode, tokio_postgres::Error> {
                Ok(TryCode {
                    is_right: row.try_get(0)?,
                    tries: row.try_get(1)?,
                    wrong_before: row.try_get(2)?,
                })
            },
            mapper: |it| TryCode::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TryCodeParams<T1>,
        TryCodeQuery<'c, 'a, 's, C, TryCode, 5>,
        C,
    > for TryCodeStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TryCodeParams<T1>,
    ) -> TryCodeQuery<'c, 'a, 's, C, TryCode, 5> {
        self.bind(
            client,
            &params.code_hash,
            &params.now,
            &params.day_ago,
            &params.verification_id,
            &params.tries_per_day,
        )
    }
}
pub struct InsertAccountStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_account() -> InsertAccountStmt {
    InsertAccountStmt(
        "insert into users (user_id, phone_number, phone_number_envelope, date_joined, last_active, data_key, created_at, updated_at) values ($1, $2, $3, $4, $4, $5, $4, $4)",
        None,
    )
}
impl InsertAccountStmt {
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
        T3: crate::BytesSql,
    >(
        &'s self,
        client: &'c C,
        user_id: &'a uuid::Uuid,
        phone_number: &'a T1,
        phone_number_envelope: &'a T2,
        now: &'a kith_types::time::Timestamp,
        data_key: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[user_id, phone_number, phone_number_envelope, now, data_key],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::BytesSql,
    T2: crate::BytesSql,
    T3: crate::BytesSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertAccountParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertAccountStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertAccountParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.user_id,
            &params.phone_number,
            &params.phone_number_envelope,
            &params.now,
            &params.data_key,
        ))
    }
}
pub struct InsertDefaultSettingsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_default_settings() -> InsertDefaultSettingsStmt {
    InsertDefaultSettingsStmt(
        "insert into user_settings (user_id, notification_preferences, privacy_settings, created_at, updated_at) values ($1, $2, $3, $4, $4)",
        None,
    )
}
impl InsertDefaultSettingsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::JsonSql, T2: crate::JsonSql>(
        &'s self,
        client: &'c C,
        user_id: &'a uuid::Uuid,
        notification_preferences: &'a T1,
        privacy_settings: &'a T2,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[user_id, notification_preferences, privacy_settings, now],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::JsonSql, T2: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertDefaultSettingsParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertDefaultSettingsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertDefaultSettingsParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.user_id,
            &params.notification_preferences,
            &params.privacy_settings,
            &params.now,
        ))
    }
}
pub struct InsertPhoneAuthenticationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_phone_authentication() -> InsertPhoneAuthenticationStmt {
    InsertPhoneAuthenticationStmt(
        "insert into authentication (auth_id, user_id, phone_verified, auth_method, created_at, updated_at) values ($1, $2, true, 'phone', $3, $3)",
        None,
    )
}
impl InsertPhoneAuthenticationStmt {
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
        InsertPhoneAuthenticationParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertPhoneAuthenticationStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertPhoneAuthenticationParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.auth_id, &params.user_id, &params.now))
    }
}
pub struct FinishPhoneAuthenticationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn finish_phone_authentication() -> FinishPhoneAuthenticationStmt {
    FinishPhoneAuthenticationStmt(
        "update authentication set phone_verified = true, verification_code = null, verification_expiry = null, updated_at = $1 where user_id = $2 and auth_method = 'phone'",
        None,
    )
}
impl FinishPhoneAuthenticationStmt {
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
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, user_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        FinishPhoneAuthenticationParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for FinishPhoneAuthenticationStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a FinishPhoneAuthenticationParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.user_id))
    }
}
pub struct InsertSessionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_session() -> InsertSessionStmt {
    InsertSessionStmt(
        "insert into refresh_tokens (token_id, user_id, token_hash, rotated_at, last_used_at, expires_at, absolute_expires_at, device_info, transport, by_code, created_at) values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $4)",
        None,
    )
}
impl InsertSessionStmt {
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
        T2: crate::JsonSql,
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        session_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
        token_hash: &'a T1,
        now: &'a kith_types::time::Timestamp,
        expires_at: &'a kith_types::time::Timestamp,
        absolute_expires_at: &'a kith_types::time::Timestamp,
        device_info: &'a T2,
        transport: &'a T3,
        by_code: &'a bool,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[
                session_id,
                user_id,
                token_hash,
                now,
                expires_at,
                absolute_expires_at,
                device_info,
                transport,
                by_code,
            ],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::BytesSql,
    T2: crate::JsonSql,
    T3: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertSessionParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertSessionStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertSessionParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.session_id,
            &params.user_id,
            &params.token_hash,
            &params.now,
            &params.expires_at,
            &params.absolute_expires_at,
            &params.device_info,
            &params.transport,
            &params.by_code,
        ))
    }
}
pub struct LockSessionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_session() -> LockSessionStmt {
    LockSessionStmt(
        "select user_id, generation, token_hash, rotated_at, generation_used_at, expires_at, absolute_expires_at, revoked_at, transport from refresh_tokens where token_id = $1 for update",
        None,
    )
}
impl LockSessionStmt {
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
    ) -> LockSessionQuery<'c, 'a, 's, C, LockSession, 1> {
        LockSessionQuery {
            client,
            params: [session_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<LockSessionBorrowed, tokio_postgres::Error> {
                    Ok(LockSessionBorrowed {
                        user_id: row.try_get(0)?,
                        generation: row.try_get(1)?,
                        token_hash: row.try_get(2)?,
                        rotated_at: row.try_get(3)?,
                        generation_used_at: row.try_get(4)?,
                        expires_at: row.try_get(5)?,
                        absolute_expires_at: row.try_get(6)?,
                        revoked_at: row.try_get(7)?,
                        transport: row.try_get(8)?,
                    })
                },
            mapper: |it| LockSession::from(it),
        }
    }
}
pub struct RotateSessionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rotate_session() -> RotateSessionStmt {
    RotateSessionStmt(
        "update refresh_tokens set generation = generation + 1, token_hash = $1, rotated_at = $2, generation_used_at = null, last_used_at = $2, expires_at = $3 where token_id = $4",
        None,
    )
}
impl RotateSessionStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>(
        &'s self,
        client: &'c C,
        token_hash: &'a T1,
        now: &'a kith_types::time::Timestamp,
        expires_at: &'a kith_types::time::Timestamp,
        session_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[token_hash, now, expires_at, session_id],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RotateSessionParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RotateSessionStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RotateSessionParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.token_hash,
            &params.now,
            &params.expires_at,
            &params.session_id,
        ))
    }
}
pub struct RevokeSessionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn revoke_session() -> RevokeSessionStmt {
    RevokeSessionStmt(
        "update refresh_tokens set revoked_at = $1, revoked_reason = $2 where token_id = $3 and user_id = $4 and revoked_at is null",
        None,
    )
}
impl RevokeSessionStmt {
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
        now: &'a kith_types::time::Timestamp,
        reason: &'a T1,
        session_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[now, reason, session_id, user_id],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RevokeSessionParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RevokeSessionStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RevokeSessionParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.now,
            &params.reason,
            &params.session_id,
            &params.user_id,
        ))
    }
}
pub struct RevokeOtherSessionsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn revoke_other_sessions() -> RevokeOtherSessionsStmt {
    RevokeOtherSessionsStmt(
        "update refresh_tokens set revoked_at = $1, revoked_reason = 'signed-out' where user_id = $2 and token_id <> $3 and revoked_at is null returning token_id",
        None,
    )
}
impl RevokeOtherSessionsStmt {
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
        now: &'a kith_types::time::Timestamp,
        user_id: &'a uuid::Uuid,
        session_id: &'a uuid::Uuid,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3> {
        UuidUuidQuery {
            client,
            params: [now, user_id, session_id],
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
        RevokeOtherSessionsParams,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3>,
        C,
    > for RevokeOtherSessionsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RevokeOtherSessionsParams,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3> {
        self.bind(client, &params.now, &params.user_id, &params.session_id)
    }
}
pub struct ListSessionsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn list_sessions() -> ListSessionsStmt {
    ListSessionsStmt(
        "select token_id as session_id, device_info, created_at, last_used_at from refresh_tokens where user_id = $1 and revoked_at is null and expires_at > $2 and (created_at, token_id) < ($3, $4) order by created_at desc, token_id desc limit $5",
        None,
    )
}
impl ListSessionsStmt {
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
        now: &'a kith_types::time::Timestamp,
        before_at: &'a kith_types::time::Timestamp,
        before_id: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> ListSessionsQuery<'c, 'a, 's, C, ListSessions, 5> {
        ListSessionsQuery {
            client,
            params: [user_id, now, before_at, before_id, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ListSessionsBorrowed, tokio_postgres::Error> {
                    Ok(ListSessionsBorrowed {
                        session_id: row.try_get(0)?,
                        device_info: row.try_get(1)?,
                        created_at: row.try_get(2)?,
                        last_used_at: row.try_get(3)?,
                    })
                },
            mapper: |it| ListSessions::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ListSessionsParams,
        ListSessionsQuery<'c, 'a, 's, C, ListSessions, 5>,
        C,
    > for ListSessionsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ListSessionsParams,
    ) -> ListSessionsQuery<'c, 'a, 's, C, ListSessions, 5> {
        self.bind(
            client,
            &params.user_id,
            &params.now,
            &params.before_at,
            &params.before_id,
            &params.max_rows,
        )
    }
}
pub struct StepUpStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn step_up() -> StepUpStmt {
    StepUpStmt(
        "update refresh_tokens set stepped_up_at = $1 where token_id = $2 and user_id = $3 and revoked_at is null",
        None,
    )
}
impl StepUpStmt {
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
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, session_id, user_id])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        StepUpParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for StepUpStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a StepUpParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.session_id, &params.user_id))
    }
}
pub struct SteppedUpAtStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn stepped_up_at() -> SteppedUpAtStmt {
    SteppedUpAtStmt(
        "select stepped_up_at from refresh_tokens where token_id = $1 and user_id = $2",
        None,
    )
}
impl SteppedUpAtStmt {
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
    ) -> OptionkithtypesTimeTimestampQuery<'c, 'a, 's, C, Option<kith_types::time::Timestamp>, 2>
    {
        OptionkithtypesTimeTimestampQuery {
            client,
            params: [session_id, user_id],
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
        SteppedUpAtParams,
        OptionkithtypesTimeTimestampQuery<'c, 'a, 's, C, Option<kith_types::time::Timestamp>, 2>,
        C,
    > for SteppedUpAtStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SteppedUpAtParams,
    ) -> OptionkithtypesTimeTimestampQuery<'c, 'a, 's, C, Option<kith_types::time::Timestamp>, 2>
    {
        self.bind(client, &params.session_id, &params.user_id)
    }
}
