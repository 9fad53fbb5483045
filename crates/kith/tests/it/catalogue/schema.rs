//! The live catalogue against the specification's list, table by table and column by column. Types that
//! differ from the specification's words are those of ADR 0003.

use std::collections::BTreeMap;

use kith_testkit::postgres::TestDatabase;

/// A column of the specification: name, type here, what the specification says of it.
struct Column(&'static str, &'static str, &'static [Rule]);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    Primary,
    Unique,
    Indexed,
    ForeignKey(&'static str),
    Optional,
}
use Rule::{ForeignKey, Indexed, Optional, Primary, Unique};

const TIME: &str = "timestamp with time zone";

const TABLES: &[(&str, &[Column])] = &[
    (
        "public.users",
        &[
            Column("user_id", "uuid", &[Primary]),
            // Keyed blind index; the envelope stands beside it (ADR 0003).
            Column("phone_number", "bytea", &[Indexed, Unique]),
            // Unique once verified (ADR 0003).
            Column("email", "bytea", &[Optional, Unique]),
            Column("username", "text", &[Unique, Optional]),
            Column("display_name", "text", &[Optional]),
            Column("profile_picture_url", "text", &[Optional]),
            Column("date_joined", TIME, &[]),
            Column("status", "user_status", &[]),
            Column("last_active", TIME, &[]),
            Column("created_at", TIME, &[]),
            Column("updated_at", TIME, &[]),
        ],
    ),
    (
        "public.user_settings",
        &[
            Column("user_id", "uuid", &[Primary, ForeignKey("users")]),
            Column("notification_preferences", "jsonb", &[]),
            Column("privacy_settings", "jsonb", &[]),
            Column("created_at", TIME, &[]),
            Column("updated_at", TIME, &[]),
        ],
    ),
    (
        "public.authentication",
        &[
            Column("auth_id", "uuid", &[Primary]),
            Column("user_id", "uuid", &[ForeignKey("users")]),
            Column("phone_verified", "boolean", &[]),
            Column("verification_code", "bytea", &[Optional]),
            Column("verification_expiry", TIME, &[Optional]),
            Column("password_hash", "text", &[Optional]),
            Column("auth_method", "auth_method", &[]),
            Column("created_at", TIME, &[]),
            Column("updated_at", TIME, &[]),
        ],
    ),
    (
        "public.refresh_tokens",
        &[
            Column("token_id", "uuid", &[Primary]),
            Column("user_id", "uuid", &[ForeignKey("users"), Indexed]),
            Column("token_hash", "bytea", &[Indexed]),
            Column("expires_at", TIME, &[]),
            Column("created_at", TIME, &[]),
            Column("device_info", "jsonb", &[]),
        ],
    ),
    (
        "public.posts",
        &[
            Column("post_id", "uuid", &[Primary]),
            Column("user_id", "uuid", &[ForeignKey("users"), Indexed]),
            Column("image_url", "text", &[Optional]),
            Column("image_metadata", "jsonb", &[Optional]),
            Column("caption", "text", &[Optional]),
            Column("posted_at", TIME, &[Indexed, Optional]),
            Column("comment_count", "integer", &[]),
            Column("status", "post_status", &[]),
            Column("visibility", "post_visibility", &[]),
            Column("created_at", TIME, &[]),
            Column("updated_at", TIME, &[]),
        ],
    ),
    (
        "public.comments",
        &[
            Column("comment_id", "uuid", &[Primary]),
            Column("post_id", "uuid", &[ForeignKey("posts"), Indexed]),
            Column("user_id", "uuid", &[ForeignKey("users"), Indexed]),
            Column("content", "text", &[]),
            Column("commented_at", TIME, &[Indexed]),
            Column("status", "comment_status", &[]),
            Column("created_at", TIME, &[]),
            Column("updated_at", TIME, &[]),
        ],
    ),
    (
        "public.contacts",
        &[
            Column("contact_id", "uuid", &[Primary]),
            Column("user_id", "uuid", &[ForeignKey("users"), Indexed]),
            Column("contact_phone_number", "bytea", &[Indexed]),
            Column("contact_name", "bytea", &[]),
            Column("status", "contact_status", &[]),
            Column("date_added", TIME, &[]),
            Column("created_at", TIME, &[]),
            Column("updated_at", TIME, &[]),
        ],
    ),
    (
        "public.friendships",
        &[
            Column("friendship_id", "uuid", &[Primary]),
            Column("user_id_1", "uuid", &[ForeignKey("users"), Indexed]),
            Column("user_id_2", "uuid", &[ForeignKey("users"), Indexed]),
            Column("status", "friendship_status", &[]),
            Column("requested_at", TIME, &[]),
            Column("accepted_at", TIME, &[Optional]),
            Column("initiated_by", "uuid", &[ForeignKey("users")]),
            Column("created_at", TIME, &[]),
            Column("updated_at", TIME, &[]),
        ],
    ),
    // The secondary database: no foreign keys, since it may be another server (ADR 0003).
    (
        "secondary.notifications",
        &[
            Column("notification_id", "uuid", &[Primary]),
            Column("user_id", "uuid", &[Indexed]),
            Column("type", "notification_type", &[]),
            Column("reference_id", "uuid", &[Optional]),
            Column("reference_type", "reference_type", &[Optional]),
            Column("content", "text", &[]),
            Column("created_at", TIME, &[Indexed]),
            Column("read_at", TIME, &[Optional]),
            Column("delivered", "boolean", &[]),
        ],
    ),
    (
        "secondary.user_activities",
        &[
            // Its key holds the partition column too (ADR 0003).
            Column("activity_id", "uuid", &[Primary]),
            Column("user_id", "uuid", &[Indexed]),
            Column("event_type", "activity_type", &[]),
            Column("occurred_at", TIME, &[Indexed]),
            Column("metadata", "jsonb", &[]),
            Column("ip_address", "inet", &[Optional]),
            Column("device_info", "jsonb", &[]),
        ],
    ),
];

const ENUMS: &[(&str, &[&str])] = &[
    ("user_status", &["active", "pending", "suspended"]),
    ("auth_method", &["phone", "password", "passkey", "social"]),
    ("post_status", &["active", "deleted", "flagged"]),
    ("post_visibility", &["friends-only", "specific-friends"]),
    ("comment_status", &["active", "deleted", "flagged"]),
    ("contact_status", &["friend", "pending", "not-on-platform"]),
    ("friendship_status", &["pending", "active"]),
    ("notification_type", &["comment", "friend_request", "system"]),
    ("reference_type", &["post", "comment", "user"]),
    ("activity_type", &["login", "post", "comment", "browse"]),
];

const COLUMNS: &str = "
    select a.attname::text, format_type(a.atttypid, null), a.attnotnull
    from pg_attribute a where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped";
/// Columns that an index begins with, whether that index is unique over the column alone, and primary.
const INDEXES: &str = "
    select a.attname::text, i.indisunique and i.indnkeyatts = 1, i.indisprimary
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = $1::text::regclass and i.indisvalid";
const FOREIGN_KEYS: &str = "
    select a.attname::text, c.confrelid::regclass::text
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.conrelid = $1::text::regclass and c.contype = 'f'";

#[tokio::test]
async fn every_table_and_column_of_the_specification_is_there() {
    let database = TestDatabase::create().await.expect("a database");
    let client = database.client().await.expect("a connection");
    let mut wrong = Vec::new();
    for (table, columns) in TABLES {
        let live: BTreeMap<String, (String, bool)> =
            (client.query(COLUMNS, &[table]).await.expect("columns").iter())
                .map(|row| (row.get(0), (row.get(1), row.get(2))))
                .collect();
        let indexes: Vec<(String, bool, bool)> =
            (client.query(INDEXES, &[table]).await.expect("indexes").iter())
                .map(|row| (row.get(0), row.get(1), row.get(2)))
                .collect();
        let foreign: Vec<(String, String)> =
            (client.query(FOREIGN_KEYS, &[table]).await.expect("keys").iter())
                .map(|row| (row.get(0), row.get(1)))
                .collect();
        for Column(name, kind, rules) in *columns {
            let Some((actual, not_null)) = live.get(*name) else {
                wrong.push(format!("{table}.{name} is missing"));
                continue;
            };
            let actual = actual.trim_start_matches("secondary.");
            let mut demand = |holds: bool, what: &str| {
                if !holds {
                    wrong.push(format!("{table}.{name} is not {what} ({actual})"));
                }
            };
            demand(actual == *kind, kind);
            demand(*not_null != rules.contains(&Optional), "null or not null as it should be");
            for rule in *rules {
                match rule {
                    Primary => demand(
                        indexes.iter().any(|(c, _, primary)| c == name && *primary),
                        "primary key",
                    ),
                    Unique => {
                        demand(indexes.iter().any(|(c, unique, _)| c == name && *unique), "unique");
                    }
                    Indexed => demand(indexes.iter().any(|(c, ..)| c == name), "indexed"),
                    ForeignKey(to) => {
                        demand(foreign.iter().any(|(c, t)| c == name && t == to), "a foreign key");
                    }
                    Optional => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn every_enumeration_has_exactly_its_values() {
    let database = TestDatabase::create().await.expect("a database");
    let client = database.client().await.expect("a connection");
    for (name, values) in ENUMS {
        let rows = client
            .query(
                "select e.enumlabel::text from pg_enum e join pg_type t on t.oid = e.enumtypid where t.typname = $1",
                &[name],
            )
            .await
            .expect("labels");
        let mut live: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        let mut expected: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        live.sort();
        expected.sort();
        assert_eq!(live, expected, "{name}");
    }
}

#[tokio::test]
async fn a_pair_of_people_has_one_friendship() {
    let database = TestDatabase::create().await.expect("a database");
    let client = database.client().await.expect("a connection");
    let unique: bool = client
        .query_one(
            "select exists (select from pg_constraint where conrelid = 'friendships'::regclass and contype = 'u'
             and pg_get_constraintdef(oid) = 'UNIQUE (user_id_1, user_id_2)')",
            &[],
        )
        .await
        .expect("an answer")
        .get(0);
    assert!(unique);
}

/// Statements that would make an illegal state, and the constraint that refuses each.
const ILLEGAL: &[(&str, &str)] = &[
    (
        "insert into friendships select gen_random_uuid(), greatest(a, b), least(a, b), 'pending', now(), null, a, null, \
      now(), now() from pair",
        "friendships_order_check",
    ),
    (
        "insert into friendships select gen_random_uuid(), least(a, b), greatest(a, b), 'active', now(), null, a, null, \
      now(), now() from pair",
        "friendships_accepted_at_check",
    ),
    (
        "insert into friend_edges select a, a, gen_random_uuid(), 'active', now() from pair",
        "friend_edges_self_check",
    ),
    ("insert into blocks select a, a, true, now() from pair", "blocks_self_check"),
    ("update users set status = 'active'", "users_active_check"),
    ("update users set email_verified = true", "users_email_verified_check"),
    ("update users set username = 'Upper', display_name = 'x'", "users_username_check"),
];

#[tokio::test]
async fn illegal_states_are_refused_by_the_database() {
    let database = TestDatabase::create().await.expect("a database");
    let client = database.client().await.expect("a connection");
    client
        .batch_execute(
            "insert into users (user_id, phone_number, phone_number_envelope, date_joined, last_active, data_key, \
             created_at, updated_at) select gen_random_uuid(), decode(md5(n::text) || md5('x' || n), 'hex'), '', now(), \
             now(), '', now(), now() from generate_series(1, 2) n; \
             create view pair as select (array_agg(user_id))[1] as a, (array_agg(user_id))[2] as b from users",
        )
        .await
        .expect("two people");
    for (statement, constraint) in ILLEGAL {
        let error = client.batch_execute(statement).await.expect_err(statement);
        let refused_by =
            error.as_db_error().and_then(|error| error.constraint()).unwrap_or_default();
        assert_eq!(refused_by, *constraint, "{statement}");
    }
}
