//! Owns the buckets that identifiers carry. It must never know where a bucket is kept.

/// The part of the keyspace that an account and everything it owns belongs to.
///
/// One machine ignores it; a sharded tier routes any bare identifier by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bucket(u16);

impl Bucket {
    /// How many buckets there are.
    pub const COUNT: u16 = 1 << 12;

    /// Returns the bucket of that number, if there is one.
    pub const fn new(number: u16) -> Option<Self> {
        if number < Self::COUNT { Some(Self(number)) } else { None }
    }

    /// Returns the number of the bucket, below [`Bucket::COUNT`].
    pub const fn number(self) -> u16 {
        self.0
    }

    /// Keeps the twelve lowest bits.
    pub(super) const fn from_low_bits(bits: u64) -> Self {
        let [lowest, next, ..] = bits.to_le_bytes();
        Self(u16::from_le_bytes([lowest, next]) % Self::COUNT)
    }
}
