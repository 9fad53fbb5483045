// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug)]
pub struct InsertUploadParams<
    T1: crate::StringSql,
    T2: crate::BytesSql,
    T3: crate::BytesSql,
    T4: crate::StringSql,
> {
    pub upload_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub content_type: T1,
    pub byte_size: i64,
    pub sha256: T2,
    pub part_size: Option<i32>,
    pub part_sha256: Option<T3>,
    pub object_key: T4,
    pub expires_at: kith_types::time::Timestamp,
    pub now: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct UnusedUploadsOfParams {
    pub user_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct OwnUploadParams {
    pub upload_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct StartProcessingParams {
    pub now: kith_types::time::Timestamp,
    pub upload_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct LockUploadParams {
    pub upload_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct UseUploadParams {
    pub now: kith_types::time::Timestamp,
    pub upload_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct ReleaseUploadParams {
    pub now: kith_types::time::Timestamp,
    pub upload_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct InsertImageParams<T1: crate::BytesSql, T2: crate::JsonSql> {
    pub image_id: uuid::Uuid,
    pub owner_id: uuid::Uuid,
    pub version: i32,
    pub content_sha256: T1,
    pub width: i32,
    pub height: i32,
    pub metadata: T2,
    pub now: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct FinishUploadParams {
    pub image_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
    pub upload_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct FailUploadParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub failure_type: T1,
    pub failure_detail: T2,
    pub kept_until: kith_types::time::Timestamp,
    pub now: kith_types::time::Timestamp,
    pub upload_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct PutFailedPostParams {
    pub post_id: uuid::Uuid,
    pub upload_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct ProcessingUploadsParams {
    pub after_at: kith_types::time::Timestamp,
    pub after_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct UnusedUploadsParams {
    pub now: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteUnusedUploadParams {
    pub upload_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct VisibleImageParams {
    pub version: i32,
    pub viewer_id: uuid::Uuid,
    pub image_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct PutImageMetadataParams<T1: crate::JsonSql> {
    pub metadata: T1,
    pub image_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct PutPictureMetadataParams<T1: crate::JsonSql, T2: crate::StringSql, T3: crate::StringSql>
{
    pub metadata: T1,
    pub url: T2,
    pub user_id: uuid::Uuid,
    pub image_id: T3,
}
#[derive(Clone, Copy, Debug)]
pub struct IsUploadOfImageParams {
    pub upload_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub image_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct SetPictureParams<T1: crate::StringSql, T2: crate::JsonSql> {
    pub url: Option<T1>,
    pub metadata: Option<T2>,
    pub now: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct NoteViewsParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub now: kith_types::time::Timestamp,
    pub image_ids: T1,
}
#[derive(Clone, Copy, Debug)]
pub struct RefinedImageParams {
    pub now: kith_types::time::Timestamp,
    pub image_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct ReplaceImageParams {
    pub previous_until: kith_types::time::Timestamp,
    pub version: i32,
    pub image_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct EndedVersionsParams {
    pub now: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct ForgetVersionParams {
    pub image_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct UnusedUploadsOf {
    pub byte_size: i64,
    pub expires_at: kith_types::time::Timestamp,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Upload {
    pub upload_id: uuid::Uuid,
    pub content_type: String,
    pub byte_size: i64,
    pub sha256: Vec<u8>,
    pub part_size: Option<i32>,
    pub part_sha256: Option<Vec<u8>>,
    pub object_key: String,
    pub state: String,
    pub failure_type: Option<String>,
    pub failure_detail: Option<String>,
    pub image: Option<serde_json::Value>,
}
pub struct UploadBorrowed<'a> {
    pub upload_id: uuid::Uuid,
    pub content_type: &'a str,
    pub byte_size: i64,
    pub sha256: &'a [u8],
    pub part_size: Option<i32>,
    pub part_sha256: Option<&'a [u8]>,
    pub object_key: &'a str,
    pub state: &'a str,
    pub failure_type: Option<&'a str>,
    pub failure_detail: Option<&'a str>,
    pub image: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
}
impl<'a> From<UploadBorrowed<'a>> for Upload {
    fn from(
        UploadBorrowed {
            upload_id,
            content_type,
            byte_size,
            sha256,
            part_size,
            part_sha256,
            object_key,
            state,
            failure_type,
            failure_detail,
            image,
        }: UploadBorrowed<'a>,
    ) -> Self {
        Self {
            upload_id,
            content_type: content_type.into(),
            byte_size,
            sha256: sha256.into(),
            part_size,
            part_sha256: part_sha256.map(|v| v.into()),
            object_key: object_key.into(),
            state: state.into(),
            failure_type: failure_type.map(|v| v.into()),
            failure_detail: failure_detail.map(|v| v.into()),
            image: image.map(|v| serde_json::from_str(v.0.get()).unwrap()),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct LockUpload {
    pub state: String,
    pub used_at: Option<kith_types::time::Timestamp>,
}
pub struct LockUploadBorrowed<'a> {
    pub state: &'a str,
    pub used_at: Option<kith_types::time::Timestamp>,
}
impl<'a> From<LockUploadBorrowed<'a>> for LockUpload {
    fn from(LockUploadBorrowed { state, used_at }: LockUploadBorrowed<'a>) -> Self {
        Self { state: state.into(), used_at }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct UploadToProcess {
    pub user_id: uuid::Uuid,
    pub byte_size: i64,
    pub sha256: Vec<u8>,
    pub object_key: String,
    pub state: String,
    pub created_at: kith_types::time::Timestamp,
    pub keeps_location: bool,
}
pub struct UploadToProcessBorrowed<'a> {
    pub user_id: uuid::Uuid,
    pub byte_size: i64,
    pub sha256: &'a [u8],
    pub object_key: &'a str,
    pub state: &'a str,
    pub created_at: kith_types::time::Timestamp,
    pub keeps_location: bool,
}
impl<'a> From<UploadToProcessBorrowed<'a>> for UploadToProcess {
    fn from(
        UploadToProcessBorrowed {
            user_id,
            byte_size,
            sha256,
            object_key,
            state,
            created_at,
            keeps_location,
        }: UploadToProcessBorrowed<'a>,
    ) -> Self {
        Self {
            user_id,
            byte_size,
            sha256: sha256.into(),
            object_key: object_key.into(),
            state: state.into(),
            created_at,
            keeps_location,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct ProcessingUploads {
    pub completed_at: kith_types::time::Timestamp,
    pub upload_id: uuid::Uuid,
}
#[derive(Debug, Clone, PartialEq)]
pub struct UnusedUploads {
    pub upload_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub object_key: String,
    pub created_at: kith_types::time::Timestamp,
}
pub struct UnusedUploadsBorrowed<'a> {
    pub upload_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub object_key: &'a str,
    pub created_at: kith_types::time::Timestamp,
}
impl<'a> From<UnusedUploadsBorrowed<'a>> for UnusedUploads {
    fn from(
        UnusedUploadsBorrowed { upload_id, user_id, object_key, created_at }: UnusedUploadsBorrowed<
            'a,
        >,
    ) -> Self {
        Self { upload_id, user_id, object_key: object_key.into(), created_at }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct ProcessingUploadsOf {
    pub upload_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub created_at: kith_types::time::Timestamp,
}
#[derive(Debug, Clone, PartialEq)]
pub struct LockImage {
    pub owner_id: uuid::Uuid,
    pub image: serde_json::Value,
}
pub struct LockImageBorrowed<'a> {
    pub owner_id: uuid::Uuid,
    pub image: postgres_types::Json<&'a serde_json::value::RawValue>,
}
impl<'a> From<LockImageBorrowed<'a>> for LockImage {
    fn from(LockImageBorrowed { owner_id, image }: LockImageBorrowed<'a>) -> Self {
        Self { owner_id, image: serde_json::from_str(image.0.get()).unwrap() }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct EndedVersions {
    pub image_id: uuid::Uuid,
    pub image: serde_json::Value,
    pub previous: serde_json::Value,
}
pub struct EndedVersionsBorrowed<'a> {
    pub image_id: uuid::Uuid,
    pub image: postgres_types::Json<&'a serde_json::value::RawValue>,
    pub previous: postgres_types::Json<&'a serde_json::value::RawValue>,
}
impl<'a> From<EndedVersionsBorrowed<'a>> for EndedVersions {
    fn from(
        EndedVersionsBorrowed { image_id, image, previous }: EndedVersionsBorrowed<'a>,
    ) -> Self {
        Self {
            image_id,
            image: serde_json::from_str(image.0.get()).unwrap(),
            previous: serde_json::from_str(previous.0.get()).unwrap(),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct ImageOwnerKey {
    pub owner_id: uuid::Uuid,
    pub data_key: Vec<u8>,
}
pub struct ImageOwnerKeyBorrowed<'a> {
    pub owner_id: uuid::Uuid,
    pub data_key: &'a [u8],
}
impl<'a> From<ImageOwnerKeyBorrowed<'a>> for ImageOwnerKey {
    fn from(ImageOwnerKeyBorrowed { owner_id, data_key }: ImageOwnerKeyBorrowed<'a>) -> Self {
        Self { owner_id, data_key: data_key.into() }
    }
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
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
pub struct UnusedUploadsOfQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<UnusedUploadsOf, tokio_postgres::Error>,
    mapper: fn(UnusedUploadsOf) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> UnusedUploadsOfQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(UnusedUploadsOf) -> R,
    ) -> UnusedUploadsOfQuery<'c, 'a, 's, C, R, N> {
        UnusedUploadsOfQuery {
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
pub struct UploadQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<UploadBorrowed, tokio_postgres::Error>,
    mapper: fn(UploadBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> UploadQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(UploadBorrowed) -> R) -> UploadQuery<'c, 'a, 's, C, R, N> {
        UploadQuery {
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
pub struct LockUploadQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LockUploadBorrowed, tokio_postgres::Error>,
    mapper: fn(LockUploadBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LockUploadQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(LockUploadBorrowed) -> R,
    ) -> LockUploadQuery<'c, 'a, 's, C, R, N> {
        LockUploadQuery {
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
pub struct SerdejsonValueQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor:
        fn(
            &tokio_postgres::Row,
        )
            -> Result<postgres_types::Json<&serde_json::value::RawValue>, tokio_postgres::Error>,
    mapper: fn(postgres_types::Json<&serde_json::value::RawValue>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> SerdejsonValueQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(postgres_types::Json<&serde_json::value::RawValue>) -> R,
    ) -> SerdejsonValueQuery<'c, 'a, 's, C, R, N> {
        SerdejsonValueQuery {
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
pub struct UploadToProcessQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<UploadToProcessBorrowed, tokio_postgres::Error>,
    mapper: fn(UploadToProcessBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> UploadToProcessQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(UploadToProcessBorrowed) -> R,
    ) -> UploadToProcessQuery<'c, 'a, 's, C, R, N> {
        UploadToProcessQuery {
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
pub struct ProcessingUploadsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ProcessingUploads, tokio_postgres::Error>,
    mapper: fn(ProcessingUploads) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ProcessingUploadsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ProcessingUploads) -> R,
    ) -> ProcessingUploadsQuery<'c, 'a, 's, C, R, N> {
        ProcessingUploadsQuery {
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
pub struct UnusedUploadsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<UnusedUploadsBorrowed, tokio_postgres::Error>,
    mapper: fn(UnusedUploadsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> UnusedUploadsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(UnusedUploadsBorrowed) -> R,
    ) -> UnusedUploadsQuery<'c, 'a, 's, C, R, N> {
        UnusedUploadsQuery {
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
pub struct ProcessingUploadsOfQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ProcessingUploadsOf, tokio_postgres::Error>,
    mapper: fn(ProcessingUploadsOf) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ProcessingUploadsOfQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ProcessingUploadsOf) -> R,
    ) -> ProcessingUploadsOfQuery<'c, 'a, 's, C, R, N> {
        ProcessingUploadsOfQuery {
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
pub struct OptionserdejsonValueQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(
        &tokio_postgres::Row,
    ) -> Result<
        Option<postgres_types::Json<&serde_json::value::RawValue>>,
        tokio_postgres::Error,
    >,
    mapper: fn(Option<postgres_types::Json<&serde_json::value::RawValue>>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OptionserdejsonValueQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(Option<postgres_types::Json<&serde_json::value::RawValue>>) -> R,
    ) -> OptionserdejsonValueQuery<'c, 'a, 's, C, R, N> {
        OptionserdejsonValueQuery {
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
pub struct LockImageQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LockImageBorrowed, tokio_postgres::Error>,
    mapper: fn(LockImageBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LockImageQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(LockImageBorrowed) -> R) -> LockImageQuery<'c, 'a, 's, C, R, N> {
        LockImageQuery {
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
pub struct EndedVersionsQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<EndedVersionsBorrowed, tokio_postgres::Error>,
    mapper: fn(EndedVersionsBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> EndedVersionsQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(EndedVersionsBorrowed) -> R,
    ) -> EndedVersionsQuery<'c, 'a, 's, C, R, N> {
        EndedVersionsQuery {
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
pub struct ImageOwnerKeyQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ImageOwnerKeyBorrowed, tokio_postgres::Error>,
    mapper: fn(ImageOwnerKeyBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ImageOwnerKeyQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(ImageOwnerKeyBorrowed) -> R,
    ) -> ImageOwnerKeyQuery<'c, 'a, 's, C, R, N> {
        ImageOwnerKeyQuery {
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
pub struct InsertUploadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_upload() -> InsertUploadStmt {
    InsertUploadStmt(
        "insert into uploads (upload_id, user_id, content_type, byte_size, sha256, part_size, part_sha256, object_key, expires_at, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        None,
    )
}
impl InsertUploadStmt {
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
        T2: crate::BytesSql,
        T3: crate::BytesSql,
        T4: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        upload_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
        content_type: &'a T1,
        byte_size: &'a i64,
        sha256: &'a T2,
        part_size: &'a Option<i32>,
        part_sha256: &'a Option<T3>,
        object_key: &'a T4,
        expires_at: &'a kith_types::time::Timestamp,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[
                upload_id,
                user_id,
                content_type,
                byte_size,
                sha256,
                part_size,
                part_sha256,
                object_key,
                expires_at,
                now,
            ],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::StringSql,
    T2: crate::BytesSql,
    T3: crate::BytesSql,
    T4: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertUploadParams<T1, T2, T3, T4>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertUploadStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertUploadParams<T1, T2, T3, T4>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.upload_id,
            &params.user_id,
            &params.content_type,
            &params.byte_size,
            &params.sha256,
            &params.part_size,
            &params.part_sha256,
            &params.object_key,
            &params.expires_at,
            &params.now,
        ))
    }
}
pub struct LockUploaderStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_uploader() -> LockUploaderStmt {
    LockUploaderStmt("select user_id from users where user_id = $1 for no key update", None)
}
impl LockUploaderStmt {
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
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct UnusedUploadsOfStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn unused_uploads_of() -> UnusedUploadsOfStmt {
    UnusedUploadsOfStmt(
        "select byte_size, expires_at from uploads where user_id = $1 and used_at is null and expires_at > $2 order by expires_at",
        None,
    )
}
impl UnusedUploadsOfStmt {
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
        now: &'a kith_types::time::Timestamp,
    ) -> UnusedUploadsOfQuery<'c, 'a, 's, C, UnusedUploadsOf, 2> {
        UnusedUploadsOfQuery {
            client,
            params: [user_id, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<UnusedUploadsOf, tokio_postgres::Error> {
                    Ok(UnusedUploadsOf { byte_size: row.try_get(0)?, expires_at: row.try_get(1)? })
                },
            mapper: |it| UnusedUploadsOf::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        UnusedUploadsOfParams,
        UnusedUploadsOfQuery<'c, 'a, 's, C, UnusedUploadsOf, 2>,
        C,
    > for UnusedUploadsOfStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a UnusedUploadsOfParams,
    ) -> UnusedUploadsOfQuery<'c, 'a, 's, C, UnusedUploadsOf, 2> {
        self.bind(client, &params.user_id, &params.now)
    }
}
pub struct OwnUploadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn own_upload() -> OwnUploadStmt {
    OwnUploadStmt(
        "select u.upload_id, u.content_type, u.byte_size, u.sha256, u.part_size, u.part_sha256, u.object_key, u.state, u.failure_type, u.failure_detail, i.metadata as image from uploads u left join images i on i.image_id = u.image_id where u.upload_id = $1 and u.user_id = $2",
        None,
    )
}
impl OwnUploadStmt {
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
        upload_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
    ) -> UploadQuery<'c, 'a, 's, C, Upload, 2> {
        UploadQuery {
            client,
            params: [upload_id, user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<UploadBorrowed, tokio_postgres::Error> {
                    Ok(UploadBorrowed {
                        upload_id: row.try_get(0)?,
                        content_type: row.try_get(1)?,
                        byte_size: row.try_get(2)?,
                        sha256: row.try_get(3)?,
                        part_size: row.try_get(4)?,
                        part_sha256: row.try_get(5)?,
                        object_key: row.try_get(6)?,
                        state: row.try_get(7)?,
                        failure_type: row.try_get(8)?,
                        failure_detail: row.try_get(9)?,
                        image: row.try_get(10)?,
                    })
                },
            mapper: |it| Upload::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        OwnUploadParams,
        UploadQuery<'c, 'a, 's, C, Upload, 2>,
        C,
    > for OwnUploadStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a OwnUploadParams,
    ) -> UploadQuery<'c, 'a, 's, C, Upload, 2> {
        self.bind(client, &params.upload_id, &params.user_id)
    }
}
pub struct StartProcessingStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn start_processing() -> StartProcessingStmt {
    StartProcessingStmt(
        "update uploads set state = 'processing', completed_at = $1, updated_at = $1 where upload_id = $2 and user_id = $3 and state = 'awaiting'",
        None,
    )
}
impl StartProcessingStmt {
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
        upload_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, upload_id, user_id])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        StartProcessingParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for StartProcessingStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a StartProcessingParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.upload_id, &params.user_id))
    }
}
pub struct LockUploadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_upload() -> LockUploadStmt {
    LockUploadStmt(
        "select state, used_at from uploads where upload_id = $1 and user_id = $2 for update",
        None,
    )
}
impl LockUploadStmt {
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
        upload_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
    ) -> LockUploadQuery<'c, 'a, 's, C, LockUpload, 2> {
        LockUploadQuery {
            client,
            params: [upload_id, user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<LockUploadBorrowed, tokio_postgres::Error> {
                    Ok(LockUploadBorrowed { state: row.try_get(0)?, used_at: row.try_get(1)? })
                },
            mapper: |it| LockUpload::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        LockUploadParams,
        LockUploadQuery<'c, 'a, 's, C, LockUpload, 2>,
        C,
    > for LockUploadStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a LockUploadParams,
    ) -> LockUploadQuery<'c, 'a, 's, C, LockUpload, 2> {
        self.bind(client, &params.upload_id, &params.user_id)
    }
}
pub struct UploadImageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn upload_image() -> UploadImageStmt {
    UploadImageStmt(
        "select i.metadata as image from uploads u join images i on i.image_id = u.image_id where u.upload_id = $1",
        None,
    )
}
impl UploadImageStmt {
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
        upload_id: &'a uuid::Uuid,
    ) -> SerdejsonValueQuery<'c, 'a, 's, C, serde_json::Value, 1> {
        SerdejsonValueQuery {
            client,
            params: [upload_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| serde_json::from_str(it.0.get()).unwrap(),
        }
    }
}
pub struct UseUploadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn use_upload() -> UseUploadStmt {
    UseUploadStmt(
        "update uploads set used_at = $1, updated_at = $1 where upload_id = $2 and used_at is null and state in ('processing', 'ready')",
        None,
    )
}
impl UseUploadStmt {
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
        upload_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, upload_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UseUploadParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for UseUploadStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UseUploadParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.upload_id))
    }
}
pub struct ReleaseUploadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn release_upload() -> ReleaseUploadStmt {
    ReleaseUploadStmt(
        "update uploads set used_at = null, updated_at = $1 where upload_id = $2",
        None,
    )
}
impl ReleaseUploadStmt {
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
        upload_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, upload_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ReleaseUploadParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ReleaseUploadStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ReleaseUploadParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.upload_id))
    }
}
pub struct UploadToProcessStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn upload_to_process() -> UploadToProcessStmt {
    UploadToProcessStmt(
        "select u.user_id, u.byte_size, u.sha256, u.object_key, u.state, u.created_at, coalesce(s.privacy_settings -> 'store_location' = 'true'::jsonb, false) as keeps_location from uploads u left join user_settings s on s.user_id = u.user_id where u.upload_id = $1",
        None,
    )
}
impl UploadToProcessStmt {
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
        upload_id: &'a uuid::Uuid,
    ) -> UploadToProcessQuery<'c, 'a, 's, C, UploadToProcess, 1> {
        UploadToProcessQuery {
            client,
            params: [upload_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |
                row: &tokio_postgres::Row,
            | -> Result<UploadToProcessBorrowed, tokio_postgres::Error> {
                Ok(UploadToProcessBorrowed {
                    user_id: row.try_get(0)?,
                    byte_size: row.try_get(1)?,
                    sha256: row.try_get(2)?,
                    object_key: row.try_get(3)?,
                    state: row.try_get(4)?,
                    created_at: row.try_get(5)?,
                    keeps_location: row.try_get(6)?,
                })
            },
            mapper: |it| UploadToProcess::from(it),
        }
    }
}
pub struct InsertImageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_image() -> InsertImageStmt {
    InsertImageStmt(
        "insert into images (image_id, owner_id, version, content_sha256, width, height, metadata, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        None,
    )
}
impl InsertImageStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::BytesSql, T2: crate::JsonSql>(
        &'s self,
        client: &'c C,
        image_id: &'a uuid::Uuid,
        owner_id: &'a uuid::Uuid,
        version: &'a i32,
        content_sha256: &'a T1,
        width: &'a i32,
        height: &'a i32,
        metadata: &'a T2,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[image_id, owner_id, version, content_sha256, width, height, metadata, now],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::BytesSql, T2: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertImageParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertImageStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertImageParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.image_id,
            &params.owner_id,
            &params.version,
            &params.content_sha256,
            &params.width,
            &params.height,
            &params.metadata,
            &params.now,
        ))
    }
}
pub struct FinishUploadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn finish_upload() -> FinishUploadStmt {
    FinishUploadStmt(
        "update uploads set state = 'ready', image_id = $1, updated_at = $2 where upload_id = $3 and state = 'processing'",
        None,
    )
}
impl FinishUploadStmt {
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
        image_id: &'a uuid::Uuid,
        now: &'a kith_types::time::Timestamp,
        upload_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[image_id, now, upload_id])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        FinishUploadParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for FinishUploadStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a FinishUploadParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.image_id, &params.now, &params.upload_id))
    }
}
pub struct FailUploadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn fail_upload() -> FailUploadStmt {
    FailUploadStmt(
        "update uploads set state = 'failed', failure_type = $1, failure_detail = $2, used_at = null, expires_at = greatest(expires_at, $3), updated_at = $4 where upload_id = $5 and state = 'processing'",
        None,
    )
}
impl FailUploadStmt {
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
        failure_type: &'a T1,
        failure_detail: &'a T2,
        kept_until: &'a kith_types::time::Timestamp,
        now: &'a kith_types::time::Timestamp,
        upload_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[failure_type, failure_detail, kept_until, now, upload_id],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        FailUploadParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for FailUploadStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a FailUploadParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.failure_type,
            &params.failure_detail,
            &params.kept_until,
            &params.now,
            &params.upload_id,
        ))
    }
}
pub struct PutFailedPostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn put_failed_post() -> PutFailedPostStmt {
    PutFailedPostStmt(
        "update uploads set failed_post_id = $1 where upload_id = $2 and state = 'failed'",
        None,
    )
}
impl PutFailedPostStmt {
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
        post_id: &'a uuid::Uuid,
        upload_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[post_id, upload_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PutFailedPostParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for PutFailedPostStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PutFailedPostParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.post_id, &params.upload_id))
    }
}
pub struct ProcessingUploadsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn processing_uploads() -> ProcessingUploadsStmt {
    ProcessingUploadsStmt(
        "select completed_at, upload_id from uploads where state = 'processing' and (completed_at, upload_id) > ($1, $2) order by completed_at, upload_id limit $3",
        None,
    )
}
impl ProcessingUploadsStmt {
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
        after_at: &'a kith_types::time::Timestamp,
        after_id: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> ProcessingUploadsQuery<'c, 'a, 's, C, ProcessingUploads, 3> {
        ProcessingUploadsQuery {
            client,
            params: [after_at, after_id, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ProcessingUploads, tokio_postgres::Error> {
                    Ok(ProcessingUploads {
                        completed_at: row.try_get(0)?,
                        upload_id: row.try_get(1)?,
                    })
                },
            mapper: |it| ProcessingUploads::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ProcessingUploadsParams,
        ProcessingUploadsQuery<'c, 'a, 's, C, ProcessingUploads, 3>,
        C,
    > for ProcessingUploadsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ProcessingUploadsParams,
    ) -> ProcessingUploadsQuery<'c, 'a, 's, C, ProcessingUploads, 3> {
        self.bind(client, &params.after_at, &params.after_id, &params.max_rows)
    }
}
pub struct LockProcessingUploadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_processing_upload() -> LockProcessingUploadStmt {
    LockProcessingUploadStmt(
        "select upload_id from uploads where upload_id = $1 and state = 'processing' for update",
        None,
    )
}
impl LockProcessingUploadStmt {
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
        upload_id: &'a uuid::Uuid,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [upload_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct UnusedUploadsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn unused_uploads() -> UnusedUploadsStmt {
    UnusedUploadsStmt(
        "select upload_id, user_id, object_key, created_at from uploads where used_at is null and expires_at < $1 and state <> 'processing' order by expires_at limit $2",
        None,
    )
}
impl UnusedUploadsStmt {
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
        now: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> UnusedUploadsQuery<'c, 'a, 's, C, UnusedUploads, 2> {
        UnusedUploadsQuery {
            client,
            params: [now, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<UnusedUploadsBorrowed, tokio_postgres::Error> {
                    Ok(UnusedUploadsBorrowed {
                        upload_id: row.try_get(0)?,
                        user_id: row.try_get(1)?,
                        object_key: row.try_get(2)?,
                        created_at: row.try_get(3)?,
                    })
                },
            mapper: |it| UnusedUploads::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        UnusedUploadsParams,
        UnusedUploadsQuery<'c, 'a, 's, C, UnusedUploads, 2>,
        C,
    > for UnusedUploadsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a UnusedUploadsParams,
    ) -> UnusedUploadsQuery<'c, 'a, 's, C, UnusedUploads, 2> {
        self.bind(client, &params.now, &params.max_rows)
    }
}
pub struct DeleteUnusedUploadStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_unused_upload() -> DeleteUnusedUploadStmt {
    DeleteUnusedUploadStmt(
        "delete from uploads where upload_id = $1 and used_at is null and expires_at < $2 and state <> 'processing'",
        None,
    )
}
impl DeleteUnusedUploadStmt {
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
        upload_id: &'a uuid::Uuid,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[upload_id, now]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeleteUnusedUploadParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeleteUnusedUploadStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeleteUnusedUploadParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.upload_id, &params.now))
    }
}
pub struct DeleteImageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_image() -> DeleteImageStmt {
    DeleteImageStmt("delete from images where image_id = $1", None)
}
impl DeleteImageStmt {
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
        image_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[image_id]).await
    }
}
pub struct DeleteUploadOfImageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_upload_of_image() -> DeleteUploadOfImageStmt {
    DeleteUploadOfImageStmt("delete from uploads where image_id = $1", None)
}
impl DeleteUploadOfImageStmt {
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
        image_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[image_id]).await
    }
}
pub struct UploadsInWorkStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn uploads_in_work() -> UploadsInWorkStmt {
    UploadsInWorkStmt(
        "select upload_id from uploads where upload_id = any ($1) and state = 'processing'",
        None,
    )
}
impl UploadsInWorkStmt {
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
        upload_ids: &'a T1,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [upload_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct ProcessingUploadsOfStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn processing_uploads_of() -> ProcessingUploadsOfStmt {
    ProcessingUploadsOfStmt(
        "select upload_id, user_id, created_at from uploads where state = 'processing' and date_trunc('milliseconds', created_at) = any ($1)",
        None,
    )
}
impl ProcessingUploadsOfStmt {
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
        T1: crate::ArraySql<Item = kith_types::time::Timestamp>,
    >(
        &'s self,
        client: &'c C,
        times: &'a T1,
    ) -> ProcessingUploadsOfQuery<'c, 'a, 's, C, ProcessingUploadsOf, 1> {
        ProcessingUploadsOfQuery {
            client,
            params: [times],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ProcessingUploadsOf, tokio_postgres::Error> {
                    Ok(ProcessingUploadsOf {
                        upload_id: row.try_get(0)?,
                        user_id: row.try_get(1)?,
                        created_at: row.try_get(2)?,
                    })
                },
            mapper: |it| ProcessingUploadsOf::from(it),
        }
    }
}
pub struct KnownImagesStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn known_images() -> KnownImagesStmt {
    KnownImagesStmt("select image_id from images where image_id = any ($1)", None)
}
impl KnownImagesStmt {
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
        image_ids: &'a T1,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [image_ids],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct VisibleImageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn visible_image() -> VisibleImageStmt {
    VisibleImageStmt(
        "select case when i.version = $1 then i.metadata else i.previous end as image from visible_image($2, $3) i where i.version = $1 or (i.previous_until > $4 and (i.previous ->> 'version')::integer = $1)",
        None,
    )
}
impl VisibleImageStmt {
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
        version: &'a i32,
        viewer_id: &'a uuid::Uuid,
        image_id: &'a uuid::Uuid,
        now: &'a kith_types::time::Timestamp,
    ) -> OptionserdejsonValueQuery<'c, 'a, 's, C, Option<serde_json::Value>, 4> {
        OptionserdejsonValueQuery {
            client,
            params: [version, viewer_id, image_id, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.map(|v| serde_json::from_str(v.0.get()).unwrap()),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        VisibleImageParams,
        OptionserdejsonValueQuery<'c, 'a, 's, C, Option<serde_json::Value>, 4>,
        C,
    > for VisibleImageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a VisibleImageParams,
    ) -> OptionserdejsonValueQuery<'c, 'a, 's, C, Option<serde_json::Value>, 4> {
        self.bind(client, &params.version, &params.viewer_id, &params.image_id, &params.now)
    }
}
pub struct ImageMetadataStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn image_metadata() -> ImageMetadataStmt {
    ImageMetadataStmt("select metadata as image from images where image_id = $1", None)
}
impl ImageMetadataStmt {
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
        image_id: &'a uuid::Uuid,
    ) -> SerdejsonValueQuery<'c, 'a, 's, C, serde_json::Value, 1> {
        SerdejsonValueQuery {
            client,
            params: [image_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| serde_json::from_str(it.0.get()).unwrap(),
        }
    }
}
pub struct LockImageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_image() -> LockImageStmt {
    LockImageStmt(
        "select owner_id, metadata as image from images where image_id = $1 for update",
        None,
    )
}
impl LockImageStmt {
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
        image_id: &'a uuid::Uuid,
    ) -> LockImageQuery<'c, 'a, 's, C, LockImage, 1> {
        LockImageQuery {
            client,
            params: [image_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<LockImageBorrowed, tokio_postgres::Error> {
                    Ok(LockImageBorrowed { owner_id: row.try_get(0)?, image: row.try_get(1)? })
                },
            mapper: |it| LockImage::from(it),
        }
    }
}
pub struct PutImageMetadataStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn put_image_metadata() -> PutImageMetadataStmt {
    PutImageMetadataStmt("update images set metadata = $1 where image_id = $2", None)
}
impl PutImageMetadataStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::JsonSql>(
        &'s self,
        client: &'c C,
        metadata: &'a T1,
        image_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[metadata, image_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PutImageMetadataParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for PutImageMetadataStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PutImageMetadataParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.metadata, &params.image_id))
    }
}
pub struct PutPictureMetadataStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn put_picture_metadata() -> PutPictureMetadataStmt {
    PutPictureMetadataStmt(
        "update users set profile_picture_metadata = $1, profile_picture_url = $2 where user_id = $3 and profile_picture_metadata ->> 'image_id' = $4",
        None,
    )
}
impl PutPictureMetadataStmt {
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
        T1: crate::JsonSql,
        T2: crate::StringSql,
        T3: crate::StringSql,
    >(
        &'s self,
        client: &'c C,
        metadata: &'a T1,
        url: &'a T2,
        user_id: &'a uuid::Uuid,
        image_id: &'a T3,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[metadata, url, user_id, image_id],
        )
        .await
    }
}
impl<
    'a,
    C: GenericClient + Send + Sync,
    T1: crate::JsonSql,
    T2: crate::StringSql,
    T3: crate::StringSql,
