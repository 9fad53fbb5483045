//! How the database finds the feed: by probes of indexes, however many posts there are.

use kith_testkit::{Person, TestApp};
use serde_json::{Value, json};
use tokio_postgres::Client;

/// The statements as they are sent.
const STATEMENTS: &str = concat!(
    include_str!("../../../../kith-sql/queries/posts.sql"),
    include_str!("../../../../kith-sql/queries/comments.sql"),
    include_str!("../../../../kith-sql/queries/events.sql"),
    include_str!("../../../../kith-sql/queries/notifications.sql"),
    include_str!("../../../../kith-sql/queries/uploads.sql"),
);

/// 300 people with some 30 friends and 40 posts each, every fifth post for some friends only, 12,000 posts in all;
/// the last of them befriend the reader.
const CROWD: &str = "
    create temporary table crowd as
        select number, gen_random_uuid() as id from generate_series(1, 300) number;
    insert into users (user_id, phone_number, phone_number_envelope, username, display_name, status, data_key,
        date_joined, last_active, created_at, updated_at)
    select id, sha256(id::text::bytea), '', 'crowd' || number, 'Crowd', 'active', '', now(), now(), now(), now()
    from crowd;
    create temporary table pairs as
        select least(one.id, other.id) as first, greatest(one.id, other.id) as second, gen_random_uuid() as friendship
        from crowd one join crowd other on other.number > one.number and (one.number * 7 + other.number * 13) % 10 = 0
        union all
        select least(id, $READER), greatest(id, $READER), gen_random_uuid() from crowd where number > 150;
    insert into friendships (friendship_id, user_id_1, user_id_2, status, requested_at, accepted_at, initiated_by,
        created_at, updated_at)
    select friendship, first, second, 'active', now(), now(), first, now(), now() from pairs;
    insert into friend_edges (user_id, friend_id, friendship_id, state, since)
    select user_id, friend_id, friendship_id, state, since from expected_friend_edges;
    create temporary table shared as
        select crowd.id as author, gen_random_uuid() as id, crowd.number % 5 = post % 5 as is_for_some,
            now() - (crowd.number * 40 + post) * interval '1 minute' as at
        from crowd cross join generate_series(1, 40) post;
    insert into images (image_id, owner_id, content_sha256, width, height, metadata, created_at)
    select id, author, sha256(''), 1, 1, '{}', at from shared;
    insert into uploads (upload_id, user_id, content_type, byte_size, sha256, object_key, state, image_id, used_at,
        expires_at, completed_at, created_at, updated_at)
    select id, author, 'image/jpeg', 1, sha256(''), id::text, 'ready', id, at, at, at, at, at from shared;
    insert into posts (post_id, user_id, upload_id, image_id, image_url, image_metadata, posted_at, visibility,
        comment_count, created_at, updated_at)
    select id, author, id, id, '', $IMAGE, at,
        (case when is_for_some then 'specific-friends' else 'friends-only' end)::post_visibility, 1, at, at
    from shared;
    insert into post_audience (post_id, viewer_id, author_id, posted_at)
    select s.id, e.friend_id, s.author, s.at from shared s join friend_edges e on e.user_id = s.author
    where s.is_for_some and (hashtext(e.friend_id::text) % 5 = 0 or e.friend_id = $READER);
    insert into comments (comment_id, post_id, user_id, content, commented_at, created_at, updated_at)
    select gen_random_uuid(), id, author, 'x', at, at, at from shared;
    analyze";

/// A named statement with numbers in place of the names of its parameters.
fn statement(name: &str, parameters: &[&str]) -> String {
    let is_named = |line: &&str| line.split([' ', ':', '(']).nth(1) == Some(name);
    let line = STATEMENTS.lines().filter(|line| line.starts_with("--! ")).find(is_named);
    let start = STATEMENTS.find(line.expect("the statement is there")).expect("its place");
    let body = STATEMENTS[start..].split_once('\n').expect("a body").1;
    let mut text = body.split(';').next().expect("an end").to_owned();
    for (number, parameter) in (1..).zip(parameters) {
        text = text.replace(&format!(":{parameter}"), &format!("${number}"));
    }
    text
}

