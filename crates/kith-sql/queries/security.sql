--! insert_audit (user_id?, actor_id?, session_id?)
insert into audit_log (audit_id, kind, user_id, actor_id, session_id, details, created_at)
values (:audit_id, :kind, :user_id, :actor_id, :session_id, :details, :now);
