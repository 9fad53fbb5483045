//! Passkeys: a way in that needs no text message, and answers that must not count.

mod hostile;
mod registering;
mod story;
