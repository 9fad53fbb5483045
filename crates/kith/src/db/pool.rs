//! The connections of one database: a pool (transactions, slow reads) and shared ones (short reads).

use std::{
    path::Path,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod,
};
use tokio::sync::RwLock;
use tokio_postgres::{Config, NoTls, Socket, tls::MakeTlsConnect, tls::TlsStream};

use super::{
    Connection,
    tls::{Tls, TlsError},
};

/// Short reads share this many connections; four was the measured optimum on two cores.
const SHARED_CONNECTIONS: usize = 4;
/// A shared connection must never be held up by one slow statement.
const SHARED_SETTINGS: &str =
    "set statement_timeout = '2s'; set jit = off; set idle_in_transaction_session_timeout = '30s'";
const POOL_WAIT: Duration = Duration::from_secs(3);

/// Why no database could be used.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The connection string is not one.
    #[error("the database url is not valid: expected postgres://user:password@host:port/name")]
    Url(#[source] tokio_postgres::Error),
    /// Encryption was asked for and is not possible.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The pool could not be built.
    #[error("the connection pool could not be built")]
    Pool(#[from] deadpool_postgres::BuildError),
}

/// One PostgreSQL database. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    config: Config,
    tls: Option<Tls>,
    pool: Pool,
    shared: Arc<[RwLock<Option<Arc<Connection>>>]>,
    next: Arc<AtomicUsize>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").finish_non_exhaustive()
    }
}

impl Database {
    /// Prepares access, see [`Database::open`], with the system's authorities.
    pub fn new(url: &str, pool_size: usize) -> Result<Self, DatabaseError> {
        Self::open(url, pool_size, None)
    }

    /// Prepares access; connects when first used. `pool_size` counts pooled connections only. With
    /// `sslmode=require` in the address the server must show a certificate of `ca_file` or, without one, of
    /// an authority of the system.
    pub fn open(
        url: &str,
        pool_size: usize,
        ca_file: Option<&Path>,
    ) -> Result<Self, DatabaseError> {
        let mut config = Config::from_str(url).map_err(DatabaseError::Url)?;
        config.application_name("kith").connect_timeout(Duration::from_secs(5));
        let tls = Tls::wanted(&mut config, ca_file)?;
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = match &tls {
            Some(tls) => Manager::from_config(config.clone(), tls.clone(), recycling),
            None => Manager::from_config(config.clone(), NoTls, recycling),
        };
        let pool = Pool::builder(manager)
            .max_size(pool_size)
            .wait_timeout(Some(POOL_WAIT))
            .create_timeout(Some(POOL_WAIT))
            .post_create(Hook::async_fn(|client, _| {
                // Compiling a plan costs more than any statement here runs.
                Box::pin(async move {
                    client.batch_execute("set jit = off").await.map_err(HookError::Backend)
                })
            }))
            .runtime(deadpool_postgres::Runtime::Tokio1)
            .build()?;
        let shared = (0..SHARED_CONNECTIONS).map(|_| RwLock::new(None)).collect();
        Ok(Self { config, tls, pool, shared, next: Arc::default() })
    }

    /// A connection of one's own, for transactions and reads that may take long.
    pub async fn pooled(&self) -> Result<Object, PoolError> {
        self.pool.get().await
    }

    /// A connection shared with other requests, for short reads only: never a transaction, never a scan.
    pub async fn shared(&self) -> Result<Arc<Connection>, tokio_postgres::Error> {
        let slot = &self.shared[self.next.fetch_add(1, Ordering::Relaxed) % SHARED_CONNECTIONS];
        if let Some(connection) = slot.read().await.as_ref().filter(|c| !c.is_closed()) {
            return Ok(Arc::clone(connection));
        }
        let mut slot = slot.write().await;
        if let Some(connection) = slot.as_ref().filter(|c| !c.is_closed()) {
            return Ok(Arc::clone(connection));
        }
        let connection = Arc::new(self.connect().await?);
        connection.batch_execute(SHARED_SETTINGS).await?;
        *slot = Some(Arc::clone(&connection));
        Ok(connection)
    }

    /// A fresh direct connection, for migrations and tools.
    pub async fn connect_client(&self) -> Result<tokio_postgres::Client, tokio_postgres::Error> {
        match &self.tls {
            Some(tls) => connect(&self.config, tls.clone()).await,
            None => connect(&self.config, NoTls).await,
        }
    }

    /// Whether what goes to the server is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.tls.is_some()
    }

    async fn connect(&self) -> Result<Connection, tokio_postgres::Error> {
        Ok(Connection::new(self.connect_client().await?))
    }

    /// The pool, for the job queue, which keeps its own connections in it.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Closes the pool; shared connections end with the last user.
    pub async fn close(&self) {
        self.pool.close();
        for slot in self.shared.iter() {
            slot.write().await.take();
        }
    }
}

async fn connect<T>(
    config: &Config,
    tls: T,
) -> Result<tokio_postgres::Client, tokio_postgres::Error>
where
    T: MakeTlsConnect<Socket>,
    T::Stream: TlsStream + Send + 'static,
{
    let (client, connection) = config.connect(tls).await?;
    #[expect(
        clippy::disallowed_methods,
        reason = "the driver's own task ends with its connection"
    )]
    tokio::spawn(connection);
    Ok(client)
}