/// Every node of a plan: what it does and on which table or index.
fn nodes(plan: &Value, found: &mut Vec<String>) {
    let text = |field: &str| plan[field].as_str().unwrap_or_default().to_owned();
    found.push(format!("{} {} {}", text("Node Type"), text("Relation Name"), text("Index Name")));
    for child in plan["Plans"].as_array().into_iter().flatten() {
        nodes(child, found);
    }
}

/// The nodes of a prepared statement's plan, and how many pages it reads.
async fn explained(sql: &Client, statement: &str, arguments: &str) -> (Vec<String>, i64) {
    let explain =
        format!("explain (analyze, buffers, format json) execute {statement} ({arguments})");
    let plan: Value = sql.query_one(&explain, &[]).await.expect("a plan").get(0);
    let mut found = Vec::new();
    nodes(&plan[0]["Plan"], &mut found);
    let pages = |kind: &str| plan[0]["Plan"][kind].as_i64().expect("a number");
    (found, pages("Shared Hit Blocks") + pages("Shared Read Blocks"))
}

/// A database with a crowd in it, and its reader.
async fn crowded() -> (TestApp, Person, Client) {
    let app = TestApp::start().await;
    let reader = app.person("ana").await;
    let sql = app.sql().await;
    let reader_id = format!("'{}'::uuid", reader.user_id);
    let rendition =
        |name: &str| json!({ "name": name, "width": 1, "height": 1, "avif": null, "jpeg": 1 });
    let image = json!({
        "image_id": reader.user_id, "version": 1, "placeholder": "", "width": 1, "height": 1,
        "square": rendition("square"), "renditions": [rendition("w320")],
    });
    let crowd =
        CROWD.replace("$READER", &reader_id).replace("$IMAGE", &format!("'{image}'::jsonb"));
    sql.batch_execute(&crowd).await.expect("the crowd");
    (app, reader, sql)
}

/// What a prepared statement may cost.
struct Cost<'a> {
    name: &'a str,
    arguments: String,
    /// Pages of 8 KiB.
    most_pages: i64,
}

