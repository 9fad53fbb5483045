-- Which line of the audit log a notice about the account comes from. The other server has it.
alter table secondary.notifications add column audit_id uuid;
