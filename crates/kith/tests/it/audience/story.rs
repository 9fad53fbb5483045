//! Random stories. A step is only a few numbers, so that a failing story can be made shorter; what it means is
//! told by what happened before it.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::model::{Action, Between, Comment, Model, PEOPLE};

/// What kind of thing is done.
#[derive(Clone, Copy, Debug)]
enum Verb {
    Ask,
    Accept,
    EndRequest,
    Unfriend,
    Block,
    Unblock,
    Share,
    FinishPhotos,
    Choose,
    Delete,
    Restore,
    Comment,
    DeleteComment,
}

/// One step of a story.
#[derive(Clone, Debug)]
pub struct Step {
    verb: Verb,
    /// Who acts.
    who: usize,
    /// Which other person, post or comment it is about.
    what: usize,
    /// Whom a post is for, and other choices.
    choice: u8,
}

/// Friendships to begin with, one bit for each pair, and what happens then.
pub type Story = (u16, Vec<Step>);

/// Stories of so many steps at most.
pub fn stories(steps: usize) -> impl Strategy<Value = Story> {
    let circle = (any::<u16>(), any::<u16>()).prop_map(|(one, other)| one | other);
    (circle, proptest::collection::vec(step(), steps / 2..=steps))
}

fn step() -> impl Strategy<Value = Step> {
    let verb = prop_oneof![
        5 => Just(Verb::Ask),
        3 => Just(Verb::Accept),
        5 => Just(Verb::EndRequest),
        3 => Just(Verb::Unfriend),
        3 => Just(Verb::Block),
        2 => Just(Verb::Unblock),
        7 => Just(Verb::Share),
        1 => Just(Verb::FinishPhotos),
        4 => Just(Verb::Choose),
        2 => Just(Verb::Delete),
        2 => Just(Verb::Restore),
        9 => Just(Verb::Comment),
        5 => Just(Verb::DeleteComment),
    ];
    (verb, 0..PEOPLE, 0..64_usize, any::<u8>()).prop_map(|(verb, who, what, choice)| Step {
        verb,
        who,
        what,
        choice,
    })
}

/// The friendships to begin with.
pub fn beginning(circle: u16) -> Vec<Action> {
    let pairs = (0..PEOPLE).flat_map(|one| (one + 1..PEOPLE).map(move |other| (one, other)));
    let friends = pairs.enumerate().filter(|(number, _)| circle >> number & 1 == 1);
    friends
        .flat_map(|(_, (one, other))| [Action::Ask(one, other), Action::Accept(other, one)])
        .collect()
}

impl Step {
    /// What it means now; nothing, if there is nothing that it could be about.
    pub fn meaning(&self, model: &Model) -> Option<Action> {
        let pair = |fits: &dyn Fn(usize, usize) -> bool| self.pair(fits);
        let is_open = |who, whom| matches!(model.between(who, whom), Between::Asked { .. });
        Some(match self.verb {
            Verb::Ask => {
                let (who, whom) = pair(&|who, whom| !model.are_friends(who, whom));
                Action::Ask(who, whom)
            }
            Verb::Accept => {
                let (who, whom) = pair(&is_open);
                Action::Accept(who, whom)
            }
            Verb::EndRequest => {
                let (who, whom) = pair(&is_open);
                Action::EndRequest(who, whom)
            }
            Verb::Unfriend => {
                let (who, whom) = pair(&|who, whom| model.are_friends(who, whom));
                Action::Unfriend(who, whom)
            }
            Verb::Block => {
                let (who, whom) = pair(&|_, _| true);
                Action::Block(who, whom)
            }
            Verb::Unblock => {
                let (who, whom) = pair(&|who, whom| model.blocks.contains_key(&(who, whom)));
                Action::Unblock(who, whom)
            }
            Verb::FinishPhotos => {
                return model.has_photo_in_work().then_some(Action::FinishPhotos);
            }
            _ => return self.about_posts(model),
        })
    }

    fn about_posts(&self, model: &Model) -> Option<Action> {
        let who = self.who;
        Some(match self.verb {
            Verb::Choose => {
                let (who, post) = self.post(model)?;
                Action::Choose { who, post, chosen: self.chosen(model, who) }
            }
            Verb::Delete => self.post(model).map(|(who, post)| Action::Delete { who, post })?,
            Verb::Restore => self.post(model).map(|(who, post)| Action::Restore { who, post })?,
            Verb::Comment => {
                let seen: Vec<_> =
                    (0..model.posts.len()).filter(|post| model.sees(who, *post)).collect();
                Action::Comment { who, post: self.one_of(&seen, model.posts.len())? }
            }
            Verb::DeleteComment => {
                let all = model.comments.len();
                let is_his = |comment: &usize| {
                    let Comment { post, author, is_deleted } = model.comments[*comment];
                    !is_deleted && [author, model.posts[post].author].contains(&who)
                };
                let his: Vec<_> = (0..all).filter(is_his).collect();
                Action::DeleteComment { who, comment: self.one_of(&his, all)? }
            }
            _ => {
                let chosen = self.chosen(model, who);
                let in_work = self.choice % 8 == 7 && !model.has_photo_in_work();
                Action::Share { author: who, chosen, in_work }
            }
        })
    }

    /// Mostly two people of whom it makes sense, and any two now and then.
    fn pair(&self, fits: &dyn Fn(usize, usize) -> bool) -> (usize, usize) {
        let all = (0..PEOPLE).flat_map(|who| (0..PEOPLE).map(move |whom| (who, whom)));
        let fitting: Vec<_> = all.filter(|(who, whom)| who != whom && fits(*who, *whom)).collect();
        let number = self.who + PEOPLE * self.what;
        match number.checked_rem(fitting.len()) {
            Some(number) if self.is_sensible() => fitting[number],
            _ => (self.who, (self.who + 1 + self.what % (PEOPLE - 1)) % PEOPLE),
        }
    }

    /// Mostly one of those that make sense, and any now and then.
    fn one_of(&self, fitting: &[usize], all: usize) -> Option<usize> {
        match self.what.checked_rem(fitting.len()) {
            Some(number) if self.is_sensible() => Some(fitting[number]),
            _ => self.what.checked_rem(all),
        }
    }

    fn is_sensible(&self) -> bool {
        self.choice % 4 != 3
    }

    /// A post, and who does something to it: mostly its author.
    fn post(&self, model: &Model) -> Option<(usize, usize)> {
        let post = self.what.checked_rem(model.posts.len())?;
        let who = if self.is_sensible() { model.posts[post].author } else { self.who };
        Some((who, post))
    }

    /// Half of the posts are for all friends. Of the others, most name friends only.
    fn chosen(&self, model: &Model, author: usize) -> Option<BTreeSet<usize>> {
        let names_anybody = self.choice >> 6 == 3;
        let is_named = |person: &usize| {
            *person != author
                && self.choice >> person & 1 == 1
                && (names_anybody || model.are_friends(author, *person))
        };
        let chosen: BTreeSet<usize> = (0..PEOPLE).filter(is_named).collect();
        (self.choice >> 5 & 1 == 1 && (names_anybody || !chosen.is_empty())).then_some(chosen)
    }
}
