--: Post(profile_picture_metadata?, image_metadata?, caption?, alt?, audience?, posted_at?)

--! visible_post : Post
select s.*
from visible_posts v
cross join lateral shown_post(:viewer_id, v.post_id) s
where v.viewer_id = :viewer_id and v.post_id = :post_id;

--! feed : Post
select s.*
from feed_page(:viewer_id, :before_at, :before_id, :max_rows) f
cross join lateral shown_post(:viewer_id, f.post_id) s
order by f.posted_at desc, f.post_id desc;

--! posts_of_author : Post
select s.*
from author_page(:viewer_id, :author_id, :before_at, :before_id, :max_rows) f
cross join lateral shown_post(:viewer_id, f.post_id) s
order by f.posted_at desc, f.post_id desc;

--! is_friend
select exists (select from current_friends where user_id = :viewer_id and friend_id = :author_id) as is_friend;

--! author_of_visible_post
select user_id from visible_posts where viewer_id = :viewer_id and post_id = :post_id;

--: Reader(profile_picture_metadata?)

-- Whom one's own post is for now, by name.
--! readers_of_own_post : Reader
select u.user_id, u.username, u.display_name, u.profile_picture_metadata, lower(u.display_name) as name_key
from posts p
cross join lateral post_friends(p.post_id) f
join users u on u.user_id = f.viewer_id
where p.post_id = :post_id and p.user_id = :author_id and p.status = 'active'
  and (lower(u.display_name), u.user_id) > (:after_name, :after_id)
order by lower(u.display_name), u.user_id
limit :max_rows;

--! friends_among
select friend_id from current_friends where user_id = :user_id and friend_id = any (:user_ids);

--! insert_post (caption?, alt?)
insert into posts (post_id, user_id, upload_id, caption, alt, visibility, created_at, updated_at)
values (:post_id, :user_id, :upload_id, :caption, :alt, :visibility, :now, :now);

--! insert_audience (posted_at?)
insert into post_audience (post_id, viewer_id, author_id, posted_at)
select :post_id, viewer_id, :author_id, :posted_at from unnest(:viewer_ids::uuid[]) viewer_id;

--! delete_audience
delete from post_audience where post_id = :post_id;

-- The post of a finished upload becomes visible, unless its author has deleted it meanwhile.
--! show_post
update posts
set image_id = :image_id, image_url = :image_url, image_metadata = :image_metadata, posted_at = :now, updated_at = :now
where upload_id = :upload_id and image_id is null
returning post_id, user_id, status;

--! date_audience
update post_audience set posted_at = :now where post_id = :post_id;

-- The post of a failed upload goes away.
--! delete_failed_post
delete from posts where upload_id = :upload_id and image_id is null returning post_id, user_id, status;

--! put_post_image_metadata
update posts set image_metadata = :metadata, image_url = :url where image_id = :image_id;

--! lock_own_post : (caption?, alt?, posted_at?, deleted_at?, deleted_from?)
select version, status, visibility, caption, alt, posted_at, deleted_at, deleted_from
from posts where post_id = :post_id and user_id = :user_id for update;

--! update_post (caption?, alt?)
update posts
set caption = :caption, alt = :alt, visibility = :visibility, version = version + 1, updated_at = :now
where post_id = :post_id;

--! viewers_of_post
select viewer_id from post_viewers(:post_id);

--! delete_post
update posts
set status = 'deleted', deleted_at = :now, deleted_from = status, version = version + 1, updated_at = :now
where post_id = :post_id and user_id = :user_id and status <> 'deleted';

--! restore_post : (posted_at?)
update posts
set status = deleted_from, deleted_at = null, deleted_from = null, version = version + 1, updated_at = :now
where post_id = :post_id and user_id = :user_id and status = 'deleted' and deleted_from is not null
  and deleted_at > :deleted_after
returning posted_at;

--! expired_posts
select post_id from posts where status = 'deleted' and deleted_at <= :before order by deleted_at limit :max_rows;

--! purge_post : (image_id?)
delete from posts where post_id = :post_id and status = 'deleted' and deleted_at <= :before
returning upload_id, image_id;
