--! set_role (phone_number?, username?)
update users set role = :role, version = version + 1, updated_at = :now
where phone_number = :phone_number or username = :username
returning user_id;
