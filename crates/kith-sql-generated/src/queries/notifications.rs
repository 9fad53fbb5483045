// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct CommentNoticesParams<
    T1: crate::ArraySql<Item = i64>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
> {
    pub seqs: T1,
    pub comment_ids: T2,
}
#[derive(Debug)]
pub struct FriendNoticesParams<
    T1: crate::ArraySql<Item = i64>,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::ArraySql<Item = uuid::Uuid>,
    T5: crate::ArraySql<Item = uuid::Uuid>,
> {
    pub seqs: T1,
    pub kinds: T3,
    pub friendship_ids: T4,
    pub recipient_ids: T5,
}
#[derive(Debug)]
pub struct PhotoNoticesParams<
    T1: crate::ArraySql<Item = i64>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
    T3: crate::ArraySql<Item = uuid::Uuid>,
> {
    pub seqs: T1,
    pub post_ids: T2,
    pub recipient_ids: T3,
}
#[derive(Debug)]
pub struct AccountNoticesParams<
    T1: crate::ArraySql<Item = i64>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
> {
    pub seqs: T1,
    pub audit_ids: T2,
}
#[derive(Debug)]
pub struct CommentsSaidParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub comment_ids: T1,
    pub viewer_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct ActorsKnownParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub viewer_id: uuid::Uuid,
    pub user_ids: T1,
}
#[derive(Debug)]
pub struct FactsKnownParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub viewer_id: uuid::Uuid,
    pub audit_ids: T1,
}
#[derive(Debug)]
pub struct InsertNotificationsParams<
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
    T3: crate::ArraySql<Item = kith_types::visibility::NotificationType>,
    T4: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T5: crate::ArraySql<Item = Option<kith_types::visibility::ReferenceType>>,
    T6: crate::StringSql,
    T7: crate::ArraySql<Item = T6>,
    T8: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T9: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T10: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T11: crate::ArraySql<Item = kith_types::time::Timestamp>,
> {
    pub notification_ids: T1,
    pub user_ids: T2,
    pub types: T3,
    pub reference_ids: T4,
    pub reference_types: T5,
    pub contents: T7,
    pub actor_ids: T8,
    pub post_ids: T9,
    pub audit_ids: T10,
    pub created_at: T11,
}
#[derive(Clone, Copy, Debug)]
pub struct ListNotificationsParams {
    pub user_id: uuid::Uuid,
    pub before_at: kith_types::time::Timestamp,
    pub before_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Debug)]
