-- Friendships are the truth; friend_edges is their lean read model, written by the same transaction.

create type friendship_status as enum ('pending', 'active');
-- What friend_id is to user_id now. 'suspended': friends, but friend_id is suspended and therefore hidden.
-- 'declined': friend_id asked and user_id declined (friend_id still sees 'outgoing').
create type friend_edge_state as enum ('active', 'suspended', 'incoming', 'outgoing', 'declined');

create table friendships (
    friendship_id uuid primary key,
    user_id_1 uuid not null constraint friendships_user_id_1_fkey references users on delete cascade,
    user_id_2 uuid not null constraint friendships_user_id_2_fkey references users on delete cascade,
    status friendship_status not null,
    requested_at timestamptz not null,
    accepted_at timestamptz,
    initiated_by uuid not null constraint friendships_initiated_by_fkey references users on delete cascade,
    declined_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint friendships_user_id_1_user_id_2_key unique (user_id_1, user_id_2),
    constraint friendships_order_check check (user_id_1 < user_id_2),
    constraint friendships_initiated_by_check check (initiated_by in (user_id_1, user_id_2)),
    constraint friendships_accepted_at_check check ((status = 'active') = (accepted_at is not null)),
    constraint friendships_declined_at_check check (declined_at is null or status = 'pending')
);
create index friendships_user_id_1_idx on friendships (user_id_1);
create index friendships_user_id_2_idx on friendships (user_id_2);
create index friendships_pending_idx on friendships (requested_at) where status = 'pending';

create table friend_edges (
    user_id uuid not null constraint friend_edges_user_id_fkey references users on delete cascade,
    friend_id uuid not null constraint friend_edges_friend_id_fkey references users on delete cascade,
    friendship_id uuid not null constraint friend_edges_friendship_id_fkey references friendships on delete cascade,
    state friend_edge_state not null,
    since timestamptz not null,
    constraint friend_edges_pkey primary key (user_id, friend_id) include (state),
    constraint friend_edges_self_check check (user_id <> friend_id)
);
create index friend_edges_friendship_id_idx on friend_edges (friendship_id);
-- The viewers of one author's posts, for events.
create index friend_edges_friend_id_idx on friend_edges (friend_id, user_id) include (state);
create index friend_edges_list_idx on friend_edges (user_id, state, since desc, friend_id desc);

-- What friend_edges must hold, told by the friendships and the states of the accounts. The one function that
-- changes a friendship copies from here; so does the rebuild.
create view expected_friend_edges as
    select side.user_id, side.friend_id, f.friendship_id,
        case
            when f.status = 'active' and other.status = 'suspended' then 'suspended'
            when f.status = 'active' then 'active'
            when f.initiated_by = side.user_id then 'outgoing'
            when f.declined_at is not null then 'declined'
            else 'incoming'
        end::friend_edge_state as state,
        coalesce(f.accepted_at, f.requested_at) as since
    from friendships f
    cross join lateral (values (f.user_id_1, f.user_id_2), (f.user_id_2, f.user_id_1)) side (user_id, friend_id)
    join users other on other.user_id = side.friend_id;

create table blocks (
    blocker_id uuid not null constraint blocks_blocker_id_fkey references users on delete cascade,
    blocked_id uuid not null constraint blocks_blocked_id_fkey references users on delete cascade,
    -- Whether the blocker could see the other's card then: only such people are listed back to him.
    known boolean not null,
    created_at timestamptz not null,
    constraint blocks_pkey primary key (blocker_id, blocked_id),
    constraint blocks_self_check check (blocker_id <> blocked_id)
);
create index blocks_blocked_id_idx on blocks (blocked_id, blocker_id);

-- Blocks seen from either side.
create view blocks_either_way as
    select blocker_id as user_id, blocked_id as other_id from blocks
    union all
    select blocked_id, blocker_id from blocks;
