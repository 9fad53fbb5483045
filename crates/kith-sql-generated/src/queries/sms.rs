// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct SettleSentParams<
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::StringSql,
    T4: crate::StringSql,
> {
    pub failed_providers: T2,
    pub provider: T3,
    pub provider_message_id: T4,
    pub attempt_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct NoteDeliveryParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::ArraySql<Item = T4>,
> {
    pub status: T1,
    pub delivered_at: Option<kith_types::time::Timestamp>,
    pub provider: T2,
    pub provider_message_id: T3,
    pub may_follow: T5,
    pub attempt_id: Option<uuid::Uuid>,
}
#[derive(Debug)]
pub struct ProvidersThatFailedParams<T1: crate::BytesSql> {
    pub phone_number: T1,
    pub since: kith_types::time::Timestamp,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
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
pub struct SettleSentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn settle_sent() -> SettleSentStmt {
    SettleSentStmt(
        "update sms_attempts set outcome = 'sent', failed_providers = $1, delivery_status = case when provider = $2 then delivery_status end, delivered_at = case when provider = $2 then delivered_at end, provider = $2, provider_message_id = $3 where attempt_id = $4",
        None,
    )
}
impl SettleSentStmt {
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
        T1: crate::StringSql,
        T2: crate::ArraySql<Item = T1>,
        T3: crate::StringSql,
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        failed_providers: &'a T2,
        provider: &'a T3,
        provider_message_id: &'a T4,
        attempt_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[failed_providers, provider, provider_message_id, attempt_id],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::ArraySql<Item = T1>,
    T3: crate::StringSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SettleSentParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SettleSentStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SettleSentParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.failed_providers,
            &params.provider,
            &params.provider_message_id,
            &params.attempt_id,
        ))
    }
}
pub struct SettleFailedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn settle_failed() -> SettleFailedStmt {
    SettleFailedStmt(
        "with failed as ( update sms_attempts set outcome = 'failed' where attempt_id = $1 and outcome <> 'failed' returning prefix, country, created_at ) insert into sending_counts (scope, subject, period, sends, last_sent_at) select wanted.scope, wanted.subject, date_bin('10 minutes', failed.created_at, 'epoch'::timestamptz), 1, failed.created_at from failed, lateral (values (1, 'prefix', failed.prefix), (2, 'country', failed.country), (3, 'everybody', '')) as wanted (place, scope, subject) order by wanted.place on conflict (scope, subject, period) do update set sends = sending_counts.sends - 1",
        None,
    )
}
impl SettleFailedStmt {
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
        attempt_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[attempt_id]).await
    }
}
pub struct NoteDeliveryStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn note_delivery() -> NoteDeliveryStmt {
    NoteDeliveryStmt(
        "update sms_attempts set delivery_status = $1, delivered_at = $2, provider = $3, provider_message_id = coalesce(provider_message_id, $4) where (delivery_status is null or delivery_status = any ($5::text[])) and (attempt_id = $6 or $6::uuid is null) and (provider = $3 and (provider_message_id = $4 or attempt_id = $6) or provider is null and outcome = 'accepted' and attempt_id = $6)",
        None,
    )
}
impl NoteDeliveryStmt {
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
        T1: crate::StringSql,
        T2: crate::StringSql,
        T3: crate::StringSql,
        T4: crate::StringSql,
        T5: crate::ArraySql<Item = T4>,
    >(
        &'s self,
        client: &'c C,
        status: &'a T1,
        delivered_at: &'a Option<kith_types::time::Timestamp>,
        provider: &'a T2,
        provider_message_id: &'a T3,
        may_follow: &'a T5,
        attempt_id: &'a Option<uuid::Uuid>,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[status, delivered_at, provider, provider_message_id, may_follow, attempt_id],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
    T4: crate::StringSql,
    T5: crate::ArraySql<Item = T4>,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        NoteDeliveryParams<T1, T2, T3, T4, T5>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for NoteDeliveryStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a NoteDeliveryParams<T1, T2, T3, T4, T5>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.status,
            &params.delivered_at,
            &params.provider,
            &params.provider_message_id,
            &params.may_follow,
            &params.attempt_id,
        ))
    }
}
pub struct ProvidersThatFailedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn providers_that_failed() -> ProvidersThatFailedStmt {
    ProvidersThatFailedStmt(
        "select distinct name from sms_attempts a cross join unnest(a.failed_providers || case when a.delivery_status = 'undelivered' then array[a.provider] end) as name where a.phone_number = $1 and a.created_at > $2",
        None,
    )
}
impl ProvidersThatFailedStmt {
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
        since: &'a kith_types::time::Timestamp,
    ) -> StringQuery<'c, 'a, 's, C, String, 2> {
        StringQuery {
            client,
            params: [phone_number, since],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.into(),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ProvidersThatFailedParams<T1>,
        StringQuery<'c, 'a, 's, C, String, 2>,
        C,
    > for ProvidersThatFailedStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ProvidersThatFailedParams<T1>,
    ) -> StringQuery<'c, 'a, 's, C, String, 2> {
        self.bind(client, &params.phone_number, &params.since)
    }
}
