-- Numbers that change hands, accounts that lock themselves, and events that tell their owners.

-- Since when a code alone does not let a new device in; empty: it does.
alter table users add column registration_locked_at timestamptz;

-- The number that went over to somebody else while this account was silent. With it, an old device leads back.
alter table users add column former_number bytea;

-- Whether a code was all that this session began with. For a week it cannot undo what is stronger than a code.
alter table refresh_tokens add column by_code boolean not null default false;

-- What an account is told of itself: the line of the audit log that says it. Not for clients: it becomes a
-- notification.
alter table events add column audit_id uuid;
alter table events
    drop constraint events_kind_check,
    add constraint events_kind_check check (kind in ('post.ready', 'post.updated', 'post.removed', 'post.failed',
        'comment.created', 'comment.updated', 'comment.removed', 'friend.requested', 'friend.accepted',
        'friend.removed', 'notification.created', 'notification.read', 'session.revoked', 'feed.resync',
        'account.noted')),
    add constraint events_audit_id_check check ((kind = 'account.noted') = (audit_id is not null));
