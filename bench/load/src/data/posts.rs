//! What people posted in a year, who may see it, and what was said under it.

use kith_types::id::{PostId, UploadId};

use super::circle::{Circle, DAY, Lists, id, moment};
use crate::random::Draws;

/// Few post much, most post little.
const ACTIVITY_SIGMA: f64 = 1.3;
const SPECIFIC: f64 = 0.1;
const CHOSEN: usize = 8;
const DELETED: f64 = 0.02;
/// Comments of a post: median and spread of a log-normal distribution, cut down to a whole number. The mean is about 2.
const COMMENTS_MEDIAN: f64 = 1.2;
const COMMENTS_SIGMA: f64 = 1.2;
const COMMENTS_MOST: f64 = 500.0;
const BY_AUTHOR: f64 = 0.15;
/// How long after the post, in microseconds.
const COMMENT_DELAY: f64 = 0.5 * DAY as f64;

/// A post with its counters.
pub struct Post {
    pub id: PostId,
    pub author: u32,
    /// Microseconds since 1970.
    pub at: i64,
    pub is_specific: bool,
    pub is_deleted: bool,
    pub comment_count: i32,
    pub last_commented_at: Option<i64>,
}

/// A comment.
pub struct Comment {
    pub post: u32,
    pub author: u32,
    pub at: i64,
    pub is_deleted: bool,
}

/// A year of posts.
pub struct Posts {
    /// In the order of time.
    pub posts: Vec<Post>,
    /// In the order of time.
    pub comments: Vec<Comment>,
    /// When the year ends, and whatever is deleted was deleted: what went more than a week ago is gone for
    /// good in a database that is served, and the server would begin to remove it.
    pub end: i64,
    audience: Lists,
}

impl Post {
    /// The upload that it was made of.
    pub fn upload(&self) -> UploadId {
        UploadId::derived(moment(self.at), self.id.bucket(), self.id.uuid().as_bytes())
    }
}

impl Posts {
    /// Draws everything.
    pub fn draw(seed: u64, circle: &Circle, count: usize, now: i64) -> Self {
        let mut draws = Draws::new(seed, "posts");
        let mut posts = write(&mut draws, circle, count, now);
        let chosen = choose(&mut draws, circle, &posts);
        let audience = Lists::of(count, chosen.iter().copied());
        let comments = discuss(&mut draws, circle, &posts, &audience, now);
        for comment in comments.iter().filter(|comment| !comment.is_deleted) {
            posts[comment.post as usize].comment_count += 1;
        }
        for comment in &comments {
            posts[comment.post as usize].last_commented_at = Some(comment.at);
        }
        Self { posts, comments, end: now, audience }
    }

    /// For whom one was chosen.
    pub fn audience(&self, of: u32) -> &[u32] {
        self.audience.get(of)
    }
}

fn write(draws: &mut Draws, circle: &Circle, count: usize, now: i64) -> Vec<Post> {
    let mut sum = 0.0;
    let upto: Vec<f64> = (0..circle.people.len() as u32)
        .map(|person| {
            // Whoever has many friends posts more.
            let reach = (1.0 + circle.friends(person).len() as f64).sqrt();
            sum += draws.log_normal(1.0, ACTIVITY_SIGMA) * reach;
            sum
        })
        .collect();
    let mut times: Vec<i64> =
        (0..count).map(|_| now - (draws.unit() * 365.0 * DAY as f64) as i64 - 1).collect();
    times.sort_unstable();
    let post = |at| {
        let place = draws.unit() * sum;
        let author = upto.partition_point(|end| *end <= place) as u32;
        let has_friends = !circle.friends(author).is_empty();
        Post {
            id: id(draws, at, circle.person(author).id.bucket()),
            author,
            at,
            is_specific: has_friends && draws.chance(SPECIFIC),
            is_deleted: draws.chance(DELETED),
            comment_count: 0,
            last_commented_at: None,
        }
    };
    times.into_iter().map(post).collect()
}

/// Who may see each post for some: a few friends in a row, from a random one on.
fn choose(draws: &mut Draws, circle: &Circle, posts: &[Post]) -> Vec<(u32, u32)> {
    let mut chosen = Vec::new();
    for (index, post) in posts.iter().enumerate().filter(|(_, post)| post.is_specific) {
        let friends = circle.friends(post.author);
        let from = draws.below(friends.len());
        let around = friends.iter().cycle().skip(from).take(CHOSEN.min(friends.len()));
        chosen.extend(around.map(|friend| (index as u32, *friend)));
    }
    chosen
}

fn discuss(
    draws: &mut Draws,
    circle: &Circle,
    posts: &[Post],
    audience: &Lists,
    now: i64,
) -> Vec<Comment> {
    let mut comments = Vec::with_capacity(2 * posts.len());
    for (index, post) in posts.iter().enumerate() {
        let index = index as u32;
        let readers =
            if post.is_specific { audience.get(index) } else { circle.friends(post.author) };
        if readers.is_empty() {
            continue;
        }
        let many = draws.log_normal(COMMENTS_MEDIAN, COMMENTS_SIGMA).min(COMMENTS_MOST) as usize;
        for _ in 0..many {
            let author = if draws.chance(BY_AUTHOR) { post.author } else { *draws.pick(readers) };
            let at = post.at + 1 + draws.exponential(COMMENT_DELAY) as i64;
            let is_deleted = draws.chance(DELETED);
            if at < now {
                comments.push(Comment { post: index, author, at, is_deleted });
            }
        }
    }
    comments.sort_by_key(|comment| comment.at);
    comments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_exact_and_comments_come_from_readers() {
        const NOW: i64 = 1_800_000_000_000_000;
        let circle = Circle::draw(1, 500, NOW);
        let all = Posts::draw(1, &circle, 10_000, NOW);
        let mut counted = vec![0; all.posts.len()];
        for comment in &all.comments {
            let post = &all.posts[comment.post as usize];
            let readers = if post.is_specific {
                all.audience(comment.post)
            } else {
                circle.friends(post.author)
            };
            assert!(comment.author == post.author || readers.contains(&comment.author));
            assert!(comment.at > post.at && comment.at < NOW);
            counted[comment.post as usize] += i32::from(!comment.is_deleted);
        }
        let counters: Vec<_> = all.posts.iter().map(|post| post.comment_count).collect();
        assert_eq!(counters, counted);
        assert!((15_000..25_000).contains(&all.comments.len()), "{}", all.comments.len());
        let specific = all.posts.iter().filter(|post| post.is_specific).count();
        assert!((900..1_100).contains(&specific), "{specific}");
    }
}
