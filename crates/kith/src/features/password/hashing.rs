//! Argon2id, slow and hungry on purpose: a few at a time, off the threads that serve requests. It must never
//! let more work queue than can be done while somebody waits.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread::available_parallelism,
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::http::problem::Problem;

/// The least of OWASP's settings: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Passwords that may wait for each that is being hashed; one takes some tens of milliseconds.
const QUEUE: usize = 16;

/// Bytes of the salt that each hash has of its own.
pub const SALT_BYTES: usize = 16;

/// How many passwords are hashed at a time, and how many may wait.
pub struct Hashing {
    places: Arc<Semaphore>,
    running: Arc<Semaphore>,
    done: Arc<AtomicU64>,
}

impl Default for Hashing {
    fn default() -> Self {
        // Half of the processors are left for everything else.
        let at_a_time = available_parallelism().map_or(1, |cores| cores.get().div_ceil(2));
        Self {
            places: Arc::new(Semaphore::new(at_a_time * QUEUE)),
            running: Arc::new(Semaphore::new(at_a_time)),
            done: Arc::default(),
        }
    }
}

/// A place in the queue.
pub struct Place {
    running: Arc<Semaphore>,
    done: Arc<AtomicU64>,
    _place: OwnedSemaphorePermit,
}

impl Hashing {
    /// Takes a place, or refuses at once.
    pub fn place(&self) -> Result<Place, Problem> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(Problem::unavailable)?;
        let (running, done) = (Arc::clone(&self.running), Arc::clone(&self.done));
        Ok(Place { running, done, _place: place })
    }

    /// How many passwords this process has hashed, to set or to compare them. All cost the same.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }
}

impl Place {
    /// Hashes a password; the result says how.
    pub async fn hash(
        &self,
        password: &SecretString,
        salt: [u8; SALT_BYTES],
    ) -> Result<SecretString, Problem> {
        let password = password.clone();
        self.run(move || hash(&password, &salt)).await?
    }

    /// Compares a password with a hash. Without one it works as long, and says no.
    pub async fn verify(
        &self,
        password: &SecretString,
        stored: Option<SecretString>,
    ) -> Result<bool, Problem> {
        let password = password.clone();
        self.run(move || match stored {
            Some(stored) => verify(&password, &stored),
            None => hash(&password, &[0; SALT_BYTES]).map(|_| false),
        })
        .await?
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let permit =
            Arc::clone(&self.running).acquire_owned().await.map_err(Problem::unavailable)?;
        let done = Arc::clone(&self.done);
        let work = move || {
            // Held until the work is done, even if nobody waits for it any more.
            let _permit = permit;
            let result = work();
            done.fetch_add(1, Ordering::Relaxed);
            result
        };
        tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
    }
}

fn argon2() -> Result<Argon2<'static>, Problem> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .map_err(|error| Problem::internal(anyhow::anyhow!("{error}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &SecretString, salt: &[u8]) -> Result<SecretString, Problem> {
    let password = password.expose_secret().as_bytes();
    let hash: PasswordHash = argon2()?
        .hash_password_with_salt(password, salt)
        .map_err(|error| Problem::internal(anyhow::anyhow!("{error}")))?;
    Ok(SecretString::from(hash.to_string()))
}

fn verify(password: &SecretString, stored: &SecretString) -> Result<bool, Problem> {
    let stored = PasswordHash::new(stored.expose_secret())
        .map_err(|error| Problem::internal(anyhow::anyhow!("{error}")))?;
    // The hash names its own parameters: old ones count after these were raised.
    let password = password.expose_secret().as_bytes();
    Ok(argon2()?.verify_password(password, &stored).is_ok())
}
