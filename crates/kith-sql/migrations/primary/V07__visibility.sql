-- Who may see what: the one definition. Every read, count, notification, event and image byte selects
-- through the views and functions of this file, at the time of reading. Nothing else may select posts or
-- comments for a person. All of them are inlined by the planner (plain SQL, stable, not strict).

-- Friends now: both sides agreed, neither is suspended. A block ends the friendship, so it needs no mention.
create view current_friends as
    select user_id, friend_id, since from friend_edges where state = 'active';

-- The people on the other side of one's friendships and open requests, with their cards. Whoever was declined
-- still sees his request; whoever is suspended is hidden. Always name viewer_id.
create view friend_cards as
    select e.user_id as viewer_id, e.friendship_id, e.state, e.since, u.user_id, u.username, u.display_name,
        u.profile_picture_metadata
    from friend_edges e
    join users u on u.user_id = e.friend_id
    where e.state in ('active', 'incoming', 'outgoing') and u.status = 'active';

-- Posts of one author that every current friend may see.
create function posts_for_friends(author uuid) returns setof posts
language sql stable parallel safe as $$
    select * from posts
    where user_id = author and status = 'active' and visibility = 'friends-only' and posted_at is not null
$$;

-- One post, for a person chosen for it, while its author is still a friend.
create function post_for_chosen(post uuid, viewer uuid) returns setof posts
language sql stable parallel safe as $$
    select p.*
    from posts p
    join current_friends f on f.user_id = viewer and f.friend_id = p.user_id
    where p.post_id = post
      and p.status = 'active' and p.visibility = 'specific-friends' and p.posted_at is not null
$$;

-- One's own posts, the flagged and the unfinished included.
create view own_posts as
    select p.user_id as viewer_id, p.* from posts p where p.status <> 'deleted';

-- Everything one person may see. Always name viewer_id, and post_id or user_id.
create view visible_posts as
    select * from own_posts
    union all
    select f.user_id, p.* from current_friends f cross join lateral posts_for_friends(f.friend_id) p
    union all
    select a.viewer_id, p.* from post_audience a cross join lateral post_for_chosen(a.post_id, a.viewer_id) p;

-- The ids of one page of the feed, newest first: the newest friends' posts from the friends whose newest
-- visible post is newest (exact: the page cannot reach beyond them), chosen ones, and one's own.
create function feed_page(viewer uuid, before_at timestamptz, before_id uuid, page_size bigint)
returns table (post_id uuid, posted_at timestamptz)
language sql stable parallel safe as $$
    select page.post_id, page.posted_at from (
        (select post.post_id, post.posted_at
         from (select f.friend_id
               from current_friends f
               cross join lateral (
                   select p.posted_at, p.post_id from posts_for_friends(f.friend_id) p
                   where (p.posted_at, p.post_id) < (before_at, before_id)
                   order by p.posted_at desc, p.post_id desc limit 1) newest
               where f.user_id = viewer
               order by newest.posted_at desc, newest.post_id desc
               limit page_size) author
         cross join lateral (
             select p.post_id, p.posted_at from posts_for_friends(author.friend_id) p
             where (p.posted_at, p.post_id) < (before_at, before_id)
             order by p.posted_at desc, p.post_id desc limit page_size) post
         order by post.posted_at desc, post.post_id desc
         limit page_size)
        union all
        (select p.post_id, p.posted_at
         from post_audience a
         cross join lateral post_for_chosen(a.post_id, a.viewer_id) p
         where a.viewer_id = viewer and (a.posted_at, a.post_id) < (before_at, before_id)
         order by a.posted_at desc, a.post_id desc
         limit page_size)
        union all
        (select p.post_id, p.posted_at
         from own_posts p
         where p.viewer_id = viewer and p.posted_at is not null
           and (p.posted_at, p.post_id) < (before_at, before_id)
         order by p.posted_at desc, p.post_id desc
         limit page_size)
    ) page
    order by page.posted_at desc, page.post_id desc
    limit page_size
