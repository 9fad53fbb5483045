//! Owns the identifiers: what their bits mean, how they are made, read and stored. It must never
//! treat an identifier as a permission: whoever knows one has been given nothing.
//!
//! Every identifier is a UUID of version 7 (RFC 9562, section 5.7) whose twelve bits after the
//! version, `rand_a`, hold the bucket of its owner:
//!
//! ```text
//! bit 127        79    75      63      61                                   0
//!      milliseconds | 0111 | bucket | 10 | random, or derived from a name
//!      48 bits        4      12       2    62 bits
//! ```
//!
//! In text the bucket is the three hexadecimal digits after the 7: `019bbe2c-a400-7`**`b0c`**`-…`.
//! Order therefore follows the millisecond only: within one it follows the bucket, then chance.
//! 62 random bits make two equal identifiers of one bucket and millisecond a matter of 2^31 draws.

mod bucket;
mod source;
mod wire;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use bucket::Bucket;
pub use source::IdSource;
pub use wire::IdInvalid;

use crate::random::Random;
use crate::time::Timestamp;

const TIME_SHIFT: u32 = 80;
const TIME_MASK: u128 = (1 << 48) - 1;
const VERSION: u128 = 0x7 << 76;
const BUCKET_SHIFT: u32 = 64;
const VARIANT: u128 = 0b10 << 62;
const FREE_MASK: u128 = (1 << 62) - 1;

/// What an identifier names. Only [`Id`] uses it.
pub trait Kind: Send + Sync + 'static {
    /// The name of the identifier type, such as `PostId`.
    const NAME: &'static str;
}

/// The identifier of one kind of thing. Two kinds do not mix.
#[repr(transparent)]
pub struct Id<K> {
    uuid: Uuid,
    kind: PhantomData<fn() -> K>,
}

