-- What was tried lately, and since when: for this number, from this network.
--! recent_tries : (number_since?, number_last?, network_since?)
select number.tries as number_tries, number.since as number_since, number.last as number_last,
    network.tries as network_tries, network.since as network_since
from
    (select count(*) as tries, min(created_at) as since, max(created_at) as last from password_tries
     where phone_number = :phone_number and created_at > :hour_ago) number,
    (select count(*) as tries, min(created_at) as since from password_tries
     where network = :network and created_at > :hour_ago) network;

--! insert_try
insert into password_tries (try_id, phone_number, network, created_at)
values (:try_id, :phone_number, :network, :now);

--! delete_try
delete from password_tries where try_id = :try_id;

--! find_by_number
select u.user_id, a.password_hash
from users u join authentication a on a.user_id = u.user_id and a.auth_method = 'password'
where u.phone_number = :phone_number;

--! find_by_user
select password_hash from authentication where user_id = :user_id and auth_method = 'password';

--! lock_by_user
select password_hash from authentication where user_id = :user_id and auth_method = 'password' for update;

--! find_owner : (username?)
select phone_number, phone_number_envelope, username from users where user_id = :user_id;

--! set_password
insert into authentication (auth_id, user_id, phone_verified, password_hash, auth_method, created_at, updated_at)
values (:auth_id, :user_id, true, :password_hash, 'password', :now, :now)
on conflict (user_id, auth_method) do update set password_hash = excluded.password_hash, updated_at = excluded.updated_at;

--! remove_password
delete from authentication where user_id = :user_id and auth_method = 'password';
