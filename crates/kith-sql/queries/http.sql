--! claim_idempotency_key
insert into idempotency_keys (user_id, route, key, body_hash, status, resource_id, created_at)
values (:user_id, :route, :key, :body_hash, :status, :resource_id, :now)
on conflict (user_id, route, key) do update
set body_hash = excluded.body_hash, status = excluded.status, resource_id = excluded.resource_id,
    outcome = null, created_at = excluded.created_at
where idempotency_keys.created_at < excluded.created_at - interval '24 hours';

--! find_idempotency_key : (outcome?)
select body_hash, status, resource_id, outcome from idempotency_keys
where user_id = :user_id and route = :route and key = :key;

--! settle_idempotency_key
update idempotency_keys set status = :status, resource_id = :resource_id
where user_id = :user_id and route = :route and key = :key;

--! keep_outcome
update idempotency_keys set outcome = :outcome where user_id = :user_id and route = :route and key = :key;

-- Status of the account and of the session, read in the same flight as the data of a request.
--! check_session : (generation_used_at?, revoked_at?)
select u.status, u.role, u.last_active, t.generation, t.generation_used_at, t.revoked_at, t.expires_at
from refresh_tokens t
join users u on u.user_id = t.user_id
where t.token_id = :session_id and t.user_id = :user_id;

-- The first use of a generation closes the way back to its predecessor.
--! mark_generation_used
update refresh_tokens set generation_used_at = :now
where token_id = :session_id and generation = :generation and generation_used_at is null;

-- Of requests that come together, one finds the time that old.
--! touch_last_active
with session as (
    update refresh_tokens set last_used_at = :now where token_id = :session_id
)
update users set last_active = :now where user_id = :user_id and last_active <= :stale_before;
