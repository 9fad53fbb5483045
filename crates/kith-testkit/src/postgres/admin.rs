//! One thread of the process creates and drops the databases: tests bring runtimes of their own,
//! which end at any time, and a database must be dropped all the same.

use std::{path::Path, thread};

use anyhow::Context;
use kith_postgres::{Connection, OWNER_ROLE};
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::Client;

use super::{connect, database_name, server};

enum Request {
    Create { template: String, reply: oneshot::Sender<anyhow::Result<String>> },
    Drop { database: String },
}

pub(super) struct Admin {
    connection: Connection,
    requests: mpsc::UnboundedSender<Request>,
}

impl Admin {
    /// Joins the shared server and waits until the template is there.
    pub fn start() -> anyhow::Result<Self> {
        let server = server::join()?;
        let connection = server.connection().clone();
        let (requests, inbox) = mpsc::unbounded_channel();
        let (ready, is_ready) = std::sync::mpsc::channel();
        thread::Builder::new().name("test-databases".into()).spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let outcome = runtime.context("start a runtime").and_then(|runtime| {
                runtime.block_on(async {
                    let client = connect(&server.connection().superuser()).await?;
                    server.ensure_template(&client).await?;
                    drop_databases_of_the_dead(&client).await?;
                    let _ = ready.send(Ok(()));
                    serve(&client, inbox).await;
                    Ok(())
                })
            });
            if let Err(error) = outcome {
                let _ = ready.send(Err(error));
            }
        })?;
        is_ready.recv().context("the thread of the test databases ended")??;
        Ok(Self { connection, requests })
    }

    pub async fn create(&self, template: String) -> anyhow::Result<Connection> {
        let (reply, answer) = oneshot::channel();
        let sent = self.requests.send(Request::Create { template, reply });
        sent.ok().context("the thread of the test databases ended")?;
        let database = answer.await.context("the thread of the test databases ended")??;
        Ok(self.connection.with_database(database))
    }

    pub fn drop_later(&self, database: String) {
        let _ = self.requests.send(Request::Drop { database });
    }
}

async fn serve(client: &Client, mut inbox: mpsc::UnboundedReceiver<Request>) {
    let mut number = 0;
    while let Some(request) = inbox.recv().await {
        match request {
            Request::Create { template, reply } => {
                number += 1;
                let _ = reply.send(create(client, &template, database_name(number)).await);
            }
            Request::Drop { database } => {
                // What is left is dropped by a later process, or goes with the server.
                let _ = drop_database(client, &database).await;
            }
        }
    }
}

async fn create(client: &Client, template: &str, database: String) -> anyhow::Result<String> {
    // Copying files took 140 ms under load where writing the pages to the log took 480.
    let statement = format!(
        "create database {database} template {template} owner {OWNER_ROLE} strategy file_copy"
    );
    client.batch_execute(&statement).await.context("clone the template")?;
    Ok(database)
}

async fn drop_database(client: &Client, database: &str) -> Result<(), tokio_postgres::Error> {
    client.batch_execute(&format!("drop database if exists {database} with (force)")).await
}

async fn drop_databases_of_the_dead(client: &Client) -> anyhow::Result<()> {
    let rows = client
        .query("select datname::text from pg_database where datname like 'test\\_%'", &[])
        .await?;
    for row in rows {
        let database: String = row.get(0);
        if !owner_lives(&database) {
            // Another process may have been quicker.
            let _ = drop_database(client, &database).await;
        }
    }
    Ok(())
}

fn owner_lives(database: &str) -> bool {
    let process = database.split('_').nth(1).unwrap_or_default();
    Path::new("/proc").join(process).exists()
}
