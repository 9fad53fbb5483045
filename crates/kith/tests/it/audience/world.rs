//! The same story on the server: five people with sessions, and the ids of what they made.

use std::sync::{Mutex, PoisonError};

use kith_testkit::{Answer, Person, Photo, TestApp, posts::source_url};
use serde_json::{Value, json};

use super::model::{Action, NAMES, PEOPLE};

/// An id that nobody has.
const NOBODY: &str = "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20";
/// What every photo's file begins with.
const MARK: &[u8] = b"photo ";

/// Everything that was made, by its number in the story.
pub struct World<'a> {
    app: &'a TestApp,
    pub people: [Person; PEOPLE],
    friendships: Vec<((usize, usize), String)>,
    pub posts: Vec<Shared>,
    pub comments: Vec<String>,
}

/// A post on the server.
pub struct Shared {
    id: String,
    /// What its photo's file holds; unknown where the server made the file.
    bytes: Option<Vec<u8>>,
    /// The newest address of the photo that each person was given.
    addresses: Mutex<[Option<String>; PEOPLE]>,
}

/// One way to ask for the bytes of a photo.
pub struct Way {
    pub name: String,
    /// Who is to be served; nobody, if it never works.
    pub viewer: Option<usize>,
    address: String,
    with_session: bool,
}

impl Shared {
    /// Its address.
    pub fn path(&self) -> String {
        format!("/v1/posts/{}", self.id)
    }

    /// Remembers what somebody was given.
    pub fn keeps_address(&self, viewer: usize, image: &Value) {
        if let Some(url) = source_url(image, "square.jpg") {
            self.addresses.lock().unwrap_or_else(PoisonError::into_inner)[viewer] = Some(url);
        }
    }
}

impl<'a> World<'a> {
    /// Five people who have nothing to do with each other yet.
    pub async fn of(app: &'a TestApp) -> Self {
        let number = app.next_number().split_off("+1415555".len());
        let people = app
            .people(NAMES.map(|name| format!("{name}{number}")).each_ref().map(String::as_str))
            .await;
        Self { app, people, friendships: Vec::new(), posts: Vec::new(), comments: Vec::new() }
    }

    /// Does it and answers the status.
    pub async fn act(&mut self, action: &Action) -> u16 {
        let answer = match action {
            Action::Ask(who, whom) => self.ask(*who, *whom).await,
            Action::Accept(who, whom) => {
                self.people[*who].accepts(&self.friendship(*who, *whom)).await
            }
            Action::EndRequest(who, whom) => {
                self.people[*who].ends_request(&self.friendship(*who, *whom)).await
            }
            Action::Unfriend(who, whom) => {
                let path = format!("/v1/friends/{}", self.people[*whom].user_id);
                self.people[*who].delete(&path).await
            }
            Action::Block(who, whom) => {
                let path = format!("/v1/blocks/{}", self.people[*whom].user_id);
                self.people[*who].put(&path, Value::Null).await
            }
            Action::Unblock(who, whom) => {
                let path = format!("/v1/blocks/{}", self.people[*whom].user_id);
                self.people[*who].delete(&path).await
            }
            Action::Share { author, chosen, in_work } => {
                let chosen = chosen.as_ref().map(|chosen| self.ids(chosen));
                self.share(*author, chosen, *in_work).await
            }
            Action::FinishPhotos => {
                self.app.processes_photos().await;
                return 200;
            }
            Action::Choose { who, post, chosen } => {
                let body = match chosen {
                    None => json!({ "visibility": "friends-only" }),
                    Some(chosen) => {
                        json!({ "visibility": "specific-friends", "audience": self.ids(chosen) })
                    }
                };
                self.people[*who].patch(&self.posts[*post].path(), "*", body).await
            }
            Action::Delete { who, post } => {
                self.people[*who].delete(&self.posts[*post].path()).await
            }
            Action::Restore { who, post } => {
                let path = format!("{}/restore", self.posts[*post].path());
                self.people[*who].posts_nothing(&path).await
            }
            Action::Comment { who, post } => self.comment(*who, *post).await,
            Action::DeleteComment { who, comment } => {
                self.people[*who].deletes_comment(&self.comments[*comment]).await
            }
        };
        answer.status.as_u16()
    }

    fn ids(
        &self,
        people: impl IntoIterator<Item = impl std::borrow::Borrow<usize>>,
    ) -> Vec<String> {
        people.into_iter().map(|person| self.people[*person.borrow()].user_id.clone()).collect()
    }

