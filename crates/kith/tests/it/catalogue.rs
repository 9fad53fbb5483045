//! Catalogues: the specification's tables against the live database, every route without credentials, every
//! problem with its page.

mod routes;
mod schema;
