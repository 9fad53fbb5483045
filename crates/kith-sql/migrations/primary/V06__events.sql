-- The outbox: what happened, by ids only. A row commits with its cause; the sequencer numbers committed
-- rows in order, and that number is the cursor of every realtime channel.

create table events (
    event_id uuid primary key,
    seq bigint constraint events_seq_key unique,
    kind text not null,
    -- Whose channel it goes to; empty: everybody who may see the post.
    recipient_id uuid,
    post_id uuid,
    author_id uuid,
    comment_id uuid,
    friendship_id uuid,
    user_id uuid,
    notification_id uuid,
    session_id uuid,
    occurred_at timestamptz not null,
    constraint events_kind_check check (kind in ('post.ready', 'post.updated', 'post.removed', 'post.failed',
        'comment.created', 'comment.updated', 'comment.removed', 'friend.requested', 'friend.accepted',
        'friend.removed', 'notification.created', 'notification.read', 'session.revoked', 'feed.resync')),
    constraint events_post_check check (kind not like 'post.%' or (post_id is not null and author_id is not null)),
    constraint events_comment_check check (kind not like 'comment.%' or (comment_id is not null and post_id is not null and author_id is not null)),
    constraint events_recipient_check check (recipient_id is not null
        or kind in ('post.ready', 'post.updated', 'post.removed', 'comment.created', 'comment.updated', 'comment.removed'))
);
create index events_unsequenced_idx on events (event_id) where seq is null;
-- Readers look for numbered events only: a row is entered here once, when it gets its number, and not before.
create index events_recipient_id_idx on events (recipient_id, seq) where recipient_id is not null and seq is not null;
create index events_author_id_idx on events (author_id, seq) where recipient_id is null and seq is not null;
create index events_post_id_idx on events (post_id, seq) where recipient_id is null and seq is not null;
create index events_occurred_at_idx on events using brin (occurred_at);

-- The newest number given, the newest one deleted for its age, and where each consumer of the log stands.
create table event_positions (
    name text primary key,
    seq bigint not null
);
insert into event_positions (name, seq) values ('head', 0), ('purged', 0), ('notifications', 0);

-- Who holds a role that only one process may have at a time. Times are the database's.
create table leases (
    name text primary key,
    holder uuid not null,
    expires_at timestamptz not null
);

create table idempotency_keys (
    user_id uuid not null constraint idempotency_keys_user_id_fkey references users on delete cascade,
    route text not null,
    key text not null,
    body_hash bytea not null,
    status smallint not null,
    resource_id uuid not null,
    -- Figures of the first answer, where there is no resource to show again. Never a secret.
    outcome jsonb,
    created_at timestamptz not null,
    constraint idempotency_keys_pkey primary key (user_id, route, key)
);
create index idempotency_keys_created_at_idx on idempotency_keys using brin (created_at);
