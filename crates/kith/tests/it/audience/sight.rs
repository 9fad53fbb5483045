//! Everything that one person finds when looking everywhere, as short texts: told by the model, or asked of the
//! server. What is forbidden or absent is its status.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use kith_testkit::Person;
use serde_json::Value;

use super::{
    model::{Between, Model, NAMES, PEOPLE, Post, names},
    world::World,
};

/// Where somebody looked, and what was there.
pub type Sight = BTreeMap<String, String>;

const ABSENT: &str = "404";
const FORBIDDEN: &str = "403";

/// What the rules let a person find.
pub fn expected(model: &Model, world: &World<'_>, viewer: usize) -> Sight {
    let mut sight = Sight::new();
    let mut note = |place: String, found: String| sight.insert(place, found);
    note("feed".to_owned(), posts(model, |post| model.sees(viewer, post)));
    for (person, name) in NAMES.iter().enumerate() {
        let is_open = person == viewer || model.are_friends(viewer, person);
        let grid = || posts(model, |p| model.posts[p].author == person && model.sees(viewer, p));
        note(format!("grid of {name}"), if is_open { grid() } else { ABSENT.to_owned() });
        note(format!("card of {name}"), found(model.sees_card(viewer, person)));
        note(format!("name of {name}"), found(!model.is_blocked(viewer, person)));
    }
    for (number, post) in model.posts.iter().enumerate() {
        let sees = model.sees(viewer, number);
        let is_mine = post.author == viewer;
        note(
            format!("post {number}"),
            if sees { described(model, viewer, number) } else { ABSENT.to_owned() },
        );
        if post.shown_at.is_some() {
            let audience = match (sees, is_mine) {
                (false, _) => ABSENT.to_owned(),
                (true, false) => FORBIDDEN.to_owned(),
                (true, true) => {
                    names((0..PEOPLE).filter(|p| *p != viewer && model.sees(*p, number)))
                }
            };
            note(format!("audience of post {number}"), audience);
        }
        note(
            format!("comments of post {number}"),
            if sees { comments(model, viewer, number) } else { ABSENT.to_owned() },
        );
        for way in world.ways_to_photo(viewer, number) {
            let loads = way.viewer == Some(viewer) && model.loads_photo(viewer, number);
            note(format!("photo of post {number} {}", way.name), found(loads));
        }
    }
    for comment in 0..model.comments.len() {
        note(format!("comment {comment}"), found(model.sees_comment(viewer, comment)));
    }
    for (list, people) in lists(model, viewer) {
        note(list.to_owned(), people);
    }
    sight
}

fn found(is_found: bool) -> String {
    if is_found { "found" } else { ABSENT }.to_owned()
}

/// Visible posts that fit, newest first.
fn posts(model: &Model, fits: impl Fn(usize) -> bool) -> String {
    let shown = |(number, post): (usize, &Post)| Some((post.shown_at?, number));
    let mut numbers: Vec<_> = model
        .posts
        .iter()
        .enumerate()
        .filter_map(shown)
        .filter(|(_, number)| fits(*number))
        .collect();
    numbers.sort_unstable_by(|one, other| other.cmp(one));
    numbered(numbers.into_iter().map(|(_, number)| number))
}

fn comments(model: &Model, viewer: usize, post: usize) -> String {
    let under = |c: &usize| model.comments[*c].post == post && model.sees_comment(viewer, *c);
    numbered((0..model.comments.len()).filter(under))
}

fn numbered(numbers: impl Iterator<Item = usize>) -> String {
    let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
    numbers.join(", ")
}

/// A post as one who sees it is shown it.
fn described(model: &Model, viewer: usize, number: usize) -> String {
    let post = &model.posts[number];
    let count = (0..model.comments.len())
        .filter(|c| model.comments[*c].post == number && model.sees_comment(viewer, *c))
        .count();
    let readers = || names((0..PEOPLE).filter(|p| *p != viewer && model.sees(*p, number)));
    let audience = match &post.chosen {
        None => "all friends".to_owned(),
        Some(_) if post.author != viewer || post.shown_at.is_none() => "some friends".to_owned(),
        Some(_) => format!("some friends: {}", readers()),
    };
    let state = if post.shown_at.is_some() { "shown" } else { "in work" };
    format!("by {}, {state}, for {audience}, {count} comments", NAMES[post.author])
}

