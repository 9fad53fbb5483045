--! insert_flow (session_id?)
insert into passkey_flows (flow_id, purpose, session_id, state, expires_at)
values (:flow_id, :purpose, :session_id, :state, :expires_at);

-- A challenge is answered once, whatever comes of the answer.
--! take_flow (session_id?)
delete from passkey_flows
where flow_id = :flow_id and purpose = :purpose and session_id is not distinct from :session_id and expires_at > :now
returning state;

--! owner_names : (username?, display_name?)
select username, display_name from users where user_id = :user_id;

--! list_passkeys : (last_used_at?)
select passkey_id, credential_id, name, created_at, last_used_at
from passkeys where user_id = :user_id order by created_at, passkey_id;

--! insert_passkey
insert into passkeys (passkey_id, user_id, credential_id, name, credential, created_at)
values (:passkey_id, :user_id, :credential_id, :name, :credential, :now);

--! lock_passkey
select passkey_id, credential from passkeys
where user_id = :user_id and credential_id = :credential_id for update;

--! note_use
update passkeys set credential = :credential, last_used_at = :now where passkey_id = :passkey_id;

--! delete_passkey
delete from passkeys where passkey_id = :passkey_id and user_id = :user_id;

--! note_way_in
insert into authentication (auth_id, user_id, phone_verified, auth_method, created_at, updated_at)
values (:auth_id, :user_id, true, 'passkey', :now, :now)
on conflict (user_id, auth_method) do nothing;

--! forget_way_in
delete from authentication a
where a.user_id = :user_id and a.auth_method = 'passkey'
  and not exists (select from passkeys p where p.user_id = a.user_id);
