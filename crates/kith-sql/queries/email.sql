--! find_address : (email_envelope?)
select email_envelope, email_verified from users where user_id = :user_id;

-- What was sent lately for this account and to this address, since when, and when last.
--! mail_history : (user_since?, user_last?, address_since?, address_last?)
select account.sends as user_sends, account.since as user_since, account.last as user_last,
    address.sends as address_sends, address.since as address_since, address.last as address_last
from
    (select count(*) as sends, min(created_at) as since, max(created_at) as last from email_flows
     where user_id = :user_id and created_at > :day_ago and state <> 'unsent') account,
    (select count(*) as sends, min(created_at) as since, max(created_at) as last from email_flows
     where email = :email and created_at > :day_ago and state <> 'unsent') address;

--! replace_open_mail
update email_flows set state = 'replaced' where user_id = :user_id and state = 'open';

--! insert_mail_flow
insert into email_flows (flow_id, user_id, email, code_hash, created_at, expires_at)
values (:flow_id, :user_id, :email, :code_hash, :now, :expires_at);

-- The code never left, for reasons that pass: it counts for nothing.
--! forget_mail_flow
update email_flows set state = 'unsent' where flow_id = :flow_id and state = 'open';

--! newest_mail_flow
select flow_id, email, state, tries, expires_at from email_flows
where user_id = :user_id and state <> 'unsent'
order by created_at desc, flow_id desc limit 1;

-- Compares and counts in one step: parallel guesses queue at the row, and at most five are ever compared.
--! try_mail_code
update email_flows
set tries = tries + 1,
    state = case when code_hash = :code_hash then 'used' when tries + 1 >= 5 then 'exhausted' else 'open' end
where flow_id = :flow_id and state = 'open' and expires_at > :now and tries < 5
returning state = 'used' as is_right, tries;

--! is_verified_by_another
select exists (
    select from users where email = :email and email_verified and user_id <> :user_id) as is_taken;

-- Only if the address is still the one that the code went to.
--! verify_address
update users set email_verified = true, version = version + 1, updated_at = :now
where user_id = :user_id and email = :email and not email_verified;
