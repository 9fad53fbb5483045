//! Owns the opaque places at which lists and event streams are continued. It must never let a
//! cursor of one list, person or version be read as one of another, nor tell its holder anything.
//!
//! A cursor is base64url of AES-SIV (RFC 5297) over the position, with the version, the account, the
//! parent and the name of the list as associated data. That cipher needs no nonce, so the same
//! position of the same list is the same cursor, which caches and tests rely on; and it is short:
//! 16 bytes more than the position.

use aes_siv::KeyInit as _;
use aes_siv::siv::Aes128Siv;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::id::{Id, UserId};
use crate::keys::{KeyRing, Purpose, SecretKey};
use crate::time::Timestamp;

/// Part of what is authenticated: cursors of another version do not open.
const VERSION: &[u8] = &[1];
/// The longest cursor that is looked at, in characters.
const MAX_TEXT: usize = 4_096;
const EVENTS: &str = "events";

/// A text that is no cursor of this list and person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this cursor cannot be continued: start the list again without one")]
pub struct CursorInvalid;

/// Which list a cursor belongs to. It is refused in any other.
#[derive(Clone, Copy, Debug)]
pub struct CursorScope<'a> {
    list: &'a str,
    account: UserId,
    parent: Uuid,
}

impl<'a> CursorScope<'a> {
    /// Names a list as one person sees it. What changes the order or the filter belongs in the name.
    pub fn new(list: &'a str, account: UserId) -> Self {
        Self { list, account, parent: Uuid::nil() }
    }

    /// Narrows the list to what belongs to one thing, such as the comments of a post.
    #[must_use]
    pub fn within(self, parent: impl Into<Uuid>) -> Self {
        Self { parent: parent.into(), ..self }
    }

    fn associated_data(&self) -> [&[u8]; 4] {
        [VERSION, self.account.as_uuid().as_bytes(), self.parent.as_bytes(), self.list.as_bytes()]
    }
}

/// What a cursor holds: the sort key of the last row that was seen.
pub trait Position: Sized {
    /// Appends the bytes of the position.
    fn write(&self, out: &mut Vec<u8>);
    /// Takes the bytes of a position from the front of `bytes`.
    fn read(bytes: &mut &[u8]) -> Option<Self>;
}

/// The number that the sequencer gave an event: one order over all events of the installation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventSequence(pub u64);

/// Seals and opens cursors.
#[derive(Clone, Debug)]
pub struct CursorCodec(Vec<SecretKey>);

impl CursorCodec {
    /// Takes the keys for it from the ring: the newest seals, all of them open.
    pub fn new(ring: &KeyRing) -> Self {
        Self(ring.keys(Purpose::Cursor))
    }

    /// Returns the cursor of a position in a list.
    pub fn seal<P: Position>(&self, scope: CursorScope<'_>, position: &P) -> String {
        let mut plain = Vec::with_capacity(64);
        position.write(&mut plain);
        let sealed = cipher(&self.0[0]).encrypt(scope.associated_data(), &plain);
        // Encryption fails with more than 126 parts of associated data only.
        URL_SAFE_NO_PAD.encode(sealed.unwrap_or_default())
    }

    /// Reads the position from a cursor of this list.
    pub fn open<P: Position>(
        &self,
        scope: CursorScope<'_>,
        cursor: &str,
    ) -> Result<P, CursorInvalid> {
        if cursor.len() > MAX_TEXT {
            return Err(CursorInvalid);
        }
        let sealed = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| CursorInvalid)?;
        let open = |key| cipher(key).decrypt(scope.associated_data(), &sealed).ok();
        let mut opened = self.0.iter().filter_map(open);
        let plain = opened.next().ok_or(CursorInvalid)?;
        let mut rest = plain.as_slice();
        P::read(&mut rest).filter(|_| rest.is_empty()).ok_or(CursorInvalid)
    }

    /// Returns the cursor that follows an event, of the same length for every event. It differs
    /// between accounts, so that nobody learns how much happens elsewhere.
    pub fn seal_event(&self, account: UserId, sequence: EventSequence) -> String {
        self.seal(CursorScope::new(EVENTS, account), &sequence)
    }

    /// Reads the number of the event from a cursor of this account.
    pub fn open_event(
        &self,
        account: UserId,
        cursor: &str,
    ) -> Result<EventSequence, CursorInvalid> {
        self.open(CursorScope::new(EVENTS, account), cursor)
    }
}

/// Sets up the cipher for one cursor: it keeps state while it works.
fn cipher(key: &SecretKey) -> Aes128Siv {
    Aes128Siv::new(key.expose().into())
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*taken)
}

impl Position for EventSequence {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0.to_be_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        take(bytes).map(|taken| Self(u64::from_be_bytes(taken)))
    }
}

impl Position for Timestamp {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.unix_microseconds().to_be_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        take(bytes).map(|taken| Self::from_unix_microseconds(i64::from_be_bytes(taken)))
    }
}

impl Position for Uuid {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        take(bytes).map(Self::from_bytes)
    }
}

impl<K> Position for Id<K> {
    fn write(&self, out: &mut Vec<u8>) {
        self.uuid().write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Uuid::read(bytes).map(Self::from)
    }
}

