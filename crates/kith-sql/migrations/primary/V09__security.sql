-- What happened to accounts: read by their owners as notices, by operators as the audit log.

-- Outlives sessions and accounts: ids only, no references, and nothing that names a person.
create table audit_log (
    audit_id uuid primary key,
    kind text not null,
    -- Whose account it is about.
    user_id uuid,
    -- Who did it, where that is somebody else.
    actor_id uuid,
    session_id uuid,
    details jsonb not null default '{}',
    created_at timestamptz not null,
    constraint audit_log_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$'),
    constraint audit_log_details_check check (jsonb_typeof(details) = 'object')
);
create index audit_log_user_id_idx on audit_log (user_id, created_at);
create index audit_log_created_at_idx on audit_log (created_at);
