//! What is told of a failed statement: enough to find the fault, nothing of the row.

use kith::{db, problem::Problem};
use kith_testkit::postgres::TestDatabase;

async fn failure(sql: &str) -> Problem {
    let database = TestDatabase::create().await.unwrap();
    let client = database.client().await.unwrap();
    Problem::from(client.batch_execute(sql).await.unwrap_err())
}

fn told(problem: &Problem) -> [String; 2] {
    let source = problem.source().unwrap();
    [format!("{source:#}"), format!("{source:?}")]
}

#[tokio::test]
async fn a_violation_names_its_constraint_and_not_the_value() {
    let problem = failure(
        "create table t (v text constraint t_v_key unique); insert into t values ('secret'), ('secret')",
    )
    .await;
    assert!(!db::is_retryable(&problem));
    for text in told(&problem) {
        assert!(text.contains("23505") && text.contains("constraint t_v_key"), "{text}");
        assert!(!text.contains("secret"), "{text}");
    }
}

#[tokio::test]
async fn a_serialisation_failure_is_still_known_as_one() {
    for code in ["40001", "40P01"] {
        let problem = failure(&format!(
            "do $$ begin raise exception 'again' using errcode = '{code}', detail = 'secret', hint = 'secret'; end $$"
        ))
        .await;
        assert!(db::is_retryable(&problem));
        assert!(told(&problem).iter().all(|text| text.contains(code) && !text.contains("secret")));
    }
}
