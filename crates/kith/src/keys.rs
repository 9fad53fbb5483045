//! Every key of this process, derived once from the key ring.
//!
//! Keys live outside the database. Nothing here is ever written down or logged.

use kith_types::{
    cursor::CursorCodec,
    id::UserId,
    keys::{
        BlindIndex, CodeHasher, Envelopes, KeyId, KeyRing, OpenFailed, PhoneIndex, Place, Purpose,
        RefreshTokens, SecretKey,
    },
    phone::PhoneNumber,
    random::Random,
    text::Email,
};

/// Keys by what they are for.
pub struct Keys {
    ring: KeyRing,
    phones: BlindIndex,
    emails: SecretKey,
    identities: SecretKey,
    envelopes: Envelopes,
    /// Hashes verification codes.
    pub codes: CodeHasher,
    /// Makes refresh tokens and knows them again.
    pub refresh_tokens: RefreshTokens,
    /// Seals list and event cursors.
    pub cursors: CursorCodec,
}

/// A value in the database that cannot be read with our keys.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The envelope does not open.
    #[error("an envelope does not open with the configured keys")]
    Envelope(#[from] OpenFailed),
    /// It opened, and is not what should be inside.
    #[error("an envelope holds something unexpected")]
    Content,
}

impl Keys {
    /// Derives everything.
    pub fn new(ring: KeyRing) -> Self {
        Self {
            phones: BlindIndex::new(&ring),
            emails: newest(&ring, Purpose::EmailIndex),
            identities: newest(&ring, Purpose::IdentityIndex),
            envelopes: Envelopes::new(&ring),
            codes: CodeHasher::new(&ring),
            refresh_tokens: RefreshTokens::new(&ring),
            cursors: CursorCodec::new(&ring),
            ring,
        }
    }

    /// The names of the master keys, newest first.
    pub fn ids(&self) -> Vec<KeyId> {
        self.ring.ids()
    }

    /// The newest key of a purpose.
    pub fn newest(&self, purpose: Purpose) -> SecretKey {
        newest(&self.ring, purpose)
    }

    /// The keys of a purpose, newest first.
    pub fn all(&self, purpose: Purpose) -> Vec<SecretKey> {
        self.ring.keys(purpose)
    }

    /// What finds a number without reading it.
    pub fn phone_index(&self, phone: &PhoneNumber) -> PhoneIndex {
        self.phones.of(phone)
    }

    /// What finds an e-mail address without reading it.
    pub fn email_index(&self, email: &Email) -> [u8; 32] {
        self.emails.mac(email.comparison_form().as_bytes())
    }

    /// What finds somebody's identity at another service without reading it.
    pub fn identity_index(&self, issuer: &str, subject: &str) -> [u8; 32] {
        self.identities.mac_of_parts(&[issuer.as_bytes(), subject.as_bytes()])
    }

    /// Seals a value for its place.
    pub fn seal(&self, place: Place<'_>, value: &str, random: &dyn Random) -> Vec<u8> {
        self.envelopes.seal(place, value.as_bytes(), random)
    }

    /// Opens a value of a place.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<String, Unreadable> {
        text(&self.envelopes.open(place, sealed)?)
    }

    /// Opens a number of a place.
    pub fn open_phone(&self, place: Place<'_>, sealed: &[u8]) -> Result<PhoneNumber, Unreadable> {
        PhoneNumber::parse(&self.open(place, sealed)?, None).map_err(|_| Unreadable::Content)
    }

    /// A new person's own key, sealed for storage. Without it nothing of theirs can be read.
    pub fn new_personal_key(&self, user: UserId, random: &dyn Random) -> Vec<u8> {
        self.envelopes.seal_personal_key(user, &SecretKey::draw(random), random)
    }

    /// Seals and opens with a person's own key.
    pub fn personal(&self, user: UserId, sealed_key: &[u8]) -> Result<Envelopes, Unreadable> {
        Ok(Envelopes::personal(self.envelopes.open_personal_key(user, sealed_key)?))
    }
}

/// The text inside of an opened envelope.
pub fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    String::from_utf8(bytes.to_vec()).map_err(|_| Unreadable::Content)
}

fn newest(ring: &KeyRing, purpose: Purpose) -> SecretKey {
    let mut keys = ring.keys(purpose);
    keys.swap_remove(0)
}
