//! What the rules say, in sets: who is what to whom, what was shared with whom, and who may know of it.
//! It shares no code with the server and knows nothing of how the server does it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// How many people a story has.
pub const PEOPLE: usize = 5;
/// What stories call them.
pub const NAMES: [&str; PEOPLE] = ["ana", "ben", "cem", "dee", "eve"];

/// One thing that somebody does. People, posts and comments are numbered.
#[derive(Clone, Debug)]
pub enum Action {
    Ask(usize, usize),
    Accept(usize, usize),
    EndRequest(usize, usize),
    Unfriend(usize, usize),
    Block(usize, usize),
    Unblock(usize, usize),
    Share { author: usize, chosen: Option<BTreeSet<usize>>, in_work: bool },
    FinishPhotos,
    Choose { who: usize, post: usize, chosen: Option<BTreeSet<usize>> },
    Delete { who: usize, post: usize },
    Restore { who: usize, post: usize },
    Comment { who: usize, post: usize },
    DeleteComment { who: usize, comment: usize },
}

/// What two people are to each other. `at` orders lists.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Between {
    Nothing,
    Asked { by: usize, declined: bool, at: usize },
    Friends { asked_by: usize, at: usize },
}

/// A photo that somebody shared.
#[derive(Clone, Debug)]
pub struct Post {
    pub author: usize,
    /// None: all friends.
    pub chosen: Option<BTreeSet<usize>>,
    /// When it became visible.
    pub shown_at: Option<usize>,
    pub is_deleted: bool,
}

/// What somebody said under a post.
#[derive(Clone, Debug)]
pub struct Comment {
    pub post: usize,
    pub author: usize,
    pub is_deleted: bool,
}

/// A block, and whether the other one existed for the blocker then.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    pub at: usize,
    pub known: bool,
}

/// Everything that has happened.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pairs: BTreeMap<(usize, usize), Between>,
    pub blocks: BTreeMap<(usize, usize), Block>,
    pub posts: Vec<Post>,
    pub comments: Vec<Comment>,
    now: usize,
}

impl Model {
    /// What two people are to each other.
    pub fn between(&self, one: usize, other: usize) -> Between {
        let key = (one.min(other), one.max(other));
        self.pairs.get(&key).copied().unwrap_or(Between::Nothing)
    }

    /// Whether they are friends.
    pub fn are_friends(&self, one: usize, other: usize) -> bool {
        matches!(self.between(one, other), Between::Friends { .. })
    }

    /// Whether either has blocked the other.
    pub fn is_blocked(&self, one: usize, other: usize) -> bool {
        self.blocks.contains_key(&(one, other)) || self.blocks.contains_key(&(other, one))
    }

    /// Whether somebody sees a post.
    pub fn sees(&self, viewer: usize, post: usize) -> bool {
        let Post { author, chosen, shown_at, is_deleted } = &self.posts[post];
        !is_deleted
            && (viewer == *author
                || shown_at.is_some()
                    && self.are_friends(viewer, *author)
                    && chosen.as_ref().is_none_or(|chosen| chosen.contains(&viewer)))
    }

    /// Whether somebody sees a comment.
    pub fn sees_comment(&self, viewer: usize, comment: usize) -> bool {
        let Comment { post, author, is_deleted } = self.comments[comment];
        !is_deleted && self.sees(viewer, post) && !self.is_blocked(viewer, author)
    }

    /// Whether somebody gets the bytes of a post's photo: what one has made oneself one always has.
    pub fn loads_photo(&self, viewer: usize, post: usize) -> bool {
        self.posts[post].author == viewer || self.sees(viewer, post)
    }

    /// Whether somebody gets another's card by the id.
    pub fn sees_card(&self, viewer: usize, other: usize) -> bool {
        let is_close = match self.between(viewer, other) {
            Between::Nothing => false,
            Between::Asked { by, declined, .. } => by == viewer || !declined,
            Between::Friends { .. } => true,
        };
        let has_spoken = || {
            (0..self.comments.len())
                .any(|c| self.comments[c].author == other && self.sees_comment(viewer, c))
        };
        viewer == other || !self.is_blocked(viewer, other) && (is_close || has_spoken())
    }

