//! Owns what people write: how it is cleaned, how long it may be, what is refused. It must never
//! judge what a text says, and never print what people wrote to each other.
//!
//! Lengths are in characters as people count them (extended grapheme clusters of Unicode Standard
//! Annex 29), each with a cap in bytes beside it, since one such character has no bound of its own.

mod contact_name;
mod email;
mod signs;
mod username;
mod written;

pub use contact_name::ContactName;
pub use email::{Email, EmailInvalid};
pub use username::{Username, UsernameInvalid};
pub use written::{AltText, Caption, CommentText, DisplayName};

/// Why a text is refused, and what to do about it. Positions count characters from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TextInvalid {
    /// Nothing but white space.
    #[error("write at least one character")]
    Empty,
    /// More characters than fit.
    #[error("use at most {characters} characters")]
    TooLong {
        /// How many fit.
        characters: usize,
    },
    /// Few characters, but of many bytes each.
    #[error("use fewer or simpler characters: at most {bytes} bytes")]
    TooManyBytes {
        /// How many fit.
        bytes: usize,
    },
    /// A control, an invisible character or one that turns the direction of what stands around it.
    #[error("remove the invisible character at position {position}")]
    Invisible {
        /// Where it stands.
        position: usize,
    },
    /// Accents piled so high that they cover the neighbouring lines.
    #[error("remove some of the marks on the character at position {position}")]
    Stacked {
        /// Where it stands.
        position: usize,
    },
    /// A second line where there is room for one.
    #[error("write it on one line")]
    LineBreak,
}

/// Whether a text may have lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    OneLine,
    Lines,
}
