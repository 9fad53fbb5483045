//! The words that every part of Kith shares: identifiers, points in time, phone numbers, what
//! people write, cursors, keys. Pure: it must never read or write anything, and knows no feature.

pub mod cursor;
pub mod id;
pub mod keys;
pub mod phone;
pub mod random;
pub mod text;
pub mod time;
pub mod visibility;
