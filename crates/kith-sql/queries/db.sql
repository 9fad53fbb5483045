--! acquire_lease
insert into leases (name, holder, expires_at)
values (:name, :holder, now() + make_interval(secs => :seconds))
on conflict (name) do update
set holder = excluded.holder, expires_at = excluded.expires_at
where leases.holder = excluded.holder or leases.expires_at < now()
returning name;

--! release_lease
delete from leases where name = :name and holder = :holder;

--! ping
select 1 as one;

--! begin_turn
insert into leases (name, holder, expires_at)
values (:name, :holder, now() + make_interval(secs => :seconds))
on conflict (name) do update
set holder = excluded.holder, expires_at = excluded.expires_at
where leases.expires_at <= now()
returning name;

--! master_key_ids
select key_id from master_keys order by first_used_at, key_id;

--! record_master_key
insert into master_keys (key_id, first_used_at) values (:key_id, now());

-- Serialises everything about one subject until the transaction ends.
--! take_turns
select true as taken from (select pg_advisory_xact_lock(hashtextextended(:subject, 0))) as turn;
