-- What people did, for the operator's own figures: appended in batches in order of time, kept by month,
-- forgotten by dropping a month. Losing rows here never harms anybody.

create type secondary.activity_type as enum ('login', 'post', 'comment', 'browse');

create table secondary.user_activities (
    activity_id uuid not null,
    user_id uuid not null,
    event_type secondary.activity_type not null,
    occurred_at timestamptz not null,
    metadata jsonb not null default '{}',
    ip_address inet,
    device_info jsonb not null default '{}',
    -- A partitioned table's key must hold the partition column.
    constraint user_activities_pkey primary key (activity_id, occurred_at)
) partition by range (occurred_at);
create index user_activities_user_id_idx on secondary.user_activities (user_id, occurred_at);
create index user_activities_occurred_at_idx on secondary.user_activities using brin (occurred_at);