$$;

-- The ids of one page of one author's posts, newest first.
create function author_page(viewer uuid, author uuid, before_at timestamptz, before_id uuid, page_size bigint)
returns table (post_id uuid, posted_at timestamptz)
language sql stable parallel safe as $$
    select page.post_id, page.posted_at from (
        (select p.post_id, p.posted_at
         from own_posts p
         where p.viewer_id = viewer and p.user_id = author and p.posted_at is not null
           and (p.posted_at, p.post_id) < (before_at, before_id)
         order by p.posted_at desc, p.post_id desc
         limit page_size)
        union all
        (select p.post_id, p.posted_at
         from current_friends f
         cross join lateral (
             select p.post_id, p.posted_at from posts_for_friends(f.friend_id) p
             where (p.posted_at, p.post_id) < (before_at, before_id)
             order by p.posted_at desc, p.post_id desc limit page_size) p
         where f.user_id = viewer and f.friend_id = author)
        union all
        (select p.post_id, p.posted_at
         from post_audience a
         cross join lateral post_for_chosen(a.post_id, a.viewer_id) p
         where a.viewer_id = viewer and a.author_id = author
           and (a.posted_at, a.post_id) < (before_at, before_id)
         order by a.posted_at desc, a.post_id desc
         limit page_size)
    ) page
    order by page.posted_at desc, page.post_id desc
    limit page_size
$$;

-- `visible_posts` seen from the other side: the friends whom a post is for, whatever state it is in. Both
-- edges of a friendship are probed by their keys.
create function post_friends(post uuid) returns table (viewer_id uuid)
language sql stable parallel safe as $$
    select f.user_id
    from posts p
    join friend_edges e on e.user_id = p.user_id and e.state = 'active'
    join current_friends f on f.user_id = e.friend_id and f.friend_id = e.user_id
    where p.post_id = post and p.visibility = 'friends-only'
    union all
    select f.user_id
    from posts p
    join post_audience a on a.post_id = p.post_id
    join friend_edges e on e.user_id = p.user_id and e.friend_id = a.viewer_id and e.state = 'active'
    join current_friends f on f.user_id = a.viewer_id and f.friend_id = p.user_id
    where p.post_id = post and p.visibility = 'specific-friends'
$$;

-- The people who can see a post now, its author left out.
create function post_viewers(post uuid) returns table (viewer_id uuid)
language sql stable parallel safe as $$
    select f.viewer_id
    from posts p
    cross join lateral post_friends(p.post_id) f
    where p.post_id = post and p.status = 'active' and p.posted_at is not null
$$;

-- The people who could see a post were it active: who is told that it went away.
create function post_relation(post uuid) returns table (viewer_id uuid)
language sql stable parallel safe as $$
    select p.user_id from posts p where p.post_id = post
    union all
    select f.viewer_id
    from posts p
    cross join lateral post_friends(p.post_id) f
    where p.post_id = post and p.posted_at is not null
$$;

-- Comments that may be shown to one person under a post that he may see.
create function shown_comments(viewer uuid) returns setof comments
language sql stable parallel safe as $$
    select c.*
    from comments c
    where c.status = 'active' and not c.author_suspended
      and not exists (select from blocks_either_way b where b.user_id = viewer and b.other_id = c.user_id)
$$;

-- Comments that one person may see. Always name viewer_id and post_id; for a comment, take `visible_comment`.
create view visible_comments as
    select v.viewer_id, v.user_id as post_author_id, c.*
    from visible_posts v
    cross join lateral shown_comments(v.viewer_id) c
    where c.post_id = v.post_id and v.posted_at is not null;

