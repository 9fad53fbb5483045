--! insert_events (recipient_ids[?], post_ids[?], author_ids[?], comment_ids[?], friendship_ids[?], user_ids[?], notification_ids[?], session_ids[?])
insert into events (event_id, kind, recipient_id, post_id, author_id, comment_id, friendship_id, user_id,
    notification_id, session_id, occurred_at)
select e.*, :occurred_at from unnest(
    :event_ids::uuid[], :kinds::text[], :recipient_ids::uuid[], :post_ids::uuid[], :author_ids::uuid[],
    :comment_ids::uuid[], :friendship_ids::uuid[], :user_ids::uuid[], :notification_ids::uuid[],
    :session_ids::uuid[]) e
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
returning p.seq as head;

--! event_head
select seq from event_positions where name = 'head';

--! event_position
select seq from event_positions where name = :name;

--! advance_event_position
update event_positions set seq = :seq where name = :name and seq < :seq;

--: Event(recipient_id?, post_id?, author_id?, comment_id?, friendship_id?, user_id?, notification_id?, session_id?)

--! events_after : Event
select event_id, seq, kind, recipient_id, post_id, author_id, comment_id, friendship_id, user_id,
    notification_id, session_id, occurred_at
from events
where seq > :after
order by seq
limit :max_rows;

--! delete_old_events
delete from events where occurred_at < :before and seq is not null;
