// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct InsertEventsParams<
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T5: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T6: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T7: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T8: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T9: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T10: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T11: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T12: crate::ArraySql<Item = Option<uuid::Uuid>>,
> {
    pub occurred_at: kith_types::time::Timestamp,
    pub event_ids: T1,
    pub kinds: T3,
    pub recipient_ids: T4,
    pub post_ids: T5,
    pub author_ids: T6,
    pub comment_ids: T7,
    pub friendship_ids: T8,
    pub user_ids: T9,
    pub notification_ids: T10,
    pub session_ids: T11,
    pub audit_ids: T12,
}
#[derive(Debug)]
pub struct AdvanceEventPositionParams<T1: crate::StringSql> {
    pub seq: i64,
    pub name: T1,
    pub expected: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct EventsAfterParams {
    pub after: i64,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct MissedByMeParams {
    pub user_id: uuid::Uuid,
    pub after: i64,
    pub until: i64,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct MissedInFeedParams {
    pub user_id: uuid::Uuid,
    pub after: i64,
    pub until: i64,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct MissedOnPostParams {
    pub user_id: uuid::Uuid,
    pub after: i64,
    pub until: i64,
    pub post_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Debug)]
pub struct EventReadersParams<
    T1: crate::ArraySql<Item = i64>,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T5: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T6: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T7: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T8: crate::ArraySql<Item = Option<uuid::Uuid>>,
> {
    pub seqs: T1,
    pub kinds: T3,
    pub post_ids: T4,
    pub comment_ids: T5,
    pub author_ids: T6,
    pub friendship_ids: T7,
    pub candidate_ids: T8,
}
#[derive(Clone, Copy, Debug)]
pub struct SeesPostParams {
    pub viewer_id: uuid::Uuid,
    pub post_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct EndedSessionsParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub session_ids: T1,
    pub now: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct LastNotificationParams {
    pub user_id: uuid::Uuid,
    pub until: i64,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct SequenceEvents {
    pub head: i64,
    pub numbered: i64,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub event_id: uuid::Uuid,
    pub seq: i64,
    pub kind: String,
    pub recipient_id: Option<uuid::Uuid>,
    pub post_id: Option<uuid::Uuid>,
    pub author_id: Option<uuid::Uuid>,
    pub comment_id: Option<uuid::Uuid>,
    pub friendship_id: Option<uuid::Uuid>,
    pub user_id: Option<uuid::Uuid>,
    pub notification_id: Option<uuid::Uuid>,
    pub session_id: Option<uuid::Uuid>,
    pub audit_id: Option<uuid::Uuid>,
    pub occurred_at: kith_types::time::Timestamp,
}
pub struct EventBorrowed<'a> {
    pub event_id: uuid::Uuid,
    pub seq: i64,
    pub kind: &'a str,
    pub recipient_id: Option<uuid::Uuid>,
    pub post_id: Option<uuid::Uuid>,
    pub author_id: Option<uuid::Uuid>,
    pub comment_id: Option<uuid::Uuid>,
    pub friendship_id: Option<uuid::Uuid>,
    pub user_id: Option<uuid::Uuid>,
    pub notification_id: Option<uuid::Uuid>,
    pub session_id: Option<uuid::Uuid>,
    pub audit_id: Option<uuid::Uuid>,
    pub occurred_at: kith_types::time::Timestamp,
}
impl<'a> From<EventBorrowed<'a>> for Event {
    fn from(
        EventBorrowed {
            event_id,
            seq,
            kind,
            recipient_id,
            post_id,
            author_id,
            comment_id,
            friendship_id,
            user_id,
            notification_id,
            session_id,
            audit_id,
            occurred_at,
        }: EventBorrowed<'a>,
    ) -> Self {
        Self {
            event_id,
            seq,
            kind: kind.into(),
            recipient_id,
            post_id,
            author_id,
            comment_id,
            friendship_id,
            user_id,
            notification_id,
            session_id,
            audit_id,
            occurred_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct LogBounds {
    pub head: i64,
    pub purged: i64,
    pub next_at: Option<kith_types::time::Timestamp>,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct EventReaders {
    pub seq: i64,
    pub reader_id: uuid::Uuid,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct SequenceEventsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SequenceEvents, tokio_postgres::Error>,
    mapper: fn(SequenceEvents) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SequenceEventsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(SequenceEvents) -> R,
    ) -> SequenceEventsQuery<'c, 'a, 's, C, R, N> {
        SequenceEventsQuery {
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
pub struct EventQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<EventBorrowed, tokio_postgres::Error>,
    mapper: fn(EventBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> EventQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(EventBorrowed) -> R) -> EventQuery<'c, 'a, 's, C, R, N> {
        EventQuery {
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
pub struct LogBoundsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LogBounds, tokio_postgres::Error>,
    mapper: fn(LogBounds) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LogBoundsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(LogBounds) -> R) -> LogBoundsQuery<'c, 'a, 's, C, R, N> {
        LogBoundsQuery {
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
pub struct EventReadersQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<EventReaders, tokio_postgres::Error>,
    mapper: fn(EventReaders) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> EventReadersQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(EventReaders) -> R) -> EventReadersQuery<'c, 'a, 's, C, R, N> {
        EventReadersQuery {
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
pub struct InsertEventsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_events() -> InsertEventsStmt {
    InsertEventsStmt(
        "insert into events (event_id, kind, recipient_id, post_id, author_id, comment_id, friendship_id, user_id, notification_id, session_id, audit_id, occurred_at) select e.*, $1 from unnest( $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::uuid[], $12::uuid[]) e on conflict (event_id) do nothing",
        None,
    )
}
impl InsertEventsStmt {
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
        T2: crate::StringSql,
        T3: crate::ArraySql<Item = T2>,
        T4: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T5: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T6: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T7: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T8: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T9: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T10: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T11: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T12: crate::ArraySql<Item = Option<uuid::Uuid>>,
    >(
        &'s self,
        client: &'c C,
        occurred_at: &'a kith_types::time::Timestamp,
        event_ids: &'a T1,
        kinds: &'a T3,
        recipient_ids: &'a T4,
        post_ids: &'a T5,
        author_ids: &'a T6,
        comment_ids: &'a T7,
        friendship_ids: &'a T8,
        user_ids: &'a T9,
        notification_ids: &'a T10,
        session_ids: &'a T11,
        audit_ids: &'a T12,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[
                occurred_at,
                event_ids,
                kinds,
                recipient_ids,
                post_ids,
                author_ids,
                comment_ids,
                friendship_ids,
                user_ids,
                notification_ids,
                session_ids,
                audit_ids,
            ],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::ArraySql<Item = uuid::Uuid>,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
    T4: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T5: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T6: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T7: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T8: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T9: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T10: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T11: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T12: crate::ArraySql<Item = Option<uuid::Uuid>>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertEventsParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertEventsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertEventsParams<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.occurred_at,
            &params.event_ids,
            &params.kinds,
            &params.recipient_ids,
            &params.post_ids,
            &params.author_ids,
            &params.comment_ids,
            &params.friendship_ids,
            &params.user_ids,
            &params.notification_ids,
            &params.session_ids,
            &params.audit_ids,
        ))
    }
}
pub struct SequenceEventsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn sequence_events() -> SequenceEventsStmt {
    SequenceEventsStmt(
        "with head as ( select seq from event_positions where name = 'head' for update ), batch as ( select e.event_id, row_number() over (order by e.occurred_at, e.event_id) as position from events e where e.seq is null order by e.occurred_at, e.event_id limit $1 ), numbered as ( update events e set seq = head.seq + batch.position from batch, head where e.event_id = batch.event_id and e.seq is null returning e.seq ) update event_positions p set seq = greatest(p.seq, (select max(numbered.seq) from numbered)) where p.name = 'head' and exists (select from numbered) returning p.seq as head, (select count(*) from numbered) as numbered",
        None,
    )
}
impl SequenceEventsStmt {
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
        batch_size: &'a i64,
    ) -> SequenceEventsQuery<'c, 'a, 's, C, SequenceEvents, 1> {
        SequenceEventsQuery {
            client,
            params: [batch_size],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SequenceEvents, tokio_postgres::Error> {
                    Ok(SequenceEvents { head: row.try_get(0)?, numbered: row.try_get(1)? })
                },
            mapper: |it| SequenceEvents::from(it),
        }
    }
}
pub struct EventHeadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn event_head() -> EventHeadStmt {
    EventHeadStmt("select seq from event_positions where name = 'head'", None)
}
impl EventHeadStmt {
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
pub struct EventPositionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn event_position() -> EventPositionStmt {
    EventPositionStmt("select seq from event_positions where name = $1", None)
}
impl EventPositionStmt {
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
        name: &'a T1,
    ) -> I64Query<'c, 'a, 's, C, i64, 1> {
        I64Query {
            client,
            params: [name],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct AdvanceEventPositionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn advance_event_position() -> AdvanceEventPositionStmt {
    AdvanceEventPositionStmt(
        "update event_positions set seq = $1 where name = $2 and seq = $3",
        None,
    )
}
impl AdvanceEventPositionStmt {
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
        seq: &'a i64,
        name: &'a T1,
        expected: &'a i64,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[seq, name, expected])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        AdvanceEventPositionParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AdvanceEventPositionStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AdvanceEventPositionParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.seq, &params.name, &params.expected))
    }
}
pub struct EventsAfterStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn events_after() -> EventsAfterStmt {
    EventsAfterStmt(
        "select event_id, seq, kind, recipient_id, post_id, author_id, comment_id, friendship_id, user_id, notification_id, session_id, audit_id, occurred_at from events where seq > $1 order by seq limit $2",
        None,
    )
}
impl EventsAfterStmt {
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
        after: &'a i64,
        max_rows: &'a i64,
    ) -> EventQuery<'c, 'a, 's, C, Event, 2> {
        EventQuery {
            client,
            params: [after, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<EventBorrowed, tokio_postgres::Error> {
                Ok(EventBorrowed {
                    event_id: row.try_get(0)?,
                    seq: row.try_get(1)?,
                    kind: row.try_get(2)?,
                    recipient_id: row.try_get(3)?,
                    post_id: row.try_get(4)?,
                    author_id: row.try_get(5)?,
                    comment_id: row.try_get(6)?,
                    friendship_id: row.try_get(7)?,
                    user_id: row.try_get(8)?,
                    notification_id: row.try_get(9)?,
                    session_id: row.try_get(10)?,
                    audit_id: row.try_get(11)?,
                    occurred_at: row.try_get(12)?,
                })
            },
            mapper: |it| Event::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        EventsAfterParams,
        EventQuery<'c, 'a, 's, C, Event, 2>,
        C,
    > for EventsAfterStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a EventsAfterParams,
    ) -> EventQuery<'c, 'a, 's, C, Event, 2> {
        self.bind(client, &params.after, &params.max_rows)
    }
}
pub struct LogBoundsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn log_bounds() -> LogBoundsStmt {
    LogBoundsStmt(
        "select (select seq from event_positions where name = 'head') as head, (select seq from event_positions where name = 'purged') as purged, (select occurred_at from events where seq > $1 order by seq limit 1) as next_at",
        None,
    )
}
impl LogBoundsStmt {
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
        after: &'a i64,
    ) -> LogBoundsQuery<'c, 'a, 's, C, LogBounds, 1> {
        LogBoundsQuery {
            client,
            params: [after],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<LogBounds, tokio_postgres::Error> {
                Ok(LogBounds {
                    head: row.try_get(0)?,
                    purged: row.try_get(1)?,
                    next_at: row.try_get(2)?,
                })
            },
            mapper: |it| LogBounds::from(it),
        }
    }
}
pub struct MissedByMeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn missed_by_me() -> MissedByMeStmt {
    MissedByMeStmt(
        "select event_id, seq, kind, recipient_id, post_id, author_id, comment_id, friendship_id, user_id, notification_id, session_id, audit_id, occurred_at from events where recipient_id = $1 and seq > $2 and seq <= $3 and kind in ('post.failed', 'friend.requested', 'friend.accepted', 'friend.removed', 'notification.created', 'notification.read', 'session.revoked') order by seq limit $4",
        None,
    )
}
impl MissedByMeStmt {
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
        after: &'a i64,
        until: &'a i64,
        max_rows: &'a i64,
    ) -> EventQuery<'c, 'a, 's, C, Event, 4> {
        EventQuery {
            client,
            params: [user_id, after, until, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<EventBorrowed, tokio_postgres::Error> {
                Ok(EventBorrowed {
                    event_id: row.try_get(0)?,
                    seq: row.try_get(1)?,
                    kind: row.try_get(2)?,
                    recipient_id: row.try_get(3)?,
                    post_id: row.try_get(4)?,
                    author_id: row.try_get(5)?,
                    comment_id: row.try_get(6)?,
                    friendship_id: row.try_get(7)?,
                    user_id: row.try_get(8)?,
                    notification_id: row.try_get(9)?,
                    session_id: row.try_get(10)?,
                    audit_id: row.try_get(11)?,
                    occurred_at: row.try_get(12)?,
                })
            },
            mapper: |it| Event::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        MissedByMeParams,
        EventQuery<'c, 'a, 's, C, Event, 4>,
        C,
    > for MissedByMeStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a MissedByMeParams,
    ) -> EventQuery<'c, 'a, 's, C, Event, 4> {
        self.bind(client, &params.user_id, &params.after, &params.until, &params.max_rows)
    }
}
pub struct MissedInFeedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn missed_in_feed() -> MissedInFeedStmt {
    MissedInFeedStmt(
        "select event_id, seq, kind, recipient_id, post_id, author_id, comment_id, friendship_id, user_id, notification_id, session_id, audit_id, occurred_at from ( select e.* from events e where e.recipient_id = $1 and e.seq > $2 and e.seq <= $3 and e.kind in ('post.ready', 'post.updated', 'post.removed', 'feed.resync') union all select e.* from events e where e.recipient_id is null and e.seq > $2 and e.seq <= $3 and e.kind in ('post.ready', 'post.updated', 'post.removed') and e.author_id in (select f.friend_id from current_friends f where f.user_id = $1 union all select $1) ) missed order by seq limit $4",
        None,
    )
}
impl MissedInFeedStmt {
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
        after: &'a i64,
        until: &'a i64,
        max_rows: &'a i64,
    ) -> EventQuery<'c, 'a, 's, C, Event, 4> {
        EventQuery {
            client,
            params: [user_id, after, until, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<EventBorrowed, tokio_postgres::Error> {
                Ok(EventBorrowed {
                    event_id: row.try_get(0)?,
                    seq: row.try_get(1)?,
                    kind: row.try_get(2)?,
                    recipient_id: row.try_get(3)?,
                    post_id: row.try_get(4)?,
                    author_id: row.try_get(5)?,
                    comment_id: row.try_get(6)?,
                    friendship_id: row.try_get(7)?,
                    user_id: row.try_get(8)?,
                    notification_id: row.try_get(9)?,
                    session_id: row.try_get(10)?,
                    audit_id: row.try_get(11)?,
                    occurred_at: row.try_get(12)?,
                })
            },
            mapper: |it| Event::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        MissedInFeedParams,
        EventQuery<'c, 'a, 's, C, Event, 4>,
        C,
    > for MissedInFeedStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a MissedInFeedParams,
    ) -> EventQuery<'c, 'a, 's, C, Event, 4> {
        self.bind(client, &params.user_id, &params.after, &params.until, &params.max_rows)
    }
}
pub struct MissedOnPostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn missed_on_post() -> MissedOnPostStmt {
    MissedOnPostStmt(
        "select event_id, seq, kind, recipient_id, post_id, author_id, comment_id, friendship_id, user_id, notification_id, session_id, audit_id, occurred_at from ( select e.* from events e where e.recipient_id = $1 and e.seq > $2 and e.seq <= $3 and ((e.post_id = $4 and e.kind in ('post.updated', 'post.removed')) or e.kind = 'feed.resync') union all select e.* from events e where e.recipient_id is null and e.seq > $2 and e.seq <= $3 and e.post_id = $4 and e.kind <> 'post.ready' ) missed order by seq limit $5",
        None,
    )
}
impl MissedOnPostStmt {
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
        after: &'a i64,
        until: &'a i64,
        post_id: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> EventQuery<'c, 'a, 's, C, Event, 5> {
        EventQuery {
            client,
            params: [user_id, after, until, post_id, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<EventBorrowed, tokio_postgres::Error> {
                Ok(EventBorrowed {
                    event_id: row.try_get(0)?,
                    seq: row.try_get(1)?,
                    kind: row.try_get(2)?,
                    recipient_id: row.try_get(3)?,
                    post_id: row.try_get(4)?,
                    author_id: row.try_get(5)?,
                    comment_id: row.try_get(6)?,
                    friendship_id: row.try_get(7)?,
                    user_id: row.try_get(8)?,
                    notification_id: row.try_get(9)?,
                    session_id: row.try_get(10)?,
                    audit_id: row.try_get(11)?,
                    occurred_at: row.try_get(12)?,
                })
            },
            mapper: |it| Event::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        MissedOnPostParams,
        EventQuery<'c, 'a, 's, C, Event, 5>,
        C,
    > for MissedOnPostStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a MissedOnPostParams,
    ) -> EventQuery<'c, 'a, 's, C, Event, 5> {
        self.bind(
            client,
            &params.user_id,
            &params.after,
            &params.until,
            &params.post_id,
            &params.max_rows,
        )
    }
}
pub struct EventReadersStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn event_readers() -> EventReadersStmt {
    EventReadersStmt(
        "with asked as ( select * from unnest( $1::bigint[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[]) as a (seq, kind, post_id, comment_id, author_id, friendship_id, candidate_id) ) select a.seq, r.reader_id from asked a cross join lateral event_readers(a.kind, a.post_id, a.comment_id, a.author_id, a.friendship_id) r where a.candidate_id is null union all select a.seq, r.reader_id from asked a cross join lateral event_readers(a.kind, a.post_id, a.comment_id, a.author_id, a.friendship_id) r where r.reader_id = a.candidate_id",
        None,
    )
}
impl EventReadersStmt {
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
        T4: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T5: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T6: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T7: crate::ArraySql<Item = Option<uuid::Uuid>>,
        T8: crate::ArraySql<Item = Option<uuid::Uuid>>,
    >(
        &'s self,
        client: &'c C,
        seqs: &'a T1,
        kinds: &'a T3,
        post_ids: &'a T4,
        comment_ids: &'a T5,
        author_ids: &'a T6,
        friendship_ids: &'a T7,
        candidate_ids: &'a T8,
    ) -> EventReadersQuery<'c, 'a, 's, C, EventReaders, 7> {
        EventReadersQuery {
            client,
            params: [seqs, kinds, post_ids, comment_ids, author_ids, friendship_ids, candidate_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<EventReaders, tokio_postgres::Error> {
                Ok(EventReaders { seq: row.try_get(0)?, reader_id: row.try_get(1)? })
            },
            mapper: |it| EventReaders::from(it),
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
    T4: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T5: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T6: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T7: crate::ArraySql<Item = Option<uuid::Uuid>>,
    T8: crate::ArraySql<Item = Option<uuid::Uuid>>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        EventReadersParams<T1, T2, T3, T4, T5, T6, T7, T8>,
        EventReadersQuery<'c, 'a, 's, C, EventReaders, 7>,
        C,
    > for EventReadersStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a EventReadersParams<T1, T2, T3, T4, T5, T6, T7, T8>,
    ) -> EventReadersQuery<'c, 'a, 's, C, EventReaders, 7> {
        self.bind(
            client,
            &params.seqs,
            &params.kinds,
            &params.post_ids,
            &params.comment_ids,
            &params.author_ids,
            &params.friendship_ids,
            &params.candidate_ids,
        )
    }
}
pub struct SeesPostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn sees_post() -> SeesPostStmt {
    SeesPostStmt(
        "select exists (select from visible_posts v where v.viewer_id = $1 and v.post_id = $2) as sees_post",
        None,
    )
}
impl SeesPostStmt {
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
        post_id: &'a uuid::Uuid,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        BoolQuery {
            client,
            params: [viewer_id, post_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<'c, 'a, 's, SeesPostParams, BoolQuery<'c, 'a, 's, C, bool, 2>, C>
    for SeesPostStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SeesPostParams,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        self.bind(client, &params.viewer_id, &params.post_id)
    }
}
pub struct EndedSessionsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ended_sessions() -> EndedSessionsStmt {
    EndedSessionsStmt(
        "select s.session_id from unnest($1::uuid[]) as s (session_id) where not exists ( select from refresh_tokens t join users u on u.user_id = t.user_id where t.token_id = s.session_id and t.revoked_at is null and t.expires_at > $2 and u.status = 'active')",
        None,
    )
}
impl EndedSessionsStmt {
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
        session_ids: &'a T1,
        now: &'a kith_types::time::Timestamp,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        UuidUuidQuery {
            client,
            params: [session_ids, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        EndedSessionsParams<T1>,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2>,
        C,
    > for EndedSessionsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a EndedSessionsParams<T1>,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        self.bind(client, &params.session_ids, &params.now)
    }
}
pub struct LastNotificationStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn last_notification() -> LastNotificationStmt {
    LastNotificationStmt(
        "select notification_id from events where recipient_id = $1 and kind = 'notification.created' and notification_id is not null and seq <= $2 order by seq desc limit 1",
        None,
    )
}
impl LastNotificationStmt {
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
        until: &'a i64,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        UuidUuidQuery {
            client,
            params: [user_id, until],
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
        LastNotificationParams,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2>,
        C,
    > for LastNotificationStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a LastNotificationParams,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        self.bind(client, &params.user_id, &params.until)
    }
}
