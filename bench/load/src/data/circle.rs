//! Who there is and who is whose friend: heavy-tailed, as such graphs are.

use kith_types::{
    id::{Bucket, FriendshipId, Id, UserId},
    time::Timestamp,
};

use crate::random::Draws;

/// One day in microseconds.
pub const DAY: i64 = 86_400_000_000;
/// Friends of a person: median and spread of a log-normal distribution, and Kith's own limit. The mean is about 95.
const FRIENDS_MEDIAN: f64 = 70.0;
const FRIENDS_SIGMA: f64 = 0.9;
const FRIENDS_MOST: f64 = 500.0;
/// Requests that are still open.
const PENDING: f64 = 0.01;
const WITH_PICTURE: f64 = 0.7;
const BLOCKERS: f64 = 0.02;

/// A person.
pub struct Person {
    pub id: UserId,
    /// Microseconds since 1970.
    pub joined: i64,
    pub has_picture: bool,
}

/// A friendship, or a request for one.
pub struct Friendship {
    pub id: FriendshipId,
    /// The two, in the order of their ids, as indexes into the people.
    pub pair: (u32, u32),
    pub asker: u32,
    pub since: i64,
    pub is_pending: bool,
}

/// Everybody.
pub struct Circle {
    pub people: Vec<Person>,
    /// In the order in which they began.
    pub friendships: Vec<Friendship>,
    /// Who blocked whom.
    pub blocks: Vec<(u32, u32)>,
    friends: Lists,
}

/// A list of numbers for each number.
pub struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// Collects `(of, item)`, both directions already in it.
    pub fn of(count: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for (of, _) in pairs.clone() {
            starts[of as usize + 1] += 1;
        }
        for index in 0..count {
            starts[index + 1] += starts[index];
        }
        let mut next = starts.clone();
        let mut items = vec![0; starts[count] as usize];
        for (of, item) in pairs {
            items[next[of as usize] as usize] = item;
            next[of as usize] += 1;
        }
        Self { starts, items }
    }

    /// The list of one.
    pub fn get(&self, of: u32) -> &[u32] {
        let of = of as usize;
        &self.items[self.starts[of] as usize..self.starts[of + 1] as usize]
    }
}

impl Circle {
    /// Draws everybody.
    pub fn draw(seed: u64, count: usize, now: i64) -> Self {
        let mut draws = Draws::new(seed, "circle");
        let people: Vec<Person> = (0..count).map(|_| person(&mut draws, now)).collect();
        let friendships = befriend(&mut draws, &people, now);
        let active = friendships.iter().filter(|friendship| !friendship.is_pending);
        let both = active.flat_map(|friendship| {
            let (one, other) = friendship.pair;
            [(one, other), (other, one)]
        });
        let friends = Lists::of(count, both);
        let blocks = block(&mut draws, &friends, count);
        Self { people, friendships, blocks, friends }
    }

    /// The friends of one.
    pub fn friends(&self, of: u32) -> &[u32] {
        self.friends.get(of)
    }

    /// One of them.
    pub fn person(&self, index: u32) -> &Person {
        &self.people[index as usize]
    }
}

/// A new id in somebody's bucket.
pub fn id<K>(draws: &mut Draws, at: i64, bucket: Bucket) -> Id<K> {
    Id::new(moment(at), bucket, draws.bits())
}

/// The time of so many microseconds.
pub fn moment(at: i64) -> Timestamp {
    Timestamp::from_unix_milliseconds(at.div_euclid(1000))
}

fn person(draws: &mut Draws, now: i64) -> Person {
    let joined = now - 366 * DAY - (draws.unit() * 365.0 * DAY as f64) as i64;
    let number = draws.below(usize::from(Bucket::COUNT)) as u16;
    let bucket = Bucket::new(number).unwrap_or_else(|| unreachable!("below the count"));
    Person { id: id(draws, joined, bucket), joined, has_picture: draws.chance(WITH_PICTURE) }
}

/// The configuration model: everybody has as many ends as friends, ends are joined at random.
fn befriend(draws: &mut Draws, people: &[Person], now: i64) -> Vec<Friendship> {
    let most = FRIENDS_MOST.min(people.len() as f64 / 4.0);
    let mut ends = Vec::new();
    for index in 0..people.len() as u32 {
        let friends = draws.log_normal(FRIENDS_MEDIAN, FRIENDS_SIGMA).clamp(1.0, most) as usize;
        ends.extend(std::iter::repeat_n(index, friends));
    }
    draws.shuffle(&mut ends);
    let mut pairs: Vec<(u32, u32)> = ends
        .chunks_exact(2)
        .filter(|pair| pair[0] != pair[1])
        .map(|pair| (pair[0].min(pair[1]), pair[0].max(pair[1])))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut friendships: Vec<Friendship> =
        pairs.into_iter().map(|pair| friendship(draws, people, pair, now)).collect();
    friendships.sort_by_key(|friendship| friendship.since);
    friendships
}

fn friendship(
    draws: &mut Draws,
    people: &[Person],
    (one, other): (u32, u32),
    now: i64,
) -> Friendship {
    let id_of = |index: u32| people[index as usize].id;
    let pair = if id_of(one) < id_of(other) { (one, other) } else { (other, one) };
    let is_pending = draws.chance(PENDING);
    // Open requests end after 60 days.
    let days = if is_pending { 59.0 } else { 366.0 };
    let since = now - (draws.unit() * days * DAY as f64) as i64 - 1;
    let asker = if draws.chance(0.5) { one } else { other };
    let id = id(draws, since, id_of(pair.0).bucket());
    Friendship { id, pair, asker, since, is_pending }
}

fn block(draws: &mut Draws, friends: &Lists, count: usize) -> Vec<(u32, u32)> {
    let mut blocks = Vec::new();
    for blocker in 0..count as u32 {
        let blocked = draws.below(count) as u32;
        let is_stranger = blocked != blocker && !friends.get(blocker).contains(&blocked);
        if draws.chance(BLOCKERS) && is_stranger {
            blocks.push((blocker, blocked));
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000_000_000;

    #[test]
    fn friendships_are_ordered_distinct_and_heavy_tailed() {
        let circle = Circle::draw(1, 4_000, NOW);
        let mut pairs: Vec<_> = circle.friendships.iter().map(|f| f.pair).collect();
        for (one, other) in &pairs {
            assert!(circle.person(*one).id < circle.person(*other).id);
        }
        let all = pairs.len();
        pairs.sort_unstable();
        pairs.dedup();
        assert_eq!(pairs.len(), all);
        let mut degrees: Vec<_> = (0..4_000).map(|index| circle.friends(index).len()).collect();
        degrees.sort_unstable();
        assert!((55..75).contains(&degrees[2_000]), "median {}", degrees[2_000]);
        assert!((400..=500).contains(&degrees[3_999]), "most {}", degrees[3_999]);
        let mean = degrees.iter().sum::<usize>() / 4_000;
        assert!((75..100).contains(&mean), "mean {mean}");
    }

    #[test]
    fn a_seed_gives_the_same_circle() {
        let ids = |seed| -> Vec<_> {
            let circle = Circle::draw(seed, 200, NOW);
            circle.friendships.iter().map(|friendship| friendship.id).collect()
        };
        assert_eq!(ids(1), ids(1));
        assert_ne!(ids(1), ids(2));
    }
}
