//! Address books: what a person's contacts are called, and who of them is here.
//!
//! - Names and numbers are sealed with their owner's own key; numbers are matched by a keyed blind index.

mod names;

pub use names::ContactNames;