>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PutPictureMetadataParams<T1, T2, T3>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for PutPictureMetadataStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PutPictureMetadataParams<T1, T2, T3>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.metadata,
            &params.url,
            &params.user_id,
            &params.image_id,
        ))
    }
}
pub struct IsImageUsedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn is_image_used() -> IsImageUsedStmt {
    IsImageUsedStmt(
        "select exists (select from posts where image_id = $1) or exists (select from users u where u.user_id = i.owner_id and u.profile_picture_metadata ->> 'image_id' = i.image_id::text) as is_used from images i where i.image_id = $1",
        None,
    )
}
impl IsImageUsedStmt {
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
        image_id: &'a uuid::Uuid,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 1> {
        BoolQuery {
            client,
            params: [image_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct LockPictureStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_picture() -> LockPictureStmt {
    LockPictureStmt(
        "select profile_picture_metadata as image from users where user_id = $1 for update",
        None,
    )
}
impl LockPictureStmt {
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
    ) -> OptionserdejsonValueQuery<'c, 'a, 's, C, Option<serde_json::Value>, 1> {
        OptionserdejsonValueQuery {
            client,
            params: [user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it.map(|v| serde_json::from_str(v.0.get()).unwrap()),
        }
    }
}
pub struct IsUploadOfImageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn is_upload_of_image() -> IsUploadOfImageStmt {
    IsUploadOfImageStmt(
        "select exists (select from uploads where upload_id = $1 and user_id = $2 and image_id = $3) as is_upload_of_image",
        None,
    )
}
impl IsUploadOfImageStmt {
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
        upload_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
        image_id: &'a uuid::Uuid,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 3> {
        BoolQuery {
            client,
            params: [upload_id, user_id, image_id],
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
        IsUploadOfImageParams,
        BoolQuery<'c, 'a, 's, C, bool, 3>,
        C,
    > for IsUploadOfImageStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a IsUploadOfImageParams,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 3> {
        self.bind(client, &params.upload_id, &params.user_id, &params.image_id)
    }
}
pub struct SetPictureStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn set_picture() -> SetPictureStmt {
    SetPictureStmt(
        "update users set profile_picture_url = $1, profile_picture_metadata = $2, version = version + 1, updated_at = $3 where user_id = $4",
        None,
    )
}
impl SetPictureStmt {
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
        url: &'a Option<T1>,
        metadata: &'a Option<T2>,
        now: &'a kith_types::time::Timestamp,
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[url, metadata, now, user_id],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::JsonSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        SetPictureParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for SetPictureStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a SetPictureParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.url, &params.metadata, &params.now, &params.user_id))
    }
}
pub struct NoteViewsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn note_views() -> NoteViewsStmt {
    NoteViewsStmt(
        "update images set viewed_at = $1 where image_id = any ($2) and viewed_at is null",
        None,
    )
}
impl NoteViewsStmt {
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
        image_ids: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, image_ids]).await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        NoteViewsParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for NoteViewsStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a NoteViewsParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.image_ids))
    }
}
pub struct NextViewedImageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn next_viewed_image() -> NextViewedImageStmt {
    NextViewedImageStmt(
        "select metadata as image from images where viewed_at is not null and refined_at is null and previous is null order by viewed_at limit 1",
        None,
    )
}
impl NextViewedImageStmt {
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
    ) -> SerdejsonValueQuery<'c, 'a, 's, C, serde_json::Value, 0> {
        SerdejsonValueQuery {
            client,
            params: [],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| serde_json::from_str(it.0.get()).unwrap(),
        }
    }
}
pub struct RefinedImageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn refined_image() -> RefinedImageStmt {
    RefinedImageStmt("update images set refined_at = $1 where image_id = $2", None)
}
impl RefinedImageStmt {
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
        image_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, image_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        RefinedImageParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for RefinedImageStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a RefinedImageParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.image_id))
    }
}
pub struct ReplaceImageStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn replace_image() -> ReplaceImageStmt {
    ReplaceImageStmt(
        "update images set previous = metadata, previous_until = $1, version = $2 where image_id = $3",
        None,
    )
}
impl ReplaceImageStmt {
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
        previous_until: &'a kith_types::time::Timestamp,
        version: &'a i32,
        image_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[previous_until, version, image_id],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ReplaceImageParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ReplaceImageStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ReplaceImageParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.previous_until, &params.version, &params.image_id))
    }
}
pub struct EndedVersionsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn ended_versions() -> EndedVersionsStmt {
    EndedVersionsStmt(
        "select image_id, metadata as image, previous from images where previous_until <= $1 order by previous_until limit $2",
        None,
    )
}
impl EndedVersionsStmt {
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
        now: &'a kith_types::time::Timestamp,
        max_rows: &'a i64,
    ) -> EndedVersionsQuery<'c, 'a, 's, C, EndedVersions, 2> {
        EndedVersionsQuery {
            client,
            params: [now, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<EndedVersionsBorrowed, tokio_postgres::Error> {
                    Ok(EndedVersionsBorrowed {
                        image_id: row.try_get(0)?,
                        image: row.try_get(1)?,
                        previous: row.try_get(2)?,
                    })
                },
            mapper: |it| EndedVersions::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        EndedVersionsParams,
        EndedVersionsQuery<'c, 'a, 's, C, EndedVersions, 2>,
        C,
    > for EndedVersionsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a EndedVersionsParams,
    ) -> EndedVersionsQuery<'c, 'a, 's, C, EndedVersions, 2> {
        self.bind(client, &params.now, &params.max_rows)
    }
}
pub struct ForgetVersionStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn forget_version() -> ForgetVersionStmt {
    ForgetVersionStmt(
        "update images set previous = null, previous_until = null where image_id = $1 and previous_until <= $2",
        None,
    )
}
impl ForgetVersionStmt {
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
        image_id: &'a uuid::Uuid,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[image_id, now]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        ForgetVersionParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for ForgetVersionStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a ForgetVersionParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.image_id, &params.now))
    }
}
pub struct OwnerKeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn owner_key() -> OwnerKeyStmt {
    OwnerKeyStmt("select data_key from users where user_id = $1", None)
}
impl OwnerKeyStmt {
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
pub struct ImageOwnerKeyStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn image_owner_key() -> ImageOwnerKeyStmt {
    ImageOwnerKeyStmt(
        "select i.owner_id, u.data_key from images i join users u on u.user_id = i.owner_id where i.image_id = $1",
        None,
    )
}
impl ImageOwnerKeyStmt {
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
        image_id: &'a uuid::Uuid,
    ) -> ImageOwnerKeyQuery<'c, 'a, 's, C, ImageOwnerKey, 1> {
        ImageOwnerKeyQuery {
            client,
            params: [image_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ImageOwnerKeyBorrowed, tokio_postgres::Error> {
                    Ok(ImageOwnerKeyBorrowed {
                        owner_id: row.try_get(0)?,
                        data_key: row.try_get(1)?,
                    })
                },
            mapper: |it| ImageOwnerKey::from(it),
        }
    }
}
