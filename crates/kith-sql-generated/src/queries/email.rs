// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct MailHistoryParams<T1: crate::BytesSql> {
    pub user_id: uuid::Uuid,
    pub day_ago: kith_types::time::Timestamp,
    pub email: T1,
}
#[derive(Debug)]
pub struct InsertMailFlowParams<T1: crate::BytesSql, T2: crate::BytesSql> {
    pub flow_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub email: T1,
    pub code_hash: T2,
    pub now: kith_types::time::Timestamp,
    pub expires_at: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct TryMailCodeParams<T1: crate::BytesSql> {
    pub code_hash: T1,
    pub flow_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct IsVerifiedByAnotherParams<T1: crate::BytesSql> {
    pub email: T1,
    pub user_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct VerifyAddressParams<T1: crate::BytesSql> {
    pub now: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
    pub email: T1,
}
#[derive(Debug, Clone, PartialEq)]
pub struct FindAddress {
    pub email_envelope: Option<Vec<u8>>,
    pub email_verified: bool,
}
pub struct FindAddressBorrowed<'a> {
    pub email_envelope: Option<&'a [u8]>,
    pub email_verified: bool,
}
impl<'a> From<FindAddressBorrowed<'a>> for FindAddress {
    fn from(
        FindAddressBorrowed { email_envelope, email_verified }: FindAddressBorrowed<'a>,
    ) -> Self {
        Self { email_envelope: email_envelope.map(|v| v.into()), email_verified }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct MailHistory {
    pub user_sends: i64,
    pub user_since: Option<kith_types::time::Timestamp>,
    pub user_last: Option<kith_types::time::Timestamp>,
    pub address_sends: i64,
    pub address_since: Option<kith_types::time::Timestamp>,
    pub address_last: Option<kith_types::time::Timestamp>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct NewestMailFlow {
    pub flow_id: uuid::Uuid,
    pub email: Vec<u8>,
    pub state: String,
    pub tries: i16,
    pub expires_at: kith_types::time::Timestamp,
}
pub struct NewestMailFlowBorrowed<'a> {
    pub flow_id: uuid::Uuid,
    pub email: &'a [u8],
    pub state: &'a str,
    pub tries: i16,
    pub expires_at: kith_types::time::Timestamp,
}
impl<'a> From<NewestMailFlowBorrowed<'a>> for NewestMailFlow {
    fn from(
        NewestMailFlowBorrowed { flow_id, email, state, tries, expires_at }: NewestMailFlowBorrowed<
            'a,
        >,
    ) -> Self {
        Self { flow_id, email: email.into(), state: state.into(), tries, expires_at }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct TryMailCode {
    pub is_right: bool,
    pub tries: i16,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct FindAddressQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FindAddressBorrowed, tokio_postgres::Error>,
    mapper: fn(FindAddressBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FindAddressQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(FindAddressBorrowed) -> R,
    ) -> FindAddressQuery<'c, 'a, 's, C, R, N> {
        FindAddressQuery {
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
pub struct MailHistoryQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<MailHistory, tokio_postgres::Error>,
    mapper: fn(MailHistory) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> MailHistoryQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(MailHistory) -> R) -> MailHistoryQuery<'c, 'a, 's, C, R, N> {
        MailHistoryQuery {
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
pub struct NewestMailFlowQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<NewestMailFlowBorrowed, tokio_postgres::Error>,
    mapper: fn(NewestMailFlowBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> NewestMailFlowQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(NewestMailFlowBorrowed) -> R,
    ) -> NewestMailFlowQuery<'c, 'a, 's, C, R, N> {
        NewestMailFlowQuery {
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
pub struct TryMailCodeQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<TryMailCode, tokio_postgres::Error>,
    mapper: fn(TryMailCode) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> TryMailCodeQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(TryMailCode) -> R) -> TryMailCodeQuery<'c, 'a, 's, C, R, N> {
        TryMailCodeQuery {
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
pub struct BoolQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<bool, tokio_postgres::Error>,
    mapper: fn(bool) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> BoolQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(bool) -> R) -> BoolQuery<'c, 'a, 's, C, R, N> {
        BoolQuery {
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
pub struct FindAddressStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_address() -> FindAddressStmt {
    FindAddressStmt("select email_envelope, email_verified from users where user_id = $1", None)
}
impl FindAddressStmt {
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
    ) -> FindAddressQuery<'c, 'a, 's, C, FindAddress, 1> {
        FindAddressQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<FindAddressBorrowed, tokio_postgres::Error> {
                    Ok(FindAddressBorrowed {
                        email_envelope: row.try_get(0)?,
                        email_verified: row.try_get(1)?,
                    })
                },
            mapper: |it| FindAddress::from(it),
        }
    }
}
pub struct MailHistoryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn mail_history() -> MailHistoryStmt {
    MailHistoryStmt(
        "select account.sends as user_sends, account.since as user_since, account.last as user_last, address.sends as address_sends, address.since as address_since, address.last as address_last from (select count(*) as sends, min(created_at) as since, max(created_at) as last from email_flows where user_id = $1 and created_at > $2 and state <> 'unsent') account, (select count(*) as sends, min(created_at) as since, max(created_at) as last from email_flows where email = $3 and created_at > $2 and state <> 'unsent') address",
        None,
    )
}
impl MailHistoryStmt {
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
        day_ago: &'a kith_types::time::Timestamp,
        email: &'a T1,
    ) -> MailHistoryQuery<'c, 'a, 's, C, MailHistory, 3> {
        MailHistoryQuery {
            client,
            params: [user_id, day_ago, email],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<MailHistory, tokio_postgres::Error> {
                Ok(MailHistory {
                    user_sends: row.try_get(0)?,
                    user_since: row.try_get(1)?,
                    user_last: row.try_get(2)?,
                    address_sends: row.try_get(3)?,
                    address_since: row.try_get(4)?,
                    address_last: row.try_get(5)?,
                })
            },
            mapper: |it| MailHistory::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        MailHistoryParams<T1>,
        MailHistoryQuery<'c, 'a, 's, C, MailHistory, 3>,
        C,
    > for MailHistoryStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a MailHistoryParams<T1>,
    ) -> MailHistoryQuery<'c, 'a, 's, C, MailHistory, 3> {
        self.bind(client, &params.user_id, &params.day_ago, &params.email)
    }
}
pub struct ReplaceOpenMailStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn replace_open_mail() -> ReplaceOpenMailStmt {
    ReplaceOpenMailStmt(
        "update email_flows set state = 'replaced' where user_id = $1 and state = 'open'",
        None,
    )
}
impl ReplaceOpenMailStmt {
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
pub struct InsertMailFlowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_mail_flow() -> InsertMailFlowStmt {
    InsertMailFlowStmt(
        "insert into email_flows (flow_id, user_id, email, code_hash, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
        None,
    )
}
impl InsertMailFlowStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql, T2: crate::BytesSql>(
        &'s self,
        client: &'c C,
        flow_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
        email: &'a T1,
        code_hash: &'a T2,
        now: &'a kith_types::time::Timestamp,
        expires_at: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[flow_id, user_id, email, code_hash, now, expires_at],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql, T2: crate::BytesSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertMailFlowParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertMailFlowStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertMailFlowParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.flow_id,
            &params.user_id,
            &params.email,
            &params.code_hash,
            &params.now,
            &params.expires_at,
        ))
    }
}
pub struct ForgetMailFlowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn forget_mail_flow() -> ForgetMailFlowStmt {
    ForgetMailFlowStmt(
        "update email_flows set state = 'unsent' where flow_id = $1 and state = 'open'",
        None,
    )
}
impl ForgetMailFlowStmt {
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
        flow_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[flow_id]).await
    }
}
pub struct NewestMailFlowStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn newest_mail_flow() -> NewestMailFlowStmt {
    NewestMailFlowStmt(
        "select flow_id, email, state, tries, expires_at from email_flows where user_id = $1 and state <> 'unsent' order by created_at desc, flow_id desc limit 1",
        None,
    )
}
impl NewestMailFlowStmt {
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
    ) -> NewestMailFlowQuery<'c, 'a, 's, C, NewestMailFlow, 1> {
        NewestMailFlowQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<NewestMailFlowBorrowed, tokio_postgres::Error> {
                Ok(NewestMailFlowBorrowed {
                    flow_id: row.try_get(0)?,
                    email: row.try_get(1)?,
                    state: row.try_get(2)?,
                    tries: row.try_get(3)?,
                    expires_at: row.try_get(4)?,
                })
            },
            mapper: |it| NewestMailFlow::from(it),
        }
    }
}
pub struct TryMailCodeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn try_mail_code() -> TryMailCodeStmt {
    TryMailCodeStmt(
        "update email_flows set tries = tries + 1, state = case when code_hash = $1 then 'used' when tries + 1 >= 5 then 'exhausted' else 'open' end where flow_id = $2 and state = 'open' and expires_at > $3 and tries < 5 returning state = 'used' as is_right, tries",
        None,
    )
}
impl TryMailCodeStmt {
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
        flow_id: &'a uuid::Uuid,
        now: &'a kith_types::time::Timestamp,
    ) -> TryMailCodeQuery<'c, 'a, 's, C, TryMailCode, 3> {
        TryMailCodeQuery {
            client,
            params: [code_hash, flow_id, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<TryMailCode, tokio_postgres::Error> {
                Ok(TryMailCode { is_right: row.try_get(0)?, tries: row.try_get(1)? })
            },
            mapper: |it| TryMailCode::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TryMailCodeParams<T1>,
        TryMailCodeQuery<'c, 'a, 's, C, TryMailCode, 3>,
        C,
    > for TryMailCodeStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TryMailCodeParams<T1>,
    ) -> TryMailCodeQuery<'c, 'a, 's, C, TryMailCode, 3> {
        self.bind(client, &params.code_hash, &params.flow_id, &params.now)
    }
}
pub struct IsVerifiedByAnotherStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn is_verified_by_another() -> IsVerifiedByAnotherStmt {
    IsVerifiedByAnotherStmt(
        "select exists ( select from users where email = $1 and email_verified and user_id <> $2) as is_taken",
        None,
    )
}
impl IsVerifiedByAnotherStmt {
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
        email: &'a T1,
        user_id: &'a uuid::Uuid,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        BoolQuery {
            client,
            params: [email, user_id],
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
        IsVerifiedByAnotherParams<T1>,
        BoolQuery<'c, 'a, 's, C, bool, 2>,
        C,
    > for IsVerifiedByAnotherStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a IsVerifiedByAnotherParams<T1>,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        self.bind(client, &params.email, &params.user_id)
    }
}
pub struct VerifyAddressStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn verify_address() -> VerifyAddressStmt {
    VerifyAddressStmt(
        "update users set email_verified = true, version = version + 1, updated_at = $1 where user_id = $2 and email = $3 and not email_verified",
        None,
    )
}
impl VerifyAddressStmt {
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
        now: &'a kith_types::time::Timestamp,
        user_id: &'a uuid::Uuid,
        email: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, user_id, email])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        VerifyAddressParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for VerifyAddressStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a VerifyAddressParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.user_id, &params.email))
    }
}