/// Runs prepared statements by both kinds of plans: none may scan a table, none may read more than said.
async fn are_probes(sql: &Client, costs: &[Cost<'_>]) {
    for mode in ["force_custom_plan", "force_generic_plan"] {
        sql.batch_execute(&format!("set plan_cache_mode = {mode}")).await.expect("a mode");
        for Cost { name, arguments, most_pages } in costs {
            let (nodes, pages) = explained(sql, name, arguments).await;
            let listing = nodes.join("\n");
            for table in ["posts", "post_audience", "friend_edges", "comments", "users", "images"] {
                let scan = format!("Seq Scan {table} ");
                assert!(!listing.contains(&scan), "{name}, {mode}:\n{listing}");
            }
            assert!(pages < *most_pages, "{name}, {mode} reads {pages} pages:\n{listing}");
        }
    }
}

#[tokio::test]
async fn the_feed_is_read_by_probes_of_indexes() {
    let (_app, reader, sql) = crowded().await;
    let reader_id = format!("'{}'::uuid", reader.user_id);
    assert_eq!(reader.feed().await.len(), 20);
    let place = "'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 21";
    let author: String = sql
        .query_one(
            "select friend_id::text from friend_edges where user_id = $1 limit 1",
            &[&reader.id()],
        )
        .await
        .expect("a friend")
        .get(0);
    let feed = statement("feed", &["viewer_id", "before_at", "before_id", "max_rows"]);
    let grid = statement(
        "posts_of_author",
        &["viewer_id", "author_id", "before_at", "before_id", "max_rows"],
    );
    sql.batch_execute(&format!(
        "prepare feed (uuid, timestamptz, uuid, bigint) as {feed};
         prepare grid (uuid, uuid, timestamptz, uuid, bigint) as {grid}"
    ))
    .await
    .expect("they are prepared");
    // Two probes for each of 150 friends, and some for each of 21 posts.
    are_probes(
        &sql,
        &[
            Cost { name: "feed", arguments: format!("{reader_id}, {place}"), most_pages: 2_500 },
            Cost {
                name: "grid",
                arguments: format!("{reader_id}, '{author}', {place}"),
                most_pages: 700,
            },
        ],
    )
    .await;
}

/// Ids of a friend's newest post, its comment, its image, and of the comment's author.
async fn newest_of_a_friend(sql: &Client, reader: &Person) -> [String; 4] {
    let row = sql
        .query_one(
            "select p.post_id::text, c.comment_id::text, p.image_id::text, c.user_id::text
             from friend_edges e
             join posts p on p.user_id = e.friend_id and p.visibility = 'friends-only'
             join comments c on c.post_id = p.post_id
             where e.user_id = $1 order by p.posted_at desc limit 1",
            &[&reader.id()],
        )
        .await
        .expect("a post");
    [0, 1, 2, 3].map(|column| row.get(column))
}

#[tokio::test]
async fn one_post_comment_or_image_costs_the_same_however_much_one_sees() {
    let (_app, reader, sql) = crowded().await;
    let viewer = format!("'{}'", reader.user_id);
    let [post, comment, image, writer] = newest_of_a_friend(&sql, &reader).await;
    let stranger: String = sql
        .query_one("select id::text from crowd where number = 5", &[])
        .await
        .expect("somebody")
        .get(0);
    let prepare = |name: &str, types: &str, parameters: &[&str]| {
        format!("prepare {name} ({types}) as {};", statement(name, parameters))
    };
    let seqs = ["seqs", "comment_ids"];
    let asked = [
        "seqs",
        "kinds",
        "post_ids",
        "comment_ids",
        "author_ids",
        "friendship_ids",
        "candidate_ids",
    ];
    let page = ["viewer_id", "post_id", "after_at", "after_id", "max_rows"];
    sql.batch_execute(
        &[
            prepare("get_comment", "uuid, uuid", &["viewer_id", "comment_id"]),
            prepare("list_comments", "uuid, uuid, timestamptz, uuid, bigint", &page),
            prepare("comments_said", "uuid[], uuid", &["comment_ids", "viewer_id"]),
            prepare("comment_notices", "bigint[], uuid[]", &seqs),
            prepare("actors_known", "uuid, uuid[]", &["viewer_id", "user_ids"]),
            prepare(
                "event_readers",
                "bigint[], text[], uuid[], uuid[], uuid[], uuid[], uuid[]",
                &asked,
            ),
            prepare(
                "visible_image",
                "uuid, uuid, integer, timestamptz",
                &["viewer_id", "image_id", "version", "now"],
            ),
        ]
        .concat(),
    )
    .await
    .expect("they are prepared");
    let event = |kind: &str| {
        format!(
            "'{{1}}', '{{{kind}}}', '{{{post}}}', '{{{comment}}}', '{{{writer}}}', '{{null}}', '{{null}}'"
        )
    };
    let cost = |name, arguments, most_pages| Cost { name, arguments, most_pages };
    are_probes(
        &sql,
        &[
            cost("get_comment", format!("{viewer}, '{comment}'"), 60),
            cost("list_comments", format!("{viewer}, '{post}', '-infinity', '{comment}', 21"), 60),
            cost("comments_said", format!("'{{{comment}}}', {viewer}"), 60),
            cost("comment_notices", format!("'{{1}}', '{{{comment}}}'"), 60),
            cost("actors_known", format!("{viewer}, '{{{writer}}}'"), 60),
            // Each of his 40 comments stands under a post of somebody whom the reader does not know.
            cost("actors_known", format!("{viewer}, '{{{stranger}}}'"), 1_500),
            // Some 30 friends of the author.
            cost("event_readers", event("comment.created"), 700),
            cost("event_readers", event("comment.updated"), 700),
            cost("event_readers", event("post.ready"), 700),
            cost("visible_image", format!("{viewer}, '{image}', 1, now()"), 60),
        ],
    )
    .await;
}
