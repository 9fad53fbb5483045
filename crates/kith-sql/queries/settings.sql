--! get_settings
select version, privacy_settings, notification_preferences from user_settings where user_id = :user_id;

--! lock_settings
select version, privacy_settings, notification_preferences from user_settings where user_id = :user_id for update;

--! put_settings
update user_settings
set privacy_settings = :privacy_settings, notification_preferences = :notification_preferences,
    version = version + 1, updated_at = :now
where user_id = :user_id
returning version;
