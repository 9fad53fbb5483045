-- Posts, the people chosen to see them, and their comments.

create type post_status as enum ('active', 'deleted', 'flagged');
create type post_visibility as enum ('friends-only', 'specific-friends');
create type comment_status as enum ('active', 'deleted', 'flagged');

create table posts (
    post_id uuid primary key,
    user_id uuid not null constraint posts_user_id_fkey references users on delete cascade,
    upload_id uuid not null constraint posts_upload_id_key unique
        constraint posts_upload_id_fkey references uploads on delete cascade,
    image_id uuid constraint posts_image_id_key unique constraint posts_image_id_fkey references images,
    image_url text,
    image_metadata jsonb,
    caption text,
    alt text,
    -- When it became visible; empty while the photo is being processed.
    posted_at timestamptz,
    -- The exact number of active comments.
    comment_count integer not null default 0,
    -- How many of them are by people suspended now.
    suspended_comment_count integer not null default 0,
    -- Time of the newest comment: the next one gets a later time, so that times follow the order of commits.
    last_commented_at timestamptz,
    status post_status not null default 'active',
    visibility post_visibility not null,
    version integer not null default 1,
    deleted_at timestamptz,
    -- What it was when its author deleted it: restoring brings that back, and nothing else.
    deleted_from post_status,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint posts_image_check check ((posted_at is null) = (image_id is null)
        and (image_id is null) = (image_url is null) and (image_url is null) = (image_metadata is null)),
    constraint posts_comment_count_check check (comment_count >= 0 and suspended_comment_count between 0 and comment_count),
    constraint posts_deleted_at_check check ((status = 'deleted') = (deleted_at is not null)),
    constraint posts_deleted_from_check check (deleted_from is null or (status = 'deleted' and deleted_from <> 'deleted')),
    constraint posts_version_check check (version > 0)
);
create index posts_user_id_idx on posts (user_id, posted_at desc, post_id desc);
create index posts_posted_at_idx on posts using brin (posted_at);
create index posts_deleted_at_idx on posts (deleted_at) where status = 'deleted';
-- The feed's probe: the newest posts of one author that all of his friends may see.
create index posts_for_friends_idx on posts (user_id, posted_at desc, post_id desc)
    where status = 'active' and visibility = 'friends-only' and posted_at is not null;

create table post_audience (
    post_id uuid not null constraint post_audience_post_id_fkey references posts on delete cascade,
    viewer_id uuid not null constraint post_audience_viewer_id_fkey references users on delete cascade,
    author_id uuid not null,
    -- posts.posted_at, repeated so that a viewer's page is read in order.
    posted_at timestamptz,
    constraint post_audience_pkey primary key (post_id, viewer_id),
    constraint post_audience_author_check check (viewer_id <> author_id)
);
create index post_audience_viewer_id_idx on post_audience (viewer_id, posted_at desc, post_id desc) include (author_id);

create table comments (
    comment_id uuid primary key,
    post_id uuid not null constraint comments_post_id_fkey references posts on delete cascade,
    user_id uuid not null constraint comments_user_id_fkey references users on delete cascade,
    content text not null,
    commented_at timestamptz not null,
    status comment_status not null default 'active',
    -- Whether its author is suspended now.
    author_suspended boolean not null default false,
    version integer not null default 1,
    deleted_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint comments_deleted_at_check check ((status = 'deleted') = (deleted_at is not null)),
    constraint comments_content_check check ((status = 'deleted') = (content = '')),
    constraint comments_version_check check (version > 0)
);
create index comments_post_id_idx on comments (post_id, commented_at, comment_id);
create index comments_user_id_idx on comments (user_id, post_id);
create index comments_commented_at_idx on comments using brin (commented_at);
