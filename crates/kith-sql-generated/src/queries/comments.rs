// This file was generated with `cornucopia`. Do not modify.

#[derive(Clone, Copy, Debug)]
pub struct ListCommentsParams {
    pub viewer_id: uuid::Uuid,
    pub post_id: uuid::Uuid,
    pub after_at: kith_types::time::Timestamp,
    pub after_id: uuid::Uuid,
    pub max_rows: i64,
}
#[derive(Clone, Copy, Debug)]
pub struct GetCommentParams {
    pub viewer_id: uuid::Uuid,
    pub comment_id: uuid::Uuid,
}
#[derive(Clone, Copy, Debug)]
pub struct TakesCommentsParams {
    pub viewer_id: uuid::Uuid,
    pub post_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct CreateCommentParams<T1: crate::StringSql> {
    pub session_id: uuid::Uuid,
    pub user_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
    pub post_id: uuid::Uuid,
    pub comment_id: uuid::Uuid,
    pub content: T1,
    pub event_id: uuid::Uuid,
}
#[derive(Debug)]
pub struct EditCommentParams<T1: crate::StringSql, T2: crate::ArraySql<Item = i32>> {
    pub viewer_id: uuid::Uuid,
    pub comment_id: uuid::Uuid,
    pub content: T1,
    pub now: kith_types::time::Timestamp,
    pub expected_versions: Option<T2>,
}
#[derive(Clone, Copy, Debug)]
pub struct DeleteCommentParams {
    pub viewer_id: uuid::Uuid,
    pub comment_id: uuid::Uuid,
    pub now: kith_types::time::Timestamp,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    pub comment_id: uuid::Uuid,
    pub version: i32,
    pub post_id: uuid::Uuid,
    pub content: String,
    pub commented_at: kith_types::time::Timestamp,
    pub status: kith_types::visibility::CommentStatus,
    pub created_at: kith_types::time::Timestamp,
    pub updated_at: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
    pub username: String,
    pub display_name: String,
    pub profile_picture_metadata: Option<serde_json::Value>,
}
pub struct CommentBorrowed<'a> {
    pub comment_id: uuid::Uuid,
    pub version: i32,
    pub post_id: uuid::Uuid,
    pub content: &'a str,
    pub commented_at: kith_types::time::Timestamp,
    pub status: kith_types::visibility::CommentStatus,
    pub created_at: kith_types::time::Timestamp,
    pub updated_at: kith_types::time::Timestamp,
    pub user_id: uuid::Uuid,
    pub username: &'a str,
    pub display_name: &'a str,
    pub profile_picture_metadata: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
}
impl<'a> From<CommentBorrowed<'a>> for Comment {
    fn from(
        CommentBorrowed {
            comment_id,
            version,
            post_id,
            content,
            commented_at,
            status,
            created_at,
            updated_at,
            user_id,
            username,
            display_name,
            profile_picture_metadata,
        }: CommentBorrowed<'a>,
    ) -> Self {
        Self {
            comment_id,
            version,
            post_id,
            content: content.into(),
            commented_at,
            status,
            created_at,
            updated_at,
            user_id,
            username: username.into(),
            display_name: display_name.into(),
            profile_picture_metadata: profile_picture_metadata
                .map(|v| serde_json::from_str(v.0.get()).unwrap()),
        }
    }
}
#[derive(Debug, Clone, PartialEq)]
pub struct CreateComment {
    pub status: kith_types::visibility::UserStatus,
    pub role: kith_types::visibility::UserRole,
    pub last_active: kith_types::time::Timestamp,
    pub generation: i32,
    pub generation_used_at: Option<kith_types::time::Timestamp>,
    pub revoked_at: Option<kith_types::time::Timestamp>,
    pub expires_at: kith_types::time::Timestamp,
    pub username: Option<String>,
    pub display_name: Option<String>,
    pub profile_picture_metadata: Option<serde_json::Value>,
    pub commented_at: Option<kith_types::time::Timestamp>,
}
pub struct CreateCommentBorrowed<'a> {
    pub status: kith_types::visibility::UserStatus,
    pub role: kith_types::visibility::UserRole,
    pub last_active: kith_types::time::Timestamp,
    pub generation: i32,
    pub generation_used_at: Option<kith_types::time::Timestamp>,
    pub revoked_at: Option<kith_types::time::Timestamp>,
    pub expires_at: kith_types::time::Timestamp,
    pub username: Option<&'a str>,
    pub display_name: Option<&'a str>,
    pub profile_picture_metadata: Option<postgres_types::Json<&'a serde_json::value::RawValue>>,
    pub commented_at: Option<kith_types::time::Timestamp>,
}
impl<'a> From<CreateCommentBorrowed<'a>> for CreateComment {
    fn from(
        CreateCommentBorrowed {
            status,
            role,
            last_active,
            generation,
            generation_used_at,
            revoked_at,
            expires_at,
            username,
            display_name,
            profile_picture_metadata,
            commented_at,
        }: CreateCommentBorrowed<'a>,
    ) -> Self {
        Self {
            status,
            role,
            last_active,
            generation,
            generation_used_at,
            revoked_at,
            expires_at,
            username: username.map(|v| v.into()),
            display_name: display_name.map(|v| v.into()),
            profile_picture_metadata: profile_picture_metadata
                .map(|v| serde_json::from_str(v.0.get()).unwrap()),
            commented_at,
        }
    }
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct EditComment {
    pub post_id: uuid::Uuid,
    pub is_mine: bool,
    pub is_edited: bool,
}
#[derive(Debug, Clone, PartialEq, Copy)]
pub struct DeleteComment {
    pub post_id: uuid::Uuid,
    pub author_id: uuid::Uuid,
    pub may_delete: bool,
    pub is_deleted: bool,
}
use crate::client::async_::GenericClient;
use futures::{self, StreamExt, TryStreamExt};
pub struct CommentQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CommentBorrowed, tokio_postgres::Error>,
    mapper: fn(CommentBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CommentQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(CommentBorrowed) -> R) -> CommentQuery<'c, 'a, 's, C, R, N> {
        CommentQuery {
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
pub struct CreateCommentQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<CreateCommentBorrowed, tokio_postgres::Error>,
    mapper: fn(CreateCommentBorrowed) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> CreateCommentQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(
        self,
        mapper: fn(CreateCommentBorrowed) -> R,
    ) -> CreateCommentQuery<'c, 'a, 's, C, R, N> {
        CreateCommentQuery {
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
pub struct EditCommentQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<EditComment, tokio_postgres::Error>,
    mapper: fn(EditComment) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> EditCommentQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(EditComment) -> R) -> EditCommentQuery<'c, 'a, 's, C, R, N> {
        EditCommentQuery {
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
pub struct DeleteCommentQuery<'c, 'a, 's, C: GenericClient, T, const N: usize> {
    client: &'c C,
    params: [&'a (dyn postgres_types::ToSql + Sync); N],
    query: &'static str,
    cached: Option<&'s tokio_postgres::Statement>,
    extractor: fn(&tokio_postgres::Row) -> Result<DeleteComment, tokio_postgres::Error>,
    mapper: fn(DeleteComment) -> T,
}
impl<'c, 'a, 's, C, T: 'c, const N: usize> DeleteCommentQuery<'c, 'a, 's, C, T, N>
where
    C: GenericClient,
{
    pub fn map<R>(self, mapper: fn(DeleteComment) -> R) -> DeleteCommentQuery<'c, 'a, 's, C, R, N> {
        DeleteCommentQuery {
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
pub struct ListCommentsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn list_comments() -> ListCommentsStmt {
    ListCommentsStmt(
        "select c.comment_id, c.version, c.post_id, c.content, c.commented_at, c.status, c.created_at, c.updated_at, u.user_id, u.username, u.display_name, u.profile_picture_metadata from comment_page($1, $2, $3, $4, $5) c join users u on u.user_id = c.user_id order by c.commented_at, c.comment_id",
        None,
    )
}
impl ListCommentsStmt {
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
        after_at: &'a kith_types::time::Timestamp,
        after_id: &'a uuid::Uuid,
        max_rows: &'a i64,
    ) -> CommentQuery<'c, 'a, 's, C, Comment, 5> {
        CommentQuery {
            client,
            params: [viewer_id, post_id, after_at, after_id, max_rows],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<CommentBorrowed, tokio_postgres::Error> {
                    Ok(CommentBorrowed {
                        comment_id: row.try_get(0)?,
                        version: row.try_get(1)?,
                        post_id: row.try_get(2)?,
                        content: row.try_get(3)?,
                        commented_at: row.try_get(4)?,
                        status: row.try_get(5)?,
                        created_at: row.try_get(6)?,
                        updated_at: row.try_get(7)?,
                        user_id: row.try_get(8)?,
                        username: row.try_get(9)?,
                        display_name: row.try_get(10)?,
                        profile_picture_metadata: row.try_get(11)?,
                    })
                },
            mapper: |it| Comment::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        ListCommentsParams,
        CommentQuery<'c, 'a, 's, C, Comment, 5>,
        C,
    > for ListCommentsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a ListCommentsParams,
    ) -> CommentQuery<'c, 'a, 's, C, Comment, 5> {
        self.bind(
            client,
            &params.viewer_id,
            &params.post_id,
            &params.after_at,
            &params.after_id,
            &params.max_rows,
        )
    }
}
pub struct GetCommentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn get_comment() -> GetCommentStmt {
    GetCommentStmt(
        "select c.comment_id, c.version, c.post_id, c.content, c.commented_at, c.status, c.created_at, c.updated_at, u.user_id, u.username, u.display_name, u.profile_picture_metadata from visible_comment($1, $2) c join users u on u.user_id = c.user_id",
        None,
    )
}
impl GetCommentStmt {
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
        comment_id: &'a uuid::Uuid,
    ) -> CommentQuery<'c, 'a, 's, C, Comment, 2> {
        CommentQuery {
            client,
            params: [viewer_id, comment_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<CommentBorrowed, tokio_postgres::Error> {
                    Ok(CommentBorrowed {
                        comment_id: row.try_get(0)?,
                        version: row.try_get(1)?,
                        post_id: row.try_get(2)?,
                        content: row.try_get(3)?,
                        commented_at: row.try_get(4)?,
                        status: row.try_get(5)?,
                        created_at: row.try_get(6)?,
                        updated_at: row.try_get(7)?,
                        user_id: row.try_get(8)?,
                        username: row.try_get(9)?,
                        display_name: row.try_get(10)?,
                        profile_picture_metadata: row.try_get(11)?,
                    })
                },
            mapper: |it| Comment::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        GetCommentParams,
        CommentQuery<'c, 'a, 's, C, Comment, 2>,
        C,
    > for GetCommentStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a GetCommentParams,
    ) -> CommentQuery<'c, 'a, 's, C, Comment, 2> {
        self.bind(client, &params.viewer_id, &params.comment_id)
    }
}
pub struct TakesCommentsStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn takes_comments() -> TakesCommentsStmt {
    TakesCommentsStmt(
        "select v.posted_at is not null as takes_comments from visible_posts v where v.viewer_id = $1 and v.post_id = $2",
        None,
    )
}
impl TakesCommentsStmt {
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
    crate::client::async_::Params<
        'c,
        'a,
        's,
        TakesCommentsParams,
        BoolQuery<'c, 'a, 's, C, bool, 2>,
        C,
    > for TakesCommentsStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a TakesCommentsParams,
    ) -> BoolQuery<'c, 'a, 's, C, bool, 2> {
        self.bind(client, &params.viewer_id, &params.post_id)
    }
}
pub struct CreateCommentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn create_comment() -> CreateCommentStmt {
    CreateCommentStmt(
        "with me as ( select u.user_id, u.status, u.role, u.last_active, u.username, u.display_name, u.profile_picture_metadata, t.generation, t.generation_used_at, t.revoked_at, t.expires_at from refresh_tokens t join users u on u.user_id = t.user_id where t.token_id = $1 and t.user_id = $2 ), counted as ( update posts p set comment_count = p.comment_count + 1, last_commented_at = greatest($3, p.last_commented_at + interval '1 microsecond') where p.post_id = $4 and p.status <> 'deleted' and exists (select from me where me.status = 'active' and me.revoked_at is null and me.expires_at > $3) and exists (select from visible_posts v where v.viewer_id = $2 and v.post_id = $4 and v.posted_at is not null and v.version = p.version) returning p.post_id, p.last_commented_at ), written as ( insert into comments (comment_id, post_id, user_id, content, commented_at, created_at, updated_at) select $5, c.post_id, $2, $6, c.last_commented_at, c.last_commented_at, c.last_commented_at from counted c returning commented_at ), told as ( insert into events (event_id, kind, post_id, author_id, comment_id, occurred_at) select $7, 'comment.created', c.post_id, $2, $5, c.last_commented_at from counted c ) select me.status, me.role, me.last_active, me.generation, me.generation_used_at, me.revoked_at, me.expires_at, me.username, me.display_name, me.profile_picture_metadata, written.commented_at from me left join written on true",
        None,
    )
}
impl CreateCommentStmt {
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
        session_id: &'a uuid::Uuid,
        user_id: &'a uuid::Uuid,
        now: &'a kith_types::time::Timestamp,
        post_id: &'a uuid::Uuid,
        comment_id: &'a uuid::Uuid,
        content: &'a T1,
        event_id: &'a uuid::Uuid,
    ) -> CreateCommentQuery<'c, 'a, 's, C, CreateComment, 7> {
        CreateCommentQuery {
            client,
            params: [session_id, user_id, now, post_id, comment_id, content, event_id],
            query: self.0,
            cached: self.1.as_ref(),
            extractor:
                |row: &tokio_postgres::Row| -> Result<CreateCommentBorrowed, tokio_postgres::Error> {
                    Ok(CreateCommentBorrowed {
                        status: row.try_get(0)?,
                        role: row.try_get(1)?,
                        last_active: row.try_get(2)?,
                        generation: row.try_get(3)?,
                        generation_used_at: row.try_get(4)?,
                        revoked_at: row.try_get(5)?,
                        expires_at: row.try_get(6)?,
                        username: row.try_get(7)?,
                        display_name: row.try_get(8)?,
                        profile_picture_metadata: row.try_get(9)?,
                        commented_at: row.try_get(10)?,
                    })
                },
            mapper: |it| CreateComment::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        CreateCommentParams<T1>,
        CreateCommentQuery<'c, 'a, 's, C, CreateComment, 7>,
        C,
    > for CreateCommentStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a CreateCommentParams<T1>,
    ) -> CreateCommentQuery<'c, 'a, 's, C, CreateComment, 7> {
        self.bind(
            client,
            &params.session_id,
            &params.user_id,
            &params.now,
            &params.post_id,
            &params.comment_id,
            &params.content,
            &params.event_id,
        )
    }
}
pub struct EditCommentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn edit_comment() -> EditCommentStmt {
    EditCommentStmt(
        "with seen as ( select c.comment_id, c.post_id, c.user_id from visible_comment($1, $2) c ), edited as ( update comments c set content = $3, version = c.version + 1, updated_at = $4 from seen where c.comment_id = seen.comment_id and c.user_id = $1 and c.status = 'active' and ($5::integer[] is null or c.version = any ($5)) returning c.comment_id ) select seen.post_id, seen.user_id = $1 as is_mine, exists (select from edited) as is_edited from seen",
        None,
    )
}
impl EditCommentStmt {
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
        T2: crate::ArraySql<Item = i32>,
    >(
        &'s self,
        client: &'c C,
        viewer_id: &'a uuid::Uuid,
        comment_id: &'a uuid::Uuid,
        content: &'a T1,
        now: &'a kith_types::time::Timestamp,
        expected_versions: &'a Option<T2>,
    ) -> EditCommentQuery<'c, 'a, 's, C, EditComment, 5> {
        EditCommentQuery {
            client,
            params: [viewer_id, comment_id, content, now, expected_versions],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<EditComment, tokio_postgres::Error> {
                Ok(EditComment {
                    post_id: row.try_get(0)?,
                    is_mine: row.try_get(1)?,
                    is_edited: row.try_get(2)?,
                })
            },
            mapper: |it| EditComment::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient, T1: crate::StringSql, T2: crate::ArraySql<Item = i32>>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        EditCommentParams<T1, T2>,
        EditCommentQuery<'c, 'a, 's, C, EditComment, 5>,
        C,
    > for EditCommentStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a EditCommentParams<T1, T2>,
    ) -> EditCommentQuery<'c, 'a, 's, C, EditComment, 5> {
        self.bind(
            client,
            &params.viewer_id,
            &params.comment_id,
            &params.content,
            &params.now,
            &params.expected_versions,
        )
    }
}
pub struct DeleteCommentStmt(&'static str, Option<tokio_postgres::Statement>);
pub fn delete_comment() -> DeleteCommentStmt {
    DeleteCommentStmt(
        "with seen as ( select c.comment_id, c.post_id, c.user_id, $1 in (c.user_id, c.post_author_id) as may_delete from visible_comment($1, $2) c ), deleted as ( update comments c set status = 'deleted', content = '', deleted_at = $3, version = c.version + 1, updated_at = $3 from seen where c.comment_id = seen.comment_id and seen.may_delete and c.status = 'active' returning c.post_id, c.author_suspended ), counted as ( update posts p set comment_count = p.comment_count - 1, suspended_comment_count = p.suspended_comment_count - deleted.author_suspended::integer from deleted where p.post_id = deleted.post_id returning p.post_id ) select seen.post_id, seen.user_id as author_id, seen.may_delete, exists (select from counted) as is_deleted from seen",
        None,
    )
}
impl DeleteCommentStmt {
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
        comment_id: &'a uuid::Uuid,
        now: &'a kith_types::time::Timestamp,
    ) -> DeleteCommentQuery<'c, 'a, 's, C, DeleteComment, 3> {
        DeleteCommentQuery {
            client,
            params: [viewer_id, comment_id, now],
            query: self.0,
            cached: self.1.as_ref(),
            extractor: |row: &tokio_postgres::Row| -> Result<DeleteComment, tokio_postgres::Error> {
                Ok(DeleteComment {
                    post_id: row.try_get(0)?,
                    author_id: row.try_get(1)?,
                    may_delete: row.try_get(2)?,
                    is_deleted: row.try_get(3)?,
                })
            },
            mapper: |it| DeleteComment::from(it),
        }
    }
}
impl<'c, 'a, 's, C: GenericClient>
    crate::client::async_::Params<
        'c,
        'a,
        's,
        DeleteCommentParams,
        DeleteCommentQuery<'c, 'a, 's, C, DeleteComment, 3>,
        C,
    > for DeleteCommentStmt
{
    fn params(
        &'s self,
        client: &'c C,
        params: &'a DeleteCommentParams,
    ) -> DeleteCommentQuery<'c, 'a, 's, C, DeleteComment, 3> {
        self.bind(client, &params.viewer_id, &params.comment_id, &params.now)
    }
}
