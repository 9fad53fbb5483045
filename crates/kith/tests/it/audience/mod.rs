//! Who sees what, for any story: five people do whatever comes to somebody's mind, and after every second step
//! each of them looks everywhere. What they find is compared with a model that knows the rules and not the server.

mod model;
mod sight;
mod story;
mod world;

use kith_testkit::{TestApp, effort};
use proptest::test_runner::{
    Config, RngSeed, TestCaseError, TestCaseResult, TestError, TestRunner,
};
use tokio::runtime::Runtime;

use self::{
    model::{Action, Model},
    story::{Story, beginning, stories},
    world::World,
};

/// How much is tried.
struct Effort {
    stories: u32,
    steps: usize,
}

const GATE: Effort = Effort { stories: 5, steps: 60 };
const LONG: Effort = Effort { stories: 400, steps: 120 };
/// A failing story is made shorter for so long, in milliseconds.
const SHORTENING_MS: u32 = 120_000;

#[test]
fn everybody_finds_exactly_what_the_rules_say() {
    let Effort { stories: cases, steps } = if effort::is_long() { LONG } else { GATE };
    let seed = effort::seed();
    let config = Config {
        cases,
        max_shrink_time: SHORTENING_MS,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..Config::default()
    };
    let runtime = Runtime::new().expect("a runtime");
    let app = runtime.block_on(TestApp::start());
    let live = |story: Story| runtime.block_on(lives(&app, story));
    match TestRunner::new(config).run(&stories(steps), live) {
        Ok(()) => {}
        Err(TestError::Fail(reason, _)) => {
            panic!("{reason}\n\nKITH_TEST_SEED={seed} tells the same story again")
        }
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}

/// Lives through a story, comparing after every second step.
async fn lives(app: &TestApp, (circle, steps): Story) -> TestCaseResult {
    let mut stage =
        Stage { model: Model::default(), world: World::of(app).await, told: Vec::new() };
    for action in beginning(circle) {
        stage.play(&action).await?;
    }
    stage.compare().await?;
    for pair in steps.chunks(2) {
        for step in pair {
            if let Some(action) = step.meaning(&stage.model) {
                stage.play(&action).await?;
            }
        }
        stage.compare().await?;
    }
    Ok(())
}

/// The model, the server, and what was done so far.
struct Stage<'a> {
    model: Model,
    world: World<'a>,
    told: Vec<String>,
}

impl Stage<'_> {
    async fn play(&mut self, action: &Action) -> TestCaseResult {
        let actual = self.world.act(action).await;
        let expected = self.model.act(action);
        self.told.push(format!("{action}: {actual}"));
        if actual == expected {
            return Ok(());
        }
        Err(self.failure(&[format!("answered {actual}, not {expected}")]))
    }

    async fn compare(&self) -> TestCaseResult {
        let differences = sight::differences(&self.model, &self.world).await;
        if differences.is_empty() { Ok(()) } else { Err(self.failure(&differences)) }
    }

    fn failure(&self, differences: &[String]) -> TestCaseError {
        let story: Vec<String> =
            (1..).zip(&self.told).map(|(n, line)| format!("{n:4}. {line}")).collect();
        TestCaseError::fail(format!("\n{}\n\n{}", story.join("\n"), differences.join("\n")))
    }
}
