--! own_number
select phone_number from users where user_id = :user_id;
