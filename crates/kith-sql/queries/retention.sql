-- Each statement deletes one batch, so that none holds locks for long.

-- Events that every consumer has seen. The newest number deleted is kept: places before it are too old.
--! delete_old_events
with gone as (
    delete from events
    where event_id = any (array(
        select e.event_id from events e
        where e.occurred_at < :before
          and e.seq <= (select min(p.seq) from event_positions p where p.name not in ('head', 'purged'))
        limit :max_rows))
    returning seq
), noted as (
    update event_positions set seq = greatest(seq, (select max(gone.seq) from gone))
    where name = 'purged' and exists (select from gone)
)
select count(*) as deleted from gone;

--! delete_old_idempotency_keys
delete from idempotency_keys
where (user_id, route, key) in (
    select k.user_id, k.route, k.key from idempotency_keys k where k.created_at < :before limit :max_rows);

-- Sessions that were ended, and for longer those that ran out: such a device may still vouch for its owner.
--! delete_ended_sessions
delete from refresh_tokens
where token_id = any (array(
    select t.token_id from refresh_tokens t
    where t.revoked_at < :before or t.expires_at < :silent_before limit :max_rows));

--! delete_old_audit
delete from audit_log
where audit_id = any (array(select a.audit_id from audit_log a where a.created_at < :before limit :max_rows));

--! delete_old_sms_attempts
delete from sms_attempts
where attempt_id = any (array(
    select a.attempt_id from sms_attempts a where a.created_at < :before limit :max_rows));

--! delete_old_flows
delete from verification_flows
where verification_id = any (array(
    select f.verification_id from verification_flows f where f.created_at < :before limit :max_rows));

--! delete_old_sending_counts
delete from sending_counts
where (scope, subject, period) in (
    select c.scope, c.subject, c.period from sending_counts c where c.period < :before limit :max_rows);

--! delete_old_passkey_flows
delete from passkey_flows
where flow_id = any (array(
    select f.flow_id from passkey_flows f where f.expires_at < :before limit :max_rows));

--! delete_old_password_tries
delete from password_tries
where try_id = any (array(
    select t.try_id from password_tries t where t.created_at < :before limit :max_rows));

--! delete_old_oidc_flows
delete from oidc_flows
where state_hash = any (array(
    select f.state_hash from oidc_flows f where f.created_at < :before limit :max_rows));

--! delete_old_email_flows
delete from email_flows
where flow_id = any (array(
    select f.flow_id from email_flows f where f.created_at < :before limit :max_rows));
