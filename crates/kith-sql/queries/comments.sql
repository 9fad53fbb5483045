--: Comment(profile_picture_metadata?)

--! list_comments : Comment
select c.comment_id, c.version, c.post_id, c.content, c.commented_at, c.status, c.created_at, c.updated_at,
    u.user_id, u.username, u.display_name, u.profile_picture_metadata
from comment_page(:viewer_id, :post_id, :after_at, :after_id, :max_rows) c
join users u on u.user_id = c.user_id
order by c.commented_at, c.comment_id;

--! get_comment : Comment
select c.comment_id, c.version, c.post_id, c.content, c.commented_at, c.status, c.created_at, c.updated_at,
    u.user_id, u.username, u.display_name, u.profile_picture_metadata
from visible_comment(:viewer_id, :comment_id) c
join users u on u.user_id = c.user_id;

-- Whether a post that the viewer sees takes comments yet; no row: he sees no such post.
--! takes_comments
select v.posted_at is not null as takes_comments
from visible_posts v
where v.viewer_id = :viewer_id and v.post_id = :post_id;

-- Session, visibility, counter, comment and event in one statement, which is its own transaction: all or
-- nothing. The update queues writers at the post's row, so that the counter is exact and comments get their
-- times in the order of their commits. After waiting only the row itself is read again, not the visibility: an
-- edit of the post in between shows by its version, and nothing is written.
--! create_comment : (generation_used_at?, revoked_at?, username?, display_name?, profile_picture_metadata?, commented_at?)
with me as (
    select u.user_id, u.status, u.role, u.last_active, u.username, u.display_name, u.profile_picture_metadata,
        t.generation, t.generation_used_at, t.revoked_at, t.expires_at
    from refresh_tokens t
    join users u on u.user_id = t.user_id
    where t.token_id = :session_id and t.user_id = :user_id
), counted as (
    update posts p
    set comment_count = p.comment_count + 1,
        last_commented_at = greatest(:now, p.last_commented_at + interval '1 microsecond')
    where p.post_id = :post_id and p.status <> 'deleted'
      and exists (select from me where me.status = 'active' and me.revoked_at is null and me.expires_at > :now)
      and exists (select from visible_posts v
                  where v.viewer_id = :user_id and v.post_id = :post_id and v.posted_at is not null
                    and v.version = p.version)
    returning p.post_id, p.last_commented_at
), written as (
    insert into comments (comment_id, post_id, user_id, content, commented_at, created_at, updated_at)
    select :comment_id, c.post_id, :user_id, :content, c.last_commented_at, c.last_commented_at, c.last_commented_at
    from counted c
    returning commented_at
), told as (
    insert into events (event_id, kind, post_id, author_id, comment_id, occurred_at)
    select :event_id, 'comment.created', c.post_id, :user_id, :comment_id, c.last_commented_at from counted c
)
select me.status, me.role, me.last_active, me.generation, me.generation_used_at, me.revoked_at, me.expires_at,
    me.username, me.display_name, me.profile_picture_metadata, written.commented_at
from me
left join written on true;

-- No row: nothing that the viewer sees. Whose it is, and whether it was still the expected version.
--! edit_comment (expected_versions?)
with seen as (
    select c.comment_id, c.post_id, c.user_id from visible_comment(:viewer_id, :comment_id) c
), edited as (
    update comments c
    set content = :content, version = c.version + 1, updated_at = :now
    from seen
    where c.comment_id = seen.comment_id and c.user_id = :viewer_id and c.status = 'active'
      and (:expected_versions::integer[] is null or c.version = any (:expected_versions))
    returning c.comment_id
)
select seen.post_id, seen.user_id = :viewer_id as is_mine, exists (select from edited) as is_edited from seen;

-- Its author or the author of the post removes a comment; the text goes at once. Of two that remove it
-- together, one finds it removed already and counts nothing.
--! delete_comment
with seen as (
    select c.comment_id, c.post_id, c.user_id, :viewer_id in (c.user_id, c.post_author_id) as may_delete
    from visible_comment(:viewer_id, :comment_id) c
), deleted as (
    update comments c
    set status = 'deleted', content = '', deleted_at = :now, version = c.version + 1, updated_at = :now
    from seen
    where c.comment_id = seen.comment_id and seen.may_delete and c.status = 'active'
    returning c.post_id, c.author_suspended
), counted as (
    update posts p
    set comment_count = p.comment_count - 1,
        suspended_comment_count = p.suspended_comment_count - deleted.author_suspended::integer
    from deleted
    where p.post_id = deleted.post_id
    returning p.post_id
)
select seen.post_id, seen.user_id as author_id, seen.may_delete, exists (select from counted) as is_deleted
from seen;
