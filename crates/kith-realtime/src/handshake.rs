//! Owns the time before a connection has proven who it is. It must never do anything for it but
//! look at its first frame.

use std::time::Instant;

use crate::{ClientFrame, CloseCode, Connection, Limits, Token};

/// A connection that has said nothing yet.
#[derive(Debug)]
pub struct Unauthenticated {
    limits: Limits,
    deadline: Instant,
}

/// A connection whose token is being checked. It cannot say anything meanwhile.
#[derive(Debug)]
pub struct Checking {
    limits: Limits,
}

impl Unauthenticated {
    /// Starts waiting for the first frame.
    pub fn new(limits: Limits, now: Instant) -> Self {
        Self { limits, deadline: now + limits.authenticate_within }
    }

    /// Returns when the first frame must be there.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Takes the first frame: the token to check, or why to close.
    pub fn on_frame(self, now: Instant, text: &str) -> Result<(Checking, Token), CloseCode> {
        if now >= self.deadline || text.len() > self.limits.frame_bytes {
            return Err(CloseCode::NotAuthenticated);
        }
        match ClientFrame::parse(text) {
            Ok(ClientFrame::Auth { token }) => Ok((Checking { limits: self.limits }, token)),
            _ => Err(CloseCode::NotAuthenticated),
        }
    }

    /// Returns why to close, if the time for the first frame is over.
    pub fn on_tick(&self, now: Instant) -> Option<CloseCode> {
        (now >= self.deadline).then_some(CloseCode::NotAuthenticated)
    }
}

impl Checking {
    /// Goes on: the token counts. The client is told so.
    pub fn accepted(self, now: Instant) -> Connection {
        Connection::after_token(self.limits, now)
    }

    /// Ends it: the token does not count.
    pub fn refused(self) -> CloseCode {
        CloseCode::NotAuthenticated
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn fresh() -> (Instant, Unauthenticated) {
        let now = Instant::now();
        (now, Unauthenticated::new(Limits::default(), now))
    }

    #[test]
    fn a_token_in_the_first_frame_opens_the_connection() {
        let (now, unauthenticated) = fresh();
        let (checking, token) =
            unauthenticated.on_frame(now, r#"{"type":"auth","token":"t"}"#).unwrap();
        assert_eq!(token.expose(), "t");
        let mut connection = checking.accepted(now);
        assert_eq!(connection.next_frame().as_deref(), Some(r#"{"type":"authenticated"}"#));
        assert_eq!(connection.next_frame(), None);
    }

    #[test]
    fn a_token_that_does_not_count_closes_it() {
        let (now, unauthenticated) = fresh();
        let (checking, _) =
            unauthenticated.on_frame(now, r#"{"type":"auth","token":"t"}"#).unwrap();
        assert_eq!(checking.refused().code(), 4401);
    }

    #[test]
    fn any_other_first_frame_closes_it() {
        let long = format!(r#"{{"type":"auth","token":"{}"}}"#, "t".repeat(10_000));
        for text in
            ["", "{}", r#"{"type":"ping"}"#, r#"{"type":"subscribe","channel":"me"}"#, &long]
        {
            let (now, unauthenticated) = fresh();
            assert_eq!(
                unauthenticated.on_frame(now, text).unwrap_err(),
                CloseCode::NotAuthenticated
            );
        }
    }

    #[test]
    fn silence_closes_it_after_five_seconds() {
        let (now, unauthenticated) = fresh();
        assert_eq!(unauthenticated.deadline(), now + Duration::from_secs(5));
        assert_eq!(unauthenticated.on_tick(now + Duration::from_millis(4_999)), None);
        assert_eq!(
            unauthenticated.on_tick(now + Duration::from_secs(5)),
            Some(CloseCode::NotAuthenticated)
        );
        let late = unauthenticated
            .on_frame(now + Duration::from_secs(5), r#"{"type":"auth","token":"t"}"#);
        assert_eq!(late.unwrap_err(), CloseCode::NotAuthenticated);
    }
}
