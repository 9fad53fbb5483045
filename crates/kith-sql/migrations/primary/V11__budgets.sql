-- What the budgets of codes are counted from.

alter table sms_attempts
    -- Country code and the next three digits: an area or an operator's range, not a person.
    add column prefix text not null default '',
    -- The device or, for somebody who is signed in, the session that asked.
    add column device_id uuid,
    -- When the right code came back.
    add column answered_at timestamptz;
create index sms_attempts_verification_id_idx on sms_attempts (verification_id);
create index sms_attempts_device_id_idx on sms_attempts (device_id, created_at) where device_id is not null;

-- When a code was last compared: a day of tries is counted from there.
alter table verification_flows add column tried_at timestamptz;

-- Codes sent to many people, by ten minutes: counting the attempts of a day would take longer the more there are.
create table sending_counts (
    scope text not null,
    -- Digits, two letters of a country, or nothing.
    subject text not null,
    period timestamptz not null,
    sends bigint not null,
    answered bigint not null default 0,
    last_sent_at timestamptz not null,
    constraint sending_counts_pkey primary key (scope, subject, period),
    constraint sending_counts_scope_check check (scope in ('prefix', 'country', 'everybody')),
    constraint sending_counts_answered_check check (answered between 0 and sends)
);
create index sending_counts_period_idx on sending_counts (period);
