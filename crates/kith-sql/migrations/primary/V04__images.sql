-- Uploads become images; an image has renditions and belongs to a post or to a profile.

create table images (
    image_id uuid primary key,
    owner_id uuid not null constraint images_owner_id_fkey references users on delete cascade,
    -- A new encoding of the same picture is a new version under a new URL.
    version integer not null default 1,
    content_sha256 bytea not null,
    width integer not null,
    height integer not null,
    -- Everything a client needs to show it: placeholder, renditions with their sizes and types.
    metadata jsonb not null,
    created_at timestamptz not null,
    constraint images_size_check check (width between 1 and 20000 and height between 1 and 20000),
    constraint images_version_check check (version > 0)
);
create index images_owner_id_idx on images (owner_id);

create table uploads (
    upload_id uuid primary key,
    user_id uuid not null constraint uploads_user_id_fkey references users on delete cascade,
    content_type text not null,
    byte_size bigint not null,
    sha256 bytea not null,
    -- Where it may also come in parts of one length: that length, and the checksums of the parts in their order.
    part_size integer,
    part_sha256 bytea,
    object_key text not null constraint uploads_object_key_key unique,
    state text not null default 'awaiting',
    image_id uuid constraint uploads_image_id_fkey references images on delete set null,
    failure_type text,
    failure_detail text,
    -- The post that went away with it, whose author is told why.
    failed_post_id uuid,
    -- Set once, when a post or a profile takes the image.
    used_at timestamptz,
    -- When it is removed, if nothing has used it by then.
    expires_at timestamptz not null,
    completed_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint uploads_content_type_check check (content_type in
        ('image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/heic', 'image/heif', 'image/gif')),
    constraint uploads_byte_size_check check (byte_size between 1 and 26214400),
    constraint uploads_sha256_check check (octet_length(sha256) = 32),
    constraint uploads_parts_check check (num_nulls(part_size, part_sha256) in (0, 2)),
    constraint uploads_part_count_check check
        (octet_length(part_sha256) = 32 * ((byte_size + part_size - 1) / part_size)),
    constraint uploads_part_size_check check (part_size > 0),
    constraint uploads_state_check check (state in ('awaiting', 'processing', 'ready', 'failed')),
    constraint uploads_completed_check check ((state = 'awaiting') = (completed_at is null)),
    constraint uploads_failure_check check ((state = 'failed') = (failure_type is not null)),
    constraint uploads_failed_post_check check (failed_post_id is null or state = 'failed')
);
create index uploads_user_id_idx on uploads (user_id);
create index uploads_unused_idx on uploads (expires_at) where used_at is null;
create index uploads_processing_idx on uploads (completed_at) where state = 'processing';
create index uploads_image_id_idx on uploads (image_id);
