-- Of these people, those who let their activities be counted.
--! people_counted
select user_id from user_settings
where user_id = any (:user_ids) and coalesce(privacy_settings ->> 'analytics', 'true') = 'true';

-- The secondary database. In order of time, so that the block range index stays narrow.
--! insert_activities (networks[?])
insert into secondary.user_activities (activity_id, user_id, event_type, occurred_at, metadata, ip_address)
select a.activity_id, a.user_id, a.event_type, a.occurred_at, a.metadata, a.ip_address
from unnest(:activity_ids::uuid[], :user_ids::uuid[], :kinds::secondary.activity_type[], :times::timestamptz[],
    :metadata::jsonb[], :networks::inet[]) as a (activity_id, user_id, event_type, occurred_at, metadata, ip_address)
order by a.occurred_at;

--! activity_partitions
select c.relname::text as name
from pg_inherits i
join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'secondary.user_activities'::regclass
order by c.relname;
