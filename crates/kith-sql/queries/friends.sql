-- Takes the rows of both people, always in the order of their ids: whatever concerns the two of them waits
-- for its turn here, and so do their counts and suspensions. References by other tables do not wait.
--! lock_people
select user_id, status from users where user_id = any(:user_ids) order by user_id for no key update;

--! find_user_by_username
select user_id from users where username = :username;

--: Standing(declined_at?)

--! find_pair : Standing
select friendship_id, user_id_1, user_id_2, status, initiated_by, requested_at, declined_at
from friendships where user_id_1 = :user_id_1 and user_id_2 = :user_id_2;

--! find_friendship : Standing
select friendship_id, user_id_1, user_id_2, status, initiated_by, requested_at, declined_at
from friendships
where friendship_id = :friendship_id and (user_id_1 = :user_id or user_id_2 = :user_id);

--! insert_friendship
insert into friendships (friendship_id, user_id_1, user_id_2, status, requested_at, initiated_by, created_at, updated_at)
values (:friendship_id, :user_id_1, :user_id_2, 'pending', :now, :initiated_by, :now, :now);

--! accept_friendship
update friendships
set status = 'active', accepted_at = greatest(:now, requested_at), declined_at = null, updated_at = :now
where friendship_id = :friendship_id and status = 'pending';

--! decline_friendship
update friendships set declined_at = :now, updated_at = :now
where friendship_id = :friendship_id and status = 'pending' and declined_at is null;

--! delete_friendship
delete from friendships where friendship_id = :friendship_id;

--! write_edges
insert into friend_edges (user_id, friend_id, friendship_id, state, since)
select user_id, friend_id, friendship_id, state, since from expected_friend_edges where friendship_id = :friendship_id
on conflict (user_id, friend_id) do update
set friendship_id = excluded.friendship_id, state = excluded.state, since = excluded.since;

-- Makes the read model what the friendships say; answers how many rows were wrong.
--! rebuild_edges
with extra as (
    delete from friend_edges e
    where not exists (select from expected_friend_edges x where x.user_id = e.user_id and x.friend_id = e.friend_id)
    returning 1
), wrong as (
    insert into friend_edges (user_id, friend_id, friendship_id, state, since)
    select x.user_id, x.friend_id, x.friendship_id, x.state, x.since from expected_friend_edges x
    where not exists (select from friend_edges e
        where (e.user_id, e.friend_id, e.friendship_id, e.state, e.since)
            = (x.user_id, x.friend_id, x.friendship_id, x.state, x.since))
    on conflict (user_id, friend_id) do update
    set friendship_id = excluded.friendship_id, state = excluded.state, since = excluded.since
    returning 1
)
select (select count(*) from extra) + (select count(*) from wrong) as repaired;

-- How many rows of the read model are not what the friendships say.
--! count_edge_drift
select count(*) as drift
from friend_edges e
full join expected_friend_edges x on x.user_id = e.user_id and x.friend_id = e.friend_id
where (e.friendship_id, e.state, e.since) is distinct from (x.friendship_id, x.state, x.since);

--! count_friends
select count(*) filter (where state in ('active', 'suspended')) as friends,
    count(*) filter (where state = 'outgoing') as requests
from friend_edges where user_id = :user_id;

-- Whether a person takes requests from another, by the setting of the one who would be asked.
--! takes_requests_from
select (case coalesce(s.privacy_settings ->> 'friend_requests_from', 'anyone')
    when 'anyone' then true
    when 'contacts' then exists (
        select from contacts c join users asker on asker.phone_number = c.contact_phone_number
        where c.user_id = s.user_id and asker.user_id = :asker_id)
    else false end) as takes
from user_settings s where s.user_id = :asked_id;

--! is_blocked_either_way
select exists (select from blocks_either_way where user_id = :user_id and other_id = :other_id) as is_blocked;

-- The newest posts of one person that another sees now.
--! visible_posts_of
select post_id from visible_posts
where viewer_id = :viewer_id and user_id = :author_id and posted_at is not null
order by posted_at desc, post_id desc
limit :max_rows;

--: Friend(profile_picture_metadata?, accepted_at?, contact_id?, contact_name?)

-- Friends or open requests with what the viewer's address book calls them, newest first.
--! list_friends : Friend
select f.friendship_id, f.user_id, f.username, f.display_name, f.profile_picture_metadata, f.state, f.since,
    t.requested_at, t.accepted_at, book.contact_id, book.contact_name
from friend_cards f
join friendships t on t.friendship_id = f.friendship_id
left join lateral (
    select c.contact_id, c.contact_name from matched_contacts m join contacts c on c.contact_id = m.contact_id
    where m.user_id = f.viewer_id and m.other_id = f.user_id) book on true
where f.viewer_id = :viewer_id and f.state = any(:states) and (f.since, f.user_id) < (:before_at, :before_id)
order by f.since desc, f.user_id desc
limit :max_rows;

--! get_friendship : Friend
select f.friendship_id, f.user_id, f.username, f.display_name, f.profile_picture_metadata, f.state, f.since,
    t.requested_at, t.accepted_at, book.contact_id, book.contact_name
from friend_cards f
join friendships t on t.friendship_id = f.friendship_id
left join lateral (
    select c.contact_id, c.contact_name from matched_contacts m join contacts c on c.contact_id = m.contact_id
    where m.user_id = f.viewer_id and m.other_id = f.user_id) book on true
where f.viewer_id = :viewer_id and f.friendship_id = :friendship_id;

-- The contact's account, as far as the viewer may know of it.
--! find_contact : (other_id?)
select c.contact_id, m.other_id
from contacts c
left join matched_contacts m on m.contact_id = c.contact_id and m.user_id = c.user_id
where c.user_id = :user_id and c.contact_id = :contact_id;

-- People who hold each other's number and have nothing else to do with each other yet.
--! list_suggestions : (profile_picture_metadata?)
select u.user_id, u.username, u.display_name, u.profile_picture_metadata, c.contact_id, c.contact_name, c.date_added
from mutual_contacts m
join contacts c on c.contact_id = m.contact_id
join users u on u.user_id = m.other_id
where m.user_id = :viewer_id
  and not exists (select from friend_edges e where e.user_id = m.user_id and e.friend_id = m.other_id)
  and (c.date_added, c.contact_id) < (:before_at, :before_id)
order by c.date_added desc, c.contact_id desc
limit :max_rows;

-- Whether the viewer can have the other's card now.
--! is_known
select exists (select from visible_cards(:viewer_id, array[:other_id]::uuid[]))
    or exists (select from matched_contacts m where m.user_id = :viewer_id and m.other_id = :other_id) as is_known;

-- `known`: whether the blocker could have the other's card until now.
--! insert_block
insert into blocks (blocker_id, blocked_id, known, created_at)
values (:blocker_id, :blocked_id, :known, :now)
on conflict (blocker_id, blocked_id) do nothing;

--! delete_block
delete from blocks where blocker_id = :blocker_id and blocked_id = :blocked_id;

--! list_blocks
select u.user_id, u.username, u.display_name, b.created_at
from blocks b
join users u on u.user_id = b.blocked_id
where b.blocker_id = :blocker_id and b.known and u.status = 'active'
  and (b.created_at, b.blocked_id) < (:before_at, :before_id)
order by b.created_at desc, b.blocked_id desc
limit :max_rows;

-- Requests that nobody answered in time.
--! find_expired_requests
select friendship_id, user_id_1, user_id_2, initiated_by from friendships
where status = 'pending' and requested_at < :before
order by requested_at
limit :max_rows;
