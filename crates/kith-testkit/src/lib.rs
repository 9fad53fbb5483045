//! Placeholder.

pub mod s3;
