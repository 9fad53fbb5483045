// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct PutSettingsParams<T1: crate::JsonSql, T2: crate::JsonSql> {
    pub privacy_settings: T1,
    pub notification_preferences: T2,
    pub now: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq)]
pub struct GetSettings {
    pub version: i32,
    pub privacy_settings: serde_json::Value,
    pub notification_preferences: serde_json::Value,
}
pub struct GetSettingsBorrowed<'a> {
    pub version: i32,
    pub privacy_settings: postgres_types::Json<&'a serde_json::value::RawValue>,
    pub notification_preferences: postgres_types::Json<&'a serde_json::value::RawValue>,
}
impl<'a> From<GetSettingsBorrowed<'a>> for GetSettings {
    fn from(
        GetSettingsBorrowed {
            version,
            privacy_settings,
            notification_preferences,
        }: GetSettingsBorrowed<'a>,
    ) -> Self {
        Self {
            version,
            privacy_settings: serde_json::from_str(privacy_settings.0.get()).unwrap(),
            notification_preferences: serde_json::from_str(notification_preferences.0.get())
                .unwrap(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct LockSettings {
    pub version: i32,
    pub privacy_settings: serde_json::Value,
    pub notification_preferences: serde_json::Value,
}
pub struct LockSettingsBorrowed<'a> {
    pub version: i32,
    pub privacy_settings: postgres_types::Json<&'a serde_json::value::RawValue>,
    pub notification_preferences: postgres_types::Json<&'a serde_json::value::RawValue>,
}
impl<'a> From<LockSettingsBorrowed<'a>> for LockSettings {
    fn from(
        LockSettingsBorrowed {
            version,
            privacy_settings,
            notification_preferences,
        }: LockSettingsBorrowed<'a>,
    ) -> Self {
        Self {
            version,
            privacy_settings: serde_json::from_str(privacy_settings.0.get()).unwrap(),
            notification_preferences: serde_json::from_str(notification_preferences.0.get())
                .unwrap(),
        }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct GetSettingsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<GetSettingsBorrowed, tokio_postgres::Error>,
    mapper: fn(GetSettingsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> GetSettingsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(GetSettingsBorrowed) -> R,
    ) -> GetSettingsQuery<'c, 'a, 's, C, R, N> {
        GetSettingsQuery {
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
pub struct LockSettingsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LockSettingsBorrowed, tokio_postgres::Error>,
    mapper: fn(LockSettingsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LockSettingsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(LockSettingsBorrowed) -> R,
    ) -> LockSettingsQuery<'c, 'a, 's, C, R, N> {
        LockSettingsQuery {
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
pub struct I32Query<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<i32, tokio_postgres::Error>,
    mapper: fn(i32) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> I32Query<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(i32) -> R) -> I32Query<'c, 'a, 's, C, R, N> {
        I32Query {
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
pub struct GetSettingsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn get_settings() -> GetSettingsStmt {
    GetSettingsStmt(
        "select version, privacy_settings, notification_preferences from user_settings where user_id = $1",
        None,
    )
}
impl GetSettingsStmt {
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
    ) -> GetSettingsQuery<'c, 'a, 's, C, GetSettings, 1> {
        GetSettingsQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<GetSettingsBorrowed, tokio_postgres::Error> {
                    Ok(GetSettingsBorrowed {
                        version: row.try_get(0)?,
                        privacy_settings: row.try_get(1)?,
                        notification_preferences: row.try_get(2)?,
                    })
                },
            mapper: |it| GetSettings::from(it),
        }
    }
}
pub struct LockSettingsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_settings() -> LockSettingsStmt {
    LockSettingsStmt(
        "select version, privacy_settings, notification_preferences from user_settings where user_id = $1 for update",
        None,
    )
}
impl LockSettingsStmt {
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
    ) -> LockSettingsQuery<'c, 'a, 's, C, LockSettings, 1> {
        LockSettingsQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<LockSettingsBorrowed, tokio_postgres::Error> {
                    Ok(LockSettingsBorrowed {
                        version: row.try_get(0)?,
                        privacy_settings: row.try_get(1)?,
                        notification_preferences: row.try_get(2)?,
                    })
                },
            mapper: |it| LockSettings::from(it),
        }
    }
}
pub struct PutSettingsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn put_settings() -> PutSettingsStmt {
    PutSettingsStmt(
        "update user_settings set privacy_settings = $1, notification_preferences = $2, version = version + 1, updated_at = $3 where user_id = $4 returning version",
        None,
    )
}
impl PutSettingsStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::JsonSql, T2: crate::JsonSql>(
        &'s self,
        client: &'c C,
        privacy_settings: &'a T1,
        notification_preferences: &'a T2,
        now: &'a kith_types::time::Timestamp,
        user_id: &'a uuid::Uuid,
    ) -> I32Query<'c, 'a, 's, C, i32, 4> {
        I32Query {
            client,
            params: [privacy_settings, notification_preferences, now, user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::JsonSql, T2: crate::JsonSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        PutSettingsParams<T1, T2>,
        I32Query<'c, 'a, 's, C, i32, 4>,
        C,
    > for PutSettingsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a PutSettingsParams<T1, T2>,
    ) -> I32Query<'c, 'a, 's, C, i32, 4> {
        self.bind(
            client,
            &params.privacy_settings,
            &params.notification_preferences,
            &params.now,
            &params.user_id,
        )
    }
}