/// Lists of people, newest first.
fn lists(model: &Model, viewer: usize) -> [(&'static str, String); 4] {
    let list = |place: &dyn Fn(usize) -> Option<usize>| {
        let mut people: Vec<_> =
            (0..PEOPLE).filter_map(|person| Some((place(person)?, person))).collect();
        people.sort_unstable_by(|one, other| other.cmp(one));
        names(people.into_iter().map(|(_, person)| person))
    };
    let asked = |person: usize, wants_mine: bool| match model.between(viewer, person) {
        Between::Asked { by, declined, at } => {
            let is_mine = by == viewer;
            (is_mine == wants_mine && (is_mine || !declined)).then_some(at)
        }
        _ => None,
    };
    let friends = |person: usize| match model.between(viewer, person) {
        Between::Friends { at, .. } => Some(at),
        _ => None,
    };
    let blocked = |person: usize| {
        model.blocks.get(&(viewer, person)).filter(|block| block.known).map(|block| block.at)
    };
    [
        ("friends", list(&friends)),
        ("incoming requests", list(&|person| asked(person, false))),
        ("outgoing requests", list(&|person| asked(person, true))),
        ("blocked", list(&blocked)),
    ]
}

/// What a person finds on the server.
pub async fn actual(model: &Model, world: &World<'_>, viewer: usize) -> Sight {
    let person = &world.people[viewer];
    let mut sight = Sight::new();
    let mut note = |place: String, found: String| sight.insert(place, found);
    let is_post = |item: &Value| world.post_number(&item["post_id"]);
    note("feed".to_owned(), list(person, "/v1/feed?limit=2", is_post).await);
    for (other, name) in world.people.iter().zip(NAMES) {
        let (by_id, by_name) = (
            format!("/v1/users/{}", other.user_id),
            format!("/v1/users/by-username/{}", other.name),
        );
        note(
            format!("grid of {name}"),
            list(person, &format!("{by_id}/posts?limit=3"), is_post).await,
        );
        note(format!("card of {name}"), status(person, &by_id).await);
        note(format!("name of {name}"), status(person, &by_name).await);
    }
    for (number, post) in model.posts.iter().enumerate() {
        let path = world.posts[number].path();
        // First the post: reading it gives addresses that have not ended.
        note(format!("post {number}"), read_post(world, viewer, number).await);
        if post.shown_at.is_some() {
            let readers = format!("{path}/audience?limit=2");
            let readers = list(person, &readers, |item| world.name(item)).await;
            note(format!("audience of post {number}"), or_nobody(readers));
        }
        let is_comment = |item: &Value| world.comment_number(&item["comment_id"]);
        note(
            format!("comments of post {number}"),
            list(person, &format!("{path}/comments?limit=3"), is_comment).await,
        );
        for way in world.ways_to_photo(viewer, number) {
            note(
                format!("photo of post {number} {}", way.name),
                world.loads_photo(viewer, number, &way).await,
            );
        }
    }
    for (number, comment) in world.comments.iter().enumerate() {
        note(format!("comment {number}"), status(person, &format!("/v1/comments/{comment}")).await);
    }
    for (name, path) in [
        ("friends", "/v1/friends?limit=2"),
        ("incoming requests", "/v1/friends/requests?direction=incoming&limit=2"),
        ("outgoing requests", "/v1/friends/requests?direction=outgoing&limit=2"),
        ("blocked", "/v1/blocks?limit=2"),
    ] {
        note(
            name.to_owned(),
            or_nobody(list(person, path, |item| world.name(&item["user"])).await),
        );
    }
    sight
}

fn or_nobody(people: String) -> String {
    if people.is_empty() { "nobody".to_owned() } else { people }
}

async fn status(person: &Person, path: &str) -> String {
    let answer = person.get(path).await;
    if answer.status == 200 { "found".to_owned() } else { answer.status.as_u16().to_string() }
}

/// A whole list, page by page.
async fn list(person: &Person, path: &str, name: impl Fn(&Value) -> String) -> String {
    let (mut found, mut next) = (Vec::new(), path.to_owned());
    loop {
        let page = person.get(&next).await;
        if page.status != 200 {
            return page.status.as_u16().to_string();
        }
        found.extend(page.items().iter().map(&name));
        let Some(cursor) = page.at("/next_cursor").as_str().map(str::to_owned) else { break };
        next = format!("{path}&cursor={cursor}");
    }
    found.join(", ")
}

async fn read_post(world: &World<'_>, viewer: usize, number: usize) -> String {
    let answer = world.people[viewer].get(&world.posts[number].path()).await;
    if answer.status != 200 {
        return answer.status.as_u16().to_string();
    }
    world.posts[number].keeps_address(viewer, &answer.at("/image"));
    let is_in_work = answer.at("/processing") == Value::Bool(true);
    let audience = match (answer.text("/visibility").as_str(), answer.at("/audience")) {
        ("friends-only", Value::Null) => "all friends".to_owned(),
        ("specific-friends", Value::Null) => "some friends".to_owned(),
        ("specific-friends", Value::Array(_)) if is_in_work => "some friends".to_owned(),
        ("specific-friends", Value::Array(people)) => {
            let people: Vec<String> = people.iter().map(|card| world.name(card)).collect();
            format!("some friends: {}", or_nobody(people.join(", ")))
        }
        (visibility, audience) => format!("{visibility} {audience}"),
    };
    let state = if is_in_work { "in work" } else { "shown" };
    let author = world.name(&answer.at("/author"));
    format!("by {author}, {state}, for {audience}, {} comments", answer.at("/comment_count"))
}

/// Where what people find differs from what the rules say.
pub async fn differences(model: &Model, world: &World<'_>) -> Vec<String> {
    let sights = join_all((0..PEOPLE).map(|viewer| actual(model, world, viewer))).await;
    let mut differences = Vec::new();
    for (viewer, actual) in sights.into_iter().enumerate() {
        let mut expected = expected(model, world, viewer);
        for (place, found) in actual {
            let wanted = expected.remove(&place).unwrap_or_default();
            if found != wanted {
                let name = NAMES[viewer];
                differences.push(format!("{name}, {place}: found \"{found}\", not \"{wanted}\""));
            }
        }
        // An address that somebody was given only now is tried the next time.
        let unseen = expected.keys().filter(|place| !place.starts_with("photo of "));
        differences
            .extend(unseen.map(|place| format!("{}, {place}: not looked at", NAMES[viewer])));
    }
    differences
}
