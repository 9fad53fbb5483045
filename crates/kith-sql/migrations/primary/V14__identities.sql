-- Sign-in by other services (OpenID Connect), and codes for e-mail addresses.

-- Who a person is at a provider. The subject is a keyed hash over issuer and subject: it can be found, not read.
create table identities (
    user_id uuid not null constraint identities_user_id_fkey references users on delete cascade,
    provider text not null,
    subject bytea not null,
    linked_at timestamptz not null,
    last_used_at timestamptz,
    constraint identities_pkey primary key (user_id, provider),
    constraint identities_subject_key unique (subject),
    constraint identities_provider_check check (provider ~ '^[a-z0-9-]{1,32}$'),
    constraint identities_subject_check check (octet_length(subject) = 32)
);

-- Somebody on their way to a provider and back. Hashes only: nothing here lets anybody finish the way.
create table oidc_flows (
    state_hash bytea primary key,
    -- Hash of the secret in the browser's cookie; nonce and PKCE verifier are derived from that secret.
    browser_hash bytea not null,
    provider text not null,
    return_to text not null,
    -- To whom the identity is linked, and in which session it was asked for; a sign-in has neither.
    user_id uuid constraint oidc_flows_user_id_fkey references users on delete cascade,
    session_id uuid,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint oidc_flows_hashes_check check (octet_length(state_hash) = 32 and octet_length(browser_hash) = 32),
    constraint oidc_flows_session_id_check check ((user_id is null) = (session_id is null))
);
create index oidc_flows_created_at_idx on oidc_flows (created_at);
create index oidc_flows_user_id_idx on oidc_flows (user_id) where user_id is not null;

-- Codes sent to addresses. Tries are counted in the statement that compares.
create table email_flows (
    flow_id uuid primary key,
    user_id uuid not null constraint email_flows_user_id_fkey references users on delete cascade,
    -- Keyed hash of the address that the code went to.
    email bytea not null,
    code_hash bytea not null,
    tries smallint not null default 0,
    state text not null default 'open',
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint email_flows_email_check check (octet_length(email) = 32),
    constraint email_flows_state_check check (state in ('open', 'used', 'replaced', 'exhausted', 'unsent')),
    constraint email_flows_tries_check check (tries between 0 and 5)
);
create unique index email_flows_open_key on email_flows (user_id) where state = 'open';
create index email_flows_user_id_idx on email_flows (user_id, created_at);
create index email_flows_email_idx on email_flows (email, created_at);
create index email_flows_created_at_idx on email_flows (created_at);
