// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct InsertFlowParams<T1: crate::StringSql, T2: crate::JsonSql> {
    pub flow_id: uuid::Uuid,
    pub purpose: T1,
    pub session_id: Option<uuid::Uuid>,
    pub state: T2,
    pub expires_at: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct TakeFlowParams<T1: crate::StringSql> {
    pub flow_id: uuid::Uuid,
    pub purpose: T1,
    pub session_id: Option<uuid::Uuid>,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct InsertPasskeyParams<T1: crate::BytesSql, T2: crate::StringSql, T3: crate::JsonSql> {
    pub passkey_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub credential_id: T1,
    pub name: T2,
    pub credential: T3,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct LockPasskeyParams<T1: crate::BytesSql> {
    pub user_id: uuid::Uuid,
    pub credential_id: T1,
}
#[derive(Debug)]
pub struct NoteUseParams<T1: crate::JsonSql> {
    pub credential: T1,
    pub now: kith_types::time::Timestamp,
    pub passkey_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct DeletePasskeyParams {
    pub passkey_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct NoteWayInParams {
    pub auth_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug, Clone, PartialEq)]
pub struct OwnerNames {
    pub username: Option<String>,
    pub display_name: Option<String>,
}
pub struct OwnerNamesBorrowed<'a> {
    pub username: Option<&'a str>,
    pub display_name: Option<&'a str>,
}
impl<'a> From<OwnerNamesBorrowed<'a>> for OwnerNames {
    fn from(OwnerNamesBorrowed { username, display_name }: OwnerNamesBorrowed<'a>) -> Self {
        Self { username: username.map(|v| v.into()), display_name: display_name.map(|v| v.into()) }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ListPasskeys {
    pub passkey_id: uuid::Uuid,
    pub credential_id: Vec<u8>,
    pub name: String,
    pub created_at: kith_types::time::Timestamp,
    pub last_used_at: Option<kith_types::time::Timestamp>,
}
pub struct ListPasskeysBorrowed<'a> {
    pub passkey_id: uuid::Uuid,
    pub credential_id: &'a [u8],
    pub name: &'a str,
    pub created_at: kith_types::time::Timestamp,
    pub last_used_at: Option<kith_types::time::Timestamp>,
}
impl<'a> From<ListPasskeysBorrowed<'a>> for ListPasskeys {
    fn from(
        ListPasskeysBorrowed {
            passkey_id,
            credential_id,
            name,
            created_at,
            last_used_at,
        }: ListPasskeysBorrowed<'a>,
    ) -> Self {
        Self {
            passkey_id,
            credential_id: credential_id.into(),
            name: name.into(),
            created_at,
            last_used_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct LockPasskey {
    pub passkey_id: uuid::Uuid,
    pub credential: serde_json::Value,
}
pub struct LockPasskeyBorrowed<'a> {
    pub passkey_id: uuid::Uuid,
    pub credential: postgres_types::Json<&'a serde_json::value::RawValue>,
}
impl<'a> From<LockPasskeyBorrowed<'a>> for LockPasskey {
    fn from(LockPasskeyBorrowed { passkey_id, credential }: LockPasskeyBorrowed<'a>) -> Self {
        Self { passkey_id, credential: serde_json::from_str(credential.0.get()).unwrap() }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct SerdejsonValueQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(
            &tokio_postgres::Row,
        )
            -> Result<postgres_types::Json<&serde_json::value::RawValue>, tokio_postgres::Error>,
    mapper: fn(postgres_types::Json<&serde_json::value::RawValue>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SerdejsonValueQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(postgres_types::Json<&serde_json::value::RawValue>) -> R,
    ) -> SerdejsonValueQuery<'c, 'a, 's, C, R, N> {
        SerdejsonValueQuery {
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
pub struct OwnerNamesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<OwnerNamesBorrowed, tokio_postgres::Error>,
    mapper: fn(OwnerNamesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OwnerNamesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(OwnerNamesBorrowed) -> R,
    ) -> OwnerNamesQuery<'c, 'a, 's, C, R, N> {
        OwnerNamesQuery {
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
pub struct ListPasskeysQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ListPasskeysBorrowed, tokio_postgres::Error>,
    mapper: fn(ListPasskeysBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ListPasskeysQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ListPasskeysBorrowed) -> R,
    ) -> ListPasskeysQuery<'c, 'a, 's, C, R, N> {
        ListPasskeysQuery {
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
pub struct LockPasskeyQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LockPasskeyBorrowed, tokio_postgres::Error>,
    mapper: fn(LockPasskeyBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LockPasskeyQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(LockPasskeyBorrowed) -> R,
    ) -> LockPasskeyQuery<'c, 'a, 's, C, R, N> {
        LockPasskeyQuery {
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
pub struct InsertFlowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_flow() -> InsertFlowStmt {
    InsertFlowStmt(
        "insert into passkey_flows (flow_id, purpose, session_id, state, expires_at) values ($1, $2, $3, $4, $5)",
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
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::JsonSql>(
        &'s self,
        client: &'c C,
        flow_id: &'a uuid::Uuid,
        purpose: &'a T1,
        session_id: &'a Option<uuid::Uuid>,
        state: &'a T2,
        expires_at: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[flow_id, purpose, session_id, state, expires_at],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertFlowParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertFlowStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertFlowParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.flow_id,
            &params.purpose,
            &params.session_id,
            &params.state,
            &params.expires_at,
        ))
    }
}
pub struct TakeFlowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn take_flow() -> TakeFlowStmt {
    TakeFlowStmt(
        "delete from passkey_flows where flow_id = $1 and purpose = $2 and session_id is not distinct from $3 and expires_at > $4 returning state",
        None,
    )
}
impl TakeFlowStmt {
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
        flow_id: &'a uuid::Uuid,
        purpose: &'a T1,
        session_id: &'a Option<uuid::Uuid>,
        now: &'a kith_types::time::Timestamp,
    ) -> SerdejsonValueQuery<'c, 'a, 's, C, serde_json::Value, 4> {
        SerdejsonValueQuery {
            client,
            params: [flow_id, purpose, session_id, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| serde_json::from_str(it.0.get()).unwrap(),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TakeFlowParams<T1>,
        SerdejsonValueQuery<'c, 'a, 's, C, serde_json::Value, 4>,
        C,
    > for TakeFlowStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TakeFlowParams<T1>,
    ) -> SerdejsonValueQuery<'c, 'a, 's, C, serde_json::Value, 4> {
        self.bind(client, &params.flow_id, &params.purpose, &params.session_id, &params.now)
    }
}
pub struct OwnerNamesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn owner_names() -> OwnerNamesStmt {
    OwnerNamesStmt("select username, display_name from users where user_id = $1", None)
}
impl OwnerNamesStmt {
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
    ) -> OwnerNamesQuery<'c, 'a, 's, C, OwnerNames, 1> {
        OwnerNamesQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<OwnerNamesBorrowed, tokio_postgres::Error> {
                    Ok(OwnerNamesBorrowed {
                        username: row.try_get(0)?,
                        display_name: row.try_get(1)?,
                    })
                },
            mapper: |it| OwnerNames::from(it),
        }
    }
}
pub struct ListPasskeysStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn list_passkeys() -> ListPasskeysStmt {
    ListPasskeysStmt(
        "select passkey_id, credential_id, name, created_at, last_used_at from passkeys where user_id = $1 order by created_at, passkey_id",
        None,
    )
}
impl ListPasskeysStmt {
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
    ) -> ListPasskeysQuery<'c, 'a, 's, C, ListPasskeys, 1> {
        ListPasskeysQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ListPasskeysBorrowed, tokio_postgres::Error> {
                    Ok(ListPasskeysBorrowed {
                        passkey_id: row.try_get(0)?,
                        credential_id: row.try_get(1)?,
                        name: row.try_get(2)?,
                        created_at: row.try_get(3)?,
                        last_used_at: row.try_get(4)?,
                    })
                },
            mapper: |it| ListPasskeys::from(it),
        }
    }
}
pub struct InsertPasskeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_passkey() -> InsertPasskeyStmt {
    InsertPasskeyStmt(
        "insert into passkeys (passkey_id, user_id, credential_id, name, credential, created_at) values ($1, $2, $3, $4, $5, $6)",
        None,
    )
}
impl InsertPasskeyStmt {
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
        T2: crate::StringSql,
        T3: crate::JsonSql,
    >(
        &'s self,
        client: &'c C,
        passkey_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
        credential_id: &'a T1,
        name: &'a T2,
        credential: &'a T3,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[passkey_id, user_id, credential_id, name, credential, now],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::BytesSql,
    T2: crate::StringSql,
    T3: crate::JsonSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertPasskeyParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertPasskeyStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertPasskeyParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.passkey_id,
            &params.user_id,
            &params.credential_id,
            &params.name,
            &params.credential,
            &params.now,
        ))
    }
}
pub struct LockPasskeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_passkey() -> LockPasskeyStmt {
    LockPasskeyStmt(
        "select passkey_id, credential from passkeys where user_id = $1 and credential_id = $2 for update",
        None,
    )
}
impl LockPasskeyStmt {
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
        user_id: &'a uuid::Uuid,
        credential_id: &'a T1,
    ) -> LockPasskeyQuery<'c, 'a, 's, C, LockPasskey, 2> {
        LockPasskeyQuery {
            client,
            params: [user_id, credential_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<LockPasskeyBorrowed, tokio_postgres::Error> {
                    Ok(LockPasskeyBorrowed {
                        passkey_id: row.try_get(0)?,
                        credential: row.try_get(1)?,
                    })
                },
            mapper: |it| LockPasskey::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        LockPasskeyParams<T1>,
        LockPasskeyQuery<'c, 'a, 's, C, LockPasskey, 2>,
        C,
    > for LockPasskeyStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a LockPasskeyParams<T1>,
    ) -> LockPasskeyQuery<'c, 'a, 's, C, LockPasskey, 2> {
        self.bind(client, &params.user_id, &params.credential_id)
    }
}
pub struct NoteUseStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn note_use() -> NoteUseStmt {
    NoteUseStmt(
        "update passkeys set credential = $1, last_used_at = $2 where passkey_id = $3",
        None,
    )
}
impl NoteUseStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::JsonSql>(
        &'s self,
        client: &'c C,
        credential: &'a T1,
        now: &'a kith_types::time::Timestamp,
        passkey_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[credential, now, passkey_id],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        NoteUseParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for NoteUseStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a NoteUseParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.credential, &params.now, &params.passkey_id))
    }
}
pub struct DeletePasskeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_passkey() -> DeletePasskeyStmt {
    DeletePasskeyStmt("delete from passkeys where passkey_id = $1 and user_id = $2", None)
}
impl DeletePasskeyStmt {
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
        passkey_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[passkey_id, user_id])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeletePasskeyParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeletePasskeyStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeletePasskeyParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.passkey_id, &params.user_id))
    }
}
pub struct NoteWayInStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn note_way_in() -> NoteWayInStmt {
    NoteWayInStmt(
        "insert into authentication (auth_id, user_id, phone_verified, auth_method, created_at, updated_at) values ($1, $2, true, 'passkey', $3, $3) on conflict (user_id, auth_method) do nothing",
        None,
    )
}
impl NoteWayInStmt {
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
        NoteWayInParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for NoteWayInStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a NoteWayInParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.auth_id, &params.user_id, &params.now))
    }
}
pub struct ForgetWayInStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn forget_way_in() -> ForgetWayInStmt {
    ForgetWayInStmt(
        "delete from authentication a where a.user_id = $1 and a.auth_method = 'passkey' and not exists (select from passkeys p where p.user_id = a.user_id)",
        None,
    )
}
impl ForgetWayInStmt {
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
