//! One suite of requirements, run against both back ends; Redis is the real server.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod arithmetic;
mod budgets;
mod cached;
mod fixture;
mod hints;
mod recovery;
#[path = "../../../kith-testkit/src/redis_server.rs"]
mod redis_server;

/// Makes every case a test of each back end.
macro_rules! on_both_back_ends {
    ($($module:ident :: $case:ident),+ $(,)?) => {
        mod in_process {
            $(#[tokio::test] async fn $case() { super::$module::$case(&crate::fixture::Fixture::in_process()).await; })+
        }
        mod redis {
            $(#[tokio::test] async fn $case() { super::$module::$case(&crate::fixture::Fixture::redis().await).await; })+
        }
    };
}

on_both_back_ends! {
    budgets::a_burst_is_granted_and_then_refused,
    budgets::budgets_are_apart_by_name_and_key,
    budgets::a_budget_fills_again,
    budgets::all_or_none,
    budgets::as_many_as_there_are,
    budgets::an_empty_budget_refuses_everything,
    budgets::more_than_the_burst_is_never_granted,
    budgets::a_shared_budget_is_not_overdrawn_by_many_at_once,
    hints::a_subscriber_hears_what_is_published_afterwards,
    hints::every_subscriber_hears_and_nobody_twice,
    hints::topics_are_apart,
    hints::a_slow_subscriber_is_told_to_catch_up,
    hints::a_topic_that_nobody_reads_is_forgotten,
    hints::a_hint_can_be_any_bytes,
    cached::what_was_set_is_there_until_deleted,
    cached::an_entry_ends,
    cached::a_value_can_be_any_bytes,
}
