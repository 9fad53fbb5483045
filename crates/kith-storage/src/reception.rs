//! Bodies that come to Kith itself, or are put together by it: an object appears only if it is exactly what
//! was announced.
//!
//! Owns which addresses are Kith's own, that one body of a key arrives at a time, and the count of length and
//! checksum on the way. Holds no more of a body than the chunk that is passed on, and knows no back end.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, stream};
use sha2::{Digest, Sha256};

use crate::error::{Refusal, Result};
use crate::key::ObjectKey;
use crate::signature::UploadRoute;
use crate::upload::UploadTerms;

/// The slowest sender that is waited for, in bytes per second: an old mobile network on a bad day.
const SLOWEST_BYTES_PER_SECOND: u64 = 8 * 1024;
/// What every sender is given besides, for the pauses of a network.
const SENDING_PAUSES: Duration = Duration::from_mins(1);

/// Kith's own upload route, and what arrives there in this process.
#[derive(Debug, Clone)]
pub(crate) struct Reception {
    route: Arc<UploadRoute>,
    arriving: Arrivals,
}

impl Reception {
    pub(crate) fn new(route: UploadRoute) -> Self {
        Self { route: Arc::new(route), arriving: Arrivals::default() }
    }

    pub(crate) fn route(&self) -> &UploadRoute {
        &self.route
    }

    /// Refuses with [`Refusal::BeingSent`] while another body of the key arrives.
    pub(crate) fn begin(&self, key: &ObjectKey) -> Result<Arrival> {
        self.arriving.begin(key).ok_or_else(|| Refusal::BeingSent.into())
    }
}

/// How long a body of so many bytes may take to arrive.
pub(crate) fn longest_arrival(content_length: u64) -> Duration {
    SENDING_PAUSES + Duration::from_secs(content_length / SLOWEST_BYTES_PER_SECOND)
}

/// The keys of the bodies that arrive in this process at the moment.
#[derive(Debug, Clone, Default)]
struct Arrivals(Arc<Mutex<HashSet<ObjectKey>>>);

/// The right to receive the body of a key; ends when dropped.
#[derive(Debug)]
pub(crate) struct Arrival {
    arrivals: Arrivals,
    key: ObjectKey,
}

impl Arrivals {
    /// None while another body of the key arrives.
    fn begin(&self, key: &ObjectKey) -> Option<Arrival> {
        let is_first = self.keys().insert(key.clone());
        is_first.then(|| Arrival { arrivals: self.clone(), key: key.clone() })
    }

    fn keys(&self) -> MutexGuard<'_, HashSet<ObjectKey>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        self.arrivals.keys().remove(&self.key);
    }
}

/// A body as it comes, which ends with an error in place of its last chunk unless it is exactly the announced
/// one: no store, however careless, ever sees a whole body that is wrong.
pub(crate) fn exactly(
    terms: &UploadTerms,
    body: BoxStream<'static, Result<Bytes>>,
) -> BoxStream<'static, Result<Bytes>> {
    let expected =
        Expected { left: terms.content_length, hash: Sha256::new(), sha256: terms.sha256 };
    stream::try_unfold((body, expected), async |(mut body, mut expected)| match body.next().await {
        Some(chunk) => {
            let chunk = chunk?;
            expected.take(&chunk)?;
            Ok(Some((chunk, (body, expected))))
        }
        None => expected.end().map(|()| None),
    })
    .boxed()
}

/// What has not come yet of a body.
struct Expected {
    left: u64,
    hash: Sha256,
    sha256: [u8; 32],
}

impl Expected {
    fn take(&mut self, chunk: &[u8]) -> Result<()> {
        self.left = self.left.checked_sub(chunk.len() as u64).ok_or(Refusal::Length)?;
        self.hash.update(chunk);
        if self.left == 0 { self.end() } else { Ok(()) }
    }

    fn end(&self) -> Result<()> {
        if self.left > 0 {
            return Err(Refusal::Length.into());
        }
        let is_right = self.hash.clone().finalize().as_slice() == self.sha256;
        if is_right { Ok(()) } else { Err(Refusal::Checksum.into()) }
    }
}
