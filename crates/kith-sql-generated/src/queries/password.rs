// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct RecentTriesParams<T1: crate::BytesSql> {
    pub phone_number: T1,
    pub hour_ago: kith_types::time::Timestamp,
    pub network: std::net::IpAddr,
}
#[derive(Debug)]
pub struct InsertTryParams<T1: crate::BytesSql> {
    pub try_id: uuid::Uuid,
    pub phone_number: T1,
    pub network: std::net::IpAddr,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct SetPasswordParams<T1: crate::StringSql> {
    pub auth_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub password_hash: T1,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct RecentTries {
    pub number_tries: i64,
    pub number_since: Option<kith_types::time::Timestamp>,
    pub number_last: Option<kith_types::time::Timestamp>,
    pub network_tries: i64,
    pub network_since: Option<kith_types::time::Timestamp>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct FindByNumber {
    pub user_id: uuid::Uuid,
    pub password_hash: String,
}
pub struct FindByNumberBorrowed<'a> {
    pub user_id: uuid::Uuid,
    pub password_hash: &'a str,
}
impl<'a> From<FindByNumberBorrowed<'a>> for FindByNumber {
    fn from(FindByNumberBorrowed { user_id, password_hash }: FindByNumberBorrowed<'a>) -> Self {
        Self { user_id, password_hash: password_hash.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct FindOwner {
    pub phone_number: Vec<u8>,
    pub phone_number_envelope: Vec<u8>,
    pub username: Option<String>,
}
pub struct FindOwnerBorrowed<'a> {
    pub phone_number: &'a [u8],
    pub phone_number_envelope: &'a [u8],
    pub username: Option<&'a str>,
}
impl<'a> From<FindOwnerBorrowed<'a>> for FindOwner {
    fn from(
        FindOwnerBorrowed { phone_number, phone_number_envelope, username }: FindOwnerBorrowed<'a>,
    ) -> Self {
        Self {
            phone_number: phone_number.into(),
            phone_number_envelope: phone_number_envelope.into(),
            username: username.map(|v| v.into()),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct RecentTriesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<RecentTries, tokio_postgres::Error>,
    mapper: fn(RecentTries) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> RecentTriesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(RecentTries) -> R) -> RecentTriesQuery<'c, 'a, 's, C, R, N> {
        RecentTriesQuery {
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
pub struct FindByNumberQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FindByNumberBorrowed, tokio_postgres::Error>,
    mapper: fn(FindByNumberBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FindByNumberQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(FindByNumberBorrowed) -> R,
    ) -> FindByNumberQuery<'c, 'a, 's, C, R, N> {
        FindByNumberQuery {
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
pub struct StringQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<&str, tokio_postgres::Error>,
    mapper: fn(&str) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> StringQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(&str) -> R) -> StringQuery<'c, 'a, 's, C, R, N> {
        StringQuery {
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
pub struct FindOwnerQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FindOwnerBorrowed, tokio_postgres::Error>,
    mapper: fn(FindOwnerBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FindOwnerQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FindOwnerBorrowed) -> R) -> FindOwnerQuery<'c, 'a, 's, C, R, N> {
        FindOwnerQuery {
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
pub struct RecentTriesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn recent_tries() -> RecentTriesStmt {
    RecentTriesStmt(
        "select number.tries as number_tries, number.since as number_since, number.last as number_last, network.tries as network_tries, network.since as network_since from (select count(*) as tries, min(created_at) as since, max(created_at) as last from password_tries where phone_number = $1 and created_at > $2) number, (select count(*) as tries, min(created_at) as since from password_tries where network = $3 and created_at > $2) network",
        None,
    )
}
impl RecentTriesStmt {
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
        phone_number: &'a T1,
        hour_ago: &'a kith_types::time::Timestamp,
        network: &'a std::net::IpAddr,
    ) -> RecentTriesQuery<'c, 'a, 's, C, RecentTries, 3> {
        RecentTriesQuery {
            client,
            params: [phone_number, hour_ago, network],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<RecentTries, tokio_postgres::Error> {
                Ok(RecentTries {
                    number_tries: row.try_get(0)?,
                    number_since: row.try_get(1)?,
                    number_last: row.try_get(2)?,
                    network_tries: row.try_get(3)?,
                    network_since: row.try_get(4)?,
                })
            },
            mapper: |it| RecentTries::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        RecentTriesParams<T1>,
        RecentTriesQuery<'c, 'a, 's, C, RecentTries, 3>,
        C,
    > for RecentTriesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RecentTriesParams<T1>,
    ) -> RecentTriesQuery<'c, 'a, 's, C, RecentTries, 3> {
        self.bind(client, &params.phone_number, &params.hour_ago, &params.network)
    }
}
pub struct InsertTryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_try() -> InsertTryStmt {
    InsertTryStmt(
        "insert into password_tries (try_id, phone_number, network, created_at) values ($1, $2, $3, $4)",
        None,
    )
}
impl InsertTryStmt {
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
        try_id: &'a uuid::Uuid,
        phone_number: &'a T1,
        network: &'a std::net::IpAddr,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[try_id, phone_number, network, now],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertTryParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertTryStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertTryParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.try_id,
            &params.phone_number,
            &params.network,
            &params.now,
        ))
    }
}
pub struct DeleteTryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_try() -> DeleteTryStmt {
    DeleteTryStmt("delete from password_tries where try_id = $1", None)
}
impl DeleteTryStmt {
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
        try_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[try_id]).await
    }
}
pub struct FindByNumberStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_by_number() -> FindByNumberStmt {
    FindByNumberStmt(
        "select u.user_id, a.password_hash from users u join authentication a on a.user_id = u.user_id and a.auth_method = 'password' where u.phone_number = $1",
        None,
    )
}
impl FindByNumberStmt {
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
        phone_number: &'a T1,
    ) -> FindByNumberQuery<'c, 'a, 's, C, FindByNumber, 1> {
        FindByNumberQuery {
            client,
            params: [phone_number],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<FindByNumberBorrowed, tokio_postgres::Error> {
                    Ok(FindByNumberBorrowed {
                        user_id: row.try_get(0)?,
                        password_hash: row.try_get(1)?,
                    })
                },
            mapper: |it| FindByNumber::from(it),
        }
    }
}
pub struct FindByUserStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_by_user() -> FindByUserStmt {
    FindByUserStmt(
        "select password_hash from authentication where user_id = $1 and auth_method = 'password'",
        None,
    )
}
impl FindByUserStmt {
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
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct LockByUserStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_by_user() -> LockByUserStmt {
    LockByUserStmt(
        "select password_hash from authentication where user_id = $1 and auth_method = 'password' for update",
        None,
    )
}
impl LockByUserStmt {
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
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct FindOwnerStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_owner() -> FindOwnerStmt {
    FindOwnerStmt(
        "select phone_number, phone_number_envelope, username from users where user_id = $1",
        None,
    )
}
impl FindOwnerStmt {
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
    ) -> FindOwnerQuery<'c, 'a, 's, C, FindOwner, 1> {
        FindOwnerQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<FindOwnerBorrowed, tokio_postgres::Error> {
                    Ok(FindOwnerBorrowed {
                        phone_number: row.try_get(0)?,
                        phone_number_envelope: row.try_get(1)?,
                        username: row.try_get(2)?,
                    })
                },
            mapper: |it| FindOwner::from(it),
        }
    }
}
pub struct SetPasswordStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn set_password() -> SetPasswordStmt {
    SetPasswordStmt(
        "insert into authentication (auth_id, user_id, phone_verified, password_hash, auth_method, created_at, updated_at) values ($1, $2, true, $3, 'password', $4, $4) on conflict (user_id, auth_method) do update set password_hash = excluded.password_hash, updated_at = excluded.updated_at",
        None,
    )
}
impl SetPasswordStmt {
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
        auth_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
        password_hash: &'a T1,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[auth_id, user_id, password_hash, now],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SetPasswordParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SetPasswordStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SetPasswordParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.auth_id,
            &params.user_id,
            &params.password_hash,
            &params.now,
        ))
    }
}
pub struct RemovePasswordStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn remove_password() -> RemovePasswordStmt {
    RemovePasswordStmt(
        "delete from authentication where user_id = $1 and auth_method = 'password'",
        None,
    )
}
impl RemovePasswordStmt {
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
