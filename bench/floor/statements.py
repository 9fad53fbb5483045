"""The bare SQL of the measured requests as scripts for pgbench, taken from the project's own query files.

A floor must not drift from what it is the floor of: a statement that is renamed or gone fails here.
"""

import pathlib
import re

QUERIES = pathlib.Path(__file__).parents[2] / "crates/kith-sql/queries"

# The statements of each operation as `file.statement`, by flight: what one HTTP request sends without waiting.
# A post with its comments is two requests.
FLIGHTS = {
    "feed": [["http.check_session", "posts.feed"]],
    "post": [
        ["http.check_session", "posts.visible_post"],
        ["http.check_session", "comments.list_comments"],
    ],
    "notifications": [
        ["http.check_session", "notifications.list_notifications"],
        ["notifications.comments_said", "notifications.actors_known"],
    ],
    "comment": [["comments.create_comment"]],
}

# Values that are the same in every turn, as the server binds them: the first page of 20 and one more row.
CONSTANTS = {
    "before_at": "9999-12-31 23:59:59+00",
    "before_id": "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "after_at": "0001-01-01 00:00:00+00",
    "after_id": "00000000-0000-0000-0000-000000000000",
    "max_rows": "21",
    "content": "What a light! We should all go there together next summer.",
}

# Who asks, and what else differs from turn to turn. It is measured alone too and taken off.
LOOK_UP = """\\set n random(1, :targets)
select user_id, user_id as viewer_id, session_id, post_id, comment_ids, actor_ids as user_ids,
    clock_timestamp() as now, {new_id} as comment_id, {new_id} as event_id
from bench.targets where n = :n \\gset
"""
# In the order of time, as the server's own are, so that indexes grow at one end.
NEW_ID = (
    "(lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0')"
    " || substr(replace(gen_random_uuid()::text, '-', ''), 13))::uuid"
)


def statement(name):
    """The text of `file.statement`, with its parameters as pgbench writes variables: the same way."""
    file, wanted = name.split(".")
    text = (QUERIES / f"{file}.sql").read_text()
    match = re.search(rf"^--! {wanted}\b.*\n([^;]*;)", text, re.MULTILINE)
    if match is None:
        raise SystemExit(f"{file}.sql has no statement {wanted}: say in {__file__} what took its place")
    return match.group(1)


def write(folder):
    """Writes every script and answers their paths: `look-up`, and each operation with one statement per round
    trip and, as `<operation> in flights`, with one round trip per flight."""
    look_up = LOOK_UP.format(new_id=NEW_ID)
    scripts = {"look-up": look_up}
    for operation, flights in FLIGHTS.items():
        texts = [[statement(name) for name in flight] for flight in flights]
        single = "\n".join(text for flight in texts for text in flight)
        joined = "\n".join("\\startpipeline\n" + "\n".join(flight) + "\n\\endpipeline" for flight in texts)
        scripts[operation] = look_up + single + "\n"
        scripts[f"{operation} in flights"] = look_up + joined + "\n"
    paths = {}
    for name, text in scripts.items():
        paths[name] = pathlib.Path(folder) / f"{name.replace(' ', '-')}.sql"
        paths[name].write_text(text)
    return paths
