--! insert_upload (part_size?, part_sha256?)
insert into uploads
    (upload_id, user_id, content_type, byte_size, sha256, part_size, part_sha256, object_key, expires_at, created_at, updated_at)
values
    (:upload_id, :user_id, :content_type, :byte_size, :sha256, :part_size, :part_sha256, :object_key, :expires_at, :now, :now);

-- Uploads of one person start one after the other.
--! lock_uploader
select user_id from users where user_id = :user_id for no key update;

-- One that is in use does not count, and one that has expired goes with the next sweep.
--! unused_uploads_of
select byte_size, expires_at from uploads
where user_id = :user_id and used_at is null and expires_at > :now
order by expires_at;

--: Upload(part_size?, part_sha256?, image?, failure_type?, failure_detail?)

--! own_upload : Upload
select u.upload_id, u.content_type, u.byte_size, u.sha256, u.part_size, u.part_sha256, u.object_key, u.state, u.failure_type, u.failure_detail,
    i.metadata as image
from uploads u
left join images i on i.image_id = u.image_id
where u.upload_id = :upload_id and u.user_id = :user_id;

--! start_processing
update uploads set state = 'processing', completed_at = :now, updated_at = :now
where upload_id = :upload_id and user_id = :user_id and state = 'awaiting';

-- Locks the upload, so that taking it and finishing it happen one after the other.
--! lock_upload : (used_at?)
select state, used_at from uploads where upload_id = :upload_id and user_id = :user_id for update;

--! upload_image
select i.metadata as image
from uploads u
join images i on i.image_id = u.image_id
where u.upload_id = :upload_id;

--! use_upload
update uploads set used_at = :now, updated_at = :now
where upload_id = :upload_id and used_at is null and state in ('processing', 'ready');

-- What had it is gone: the sweep takes it.
--! release_upload
update uploads set used_at = null, updated_at = :now where upload_id = :upload_id;

--! upload_to_process
select u.user_id, u.byte_size, u.sha256, u.object_key, u.state, u.created_at,
    coalesce(s.privacy_settings -> 'store_location' = 'true'::jsonb, false) as keeps_location
from uploads u
left join user_settings s on s.user_id = u.user_id
where u.upload_id = :upload_id;

--! insert_image
insert into images (image_id, owner_id, version, content_sha256, width, height, metadata, created_at)
values (:image_id, :owner_id, :version, :content_sha256, :width, :height, :metadata, :now);

--! finish_upload
update uploads set state = 'ready', image_id = :image_id, updated_at = :now
where upload_id = :upload_id and state = 'processing';

-- It was used by nothing that remains, so that the sweep takes it, but not before its owner could read why.
--! fail_upload
update uploads
set state = 'failed', failure_type = :failure_type, failure_detail = :failure_detail, used_at = null,
    expires_at = greatest(expires_at, :kept_until), updated_at = :now
where upload_id = :upload_id and state = 'processing';

-- The post that the failed upload took along.
--! put_failed_post
update uploads set failed_post_id = :post_id where upload_id = :upload_id and state = 'failed';

--! processing_uploads
select completed_at, upload_id from uploads
where state = 'processing' and (completed_at, upload_id) > (:after_at, :after_id)
order by completed_at, upload_id
limit :max_rows;

--! lock_processing_upload
select upload_id from uploads where upload_id = :upload_id and state = 'processing' for update;

-- What nothing has used in time. A photo still in work is not touched: it is finished or given up first.
--! unused_uploads
select upload_id, user_id, object_key, created_at from uploads
where used_at is null and expires_at < :now and state <> 'processing'
order by expires_at
limit :max_rows;

--! delete_unused_upload
delete from uploads
where upload_id = :upload_id and used_at is null and expires_at < :now and state <> 'processing';

--! delete_image
delete from images where image_id = :image_id;

--! delete_upload_of_image
delete from uploads where image_id = :image_id;

-- Of these uploads, those whose bytes are still needed.
--! uploads_in_work
select upload_id from uploads where upload_id = any (:upload_ids) and state = 'processing';

-- Uploads in work that were made in one of these milliseconds.
--! processing_uploads_of
select upload_id, user_id, created_at from uploads
where state = 'processing' and date_trunc('milliseconds', created_at) = any (:times);

--! known_images
select image_id from images where image_id = any (:image_ids);

-- The version that is asked for: the one of now, or the one before while it still answers.
--! visible_image : (image?)
select case when i.version = :version then i.metadata else i.previous end as image
from visible_image(:viewer_id, :image_id) i
where i.version = :version or (i.previous_until > :now and (i.previous ->> 'version')::integer = :version);

--! image_metadata
select metadata as image from images where image_id = :image_id;

--! lock_image
select owner_id, metadata as image from images where image_id = :image_id for update;

--! put_image_metadata
update images set metadata = :metadata where image_id = :image_id;

--! put_picture_metadata
update users set profile_picture_metadata = :metadata, profile_picture_url = :url
where user_id = :user_id and profile_picture_metadata ->> 'image_id' = :image_id;

--! is_image_used
select exists (select from posts where image_id = :image_id)
    or exists (select from users u where u.user_id = i.owner_id and u.profile_picture_metadata ->> 'image_id' = i.image_id::text)
    as is_used
from images i where i.image_id = :image_id;

--! lock_picture : (image?)
select profile_picture_metadata as image from users where user_id = :user_id for update;

--! is_upload_of_image
select exists (select from uploads where upload_id = :upload_id and user_id = :user_id and image_id = :image_id)
    as is_upload_of_image;

--! set_picture (url?, metadata?)
update users
set profile_picture_url = :url, profile_picture_metadata = :metadata, version = version + 1, updated_at = :now
where user_id = :user_id;

-- Once for every image: later views write nothing.
--! note_views
update images set viewed_at = :now where image_id = any (:image_ids) and viewed_at is null;

-- What was looked at and has not been encoded a second time, the longest waiting first.
--! next_viewed_image
select metadata as image from images
where viewed_at is not null and refined_at is null and previous is null
order by viewed_at
limit 1;

--! refined_image
update images set refined_at = :now where image_id = :image_id;

--! replace_image
update images set previous = metadata, previous_until = :previous_until, version = :version
where image_id = :image_id;

--! ended_versions
select image_id, metadata as image, previous from images
where previous_until <= :now
order by previous_until
limit :max_rows;

--! forget_version
update images set previous = null, previous_until = null
where image_id = :image_id and previous_until <= :now;

--! owner_key
select data_key from users where user_id = :user_id;

--! image_owner_key
select i.owner_id, u.data_key
from images i
join users u on u.user_id = i.owner_id
where i.image_id = :image_id;
