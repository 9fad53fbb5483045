//! Catalogues: the specification's tables against the live database, every route asked by everybody who has no
//! business there, every problem with its page.

mod access;
mod routes;
mod schema;
mod states;
