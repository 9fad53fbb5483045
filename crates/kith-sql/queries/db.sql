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
