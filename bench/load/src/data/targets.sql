-- Who asks for what in the benchmark, the same for every contender: a person with a session and a post that he
-- sees, and what the first page of his notifications is about (for the bare SQL). The large ones are people with
-- nearly as many friends as anybody may have.
create schema if not exists bench;
create table bench.targets as
with viewers as (
    (select t.user_id, t.token_id as session_id, 0 as friends, false as is_large
     from refresh_tokens t order by md5(t.token_id::text) limit 5000)
    union all
    (select t.user_id, t.token_id, e.friends, true
     from refresh_tokens t
     join (select user_id, count(*) as friends from friend_edges where state = 'active' group by user_id
           having count(*) >= 450) e on e.user_id = t.user_id
     order by md5(t.token_id::text) limit 500)
), pages as materialized (
    select v.user_id, v.session_id, v.is_large, seen.post_id,
        coalesce(n.comment_ids, '{}') as comment_ids, coalesce(n.actor_ids, '{}') as actor_ids
    from viewers v
    cross join lateral (
        select f.post_id
        from feed_page(v.user_id, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 20) f
        order by md5(f.post_id::text) limit 10) seen
    left join lateral (
        select array_agg(first.reference_id) filter (where first.reference_type = 'comment') as comment_ids,
            array_agg(distinct first.actor_id) as actor_ids
        from (select * from secondary.notifications s where s.user_id = v.user_id
              order by s.created_at desc, s.notification_id desc limit 20) first) n on true
)
select row_number() over (order by is_large, md5(user_id::text || post_id::text))::integer as n, *
from pages;
alter table bench.targets add primary key (n);
create index on bench.targets (is_large, n);
analyze bench.targets;
