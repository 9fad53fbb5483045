--! insert_audit (user_id?, actor_id?, session_id?)
insert into audit_log (audit_id, kind, user_id, actor_id, session_id, details, created_at)
values (:audit_id, :kind, :user_id, :actor_id, :session_id, :details, :now);

-- Whether somebody is there to be told of a sign-in.
--! is_signed_in_elsewhere
select exists (select from refresh_tokens
               where user_id = :user_id and token_id <> :session_id and revoked_at is null and expires_at > :now)
    as is_signed_in;

-- A wrong code, where the number has an account. The same statement for numbers that have none.
--! insert_wrong_code
insert into audit_log (audit_id, kind, user_id, details, created_at)
select :audit_id, :kind, u.user_id, :details, :now
from verification_flows f
join users u on u.phone_number = f.phone_number
where f.verification_id = :verification_id;

-- A wrong password, where the number has an account. The same statement for numbers that have none.
--! insert_wrong_password
insert into audit_log (audit_id, kind, user_id, details, created_at)
select :audit_id, :kind, u.user_id, :details, :now
from users u
where u.phone_number = :phone_number;
