-- Whether a session began with a code alone lately, when the account had something stronger.
--! is_young_by_code
select t.by_code and t.created_at > :since
    and exists (select from passkeys p where p.user_id = t.user_id and p.created_at < t.created_at) as is_young
from refresh_tokens t where t.token_id = :session_id and t.user_id = :user_id;

--! own_number
select phone_number from users where user_id = :user_id;
