--: Account(email_envelope?, username?, display_name?, profile_picture_metadata?)

--! get_account : Account
select user_id, phone_number_envelope, email_envelope, email_verified, username, display_name,
    profile_picture_metadata, status, role, version, date_joined, last_active, data_key, created_at, updated_at
from users where user_id = :user_id;

--! lock_account : Account
select user_id, phone_number_envelope, email_envelope, email_verified, username, display_name,
    profile_picture_metadata, status, role, version, date_joined, last_active, data_key, created_at, updated_at
from users where user_id = :user_id for update;

--! update_profile (email?, email_envelope?, username?, display_name?)
update users
set username = :username, display_name = :display_name, email = :email, email_envelope = :email_envelope,
    email_verified = email_verified and email is not distinct from :email,
    status = :status, version = version + 1, updated_at = :now
where user_id = :user_id;

--! insert_consent
insert into consents (user_id, kind, version, given_at) values (:user_id, :kind, :version, :now)
on conflict (user_id, kind, version) do nothing;

--! has_consented
select exists (select from consents where user_id = :user_id and kind = :kind and version = :version) as has_consented;

--: Card(profile_picture_metadata?)

--! cards_by_id : Card
select u.user_id, u.username, u.display_name, u.profile_picture_metadata
from visible_cards(:viewer_id, :user_ids) u
where u.username is not null and u.display_name is not null;

--! card_by_username : Card
select u.user_id, u.username, u.display_name, u.profile_picture_metadata
from named_cards(:viewer_id) u
where u.username = :username and u.display_name is not null;
