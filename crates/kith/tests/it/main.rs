//! All integration tests in one binary: one module per feature, and the catalogues that look at all of them.

mod auth;
mod catalogue;
mod program;
mod settings;
mod users;
