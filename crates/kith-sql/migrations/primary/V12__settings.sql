-- Stored settings may be of an earlier version, in which a member was not there yet: it means its default, as it does to
-- everybody who reads them. Otherwise this is the view of V07.

create or replace view matched_contacts as
    select c.user_id, c.contact_id, u.user_id as other_id, u.phone_number as other_phone_number, me.phone_number
    from contacts c
    join users me on me.user_id = c.user_id
    join users u on u.phone_number = c.contact_phone_number
    join user_settings s on s.user_id = u.user_id
    where c.looked_up and u.status = 'active' and u.user_id <> c.user_id
      and not exists (select from blocks_either_way b where b.user_id = c.user_id and b.other_id = u.user_id)
      and (coalesce(s.privacy_settings ->> 'find_by_phone', 'mutual') = 'anyone'
           or (coalesce(s.privacy_settings ->> 'find_by_phone', 'mutual') = 'mutual'
               and exists (select from contacts back
                           where back.user_id = u.user_id and back.contact_phone_number = me.phone_number)));
