// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct InsertAuditParams<T1: crate::StringSql, T2: crate::JsonSql> {
    pub audit_id: uuid::Uuid,
    pub kind: T1,
    pub user_id: Option<uuid::Uuid>,
    pub actor_id: Option<uuid::Uuid>,
    pub session_id: Option<uuid::Uuid>,
    pub details: T2,
    pub now: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct IsSignedInElsewhereParams {
    pub user_id: uuid::Uuid,
    pub session_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct InsertWrongCodeParams<T1: crate::StringSql, T2: crate::JsonSql> {
    pub audit_id: uuid::Uuid,
    pub kind: T1,
    pub details: T2,
    pub now: kith_types::time::Timestamp,
    pub verification_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct InsertWrongPasswordParams<T1: crate::StringSql, T2: crate::JsonSql, T3: crate::BytesSql>
{
    pub audit_id: uuid::Uuid,
    pub kind: T1,
    pub details: T2,
    pub now: kith_types::time::Timestamp,
    pub phone_number: T3,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
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
pub struct InsertAuditStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_audit() -> InsertAuditStmt {
    InsertAuditStmt(
        "insert into audit_log (audit_id, kind, user_id, actor_id, session_id, details, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        None,
    )
}
impl InsertAuditStmt {
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
        audit_id: &'a uuid::Uuid,
        kind: &'a T1,
        user_id: &'a Option<uuid::Uuid>,
        actor_id: &'a Option<uuid::Uuid>,
        session_id: &'a Option<uuid::Uuid>,
        details: &'a T2,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[audit_id, kind, user_id, actor_id, session_id, details, now],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertAuditParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertAuditStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertAuditParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.audit_id,
            &params.kind,
            &params.user_id,
            &params.actor_id,
            &params.session_id,
            &params.details,
            &params.now,
        ))
    }
}
pub struct IsSignedInElsewhereStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn is_signed_in_elsewhere() -> IsSignedInElsewhereStmt {
    IsSignedInElsewhereStmt(
        "select exists (select from refresh_tokens where user_id = $1 and token_id <> $2 and revoked_at is null and expires_at > $3) as is_signed_in",
        None,
    )
}
impl IsSignedInElsewhereStmt {
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
        session_id: &'a uuid::Uuid,
        now: &'a kith_types::time::Timestamp,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 3> {
        BoolQuery {
            client,
            params: [user_id, session_id, now],
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
        IsSignedInElsewhereParams,
        BoolQuery<'c, 'a, 's, C, bool, 3>,
        C,
    > for IsSignedInElsewhereStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a IsSignedInElsewhereParams,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 3> {
        self.bind(client, &params.user_id, &params.session_id, &params.now)
    }
}
pub struct InsertWrongCodeStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_wrong_code() -> InsertWrongCodeStmt {
    InsertWrongCodeStmt(
        "insert into audit_log (audit_id, kind, user_id, details, created_at) select $1, $2, u.user_id, $3, $4 from verification_flows f join users u on u.phone_number = f.phone_number where f.verification_id = $5",
        None,
    )
}
impl InsertWrongCodeStmt {
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
        audit_id: &'a uuid::Uuid,
        kind: &'a T1,
        details: &'a T2,
        now: &'a kith_types::time::Timestamp,
        verification_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[audit_id, kind, details, now, verification_id],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertWrongCodeParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertWrongCodeStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertWrongCodeParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.audit_id,
            &params.kind,
            &params.details,
            &params.now,
            &params.verification_id,
        ))
    }
}
pub struct InsertWrongPasswordStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_wrong_password() -> InsertWrongPasswordStmt {
    InsertWrongPasswordStmt(
        "insert into audit_log (audit_id, kind, user_id, details, created_at) select $1, $2, u.user_id, $3, $4 from users u where u.phone_number = $5",
        None,
    )
}
impl InsertWrongPasswordStmt {
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
        T2: crate::JsonSql,
        T3: crate::BytesSql,
    >(
        &'s self,
        client: &'c C,
        audit_id: &'a uuid::Uuid,
        kind: &'a T1,
        details: &'a T2,
        now: &'a kith_types::time::Timestamp,
        phone_number: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[audit_id, kind, details, now, phone_number],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::JsonSql,
    T3: crate::BytesSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertWrongPasswordParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertWrongPasswordStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertWrongPasswordParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.audit_id,
            &params.kind,
            &params.details,
            &params.now,
            &params.phone_number,
        ))
    }
}
