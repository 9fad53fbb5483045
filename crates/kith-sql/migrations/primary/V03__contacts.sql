-- Address books: a keyed blind index to match by, envelopes under the owner's data key to read by.

create type contact_status as enum ('friend', 'pending', 'not-on-platform');

create table contacts (
    contact_id uuid primary key,
    user_id uuid not null constraint contacts_user_id_fkey references users on delete cascade,
    -- Keyed blind index of the number, comparable with users.phone_number.
    contact_phone_number bytea not null,
    contact_phone_number_envelope bytea not null,
    -- Envelope of the name.
    contact_name bytea not null,
    -- A cache of what the friendships and the account table say; `kith admin rebuild` proves it true.
    status contact_status not null default 'not-on-platform',
    -- False while the owner's lookup budget is used up: stored, but not yet matched.
    looked_up boolean not null default true,
    date_added timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint contacts_user_id_contact_phone_number_key unique (user_id, contact_phone_number),
    constraint contacts_contact_phone_number_check check (octet_length(contact_phone_number) = 32)
);
create index contacts_contact_phone_number_idx on contacts (contact_phone_number);
create index contacts_user_id_idx on contacts (user_id);
create index contacts_updated_at_idx on contacts using brin (updated_at);
create index contacts_deferred_idx on contacts (user_id, created_at) where not looked_up;

-- How many new numbers a person may still look up: a bucket that refills by the day.
create table contact_budgets (
    user_id uuid primary key constraint contact_budgets_user_id_fkey references users on delete cascade,
    available integer not null,
    refilled_at timestamptz not null,
    constraint contact_budgets_available_check check (available >= 0)
);
