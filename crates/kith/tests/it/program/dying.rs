//! Sudden death: whatever was acknowledged is there after the next start, and comes to its end.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use futures_util::future::join_all;
use kith_testkit::{Person, Photo, effort, program::Program};
use kith_types::random::{Random, SeededRandom};
use reqwest::{Method, RequestBuilder};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::{ends, hard_place, postmaster, start};

/// A worker that died is noticed within 20 seconds, and then its photos are made.
const DEADLINE: Duration = Duration::from_mins(2);
/// Between two looks at something that ends by itself.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// The program dies after at most so many acknowledgements.
const LONGEST_LIFE: u32 = 60;

/// What the server has said yes to.
#[derive(Default)]
struct Promises {
    /// Uploads that were completed.
    uploads: BTreeSet<String>,
    /// Posts, and whether their photo can be read.
    posts: BTreeMap<String, bool>,
    /// Comments and their texts.
    comments: BTreeMap<String, String>,
}

impl Promises {
    fn count(&self) -> usize {
        self.uploads.len() + self.posts.len() + self.comments.len()
    }
}

/// Waits until something is as wanted; answers it.
pub async fn settles(person: &Person, path: &str, is_settled: impl Fn(&Value) -> bool) -> Value {
    let waiting = async {
        loop {
            let answer = person.get(path).await;
            if is_settled(&answer.body) {
                return answer.body;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    tokio::time::timeout(DEADLINE, waiting)
        .await
        .unwrap_or_else(|_| panic!("{path} does not come to its end"))
}

/// Somebody who shares and comments until the server is gone.
struct Busy<'a> {
    person: &'a Person,
    /// Where everybody comments.
    board: &'a str,
    /// How many things were acknowledged to all.
    progress: &'a watch::Sender<usize>,
    promises: Promises,
}

impl Busy<'_> {
    /// Goes on until the server is gone.
    async fn works(mut self) -> Promises {
        for turn in 0..=u8::MAX {
            if self.takes_a_turn(turn).await.is_none() {
                break;
            }
        }
        self.promises
    }

    /// One photo, one post and two comments; nothing once the server does not answer any more.
    async fn takes_a_turn(&mut self, turn: u8) -> Option<()> {
        self.says(&format!("{} says {turn}", self.person.name)).await?;
        let is_readable = turn % 4 != 3;
        let photo = if is_readable { Photo::small(turn) } else { Photo::broken() };
        let target = self.posts("/v1/uploads", photo.announcement()).await?;
        let url = target["url"].as_str().expect("an address");
        let mut put = self.person.request_without_session(Method::PUT, url).body(photo.bytes);
        for (name, value) in target["headers"].as_object().expect("headers") {
            put = put.header(name, value.as_str().expect("a text"));
        }
        assert!(put.send().await.ok()?.status().is_success());
        let upload = id(&target, "upload_id");
        self.posts(&format!("/v1/uploads/{upload}/complete"), Value::Null).await?;
        self.promises.uploads.insert(upload.clone());
        let body = json!({ "upload_id": upload, "visibility": "friends-only" });
        let post = self.posts("/v1/posts", body).await?;
        // A photo that cannot be read may have failed before it was shared.
        if let Some(post) = post["post_id"].as_str() {
            self.promises.posts.insert(post.to_owned(), is_readable);
        }
        self.says(&format!("{} says {turn} again", self.person.name)).await
    }

    async fn says(&mut self, text: &str) -> Option<()> {
        let path = format!("/v1/posts/{}/comments", self.board);
        let comment = self.posts(&path, json!({ "content": text })).await?;
        self.promises.comments.insert(id(&comment, "comment_id"), text.to_owned());
        Some(())
    }

    async fn posts(&self, path: &str, body: Value) -> Option<Value> {
        let request = self.person.request(Method::POST, path);
        let request = if body.is_null() { request } else { request.json(&body) };
        let answer = acknowledged(request).await?;
        self.progress.send_modify(|count| *count += 1);
        Some(answer)
    }
}

fn id(body: &Value, field: &str) -> String {
    body[field].as_str().expect("an id").to_owned()
}

/// The body of an answer; nothing if none came, null if it is a conflict.
async fn acknowledged(request: RequestBuilder) -> Option<Value> {
    let response = request.send().await.ok()?;
    let status = response.status();
    let body: Value = response.json().await.ok()?;
    assert!(status.is_success() || status == 409, "{status}: {body}");
    Some(if status.is_success() { body } else { Value::Null })
}

/// Three friends and the post under which they talk.
async fn circle(program: &Program) -> (Vec<Person>, String) {
    let ana = program.person("ana", "+14155550101").await;
    let ben = program.person("ben", "+14155550102").await;
    let cem = program.person("cem", "+14155550103").await;
    ana.befriends(&ben).await;
    ana.befriends(&cem).await;
    let board = ana.posts(Photo::small(0)).await;
    settles(&ana, &board.path(), |post| post["processing"] == json!(false)).await;
    (vec![ana, ben, cem], board.id)
}

/// Everybody works until `life` things were acknowledged; then the program dies.
async fn works_until_death(
    people: &[Person],
    board: &str,
    program: Program,
    life: usize,
) -> Vec<Promises> {
    let (progress, mut watched) = watch::channel(0);
    let workers = people.iter().map(|person| {
        Busy { person, board, progress: &progress, promises: Promises::default() }.works()
    });
    let death = async {
        watched.wait_for(|count| *count >= life).await.expect("somebody works");
        program.kill().await.expect("it dies");
    };
    tokio::join!(join_all(workers), death).0
}

/// Every promise is kept, and everything begun comes to its end.
async fn keeps(person: &Person, promises: &Promises) {
    for upload in &promises.uploads {
        let path = format!("/v1/uploads/{upload}");
        settles(person, &path, |upload| {
            ["ready", "failed"].contains(&upload["state"].as_str().unwrap_or_default())
        })
        .await;
    }
    for (post, is_readable) in &promises.posts {
        let answer = person.get(&format!("/v1/posts/{post}")).await;
        match is_readable {
            true => assert_eq!(answer.expect(200).at("/processing"), json!(false)),
            false => drop(answer.expect_problem(404, "not-found")),
        }
    }
    for (comment, text) in &promises.comments {
        let answer = person.get(&format!("/v1/comments/{comment}")).await.expect(200);
        assert_eq!(answer.text("/content"), *text);
    }
}

/// A whole list.
async fn all(person: &Person, path: &str) -> Vec<Value> {
    let (mut items, mut next) = (Vec::new(), format!("{path}?limit=50"));
    loop {
        let page = person.get(&next).await.expect(200);
        items.extend(page.items());
        let Some(cursor) = page.at("/next_cursor").as_str().map(str::to_owned) else {
            return items;
        };
        next = format!("{path}?limit=50&cursor={cursor}");
    }
}

/// The count of comments is what there is to be counted, and Ana was notified of each of the others' once.
async fn counts_agree(ana: &Person, board: &str) {
    let comments = all(ana, &format!("/v1/posts/{board}/comments")).await;
    let count = ana.get(&format!("/v1/posts/{board}")).await.expect(200).at("/comment_count");
    assert_eq!(count, json!(comments.len()));
    let of_others =
        comments.iter().filter(|comment| comment["author"]["user_id"] != json!(ana.user_id));
    let expected: BTreeSet<String> = of_others.map(|comment| id(comment, "comment_id")).collect();
    let waiting = async {
        loop {
            let notices = all(ana, "/v1/notifications").await;
            let notices = notices.iter().filter(|notice| notice["type"] == "comment");
            let told: Vec<String> = notices.map(|notice| id(notice, "reference_id")).collect();
            if told.len() >= expected.len() {
                return told;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    let told = tokio::time::timeout(DEADLINE, waiting).await.expect("everybody is told");
    let once: BTreeSet<String> = told.iter().cloned().collect();
    assert_eq!((told.len(), &once), (expected.len(), &expected), "each comment is told once");
}

#[tokio::test]
async fn what_was_acknowledged_survives_any_death() {
    let deaths = if effort::is_long() { 40 } else { 3 };
    let random = SeededRandom::new(effort::seed());
    let random: &dyn Random = &random;
    let (_scratch, data) = hard_place();
    let mut program = start(&data).await;
    let (mut people, board) = circle(&program).await;
    for death in 0..deaths {
        let life = usize::try_from(1 + random.below(LONGEST_LIFE)).expect("a small number");
        let promises = works_until_death(&people, &board, program, life).await;
        let promised: usize = promises.iter().map(Promises::count).sum();
        assert!(promised > 0, "death {death} came after something was promised");
        program = start(&data).await;
        people = people.iter().map(|person| person.moved_to(&program.url)).collect();
        for (person, promises) in people.iter().zip(&promises) {
            keeps(person, promises).await;
        }
        counts_agree(&people[0], &board).await;
        for person in &people {
            person.refreshes().await.expect(200);
        }
    }
    ends(program).await;
}

#[tokio::test]
async fn a_killed_program_finds_its_database_and_a_killed_database_is_started_again() {
    let (_scratch, data) = hard_place();
    let program = start(&data).await;
    let ana = program.person("ana", "+14155550101").await;
    program.kill().await.expect("it dies");

    // The database outlived its owner and is taken over.
    let before = postmaster(&data).expect("it runs on");
    let program = start(&data).await;
    assert_eq!(postmaster(&data), Some(before));
    assert_eq!(ana.moved_to(&program.url).get("/v1/me").await.expect(200).text("/username"), "ana");
    program.kill().await.expect("it dies");

    let database = Pid::from_raw(before).expect("a process");
    kill_process(database, Signal::KILL).expect("it can be killed");
    let program = start(&data).await;
    assert_ne!(postmaster(&data), Some(before));
    assert_eq!(ana.moved_to(&program.url).get("/v1/me").await.expect(200).text("/username"), "ana");
    ends(program).await;
    assert_eq!(postmaster(&data), None, "nothing is left");
}
