-- The owner's own key, sealed: every name and number of the address book opens with it only.
--! get_data_key
select data_key from users where user_id = :user_id;
