//! Two people and what is between them: the state machine of friendships and the only code that changes one.

use kith_types::{
    id::{FriendshipId, UserId},
    time::Timestamp,
    visibility::{FriendshipStatus, UserStatus},
};

use super::{
    events::{self, Posts},
    store,
};
use crate::{db::Tx, features::contacts, http::problem::Problem, realtime::outbox::EventKind};

/// What the other one is to me.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Stranger,
    /// I asked.
    Asked,
    /// They asked.
    Asking,
    /// They asked and I declined.
    Declined,
    /// We are friends.
    Friend,
}

/// What I do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Ask a stranger.
    Ask,
    /// Say yes to whoever asked, even after a no.
    Accept,
    /// Say no to whoever asked.
    Decline,
    /// End whatever there is.
    End,
}

/// A friendship or request as it stands.
#[derive(Clone, Copy, Debug)]
pub struct Present {
    pub id: FriendshipId,
    pub status: FriendshipStatus,
    pub initiated_by: UserId,
    pub requested_at: Timestamp,
    pub is_declined: bool,
}

/// Two people whose rows this transaction holds: nobody else changes what is between them.
#[derive(Debug)]
pub struct Pair {
    me: UserId,
    other: UserId,
    other_status: UserStatus,
    present: Option<Present>,
}

impl Pair {
    /// Waits for the turn of this pair. None if there is no such account, or it is my own.
    pub async fn lock(tx: &Tx, me: UserId, other: UserId) -> Result<Option<Self>, Problem> {
        let statuses = store::lock_people(tx, me, other).await?;
        let Some(other_status) = statuses.get(&other).copied().filter(|_| me != other) else {
            return Ok(None);
        };
        let present = store::find_pair(tx, me, other).await?;
        Ok(Some(Self { me, other, other_status, present }))
    }

    /// The other one.
    pub fn other(&self) -> UserId {
        self.other
    }

    /// Whether the other account is neither unfinished nor suspended.
    pub fn other_is_active(&self) -> bool {
        self.other_status == UserStatus::Active
    }

    /// The friendship or request, if there is one.
    pub fn present(&self) -> Option<Present> {
        self.present
    }

    /// Whether a request waits, declined or not.
    pub fn is_open(&self) -> bool {
        self.present.is_some_and(|present| present.status == FriendshipStatus::Pending)
    }

    /// What the other one is to me.
    pub fn standing(&self) -> Standing {
        match self.present {
            None => Standing::Stranger,
            Some(present) if present.status == FriendshipStatus::Active => Standing::Friend,
            Some(present) if present.initiated_by == self.me => Standing::Asked,
            Some(present) if present.is_declined => Standing::Declined,
            Some(_) => Standing::Asking,
        }
    }

    /// Changes the friendship, its read model and nothing else, and tells both sides what each may know.
    pub async fn change(self, tx: &Tx, change: Change) -> Result<FriendshipId, Problem> {
        let standing = self.standing();
        if (standing, change) == (Standing::Friend, Change::End) {
            self.tell_posts(tx, Posts::Hidden).await?;
        }
        let id = self.write(tx, change).await?;
        contacts::refresh_between(tx, self.me, self.other).await?;
        self.tell(tx, id, change);
        if change == Change::Accept {
            self.tell_posts(tx, Posts::Shown).await?;
        }
        Ok(id)
    }

    async fn write(&self, tx: &Tx, change: Change) -> Result<FriendshipId, Problem> {
        let id = match (self.standing(), change, self.present) {
            (Standing::Stranger, Change::Ask, None) => {
                return store::insert(tx, self.me, self.other).await;
            }
            (Standing::Asking | Standing::Declined, Change::Accept, Some(present)) => {
                store::accept(tx, present.id).await?;
                present.id
            }
            (Standing::Asking, Change::Decline, Some(present)) => {
                store::decline(tx, present.id).await?;
                present.id
            }
            (_, Change::End, Some(present)) => {
                store::delete(tx, present.id).await?;
                return Ok(present.id);
            }
            (standing, change, _) => {
                let error = anyhow::anyhow!("no {change:?} from {standing:?}");
                return Err(Problem::internal(error));
            }
        };
        store::write_edges(tx, id).await?;
        Ok(id)
    }

    /// Whoever was declined hears nothing of it, and whoever declined hears no more of the request.
    fn tell(&self, tx: &Tx, id: FriendshipId, change: Change) {
        let kind = match change {
            Change::Ask => EventKind::FriendRequested,
            Change::Accept => EventKind::FriendAccepted,
            Change::Decline | Change::End => EventKind::FriendRemoved,
        };
        let decliner = self.present.filter(|present| present.is_declined && change == Change::End);
        let decliner =
            decliner.map(|p| if p.initiated_by == self.me { self.other } else { self.me });
        let declined = (change == Change::Decline).then_some(self.other);
        for (person, other) in [(self.me, self.other), (self.other, self.me)] {
            if Some(person) != decliner && Some(person) != declined {
                events::friend(tx, kind, id, person, other);
            }
        }
    }

    async fn tell_posts(&self, tx: &Tx, posts: Posts) -> Result<(), Problem> {
        events::posts(tx, posts, self.me, self.other).await?;
        events::posts(tx, posts, self.other, self.me).await
    }
}