/// At most 2,000 bytes are kept, cut between code points: far above any name that lists sort by.
impl Position for String {
    fn write(&self, out: &mut Vec<u8>) {
        const MAX_BYTES: usize = 2_000;
        let kept = &self[..self.floor_char_boundary(MAX_BYTES)];
        let length = u16::try_from(kept.len()).unwrap_or(0);
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(kept.as_bytes());
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let length = usize::from(u16::from_be_bytes(take(bytes)?));
        let (text, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        String::from_utf8(text.to_vec()).ok()
    }
}

impl<A: Position, B: Position> Position for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some((A::read(bytes)?, B::read(bytes)?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::PostId;

    fn codec(masters: &[u8]) -> CursorCodec {
        let masters = masters.iter().map(|byte| SecretKey::new([*byte; 32])).collect();
        CursorCodec::new(&KeyRing::new(masters).unwrap())
    }

    fn user(number: u128) -> UserId {
        UserId::from(Uuid::from_u128(number))
    }

    #[test]
    fn a_cursor_is_good_for_its_list_and_person_only() {
        let codec = codec(&[1]);
        let feed = CursorScope::new("feed", user(1));
        let post = Uuid::from_u128(9);
        let position = (Timestamp::from_unix_seconds(1_800_000_000), PostId::from(post));
        let cursor = codec.seal(feed, &position);
        assert_eq!(codec.open(feed, &cursor), Ok(position));
        assert_eq!(codec.seal(feed, &position), cursor, "equal positions are equal cursors");
        for other in [
            CursorScope::new("feed", user(2)),
            CursorScope::new("grid", user(1)),
            CursorScope::new("feed", user(1)).within(post),
        ] {
            assert_eq!(codec.open::<(Timestamp, PostId)>(other, &cursor), Err(CursorInvalid));
        }
        assert_eq!(codec.open::<EventSequence>(feed, &cursor), Err(CursorInvalid));
        assert_eq!(codec.open::<Timestamp>(feed, &cursor), Err(CursorInvalid));
    }

    #[test]
    fn cursors_outlive_a_change_of_keys_by_one_ring() {
        let scope = CursorScope::new("feed", user(1));
        let cursor = codec(&[1]).seal(scope, &EventSequence(5));
        assert_eq!(codec(&[2, 1]).open(scope, &cursor), Ok(EventSequence(5)));
        assert_eq!(codec(&[2]).open::<EventSequence>(scope, &cursor), Err(CursorInvalid));
    }

    #[test]
    fn a_cursor_given_out_earlier_is_still_read() {
        let cursor = "_xKEfBoAElyg04TXYEU1j9GNKnbQ3_cd";
        assert_eq!(codec(&[1]).open_event(user(1), cursor), Ok(EventSequence(123_456_789)));
        assert_eq!(codec(&[1]).seal_event(user(1), EventSequence(123_456_789)), cursor);
    }

    #[test]
    fn event_cursors_have_one_length_and_tell_accounts_apart() {
        let codec = codec(&[1]);
        let cursors =
            [0, 1, 255, u64::MAX].map(|number| codec.seal_event(user(1), EventSequence(number)));
        assert!(cursors.iter().all(|cursor| cursor.len() == 32));
        assert_ne!(cursors[0], codec.seal_event(user(2), EventSequence(0)));
        assert_eq!(codec.open_event(user(2), &cursors[0]), Err(CursorInvalid));
    }

    proptest! {
        #[test]
        fn positions_come_back(name in any::<String>(), id: u128, number: u64, account: u128) {
            let codec = codec(&[1]);
            let scope = CursorScope::new("contacts", user(account));
            let position = (name.clone(), (Uuid::from_u128(id), EventSequence(number)));
            prop_assert_eq!(codec.open(scope, &codec.seal(scope, &position)), Ok(position));
            let long = name.repeat(1 + 4_000 / (name.len() + 1));
            prop_assert!(long.starts_with(&codec.open::<String>(scope, &codec.seal(scope, &long)).unwrap()));
        }

        #[test]
        fn a_changed_cursor_is_refused(number: u64, at: prop::sample::Index, sign in "[A-Za-z0-9_-]") {
            let codec = codec(&[1]);
            let cursor = codec.seal_event(user(1), EventSequence(number));
            let mut changed = cursor.clone();
            let at = at.index(cursor.len());
            changed.replace_range(at..=at, &sign);
            if changed != cursor {
                prop_assert_eq!(codec.open_event(user(1), &changed), Err(CursorInvalid));
            }
            prop_assert_eq!(codec.open_event(user(1), &cursor[..at]), Err(CursorInvalid));
        }

        #[test]
        fn no_text_panics(text in ".{0,120}", encoded in "[A-Za-z0-9_-]{0,120}") {
            let scope = CursorScope::new("contacts", user(1));
            prop_assert!(codec(&[1]).open::<(String, Uuid)>(scope, &text).is_err());
            prop_assert!(codec(&[1]).open::<(String, Uuid)>(scope, &encoded).is_err());
        }
    }
}
