//! The pipeline from outside: real pictures made by code, a real child process, real hostile bytes.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::unwrap_used,
    reason = "pictures are made of small numbers, and a test that cannot make its picture has failed"
)]

mod accepted;
mod bombs;
mod child;
mod containers;
mod disguises;
mod facts;
mod fuzz;
mod measured;
mod pictures;
mod privacy;
mod refused;
mod same;