    async fn ask(&mut self, who: usize, whom: usize) -> Answer {
        let answer = self.people[who].asks(&self.people[whom]).await;
        if answer.status.is_success() {
            let pair = (who.min(whom), who.max(whom));
            self.friendships.push((pair, answer.text("/friendship_id")));
        }
        answer
    }

    /// The id of what there is, or last was, between two people.
    fn friendship(&self, one: usize, other: usize) -> String {
        let pair = (one.min(other), one.max(other));
        let newest = self.friendships.iter().rev().find(|(known, _)| *known == pair);
        newest.map_or_else(|| NOBODY.to_owned(), |(_, id)| id.clone())
    }

    async fn share(&mut self, author: usize, chosen: Option<Vec<String>>, in_work: bool) -> Answer {
        let person = &self.people[author];
        let (upload, bytes) = if in_work {
            (person.uploads(&Photo::small(0)).await, None)
        } else {
            let bytes = [MARK, self.posts.len().to_string().as_bytes()].concat();
            (self.app.has_photo(person, &bytes).await, Some(bytes))
        };
        let body = match chosen {
            None => json!({ "upload_id": upload, "visibility": "friends-only" }),
            Some(audience) => {
                json!({ "upload_id": upload, "visibility": "specific-friends", "audience": audience })
            }
        };
        let answer = person.post("/v1/posts", body).await;
        if answer.status.is_success() {
            let shared = Shared { id: answer.text("/post_id"), bytes, addresses: Mutex::default() };
            shared.keeps_address(author, &answer.at("/image"));
            self.posts.push(shared);
        }
        answer
    }

    async fn comment(&mut self, who: usize, post: usize) -> Answer {
        let text = format!("comment {}", self.comments.len());
        let answer = self.people[who].tries_to_comment(&self.posts[post].id, &text).await;
        if answer.status.is_success() {
            self.comments.push(answer.text("/comment_id"));
        }
        answer
    }

    /// Every way in which somebody might get at a photo: with the session alone, by what he was given himself,
    /// and by what somebody else was given, with and without the session.
    pub fn ways_to_photo(&self, viewer: usize, post: usize) -> Vec<Way> {
        let addresses = self.posts[post].addresses.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(bare) = addresses.iter().flatten().next() else { return Vec::new() };
        let bare = bare.split('?').next().unwrap_or(bare).to_owned();
        let way = |name: &str, viewer, address: &str, with_session| Way {
            name: name.to_owned(),
            viewer,
            address: address.to_owned(),
            with_session,
        };
        let mut ways = vec![
            way("with the session", Some(viewer), &bare, true),
            way("without anything", None, &bare, false),
        ];
        if let Some(own) = &addresses[viewer] {
            ways.push(way("by his own address", Some(viewer), own, false));
            ways.push(way("by his own address and the session", Some(viewer), own, true));
        }
        // One of the others each time: all of them have their turn.
        let other = (viewer + 1 + post % (PEOPLE - 1)) % PEOPLE;
        if let Some(address) = &addresses[other] {
            ways.push(way(&format!("by the address of {}", NAMES[other]), None, address, true));
        }
        ways
    }

    /// What comes that way.
    pub async fn loads_photo(&self, viewer: usize, post: usize, way: &Way) -> String {
        let person = &self.people[viewer];
        let answer = if way.with_session {
            person.loads(&way.address).await
        } else {
            person.loads_by_address(&way.address).await
        };
        if answer.status != 200 {
            return answer.status.as_u16().to_string();
        }
        let is_right = self.posts[post].bytes.as_ref().is_none_or(|bytes| answer.bytes == *bytes);
        if is_right { "found" } else { "another photo" }.to_owned()
    }

    /// The number of a post, by its id.
    pub fn post_number(&self, id: &Value) -> String {
        let number = self.posts.iter().position(|post| *id == json!(post.id));
        number.map_or_else(|| format!("unknown {id}"), |number| number.to_string())
    }

    /// The number of a comment, by its id.
    pub fn comment_number(&self, id: &Value) -> String {
        let number = self.comments.iter().position(|comment| *id == json!(comment));
        number.map_or_else(|| format!("unknown {id}"), |number| number.to_string())
    }

    /// Whose card it is.
    pub fn name(&self, card: &Value) -> String {
        let known = self.people.iter().position(|person| card["user_id"] == json!(person.user_id));
        known.map_or_else(|| format!("unknown {card}"), |person| NAMES[person].to_owned())
    }
}
