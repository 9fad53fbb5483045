-- People: accounts, their settings, their ways in, their sessions.
-- Numbers and e-mail addresses are stored as a keyed blind index (equality only) with an encrypted
-- envelope beside it; the keys live outside the database.

-- Which master keys what is sealed here was written with, by name only: a process with other keys must not
-- start, since it could read nothing and would write what nobody else can read.
create table master_keys (
    key_id text primary key,
    first_used_at timestamptz not null,
    constraint master_keys_key_id_check check (key_id ~ '^[0-9a-f]{8}$')
);

create type user_status as enum ('active', 'pending', 'suspended');
create type user_role as enum ('member', 'moderator', 'admin');
create type auth_method as enum ('phone', 'password', 'passkey', 'social');

create table users (
    user_id uuid primary key,
    phone_number bytea not null constraint users_phone_number_key unique,
    phone_number_envelope bytea not null,
    email bytea,
    email_envelope bytea,
    email_verified boolean not null default false,
    username text constraint users_username_key unique,
    display_name text,
    profile_picture_url text,
    profile_picture_metadata jsonb,
    date_joined timestamptz not null,
    status user_status not null default 'pending',
    role user_role not null default 'member',
    last_active timestamptz not null,
    -- The person's own data key, wrapped by the key ring: deleting it makes every envelope of this
    -- person unreadable, in backups too.
    data_key bytea not null,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint users_phone_number_check check (octet_length(phone_number) = 32),
    constraint users_email_check check ((email is null) = (email_envelope is null)),
    constraint users_email_verified_check check (email is not null or not email_verified),
    constraint users_username_check check (username = lower(username) and username ~ '^[a-z0-9._]{3,30}$'),
    constraint users_active_check check (status = 'pending' or (username is not null and display_name is not null)),
    constraint users_profile_picture_check check ((profile_picture_url is null) = (profile_picture_metadata is null)),
    constraint users_version_check check (version > 0)
);

-- An unverified address never conflicts with anybody's.
create unique index users_email_key on users (email) where email_verified;

create table user_settings (
    user_id uuid primary key constraint user_settings_user_id_fkey references users on delete cascade,
    notification_preferences jsonb not null,
    privacy_settings jsonb not null,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint user_settings_documents_check check (
        jsonb_typeof(notification_preferences) = 'object' and jsonb_typeof(privacy_settings) = 'object')
);

create table authentication (
    auth_id uuid primary key,
    user_id uuid not null constraint authentication_user_id_fkey references users on delete cascade,
    phone_verified boolean not null default false,
    -- Keyed HMAC of the code of the number's current flow; empty when no flow is open.
    verification_code bytea,
    verification_expiry timestamptz,
    password_hash text,
    auth_method auth_method not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint authentication_user_id_auth_method_key unique (user_id, auth_method),
    constraint authentication_code_check check ((verification_code is null) = (verification_expiry is null)),
    constraint authentication_password_check check ((auth_method = 'password') = (password_hash is not null))
);

-- One row per session ("family"). The refresh token of generation n is an HMAC of (session, n), so the
-- successor can be given again without being stored; only the hash of the current one is kept.
create table refresh_tokens (
    token_id uuid primary key,
    user_id uuid not null constraint refresh_tokens_user_id_fkey references users on delete cascade,
    token_hash bytea not null,
    generation integer not null default 1,
    rotated_at timestamptz not null,
    -- When this generation, or an access token issued with it, was first used.
    generation_used_at timestamptz,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    absolute_expires_at timestamptz not null,
    revoked_at timestamptz,
    revoked_reason text,
    device_info jsonb not null default '{}',
    -- Where its tokens travel. They are taken from nowhere else.
    transport text not null default 'token',
    -- When its owner last proved again who they are, for what a stolen session must not do.
    stepped_up_at timestamptz,
    created_at timestamptz not null,
    constraint refresh_tokens_transport_check check (transport in ('token', 'cookie')),
    constraint refresh_tokens_generation_check check (generation > 0),
    constraint refresh_tokens_expiry_check check (expires_at <= absolute_expires_at),
    constraint refresh_tokens_revoked_check check ((revoked_at is null) = (revoked_reason is null)),
    constraint refresh_tokens_revoked_reason_check check (revoked_reason in ('signed-out', 'reused', 'suspended', 'deleted', 'number-changed'))
);
create index refresh_tokens_user_id_idx on refresh_tokens (user_id);
create index refresh_tokens_expires_at_idx on refresh_tokens (expires_at);
create index refresh_tokens_revoked_at_idx on refresh_tokens (revoked_at) where revoked_at is not null;
create index refresh_tokens_token_hash_idx on refresh_tokens (token_hash);

-- A sign-in in progress, for numbers with and without an account alike. Tries are counted in the same
-- statement that compares, so that parallel guesses cannot exceed the limit.
create table verification_flows (
    verification_id uuid primary key,
    phone_number bytea not null,
    phone_number_envelope bytea not null,
    purpose text not null,
    -- The session that a step-up or a change of number belongs to: its code proves nothing in another one.
    session_id uuid,
    code_hash bytea not null,
    tries smallint not null default 0,
    state text not null default 'open',
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint verification_flows_phone_number_check check (octet_length(phone_number) = 32),
    constraint verification_flows_purpose_check check (purpose in ('sign-in', 'step-up', 'number-change')),
    constraint verification_flows_session_id_check check ((purpose = 'sign-in') = (session_id is null)),
    constraint verification_flows_state_check check (state in ('open', 'used', 'replaced', 'exhausted')),
    constraint verification_flows_tries_check check (tries between 0 and 5)
);
create index verification_flows_created_at_idx on verification_flows (created_at);
create index verification_flows_phone_number_idx on verification_flows (phone_number, created_at);
create unique index verification_flows_open_key on verification_flows (phone_number, purpose) where state = 'open';

-- Every message that cost or could cost money: the truth behind the sending budgets.
create table sms_attempts (
    attempt_id uuid primary key,
    verification_id uuid not null,
    phone_number bytea not null,
    ip_prefix inet not null,
    country text not null,
    channel text not null,
    outcome text not null default 'accepted',
    created_at timestamptz not null,
    constraint sms_attempts_channel_check check (channel in ('sms', 'call')),
    constraint sms_attempts_outcome_check check (outcome in ('accepted', 'sent', 'failed'))
);
create index sms_attempts_phone_number_idx on sms_attempts (phone_number, created_at);
create index sms_attempts_ip_prefix_idx on sms_attempts (ip_prefix, created_at);
create index sms_attempts_created_at_idx on sms_attempts (created_at);

-- What a person agreed to, and when.
create table consents (
    user_id uuid not null constraint consents_user_id_fkey references users on delete cascade,
    kind text not null,
    version text not null,
    given_at timestamptz not null,
    constraint consents_pkey primary key (user_id, kind, version),
    constraint consents_kind_check check (kind in ('terms', 'contacts'))
);
