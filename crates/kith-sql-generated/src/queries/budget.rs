// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct LockBudgetsParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
> {
    pub patience: T1,
    pub names: T3,
}
#[derive(Debug)]
pub struct SendingHistoryParams<T1: crate::BytesSql> {
    pub phone_number: T1,
    pub day_ago: kith_types::time::Timestamp,
    pub hour_ago: kith_types::time::Timestamp,
    pub ip_prefix: std::net::IpAddr,
    pub device_id: Option<uuid::Uuid>,
}
#[derive(Debug)]
pub struct SendingCountsParams<
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
> {
    pub scopes: T2,
    pub subjects: T4,
    pub since: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct InsertAttemptParams<
    T1: crate::BytesSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::ArraySql<Item = T5>,
    T7: crate::StringSql,
    T8: crate::ArraySql<Item = T7>,
> {
    pub attempt_id: uuid::Uuid,
    pub verification_id: uuid::Uuid,
    pub phone_number: T1,
    pub ip_prefix: std::net::IpAddr,
    pub device_id: Option<uuid::Uuid>,
    pub country: T2,
    pub prefix: T3,
    pub channel: T4,
    pub now: kith_types::time::Timestamp,
    pub scopes: T6,
    pub subjects: T8,
}
#[derive(Clone, Copy, Debug)]
pub struct AnswerAttemptParams {
    pub now: kith_types::time::Timestamp,
    pub verification_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct SendingHistory {
    pub number_sends: i64,
    pub number_since: Option<kith_types::time::Timestamp>,
    pub calls: i64,
    pub calls_since: Option<kith_types::time::Timestamp>,
    pub first_text_at: Option<kith_types::time::Timestamp>,
    pub network_sends: i64,
    pub network_since: Option<kith_types::time::Timestamp>,
    pub unanswered: i64,
    pub unanswered_since: Option<kith_types::time::Timestamp>,
    pub device_sends: i64,
    pub device_since: Option<kith_types::time::Timestamp>,
    pub proven: bool,
    pub device_unanswered: i64,
    pub number_tries: i64,
    pub tries_since: Option<kith_types::time::Timestamp>,
    pub last_sent_at: Option<kith_types::time::Timestamp>,
}
#[derive(Debug, Clone, PartialEq)]
pub struct SendingCounts {
    pub scope: String,
    pub sends: i64,
    pub answered: i64,
    pub since: kith_types::time::Timestamp,
    pub last_sent_at: kith_types::time::Timestamp,
}
pub struct SendingCountsBorrowed<'a> {
    pub scope: &'a str,
    pub sends: i64,
    pub answered: i64,
    pub since: kith_types::time::Timestamp,
    pub last_sent_at: kith_types::time::Timestamp,
}
impl<'a> From<SendingCountsBorrowed<'a>> for SendingCounts {
    fn from(
        SendingCountsBorrowed {
            scope,
            sends,
            answered,
            since,
            last_sent_at,
        }: SendingCountsBorrowed<'a>,
    ) -> Self {
        Self { scope: scope.into(), sends, answered, since, last_sent_at }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
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
pub struct SendingHistoryQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SendingHistory, tokio_postgres::Error>,
    mapper: fn(SendingHistory) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SendingHistoryQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(SendingHistory) -> R,
    ) -> SendingHistoryQuery<'c, 'a, 's, C, R, N> {
        SendingHistoryQuery {
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
pub struct SendingCountsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<SendingCountsBorrowed, tokio_postgres::Error>,
    mapper: fn(SendingCountsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SendingCountsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(SendingCountsBorrowed) -> R,
    ) -> SendingCountsQuery<'c, 'a, 's, C, R, N> {
        SendingCountsQuery {
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
pub struct LockBudgetsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_budgets() -> LockBudgetsStmt {
    LockBudgetsStmt(
        "select count(*) as locked from ( select set_config('lock_timeout', $1, true), pg_advisory_xact_lock(hashtextextended(budget.name, 0)) from unnest($2::text[]) with ordinality as budget (name, place) order by budget.place) as locks",
        None,
    )
}
impl LockBudgetsStmt {
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
        T1: crate::StringSql,
        T2: crate::StringSql,
        T3: crate::ArraySql<Item = T2>,
    >(
        &'s self,
        client: &'c C,
        patience: &'a T1,
        names: &'a T3,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        I64Query {
            client,
            params: [patience, names],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::ArraySql<Item = T2>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        LockBudgetsParams<T1, T2, T3>,
        I64Query<'c, 'a, 's, C, i64, 2>,
        C,
    > for LockBudgetsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a LockBudgetsParams<T1, T2, T3>,
    ) -> I64Query<'c, 'a, 's, C, i64, 2> {
        self.bind(client, &params.patience, &params.names)
    }
}
pub struct SendingHistoryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn sending_history() -> SendingHistoryStmt {
    SendingHistoryStmt(
        "select number.sends as number_sends, number.since as number_since, number.calls, number.calls_since, number.first_text_at, network.sends as network_sends, network.since as network_since, network.unanswered, network.unanswered_since, device.sends as device_sends, device.since as device_since, device.proven, device.unanswered as device_unanswered, wrong.tries as number_tries, wrong.since as tries_since, wrong.last_sent_at from (select count(*) as sends, min(created_at) as since, count(*) filter (where channel = 'call') as calls, min(created_at) filter (where channel = 'call') as calls_since, min(created_at) filter (where channel = 'sms') as first_text_at from sms_attempts where phone_number = $1 and created_at > $2 and outcome <> 'failed') number, (select count(*) filter (where created_at > $3) as sends, min(created_at) filter (where created_at > $3) as since, count(*) filter (where answered_at is null and phone_number <> $1) as unanswered, min(created_at) filter (where answered_at is null and phone_number <> $1) as unanswered_since from sms_attempts where ip_prefix = $4 and created_at > $2) network, (select count(*) filter (where created_at > $2) as sends, min(created_at) filter (where created_at > $2) as since, coalesce(bool_or(answered_at is not null), false) as proven, count(*) filter (where answered_at is null and phone_number <> $1 and created_at > $2) as unanswered from sms_attempts where device_id = $5) device, (select coalesce(sum(tries - (state = 'used')::int) filter (where coalesce(tried_at, created_at) > $2), 0) as tries, min(coalesce(tried_at, created_at)) filter (where coalesce(tried_at, created_at) > $2 and tries > (state = 'used')::int) as since, max(created_at) as last_sent_at from verification_flows where phone_number = $1) wrong",
        None,
    )
}
impl SendingHistoryStmt {
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
        day_ago: &'a kith_types::time::Timestamp,
        hour_ago: &'a kith_types::time::Timestamp,
        ip_prefix: &'a std::net::IpAddr,
        device_id: &'a Option<uuid::Uuid>,
    ) -> SendingHistoryQuery<'c, 'a, 's, C, SendingHistory, 5> {
        SendingHistoryQuery {
            client,
            params: [phone_number, day_ago, hour_ago, ip_prefix, device_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SendingHistory, tokio_postgres::Error> {
                    Ok(SendingHistory {
                        number_sends: row.try_get(0)?,
                        number_since: row.try_get(1)?,
                        calls: row.try_get(2)?,
                        calls_since: row.try_get(3)?,
                        first_text_at: row.try_get(4)?,
                        network_sends: row.try_get(5)?,
                        network_since: row.try_get(6)?,
                        unanswered: row.try_get(7)?,
                        unanswered_since: row.try_get(8)?,
                        device_sends: row.try_get(9)?,
                        device_since: row.try_get(10)?,
                        proven: row.try_get(11)?,
                        device_unanswered: row.try_get(12)?,
                        number_tries: row.try_get(13)?,
                        tries_since: row.try_get(14)?,
                        last_sent_at: row.try_get(15)?,
                    })
                },
            mapper: |it| SendingHistory::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        SendingHistoryParams<T1>,
        SendingHistoryQuery<'c, 'a, 's, C, SendingHistory, 5>,
        C,
    > for SendingHistoryStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SendingHistoryParams<T1>,
    ) -> SendingHistoryQuery<'c, 'a, 's, C, SendingHistory, 5> {
        self.bind(
            client,
            &params.phone_number,
            &params.day_ago,
            &params.hour_ago,
            &params.ip_prefix,
            &params.device_id,
        )
    }
}
pub struct SendingCountsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn sending_counts() -> SendingCountsStmt {
    SendingCountsStmt(
        "select c.scope, sum(c.sends)::bigint as sends, sum(c.answered)::bigint as answered, min(c.period) as since, max(c.last_sent_at) as last_sent_at from unnest($1::text[], $2::text[]) as wanted (scope, subject) join sending_counts c on c.scope = wanted.scope and c.subject = wanted.subject and c.period > $3 group by c.scope",
        None,
    )
}
impl SendingCountsStmt {
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
        T1: crate::StringSql,
        T2: crate::ArraySql<Item = T1>,
        T3: crate::StringSql,
        T4: crate::ArraySql<Item = T3>,
    >(
        &'s self,
        client: &'c C,
        scopes: &'a T2,
        subjects: &'a T4,
        since: &'a kith_types::time::Timestamp,
    ) -> SendingCountsQuery<'c, 'a, 's, C, SendingCounts, 3> {
        SendingCountsQuery {
            client,
            params: [scopes, subjects, since],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<SendingCountsBorrowed, tokio_postgres::Error> {
                    Ok(SendingCountsBorrowed {
                        scope: row.try_get(0)?,
                        sends: row.try_get(1)?,
                        answered: row.try_get(2)?,
                        since: row.try_get(3)?,
                        last_sent_at: row.try_get(4)?,
                    })
                },
            mapper: |it| SendingCounts::from(it),
        }
    }
}
impl<
    'c,
    'a,
    's,
    C: GenericClient,
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::StringSql,
    T4: crate::ArraySql<Item = T3>,
>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        SendingCountsParams<T1, T2, T3, T4>,
        SendingCountsQuery<'c, 'a, 's, C, SendingCounts, 3>,
        C,
    > for SendingCountsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a SendingCountsParams<T1, T2, T3, T4>,
    ) -> SendingCountsQuery<'c, 'a, 's, C, SendingCounts, 3> {
        self.bind(client, &params.scopes, &params.subjects, &params.since)
    }
}
pub struct InsertAttemptStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_attempt() -> InsertAttemptStmt {
    InsertAttemptStmt(
        "with attempt as ( insert into sms_attempts (attempt_id, verification_id, phone_number, ip_prefix, device_id, country, prefix, channel, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) ) insert into sending_counts (scope, subject, period, sends, last_sent_at) select wanted.scope, wanted.subject, date_bin('10 minutes', $9, 'epoch'::timestamptz), 1, $9 from unnest($10::text[], $11::text[]) with ordinality as wanted (scope, subject, place) order by wanted.place on conflict (scope, subject, period) do update set sends = sending_counts.sends + 1, last_sent_at = greatest(sending_counts.last_sent_at, excluded.last_sent_at)",
        None,
    )
}
impl InsertAttemptStmt {
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
        T3: crate::StringSql,
        T4: crate::StringSql,
        T5: crate::StringSql,
        T6: crate::ArraySql<Item = T5>,
        T7: crate::StringSql,
        T8: crate::ArraySql<Item = T7>,
    >(
        &'s self,
        client: &'c C,
        attempt_id: &'a uuid::Uuid,
        verification_id: &'a uuid::Uuid,
        phone_number: &'a T1,
        ip_prefix: &'a std::net::IpAddr,
        device_id: &'a Option<uuid::Uuid>,
        country: &'a T2,
        prefix: &'a T3,
        channel: &'a T4,
        now: &'a kith_types::time::Timestamp,
        scopes: &'a T6,
        subjects: &'a T8,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[
                attempt_id,
                verification_id,
                phone_number,
                ip_prefix,
                device_id,
                country,
                prefix,
                channel,
                now,
                scopes,
                subjects,
            ],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::BytesSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::StringSql,
    T6: crate::ArraySql<Item = T5>,
    T7: crate::StringSql,
    T8: crate::ArraySql<Item = T7>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertAttemptParams<T1, T2, T3, T4, T5, T6, T7, T8>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertAttemptStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertAttemptParams<T1, T2, T3, T4, T5, T6, T7, T8>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.attempt_id,
            &params.verification_id,
            &params.phone_number,
            &params.ip_prefix,
            &params.device_id,
            &params.country,
            &params.prefix,
            &params.channel,
            &params.now,
            &params.scopes,
            &params.subjects,
        ))
    }
}
pub struct BePatientStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn be_patient() -> BePatientStmt {
    BePatientStmt("select set_config('lock_timeout', $1, true) as patience", None)
}
impl BePatientStmt {
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
    ) -> StringQuery<'c, 'a, 's, C, String, 1> {
        StringQuery {
            client,
            params: [patience],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
pub struct AnswerAttemptStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn answer_attempt() -> AnswerAttemptStmt {
    AnswerAttemptStmt(
        "with answered as ( update sms_attempts set answered_at = $1 where verification_id = $2 and answered_at is null returning prefix, country, created_at ) insert into sending_counts (scope, subject, period, sends, answered, last_sent_at) select wanted.scope, wanted.subject, date_bin('10 minutes', answered.created_at, 'epoch'::timestamptz), 1, 1, answered.created_at from answered, lateral (values (1, 'prefix', answered.prefix), (2, 'country', answered.country), (3, 'everybody', '')) as wanted (place, scope, subject) order by wanted.place on conflict (scope, subject, period) do update set answered = sending_counts.answered + 1",
        None,
    )
}
impl AnswerAttemptStmt {
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
        AnswerAttemptParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for AnswerAttemptStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a AnswerAttemptParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.verification_id))
    }
}
