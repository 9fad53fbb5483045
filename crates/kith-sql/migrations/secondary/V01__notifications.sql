-- The secondary database: notifications and activities. It may be another server, so that nothing here
-- refers to a table of the primary one. The schema's name keeps both apart where they share a database.

create schema if not exists secondary;

create type secondary.notification_type as enum ('comment', 'friend_request', 'system');
create type secondary.reference_type as enum ('post', 'comment', 'user');

create table secondary.notifications (
    notification_id uuid primary key,
    user_id uuid not null,
    type secondary.notification_type not null,
    reference_id uuid,
    reference_type secondary.reference_type,
    -- A message key such as `comment.created`, never text: the sentence is made when it is read, from what
    -- its reader may still see.
    content text not null,
    actor_id uuid,
    post_id uuid,
    created_at timestamptz not null,
    read_at timestamptz,
    delivered boolean not null default false,
    constraint notifications_reference_check check ((reference_id is null) = (reference_type is null))
);
create index notifications_user_id_idx on secondary.notifications (user_id, created_at desc, notification_id desc);
create index notifications_unread_idx on secondary.notifications (user_id) where read_at is null;
create index notifications_created_at_idx on secondary.notifications using brin (created_at);
