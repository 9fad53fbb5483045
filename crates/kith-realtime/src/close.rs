//! Owns why the server ends a connection.

/// Why the server closes a WebSocket: a code of its own, or of RFC 6455, section 7.4.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CloseCode {
    /// No token within the time for it, or one that does not count.
    NotAuthenticated,
    /// The session was ended, or the account suspended or deleted.
    Revoked,
    /// Nothing was heard for too long.
    NoPong,
    /// Frames came faster than allowed, or faster than their answers were read.
    TooFast,
    /// The server stops: connect again, to another one.
    GoingAway,
    /// Something failed that is not the client's doing: connect again later.
    Internal,
}

impl CloseCode {
    /// Returns the number on the wire.
    pub const fn code(self) -> u16 {
        match self {
            Self::NotAuthenticated => 4401,
            Self::Revoked => 4403,
            Self::NoPong => 4408,
            Self::TooFast => 4429,
            Self::GoingAway => 1001,
            Self::Internal => 1011,
        }
    }

    /// Returns the text on the wire.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NotAuthenticated => "not authenticated",
            Self::Revoked => "session ended",
            Self::NoPong => "no pong",
            Self::TooFast => "too many frames",
            Self::GoingAway => "server stops",
            Self::Internal => "server failed",
        }
    }
}
