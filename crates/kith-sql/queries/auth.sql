-- Serialises everything about one number or network until the transaction ends.
--! lock_subject
select true as locked from (select pg_advisory_xact_lock(hashtextextended(:subject, 0))) as lock;

-- What was spent lately, and since when: by this number, by this network, by everybody; wrong codes for this
-- number; and when the number was last served.
--! sending_history : (number_since?, network_since?, all_since?, tries_since?, last_sent_at?)
select number.sends as number_sends, number.since as number_since,
    network.sends as network_sends, network.since as network_since,
    everybody.sends as all_sends, everybody.since as all_since,
    wrong.tries as number_tries, wrong.since as tries_since, wrong.last_sent_at
from
    (select count(*) as sends, min(created_at) as since from sms_attempts
     where phone_number = :phone_number and created_at > :day_ago) number,
    (select count(*) as sends, min(created_at) as since from sms_attempts
     where ip_prefix = :ip_prefix and created_at > :hour_ago) network,
    (select count(*) as sends, min(created_at) as since from sms_attempts where created_at > :day_ago) everybody,
    (select coalesce(sum(tries - (state = 'used')::int) filter (where created_at > :day_ago), 0) as tries,
         min(created_at) filter (where created_at > :day_ago and tries > (state = 'used')::int) as since,
         max(created_at) as last_sent_at
     from verification_flows where phone_number = :phone_number) wrong;

--! replace_open_flows
update verification_flows set state = 'replaced'
where phone_number = :phone_number and purpose = :purpose and state = 'open';

--! insert_flow (session_id?)
insert into verification_flows (verification_id, phone_number, phone_number_envelope, purpose, session_id, code_hash,
    created_at, expires_at)
values (:verification_id, :phone_number, :phone_number_envelope, :purpose, :session_id, :code_hash, :now, :expires_at);

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

--! find_flow : (session_id?)
select verification_id, phone_number, phone_number_envelope, purpose, session_id, state, tries, expires_at
from verification_flows where verification_id = :verification_id;

-- Compares and counts in one step: parallel guesses queue at the row, and at most five are ever compared.
-- `wrong_before`: wrong codes for the number before this one.
--! try_code
update verification_flows f
set tries = f.tries + 1,
    state = case when f.code_hash = :code_hash then 'used' when f.tries + 1 >= 5 then 'exhausted' else 'open' end
from (select o.phone_number, coalesce(sum(o.tries - (o.state = 'used')::int), 0) as wrong_before
      from verification_flows o
      where o.created_at > :day_ago
        and o.phone_number = (select i.phone_number from verification_flows i where i.verification_id = :verification_id)
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
    device_info, transport, created_at)
values (:session_id, :user_id, :token_hash, :now, :now, :expires_at, :absolute_expires_at, :device_info, :transport, :now);

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

--! step_up
update refresh_tokens set stepped_up_at = :now
where token_id = :session_id and user_id = :user_id and revoked_at is null;

--! stepped_up_at : (stepped_up_at?)
select stepped_up_at from refresh_tokens where token_id = :session_id and user_id = :user_id;
