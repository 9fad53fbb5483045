-- What became of a message: who took it, who did not, and what was reported of its way.

alter table sms_attempts
    -- Who took it, and its name there.
    add column provider text,
    add column provider_message_id text,
    -- Who was asked before and did not take it.
    add column failed_providers text[] not null default '{}',
    -- How far it came: null until something is reported.
    add column delivery_status text,
    add column delivered_at timestamptz,
    add constraint sms_attempts_provider_check check ((provider is null) = (provider_message_id is null)),
    add constraint sms_attempts_delivery_status_check check (
        delivery_status is null
        or provider is not null and delivery_status in ('queued', 'sent', 'delivered', 'undelivered')),
    add constraint sms_attempts_delivered_at_check check (
        (delivery_status is not distinct from 'delivered') = (delivered_at is not null));
-- Not unique: a provider that repeats a name must not stop anybody from signing in.
create index sms_attempts_provider_message_id_idx on sms_attempts (provider, provider_message_id)
    where provider is not null;
