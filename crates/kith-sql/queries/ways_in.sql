-- Whoever adds or removes a way into somebody's account waits here for the one before.
--! hold_ways_in
select user_id from users where user_id = :user_id for no key update;

-- Whether anything leads into an account by itself. A password belongs to a number, so it is none beside that.
--! has_way_in
select exists (select from authentication where user_id = :user_id and auth_method = 'phone' and phone_verified)
    or exists (select from passkeys where user_id = :user_id)
    or exists (select from identities where user_id = :user_id and provider = any (:providers::text[])) as has_way_in;
