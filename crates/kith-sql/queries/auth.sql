--! replace_open_flows
update verification_flows set state = 'replaced'
where phone_number = :phone_number and purpose = :purpose and state = 'open';

--! insert_flow (session_id?)
insert into verification_flows (verification_id, phone_number, phone_number_envelope, purpose, session_id, code_hash,
    created_at, expires_at)
values (:verification_id, :phone_number, :phone_number_envelope, :purpose, :session_id, :code_hash, :now, :expires_at);

-- Shows the account its open flow. Run after the answer, so that numbers with and without an account are answered
-- in the same time.
--! mirror_flow
update authentication a
set verification_code = f.code_hash, verification_expiry = f.expires_at, updated_at = :now
from verification_flows f join users u on u.phone_number = f.phone_number
where f.verification_id = :verification_id and f.state = 'open' and a.user_id = u.user_id and a.auth_method = 'phone';

-- Finds a flow and serialises everything about its number until the transaction ends: tries of several flows for one
-- number count together. Whoever would wait long is refused: others need the connection.
--! find_flow : (session_id?)
select f.verification_id, f.phone_number, f.phone_number_envelope, f.purpose, f.session_id, f.state, f.tries,
    f.expires_at, number.patience, number.locked
from verification_flows f, lateral (
    select set_config('lock_timeout', :patience, true) as patience,
        pg_advisory_xact_lock(hashtextextended('phone:' || encode(f.phone_number, 'hex'), 0)) is null as locked
) as number
where f.verification_id = :verification_id;

-- Compares and counts in one step: parallel guesses queue at the number, and at most five are ever compared.
-- `wrong_before`: wrong codes for the number before this one. Flows count until a day after they were last tried.
--! try_code
update verification_flows f
set tries = f.tries + 1,
    state = case when f.code_hash = :code_hash then 'used' when f.tries + 1 >= 5 then 'exhausted' else 'open' end,
    tried_at = :now
from (select o.phone_number,
          coalesce(sum(o.tries - (o.state = 'used')::int) filter (where coalesce(o.tried_at, o.created_at) > :day_ago), 0)
              as wrong_before
      from verification_flows o
      where o.phone_number = (select i.phone_number from verification_flows i where i.verification_id = :verification_id)
      group by o.phone_number) day
where f.verification_id = :verification_id and f.state = 'open' and f.expires_at > :now and f.tries < 5
  and day.phone_number = f.phone_number and day.wrong_before < :tries_per_day
returning f.state = 'used' as is_right, f.tries, day.wrong_before;

--! insert_account
insert into users (user_id, phone_number, phone_number_envelope, date_joined, last_active, data_key, created_at, updated_at)
values (:user_id, :phone_number, :phone_number_envelope, :now, :now, :data_key, :now, :now);

--! insert_default_settings
insert into user_settings (user_id, notification_preferences, privacy_settings, created_at, updated_at)
values (:user_id, :notification_preferences, :privacy_settings, :now, :now);

--! insert_phone_authentication
insert into authentication (auth_id, user_id, phone_verified, auth_method, created_at, updated_at)
values (:auth_id, :user_id, true, 'phone', :now, :now);

--! finish_phone_authentication
update authentication
set phone_verified = true, verification_code = null, verification_expiry = null, updated_at = :now
where user_id = :user_id and auth_method = 'phone';

--! insert_session
insert into refresh_tokens (token_id, user_id, token_hash, rotated_at, last_used_at, expires_at, absolute_expires_at,
    device_info, transport, by_code, created_at)
values (:session_id, :user_id, :token_hash, :now, :now, :expires_at, :absolute_expires_at, :device_info, :transport, :by_code,
    :now);

--! lock_session : (generation_used_at?, revoked_at?)
select user_id, generation, token_hash, rotated_at, generation_used_at, expires_at, absolute_expires_at,
    revoked_at, transport
from refresh_tokens where token_id = :session_id for update;

--! rotate_session
update refresh_tokens
set generation = generation + 1, token_hash = :token_hash, rotated_at = :now, generation_used_at = null,
    last_used_at = :now, expires_at = :expires_at
where token_id = :session_id;

--! revoke_session
update refresh_tokens set revoked_at = :now, revoked_reason = :reason
where token_id = :session_id and user_id = :user_id and revoked_at is null;

-- Those that ran out, too: their devices could still vouch.
--! revoke_other_sessions
update refresh_tokens set revoked_at = :now, revoked_reason = 'signed-out'
where user_id = :user_id and token_id <> :session_id and revoked_at is null
returning token_id;

--! list_sessions
select token_id as session_id, device_info, created_at, last_used_at
from refresh_tokens
where user_id = :user_id and revoked_at is null and expires_at > :now
  and (created_at, token_id) < (:before_at, :before_id)
order by created_at desc, token_id desc
limit :max_rows;

--! step_up
update refresh_tokens set stepped_up_at = :now
where token_id = :session_id and user_id = :user_id and revoked_at is null;

--! stepped_up_at : (stepped_up_at?)
select stepped_up_at from refresh_tokens where token_id = :session_id and user_id = :user_id;
