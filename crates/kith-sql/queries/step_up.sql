--! own_number
select phone_number, phone_number_envelope from users where user_id = :user_id;
