-- Ways in that need no text message: passkeys, and what is counted of passwords.

create table passkeys (
    passkey_id uuid primary key,
    user_id uuid not null constraint passkeys_user_id_fkey references users on delete cascade,
    -- What the authenticator calls it: one credential belongs to one account.
    credential_id bytea not null constraint passkeys_credential_id_key unique,
    name text not null,
    -- Public key, counter and flags, as the WebAuthn library writes them. Nothing in it is a secret.
    credential jsonb not null,
    created_at timestamptz not null,
    last_used_at timestamptz,
    constraint passkeys_credential_id_check check (octet_length(credential_id) between 1 and 1023),
    constraint passkeys_name_check check (name <> ''),
    constraint passkeys_credential_check check (jsonb_typeof(credential) = 'object')
);
create index passkeys_user_id_idx on passkeys (user_id, created_at);

-- A challenge that was given out. It is deleted by whoever first answers it, rightly or wrongly.
create table passkey_flows (
    flow_id uuid primary key,
    purpose text not null,
    -- The session that may add a passkey; a sign-in is nobody's yet.
    session_id uuid,
    state jsonb not null,
    expires_at timestamptz not null,
    constraint passkey_flows_purpose_check check (purpose in ('registration', 'login')),
    constraint passkey_flows_session_id_check check ((purpose = 'login') = (session_id is null))
);
create index passkey_flows_expires_at_idx on passkey_flows (expires_at);

-- Passwords that were tried for a number, with an account or without one; a right one is taken out again.
create table password_tries (
    try_id uuid primary key,
    phone_number bytea not null,
    network inet not null,
    created_at timestamptz not null,
    constraint password_tries_phone_number_check check (octet_length(phone_number) = 32)
);
create index password_tries_phone_number_idx on password_tries (phone_number, created_at);
create index password_tries_network_idx on password_tries (network, created_at);
create index password_tries_created_at_idx on password_tries (created_at);
