//! Refresh tokens over any story of tabs, retries, lost answers, waiting, and a thief: the server does at every step
//! what the contract says, and honest people are never signed out. The model is a list of tokens and two times.

use std::time::Duration;

use kith_testkit::{Answer, Person, TestApp, effort};
use proptest::{
    prelude::*,
    test_runner::{Config, RngSeed, TestError, TestRunner},
};
use tokio::runtime::Runtime;

const LONG_STORIES: u32 = 3_000;
const GATE_STORIES: u32 = 60;
/// A failing story is made shorter for so long, in milliseconds.
const SHORTENING_MS: u32 = 60_000;

/// One thing that happens. Numbers pick among what there is then.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// A tab of the owner takes the token from the shared storage and sends it; the answer is still to come.
    TabSends,
    /// An answer reaches its tab, which stores it.
    TabHears(usize),
    /// An answer is lost: the tab closed, the network went.
    AnswerLost(usize),
    /// The owner looks at something.
    OwnerReads,
    /// The thief copies what is stored.
    ThiefCopies,
    /// The thief exchanges what he has, or any token that there ever was.
    ThiefRefreshes(usize),
    /// The thief looks at something.
    ThiefReads,
    /// Seconds go by: none of these comes near ten of them, or near the life of an access token.
    Passes(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => Just(Step::TabSends),
        6 => any::<usize>().prop_map(Step::TabHears),
        3 => any::<usize>().prop_map(Step::AnswerLost),
        4 => Just(Step::OwnerReads),
        1 => Just(Step::ThiefCopies),
        1 => any::<usize>().prop_map(Step::ThiefRefreshes),
        1 => Just(Step::ThiefReads),
        5 => prop::sample::select(vec![4, 4, 16, 16, 1_000, 25 * 86_400]).prop_map(Step::Passes),
    ]
}

/// A story of the owner alone.
fn honest_step() -> impl Strategy<Value = Step> {
    step().prop_filter("no thief", |step| {
        !matches!(step, Step::ThiefCopies | Step::ThiefRefreshes(_) | Step::ThiefReads)
    })
}

/// What the contract says of one session. Tokens are known by their place in the order in which they were made.
struct Model {
    /// The newest token.
    newest: usize,
    /// Whether somebody showed the access token that came with the newest.
    is_used: bool,
    /// Seconds, with those of the story.
    rotated_at: u64,
    began_at: u64,
    is_ended: bool,
    was_replayed: bool,
}

const DAY: u64 = 86_400;

impl Model {
    fn new(now: u64) -> Self {
        Self {
            newest: 0,
            is_used: false,
            rotated_at: now,
            began_at: now,
            is_ended: false,
            was_replayed: false,
        }
    }

    fn is_alive(&self, now: u64) -> bool {
        !self.is_ended && now < self.rotated_at + 60 * DAY && now < self.began_at + 180 * DAY
    }

    /// The one before works again within ten seconds, or later while nobody used what came after it.
    fn is_welcome(&self, token: usize, now: u64) -> bool {
        let is_before = token + 1 == self.newest;
        self.is_alive(now)
            && (token == self.newest || is_before && (now <= self.rotated_at + 10 || !self.is_used))
    }

    /// Which token the answer brings, if any.
    fn exchanges(&mut self, token: usize, now: u64) -> Option<usize> {
        if !self.is_alive(now) {
            return None;
        }
        if !self.is_welcome(token, now) {
            self.is_ended = true;
            self.was_replayed = true;
            return None;
        }
        if token == self.newest {
            self.newest += 1;
            self.rotated_at = now;
            self.is_used = false;
        }
        Some(self.newest)
    }
}

/// A refresh token and the access token that came with it.
#[derive(Clone)]
struct Pair {
    number: usize,
    refresh: String,
    access: String,
    issued_at: u64,
}

/// One session in the running server, and the model beside it.
struct World<'a> {
    app: &'a TestApp,
    nobody: Person,
    user_id: String,
    model: Model,
    /// Seconds since the story began.
    now: u64,
    /// Every token that there was, by number.
    made: Vec<String>,
    stored: Pair,
    /// What tabs sent.
    under_way: Vec<usize>,
    stolen: Option<Pair>,
    false_logouts: usize,
}

impl<'a> World<'a> {
    async fn new(app: &'a TestApp, owner: &Person) -> Self {
        // A session of its own, by another sign-in of the same person.
        let device = app.signs_in("ana", &owner.phone).await;
        let stored = Pair {
            number: 0,
            refresh: device.refresh_token(),
            access: device.access_token(),
            issued_at: 0,
        };
        Self {
            app,
            nobody: app.anonymous(),
            user_id: device.user_id,
            model: Model::new(0),
            now: 0,
            made: vec![stored.refresh.clone()],
            stored,
            under_way: Vec::new(),
            stolen: None,
            false_logouts: 0,
        }
    }

    async fn play(&mut self, step: Step) {
        match step {
            Step::TabSends => self.under_way.push(self.stored.number),
            Step::TabHears(which) => self.arrives(which, true).await,
            Step::AnswerLost(which) => self.arrives(which, false).await,
            Step::OwnerReads => {
                let stored = self.stored.clone();
                self.reads(&stored).await;
            }
            Step::ThiefCopies => self.stolen = Some(self.stored.clone()),
            Step::ThiefRefreshes(which) => self.thief_refreshes(which).await,
            Step::ThiefReads => {
                if let Some(stolen) = self.stolen.clone() {
                    self.reads(&stolen).await;
                }
            }
            Step::Passes(seconds) => {
                self.now += seconds;
                self.app.passes(Duration::from_secs(seconds));
            }
        }
    }

