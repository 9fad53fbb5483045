-- The audit log and the owner hear of it with the change.
--! set_role (phone_number?, username?)
with changed as (
    update users set role = :role, version = version + 1, updated_at = :now
    where phone_number = :phone_number or username = :username
    returning user_id, role
), logged as (
    insert into audit_log (audit_id, kind, user_id, details, created_at)
    select :audit_id, 'role-changed', c.user_id, jsonb_build_object('role', c.role), :now from changed c
), told as (
    insert into events (event_id, kind, recipient_id, audit_id, occurred_at)
    select :audit_id, 'account.noted', c.user_id, :audit_id, :now from changed c
)
select user_id from changed;
