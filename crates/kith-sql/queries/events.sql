--! insert_events (recipient_ids[?], post_ids[?], author_ids[?], comment_ids[?], friendship_ids[?], user_ids[?], notification_ids[?], session_ids[?], audit_ids[?])
insert into events (event_id, kind, recipient_id, post_id, author_id, comment_id, friendship_id, user_id,
    notification_id, session_id, audit_id, occurred_at)
select e.*, :occurred_at from unnest(
    :event_ids::uuid[], :kinds::text[], :recipient_ids::uuid[], :post_ids::uuid[], :author_ids::uuid[],
    :comment_ids::uuid[], :friendship_ids::uuid[], :user_ids::uuid[], :notification_ids::uuid[],
    :session_ids::uuid[], :audit_ids::uuid[]) e
on conflict (event_id) do nothing;

-- Numbers committed rows in one short statement. The head's row lock lets only one statement number at a
-- time, so that numbers become visible in their order; an open foreign transaction is not waited for.
--! sequence_events
with head as (
    select seq from event_positions where name = 'head' for update
), batch as (
    select e.event_id, row_number() over (order by e.occurred_at, e.event_id) as position
    from events e
    where e.seq is null
    order by e.occurred_at, e.event_id
    limit :batch_size
), numbered as (
    update events e set seq = head.seq + batch.position
    from batch, head
    where e.event_id = batch.event_id and e.seq is null
    returning e.seq
)
update event_positions p
set seq = greatest(p.seq, (select max(numbered.seq) from numbered))
where p.name = 'head' and exists (select from numbered)
returning p.seq as head, (select count(*) from numbered) as numbered;

--! event_head
select seq from event_positions where name = 'head';

--! event_position
select seq from event_positions where name = :name;

-- Moves a consumer on, unless another process has moved it already.
--! advance_event_position
update event_positions set seq = :seq where name = :name and seq = :expected;

--: Event(recipient_id?, post_id?, author_id?, comment_id?, friendship_id?, user_id?, notification_id?, session_id?, audit_id?)

--! events_after : Event
select event_id, seq, kind, recipient_id, post_id, author_id, comment_id, friendship_id, user_id,
    notification_id, session_id, audit_id, occurred_at
from events
where seq > :after
order by seq
limit :max_rows;

-- What a place in the log is worth: the newest number, the newest deleted one, and when the event behind the
-- place happened.
--! log_bounds : (next_at?)
select
    (select seq from event_positions where name = 'head') as head,
    (select seq from event_positions where name = 'purged') as purged,
    (select occurred_at from events where seq > :after order by seq limit 1) as next_at;

--! missed_by_me : Event
select event_id, seq, kind, recipient_id, post_id, author_id, comment_id, friendship_id, user_id,
    notification_id, session_id, audit_id, occurred_at
from events
where recipient_id = :user_id and seq > :after and seq <= :until
  and kind in ('post.failed', 'friend.requested', 'friend.accepted', 'friend.removed', 'notification.created',
               'notification.read', 'session.revoked')
order by seq
limit :max_rows;

-- Whether each may still be known is asked afterwards.
--! missed_in_feed : Event
select event_id, seq, kind, recipient_id, post_id, author_id, comment_id, friendship_id, user_id,
    notification_id, session_id, audit_id, occurred_at
from (
    select e.* from events e
    where e.recipient_id = :user_id and e.seq > :after and e.seq <= :until
      and e.kind in ('post.ready', 'post.updated', 'post.removed', 'feed.resync')
    union all
    select e.* from events e
    where e.recipient_id is null and e.seq > :after and e.seq <= :until
      and e.kind in ('post.ready', 'post.updated', 'post.removed')
      and e.author_id in (select f.friend_id from current_friends f where f.user_id = :user_id
                          union all select :user_id)
) missed
order by seq
limit :max_rows;

--! missed_on_post : Event
select event_id, seq, kind, recipient_id, post_id, author_id, comment_id, friendship_id, user_id,
    notification_id, session_id, audit_id, occurred_at
from (
    select e.* from events e
    where e.recipient_id = :user_id and e.seq > :after and e.seq <= :until
      and ((e.post_id = :post_id and e.kind in ('post.updated', 'post.removed')) or e.kind = 'feed.resync')
    union all
    select e.* from events e
    where e.recipient_id is null and e.seq > :after and e.seq <= :until
      and e.post_id = :post_id and e.kind <> 'post.ready'
) missed
order by seq
limit :max_rows;

-- Who may be told: everybody, or only the candidate where one is named.
--! event_readers (post_ids[?], comment_ids[?], author_ids[?], friendship_ids[?], candidate_ids[?])
with asked as (
    select * from unnest(
        :seqs::bigint[], :kinds::text[], :post_ids::uuid[], :comment_ids::uuid[], :author_ids::uuid[],
        :friendship_ids::uuid[], :candidate_ids::uuid[])
        as a (seq, kind, post_id, comment_id, author_id, friendship_id, candidate_id)
)
select a.seq, r.reader_id
from asked a
cross join lateral event_readers(a.kind, a.post_id, a.comment_id, a.author_id, a.friendship_id) r
where a.candidate_id is null
union all
select a.seq, r.reader_id
from asked a
cross join lateral event_readers(a.kind, a.post_id, a.comment_id, a.author_id, a.friendship_id) r
where r.reader_id = a.candidate_id;

--! sees_post
select exists (select from visible_posts v where v.viewer_id = :viewer_id and v.post_id = :post_id) as sees_post;

-- Sessions that may not go on.
--! ended_sessions
select s.session_id
from unnest(:session_ids::uuid[]) as s (session_id)
where not exists (
    select from refresh_tokens t
    join users u on u.user_id = t.user_id
    where t.token_id = s.session_id and t.revoked_at is null and t.expires_at > :now and u.status = 'active');

-- The newest notification of a person up to a place.
--! last_notification
select notification_id from events
where recipient_id = :user_id and kind = 'notification.created' and notification_id is not null and seq <= :until
order by seq desc
limit 1;
