-- The owner's own key, sealed: every name and number of the address book opens with it only.
--! get_data_key
select data_key from users where user_id = :user_id;

-- The owner's own key and what finds the owner's number.
--! get_owner
select data_key, phone_number from users where user_id = :user_id;

--! insert_budget
insert into contact_budgets (user_id, available, refilled_at) values (:user_id, :available, :now)
on conflict (user_id) do nothing;

-- Imports and lookups of one person take turns here.
--! lock_budget
select available, refilled_at from contact_budgets where user_id = :user_id for update;

--! put_budget
update contact_budgets set available = :available, refilled_at = :refilled_at where user_id = :user_id;

--! count_contacts
select count(*) as contacts, count(*) filter (where not looked_up) as waiting from contacts where user_id = :user_id;

--! find_contacts_by_number
select contact_id, contact_phone_number, looked_up from contacts
where user_id = :user_id and contact_phone_number = any(:numbers);

-- A number that is known already keeps its id, its day and whether it was looked up.
--! upsert_contacts
insert into contacts (contact_id, user_id, contact_phone_number, contact_phone_number_envelope, contact_name,
    looked_up, date_added, created_at, updated_at)
select e.contact_id, :user_id, e.number, e.number_envelope, e.name, e.looked_up, :now, :now, :now
from unnest(:contact_ids::uuid[], :numbers::bytea[], :number_envelopes::bytea[], :names::bytea[], :looked_up::boolean[])
    e (contact_id, number, number_envelope, name, looked_up)
on conflict (user_id, contact_phone_number) do update
set contact_phone_number_envelope = excluded.contact_phone_number_envelope, contact_name = excluded.contact_name,
    updated_at = excluded.updated_at;

-- Looks up the numbers that have waited longest.
--! look_up_waiting
update contacts set looked_up = true
where contact_id in (
    select contact_id from contacts where user_id = :user_id and not looked_up
    order by created_at, contact_id limit :max_rows);

-- People whose numbers wait to be looked up, in the order of their ids.
--! list_waiting_owners
select distinct user_id from contacts where not looked_up and user_id > :after order by user_id limit :max_rows;

-- Brings the cached states of one address book up to date.
--! refresh_statuses
update contacts c set status = s.status
from contact_statuses s
where c.user_id = :user_id and s.user_id = :user_id and s.contact_id = c.contact_id and c.status <> s.status;

-- The same for what two people are to each other.
--! refresh_statuses_between
update contacts c set status = s.status
from contact_statuses s, users other
where c.user_id = :user_id and s.user_id = :user_id and other.user_id = :other_id
  and c.contact_phone_number = other.phone_number and s.contact_id = c.contact_id and c.status <> s.status;

-- The same for every entry of some numbers, whoever's.
--! refresh_statuses_of_numbers
update contacts c set status = s.status
from contact_statuses s
where c.contact_phone_number = any(:numbers) and s.user_id = c.user_id and s.contact_id = c.contact_id
  and c.status <> s.status;

-- People with an address book, in the order of their ids.
--! list_owners
select u.user_id from users u
where u.user_id > :after and exists (select from contacts c where c.user_id = u.user_id)
order by u.user_id limit :max_rows;

-- How many cached states are not true.
--! count_status_drift
select count(*) as drift
from contacts c join contact_statuses s on s.contact_id = c.contact_id and s.user_id = c.user_id
where c.status <> s.status;

-- How many of these are accounts that the owner may know of, and how many wait to be looked up.
--! count_matches
select count(*) filter (where s.other_id is not null) as matched, count(*) filter (where not s.looked_up) as waiting
from contact_statuses s
where s.user_id = :user_id and s.contact_id = any(:contact_ids);

-- Every name of an address book, for sorting; of one state where it is named.
--! list_names (status?)
select c.contact_id, c.contact_name
from contact_statuses s
join contacts c on c.contact_id = s.contact_id
where s.user_id = :user_id and (:status::contact_status is null or s.status = :status::contact_status);

--! list_contacts : (other_id?, username?, display_name?, profile_picture_metadata?)
select c.contact_id, c.contact_phone_number_envelope, c.date_added, s.status, s.other_id, u.username, u.display_name,
    u.profile_picture_metadata
from contact_statuses s
join contacts c on c.contact_id = s.contact_id
left join users u on u.user_id = s.other_id
where s.user_id = :user_id and c.contact_id = any(:contact_ids);

--! delete_contact
delete from contacts where user_id = :user_id and contact_id = :contact_id;

--! delete_contacts
delete from contacts where user_id = :user_id;

-- Forgets what was not refreshed for long.
--! delete_stale_contacts
delete from contacts where contact_id in (select contact_id from contacts where updated_at < :before limit :max_rows);
