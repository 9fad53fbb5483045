-- A report may have come before the provider's own answer. What it said counts only if it was this provider's:
-- one that was given up may have sent the message all the same.
--! settle_sent
update sms_attempts
set outcome = 'sent', failed_providers = :failed_providers,
    delivery_status = case when provider = :provider then delivery_status end,
    delivered_at = case when provider = :provider then delivered_at end,
    provider = :provider, provider_message_id = :provider_message_id
where attempt_id = :attempt_id;

-- Nothing was sent, so that nothing was spent. The rows are taken in the order in which sending takes them.
--! settle_failed
with failed as (
    update sms_attempts set outcome = 'failed' where attempt_id = :attempt_id and outcome <> 'failed'
    returning prefix, country, created_at
)
insert into sending_counts (scope, subject, period, sends, last_sent_at)
select wanted.scope, wanted.subject, date_bin('10 minutes', failed.created_at, 'epoch'::timestamptz), 1,
    failed.created_at
from failed, lateral (values (1, 'prefix', failed.prefix), (2, 'country', failed.country), (3, 'everybody', ''))
    as wanted (place, scope, subject)
order by wanted.place
on conflict (scope, subject, period) do update set sends = sending_counts.sends - 1;

-- Moves a message forward and never back: `may_follow` has the states that this one comes after.
--! note_delivery (attempt_id?, delivered_at?)
update sms_attempts
set delivery_status = :status, delivered_at = :delivered_at, provider = :provider,
    provider_message_id = coalesce(provider_message_id, :provider_message_id)
where (delivery_status is null or delivery_status = any (:may_follow::text[]))
  and (attempt_id = :attempt_id or :attempt_id::uuid is null)
  and (provider = :provider and (provider_message_id = :provider_message_id or attempt_id = :attempt_id)
       or provider is null and outcome = 'accepted' and attempt_id = :attempt_id);

--! providers_that_failed
select distinct name
from sms_attempts a
cross join unnest(a.failed_providers || case when a.delivery_status = 'undelivered' then array[a.provider] end) as name
where a.phone_number = :phone_number and a.created_at > :since;