    /// Whether a photo is still being made.
    pub fn has_photo_in_work(&self) -> bool {
        self.posts.iter().any(|post| post.shown_at.is_none())
    }

    /// Does it, where the rules allow it; answers the status that the one who acts gets.
    pub fn act(&mut self, action: &Action) -> u16 {
        self.now += 1;
        match action {
            Action::Ask(who, whom) => self.ask(*who, *whom),
            Action::Accept(who, whom) => self.accept(*who, *whom),
            Action::EndRequest(who, whom) => self.end_request(*who, *whom),
            Action::Unfriend(who, whom) if self.are_friends(*who, *whom) => {
                self.set(*who, *whom, Between::Nothing, 204)
            }
            Action::Unfriend(..) => 404,
            Action::Block(who, whom) => {
                let block = Block { at: self.now, known: self.sees_card(*who, *whom) };
                self.blocks.entry((*who, *whom)).or_insert(block);
                self.set(*who, *whom, Between::Nothing, 204)
            }
            Action::Unblock(who, whom) => {
                self.blocks.remove(&(*who, *whom));
                204
            }
            Action::Share { author, chosen, in_work } => {
                self.share(*author, chosen.as_ref(), *in_work)
            }
            Action::FinishPhotos => {
                let now = self.now;
                self.posts.iter_mut().for_each(|post| post.shown_at = post.shown_at.or(Some(now)));
                200
            }
            Action::Choose { who, post, chosen } => self.choose(*who, *post, chosen.as_ref()),
            Action::Delete { who, post } => self.set_deleted(*who, *post, true),
            Action::Restore { who, post } => self.set_deleted(*who, *post, false),
            Action::Comment { who, post } => {
                if !self.sees(*who, *post) || self.posts[*post].shown_at.is_none() {
                    return 404;
                }
                self.comments.push(Comment { post: *post, author: *who, is_deleted: false });
                201
            }
            Action::DeleteComment { who, comment } => self.delete_comment(*who, *comment),
        }
    }

    fn set(&mut self, one: usize, other: usize, between: Between, status: u16) -> u16 {
        self.pairs.insert((one.min(other), one.max(other)), between);
        status
    }

    fn ask(&mut self, who: usize, whom: usize) -> u16 {
        let at = self.now;
        match self.between(who, whom) {
            _ if self.is_blocked(who, whom) => 404,
            Between::Friends { .. } => 409,
            Between::Asked { by, .. } if by == who => 200,
            Between::Asked { by, .. } => {
                self.set(who, whom, Between::Friends { asked_by: by, at }, 201)
            }
            Between::Nothing => {
                self.set(who, whom, Between::Asked { by: who, declined: false, at }, 201)
            }
        }
    }

    fn accept(&mut self, who: usize, whom: usize) -> u16 {
        let at = self.now;
        match self.between(who, whom) {
            Between::Asked { by, .. } | Between::Friends { asked_by: by, .. } if by == who => 409,
            Between::Nothing | Between::Asked { declined: true, .. } => 404,
            Between::Friends { .. } => 200,
            Between::Asked { by, .. } => {
                self.set(who, whom, Between::Friends { asked_by: by, at }, 200)
            }
        }
    }

    fn end_request(&mut self, who: usize, whom: usize) -> u16 {
        match self.between(who, whom) {
            Between::Friends { .. } => 409,
            Between::Asked { by, .. } if by == who => self.set(who, whom, Between::Nothing, 204),
            Between::Nothing | Between::Asked { declined: true, .. } => 404,
            Between::Asked { by, at, .. } => {
                self.set(who, whom, Between::Asked { by, declined: true, at }, 204)
            }
        }
    }

