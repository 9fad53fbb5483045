-- Serialises everything about one number or network until the transaction ends.
--! lock_subject
select true as locked from (select pg_advisory_xact_lock(hashtextextended(:subject, 0))) as lock;

-- What was spent lately: by this number, by this network, by everybody, and when the number was last served.
--! sending_history : (last_sent_at?)
select
    (select count(*) from sms_attempts where phone_number = :phone_number and created_at > :day_ago) as number_sends,
    (select count(*) from sms_attempts where ip_prefix = :ip_prefix and created_at > :hour_ago) as network_sends,
    (select count(*) from sms_attempts where created_at > :day_ago) as all_sends,
    (select coalesce(sum(tries), 0) from verification_flows
     where phone_number = :phone_number and created_at > :day_ago) as number_tries,
    (select max(created_at) from verification_flows where phone_number = :phone_number) as last_sent_at;

--! replace_open_flows
update verification_flows set state = 'replaced'
where phone_number = :phone_number and purpose = 'sign-in' and state = 'open';

--! insert_flow
insert into verification_flows (verification_id, phone_number, phone_number_envelope, code_hash, created_at, expires_at)
values (:verification_id, :phone_number, :phone_number_envelope, :code_hash, :now, :expires_at);

-- The same statement for numbers with and without an account.
--! mirror_flow
update authentication a
set verification_code = :code_hash, verification_expiry = :expires_at, updated_at = :now
from users u
where u.phone_number = :phone_number and a.user_id = u.user_id and a.auth_method = 'phone';

--! insert_sms_attempt
insert into sms_attempts (attempt_id, verification_id, phone_number, ip_prefix, country, channel, created_at)
values (:attempt_id, :verification_id, :phone_number, :ip_prefix, :country, :channel, :now);

--! settle_sms_attempt
update sms_attempts set outcome = :outcome where attempt_id = :attempt_id;

--! find_flow
select verification_id, phone_number, phone_number_envelope, state, tries, expires_at
from verification_flows where verification_id = :verification_id;

-- Compares and counts in one step: parallel guesses queue at the row, and at most five are ever compared.
--! try_code
update verification_flows f
set tries = f.tries + 1,
    state = case when f.code_hash = :code_hash then 'used' when f.tries + 1 >= 5 then 'exhausted' else 'open' end
where f.verification_id = :verification_id and f.state = 'open' and f.expires_at > :now and f.tries < 5
  and (select coalesce(sum(o.tries), 0) from verification_flows o
       where o.phone_number = f.phone_number and o.created_at > :day_ago) < :tries_per_day
returning f.state = 'used' as is_right, f.tries;

--! find_account
select user_id, status from users where phone_number = :phone_number;

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
    device_info, created_at)
values (:session_id, :user_id, :token_hash, :now, :now, :expires_at, :absolute_expires_at, :device_info, :now);

--! lock_session : (generation_used_at?, revoked_at?, revoked_reason?)
select user_id, generation, token_hash, rotated_at, generation_used_at, expires_at, absolute_expires_at,
    revoked_at, revoked_reason
from refresh_tokens where token_id = :session_id for update;

--! rotate_session
update refresh_tokens
set generation = generation + 1, token_hash = :token_hash, rotated_at = :now, generation_used_at = null,
    last_used_at = :now, expires_at = :expires_at
where token_id = :session_id;

--! revoke_session
update refresh_tokens set revoked_at = :now, revoked_reason = :reason
where token_id = :session_id and user_id = :user_id and revoked_at is null;

--! revoke_other_sessions
update refresh_tokens set revoked_at = :now, revoked_reason = 'signed-out'
where user_id = :user_id and token_id <> :session_id and revoked_at is null and expires_at > :now
returning token_id;

--! list_sessions
select token_id as session_id, device_info, created_at, last_used_at
from refresh_tokens
where user_id = :user_id and revoked_at is null and expires_at > :now
  and (created_at, token_id) < (:before_at, :before_id)
order by created_at desc, token_id desc
limit :max_rows;
