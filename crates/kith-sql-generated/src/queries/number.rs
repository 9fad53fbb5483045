// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct SetNumberParams<T1: crate::BytesSql, T2: crate::BytesSql> {
    pub phone_number: T1,
    pub phone_number_envelope: T2,
    pub now: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct LoseNumberParams<T1: crate::BytesSql, T2: crate::BytesSql> {
    pub nothing: T1,
    pub phone_number_envelope: T2,
    pub now: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct HadNumberParams<T1: crate::BytesSql> {
    pub phone_number: T1,
    pub user_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct SetPhoneVerifiedParams {
    pub phone_verified: bool,
    pub now: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct SetRegistrationLockParams {
    pub now: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct FindHolder {
    pub user_id: uuid::Uuid,
    pub status: kith_types::visibility::UserStatus,
    pub registration_locked_at: Option<kith_types::time::Timestamp>,
    pub seen_at: kith_types::time::Timestamp,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct FindHolderQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FindHolder, tokio_postgres::Error>,
    mapper: fn(FindHolder) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FindHolderQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FindHolder) -> R) -> FindHolderQuery<'c, 'a, 's, C, R, N> {
        FindHolderQuery {
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
pub struct Vecu8Query<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<&[u8], tokio_postgres::Error>,
    mapper: fn(&[u8]) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> Vecu8Query<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(&[u8]) -> R) -> Vecu8Query<'c, 'a, 's, C, R, N> {
        Vecu8Query {
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
pub struct FindHolderStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_holder() -> FindHolderStmt {
    FindHolderStmt(
        "select u.user_id, u.status, u.registration_locked_at, greatest(u.last_active, (select max(t.last_used_at) from refresh_tokens t where t.user_id = u.user_id)) as seen_at from users u where u.phone_number = $1 for no key update of u",
        None,
    )
}
impl FindHolderStmt {
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
    ) -> FindHolderQuery<'c, 'a, 's, C, FindHolder, 1> {
        FindHolderQuery {
            client,
            params: [phone_number],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<FindHolder, tokio_postgres::Error> {
                Ok(FindHolder {
                    user_id: row.try_get(0)?,
                    status: row.try_get(1)?,
                    registration_locked_at: row.try_get(2)?,
                    seen_at: row.try_get(3)?,
                })
            },
            mapper: |it| FindHolder::from(it),
        }
    }
}
pub struct LockOwnNumberStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_own_number() -> LockOwnNumberStmt {
    LockOwnNumberStmt("select phone_number from users where user_id = $1 for update", None)
}
impl LockOwnNumberStmt {
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
    ) -> Vecu8Query<'c, 'a, 's, C, Vec<u8>, 1> {
        Vecu8Query {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct SetNumberStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn set_number() -> SetNumberStmt {
    SetNumberStmt(
        "update users set phone_number = $1, phone_number_envelope = $2, version = version + 1, former_number = null, updated_at = $3 where user_id = $4",
        None,
    )
}
impl SetNumberStmt {
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
        phone_number: &'a T1,
        phone_number_envelope: &'a T2,
        now: &'a kith_types::time::Timestamp,
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[phone_number, phone_number_envelope, now, user_id],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql, T2: crate::BytesSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SetNumberParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SetNumberStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SetNumberParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.phone_number,
            &params.phone_number_envelope,
            &params.now,
            &params.user_id,
        ))
    }
}
pub struct LoseNumberStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lose_number() -> LoseNumberStmt {
    LoseNumberStmt(
        "update users set former_number = phone_number, phone_number = $1, phone_number_envelope = $2, version = version + 1, updated_at = $3 where user_id = $4",
        None,
    )
}
impl LoseNumberStmt {
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
        nothing: &'a T1,
        phone_number_envelope: &'a T2,
        now: &'a kith_types::time::Timestamp,
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[nothing, phone_number_envelope, now, user_id],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql, T2: crate::BytesSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        LoseNumberParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for LoseNumberStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a LoseNumberParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.nothing,
            &params.phone_number_envelope,
            &params.now,
            &params.user_id,
        ))
    }
}
pub struct HadNumberStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn had_number() -> HadNumberStmt {
    HadNumberStmt(
        "select former_number = $1 as had from users where user_id = $2 and former_number is not null",
        None,
    )
}
impl HadNumberStmt {
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
        user_id: &'a uuid::Uuid,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        BoolQuery {
            client,
            params: [phone_number, user_id],
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
        HadNumberParams<T1>,
        BoolQuery<'c, 'a, 's, C, bool, 2>,
        C,
    > for HadNumberStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a HadNumberParams<T1>,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        self.bind(client, &params.phone_number, &params.user_id)
    }
}
pub struct SetPhoneVerifiedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn set_phone_verified() -> SetPhoneVerifiedStmt {
    SetPhoneVerifiedStmt(
        "update authentication set phone_verified = $1, verification_code = null, verification_expiry = null, updated_at = $2 where user_id = $3 and auth_method = 'phone'",
        None,
    )
}
impl SetPhoneVerifiedStmt {
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
        phone_verified: &'a bool,
        now: &'a kith_types::time::Timestamp,
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[phone_verified, now, user_id],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SetPhoneVerifiedParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SetPhoneVerifiedStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SetPhoneVerifiedParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.phone_verified, &params.now, &params.user_id))
    }
}
pub struct EndStepUpsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn end_step_ups() -> EndStepUpsStmt {
    EndStepUpsStmt(
        "update verification_flows set state = 'replaced' where phone_number = $1 and purpose = 'step-up' and state = 'open'",
        None,
    )
}
impl EndStepUpsStmt {
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
        phone_number: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[phone_number]).await
    }
}
pub struct SetRegistrationLockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn set_registration_lock() -> SetRegistrationLockStmt {
    SetRegistrationLockStmt(
        "update users set registration_locked_at = $1 where user_id = $2 and registration_locked_at is null",
        None,
    )
}
impl SetRegistrationLockStmt {
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
        SetRegistrationLockParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SetRegistrationLockStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SetRegistrationLockParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.user_id))
    }
}
pub struct RemoveRegistrationLockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn remove_registration_lock() -> RemoveRegistrationLockStmt {
    RemoveRegistrationLockStmt(
        "update users set registration_locked_at = null where user_id = $1 and registration_locked_at is not null",
        None,
    )
}
impl RemoveRegistrationLockStmt {
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
pub struct HasRegistrationLockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn has_registration_lock() -> HasRegistrationLockStmt {
    HasRegistrationLockStmt(
        "select registration_locked_at is not null as is_locked from users where user_id = $1",
        None,
    )
}
impl HasRegistrationLockStmt {
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
    ) -> BoolQuery<'c, 'a, 's, C, bool, 1> {
        BoolQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