-- One comment, if a person may see it: asked from the comment to its post. The limit keeps the planner from
-- joining everything that the person sees instead.
create function visible_comment(viewer uuid, comment uuid) returns setof visible_comments
language sql stable parallel safe as $$
    select seen.*
    from comments m
    cross join lateral (
        select c.* from visible_comments c
        where c.viewer_id = viewer and c.post_id = m.post_id and c.comment_id = m.comment_id
        limit 1) seen
    where m.comment_id = comment
$$;

-- One page of a post's comments as one person sees them, oldest first, read in the order of the index.
create function comment_page(viewer uuid, post uuid, after_at timestamptz, after_id uuid, page_size bigint)
returns setof comments
language sql stable parallel safe as $$
    select c.*
    from visible_posts v
    cross join lateral (
        select * from shown_comments(viewer) shown
        where shown.post_id = v.post_id and (shown.commented_at, shown.comment_id) > (after_at, after_id)
        order by shown.commented_at, shown.comment_id
        limit page_size) c
    where v.viewer_id = viewer and v.post_id = post and v.posted_at is not null
$$;

-- Who may be told now of an event about a post, a comment or a friendship. Targeted events are also for their
-- recipient only; events of other kinds are for their recipient without a question.
create function event_readers(kind text, post uuid, comment uuid, author uuid, friendship uuid)
returns table (reader_id uuid)
language sql stable parallel safe as $$
    select v.viewer_id from visible_posts v where kind in ('post.ready', 'post.updated') and v.post_id = post
    union all
    select r.viewer_id from post_relation(post) r
    where kind = 'post.removed'
      and not exists (select from visible_posts v where v.viewer_id = r.viewer_id and v.post_id = post)
    union all
    select v.viewer_id from visible_posts v
    where kind in ('comment.created', 'comment.updated') and v.post_id = post and v.posted_at is not null
      and exists (select from shown_comments(v.viewer_id) c where c.comment_id = comment and c.post_id = post)
    union all
    select v.viewer_id from visible_posts v
    where kind = 'comment.removed' and v.post_id = post
      and not exists (select from blocks_either_way b where b.user_id = v.viewer_id and b.other_id = author)
    union all
    select e.user_id from friend_edges e
    where kind in ('friend.requested', 'friend.accepted') and e.friendship_id = friendship
      and e.state in ('active', 'incoming', 'outgoing')
$$;

-- How many comments of a post a person sees, from its exact counters. One row: the planner inlines only
-- functions that return sets.
create function visible_comment_count(viewer uuid, post uuid, total integer, suspended integer)
returns table (comment_count integer)
language sql stable parallel safe as $$
    select total - suspended - case
        when total > suspended and exists (select from blocks_either_way b where b.user_id = viewer)
        then (select count(*)::integer
              from blocks_either_way b
              join comments c on c.user_id = b.other_id
              where b.user_id = viewer and c.post_id = post and c.status = 'active' and not c.author_suspended)
        else 0 end
$$;

-- A post as one person is shown it. Only for ids that were found visible: it does not ask again. Its author
-- is shown whom it is for. The limit has it planned apart, so that each post of a page is a probe by key.
create function shown_post(viewer uuid, post uuid)
returns table (post_id uuid, version integer, author_id uuid, username text, display_name text, profile_picture_metadata jsonb,
    image_metadata jsonb, caption text, alt text, visibility post_visibility, status post_status, comment_count integer,
    audience jsonb, posted_at timestamptz, created_at timestamptz, updated_at timestamptz)
language sql stable parallel safe as $$
    select p.post_id, p.version, u.user_id, u.username, u.display_name, u.profile_picture_metadata,
        p.image_metadata, p.caption, p.alt, p.visibility, p.status, c.comment_count,
        case when p.user_id = viewer and p.visibility = 'specific-friends' then (
            select coalesce(jsonb_agg(jsonb_build_object('user_id', a.user_id, 'username', a.username,
                       'display_name', a.display_name, 'picture', a.profile_picture_metadata)
                       order by lower(a.display_name), a.user_id), '[]')
            from post_friends(p.post_id) f
            join users a on a.user_id = f.viewer_id
            where p.status = 'active') end,
        p.posted_at, p.created_at, p.updated_at
    from posts p
    join users u on u.user_id = p.user_id
    cross join lateral visible_comment_count(viewer, p.post_id, p.comment_count, p.suspended_comment_count) c
    where p.post_id = post
    limit 1
