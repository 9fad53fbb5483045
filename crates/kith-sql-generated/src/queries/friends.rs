// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct FindPairParams {
    pub user_id_1: uuid::Uuid,
    pub user_id_2: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct FindFriendshipParams {
    pub friendship_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct InsertFriendshipParams {
    pub friendship_id: uuid::Uuid,
    pub user_id_1: uuid::Uuid,
    pub user_id_2: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
    pub initiated_by: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct AcceptFriendshipParams {
    pub now: kith_types::time::Timestamp,
    pub friendship_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct DeclineFriendshipParams {
    pub now: kith_types::time::Timestamp,
    pub friendship_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct TakesRequestsFromParams {
    pub asker_id: uuid::Uuid,
    pub asked_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct IsBlockedEitherWayParams {
    pub user_id: uuid::Uuid,
    pub other_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct VisiblePostsOfParams {
    pub viewer_id: uuid::Uuid,
    pub author_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Debug)]
pub struct ListFriendsParams<T1: crate::ArraySql<Item = crate::types::FriendEdgeState>> {
    pub viewer_id: uuid::Uuid,
    pub states: T1,
    pub before_at: kith_types::time::Timestamp,
    pub before_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct GetFriendshipParams {
    pub viewer_id: uuid::Uuid,
    pub friendship_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct FindContactParams {
    pub user_id: uuid::Uuid,
    pub contact_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct ListSuggestionsParams {
    pub viewer_id: uuid::Uuid,
    pub before_at: kith_types::time::Timestamp,
    pub before_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct IsKnownParams {
    pub viewer_id: uuid::Uuid,
    pub other_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct InsertBlockParams {
    pub blocker_id: uuid::Uuid,
    pub blocked_id: uuid::Uuid,
    pub known: bool,
    pub now: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteBlockParams {
    pub blocker_id: uuid::Uuid,
    pub blocked_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct ListBlocksParams {
    pub blocker_id: uuid::Uuid,
    pub before_at: kith_types::time::Timestamp,
    pub before_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct FindExpiredRequestsParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct LockPeople {
    pub user_id: uuid::Uuid,
    pub status: kith_types::visibility::UserStatus,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct Standing {
    pub friendship_id: uuid::Uuid,
    pub user_id_1: uuid::Uuid,
    pub user_id_2: uuid::Uuid,
    pub status: kith_types::visibility::FriendshipStatus,
    pub initiated_by: uuid::Uuid,
    pub requested_at: kith_types::time::Timestamp,
    pub declined_at: Option<kith_types::time::Timestamp>,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct CountFriends {
    pub friends: i64,
    pub requests: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Friend {
    pub friendship_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub username: String,
    pub display_name: String,
    pub profile_picture_metadata: Option<serde_json::Value>,
    pub state: crate::types::FriendEdgeState,
    pub since: kith_types::time::Timestamp,
    pub requested_at: kith_types::time::Timestamp,
    pub accepted_at: Option<kith_types::time::Timestamp>,
    pub contact_id: Option<uuid::Uuid>,
    pub contact_name: Option<Vec<u8>>,
}
pub struct FriendBorrowed<'a> {
    pub friendship_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub username: &'a str,
    pub display_name: &'a str,
    pub profile_picture_metadata: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub state: crate::types::FriendEdgeState,
    pub since: kith_types::time::Timestamp,
    pub requested_at: kith_types::time::Timestamp,
    pub accepted_at: Option<kith_types::time::Timestamp>,
    pub contact_id: Option<uuid::Uuid>,
    pub contact_name: Option<&'a [u8]>,
}
impl<'a> From<FriendBorrowed<'a>> for Friend {
    fn from(
        FriendBorrowed {
            friendship_id,
            user_id,
            username,
            display_name,
            profile_picture_metadata,
            state,
            since,
            requested_at,
            accepted_at,
            contact_id,
            contact_name,
        }: FriendBorrowed<'a>,
    ) -> Self {
        Self {
            friendship_id,
            user_id,
            username: username.into(),
            display_name: display_name.into(),
            profile_picture_metadata: profile_picture_metadata
                .map(|v| serde_json::from_str(v.0.get()).unwrap()),
            state,
            since,
            requested_at,
            accepted_at,
            contact_id,
            contact_name: contact_name.map(|v| v.into()),
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct FindContact {
    pub contact_id: uuid::Uuid,
    pub other_id: Option<uuid::Uuid>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct ListSuggestions {
    pub user_id: uuid::Uuid,
    pub username: String,
    pub display_name: String,
    pub profile_picture_metadata: Option<serde_json::Value>,
    pub contact_id: uuid::Uuid,
    pub contact_name: Vec<u8>,
    pub date_added: kith_types::time::Timestamp,
}
pub struct ListSuggestionsBorrowed<'a> {
    pub user_id: uuid::Uuid,
    pub username: &'a str,
    pub display_name: &'a str,
    pub profile_picture_metadata: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub contact_id: uuid::Uuid,
    pub contact_name: &'a [u8],
    pub date_added: kith_types::time::Timestamp,
}
impl<'a> From<ListSuggestionsBorrowed<'a>> for ListSuggestions {
    fn from(
        ListSuggestionsBorrowed {
            user_id,
            username,
            display_name,
            profile_picture_metadata,
            contact_id,
            contact_name,
            date_added,
        }: ListSuggestionsBorrowed<'a>,
    ) -> Self {
        Self {
            user_id,
            username: username.into(),
            display_name: display_name.into(),
            profile_picture_metadata: profile_picture_metadata
                .map(|v| serde_json::from_str(v.0.get()).unwrap()),
            contact_id,
            contact_name: contact_name.into(),
            date_added,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ListBlocks {
    pub user_id: uuid::Uuid,
    pub username: String,
    pub display_name: String,
    pub created_at: kith_types::time::Timestamp,
}
pub struct ListBlocksBorrowed<'a> {
    pub user_id: uuid::Uuid,
    pub username: &'a str,
    pub display_name: &'a str,
    pub created_at: kith_types::time::Timestamp,
}
impl<'a> From<ListBlocksBorrowed<'a>> for ListBlocks {
    fn from(
        ListBlocksBorrowed { user_id, username, display_name, created_at }: ListBlocksBorrowed<'a>,
    ) -> Self {
        Self { user_id, username: username.into(), display_name: display_name.into(), created_at }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct FindExpiredRequests {
    pub friendship_id: uuid::Uuid,
    pub user_id_1: uuid::Uuid,
    pub user_id_2: uuid::Uuid,
    pub initiated_by: uuid::Uuid,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct LockPeopleQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LockPeople, tokio_postgres::Error>,
    mapper: fn(LockPeople) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LockPeopleQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(LockPeople) -> R) -> LockPeopleQuery<'c, 'a, 's, C, R, N> {
        LockPeopleQuery {
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
pub struct StandingQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<Standing, tokio_postgres::Error>,
    mapper: fn(Standing) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> StandingQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(Standing) -> R) -> StandingQuery<'c, 'a, 's, C, R, N> {
        StandingQuery {
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
pub struct CountFriendsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CountFriends, tokio_postgres::Error>,
    mapper: fn(CountFriends) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CountFriendsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CountFriends) -> R) -> CountFriendsQuery<'c, 'a, 's, C, R, N> {
        CountFriendsQuery {
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
pub struct FriendQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FriendBorrowed, tokio_postgres::Error>,
    mapper: fn(FriendBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FriendQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FriendBorrowed) -> R) -> FriendQuery<'c, 'a, 's, C, R, N> {
        FriendQuery {
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
pub struct FindContactQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FindContact, tokio_postgres::Error>,
    mapper: fn(FindContact) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FindContactQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FindContact) -> R) -> FindContactQuery<'c, 'a, 's, C, R, N> {
        FindContactQuery {
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
pub struct ListSuggestionsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ListSuggestionsBorrowed, tokio_postgres::Error>,
    mapper: fn(ListSuggestionsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ListSuggestionsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ListSuggestionsBorrowed) -> R,
    ) -> ListSuggestionsQuery<'c, 'a, 's, C, R, N> {
        ListSuggestionsQuery {
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
pub struct ListBlocksQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ListBlocksBorrowed, tokio_postgres::Error>,
    mapper: fn(ListBlocksBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ListBlocksQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ListBlocksBorrowed) -> R,
    ) -> ListBlocksQuery<'c, 'a, 's, C, R, N> {
        ListBlocksQuery {
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
pub struct FindExpiredRequestsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FindExpiredRequests, tokio_postgres::Error>,
    mapper: fn(FindExpiredRequests) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FindExpiredRequestsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(FindExpiredRequests) -> R,
    ) -> FindExpiredRequestsQuery<'c, 'a, 's, C, R, N> {
        FindExpiredRequestsQuery {
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
pub struct LockPeopleStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_people() -> LockPeopleStmt {
    LockPeopleStmt(
        "select user_id, status from users where user_id = any($1) order by user_id for no key update",
        None,
    )
}
impl LockPeopleStmt {
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
        user_ids: &'a T1,
    ) -> LockPeopleQuery<'c, 'a, 's, C, LockPeople, 1> {
        LockPeopleQuery {
            client,
            params: [user_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<LockPeople, tokio_postgres::Error> {
                Ok(LockPeople { user_id: row.try_get(0)?, status: row.try_get(1)? })
            },
            mapper: |it| LockPeople::from(it),
        }
    }
}
pub struct FindUserByUsernameStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_user_by_username() -> FindUserByUsernameStmt {
    FindUserByUsernameStmt("select user_id from users where username = $1", None)
}
impl FindUserByUsernameStmt {
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
        username: &'a T1,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [username],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct FindPairStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_pair() -> FindPairStmt {
    FindPairStmt(
        "select friendship_id, user_id_1, user_id_2, status, initiated_by, requested_at, declined_at from friendships where user_id_1 = $1 and user_id_2 = $2",
        None,
    )
}
impl FindPairStmt {
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
        user_id_1: &'a uuid::Uuid,
        user_id_2: &'a uuid::Uuid,
    ) -> StandingQuery<'c, 'a, 's, C, Standing, 2> {
        StandingQuery {
            client,
            params: [user_id_1, user_id_2],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<Standing, tokio_postgres::Error> {
                Ok(Standing {
                    friendship_id: row.try_get(0)?,
                    user_id_1: row.try_get(1)?,
                    user_id_2: row.try_get(2)?,
                    status: row.try_get(3)?,
                    initiated_by: row.try_get(4)?,
                    requested_at: row.try_get(5)?,
                    declined_at: row.try_get(6)?,
                })
            },
            mapper: |it| Standing::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        FindPairParams,
        StandingQuery<'c, 'a, 's, C, Standing, 2>,
        C,
    > for FindPairStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FindPairParams,
    ) -> StandingQuery<'c, 'a, 's, C, Standing, 2> {
        self.bind(client, &params.user_id_1, &params.user_id_2)
    }
}
pub struct FindFriendshipStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_friendship() -> FindFriendshipStmt {
    FindFriendshipStmt(
        "select friendship_id, user_id_1, user_id_2, status, initiated_by, requested_at, declined_at from friendships where friendship_id = $1 and (user_id_1 = $2 or user_id_2 = $2)",
        None,
    )
}
impl FindFriendshipStmt {
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
        friendship_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
    ) -> StandingQuery<'c, 'a, 's, C, Standing, 2> {
        StandingQuery {
            client,
            params: [friendship_id, user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<Standing, tokio_postgres::Error> {
                Ok(Standing {
                    friendship_id: row.try_get(0)?,
                    user_id_1: row.try_get(1)?,
                    user_id_2: row.try_get(2)?,
                    status: row.try_get(3)?,
                    initiated_by: row.try_get(4)?,
                    requested_at: row.try_get(5)?,
                    declined_at: row.try_get(6)?,
                })
            },
            mapper: |it| Standing::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        FindFriendshipParams,
        StandingQuery<'c, 'a, 's, C, Standing, 2>,
        C,
    > for FindFriendshipStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FindFriendshipParams,
    ) -> StandingQuery<'c, 'a, 's, C, Standing, 2> {
        self.bind(client, &params.friendship_id, &params.user_id)
    }
}
pub struct InsertFriendshipStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_friendship() -> InsertFriendshipStmt {
    InsertFriendshipStmt(
        "insert into friendships (friendship_id, user_id_1, user_id_2, status, requested_at, initiated_by, created_at, updated_at) values ($1, $2, $3, 'pending', $4, $5, $4, $4)",
        None,
    )
}
impl InsertFriendshipStmt {
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
        friendship_id: &'a uuid::Uuid,
        user_id_1: &'a uuid::Uuid,
        user_id_2: &'a uuid::Uuid,
        now: &'a kith_types::time::Timestamp,
        initiated_by: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[friendship_id, user_id_1, user_id_2, now, initiated_by],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertFriendshipParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertFriendshipStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertFriendshipParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.friendship_id,
            &params.user_id_1,
            &params.user_id_2,
            &params.now,
            &params.initiated_by,
        ))
    }
}
pub struct AcceptFriendshipStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn accept_friendship() -> AcceptFriendshipStmt {
    AcceptFriendshipStmt(
        "update friendships set status = 'active', accepted_at = greatest($1, requested_at), declined_at = null, updated_at = $1 where friendship_id = $2 and status = 'pending'",
        None,
    )
}
impl AcceptFriendshipStmt {
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
        friendship_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, friendship_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AcceptFriendshipParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AcceptFriendshipStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AcceptFriendshipParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.friendship_id))
    }
}
pub struct DeclineFriendshipStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn decline_friendship() -> DeclineFriendshipStmt {
    DeclineFriendshipStmt(
        "update friendships set declined_at = $1, updated_at = $1 where friendship_id = $2 and status = 'pending' and declined_at is null",
        None,
    )
}
impl DeclineFriendshipStmt {
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
        friendship_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, friendship_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeclineFriendshipParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeclineFriendshipStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeclineFriendshipParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.friendship_id))
    }
}
pub struct DeleteFriendshipStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_friendship() -> DeleteFriendshipStmt {
    DeleteFriendshipStmt("delete from friendships where friendship_id = $1", None)
}
impl DeleteFriendshipStmt {
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
        friendship_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[friendship_id]).await
    }
}
pub struct WriteEdgesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn write_edges() -> WriteEdgesStmt {
    WriteEdgesStmt(
        "insert into friend_edges (user_id, friend_id, friendship_id, state, since) select user_id, friend_id, friendship_id, state, since from expected_friend_edges where friendship_id = $1 on conflict (user_id, friend_id) do update set friendship_id = excluded.friendship_id, state = excluded.state, since = excluded.since",
        None,
    )
}
impl WriteEdgesStmt {
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
        friendship_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[friendship_id]).await
    }
}
pub struct RebuildEdgesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn rebuild_edges() -> RebuildEdgesStmt {
    RebuildEdgesStmt(
        "with extra as ( delete from friend_edges e where not exists (select from expected_friend_edges x where x.user_id = e.user_id and x.friend_id = e.friend_id) returning 1 ), wrong as ( insert into friend_edges (user_id, friend_id, friendship_id, state, since) select x.user_id, x.friend_id, x.friendship_id, x.state, x.since from expected_friend_edges x where not exists (select from friend_edges e where (e.user_id, e.friend_id, e.friendship_id, e.state, e.since) = (x.user_id, x.friend_id, x.friendship_id, x.state, x.since)) on conflict (user_id, friend_id) do update set friendship_id = excluded.friendship_id, state = excluded.state, since = excluded.since returning 1 ) select (select count(*) from extra) + (select count(*) from wrong) as repaired",
        None,
    )
}
impl RebuildEdgesStmt {
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
pub struct CountEdgeDriftStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn count_edge_drift() -> CountEdgeDriftStmt {
    CountEdgeDriftStmt(
        "select count(*) as drift from friend_edges e full join expected_friend_edges x on x.user_id = e.user_id and x.friend_id = e.friend_id where (e.friendship_id, e.state, e.since) is distinct from (x.friendship_id, x.state, x.since)",
        None,
    )
}
impl CountEdgeDriftStmt {
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
pub struct CountFriendsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn count_friends() -> CountFriendsStmt {
    CountFriendsStmt(
        "select count(*) filter (where state in ('active', 'suspended')) as friends, count(*) filter (where state = 'outgoing') as requests from friend_edges where user_id = $1",
        None,
    )
}
impl CountFriendsStmt {
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
    ) -> CountFriendsQuery<'c, 'a, 's, C, CountFriends, 1> {
        CountFriendsQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CountFriends, tokio_postgres::Error> {
                Ok(CountFriends { friends: row.try_get(0)?, requests: row.try_get(1)? })
            },
            mapper: |it| CountFriends::from(it),
        }
    }
}
pub struct TakesRequestsFromStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn takes_requests_from() -> TakesRequestsFromStmt {
    TakesRequestsFromStmt(
        "select (case coalesce(s.privacy_settings ->> 'friend_requests_from', 'anyone') when 'anyone' then true when 'contacts' then exists ( select from contacts c join users asker on asker.phone_number = c.contact_phone_number where c.user_id = s.user_id and asker.user_id = $1) else false end) as takes from user_settings s where s.user_id = $2",
        None,
    )
}
impl TakesRequestsFromStmt {
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
        asker_id: &'a uuid::Uuid,
        asked_id: &'a uuid::Uuid,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        BoolQuery {
            client,
            params: [asker_id, asked_id],
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
        TakesRequestsFromParams,
        BoolQuery<'c, 'a, 's, C, bool, 2>,
        C,
    > for TakesRequestsFromStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TakesRequestsFromParams,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        self.bind(client, &params.asker_id, &params.asked_id)
    }
}
pub struct IsBlockedEitherWayStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn is_blocked_either_way() -> IsBlockedEitherWayStmt {
    IsBlockedEitherWayStmt(
        "select exists (select from blocks_either_way where user_id = $1 and other_id = $2) as is_blocked",
        None,
    )
}
impl IsBlockedEitherWayStmt {
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
        other_id: &'a uuid::Uuid,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        BoolQuery {
            client,
            params: [user_id, other_id],
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
        IsBlockedEitherWayParams,
        BoolQuery<'c, 'a, 's, C, bool, 2>,
        C,
    > for IsBlockedEitherWayStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a IsBlockedEitherWayParams,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        self.bind(client, &params.user_id, &params.other_id)
    }
}
pub struct VisiblePostsOfStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn visible_posts_of() -> VisiblePostsOfStmt {
    VisiblePostsOfStmt(
        "select post_id from visible_posts where viewer_id = $1 and user_id = $2 and posted_at is not null order by posted_at desc, post_id desc limit $3",
        None,
    )
}
impl VisiblePostsOfStmt {
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
        viewer_id: &'a uuid::Uuid,
        author_id: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3> {
        UuidUuidQuery {
            client,
            params: [viewer_id, author_id, max_rows],
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
        VisiblePostsOfParams,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3>,
        C,
    > for VisiblePostsOfStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a VisiblePostsOfParams,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 3> {
        self.bind(client, &params.viewer_id, &params.author_id, &params.max_rows)
    }
}
pub struct ListFriendsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn list_friends() -> ListFriendsStmt {
    ListFriendsStmt(
        "select f.friendship_id, f.user_id, f.username, f.display_name, f.profile_picture_metadata, f.state, f.since, t.requested_at, t.accepted_at, book.contact_id, book.contact_name from friend_cards f join friendships t on t.friendship_id = f.friendship_id left join lateral ( select c.contact_id, c.contact_name from matched_contacts m join contacts c on c.contact_id = m.contact_id where m.user_id = f.viewer_id and m.other_id = f.user_id) book on true where f.viewer_id = $1 and f.state = any($2) and (f.since, f.user_id) < ($3, $4) order by f.since desc, f.user_id desc limit $5",
        None,
    )
}
impl ListFriendsStmt {
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
        T1: crate::ArraySql<Item = crate::types::FriendEdgeState>,
    >(
        &'s self,
        client: &'c C,
        viewer_id: &'a uuid::Uuid,
        states: &'a T1,
        before_at: &'a kith_types::time::Timestamp,
        before_id: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> FriendQuery<'c, 'a, 's, C, Friend, 5> {
        FriendQuery {
            client,
            params: [viewer_id, states, before_at, before_id, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<FriendBorrowed, tokio_postgres::Error> {
                    Ok(FriendBorrowed {
                        friendship_id: row.try_get(0)?,
                        user_id: row.try_get(1)?,
                        username: row.try_get(2)?,
                        display_name: row.try_get(3)?,
                        profile_picture_metadata: row.try_get(4)?,
                        state: row.try_get(5)?,
                        since: row.try_get(6)?,
                        requested_at: row.try_get(7)?,
                        accepted_at: row.try_get(8)?,
                        contact_id: row.try_get(9)?,
                        contact_name: row.try_get(10)?,
                    })
                },
            mapper: |it| Friend::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = crate::types::FriendEdgeState>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ListFriendsParams<T1>,
        FriendQuery<'c, 'a, 's, C, Friend, 5>,
        C,
    > for ListFriendsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ListFriendsParams<T1>,
    ) -> FriendQuery<'c, 'a, 's, C, Friend, 5> {
        self.bind(
            client,
            &params.viewer_id,
            &params.states,
            &params.before_at,
            &params.before_id,
            &params.max_rows,
        )
    }
}
pub struct GetFriendshipStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn get_friendship() -> GetFriendshipStmt {
    GetFriendshipStmt(
        "select f.friendship_id, f.user_id, f.username, f.display_name, f.profile_picture_metadata, f.state, f.since, t.requested_at, t.accepted_at, book.contact_id, book.contact_name from friend_cards f join friendships t on t.friendship_id = f.friendship_id left join lateral ( select c.contact_id, c.contact_name from matched_contacts m join contacts c on c.contact_id = m.contact_id where m.user_id = f.viewer_id and m.other_id = f.user_id) book on true where f.viewer_id = $1 and f.friendship_id = $2",
        None,
    )
}
impl GetFriendshipStmt {
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
        viewer_id: &'a uuid::Uuid,
        friendship_id: &'a uuid::Uuid,
    ) -> FriendQuery<'c, 'a, 's, C, Friend, 2> {
        FriendQuery {
            client,
            params: [viewer_id, friendship_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<FriendBorrowed, tokio_postgres::Error> {
                    Ok(FriendBorrowed {
                        friendship_id: row.try_get(0)?,
                        user_id: row.try_get(1)?,
                        username: row.try_get(2)?,
                        display_name: row.try_get(3)?,
                        profile_picture_metadata: row.try_get(4)?,
                        state: row.try_get(5)?,
                        since: row.try_get(6)?,
                        requested_at: row.try_get(7)?,
                        accepted_at: row.try_get(8)?,
                        contact_id: row.try_get(9)?,
                        contact_name: row.try_get(10)?,
                    })
                },
            mapper: |it| Friend::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        GetFriendshipParams,
        FriendQuery<'c, 'a, 's, C, Friend, 2>,
        C,
    > for GetFriendshipStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a GetFriendshipParams,
    ) -> FriendQuery<'c, 'a, 's, C, Friend, 2> {
        self.bind(client, &params.viewer_id, &params.friendship_id)
    }
}
pub struct FindContactStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_contact() -> FindContactStmt {
    FindContactStmt(
        "select c.contact_id, m.other_id from contacts c left join matched_contacts m on m.contact_id = c.contact_id and m.user_id = c.user_id where c.user_id = $1 and c.contact_id = $2",
        None,
    )
}
impl FindContactStmt {
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
        contact_id: &'a uuid::Uuid,
    ) -> FindContactQuery<'c, 'a, 's, C, FindContact, 2> {
        FindContactQuery {
            client,
            params: [user_id, contact_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<FindContact, tokio_postgres::Error> {
                Ok(FindContact { contact_id: row.try_get(0)?, other_id: row.try_get(1)? })
            },
            mapper: |it| FindContact::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        FindContactParams,
        FindContactQuery<'c, 'a, 's, C, FindContact, 2>,
        C,
    > for FindContactStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FindContactParams,
    ) -> FindContactQuery<'c, 'a, 's, C, FindContact, 2> {
        self.bind(client, &params.user_id, &params.contact_id)
    }
}
pub struct ListSuggestionsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn list_suggestions() -> ListSuggestionsStmt {
    ListSuggestionsStmt(
        "select u.user_id, u.username, u.display_name, u.profile_picture_metadata, c.contact_id, c.contact_name, c.date_added from mutual_contacts m join contacts c on c.contact_id = m.contact_id join users u on u.user_id = m.other_id where m.user_id = $1 and not exists (select from friend_edges e where e.user_id = m.user_id and e.friend_id = m.other_id) and (c.date_added, c.contact_id) < ($2, $3) order by c.date_added desc, c.contact_id desc limit $4",
        None,
    )
}
impl ListSuggestionsStmt {
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
        viewer_id: &'a uuid::Uuid,
        before_at: &'a kith_types::time::Timestamp,
        before_id: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> ListSuggestionsQuery<'c, 'a, 's, C, ListSuggestions, 4> {
        ListSuggestionsQuery {
            client,
            params: [viewer_id, before_at, before_id, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<ListSuggestionsBorrowed, tokio_postgres::Error> {
                Ok(ListSuggestionsBorrowed {
                    user_id: row.try_get(0)?,
                    username: row.try_get(1)?,
                    display_name: row.try_get(2)?,
                    profile_picture_metadata: row.try_get(3)?,
                    contact_id: row.try_get(4)?,
                    contact_name: row.try_get(5)?,
                    date_added: row.try_get(6)?,
                })
            },
            mapper: |it| ListSuggestions::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ListSuggestionsParams,
        ListSuggestionsQuery<'c, 'a, 's, C, ListSuggestions, 4>,
        C,
    > for ListSuggestionsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ListSuggestionsParams,
    ) -> ListSuggestionsQuery<'c, 'a, 's, C, ListSuggestions, 4> {
        self.bind(client, &params.viewer_id, &params.before_at, &params.before_id, &params.max_rows)
    }
}
pub struct IsKnownStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn is_known() -> IsKnownStmt {
    IsKnownStmt(
        "select exists (select from visible_cards($1, array[$2]::uuid[])) or exists (select from matched_contacts m where m.user_id = $1 and m.other_id = $2) as is_known",
        None,
    )
}
impl IsKnownStmt {
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
        viewer_id: &'a uuid::Uuid,
        other_id: &'a uuid::Uuid,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        BoolQuery {
            client,
            params: [viewer_id, other_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<'c, 'a, 's, IsKnownParams, BoolQuery<'c, 'a, 's, C, bool, 2>, C>
    for IsKnownStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a IsKnownParams,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        self.bind(client, &params.viewer_id, &params.other_id)
    }
}
pub struct InsertBlockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_block() -> InsertBlockStmt {
    InsertBlockStmt(
        "insert into blocks (blocker_id, blocked_id, known, created_at) values ($1, $2, $3, $4) on conflict (blocker_id, blocked_id) do nothing",
        None,
    )
}
impl InsertBlockStmt {
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
        blocker_id: &'a uuid::Uuid,
        blocked_id: &'a uuid::Uuid,
        known: &'a bool,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[blocker_id, blocked_id, known, now],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertBlockParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertBlockStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertBlockParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.blocker_id,
            &params.blocked_id,
            &params.known,
            &params.now,
        ))
    }
}
pub struct DeleteBlockStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_block() -> DeleteBlockStmt {
    DeleteBlockStmt("delete from blocks where blocker_id = $1 and blocked_id = $2", None)
}
impl DeleteBlockStmt {
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
        blocker_id: &'a uuid::Uuid,
        blocked_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[blocker_id, blocked_id])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteBlockParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteBlockStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteBlockParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.blocker_id, &params.blocked_id))
    }
}
pub struct ListBlocksStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn list_blocks() -> ListBlocksStmt {
    ListBlocksStmt(
        "select u.user_id, u.username, u.display_name, b.created_at from blocks b join users u on u.user_id = b.blocked_id where b.blocker_id = $1 and b.known and u.status = 'active' and (b.created_at, b.blocked_id) < ($2, $3) order by b.created_at desc, b.blocked_id desc limit $4",
        None,
    )
}
impl ListBlocksStmt {
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
        blocker_id: &'a uuid::Uuid,
        before_at: &'a kith_types::time::Timestamp,
        before_id: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> ListBlocksQuery<'c, 'a, 's, C, ListBlocks, 4> {
        ListBlocksQuery {
            client,
            params: [blocker_id, before_at, before_id, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ListBlocksBorrowed, tokio_postgres::Error> {
                    Ok(ListBlocksBorrowed {
                        user_id: row.try_get(0)?,
                        username: row.try_get(1)?,
                        display_name: row.try_get(2)?,
                        created_at: row.try_get(3)?,
                    })
                },
            mapper: |it| ListBlocks::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ListBlocksParams,
        ListBlocksQuery<'c, 'a, 's, C, ListBlocks, 4>,
        C,
    > for ListBlocksStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ListBlocksParams,
    ) -> ListBlocksQuery<'c, 'a, 's, C, ListBlocks, 4> {
        self.bind(
            client,
            &params.blocker_id,
            &params.before_at,
            &params.before_id,
            &params.max_rows,
        )
    }
}
pub struct FindExpiredRequestsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn find_expired_requests() -> FindExpiredRequestsStmt {
    FindExpiredRequestsStmt(
        "select friendship_id, user_id_1, user_id_2, initiated_by from friendships where status = 'pending' and requested_at < $1 order by requested_at limit $2",
        None,
    )
}
impl FindExpiredRequestsStmt {
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
    ) -> FindExpiredRequestsQuery<'c, 'a, 's, C, FindExpiredRequests, 2> {
        FindExpiredRequestsQuery {
            client,
            params: [before, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<FindExpiredRequests, tokio_postgres::Error> {
                    Ok(FindExpiredRequests {
                        friendship_id: row.try_get(0)?,
                        user_id_1: row.try_get(1)?,
                        user_id_2: row.try_get(2)?,
                        initiated_by: row.try_get(3)?,
                    })
                },
            mapper: |it| FindExpiredRequests::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        FindExpiredRequestsParams,
        FindExpiredRequestsQuery<'c, 'a, 's, C, FindExpiredRequests, 2>,
        C,
    > for FindExpiredRequestsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FindExpiredRequestsParams,
    ) -> FindExpiredRequestsQuery<'c, 'a, 's, C, FindExpiredRequests, 2> {
        self.bind(client, &params.before, &params.max_rows)
    }
}