    fn may_choose(&self, author: usize, chosen: Option<&BTreeSet<usize>>) -> bool {
        chosen.is_none_or(|chosen| {
            !chosen.is_empty() && chosen.iter().all(|person| self.are_friends(author, *person))
        })
    }

    fn share(&mut self, author: usize, chosen: Option<&BTreeSet<usize>>, in_work: bool) -> u16 {
        if !self.may_choose(author, chosen) {
            return 422;
        }
        let shown_at = (!in_work).then_some(self.now);
        self.posts.push(Post { author, chosen: chosen.cloned(), shown_at, is_deleted: false });
        if in_work { 202 } else { 201 }
    }

    /// What stands in the way of somebody who wants to change a post that he did not share.
    fn refusal(&self, who: usize, post: usize) -> Option<u16> {
        let is_mine = self.posts[post].author == who;
        (!is_mine).then(|| if self.sees(who, post) { 403 } else { 404 })
    }

    fn choose(&mut self, who: usize, post: usize, chosen: Option<&BTreeSet<usize>>) -> u16 {
        if chosen.is_some_and(BTreeSet::is_empty) {
            return 422;
        }
        if let Some(status) = self.refusal(who, post) {
            return status;
        }
        if self.posts[post].is_deleted {
            return 404;
        }
        if !self.may_choose(who, chosen) {
            return 422;
        }
        self.posts[post].chosen = chosen.cloned();
        200
    }

    fn set_deleted(&mut self, who: usize, post: usize, is_deleted: bool) -> u16 {
        if let Some(status) = self.refusal(who, post) {
            return status;
        }
        self.posts[post].is_deleted = is_deleted;
        if is_deleted { 204 } else { 200 }
    }

    fn delete_comment(&mut self, who: usize, comment: usize) -> u16 {
        if !self.sees_comment(who, comment) {
            return 404;
        }
        let Comment { post, author, .. } = self.comments[comment];
        if ![author, self.posts[post].author].contains(&who) {
            return 403;
        }
        self.comments[comment].is_deleted = true;
        204
    }
}

/// Names of people, in their order.
pub fn names(people: impl IntoIterator<Item = usize>) -> String {
    let names: Vec<&str> = people.into_iter().map(|person| NAMES[person]).collect();
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

/// Whom a post is for.
pub fn audience(chosen: Option<&BTreeSet<usize>>) -> String {
    chosen.map_or_else(|| "all friends".to_owned(), |chosen| names(chosen.iter().copied()))
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |person: &usize| NAMES[*person];
        match self {
            Self::Ask(who, whom) => write!(f, "{} asks {}", name(who), name(whom)),
            Self::Accept(who, whom) => write!(f, "{} accepts {}", name(who), name(whom)),
            Self::EndRequest(who, whom) => {
                write!(f, "{} ends the request with {}", name(who), name(whom))
            }
            Self::Unfriend(who, whom) => write!(f, "{} unfriends {}", name(who), name(whom)),
            Self::Block(who, whom) => write!(f, "{} blocks {}", name(who), name(whom)),
            Self::Unblock(who, whom) => write!(f, "{} unblocks {}", name(who), name(whom)),
            Self::Share { author, chosen, in_work } => {
                let what = if *in_work { "an unfinished photo" } else { "a photo" };
                write!(f, "{} shares {what} with {}", name(author), audience(chosen.as_ref()))
            }
            Self::FinishPhotos => write!(f, "the photos are finished"),
            Self::Choose { who, post, chosen } => {
                write!(f, "{} makes post {post} one for {}", name(who), audience(chosen.as_ref()))
            }
            Self::Delete { who, post } => write!(f, "{} deletes post {post}", name(who)),
            Self::Restore { who, post } => write!(f, "{} restores post {post}", name(who)),
            Self::Comment { who, post } => write!(f, "{} comments on post {post}", name(who)),
            Self::DeleteComment { who, comment } => {
                write!(f, "{} deletes comment {comment}", name(who))
            }
        }
    }
}
