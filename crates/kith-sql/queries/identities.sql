--! insert_oidc_flow (user_id?, session_id?)
insert into oidc_flows (state_hash, browser_hash, provider, return_to, user_id, session_id, created_at, expires_at)
values (:state_hash, :browser_hash, :provider, :return_to, :user_id, :session_id, :now, :expires_at);

-- Takes a flow for good: it must be the browser that began it, at the same provider, in time.
--! take_oidc_flow : (user_id?, session_id?)
delete from oidc_flows
where state_hash = :state_hash and browser_hash = :browser_hash and provider = :provider and expires_at > :now
returning return_to, user_id, session_id;

-- Whether the session in which a linking was begun still counts; its row stays as it is until the transaction ends.
--! hold_session
select t.token_id from refresh_tokens t
join users u on u.user_id = t.user_id
where t.token_id = :session_id and t.user_id = :user_id and t.revoked_at is null and t.expires_at > :now
  and u.status <> 'suspended'
for share of t;

--! use_identity
update identities set last_used_at = :now where subject = :subject returning user_id;

--! find_identity_owner
select user_id from identities where subject = :subject;

-- One of each provider; another one takes its place.
--! link_identity
insert into identities (user_id, provider, subject, linked_at) values (:user_id, :provider, :subject, :now)
on conflict (user_id, provider) do update set subject = excluded.subject, linked_at = excluded.linked_at,
    last_used_at = null;

--! unlink_identity
delete from identities where user_id = :user_id and provider = :provider;

--! insert_social_authentication
insert into authentication (auth_id, user_id, auth_method, created_at, updated_at)
values (:auth_id, :user_id, 'social', :now, :now)
on conflict (user_id, auth_method) do nothing;

--! delete_social_authentication
delete from authentication a
where a.user_id = :user_id and a.auth_method = 'social'
  and not exists (select from identities i where i.user_id = a.user_id);

--! list_identities
select provider, linked_at from identities where user_id = :user_id order by provider;