$$;

-- Which of a person's contacts are accounts he may know of. An account is found by its number only if its
-- own setting lets it: by anyone, or by those whose number it holds too. Friendship never loosens this.
create view matched_contacts as
    select c.user_id, c.contact_id, u.user_id as other_id, u.phone_number as other_phone_number, me.phone_number
    from contacts c
    join users me on me.user_id = c.user_id
    join users u on u.phone_number = c.contact_phone_number
    join user_settings s on s.user_id = u.user_id
    where c.looked_up and u.status = 'active' and u.user_id <> c.user_id
      and not exists (select from blocks_either_way b where b.user_id = c.user_id and b.other_id = u.user_id)
      and (s.privacy_settings ->> 'find_by_phone' = 'anyone'
           or (s.privacy_settings ->> 'find_by_phone' = 'mutual'
               and exists (select from contacts back
                           where back.user_id = u.user_id and back.contact_phone_number = me.phone_number)));

-- What every contact is to its owner, told from the accounts and friendships; `contacts.status` is its cache.
create view contact_statuses as
    select c.user_id, c.contact_id, c.looked_up, m.other_id,
        case
            when m.other_id is null then 'not-on-platform'
            when e.state = 'active' then 'friend'
            else 'pending'
        end::contact_status as status
    from contacts c
    left join matched_contacts m on m.user_id = c.user_id and m.contact_id = c.contact_id
    left join friend_edges e on e.user_id = c.user_id and e.friend_id = m.other_id;

-- People who hold each other's number, where the other lets himself be found.
create view mutual_contacts as
    select m.user_id, m.contact_id, m.other_id
    from matched_contacts m
    where exists (select from contacts back
                  where back.user_id = m.other_id and back.contact_phone_number = m.phone_number);

-- Whose card (name and picture) a person may have by user id.
create function visible_cards(viewer uuid, ids uuid[]) returns setof users
language sql stable parallel safe as $$
    select u.*
    from users u
    where u.user_id = any (ids)
      and (u.user_id = viewer or (
          u.status = 'active'
          and not exists (select from blocks_either_way b where b.user_id = viewer and b.other_id = u.user_id)
          and (exists (select from friend_edges e where e.user_id = viewer and e.friend_id = u.user_id
                       and e.state in ('active', 'incoming', 'outgoing'))
               or exists (select from mutual_contacts m where m.user_id = viewer and m.other_id = u.user_id)
               or exists (select from comments m cross join lateral visible_comment(viewer, m.comment_id) v
                          where m.user_id = u.user_id))))
$$;

-- Whose card a person gets by a username known exactly: a public handle among active accounts. Whoever may
-- have the card may load its picture.
create function named_cards(viewer uuid) returns setof users
language sql stable parallel safe as $$
    select u.*
    from users u
    where u.status = 'active'
      and not exists (select from blocks_either_way b where b.user_id = viewer and b.other_id = u.user_id)
$$;

-- An image, if one person may load it: that of a post that he sees, the picture of somebody whose card he may
-- have, or one that he uploaded himself.
create function visible_image(viewer uuid, image uuid) returns setof images
language sql stable parallel safe as $$
    select i.*
    from images i
    where i.image_id = image
      and exists (select from users me where me.user_id = viewer and me.status = 'active')
      and (i.owner_id = viewer
           or exists (select from visible_posts v
                      where v.viewer_id = viewer
                        and v.post_id = (select p.post_id from posts p where p.image_id = image))
           or exists (select from named_cards(viewer) u
                      where u.user_id = i.owner_id and u.profile_picture_metadata ->> 'image_id' = image::text))
$$;