pub struct MarkReadParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub now: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
    pub ids: T1,
    pub up_to: Option<uuid::Uuid>,
}
#[derive(Clone, Copy, Debug)]
pub struct MarkDeliveredParams {
    pub last_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct CommentNotices {
    pub seq: i64,
    pub recipient_id: uuid::Uuid,
    pub actor_id: uuid::Uuid,
    pub comment_id: uuid::Uuid,
    pub post_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct FriendNotices {
    pub seq: i64,
    pub recipient_id: uuid::Uuid,
    pub actor_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq)]
pub struct PhotoNotices {
    pub seq: i64,
    pub recipient_id: uuid::Uuid,
    pub failure_type: Option<String>,
}
pub struct PhotoNoticesBorrowed<'a> {
    pub seq: i64,
    pub recipient_id: uuid::Uuid,
    pub failure_type: Option<&'a str>,
}
impl<'a> From<PhotoNoticesBorrowed<'a>> for PhotoNotices {
    fn from(
        PhotoNoticesBorrowed { seq, recipient_id, failure_type }: PhotoNoticesBorrowed<'a>,
    ) -> Self {
        Self { seq, recipient_id, failure_type: failure_type.map(|v| v.into()) }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct AccountNotices {
    pub seq: i64,
    pub recipient_id: uuid::Uuid,
    pub kind: String,
}
pub struct AccountNoticesBorrowed<'a> {
    pub seq: i64,
    pub recipient_id: uuid::Uuid,
    pub kind: &'a str,
}
impl<'a> From<AccountNoticesBorrowed<'a>> for AccountNotices {
    fn from(
        AccountNoticesBorrowed { seq, recipient_id, kind }: AccountNoticesBorrowed<'a>,
    ) -> Self {
        Self { seq, recipient_id, kind: kind.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct CommentsSaid {
    pub comment_id: uuid::Uuid,
    pub content: String,
}
pub struct CommentsSaidBorrowed<'a> {
    pub comment_id: uuid::Uuid,
    pub content: &'a str,
}
impl<'a> From<CommentsSaidBorrowed<'a>> for CommentsSaid {
    fn from(CommentsSaidBorrowed { comment_id, content }: CommentsSaidBorrowed<'a>) -> Self {
        Self { comment_id, content: content.into() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ActorsKnown {
    pub user_id: uuid::Uuid,
    pub username: String,
    pub display_name: String,
    pub profile_picture_metadata: Option<serde_json::Value>,
    pub friend_state: Option<String>,
}
pub struct ActorsKnownBorrowed<'a> {
    pub user_id: uuid::Uuid,
    pub username: &'a str,
    pub display_name: &'a str,
    pub profile_picture_metadata: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub friend_state: Option<&'a str>,
}
impl<'a> From<ActorsKnownBorrowed<'a>> for ActorsKnown {
    fn from(
        ActorsKnownBorrowed {
            user_id,
            username,
            display_name,
            profile_picture_metadata,
            friend_state,
        }: ActorsKnownBorrowed<'a>,
    ) -> Self {
        Self {
            user_id,
            username: username.into(),
            display_name: display_name.into(),
            profile_picture_metadata: profile_picture_metadata
                .map(|v| serde_json::from_str(v.0.get()).unwrap()),
            friend_state: friend_state.map(|v| v.into()),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct FactsKnown {
    pub audit_id: uuid::Uuid,
    pub details: serde_json::Value,
    pub device_info: Option<serde_json::Value>,
}
pub struct FactsKnownBorrowed<'a> {
    pub audit_id: uuid::Uuid,
    pub details: postgres_types::Json<&'a serde_json::value::RawValue>,
    pub device_info: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
}
impl<'a> From<FactsKnownBorrowed<'a>> for FactsKnown {
    fn from(FactsKnownBorrowed { audit_id, details, device_info }: FactsKnownBorrowed<'a>) -> Self {
        Self {
            audit_id,
            details: serde_json::from_str(details.0.get()).unwrap(),
            device_info: device_info.map(|v| serde_json::from_str(v.0.get()).unwrap()),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ListNotifications {
    pub notification_id: uuid::Uuid,
    pub notification_type: kith_types::visibility::NotificationType,
    pub reference_id: Option<uuid::Uuid>,
    pub reference_type: Option<kith_types::visibility::ReferenceType>,
    pub content: String,
    pub actor_id: Option<uuid::Uuid>,
    pub audit_id: Option<uuid::Uuid>,
    pub created_at: kith_types::time::Timestamp,
    pub read_at: Option<kith_types::time::Timestamp>,
    pub delivered: bool,
}
pub struct ListNotificationsBorrowed<'a> {
    pub notification_id: uuid::Uuid,
    pub notification_type: kith_types::visibility::NotificationType,
    pub reference_id: Option<uuid::Uuid>,
    pub reference_type: Option<kith_types::visibility::ReferenceType>,
    pub content: &'a str,
    pub actor_id: Option<uuid::Uuid>,
    pub audit_id: Option<uuid::Uuid>,
    pub created_at: kith_types::time::Timestamp,
    pub read_at: Option<kith_types::time::Timestamp>,
    pub delivered: bool,
}
impl<'a> From<ListNotificationsBorrowed<'a>> for ListNotifications {
    fn from(
        ListNotificationsBorrowed {
            notification_id,
            notification_type,
            reference_id,
            reference_type,
            content,
            actor_id,
            audit_id,
            created_at,
            read_at,
            delivered,
        }: ListNotificationsBorrowed<'a>,
    ) -> Self {
        Self {
            notification_id,
            notification_type,
            reference_id,
            reference_type,
            content: content.into(),
            actor_id,
            audit_id,
            created_at,
            read_at,
            delivered,
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct CommentNoticesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CommentNotices, tokio_postgres::Error>,
    mapper: fn(CommentNotices) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CommentNoticesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(CommentNotices) -> R,
    ) -> CommentNoticesQuery<'c, 'a, 's, C, R, N> {
        CommentNoticesQuery {
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
pub struct FriendNoticesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FriendNotices, tokio_postgres::Error>,
    mapper: fn(FriendNotices) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FriendNoticesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(FriendNotices) -> R) -> FriendNoticesQuery<'c, 'a, 's, C, R, N> {
        FriendNoticesQuery {
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
pub struct PhotoNoticesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<PhotoNoticesBorrowed, tokio_postgres::Error>,
    mapper: fn(PhotoNoticesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> PhotoNoticesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(PhotoNoticesBorrowed) -> R,
    ) -> PhotoNoticesQuery<'c, 'a, 's, C, R, N> {
        PhotoNoticesQuery {
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
pub struct AccountNoticesQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AccountNoticesBorrowed, tokio_postgres::Error>,
    mapper: fn(AccountNoticesBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AccountNoticesQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(AccountNoticesBorrowed) -> R,
    ) -> AccountNoticesQuery<'c, 'a, 's, C, R, N> {
        AccountNoticesQuery {
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
pub struct CommentsSaidQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CommentsSaidBorrowed, tokio_postgres::Error>,
    mapper: fn(CommentsSaidBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CommentsSaidQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(CommentsSaidBorrowed) -> R,
    ) -> CommentsSaidQuery<'c, 'a, 's, C, R, N> {
        CommentsSaidQuery {
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
pub struct ActorsKnownQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ActorsKnownBorrowed, tokio_postgres::Error>,
    mapper: fn(ActorsKnownBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ActorsKnownQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ActorsKnownBorrowed) -> R,
    ) -> ActorsKnownQuery<'c, 'a, 's, C, R, N> {
        ActorsKnownQuery {
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
pub struct FactsKnownQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<FactsKnownBorrowed, tokio_postgres::Error>,
    mapper: fn(FactsKnownBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> FactsKnownQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(FactsKnownBorrowed) -> R,
    ) -> FactsKnownQuery<'c, 'a, 's, C, R, N> {
        FactsKnownQuery {
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
pub struct ListNotificationsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ListNotificationsBorrowed, tokio_postgres::Error>,
    mapper: fn(ListNotificationsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ListNotificationsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ListNotificationsBorrowed) -> R,
    ) -> ListNotificationsQuery<'c, 'a, 's, C, R, N> {
        ListNotificationsQuery {
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
pub struct CommentNoticesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn comment_notices() -> CommentNoticesStmt {
    CommentNoticesStmt(
        "select a.seq, c.post_author_id as recipient_id, c.user_id as actor_id, c.comment_id, c.post_id from unnest($1::bigint[], $2::uuid[]) as a (seq, comment_id) join comments m on m.comment_id = a.comment_id join posts p on p.post_id = m.post_id cross join lateral visible_comment(p.user_id, m.comment_id) c join user_settings s on s.user_id = c.post_author_id where c.user_id <> c.post_author_id and not coalesce(s.notification_preferences -> 'muted_users', '[]') @> to_jsonb(c.user_id::text) and not coalesce(s.notification_preferences -> 'muted_posts', '[]') @> to_jsonb(c.post_id::text)",
        None,
    )
}
impl CommentNoticesStmt {
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
        T1: crate::ArraySql<Item = i64>,
        T2: crate::ArraySql<Item = uuid::Uuid>,
    >(
        &'s self,
        client: &'c C,
        seqs: &'a T1,
        comment_ids: &'a T2,
    ) -> CommentNoticesQuery<'c, 'a, 's, C, CommentNotices, 2> {
        CommentNoticesQuery {
            client,
            params: [seqs, comment_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<CommentNotices, tokio_postgres::Error> {
                    Ok(CommentNotices {
                        seq: row.try_get(0)?,
                        recipient_id: row.try_get(1)?,
                        actor_id: row.try_get(2)?,
                        comment_id: row.try_get(3)?,
                        post_id: row.try_get(4)?,
                    })
                },
            mapper: |it| CommentNotices::from(it),
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::ArraySql<Item = i64>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CommentNoticesParams<T1, T2>,
        CommentNoticesQuery<'c, 'a, 's, C, CommentNotices, 2>,
        C,
    > for CommentNoticesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CommentNoticesParams<T1, T2>,
    ) -> CommentNoticesQuery<'c, 'a, 's, C, CommentNotices, 2> {
        self.bind(client, &params.seqs, &params.comment_ids)
    }
}
pub struct FriendNoticesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn friend_notices() -> FriendNoticesStmt {
    FriendNoticesStmt(
        "select a.seq, e.user_id as recipient_id, e.friend_id as actor_id from unnest($1::bigint[], $2::text[], $3::uuid[], $4::uuid[]) as a (seq, kind, friendship_id, recipient_id) join friendships f on f.friendship_id = a.friendship_id join friend_edges e on e.user_id = a.recipient_id and e.friend_id = case when f.user_id_1 = a.recipient_id then f.user_id_2 else f.user_id_1 end join user_settings s on s.user_id = e.user_id where (a.kind = 'friend.requested' and e.state = 'incoming' or a.kind = 'friend.accepted' and e.state = 'active' and f.initiated_by = e.user_id) and not coalesce(s.notification_preferences -> 'muted_users', '[]') @> to_jsonb(e.friend_id::text)",
        None,
    )
}
impl FriendNoticesStmt {
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
        T1: crate::ArraySql<Item = i64>,
        T2: crate::StringSql,
        T3: crate::ArraySql<Item = T2>,
        T4: crate::ArraySql<Item = uuid::Uuid>,
        T5: crate::ArraySql<Item = uuid::Uuid>,
    >(
        &'s self,
        client: &'c C,
        seqs: &'a T1,
        kinds: &'a T3,
        friendship_ids: &'a T4,
        recipient_ids: &'a T5,
    ) -> FriendNoticesQuery<'c, 'a, 's, C, FriendNotices, 4> {
        FriendNoticesQuery {
            client,
            params: [seqs, kinds, friendship_ids, recipient_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<FriendNotices, tokio_postgres::Error> {
                Ok(FriendNotices {
                    seq: row.try_get(0)?,
                    recipient_id: row.try_get(1)?,
                    actor_id: row.try_get(2)?,
                })
            },
            mapper: |it| FriendNotices::from(it),
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::ArraySql<Item = i64>,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::ArraySql<Item = uuid::Uuid>,
    T5: crate::ArraySql<Item = uuid::Uuid>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        FriendNoticesParams<T1, T2, T3, T4, T5>,
        FriendNoticesQuery<'c, 'a, 's, C, FriendNotices, 4>,
        C,
    > for FriendNoticesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FriendNoticesParams<T1, T2, T3, T4, T5>,
    ) -> FriendNoticesQuery<'c, 'a, 's, C, FriendNotices, 4> {
        self.bind(
            client,
            &params.seqs,
            &params.kinds,
            &params.friendship_ids,
            &params.recipient_ids,
        )
    }
}
pub struct PhotoNoticesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn photo_notices() -> PhotoNoticesStmt {
    PhotoNoticesStmt(
        "select a.seq, r.user_id as recipient_id, u.failure_type from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as a (seq, post_id, recipient_id) join users r on r.user_id = a.recipient_id left join uploads u on u.user_id = r.user_id and u.failed_post_id = a.post_id",
        None,
    )
}
impl PhotoNoticesStmt {
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
        T1: crate::ArraySql<Item = i64>,
        T2: crate::ArraySql<Item = uuid::Uuid>,
        T3: crate::ArraySql<Item = uuid::Uuid>,
    >(
        &'s self,
        client: &'c C,
        seqs: &'a T1,
        post_ids: &'a T2,
        recipient_ids: &'a T3,
    ) -> PhotoNoticesQuery<'c, 'a, 's, C, PhotoNotices, 3> {
        PhotoNoticesQuery {
            client,
            params: [seqs, post_ids, recipient_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<PhotoNoticesBorrowed, tokio_postgres::Error> {
                    Ok(PhotoNoticesBorrowed {
                        seq: row.try_get(0)?,
                        recipient_id: row.try_get(1)?,
                        failure_type: row.try_get(2)?,
                    })
                },
            mapper: |it| PhotoNotices::from(it),
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::ArraySql<Item = i64>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
    T3: crate::ArraySql<Item = uuid::Uuid>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        PhotoNoticesParams<T1, T2, T3>,
        PhotoNoticesQuery<'c, 'a, 's, C, PhotoNotices, 3>,
        C,
    > for PhotoNoticesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a PhotoNoticesParams<T1, T2, T3>,
    ) -> PhotoNoticesQuery<'c, 'a, 's, C, PhotoNotices, 3> {
        self.bind(client, &params.seqs, &params.post_ids, &params.recipient_ids)
    }
}
pub struct AccountNoticesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn account_notices() -> AccountNoticesStmt {
    AccountNoticesStmt(
        "select a.seq, u.user_id as recipient_id, l.kind from unnest($1::bigint[], $2::uuid[]) as a (seq, audit_id) join audit_log l on l.audit_id = a.audit_id join users u on u.user_id = l.user_id",
        None,
    )
}
impl AccountNoticesStmt {
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
        T1: crate::ArraySql<Item = i64>,
        T2: crate::ArraySql<Item = uuid::Uuid>,
    >(
        &'s self,
        client: &'c C,
        seqs: &'a T1,
        audit_ids: &'a T2,
    ) -> AccountNoticesQuery<'c, 'a, 's, C, AccountNotices, 2> {
        AccountNoticesQuery {
            client,
            params: [seqs, audit_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<AccountNoticesBorrowed, tokio_postgres::Error> {
                Ok(AccountNoticesBorrowed {
                    seq: row.try_get(0)?,
                    recipient_id: row.try_get(1)?,
                    kind: row.try_get(2)?,
                })
            },
            mapper: |it| AccountNotices::from(it),
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::ArraySql<Item = i64>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AccountNoticesParams<T1, T2>,
        AccountNoticesQuery<'c, 'a, 's, C, AccountNotices, 2>,
        C,
    > for AccountNoticesStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AccountNoticesParams<T1, T2>,
    ) -> AccountNoticesQuery<'c, 'a, 's, C, AccountNotices, 2> {
        self.bind(client, &params.seqs, &params.audit_ids)
    }
}
pub struct CommentsSaidStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn comments_said() -> CommentsSaidStmt {
    CommentsSaidStmt(
        "select c.comment_id, c.content from unnest($1::uuid[]) as i (comment_id) cross join lateral visible_comment($2, i.comment_id) c",
        None,
    )
}
impl CommentsSaidStmt {
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
        comment_ids: &'a T1,
        viewer_id: &'a uuid::Uuid,
    ) -> CommentsSaidQuery<'c, 'a, 's, C, CommentsSaid, 2> {
        CommentsSaidQuery {
            client,
            params: [comment_ids, viewer_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<CommentsSaidBorrowed, tokio_postgres::Error> {
                    Ok(CommentsSaidBorrowed {
                        comment_id: row.try_get(0)?,
                        content: row.try_get(1)?,
                    })
                },
            mapper: |it| CommentsSaid::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CommentsSaidParams<T1>,
        CommentsSaidQuery<'c, 'a, 's, C, CommentsSaid, 2>,
        C,
    > for CommentsSaidStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CommentsSaidParams<T1>,
    ) -> CommentsSaidQuery<'c, 'a, 's, C, CommentsSaid, 2> {
        self.bind(client, &params.comment_ids, &params.viewer_id)
    }
}
pub struct ActorsKnownStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn actors_known() -> ActorsKnownStmt {
    ActorsKnownStmt(
        "select u.user_id, u.username, u.display_name, u.profile_picture_metadata, e.state::text as friend_state from visible_cards($1, $2) u left join friend_edges e on e.user_id = $1 and e.friend_id = u.user_id where u.username is not null and u.display_name is not null",
        None,
    )
}
impl ActorsKnownStmt {
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
        viewer_id: &'a uuid::Uuid,
        user_ids: &'a T1,
    ) -> ActorsKnownQuery<'c, 'a, 's, C, ActorsKnown, 2> {
        ActorsKnownQuery {
            client,
            params: [viewer_id, user_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ActorsKnownBorrowed, tokio_postgres::Error> {
                    Ok(ActorsKnownBorrowed {
                        user_id: row.try_get(0)?,
                        username: row.try_get(1)?,
                        display_name: row.try_get(2)?,
                        profile_picture_metadata: row.try_get(3)?,
                        friend_state: row.try_get(4)?,
                    })
                },
            mapper: |it| ActorsKnown::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ActorsKnownParams<T1>,
        ActorsKnownQuery<'c, 'a, 's, C, ActorsKnown, 2>,
        C,
    > for ActorsKnownStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ActorsKnownParams<T1>,
    ) -> ActorsKnownQuery<'c, 'a, 's, C, ActorsKnown, 2> {
        self.bind(client, &params.viewer_id, &params.user_ids)
    }
}
pub struct FactsKnownStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn facts_known() -> FactsKnownStmt {
    FactsKnownStmt(
        "select l.audit_id, l.details, t.device_info from audit_log l left join refresh_tokens t on t.token_id = l.session_id and t.user_id = l.user_id where l.user_id = $1 and l.audit_id = any ($2)",
        None,
    )
}
impl FactsKnownStmt {
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
        viewer_id: &'a uuid::Uuid,
        audit_ids: &'a T1,
    ) -> FactsKnownQuery<'c, 'a, 's, C, FactsKnown, 2> {
        FactsKnownQuery {
            client,
            params: [viewer_id, audit_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<FactsKnownBorrowed, tokio_postgres::Error> {
                    Ok(FactsKnownBorrowed {
                        audit_id: row.try_get(0)?,
                        details: row.try_get(1)?,
                        device_info: row.try_get(2)?,
                    })
                },
            mapper: |it| FactsKnown::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        FactsKnownParams<T1>,
        FactsKnownQuery<'c, 'a, 's, C, FactsKnown, 2>,
        C,
    > for FactsKnownStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FactsKnownParams<T1>,
    ) -> FactsKnownQuery<'c, 'a, 's, C, FactsKnown, 2> {
        self.bind(client, &params.viewer_id, &params.audit_ids)
    }
}
pub struct InsertNotificationsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_notifications() -> InsertNotificationsStmt {
    InsertNotificationsStmt(
        "insert into secondary.notifications (notification_id, user_id, type, reference_id, reference_type, content, actor_id, post_id, audit_id, created_at) select n.* from unnest( $1::uuid[], $2::uuid[], $3::secondary.notification_type[], $4::uuid[], $5::secondary.reference_type[], $6::text[], $7::uuid[], $8::uuid[], $9::uuid[], $10::timestamptz[]) n on conflict (notification_id) do nothing",
        None,
    )
}
impl InsertNotificationsStmt {
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
        T2: crate::ArraySql<Item = uuid::Uuid>,
        T3: crate::ArraySql<Item = kith_types::visibility::NotificationType>,
        T4: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T5: crate::ArraySql<Item = Option<kith_types::visibility::ReferenceType>>,
        T6: crate::StringSql,
        T7: crate::ArraySql<Item = T6>,
        T8: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T9: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T10: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T11: crate::ArraySql<Item = kith_types::time::Timestamp>,
    >(
        &'s self,
        client: &'c C,
        notification_ids: &'a T1,
        user_ids: &'a T2,
        types: &'a T3,
        reference_ids: &'a T4,
        reference_types: &'a T5,
        contents: &'a T7,
        actor_ids: &'a T8,
        post_ids: &'a T9,
        audit_ids: &'a T10,
        created_at: &'a T11,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[
                notification_ids,
                user_ids,
                types,
                reference_ids,
                reference_types,
                contents,
                actor_ids,
                post_ids,
                audit_ids,
                created_at,
            ],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::ArraySql<Item = uuid::Uuid>,
    T3: crate::ArraySql<Item = kith_types::visibility::NotificationType>,
    T4: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T5: crate::ArraySql<Item = Option<kith_types::visibility::ReferenceType>>,
    T6: crate::StringSql,
    T7: crate::ArraySql<Item = T6>,
    T8: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T9: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T10: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T11: crate::ArraySql<Item = kith_types::time::Timestamp>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertNotificationsParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertNotificationsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertNotificationsParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.notification_ids,
            &params.user_ids,
            &params.types,
            &params.reference_ids,
            &params.reference_types,
            &params.contents,
            &params.actor_ids,
            &params.post_ids,
            &params.audit_ids,
            &params.created_at,
        ))
    }
}
pub struct ListNotificationsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn list_notifications() -> ListNotificationsStmt {
    ListNotificationsStmt(
        "select notification_id, type as notification_type, reference_id, reference_type, content, actor_id, audit_id, created_at, read_at, delivered from secondary.notifications where user_id = $1 and (created_at, notification_id) < ($2, $3) order by created_at desc, notification_id desc limit $4",
        None,
    )
}
impl ListNotificationsStmt {
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
        before_at: &'a kith_types::time::Timestamp,
        before_id: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> ListNotificationsQuery<'c, 'a, 's, C, ListNotifications, 4> {
        ListNotificationsQuery {
            client,
            params: [user_id, before_at, before_id, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<ListNotificationsBorrowed, tokio_postgres::Error> {
                Ok(ListNotificationsBorrowed {
                    notification_id: row.try_get(0)?,
                    notification_type: row.try_get(1)?,
                    reference_id: row.try_get(2)?,
                    reference_type: row.try_get(3)?,
                    content: row.try_get(4)?,
                    actor_id: row.try_get(5)?,
                    audit_id: row.try_get(6)?,
                    created_at: row.try_get(7)?,
                    read_at: row.try_get(8)?,
                    delivered: row.try_get(9)?,
                })
            },
            mapper: |it| ListNotifications::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ListNotificationsParams,
        ListNotificationsQuery<'c, 'a, 's, C, ListNotifications, 4>,
        C,
    > for ListNotificationsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ListNotificationsParams,
    ) -> ListNotificationsQuery<'c, 'a, 's, C, ListNotifications, 4> {
        self.bind(client, &params.user_id, &params.before_at, &params.before_id, &params.max_rows)
    }
}
pub struct CountUnreadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn count_unread() -> CountUnreadStmt {
    CountUnreadStmt(
        "select count(*) as unread from secondary.notifications where user_id = $1 and read_at is null",
        None,
    )
}
impl CountUnreadStmt {
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
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct MarkReadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn mark_read() -> MarkReadStmt {
    MarkReadStmt(
        "update secondary.notifications n set read_at = $1 where n.user_id = $2 and n.read_at is null and (n.notification_id = any ($3) or (n.created_at, n.notification_id) <= ( select u.created_at, u.notification_id from secondary.notifications u where u.user_id = $2 and u.notification_id = $4))",
        None,
    )
}
impl MarkReadStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>(
        &'s self,
        client: &'c C,
        now: &'a kith_types::time::Timestamp,
        user_id: &'a uuid::Uuid,
        ids: &'a T1,
        up_to: &'a Option<uuid::Uuid>,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, user_id, ids, up_to])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        MarkReadParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for MarkReadStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MarkReadParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.user_id, &params.ids, &params.up_to))
    }
}
pub struct MarkDeliveredStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn mark_delivered() -> MarkDeliveredStmt {
    MarkDeliveredStmt(
        "update secondary.notifications n set delivered = true from secondary.notifications last where last.notification_id = $1 and last.user_id = $2 and n.user_id = $2 and not n.delivered and (n.created_at, n.notification_id) <= (last.created_at, last.notification_id)",
        None,
    )
}
impl MarkDeliveredStmt {
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
        last_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[last_id, user_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        MarkDeliveredParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for MarkDeliveredStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a MarkDeliveredParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.last_id, &params.user_id))
    }
}