    /// A request of a tab arrives. One that the contract promises nothing any more was given up before.
    async fn arrives(&mut self, which: usize, is_heard: bool) {
        if self.under_way.is_empty() {
            return;
        }
        let token = self.under_way.swap_remove(which % self.under_way.len());
        let is_owners_alone = self.stolen.is_none();
        if is_owners_alone && !self.model.is_welcome(token, self.now) {
            return;
        }
        let granted = self.exchanges(token).await;
        match granted {
            Some(pair) if is_heard && pair.number >= self.stored.number => self.stored = pair,
            None if is_owners_alone => self.false_logouts += 1,
            _ => {}
        }
    }

    async fn thief_refreshes(&mut self, which: usize) {
        let Some(stolen) = &self.stolen else { return };
        // Mostly what he copied last, sometimes any that ever travelled.
        let token = if which.is_multiple_of(3) { which % self.made.len() } else { stolen.number };
        if let Some(pair) = self.exchanges(token).await {
            self.stolen = Some(pair);
        }
    }

    /// Exchanges a token, demanding what the model says.
    async fn exchanges(&mut self, token: usize) -> Option<Pair> {
        let answer = self.nobody.tries_refresh_token(&self.made[token]).await;
        let Some(number) = self.model.exchanges(token, self.now) else {
            answer.expect_problem(401, "token-reused");
            return None;
        };
        let answer = answer.expect(200);
        let refresh = answer.text("/refresh_token");
        if let Some(known) = self.made.get(number) {
            assert_eq!(*known, refresh, "the same successor, every time");
        } else {
            assert!(!self.made.contains(&refresh), "a new one");
            self.made.push(refresh.clone());
        }
        let access = answer.text("/access_token");
        Some(Pair { number, refresh, access, issued_at: self.now })
    }

    async fn reads(&mut self, pair: &Pair) {
        let answer = self.shows(&pair.access).await;
        let is_fresh = self.now < pair.issued_at + 600;
        if !(is_fresh && self.model.is_alive(self.now)) {
            answer.expect_problem(401, "unauthenticated");
            return;
        }
        answer.expect(200);
        self.model.is_used |= pair.number == self.model.newest;
    }

    async fn shows(&self, access: &str) -> Answer {
        let path = "/v1/me";
        let request =
            self.nobody.request_without_session(reqwest::Method::GET, path).bearer_auth(access);
        self.nobody.send(request, reqwest::Method::GET, path).await
    }

    /// What is true in the end of every story.
    async fn ends(mut self) -> Result<(), TestCaseError> {
        prop_assert_eq!(self.false_logouts, 0, "an honest request was refused");
        let stored = self.stored.clone();
        prop_assert_eq!(&self.made[stored.number], &stored.refresh);
        self.reads(&stored).await;
        let replays = self.replays_recorded().await;
        prop_assert_eq!(replays, i64::from(self.model.was_replayed), "recorded once, or never");
        if self.model.was_replayed {
            // The family is dead, down to its newest token.
            let newest = self.model.newest;
            prop_assert!(self.exchanges(newest).await.is_none());
        }
        Ok(())
    }

    async fn replays_recorded(&self) -> i64 {
        let family = family_of(&self.stored.refresh);
        let sql = self.app.sql().await;
        let user: uuid::Uuid = self.user_id.parse().expect("an id");
        let row = sql
            .query_one(
                "select count(*) from audit_log where kind = 'token-reused' and session_id = $1 and user_id = $2",
                &[&family, &user],
            )
            .await;
        row.expect("a count").get(0)
    }
}

/// The session that a token names.
pub fn family_of(token: &str) -> uuid::Uuid {
    kith_types::keys::RefreshToken::parse(token).expect("a token").family().uuid()
}

fn runs(steps: impl Strategy<Value = Vec<Step>>) {
    let seed = effort::seed();
    let config = Config {
        cases: if effort::is_long() { LONG_STORIES } else { GATE_STORIES },
        max_shrink_time: SHORTENING_MS,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    };
    let runtime = Runtime::new().expect("a runtime");
    let app = runtime.block_on(TestApp::start());
    let owner = runtime.block_on(app.person("ana"));
    let told = TestRunner::new(config).run(&steps, |steps| {
        runtime.block_on(async {
            let mut world = World::new(&app, &owner).await;
            for step in steps {
                world.play(step).await;
            }
            world.ends().await
        })
    });
    match told {
        Ok(()) => {}
        Err(TestError::Fail(reason, steps)) => {
            panic!("{reason}\n{steps:?}\n\nKITH_TEST_SEED={seed} tells the same story again")
        }
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}

#[test]
fn honest_people_are_never_signed_out() {
    runs(prop::collection::vec(honest_step(), 10..30));
}

#[test]
fn the_server_does_what_the_contract_says_whoever_holds_the_token() {
    let stolen = prop::collection::vec(honest_step(), 0..8).prop_map(|mut steps| {
        steps.push(Step::ThiefCopies);
        steps
    });
    let story = (stolen, prop::collection::vec(step(), 5..25));
    runs(story.prop_map(|(mut before, after)| {
        before.extend(after);
        before
    }));
}
