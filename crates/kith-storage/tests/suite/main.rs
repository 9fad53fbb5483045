//! One suite of requirements, run against both back ends.
//!
//! The S3 server is a real one in this process that verifies signatures; the directory is served by
//! an upload route as the application has it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod config;
mod directory_only;
mod fixture;
mod hostile_uploads;
mod keys;
mod objects;
mod parts;
mod reception;
#[path = "../../../kith-testkit/src/s3.rs"]
mod s3;
mod uploads;

/// Makes every case a test of each back end, and of a bucket that clients cannot reach.
macro_rules! on_both_back_ends {
    ($($module:ident :: $case:ident),+ $(,)?) => {
        mod directory {
            $(#[tokio::test] async fn $case() { super::$module::$case(&crate::fixture::Fixture::directory().await).await; })+
        }
        mod bucket {
            $(#[tokio::test] async fn $case() { super::$module::$case(&crate::fixture::Fixture::bucket().await).await; })+
        }
        mod bucket_through_kith {
            $(#[tokio::test] async fn $case() { super::$module::$case(&crate::fixture::Fixture::bucket_through_kith().await).await; })+
        }
    };
}

on_both_back_ends! {
    objects::what_was_put_can_be_read,
    objects::replace_replaces_and_if_absent_does_not,
    objects::of_two_writers_if_absent_one_wins,
    objects::nothing_is_found_under_an_unknown_key,
    objects::a_read_beyond_the_limit_is_refused,
    objects::ranges_are_cut_at_the_end,
    objects::a_stream_gives_the_whole_object,
    objects::deleting_is_idempotent,
    objects::many_are_deleted_at_once,
    objects::a_listing_has_every_object_of_its_folder,
    objects::a_listing_longer_than_a_page_is_complete,
    objects::a_sweep_sees_only_what_is_older,
    objects::the_probe_passes,
    uploads::an_upload_arrives_whole,
    uploads::an_empty_upload_arrives,
    uploads::an_address_is_used_once,
    uploads::of_two_uploads_at_once_one_arrives,
    uploads::a_refused_upload_can_be_tried_again,
    uploads::an_address_lives_between_a_second_and_a_quarter_of_an_hour,
    hostile_uploads::a_longer_body_is_refused,
    hostile_uploads::a_shorter_body_is_refused,
    hostile_uploads::a_body_of_unknown_length_is_refused,
    hostile_uploads::another_type_is_refused,
    hostile_uploads::another_key_is_refused,
    hostile_uploads::a_wrong_signature_is_refused,
    hostile_uploads::a_changed_address_is_refused,
    hostile_uploads::an_expired_address_is_refused,
    hostile_uploads::other_bytes_of_the_same_length_are_refused,
    hostile_uploads::a_body_that_breaks_off_is_not_stored,
    hostile_uploads::an_upload_is_not_readable_by_its_address,
    hostile_uploads::no_address_is_signed_outside_of_incoming,
    parts::parts_become_the_whole,
    parts::what_is_lost_is_one_part,
    parts::a_part_takes_exactly_its_own_bytes,
    parts::parts_that_are_not_the_announced_whole_make_none,
    parts::of_two_joins_at_once_one_makes_the_whole,
}
