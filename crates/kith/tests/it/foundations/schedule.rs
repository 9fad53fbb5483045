//! Tasks that come round: once in their time, over restarts and processes.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use kith::{
    jobs::{Task, run_if_due},
    problem::{Kind, Problem},
};
use kith_testkit::{Options, TestApp};

const DAY: Duration = Duration::from_hours(24);
static RUNS: AtomicU32 = AtomicU32::new(0);

const COUNTED: Task = Task {
    name: "test.counted",
    handler: |_, _| {
        Box::pin(async {
            RUNS.fetch_add(1, Ordering::SeqCst);
            Ok(())
        })
    },
    every: Some(DAY),
};
const FAILING: Task = Task {
    name: "test.failing",
    handler: |_, _| Box::pin(async { Err(Problem::internal(anyhow::anyhow!("broken"))) }),
    every: Some(DAY),
};

#[tokio::test]
async fn a_task_of_a_day_runs_once_a_day_whoever_looks_and_however_often() {
    let app = TestApp::with(Options { background: false, ..Options::default() }).await;
    let sql = app.sql().await;
    assert!(run_if_due(&app.app, &COUNTED, DAY).await.unwrap());
    assert!(!run_if_due(&app.app, &COUNTED, DAY).await.unwrap(), "who ran it last");
    // A restarted process is another one for the database.
    sql.batch_execute("update leases set holder = gen_random_uuid()").await.unwrap();
    assert!(!run_if_due(&app.app, &COUNTED, DAY).await.unwrap(), "another process");
    assert_eq!(RUNS.load(Ordering::SeqCst), 1);
    let a_day_later = "update leases set expires_at = expires_at - interval '1 day'";
    sql.batch_execute(a_day_later).await.unwrap();
    assert!(run_if_due(&app.app, &COUNTED, DAY).await.unwrap(), "the next day");
    assert!(!run_if_due(&app.app, &COUNTED, DAY).await.unwrap());
    assert_eq!(RUNS.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_task_that_failed_is_tried_again_at_the_next_look() {
    let app = TestApp::with(Options { background: false, ..Options::default() }).await;
    for _ in 0..2 {
        let problem = run_if_due(&app.app, &FAILING, DAY).await.unwrap_err();
        assert_eq!(problem.kind(), Kind::Internal);
    }
}
