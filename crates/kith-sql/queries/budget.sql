-- Waits for others that spend from the same budgets, in the order given, until the transaction ends. Whoever
-- would wait long is refused instead: who is signed in needs the connections, too.
--! lock_budgets
select count(*) as locked from (
    select set_config('lock_timeout', :patience, true),
        pg_advisory_xact_lock(hashtextextended(budget.name, 0))
    from unnest(:names::text[]) with ordinality as budget (name, place) order by budget.place) as locks;

-- What was spent lately, and since when, by this number, this network and this device; codes of the network that
-- nobody answered, but for this number's own; wrong codes for this number, and when it was last served.
--! sending_history (device_id?) : (number_since?, calls_since?, first_text_at?, network_since?, unanswered_since?, device_since?, tries_since?, last_sent_at?)
select number.sends as number_sends, number.since as number_since, number.calls, number.calls_since,
    number.first_text_at, network.sends as network_sends, network.since as network_since, network.unanswered,
    network.unanswered_since, device.sends as device_sends, device.since as device_since, device.proven,
    device.unanswered as device_unanswered,
    wrong.tries as number_tries, wrong.since as tries_since, wrong.last_sent_at
from
    (select count(*) as sends, min(created_at) as since,
         count(*) filter (where channel = 'call') as calls,
         min(created_at) filter (where channel = 'call') as calls_since,
         min(created_at) filter (where channel = 'sms') as first_text_at
     from sms_attempts where phone_number = :phone_number and created_at > :day_ago and outcome <> 'failed') number,
    (select count(*) filter (where created_at > :hour_ago) as sends,
         min(created_at) filter (where created_at > :hour_ago) as since,
         count(*) filter (where answered_at is null and phone_number <> :phone_number) as unanswered,
         min(created_at) filter (where answered_at is null and phone_number <> :phone_number) as unanswered_since
     from sms_attempts where ip_prefix = :ip_prefix and created_at > :day_ago) network,
    (select count(*) filter (where created_at > :day_ago) as sends,
         min(created_at) filter (where created_at > :day_ago) as since,
         coalesce(bool_or(answered_at is not null), false) as proven,
         count(*) filter (where answered_at is null and phone_number <> :phone_number and created_at > :day_ago)
             as unanswered
     from sms_attempts where device_id = :device_id) device,
    (select coalesce(sum(tries - (state = 'used')::int) filter (where coalesce(tried_at, created_at) > :day_ago), 0)
             as tries,
         min(coalesce(tried_at, created_at)) filter (where coalesce(tried_at, created_at) > :day_ago
             and tries > (state = 'used')::int) as since,
         max(created_at) as last_sent_at
     from verification_flows where phone_number = :phone_number) wrong;

-- What was sent to many and how much of it was answered, for each scope that has anything.
--! sending_counts
select c.scope, sum(c.sends)::bigint as sends, sum(c.answered)::bigint as answered, min(c.period) as since,
    max(c.last_sent_at) as last_sent_at
from unnest(:scopes::text[], :subjects::text[]) as wanted (scope, subject)
join sending_counts c on c.scope = wanted.scope and c.subject = wanted.subject and c.period > :since
group by c.scope;

-- Records a message before it is sent, and counts it for everybody whom it concerns.
--! insert_attempt (device_id?)
with attempt as (
    insert into sms_attempts (attempt_id, verification_id, phone_number, ip_prefix, device_id, country, prefix, channel,
        created_at)
    values (:attempt_id, :verification_id, :phone_number, :ip_prefix, :device_id, :country, :prefix, :channel, :now)
)
insert into sending_counts (scope, subject, period, sends, last_sent_at)
select wanted.scope, wanted.subject, date_bin('10 minutes', :now, 'epoch'::timestamptz), 1, :now
from unnest(:scopes::text[], :subjects::text[]) with ordinality as wanted (scope, subject, place)
order by wanted.place
on conflict (scope, subject, period) do update
set sends = sending_counts.sends + 1, last_sent_at = greatest(sending_counts.last_sent_at, excluded.last_sent_at);

-- How long this transaction waits for locks.
--! be_patient
select set_config('lock_timeout', :patience, true) as patience;

-- Notes that the right code of a message came back. The rows are taken in the order in which sending takes them.
--! answer_attempt
with answered as (
    update sms_attempts set answered_at = :now where verification_id = :verification_id and answered_at is null
    returning prefix, country, created_at
)
insert into sending_counts (scope, subject, period, sends, answered, last_sent_at)
select wanted.scope, wanted.subject, date_bin('10 minutes', answered.created_at, 'epoch'::timestamptz), 1, 1,
    answered.created_at
from answered, lateral (values (1, 'prefix', answered.prefix), (2, 'country', answered.country), (3, 'everybody', ''))
    as wanted (place, scope, subject)
order by wanted.place
on conflict (scope, subject, period) do update set answered = sending_counts.answered + 1;