macro_rules! kinds {
    ($( $(#[$about:meta])* $kind:ident $id:ident )+) => {
        /// What identifiers name: a marker for each.
        pub mod kind {
            $(
                $(#[$about])*
                #[derive(Clone, Copy, Debug)]
                pub enum $kind {}

                impl super::Kind for $kind {
                    const NAME: &'static str = stringify!($id);
                }
            )+
        }
        $(
            $(#[$about])*
            pub type $id = Id<kind::$kind>;
        )+
    };
}

kinds! {
    /// A person. Draws the bucket that everything of theirs inherits.
    User UserId
    /// A post. Bucket of its author.
    Post PostId
    /// A comment. Bucket of the author of the post.
    Comment CommentId
    /// An entry of somebody's contact book. Bucket of its owner.
    Contact ContactId
    /// A friendship or a request for one. Bucket of the first of the two in its row.
    Friendship FriendshipId
    /// A signed-in device, and the family of its refresh tokens. Bucket of the person.
    Session SessionId
    /// One refresh token. Bucket of the person.
    RefreshToken RefreshTokenId
    /// A way of signing in. Bucket of the person.
    Authentication AuthenticationId
    /// A passkey. Bucket of the person.
    Passkey PasskeyId
    /// An upload. Bucket of the uploader.
    Upload UploadId
    /// A processed picture. Bucket of the uploader.
    Image ImageId
    /// A notification. Bucket of the recipient.
    Notification NotificationId
    /// Something that happened. Bucket of whoever it is about.
    Event EventId
    /// A flow that proves a phone number or address. Bucket of the person, or a random one.
    Verification VerificationId
    /// A line of the analytics. Bucket of the person.
    Activity ActivityId
    /// A line of the audit log. Bucket of the account that it is about.
    Audit AuditId
    /// A device that receives pushes. Bucket of the person.
    Device DeviceId
    /// A saved list of friends. Bucket of its owner.
    AudienceList AudienceListId
    /// A report to the moderators. Bucket of the reporter.
    Report ReportId
    /// An export or erasure of somebody's data. Bucket of the person.
    DataJob DataJobId
    /// An invitation. Bucket of the inviter.
    Invite InviteId
}

impl<K> Id<K> {
    /// Makes an identifier from the time, the owner's bucket and the 62 lowest bits of `random`.
    ///
    /// Times before 1970 count as its start.
    pub fn new(now: Timestamp, owner: Bucket, random: u64) -> Self {
        let milliseconds = u128::try_from(now.unix_milliseconds()).unwrap_or(0) & TIME_MASK;
        let bits = milliseconds << TIME_SHIFT
            | VERSION
            | u128::from(owner.number()) << BUCKET_SHIFT
            | VARIANT
            | u128::from(random) & FREE_MASK;
        Self::from(Uuid::from_u128(bits))
    }

    /// Returns the bucket that the identifier carries; meaningful only if this program made it.
    pub fn bucket(self) -> Bucket {
        Bucket::from_low_bits(self.uuid.as_u64_pair().0)
    }

    /// Returns when the identifier was made, to the millisecond, if this program made it.
    pub fn timestamp(self) -> Timestamp {
        let milliseconds = self.uuid.as_u128() >> TIME_SHIFT;
        Timestamp::from_unix_milliseconds(i64::try_from(milliseconds).unwrap_or(i64::MAX))
    }

    /// Returns the bare UUID.
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }

    /// Returns the bare UUID in place, for statements that take one by reference.
    pub const fn as_uuid(&self) -> &Uuid {
        &self.uuid
    }
}

impl<K: Kind> Id<K> {
    /// Makes the one identifier that belongs to this time, bucket and name: the free bits are the
    /// first ones of SHA-256 over the kind and the name. A step that runs twice then writes one row.
    ///
    /// The name must tell apart everything of one kind, such as the event and the recipient.
    pub fn derived(now: Timestamp, owner: Bucket, name: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(K::NAME.as_bytes());
        hash.update([0]);
        hash.update(name);
        let first =
            hash.finalize().iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        Self::new(now, owner, first)
    }
}

impl UserId {
    /// Makes the identifier of a new person: bucket and the rest are drawn.
    pub fn draw(now: Timestamp, random: &dyn Random) -> Self {
        Self::new(now, Bucket::from_low_bits(random.u64()), random.u64())
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Id<K> {}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The order of the bytes, which is also PostgreSQL's.
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<K> From<Uuid> for Id<K> {
    fn from(uuid: Uuid) -> Self {
        Self { uuid, kind: PhantomData }
    }
}

impl<K> From<Id<K>> for Uuid {
    fn from(id: Id<K>) -> Self {
        id.uuid
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use bytes::BytesMut;
    use postgres_types::{FromSql as _, ToSql as _, Type};
    use proptest::prelude::*;
    use utoipa::{PartialSchema as _, ToSchema as _};

    use super::*;
    use crate::random::SeededRandom;
    use crate::time::ManualClock;

    fn any_time() -> impl Strategy<Value = Timestamp> {
        (0..=Timestamp::MAX.unix_milliseconds()).prop_map(Timestamp::from_unix_milliseconds)
    }

    fn any_bucket() -> impl Strategy<Value = Bucket> {
        (0..Bucket::COUNT).prop_map(|number| Bucket::new(number).unwrap())
    }

    proptest! {
        #[test]
        fn the_bits_are_where_they_are_documented(now in any_time(), bucket in any_bucket(), random: u64) {
            let id = PostId::new(now, bucket, random);
            prop_assert_eq!(id.bucket(), bucket);
            prop_assert_eq!(id.timestamp(), now);
            prop_assert_eq!(id.uuid().get_version_num(), 7);
            prop_assert_eq!(id.uuid().get_variant(), uuid::Variant::RFC4122);
            prop_assert_eq!(id.uuid().as_u64_pair().1 & (u64::MAX >> 2), random & (u64::MAX >> 2));
            prop_assert_eq!(&id.to_string()[14..18], format!("7{:03x}", bucket.number()));
        }

        #[test]
        fn what_a_person_owns_is_in_their_bucket(now in any_time(), seed: u64, random: u64) {
            let owner = UserId::draw(now, &SeededRandom::new(seed));
            prop_assert_eq!(PostId::new(now, owner.bucket(), random).bucket(), owner.bucket());
            prop_assert_eq!(NotificationId::derived(now, owner.bucket(), b"x").bucket(), owner.bucket());
        }

        #[test]
        fn order_follows_the_millisecond(
            one in any_time(), other in any_time(), buckets in (any_bucket(), any_bucket()), random: (u64, u64),
        ) {
            prop_assume!(one != other);
            let first = EventId::new(one, buckets.0, random.0);
            let second = EventId::new(other, buckets.1, random.1);
            prop_assert_eq!(first.cmp(&second), one.cmp(&other));
            prop_assert_eq!(first.to_string().cmp(&second.to_string()), one.cmp(&other));
        }

        #[test]
        fn every_way_of_writing_leads_back(bits: u128) {
            let id = CommentId::from(Uuid::from_u128(bits));
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            prop_assert_eq!(id.to_string().to_uppercase().parse(), Ok(id));
            let json = serde_json::to_string(&id).unwrap();
            prop_assert_eq!(&json, &format!("\"{}\"", id.uuid()));
            prop_assert_eq!(serde_json::from_str::<CommentId>(&json).unwrap(), id);
            let mut wire = BytesMut::new();
            id.to_sql(&Type::UUID, &mut wire).unwrap();
            prop_assert_eq!(CommentId::from_sql(&Type::UUID, &wire).unwrap(), id);
        }

        #[test]
        fn no_text_panics(text in ".{0,60}") {
            let _ = text.parse::<UserId>();
        }
    }

    #[test]
    fn a_derived_id_is_the_same_each_time_and_tells_names_and_kinds_apart() {
        let now = Timestamp::from_unix_seconds(1_800_000_000);
        let bucket = Bucket::new(0xb0c).unwrap();
        let id = NotificationId::derived(now, bucket, b"comment 1");
        assert_eq!(id, NotificationId::derived(now, bucket, b"comment 1"));
        assert_ne!(id, NotificationId::derived(now, bucket, b"comment 2"));
        assert_ne!(id.uuid(), EventId::derived(now, bucket, b"comment 1").uuid());
        // Rows in the field depend on this value: it must not change.
        assert_eq!(id.to_string(), "01a3185c-5000-7b0c-a15f-eabc7a3adb2b");
    }

    #[test]
    fn only_one_spelling_is_read() {
        for text in [
            "",
            "019bbe2ca4007b0c8e5f3a1d5c9b7f20",
            "{019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20}",
            "urn:uuid:019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f20",
            "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f2",
            "019bbe2c-a400-7b0c-8e5f-3a1d5c9b7f2g",
        ] {
            assert_eq!(text.parse::<PostId>(), Err(IdInvalid), "{text}");
        }
        assert!(serde_json::from_str::<PostId>("7").is_err());
    }

    #[test]
    fn times_that_do_not_fit_stop_at_the_start() {
        let bucket = Bucket::new(0).unwrap();
        let early = Timestamp::UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(PostId::new(early, bucket, 0).timestamp(), Timestamp::UNIX_EPOCH);
        assert_eq!(
            PostId::new(Timestamp::MAX, bucket, 0).timestamp().unix_seconds(),
            Timestamp::MAX.unix_seconds()
        );
        assert_eq!(Bucket::new(Bucket::COUNT), None);
    }

    #[test]
    fn a_source_with_the_same_seed_makes_the_same_ids() {
        let now = Timestamp::from_unix_seconds(1_800_000_000);
        let source =
            || IdSource::new(Arc::new(ManualClock::new(now)), Arc::new(SeededRandom::new(3)));
        let (one, same) = (source(), source());
        let user = one.user();
        assert_eq!(user, same.user());
        assert_eq!(user.timestamp(), now);
        let post: PostId = one.make(user.bucket());
        assert_eq!(post, same.make(user.bucket()));
        assert_eq!(post.bucket(), user.bucket());
        assert_ne!(post, one.make(user.bucket()));
        let unowned: [VerificationId; 2] = [one.make_unowned(), one.make_unowned()];
        assert_ne!(unowned[0].bucket(), unowned[1].bucket());
    }

    #[test]
    fn new_people_spread_over_all_buckets() {
        let random = SeededRandom::new(9);
        let mut seen = vec![0_u32; usize::from(Bucket::COUNT)];
        for _ in 0..100_000 {
            let user = UserId::draw(Timestamp::UNIX_EPOCH, &random);
            seen[usize::from(user.bucket().number())] += 1;
        }
        assert!(seen.iter().all(|count| (3..70).contains(count)));
    }

    #[test]
    fn the_schema_is_a_named_uuid() {
        assert_eq!(PostId::name(), "PostId");
        let schema = serde_json::to_value(PostId::schema()).unwrap();
        assert_eq!(schema, serde_json::json!({"type": "string", "format": "uuid"}));
        assert_eq!(
            format!("{:?}", PostId::from(Uuid::nil())),
            "PostId(00000000-0000-0000-0000-000000000000)"
        );
    }
}
