-- Who has a number, and when they were last seen: with a request, a sign-in or a refresh.
--! find_holder : (registration_locked_at?)
select u.user_id, u.status, u.registration_locked_at,
    greatest(u.last_active, (select max(t.last_used_at) from refresh_tokens t where t.user_id = u.user_id)) as seen_at
from users u where u.phone_number = :phone_number
for no key update of u;

--! lock_own_number
select phone_number from users where user_id = :user_id for update;

--! set_number
update users
set phone_number = :phone_number, phone_number_envelope = :phone_number_envelope, version = version + 1,
    former_number = null, updated_at = :now
where user_id = :user_id;

-- The number is somebody else's from now on; a random index stands in its place.
--! lose_number
update users
set former_number = phone_number, phone_number = :nothing, phone_number_envelope = :phone_number_envelope,
    version = version + 1, updated_at = :now
where user_id = :user_id;

--! had_number
select former_number = :phone_number as had from users where user_id = :user_id and former_number is not null;

--! set_phone_verified
update authentication
set phone_verified = :phone_verified, verification_code = null, verification_expiry = null, updated_at = :now
where user_id = :user_id and auth_method = 'phone';

-- Codes that went to a number to show that it is still the owner.
--! end_step_ups
update verification_flows set state = 'replaced'
where phone_number = :phone_number and purpose = 'step-up' and state = 'open';

--! set_registration_lock
update users set registration_locked_at = :now where user_id = :user_id and registration_locked_at is null;

--! remove_registration_lock
update users set registration_locked_at = null where user_id = :user_id and registration_locked_at is not null;

--! has_registration_lock
select registration_locked_at is not null as is_locked from users where user_id = :user_id;
