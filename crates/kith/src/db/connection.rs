//! One connection with its own cache of prepared statements, usable by many requests at once: statements
//! that are polled together travel together.

use std::{collections::HashMap, sync::RwLock};

use kith_sql_generated::client::GenericClient;
use tokio_postgres::{
    Client, Error, Row, RowStream, Statement, ToStatement,
    types::{BorrowToSql, ToSql},
};

/// A client that prepares every statement once.
pub struct Connection {
    client: Client,
    statements: RwLock<HashMap<String, Statement>>,
}

impl Connection {
    /// Wraps a connected client whose connection task runs elsewhere.
    pub fn new(client: Client) -> Self {
        Self { client, statements: RwLock::default() }
    }

    /// Whether the server or the network ended it.
    pub fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Runs statements without parameters, for settings.
    pub async fn batch_execute(&self, sql: &str) -> Result<(), Error> {
        self.client.batch_execute(sql).await
    }

    fn cached(&self, sql: &str) -> Option<Statement> {
        let statements = self.statements.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        statements.get(sql).cloned()
    }
}

impl GenericClient for Connection {
    fn stmt_cache() -> bool {
        true
    }

    async fn prepare(&self, sql: &str) -> Result<Statement, Error> {
        if let Some(statement) = self.cached(sql) {
            return Ok(statement);
        }
        let statement = self.client.prepare(sql).await?;
        let mut statements =
            self.statements.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(statements.entry(sql.to_owned()).or_insert(statement).clone())
    }

    async fn execute<T>(&self, query: &T, params: &[&(dyn ToSql + Sync)]) -> Result<u64, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
    {
        self.client.execute(query, params).await
    }

    async fn query_one<T>(
        &self,
        statement: &T,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Row, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
    {
        self.client.query_one(statement, params).await
    }

    async fn query_opt<T>(
        &self,
        statement: &T,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Option<Row>, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
    {
        self.client.query_opt(statement, params).await
    }

    async fn query<T>(&self, query: &T, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
    {
        self.client.query(query, params).await
    }

    async fn query_raw<T, I>(&self, statement: &T, params: I) -> Result<RowStream, Error>
    where
        T: ?Sized + ToStatement + Sync + Send,
        I: IntoIterator + Sync + Send,
        I::IntoIter: ExactSizeIterator,
        I::Item: BorrowToSql,
    {
        self.client.query_raw(statement, params).await
    }
}
