// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct UpdateProfileParams<
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::BytesSql,
    T4: crate::BytesSql,
> {
    pub username: Option<T1>,
    pub display_name: Option<T2>,
    pub email: Option<T3>,
    pub email_envelope: Option<T4>,
    pub status: kith_types::visibility::UserStatus,
    pub now: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct InsertConsentParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub user_id: uuid::Uuid,
    pub kind: T1,
    pub version: T2,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct HasConsentedParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub user_id: uuid::Uuid,
    pub kind: T1,
    pub version: T2,
}
#[derive(Debug)]
pub struct CardsByIdParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub viewer_id: uuid::Uuid,
    pub user_ids: T1,
}
#[derive(Debug)]
pub struct CardByUsernameParams<T1: crate::StringSql> {
    pub viewer_id: uuid::Uuid,
    pub username: T1,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    pub user_id: uuid::Uuid,
    pub phone_number_envelope: Vec<u8>,
    pub email_envelope: Option<Vec<u8>>,
    pub email_verified: bool,
    pub username: Option<String>,
    pub display_name: Option<String>,
    pub profile_picture_metadata: Option<serde_json::Value>,
    pub status: kith_types::visibility::UserStatus,
    pub role: kith_types::visibility::UserRole,
    pub version: i32,
    pub date_joined: kith_types::time::Timestamp,
    pub last_active: kith_types::time::Timestamp,
    pub data_key: Vec<u8>,
    pub created_at: kith_types::time::Timestamp,
    pub updated_at: kith_types::time::Timestamp,
}
pub struct AccountBorrowed<'a> {
    pub user_id: uuid::Uuid,
    pub phone_number_envelope: &'a [u8],
    pub email_envelope: Option<&'a [u8]>,
    pub email_verified: bool,
    pub username: Option<&'a str>,
    pub display_name: Option<&'a str>,
    pub profile_picture_metadata: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub status: kith_types::visibility::UserStatus,
    pub role: kith_types::visibility::UserRole,
    pub version: i32,
    pub date_joined: kith_types::time::Timestamp,
    pub last_active: kith_types::time::Timestamp,
    pub data_key: &'a [u8],
    pub created_at: kith_types::time::Timestamp,
    pub updated_at: kith_types::time::Timestamp,
}
impl<'a> From<AccountBorrowed<'a>> for Account {
    fn from(
        AccountBorrowed {
            user_id,
            phone_number_envelope,
            email_envelope,
            email_verified,
            username,
            display_name,
            profile_picture_metadata,
            status,
            role,
            version,
            date_joined,
            last_active,
            data_key,
            created_at,
            updated_at,
        }: AccountBorrowed<'a>,
    ) -> Self {
        Self {
            user_id,
            phone_number_envelope: phone_number_envelope.into(),
            email_envelope: email_envelope.map(|v| v.into()),
            email_verified,
            username: username.map(|v| v.into()),
            display_name: display_name.map(|v| v.into()),
            profile_picture_metadata: profile_picture_metadata
                .map(|v| serde_json::from_str(v.0.get()).unwrap()),
            status,
            role,
            version,
            date_joined,
            last_active,
            data_key: data_key.into(),
            created_at,
            updated_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub user_id: uuid::Uuid,
    pub username: String,
    pub display_name: String,
    pub profile_picture_metadata: Option<serde_json::Value>,
}
pub struct CardBorrowed<'a> {
    pub user_id: uuid::Uuid,
    pub username: &'a str,
    pub display_name: &'a str,
    pub profile_picture_metadata: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
}
impl<'a> From<CardBorrowed<'a>> for Card {
    fn from(
        CardBorrowed { user_id, username, display_name, profile_picture_metadata }: CardBorrowed<
            'a,
        >,
    ) -> Self {
        Self {
            user_id,
            username: username.into(),
            display_name: display_name.into(),
            profile_picture_metadata: profile_picture_metadata
                .map(|v| serde_json::from_str(v.0.get()).unwrap()),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct AccountQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<AccountBorrowed, tokio_postgres::Error>,
    mapper: fn(AccountBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> AccountQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(AccountBorrowed) -> R) -> AccountQuery<'c, 'a, 's, C, R, N> {
        AccountQuery {
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
pub struct CardQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CardBorrowed, tokio_postgres::Error>,
    mapper: fn(CardBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CardQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CardBorrowed) -> R) -> CardQuery<'c, 'a, 's, C, R, N> {
        CardQuery {
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
pub struct GetAccountStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn get_account() -> GetAccountStmt {
    GetAccountStmt(
        "select user_id, phone_number_envelope, email_envelope, email_verified, username, display_name, profile_picture_metadata, status, role, version, date_joined, last_active, data_key, created_at, updated_at from users where user_id = $1",
        None,
    )
}
impl GetAccountStmt {
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
    ) -> AccountQuery<'c, 'a, 's, C, Account, 1> {
        AccountQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AccountBorrowed, tokio_postgres::Error> {
                    Ok(AccountBorrowed {
                        user_id: row.try_get(0)?,
                        phone_number_envelope: row.try_get(1)?,
                        email_envelope: row.try_get(2)?,
                        email_verified: row.try_get(3)?,
                        username: row.try_get(4)?,
                        display_name: row.try_get(5)?,
                        profile_picture_metadata: row.try_get(6)?,
                        status: row.try_get(7)?,
                        role: row.try_get(8)?,
                        version: row.try_get(9)?,
                        date_joined: row.try_get(10)?,
                        last_active: row.try_get(11)?,
                        data_key: row.try_get(12)?,
                        created_at: row.try_get(13)?,
                        updated_at: row.try_get(14)?,
                    })
                },
            mapper: |it| Account::from(it),
        }
    }
}
pub struct LockAccountStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_account() -> LockAccountStmt {
    LockAccountStmt(
        "select user_id, phone_number_envelope, email_envelope, email_verified, username, display_name, profile_picture_metadata, status, role, version, date_joined, last_active, data_key, created_at, updated_at from users where user_id = $1 for update",
        None,
    )
}
impl LockAccountStmt {
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
    ) -> AccountQuery<'c, 'a, 's, C, Account, 1> {
        AccountQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<AccountBorrowed, tokio_postgres::Error> {
                    Ok(AccountBorrowed {
                        user_id: row.try_get(0)?,
                        phone_number_envelope: row.try_get(1)?,
                        email_envelope: row.try_get(2)?,
                        email_verified: row.try_get(3)?,
                        username: row.try_get(4)?,
                        display_name: row.try_get(5)?,
                        profile_picture_metadata: row.try_get(6)?,
                        status: row.try_get(7)?,
                        role: row.try_get(8)?,
                        version: row.try_get(9)?,
                        date_joined: row.try_get(10)?,
                        last_active: row.try_get(11)?,
                        data_key: row.try_get(12)?,
                        created_at: row.try_get(13)?,
                        updated_at: row.try_get(14)?,
                    })
                },
            mapper: |it| Account::from(it),
        }
    }
}
pub struct UpdateProfileStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn update_profile() -> UpdateProfileStmt {
    UpdateProfileStmt(
        "update users set username = $1, display_name = $2, email = $3, email_envelope = $4, email_verified = email_verified and email is not distinct from $3, status = $5, version = version + 1, updated_at = $6 where user_id = $7",
        None,
    )
}
impl UpdateProfileStmt {
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
        T3: crate::BytesSql,
        T4: crate::BytesSql,
    >(
        &'s self,
        client: &'c C,
        username: &'a Option<T1>,
        display_name: &'a Option<T2>,
        email: &'a Option<T3>,
        email_envelope: &'a Option<T4>,
        status: &'a kith_types::visibility::UserStatus,
        now: &'a kith_types::time::Timestamp,
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[username, display_name, email, email_envelope, status, now, user_id],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::StringSql,
    T3: crate::BytesSql,
    T4: crate::BytesSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UpdateProfileParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for UpdateProfileStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UpdateProfileParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.username,
            &params.display_name,
            &params.email,
            &params.email_envelope,
            &params.status,
            &params.now,
            &params.user_id,
        ))
    }
}
pub struct InsertConsentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_consent() -> InsertConsentStmt {
    InsertConsentStmt(
        "insert into consents (user_id, kind, version, given_at) values ($1, $2, $3, $4) on conflict (user_id, kind, version) do nothing",
        None,
    )
}
impl InsertConsentStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        user_id: &'a uuid::Uuid,
        kind: &'a T1,
        version: &'a T2,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[user_id, kind, version, now],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertConsentParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertConsentStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertConsentParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.user_id, &params.kind, &params.version, &params.now))
    }
}
pub struct HasConsentedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn has_consented() -> HasConsentedStmt {
    HasConsentedStmt(
        "select exists (select from consents where user_id = $1 and kind = $2 and version = $3) as has_consented",
        None,
    )
}
impl HasConsentedStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        user_id: &'a uuid::Uuid,
        kind: &'a T1,
        version: &'a T2,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 3> {
        BoolQuery {
            client,
            params: [user_id, kind, version],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        HasConsentedParams<T1, T2>,
        BoolQuery<'c, 'a, 's, C, bool, 3>,
        C,
    > for HasConsentedStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a HasConsentedParams<T1, T2>,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 3> {
        self.bind(client, &params.user_id, &params.kind, &params.version)
    }
}
pub struct CardsByIdStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn cards_by_id() -> CardsByIdStmt {
    CardsByIdStmt(
        "select u.user_id, u.username, u.display_name, u.profile_picture_metadata from visible_cards($1, $2) u where u.username is not null and u.display_name is not null",
        None,
    )
}
impl CardsByIdStmt {
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
    ) -> CardQuery<'c, 'a, 's, C, Card, 2> {
        CardQuery {
            client,
            params: [viewer_id, user_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CardBorrowed, tokio_postgres::Error> {
                Ok(CardBorrowed {
                    user_id: row.try_get(0)?,
                    username: row.try_get(1)?,
                    display_name: row.try_get(2)?,
                    profile_picture_metadata: row.try_get(3)?,
                })
            },
            mapper: |it| Card::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CardsByIdParams<T1>,
        CardQuery<'c, 'a, 's, C, Card, 2>,
        C,
    > for CardsByIdStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CardsByIdParams<T1>,
    ) -> CardQuery<'c, 'a, 's, C, Card, 2> {
        self.bind(client, &params.viewer_id, &params.user_ids)
    }
}
pub struct CardByUsernameStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn card_by_username() -> CardByUsernameStmt {
    CardByUsernameStmt(
        "select u.user_id, u.username, u.display_name, u.profile_picture_metadata from named_cards($1) u where u.username = $2 and u.display_name is not null",
        None,
    )
}
impl CardByUsernameStmt {
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
        viewer_id: &'a uuid::Uuid,
        username: &'a T1,
    ) -> CardQuery<'c, 'a, 's, C, Card, 2> {
        CardQuery {
            client,
            params: [viewer_id, username],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<CardBorrowed, tokio_postgres::Error> {
                Ok(CardBorrowed {
                    user_id: row.try_get(0)?,
                    username: row.try_get(1)?,
                    display_name: row.try_get(2)?,
                    profile_picture_metadata: row.try_get(3)?,
                })
            },
            mapper: |it| Card::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CardByUsernameParams<T1>,
        CardQuery<'c, 'a, 's, C, Card, 2>,
        C,
    > for CardByUsernameStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CardByUsernameParams<T1>,
    ) -> CardQuery<'c, 'a, 's, C, Card, 2> {
        self.bind(client, &params.viewer_id, &params.username)
    }
}
