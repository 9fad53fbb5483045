// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct InsertBudgetParams {
    pub user_id: uuid::Uuid,
    pub available: i32,
    pub now: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct PutBudgetParams {
    pub available: i32,
    pub refilled_at: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct FindContactsByNumberParams<T1: crate::BytesSql, T2: crate::ArraySql<Item = T1>> {
    pub user_id: uuid::Uuid,
    pub numbers: T2,
}
#[derive(Debug)]
pub struct UpsertContactsParams<
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::BytesSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::BytesSql,
    T5: crate::ArraySql<Item = T4>,
    T6: crate::BytesSql,
    T7: crate::ArraySql<Item = T6>,
    T8: crate::ArraySql<Item = bool>,
> {
    pub user_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
    pub contact_ids: T1,
    pub numbers: T3,
    pub number_envelopes: T5,
    pub names: T7,
    pub looked_up: T8,
}
#[derive(Clone, Copy, Debug)]
pub struct LookUpWaitingParams {
    pub user_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct ListWaitingOwnersParams {
    pub after: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct RefreshStatusesBetweenParams {
    pub user_id: uuid::Uuid,
    pub other_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct ListOwnersParams {
    pub after: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Debug)]
pub struct CountMatchesParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub user_id: uuid::Uuid,
    pub contact_ids: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct ListNamesParams {
    pub user_id: uuid::Uuid,
    pub status: Option<kith_types::visibility::ContactStatus>,
}
#[derive(Debug)]
pub struct ListContactsParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub user_id: uuid::Uuid,
    pub contact_ids: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteContactParams {
    pub user_id: uuid::Uuid,
    pub contact_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteStaleContactsParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct GetOwner {
    pub data_key: Vec<u8>,
    pub phone_number: Vec<u8>,
}
pub struct GetOwnerBorrowed<'a> {
    pub data_key: &'a [u8],
    pub phone_number: &'a [u8],
}
impl<'a> From<GetOwnerBorrowed<'a>> for GetOwner {
    fn from(GetOwnerBorrowed { data_key, phone_number }: GetOwnerBorrowed<'a>) -> Self {
        Self { data_key: data_key.into(), phone_number: phone_number.into() }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct LockBudget {
    pub available: i32,
    pub refilled_at: kith_types::time::Timestamp,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct CountContacts {
    pub contacts: i64,
    pub waiting: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct FindContactsByNumber {
    pub contact_id: uuid::Uuid,
    pub contact_phone_number: Vec<u8>,
    pub looked_up: bool,
}
pub struct FindContactsByNumberBorrowed<'a> {
    pub contact_id: uuid::Uuid,
    pub contact_phone_number: &'a [u8],
    pub looked_up: bool,
}
impl<'a> From<FindContactsByNumberBorrowed<'a>> for FindContactsByNumber {
    fn from(
        FindContactsByNumberBorrowed {
            contact_id,
            contact_phone_number,
            looked_up,
        }: FindContactsByNumberBorrowed<'a>,
    ) -> Self {
        Self { contact_id, contact_phone_number: contact_phone_number.into(), looked_up }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct CountMatches {
    pub matched: i64,
    pub waiting: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct ListNames {
    pub contact_id: uuid::Uuid,
    pub contact_name: Vec<u8>,
}
pub struct ListNamesBorrowed<'a> {
    pub contact_id: uuid::Uuid,
    pub contact_name: &'a [u8],
}
impl<'a> From<ListNamesBorrowed<'a>> for ListNames {
    fn from(ListNamesBorrowed { contact_id, contact_name }: ListNamesBorrowed<'a>) -> Self {
        Self { contact_id, contact_name: contact_name.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ListContacts {
    pub contact_id: uuid::Uuid,
    pub contact_phone_number_envelope: Vec<u8>,
    pub date_added: kith_types::time::Timestamp,
    pub status: kith_types::visibility::ContactStatus,
    pub other_id: Option<uuid::Uuid>,
    pub username: Option<String>,
    pub display_name: Option<String>,
    pub profile_picture_metadata: Option<serde_json::Value>,
}
pub struct ListContactsBorrowed<'a> {
    pub contact_id: uuid::Uuid,
    pub contact_phone_number_envelope: &'a [u8],
    pub date_added: kith_types::time::Timestamp,
    pub status: kith_types::visibility::ContactStatus,
    pub other_id: Option<uuid::Uuid>,
    pub username: Option<&'a str>,
    pub display_name: Option<&'a str>,
    pub profile_picture_metadata: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
}
impl<'a> From<ListContactsBorrowed<'a>> for ListContacts {
    fn from(
        ListContactsBorrowed {
            contact_id,
            contact_phone_number_envelope,
            date_added,
            status,
            other_id,
            username,
            display_name,
            profile_picture_metadata,
        }: ListContactsBorrowed<'a>,
    ) -> Self {
        Self {
            contact_id,
            contact_phone_number_envelope: contact_phone_number_envelope.into(),
            date_added,
            status,
            other_id,
            username: username.map(|v| v.into()),
            display_name: display_name.map(|v| v.into()),
            profile_picture_metadata: profile_picture_metadata
                .map(|v| serde_json::from_str(v.0.get()).unwrap()),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
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
pub struct GetOwnerQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<GetOwnerBorrowed, tokio_postgres::Error>,
    mapper: fn(GetOwnerBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> GetOwnerQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(GetOwnerBorrowed) -> R) -> GetOwnerQuery<'c, 'a, 's, C, R, N> {
        GetOwnerQuery {
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
pub struct LockBudgetQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LockBudget, tokio_postgres::Error>,
    mapper: fn(LockBudget) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LockBudgetQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(LockBudget) -> R) -> LockBudgetQuery<'c, 'a, 's, C, R, N> {
        LockBudgetQuery {
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
pub struct CountContactsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CountContacts, tokio_postgres::Error>,
    mapper: fn(CountContacts) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CountContactsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CountContacts) -> R) -> CountContactsQuery<'c, 'a, 's, C, R, N> {
        CountContactsQuery {
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
pub struct FindContactsByNumberQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(&tokio_postgres::Row) -> Result<FindContactsByNumberBorrowed, tokio_postgres::Error>,
    mapper: fn(FindContactsByNumberBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FindContactsByNumberQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(FindContactsByNumberBorrowed) -> R,
    ) -> FindContactsByNumberQuery<'c, 'a, 's, C, R, N> {
        FindContactsByNumberQuery {
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
pub struct CountMatchesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CountMatches, tokio_postgres::Error>,
    mapper: fn(CountMatches) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CountMatchesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CountMatches) -> R) -> CountMatchesQuery<'c, 'a, 's, C, R, N> {
        CountMatchesQuery {
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
pub struct ListNamesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ListNamesBorrowed, tokio_postgres::Error>,
    mapper: fn(ListNamesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ListNamesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ListNamesBorrowed) -> R) -> ListNamesQuery<'c, 'a, 's, C, R, N> {
        ListNamesQuery {
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
pub struct ListContactsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ListContactsBorrowed, tokio_postgres::Error>,
    mapper: fn(ListContactsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ListContactsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ListContactsBorrowed) -> R,
    ) -> ListContactsQuery<'c, 'a, 's, C, R, N> {
        ListContactsQuery {
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
pub struct GetDataKeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn get_data_key() -> GetDataKeyStmt {
    GetDataKeyStmt("select data_key from users where user_id = $1", None)
}
impl GetDataKeyStmt {
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
pub struct GetOwnerStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn get_owner() -> GetOwnerStmt {
    GetOwnerStmt("select data_key, phone_number from users where user_id = $1", None)
}
impl GetOwnerStmt {
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
    ) -> GetOwnerQuery<'c, 'a, 's, C, GetOwner, 1> {
        GetOwnerQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<GetOwnerBorrowed, tokio_postgres::Error> {
                    Ok(GetOwnerBorrowed {
                        data_key: row.try_get(0)?,
                        phone_number: row.try_get(1)?,
                    })
                },
            mapper: |it| GetOwner::from(it),
        }
    }
}
pub struct InsertBudgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_budget() -> InsertBudgetStmt {
    InsertBudgetStmt(
        "insert into contact_budgets (user_id, available, refilled_at) values ($1, $2, $3) on conflict (user_id) do nothing",
        None,
    )
}
impl InsertBudgetStmt {
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
        available: &'a i32,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[user_id, available, now])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertBudgetParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertBudgetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertBudgetParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.user_id, &params.available, &params.now))
    }
}
pub struct LockBudgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_budget() -> LockBudgetStmt {
    LockBudgetStmt(
        "select available, refilled_at from contact_budgets where user_id = $1 for update",
        None,
    )
}
impl LockBudgetStmt {
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
    ) -> LockBudgetQuery<'c, 'a, 's, C, LockBudget, 1> {
        LockBudgetQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<LockBudget, tokio_postgres::Error> {
                Ok(LockBudget { available: row.try_get(0)?, refilled_at: row.try_get(1)? })
            },
            mapper: |it| LockBudget::from(it),
        }
    }
}
pub struct PutBudgetStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn put_budget() -> PutBudgetStmt {
    PutBudgetStmt(
        "update contact_budgets set available = $1, refilled_at = $2 where user_id = $3",
        None,
    )
}
impl PutBudgetStmt {
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
        available: &'a i32,
        refilled_at: &'a kith_types::time::Timestamp,
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[available, refilled_at, user_id],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PutBudgetParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for PutBudgetStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PutBudgetParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.available, &params.refilled_at, &params.user_id))
    }
}
pub struct CountContactsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn count_contacts() -> CountContactsStmt {
    CountContactsStmt(
        "select count(*) as contacts, count(*) filter (where not looked_up) as waiting from contacts where user_id = $1",
        None,
    )
}
impl CountContactsStmt {
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
    ) -> CountContactsQuery<'c, 'a, 's, C, CountContacts, 1> {
        CountContactsQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CountContacts, tokio_postgres::Error> {
                Ok(CountContacts { contacts: row.try_get(0)?, waiting: row.try_get(1)? })
            },
            mapper: |it| CountContacts::from(it),
        }
    }
}
pub struct FindContactsByNumberStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_contacts_by_number() -> FindContactsByNumberStmt {
    FindContactsByNumberStmt(
        "select contact_id, contact_phone_number, looked_up from contacts where user_id = $1 and contact_phone_number = any($2)",
        None,
    )
}
impl FindContactsByNumberStmt {
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
        T2: crate::ArraySql<Item = T1>,
    >(
        &'s self,
        client: &'c C,
        user_id: &'a uuid::Uuid,
        numbers: &'a T2,
    ) -> FindContactsByNumberQuery<'c, 'a, 's, C, FindContactsByNumber, 2> {
        FindContactsByNumberQuery {
            client,
            params: [user_id, numbers],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<FindContactsByNumberBorrowed, tokio_postgres::Error> {
                Ok(FindContactsByNumberBorrowed {
                    contact_id: row.try_get(0)?,
                    contact_phone_number: row.try_get(1)?,
                    looked_up: row.try_get(2)?,
                })
            },
            mapper: |it| FindContactsByNumber::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql, T2: crate::ArraySql<Item = T1>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        FindContactsByNumberParams<T1, T2>,
        FindContactsByNumberQuery<'c, 'a, 's, C, FindContactsByNumber, 2>,
        C,
    > for FindContactsByNumberStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FindContactsByNumberParams<T1, T2>,
    ) -> FindContactsByNumberQuery<'c, 'a, 's, C, FindContactsByNumber, 2> {
        self.bind(client, &params.user_id, &params.numbers)
    }
}
pub struct UpsertContactsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn upsert_contacts() -> UpsertContactsStmt {
    UpsertContactsStmt(
        "insert into contacts (contact_id, user_id, contact_phone_number, contact_phone_number_envelope, contact_name, looked_up, date_added, created_at, updated_at) select e.contact_id, $1, e.number, e.number_envelope, e.name, e.looked_up, $2, $2, $2 from unnest($3::uuid[], $4::bytea[], $5::bytea[], $6::bytea[], $7::boolean[]) e (contact_id, number, number_envelope, name, looked_up) on conflict (user_id, contact_phone_number) do update set contact_phone_number_envelope = excluded.contact_phone_number_envelope, contact_name = excluded.contact_name, updated_at = excluded.updated_at",
        None,
    )
}
impl UpsertContactsStmt {
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
        T1: crate::ArraySql<Item = uuid::Uuid>,
        T2: crate::BytesSql,
        T3: crate::ArraySql<Item = T2>,
        T4: crate::BytesSql,
        T5: crate::ArraySql<Item = T4>,
        T6: crate::BytesSql,
        T7: crate::ArraySql<Item = T6>,
        T8: crate::ArraySql<Item = bool>,
    >(
        &'s self,
        client: &'c C,
        user_id: &'a uuid::Uuid,
        now: &'a kith_types::time::Timestamp,
        contact_ids: &'a T1,
        numbers: &'a T3,
        number_envelopes: &'a T5,
        names: &'a T7,
        looked_up: &'a T8,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[user_id, now, contact_ids, numbers, number_envelopes, names, looked_up],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::BytesSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::BytesSql,
    T5: crate::ArraySql<Item = T4>,
    T6: crate::BytesSql,
    T7: crate::ArraySql<Item = T6>,
    T8: crate::ArraySql<Item = bool>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UpsertContactsParams<T1, T2, T3, T4, T5, T6, T7, T8>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for UpsertContactsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UpsertContactsParams<T1, T2, T3, T4, T5, T6, T7, T8>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.user_id,
            &params.now,
            &params.contact_ids,
            &params.numbers,
            &params.number_envelopes,
            &params.names,
            &params.looked_up,
        ))
    }
}
pub struct LookUpWaitingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn look_up_waiting() -> LookUpWaitingStmt {
    LookUpWaitingStmt(
        "update contacts set looked_up = true where contact_id in ( select contact_id from contacts where user_id = $1 and not looked_up order by created_at, contact_id limit $2)",
        None,
    )
}
impl LookUpWaitingStmt {
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
        max_rows: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[user_id, max_rows]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        LookUpWaitingParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for LookUpWaitingStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a LookUpWaitingParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.user_id, &params.max_rows))
    }
}
pub struct ListWaitingOwnersStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn list_waiting_owners() -> ListWaitingOwnersStmt {
    ListWaitingOwnersStmt(
        "select distinct user_id from contacts where not looked_up and user_id > $1 order by user_id limit $2",
        None,
    )
}
impl ListWaitingOwnersStmt {
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
        after: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        UuidUuidQuery {
            client,
            params: [after, max_rows],
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
        ListWaitingOwnersParams,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2>,
        C,
    > for ListWaitingOwnersStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ListWaitingOwnersParams,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        self.bind(client, &params.after, &params.max_rows)
    }
}
pub struct RefreshStatusesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn refresh_statuses() -> RefreshStatusesStmt {
    RefreshStatusesStmt(
        "update contacts c set status = s.status from contact_statuses s where c.user_id = $1 and s.user_id = $1 and s.contact_id = c.contact_id and c.status <> s.status",
        None,
    )
}
impl RefreshStatusesStmt {
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
pub struct RefreshStatusesBetweenStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn refresh_statuses_between() -> RefreshStatusesBetweenStmt {
    RefreshStatusesBetweenStmt(
        "update contacts c set status = s.status from contact_statuses s, users other where c.user_id = $1 and s.user_id = $1 and other.user_id = $2 and c.contact_phone_number = other.phone_number and s.contact_id = c.contact_id and c.status <> s.status",
        None,
    )
}
impl RefreshStatusesBetweenStmt {
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
        other_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[user_id, other_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RefreshStatusesBetweenParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RefreshStatusesBetweenStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RefreshStatusesBetweenParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.user_id, &params.other_id))
    }
}
pub struct RefreshStatusesOfNumbersStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn refresh_statuses_of_numbers() -> RefreshStatusesOfNumbersStmt {
    RefreshStatusesOfNumbersStmt(
        "update contacts c set status = s.status from contact_statuses s where c.contact_phone_number = any($1) and s.user_id = c.user_id and s.contact_id = c.contact_id and c.status <> s.status",
        None,
    )
}
impl RefreshStatusesOfNumbersStmt {
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
        T2: crate::ArraySql<Item = T1>,
    >(
        &'s self,
        client: &'c C,
        numbers: &'a T2,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[numbers]).await
    }
}
pub struct ListOwnersStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn list_owners() -> ListOwnersStmt {
    ListOwnersStmt(
        "select u.user_id from users u where u.user_id > $1 and exists (select from contacts c where c.user_id = u.user_id) order by u.user_id limit $2",
        None,
    )
}
impl ListOwnersStmt {
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
        after: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        UuidUuidQuery {
            client,
            params: [after, max_rows],
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
        ListOwnersParams,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2>,
        C,
    > for ListOwnersStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ListOwnersParams,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        self.bind(client, &params.after, &params.max_rows)
    }
}
pub struct CountStatusDriftStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn count_status_drift() -> CountStatusDriftStmt {
    CountStatusDriftStmt(
        "select count(*) as drift from contacts c join contact_statuses s on s.contact_id = c.contact_id and s.user_id = c.user_id where c.status <> s.status",
        None,
    )
}
impl CountStatusDriftStmt {
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
    ) -> I64Query<'c, 'a, 's, C, i64, 0> {
        I64Query {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct CountMatchesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn count_matches() -> CountMatchesStmt {
    CountMatchesStmt(
        "select count(*) filter (where s.other_id is not null) as matched, count(*) filter (where not s.looked_up) as waiting from contact_statuses s where s.user_id = $1 and s.contact_id = any($2)",
        None,
    )
}
impl CountMatchesStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>(
        &'s self,
        client: &'c C,
        user_id: &'a uuid::Uuid,
        contact_ids: &'a T1,
    ) -> CountMatchesQuery<'c, 'a, 's, C, CountMatches, 2> {
        CountMatchesQuery {
            client,
            params: [user_id, contact_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CountMatches, tokio_postgres::Error> {
                Ok(CountMatches { matched: row.try_get(0)?, waiting: row.try_get(1)? })
            },
            mapper: |it| CountMatches::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CountMatchesParams<T1>,
        CountMatchesQuery<'c, 'a, 's, C, CountMatches, 2>,
        C,
    > for CountMatchesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CountMatchesParams<T1>,
    ) -> CountMatchesQuery<'c, 'a, 's, C, CountMatches, 2> {
        self.bind(client, &params.user_id, &params.contact_ids)
    }
}
pub struct ListNamesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn list_names() -> ListNamesStmt {
    ListNamesStmt(
        "select c.contact_id, c.contact_name from contact_statuses s join contacts c on c.contact_id = s.contact_id where s.user_id = $1 and ($2::contact_status is null or s.status = $2::contact_status)",
        None,
    )
}
impl ListNamesStmt {
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
        status: &'a Option<kith_types::visibility::ContactStatus>,
    ) -> ListNamesQuery<'c, 'a, 's, C, ListNames, 2> {
        ListNamesQuery {
            client,
            params: [user_id, status],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ListNamesBorrowed, tokio_postgres::Error> {
                    Ok(ListNamesBorrowed {
                        contact_id: row.try_get(0)?,
                        contact_name: row.try_get(1)?,
                    })
                },
            mapper: |it| ListNames::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ListNamesParams,
        ListNamesQuery<'c, 'a, 's, C, ListNames, 2>,
        C,
    > for ListNamesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ListNamesParams,
    ) -> ListNamesQuery<'c, 'a, 's, C, ListNames, 2> {
        self.bind(client, &params.user_id, &params.status)
    }
}
pub struct ListContactsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn list_contacts() -> ListContactsStmt {
    ListContactsStmt(
        "select c.contact_id, c.contact_phone_number_envelope, c.date_added, s.status, s.other_id, u.username, u.display_name, u.profile_picture_metadata from contact_statuses s join contacts c on c.contact_id = s.contact_id left join users u on u.user_id = s.other_id where s.user_id = $1 and c.contact_id = any($2)",
        None,
    )
}
impl ListContactsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>(
        &'s self,
        client: &'c C,
        user_id: &'a uuid::Uuid,
        contact_ids: &'a T1,
    ) -> ListContactsQuery<'c, 'a, 's, C, ListContacts, 2> {
        ListContactsQuery {
            client,
            params: [user_id, contact_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ListContactsBorrowed, tokio_postgres::Error> {
                    Ok(ListContactsBorrowed {
                        contact_id: row.try_get(0)?,
                        contact_phone_number_envelope: row.try_get(1)?,
                        date_added: row.try_get(2)?,
                        status: row.try_get(3)?,
                        other_id: row.try_get(4)?,
                        username: row.try_get(5)?,
                        display_name: row.try_get(6)?,
                        profile_picture_metadata: row.try_get(7)?,
                    })
                },
            mapper: |it| ListContacts::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ListContactsParams<T1>,
        ListContactsQuery<'c, 'a, 's, C, ListContacts, 2>,
        C,
    > for ListContactsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ListContactsParams<T1>,
    ) -> ListContactsQuery<'c, 'a, 's, C, ListContacts, 2> {
        self.bind(client, &params.user_id, &params.contact_ids)
    }
}
pub struct DeleteContactStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_contact() -> DeleteContactStmt {
    DeleteContactStmt("delete from contacts where user_id = $1 and contact_id = $2", None)
}
impl DeleteContactStmt {
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
        contact_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[user_id, contact_id])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteContactParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteContactStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteContactParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.user_id, &params.contact_id))
    }
}
pub struct DeleteContactsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_contacts() -> DeleteContactsStmt {
    DeleteContactsStmt("delete from contacts where user_id = $1", None)
}
impl DeleteContactsStmt {
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
pub struct DeleteStaleContactsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_stale_contacts() -> DeleteStaleContactsStmt {
    DeleteStaleContactsStmt(
        "delete from contacts where contact_id in (select contact_id from contacts where updated_at < $1 limit $2)",
        None,
    )
}
impl DeleteStaleContactsStmt {
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
        DeleteStaleContactsParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteStaleContactsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteStaleContactsParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.before, &params.max_rows))
    }
}
