// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct VisiblePostParams {
    pub viewer_id: uuid::Uuid,
    pub post_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct FeedParams {
    pub viewer_id: uuid::Uuid,
    pub before_at: kith_types::time::Timestamp,
    pub before_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct PostsOfAuthorParams {
    pub viewer_id: uuid::Uuid,
    pub author_id: uuid::Uuid,
    pub before_at: kith_types::time::Timestamp,
    pub before_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct IsFriendParams {
    pub viewer_id: uuid::Uuid,
    pub author_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct AuthorOfVisiblePostParams {
    pub viewer_id: uuid::Uuid,
    pub post_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct ReadersOfOwnPostParams<T1: crate::StringSql> {
    pub post_id: uuid::Uuid,
    pub author_id: uuid::Uuid,
    pub after_name: T1,
    pub after_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Debug)]
pub struct FriendsAmongParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub user_id: uuid::Uuid,
    pub user_ids: T1,
}
#[derive(Debug)]
pub struct InsertPostParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub post_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub upload_id: uuid::Uuid,
    pub caption: Option<T1>,
    pub alt: Option<T2>,
    pub visibility: kith_types::visibility::Visibility,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug)]
pub struct InsertAudienceParams<T1: crate::ArraySql<Item = uuid::Uuid>> {
    pub post_id: uuid::Uuid,
    pub author_id: uuid::Uuid,
    pub posted_at: Option<kith_types::time::Timestamp>,
    pub viewer_ids: T1,
}
#[derive(Debug)]
pub struct ShowPostParams<T1: crate::StringSql, T2: crate::JsonSql> {
    pub image_id: uuid::Uuid,
    pub image_url: T1,
    pub image_metadata: T2,
    pub now: kith_types::time::Timestamp,
    pub upload_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct DateAudienceParams {
    pub now: kith_types::time::Timestamp,
    pub post_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct PutPostImageMetadataParams<T1: crate::JsonSql, T2: crate::StringSql> {
    pub metadata: T1,
    pub url: T2,
    pub image_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct LockOwnPostParams {
    pub post_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct UpdatePostParams<T1: crate::StringSql, T2: crate::StringSql> {
    pub caption: Option<T1>,
    pub alt: Option<T2>,
    pub visibility: kith_types::visibility::Visibility,
    pub now: kith_types::time::Timestamp,
    pub post_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct DeletePostParams {
    pub now: kith_types::time::Timestamp,
    pub post_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct RestorePostParams {
    pub now: kith_types::time::Timestamp,
    pub post_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub deleted_after: kith_types::time::Timestamp,
}
#[derive(Clone, Copy, Debug)]
pub struct ExpiredPostsParams {
    pub before: kith_types::time::Timestamp,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct PurgePostParams {
    pub post_id: uuid::Uuid,
    pub before: kith_types::time::Timestamp,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    pub post_id: uuid::Uuid,
    pub version: i32,
    pub author_id: uuid::Uuid,
    pub username: String,
    pub display_name: String,
    pub profile_picture_metadata: Option<serde_json::Value>,
    pub image_metadata: Option<serde_json::Value>,
    pub caption: Option<String>,
    pub alt: Option<String>,
    pub visibility: kith_types::visibility::Visibility,
    pub status: kith_types::visibility::PostStatus,
    pub comment_count: i32,
    pub audience: Option<serde_json::Value>,
    pub posted_at: Option<kith_types::time::Timestamp>,
    pub created_at: kith_types::time::Timestamp,
    pub updated_at: kith_types::time::Timestamp,
}
pub struct PostBorrowed<'a> {
    pub post_id: uuid::Uuid,
    pub version: i32,
    pub author_id: uuid::Uuid,
    pub username: &'a str,
    pub display_name: &'a str,
    pub profile_picture_metadata: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub image_metadata: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub caption: Option<&'a str>,
    pub alt: Option<&'a str>,
    pub visibility: kith_types::visibility::Visibility,
    pub status: kith_types::visibility::PostStatus,
    pub comment_count: i32,
    pub audience: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub posted_at: Option<kith_types::time::Timestamp>,
    pub created_at: kith_types::time::Timestamp,
    pub updated_at: kith_types::time::Timestamp,
}
impl<'a> From<PostBorrowed<'a>> for Post {
    fn from(
        PostBorrowed {
            post_id,
            version,
            author_id,
            username,
            display_name,
            profile_picture_metadata,
            image_metadata,
            caption,
            alt,
            visibility,
            status,
            comment_count,
            audience,
            posted_at,
            created_at,
            updated_at,
        }: PostBorrowed<'a>,
    ) -> Self {
        Self {
            post_id,
            version,
            author_id,
            username: username.into(),
            display_name: display_name.into(),
            profile_picture_metadata: profile_picture_metadata
                .map(|v| serde_json::from_str(v.0.get()).unwrap()),
            image_metadata: image_metadata.map(|v| serde_json::from_str(v.0.get()).unwrap()),
            caption: caption.map(|v| v.into()),
            alt: alt.map(|v| v.into()),
            visibility,
            status,
            comment_count,
            audience: audience.map(|v| serde_json::from_str(v.0.get()).unwrap()),
            posted_at,
            created_at,
            updated_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct Reader {
    pub user_id: uuid::Uuid,
    pub username: String,
    pub display_name: String,
    pub profile_picture_metadata: Option<serde_json::Value>,
    pub name_key: String,
}
pub struct ReaderBorrowed<'a> {
    pub user_id: uuid::Uuid,
    pub username: &'a str,
    pub display_name: &'a str,
    pub profile_picture_metadata: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub name_key: &'a str,
}
impl<'a> From<ReaderBorrowed<'a>> for Reader {
    fn from(
        ReaderBorrowed {
            user_id,
            username,
            display_name,
            profile_picture_metadata,
            name_key,
        }: ReaderBorrowed<'a>,
    ) -> Self {
        Self {
            user_id,
            username: username.into(),
            display_name: display_name.into(),
            profile_picture_metadata: profile_picture_metadata
                .map(|v| serde_json::from_str(v.0.get()).unwrap()),
            name_key: name_key.into(),
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct ShowPost {
    pub post_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub status: kith_types::visibility::PostStatus,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct DeleteFailedPost {
    pub post_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub status: kith_types::visibility::PostStatus,
}
#[derive(Debug, Clone, PartialEq)]
pub struct LockOwnPost {
    pub version: i32,
    pub status: kith_types::visibility::PostStatus,
    pub visibility: kith_types::visibility::Visibility,
    pub caption: Option<String>,
    pub alt: Option<String>,
    pub posted_at: Option<kith_types::time::Timestamp>,
    pub deleted_at: Option<kith_types::time::Timestamp>,
    pub deleted_from: Option<kith_types::visibility::PostStatus>,
}
pub struct LockOwnPostBorrowed<'a> {
    pub version: i32,
    pub status: kith_types::visibility::PostStatus,
    pub visibility: kith_types::visibility::Visibility,
    pub caption: Option<&'a str>,
    pub alt: Option<&'a str>,
    pub posted_at: Option<kith_types::time::Timestamp>,
    pub deleted_at: Option<kith_types::time::Timestamp>,
    pub deleted_from: Option<kith_types::visibility::PostStatus>,
}
impl<'a> From<LockOwnPostBorrowed<'a>> for LockOwnPost {
    fn from(
        LockOwnPostBorrowed {
            version,
            status,
            visibility,
            caption,
            alt,
            posted_at,
            deleted_at,
            deleted_from,
        }: LockOwnPostBorrowed<'a>,
    ) -> Self {
        Self {
            version,
            status,
            visibility,
            caption: caption.map(|v| v.into()),
            alt: alt.map(|v| v.into()),
            posted_at,
            deleted_at,
            deleted_from,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct PurgePost {
    pub upload_id: uuid::Uuid,
    pub image_id: Option<uuid::Uuid>,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct PostQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<PostBorrowed, tokio_postgres::Error>,
    mapper: fn(PostBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> PostQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(PostBorrowed) -> R) -> PostQuery<'c, 'a, 's, C, R, N> {
        PostQuery {
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
pub struct ReaderQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ReaderBorrowed, tokio_postgres::Error>,
    mapper: fn(ReaderBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ReaderQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ReaderBorrowed) -> R) -> ReaderQuery<'c, 'a, 's, C, R, N> {
        ReaderQuery {
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
pub struct ShowPostQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<ShowPost, tokio_postgres::Error>,
    mapper: fn(ShowPost) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> ShowPostQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(ShowPost) -> R) -> ShowPostQuery<'c, 'a, 's, C, R, N> {
        ShowPostQuery {
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
pub struct DeleteFailedPostQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DeleteFailedPost, tokio_postgres::Error>,
    mapper: fn(DeleteFailedPost) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DeleteFailedPostQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(DeleteFailedPost) -> R,
    ) -> DeleteFailedPostQuery<'c, 'a, 's, C, R, N> {
        DeleteFailedPostQuery {
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
pub struct LockOwnPostQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<LockOwnPostBorrowed, tokio_postgres::Error>,
    mapper: fn(LockOwnPostBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> LockOwnPostQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(LockOwnPostBorrowed) -> R,
    ) -> LockOwnPostQuery<'c, 'a, 's, C, R, N> {
        LockOwnPostQuery {
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
pub struct OptionkithtypesTimeTimestampQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(
        &tokio_postgres::Row,
    ) -> Result<Option<kith_types::time::Timestamp>, tokio_postgres::Error>,
    mapper: fn(Option<kith_types::time::Timestamp>) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> OptionkithtypesTimeTimestampQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(Option<kith_types::time::Timestamp>) -> R,
    ) -> OptionkithtypesTimeTimestampQuery<'c, 'a, 's, C, R, N> {
        OptionkithtypesTimeTimestampQuery {
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
pub struct PurgePostQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<PurgePost, tokio_postgres::Error>,
    mapper: fn(PurgePost) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> PurgePostQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(PurgePost) -> R) -> PurgePostQuery<'c, 'a, 's, C, R, N> {
        PurgePostQuery {
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
pub struct VisiblePostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn visible_post() -> VisiblePostStmt {
    VisiblePostStmt(
        "select s.* from visible_posts v cross join lateral shown_post($1, v.post_id) s where v.viewer_id = $1 and v.post_id = $2",
        None,
    )
}
impl VisiblePostStmt {
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
    ) -> PostQuery<'c, 'a, 's, C, Post, 2> {
        PostQuery {
            client,
            params: [viewer_id, post_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<PostBorrowed, tokio_postgres::Error> {
                Ok(PostBorrowed {
                    post_id: row.try_get(0)?,
                    version: row.try_get(1)?,
                    author_id: row.try_get(2)?,
                    username: row.try_get(3)?,
                    display_name: row.try_get(4)?,
                    profile_picture_metadata: row.try_get(5)?,
                    image_metadata: row.try_get(6)?,
                    caption: row.try_get(7)?,
                    alt: row.try_get(8)?,
                    visibility: row.try_get(9)?,
                    status: row.try_get(10)?,
                    comment_count: row.try_get(11)?,
                    audience: row.try_get(12)?,
                    posted_at: row.try_get(13)?,
                    created_at: row.try_get(14)?,
                    updated_at: row.try_get(15)?,
                })
            },
            mapper: |it| Post::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        VisiblePostParams,
        PostQuery<'c, 'a, 's, C, Post, 2>,
        C,
    > for VisiblePostStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a VisiblePostParams,
    ) -> PostQuery<'c, 'a, 's, C, Post, 2> {
        self.bind(client, &params.viewer_id, &params.post_id)
    }
}
pub struct FeedStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn feed() -> FeedStmt {
    FeedStmt(
        "select s.* from feed_page($1, $2, $3, $4) f cross join lateral shown_post($1, f.post_id) s order by f.posted_at desc, f.post_id desc",
        None,
    )
}
impl FeedStmt {
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
    ) -> PostQuery<'c, 'a, 's, C, Post, 4> {
        PostQuery {
            client,
            params: [viewer_id, before_at, before_id, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<PostBorrowed, tokio_postgres::Error> {
                Ok(PostBorrowed {
                    post_id: row.try_get(0)?,
                    version: row.try_get(1)?,
                    author_id: row.try_get(2)?,
                    username: row.try_get(3)?,
                    display_name: row.try_get(4)?,
                    profile_picture_metadata: row.try_get(5)?,
                    image_metadata: row.try_get(6)?,
                    caption: row.try_get(7)?,
                    alt: row.try_get(8)?,
                    visibility: row.try_get(9)?,
                    status: row.try_get(10)?,
                    comment_count: row.try_get(11)?,
                    audience: row.try_get(12)?,
                    posted_at: row.try_get(13)?,
                    created_at: row.try_get(14)?,
                    updated_at: row.try_get(15)?,
                })
            },
            mapper: |it| Post::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<'c, 'a, 's, FeedParams, PostQuery<'c, 'a, 's, C, Post, 4>, C>
    for FeedStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FeedParams,
    ) -> PostQuery<'c, 'a, 's, C, Post, 4> {
        self.bind(client, &params.viewer_id, &params.before_at, &params.before_id, &params.max_rows)
    }
}
pub struct PostsOfAuthorStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn posts_of_author() -> PostsOfAuthorStmt {
    PostsOfAuthorStmt(
        "select s.* from author_page($1, $2, $3, $4, $5) f cross join lateral shown_post($1, f.post_id) s order by f.posted_at desc, f.post_id desc",
        None,
    )
}
impl PostsOfAuthorStmt {
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
        before_at: &'a kith_types::time::Timestamp,
        before_id: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> PostQuery<'c, 'a, 's, C, Post, 5> {
        PostQuery {
            client,
            params: [viewer_id, author_id, before_at, before_id, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<PostBorrowed, tokio_postgres::Error> {
                Ok(PostBorrowed {
                    post_id: row.try_get(0)?,
                    version: row.try_get(1)?,
                    author_id: row.try_get(2)?,
                    username: row.try_get(3)?,
                    display_name: row.try_get(4)?,
                    profile_picture_metadata: row.try_get(5)?,
                    image_metadata: row.try_get(6)?,
                    caption: row.try_get(7)?,
                    alt: row.try_get(8)?,
                    visibility: row.try_get(9)?,
                    status: row.try_get(10)?,
                    comment_count: row.try_get(11)?,
                    audience: row.try_get(12)?,
                    posted_at: row.try_get(13)?,
                    created_at: row.try_get(14)?,
                    updated_at: row.try_get(15)?,
                })
            },
            mapper: |it| Post::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        PostsOfAuthorParams,
        PostQuery<'c, 'a, 's, C, Post, 5>,
        C,
    > for PostsOfAuthorStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a PostsOfAuthorParams,
    ) -> PostQuery<'c, 'a, 's, C, Post, 5> {
        self.bind(
            client,
            &params.viewer_id,
            &params.author_id,
            &params.before_at,
            &params.before_id,
            &params.max_rows,
        )
    }
}
pub struct IsFriendStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn is_friend() -> IsFriendStmt {
    IsFriendStmt(
        "select exists (select from current_friends where user_id = $1 and friend_id = $2) as is_friend",
        None,
    )
}
impl IsFriendStmt {
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
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        BoolQuery {
            client,
            params: [viewer_id, author_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<'c, 'a, 's, IsFriendParams, BoolQuery<'c, 'a, 's, C, bool, 2>, C>
    for IsFriendStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a IsFriendParams,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        self.bind(client, &params.viewer_id, &params.author_id)
    }
}
pub struct AuthorOfVisiblePostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn author_of_visible_post() -> AuthorOfVisiblePostStmt {
    AuthorOfVisiblePostStmt(
        "select user_id from visible_posts where viewer_id = $1 and post_id = $2",
        None,
    )
}
impl AuthorOfVisiblePostStmt {
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
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        UuidUuidQuery {
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
    crate::client::async_::Params<
        'c,
        'a,
        's,
        AuthorOfVisiblePostParams,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2>,
        C,
    > for AuthorOfVisiblePostStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a AuthorOfVisiblePostParams,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        self.bind(client, &params.viewer_id, &params.post_id)
    }
}
pub struct ReadersOfOwnPostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn readers_of_own_post() -> ReadersOfOwnPostStmt {
    ReadersOfOwnPostStmt(
        "select u.user_id, u.username, u.display_name, u.profile_picture_metadata, lower(u.display_name) as name_key from posts p cross join lateral post_friends(p.post_id) f join users u on u.user_id = f.viewer_id where p.post_id = $1 and p.user_id = $2 and p.status = 'active' and (lower(u.display_name), u.user_id) > ($3, $4) order by lower(u.display_name), u.user_id limit $5",
        None,
    )
}
impl ReadersOfOwnPostStmt {
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
        post_id: &'a uuid::Uuid,
        author_id: &'a uuid::Uuid,
        after_name: &'a T1,
        after_id: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> ReaderQuery<'c, 'a, 's, C, Reader, 5> {
        ReaderQuery {
            client,
            params: [post_id, author_id, after_name, after_id, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<ReaderBorrowed, tokio_postgres::Error> {
                    Ok(ReaderBorrowed {
                        user_id: row.try_get(0)?,
                        username: row.try_get(1)?,
                        display_name: row.try_get(2)?,
                        profile_picture_metadata: row.try_get(3)?,
                        name_key: row.try_get(4)?,
                    })
                },
            mapper: |it| Reader::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ReadersOfOwnPostParams<T1>,
        ReaderQuery<'c, 'a, 's, C, Reader, 5>,
        C,
    > for ReadersOfOwnPostStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ReadersOfOwnPostParams<T1>,
    ) -> ReaderQuery<'c, 'a, 's, C, Reader, 5> {
        self.bind(
            client,
            &params.post_id,
            &params.author_id,
            &params.after_name,
            &params.after_id,
            &params.max_rows,
        )
    }
}
pub struct FriendsAmongStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn friends_among() -> FriendsAmongStmt {
    FriendsAmongStmt(
        "select friend_id from current_friends where user_id = $1 and friend_id = any ($2)",
        None,
    )
}
impl FriendsAmongStmt {
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
        user_ids: &'a T1,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        UuidUuidQuery {
            client,
            params: [user_id, user_ids],
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
        FriendsAmongParams<T1>,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2>,
        C,
    > for FriendsAmongStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a FriendsAmongParams<T1>,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        self.bind(client, &params.user_id, &params.user_ids)
    }
}
pub struct InsertPostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_post() -> InsertPostStmt {
    InsertPostStmt(
        "insert into posts (post_id, user_id, upload_id, caption, alt, visibility, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $7)",
        None,
    )
}
impl InsertPostStmt {
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
        post_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
        upload_id: &'a uuid::Uuid,
        caption: &'a Option<T1>,
        alt: &'a Option<T2>,
        visibility: &'a kith_types::visibility::Visibility,
        now: &'a kith_types::time::Timestamp,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[post_id, user_id, upload_id, caption, alt, visibility, now],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertPostParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertPostStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertPostParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.post_id,
            &params.user_id,
            &params.upload_id,
            &params.caption,
            &params.alt,
            &params.visibility,
            &params.now,
        ))
    }
}
pub struct InsertAudienceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn insert_audience() -> InsertAudienceStmt {
    InsertAudienceStmt(
        "insert into post_audience (post_id, viewer_id, author_id, posted_at) select $1, viewer_id, $2, $3 from unnest($4::uuid[]) viewer_id",
        None,
    )
}
impl InsertAudienceStmt {
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
        post_id: &'a uuid::Uuid,
        author_id: &'a uuid::Uuid,
        posted_at: &'a Option<kith_types::time::Timestamp>,
        viewer_ids: &'a T1,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[post_id, author_id, posted_at, viewer_ids],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::ArraySql<Item = uuid::Uuid>>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        InsertAudienceParams<T1>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for InsertAudienceStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a InsertAudienceParams<T1>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.post_id,
            &params.author_id,
            &params.posted_at,
            &params.viewer_ids,
        ))
    }
}
pub struct DeleteAudienceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_audience() -> DeleteAudienceStmt {
    DeleteAudienceStmt("delete from post_audience where post_id = $1", None)
}
impl DeleteAudienceStmt {
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
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[post_id]).await
    }
}
pub struct ShowPostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn show_post() -> ShowPostStmt {
    ShowPostStmt(
        "update posts set image_id = $1, image_url = $2, image_metadata = $3, posted_at = $4, updated_at = $4 where upload_id = $5 and image_id is null returning post_id, user_id, status",
        None,
    )
}
impl ShowPostStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub fn bind<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::JsonSql>(
        &'s self,
        client: &'c C,
        image_id: &'a uuid::Uuid,
        image_url: &'a T1,
        image_metadata: &'a T2,
        now: &'a kith_types::time::Timestamp,
        upload_id: &'a uuid::Uuid,
    ) -> ShowPostQuery<'c, 'a, 's, C, ShowPost, 5> {
        ShowPostQuery {
            client,
            params: [image_id, image_url, image_metadata, now, upload_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<ShowPost, tokio_postgres::Error> {
                Ok(ShowPost {
                    post_id: row.try_get(0)?,
                    user_id: row.try_get(1)?,
                    status: row.try_get(2)?,
                })
            },
            mapper: |it| ShowPost::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::JsonSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ShowPostParams<T1, T2>,
        ShowPostQuery<'c, 'a, 's, C, ShowPost, 5>,
        C,
    > for ShowPostStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ShowPostParams<T1, T2>,
    ) -> ShowPostQuery<'c, 'a, 's, C, ShowPost, 5> {
        self.bind(
            client,
            &params.image_id,
            &params.image_url,
            &params.image_metadata,
            &params.now,
            &params.upload_id,
        )
    }
}
pub struct DateAudienceStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn date_audience() -> DateAudienceStmt {
    DateAudienceStmt("update post_audience set posted_at = $1 where post_id = $2", None)
}
impl DateAudienceStmt {
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
        post_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, post_id]).await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DateAudienceParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DateAudienceStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DateAudienceParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.post_id))
    }
}
pub struct DeleteFailedPostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_failed_post() -> DeleteFailedPostStmt {
    DeleteFailedPostStmt(
        "delete from posts where upload_id = $1 and image_id is null returning post_id, user_id, status",
        None,
    )
}
impl DeleteFailedPostStmt {
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
    ) -> DeleteFailedPostQuery<'c, 'a, 's, C, DeleteFailedPost, 1> {
        DeleteFailedPostQuery {
            client,
            params: [upload_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<DeleteFailedPost, tokio_postgres::Error> {
                    Ok(DeleteFailedPost {
                        post_id: row.try_get(0)?,
                        user_id: row.try_get(1)?,
                        status: row.try_get(2)?,
                    })
                },
            mapper: |it| DeleteFailedPost::from(it),
        }
    }
}
pub struct PutPostImageMetadataStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn put_post_image_metadata() -> PutPostImageMetadataStmt {
    PutPostImageMetadataStmt(
        "update posts set image_metadata = $1, image_url = $2 where image_id = $3",
        None,
    )
}
impl PutPostImageMetadataStmt {
    pub async fn prepare<'a, C: GenericClient>(
        mut self,
        client: &'a C,
    ) -> Result<Self, tokio_postgres::Error> {
        self.1 = Some(client.prepare(self.0).await?);
        Ok(self)
    }
    pub async fn bind<'c, 'a, 's, C: GenericClient, T1: crate::JsonSql, T2: crate::StringSql>(
        &'s self,
        client: &'c C,
        metadata: &'a T1,
        url: &'a T2,
        image_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[metadata, url, image_id])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::JsonSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        PutPostImageMetadataParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for PutPostImageMetadataStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a PutPostImageMetadataParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.metadata, &params.url, &params.image_id))
    }
}
pub struct LockOwnPostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn lock_own_post() -> LockOwnPostStmt {
    LockOwnPostStmt(
        "select version, status, visibility, caption, alt, posted_at, deleted_at, deleted_from from posts where post_id = $1 and user_id = $2 for update",
        None,
    )
}
impl LockOwnPostStmt {
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
        post_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
    ) -> LockOwnPostQuery<'c, 'a, 's, C, LockOwnPost, 2> {
        LockOwnPostQuery {
            client,
            params: [post_id, user_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<LockOwnPostBorrowed, tokio_postgres::Error> {
                    Ok(LockOwnPostBorrowed {
                        version: row.try_get(0)?,
                        status: row.try_get(1)?,
                        visibility: row.try_get(2)?,
                        caption: row.try_get(3)?,
                        alt: row.try_get(4)?,
                        posted_at: row.try_get(5)?,
                        deleted_at: row.try_get(6)?,
                        deleted_from: row.try_get(7)?,
                    })
                },
            mapper: |it| LockOwnPost::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        LockOwnPostParams,
        LockOwnPostQuery<'c, 'a, 's, C, LockOwnPost, 2>,
        C,
    > for LockOwnPostStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a LockOwnPostParams,
    ) -> LockOwnPostQuery<'c, 'a, 's, C, LockOwnPost, 2> {
        self.bind(client, &params.post_id, &params.user_id)
    }
}
pub struct UpdatePostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn update_post() -> UpdatePostStmt {
    UpdatePostStmt(
        "update posts set caption = $1, alt = $2, visibility = $3, version = version + 1, updated_at = $4 where post_id = $5",
        None,
    )
}
impl UpdatePostStmt {
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
        caption: &'a Option<T1>,
        alt: &'a Option<T2>,
        visibility: &'a kith_types::visibility::Visibility,
        now: &'a kith_types::time::Timestamp,
        post_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(
            client,
            self.0,
            self.1.as_ref(),
            &[caption, alt, visibility, now, post_id],
        )
        .await
    }
}
impl<'a, C: GenericClient + Send + Sync, T1: crate::StringSql, T2: crate::StringSql>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        UpdatePostParams<T1, T2>,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for UpdatePostStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a UpdatePostParams<T1, T2>,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(
            client,
            &params.caption,
            &params.alt,
            &params.visibility,
            &params.now,
            &params.post_id,
        ))
    }
}
pub struct ViewersOfPostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn viewers_of_post() -> ViewersOfPostStmt {
    ViewersOfPostStmt("select viewer_id from post_viewers($1)", None)
}
impl ViewersOfPostStmt {
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
        post_id: &'a uuid::Uuid,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 1> {
        UuidUuidQuery {
            client,
            params: [post_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row| Ok(row.try_get(0)?),
            mapper: |it| it,
        }
    }
}
pub struct DeletePostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_post() -> DeletePostStmt {
    DeletePostStmt(
        "update posts set status = 'deleted', deleted_at = $1, deleted_from = status, version = version + 1, updated_at = $1 where post_id = $2 and user_id = $3 and status <> 'deleted'",
        None,
    )
}
impl DeletePostStmt {
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
        post_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
    ) -> Result<u64, tokio_postgres::Error> {
        crate::client::async_::execute(client, self.0, self.1.as_ref(), &[now, post_id, user_id])
            .await
    }
}
impl<'a, C: GenericClient + Send + Sync>
    crate::client::async_::Params<
        'a,
        'a,
        'a,
        DeletePostParams,
        std::pin::Pin<
            Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
        >,
        C,
    > for DeletePostStmt
{
    fn params(
        &'a self,
        client: &'a C,
        params: &'a DeletePostParams,
    ) -> std::pin::Pin<
        Box<dyn futures::Future<Output = Result<u64, tokio_postgres::Error>> + Send + 'a>,
    > {
        Box::pin(self.bind(client, &params.now, &params.post_id, &params.user_id))
    }
}
pub struct RestorePostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn restore_post() -> RestorePostStmt {
    RestorePostStmt(
        "update posts set status = deleted_from, deleted_at = null, deleted_from = null, version = version + 1, updated_at = $1 where post_id = $2 and user_id = $3 and status = 'deleted' and deleted_from is not null and deleted_at > $4 returning posted_at",
        None,
    )
}
impl RestorePostStmt {
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
        post_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
        deleted_after: &'a kith_types::time::Timestamp,
    ) -> OptionkithtypesTimeTimestampQuery<'c, 'a, 's, C, Option<kith_types::time::Timestamp>, 4>
    {
        OptionkithtypesTimeTimestampQuery {
            client,
            params: [now, post_id, user_id, deleted_after],
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
        RestorePostParams,
        OptionkithtypesTimeTimestampQuery<'c, 'a, 's, C, Option<kith_types::time::Timestamp>, 4>,
        C,
    > for RestorePostStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a RestorePostParams,
    ) -> OptionkithtypesTimeTimestampQuery<'c, 'a, 's, C, Option<kith_types::time::Timestamp>, 4>
    {
        self.bind(client, &params.now, &params.post_id, &params.user_id, &params.deleted_after)
    }
}
pub struct ExpiredPostsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn expired_posts() -> ExpiredPostsStmt {
    ExpiredPostsStmt(
        "select post_id from posts where status = 'deleted' and deleted_at <= $1 order by deleted_at limit $2",
        None,
    )
}
impl ExpiredPostsStmt {
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
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        UuidUuidQuery {
            client,
            params: [before, max_rows],
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
        ExpiredPostsParams,
        UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2>,
        C,
    > for ExpiredPostsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ExpiredPostsParams,
    ) -> UuidUuidQuery<'c, 'a, 's, C, uuid::Uuid, 2> {
        self.bind(client, &params.before, &params.max_rows)
    }
}
pub struct PurgePostStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn purge_post() -> PurgePostStmt {
    PurgePostStmt(
        "delete from posts where post_id = $1 and status = 'deleted' and deleted_at <= $2 returning upload_id, image_id",
        None,
    )
}
impl PurgePostStmt {
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
        post_id: &'a uuid::Uuid,
        before: &'a kith_types::time::Timestamp,
    ) -> PurgePostQuery<'c, 'a, 's, C, PurgePost, 2> {
        PurgePostQuery {
            client,
            params: [post_id, before],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<PurgePost, tokio_postgres::Error> {
                Ok(PurgePost { upload_id: row.try_get(0)?, image_id: row.try_get(1)? })
            },
            mapper: |it| PurgePost::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        PurgePostParams,
        PurgePostQuery<'c, 'a, 's, C, PurgePost, 2>,
        C,
    > for PurgePostStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a PurgePostParams,
    ) -> PurgePostQuery<'c, 'a, 's, C, PurgePost, 2> {
        self.bind(client, &params.post_id, &params.before)
    }
}
