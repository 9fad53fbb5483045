-- The primary database: what an event gives to whom, asked when it is consumed.

-- A comment is told to the author of the post, if he sees it and muted neither its author nor the post.
--! comment_notices
select a.seq, c.post_author_id as recipient_id, c.user_id as actor_id, c.comment_id, c.post_id
from unnest(:seqs::bigint[], :comment_ids::uuid[]) as a (seq, comment_id)
join comments m on m.comment_id = a.comment_id
join posts p on p.post_id = m.post_id
cross join lateral visible_comment(p.user_id, m.comment_id) c
join user_settings s on s.user_id = c.post_author_id
where c.user_id <> c.post_author_id
  and not coalesce(s.notification_preferences -> 'muted_users', '[]') @> to_jsonb(c.user_id::text)
  and not coalesce(s.notification_preferences -> 'muted_posts', '[]') @> to_jsonb(c.post_id::text);

-- A request is told to the one who was asked while it is open, an acceptance to the one who had asked.
--! friend_notices
select a.seq, e.user_id as recipient_id, e.friend_id as actor_id
from unnest(:seqs::bigint[], :kinds::text[], :friendship_ids::uuid[], :recipient_ids::uuid[])
    as a (seq, kind, friendship_id, recipient_id)
join friendships f on f.friendship_id = a.friendship_id
join friend_edges e on e.user_id = a.recipient_id
    and e.friend_id = case when f.user_id_1 = a.recipient_id then f.user_id_2 else f.user_id_1 end
join user_settings s on s.user_id = e.user_id
where (a.kind = 'friend.requested' and e.state = 'incoming'
       or a.kind = 'friend.accepted' and e.state = 'active' and f.initiated_by = e.user_id)
  and not coalesce(s.notification_preferences -> 'muted_users', '[]') @> to_jsonb(e.friend_id::text);

-- A post whose photo failed is told to its author, with the reason as long as it is known.
--! photo_notices : (failure_type?)
select a.seq, r.user_id as recipient_id, u.failure_type
from unnest(:seqs::bigint[], :post_ids::uuid[], :recipient_ids::uuid[]) as a (seq, post_id, recipient_id)
join users r on r.user_id = a.recipient_id
left join uploads u on u.user_id = r.user_id and u.failed_post_id = a.post_id;

-- What an account is told of itself.
--! account_notices
select a.seq, u.user_id as recipient_id, l.kind
from unnest(:seqs::bigint[], :audit_ids::uuid[]) as a (seq, audit_id)
join audit_log l on l.audit_id = a.audit_id
join users u on u.user_id = l.user_id;

-- What can be said of notifications now: comments that their reader sees, and people whose card he may have.
--! comments_said
select c.comment_id, c.content
from unnest(:comment_ids::uuid[]) as i (comment_id)
cross join lateral visible_comment(:viewer_id, i.comment_id) c;

--! actors_known (): (profile_picture_metadata?, friend_state?)
select u.user_id, u.username, u.display_name, u.profile_picture_metadata, e.state::text as friend_state
from visible_cards(:viewer_id, :user_ids) u
left join friend_edges e on e.user_id = :viewer_id and e.friend_id = u.user_id
where u.username is not null and u.display_name is not null;

-- What is still known of what a person was told of the account, and of the device that it was done on.
--! facts_known (): (device_info?)
select l.audit_id, l.details, t.device_info
from audit_log l
left join refresh_tokens t on t.token_id = l.session_id and t.user_id = l.user_id
where l.user_id = :viewer_id and l.audit_id = any (:audit_ids);

-- The secondary database.

--! insert_notifications (reference_ids[?], reference_types[?], actor_ids[?], post_ids[?], audit_ids[?])
insert into secondary.notifications (notification_id, user_id, type, reference_id, reference_type, content, actor_id,
    post_id, audit_id, created_at)
select n.* from unnest(
    :notification_ids::uuid[], :user_ids::uuid[], :types::secondary.notification_type[], :reference_ids::uuid[],
    :reference_types::secondary.reference_type[], :contents::text[], :actor_ids::uuid[], :post_ids::uuid[],
    :audit_ids::uuid[], :created_at::timestamptz[]) n
on conflict (notification_id) do nothing;

--! list_notifications (): (reference_id?, reference_type?, actor_id?, audit_id?, read_at?)
select notification_id, type as notification_type, reference_id, reference_type, content, actor_id, audit_id,
    created_at, read_at, delivered
from secondary.notifications
where user_id = :user_id and (created_at, notification_id) < (:before_at, :before_id)
order by created_at desc, notification_id desc
limit :max_rows;

--! count_unread
select count(*) as unread from secondary.notifications where user_id = :user_id and read_at is null;

--! mark_read (up_to?)
update secondary.notifications n
set read_at = :now
where n.user_id = :user_id and n.read_at is null
  and (n.notification_id = any (:ids)
       or (n.created_at, n.notification_id) <= (
           select u.created_at, u.notification_id from secondary.notifications u
           where u.user_id = :user_id and u.notification_id = :up_to));

--! mark_delivered
update secondary.notifications n set delivered = true
from secondary.notifications last
where last.notification_id = :last_id and last.user_id = :user_id
  and n.user_id = :user_id and not n.delivered
  and (n.created_at, n.notification_id) <= (last.created_at, last.notification_id);
