-- A picture that people look at is encoded once more, smaller: a new version under a new URL. The one before
-- answers for a while longer.

alter table images
    -- What was kept of the version before, and until when that one answers.
    add column previous jsonb,
    add column previous_until timestamptz,
    -- When somebody was first seen to look at it, and when the second encoding was through with it.
    add column viewed_at timestamptz,
    add column refined_at timestamptz,
    add constraint images_previous_check check ((previous is null) = (previous_until is null));
create index images_viewed_at_idx on images (viewed_at) where viewed_at is not null and refined_at is null;
create index images_previous_until_idx on images (previous_until) where previous_until is not null;
