//! PostgreSQL's binary COPY format: rows as they are stored, without text in between.

use std::pin::Pin;

use anyhow::ensure;
use bytes::{BufMut as _, Bytes, BytesMut};
use futures_util::SinkExt as _;
use tokio_postgres::{CopyInSink, Transaction};
use uuid::Uuid;

/// From 1970 to 2000, in microseconds.
const EPOCH: i64 = 946_684_800_000_000;
const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const BATCH_BYTES: usize = 256 * 1024;

/// One value of a row. It must have its column's type.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    Null,
    Uuid(Uuid),
    /// Microseconds since 1970.
    Time(i64),
    /// Text, or a value of an enumeration.
    Text(&'a str),
    Bytes(&'a [u8]),
    Json(&'a str),
    Int(i32),
    Long(i64),
    Flag(bool),
}

/// Rows on their way into a table.
pub struct Rows {
    sink: Pin<Box<CopyInSink<Bytes>>>,
    buffer: BytesMut,
    columns: usize,
}

impl Rows {
    /// Opens an emptied table. The rows are frozen, as those of a database that has run for long.
    pub async fn into(
        transaction: &Transaction<'_>,
        table: &str,
        columns: &str,
    ) -> anyhow::Result<Self> {
        let statement = format!("copy {table} ({columns}) from stdin (format binary, freeze)");
        let sink = Box::pin(transaction.copy_in(&statement).await?);
        let columns = columns.split(',').count();
        Ok(Self { sink, buffer: BytesMut::from(SIGNATURE), columns })
    }

    /// Writes one row.
    pub async fn write(&mut self, values: &[Value<'_>]) -> anyhow::Result<()> {
        ensure!(values.len() == self.columns, "{} values, {}", values.len(), self.columns);
        self.buffer.put_i16(values.len() as i16);
        for value in values {
            put(&mut self.buffer, value);
        }
        if self.buffer.len() >= BATCH_BYTES {
            self.sink.send(self.buffer.split().freeze()).await?;
        }
        Ok(())
    }

    /// Ends the table and answers how many rows it took.
    pub async fn finish(mut self) -> anyhow::Result<u64> {
        self.buffer.put_i16(-1);
        self.sink.send(self.buffer.split().freeze()).await?;
        Ok(self.sink.as_mut().finish().await?)
    }
}

fn put(buffer: &mut BytesMut, value: &Value<'_>) {
    match *value {
        Value::Null => buffer.put_i32(-1),
        Value::Uuid(uuid) => put_bytes(buffer, uuid.as_bytes()),
        Value::Time(microseconds) => put_bytes(buffer, &(microseconds - EPOCH).to_be_bytes()),
        Value::Text(text) => put_bytes(buffer, text.as_bytes()),
        Value::Bytes(bytes) => put_bytes(buffer, bytes),
        Value::Int(number) => put_bytes(buffer, &number.to_be_bytes()),
        Value::Long(number) => put_bytes(buffer, &number.to_be_bytes()),
        Value::Flag(flag) => put_bytes(buffer, &[u8::from(flag)]),
        Value::Json(text) => {
            // jsonb begins with the version of its binary form.
            buffer.put_i32(text.len() as i32 + 1);
            buffer.put_u8(1);
            buffer.put_slice(text.as_bytes());
        }
    }
}

fn put_bytes(buffer: &mut BytesMut, bytes: &[u8]) {
    buffer.put_i32(bytes.len() as i32);
    buffer.put_slice(bytes);
}
