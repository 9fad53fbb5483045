//! A file that is being read in pieces, each by one call on a thread that may wait for the disk.
//!
//! Opening reads the first piece, so that most files cost one call in all.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};

use crate::error::{Result, StorageError};
use crate::files::Files;
use crate::key::ObjectKey;

/// Most bytes of a file in memory at a time. Few renditions are larger.
const PIECE: u64 = 256 * 1024;

/// What is left to be read of a file.
pub(crate) struct Part {
    pub(crate) object_size: u64,
    pub(crate) range: Range<u64>,
    first: Bytes,
    rest: Rest,
}

struct Rest {
    file: File,
    left: u64,
}

impl Part {
    /// Opens the object, and reads the first piece of the range.
    pub(crate) fn open(files: &Files, key: &ObjectKey, range: Option<Range<u64>>) -> Result<Self> {
        let (mut file, object_size) = files.open_object(key)?;
        let range = crate::clamp_range(range, object_size)?;
        if range.start > 0 {
            file.seek(SeekFrom::Start(range.start)).map_err(StorageError::unavailable)?;
        }
        let mut rest = Rest { file, left: range.end - range.start };
        let first = rest.read()?;
        Ok(Self { object_size, range, first, rest })
    }

    /// The bytes of the range as they come. A file that ends early is an error, not a shorter stream.
    pub(crate) fn into_stream(self) -> BoxStream<'static, Result<Bytes>> {
        let Self { first, rest, .. } = self;
        let first = stream::iter((!first.is_empty()).then_some(Ok(first)));
        first.chain(stream::try_unfold(rest, Rest::next)).boxed()
    }
}

impl Rest {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>> {
        if self.left == 0 {
            return Ok(None);
        }
        let read = move || self.read().map(|piece| Some((piece, self)));
        tokio::task::spawn_blocking(read).await.map_err(StorageError::unavailable)?
    }

    fn read(&mut self) -> Result<Bytes> {
        let length = self.left.min(PIECE);
        let mut piece = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        let read = (&mut self.file).take(length).read_to_end(&mut piece);
        if read.map_err(StorageError::unavailable)? as u64 != length {
            return Err(StorageError::unavailable("the file ended early"));
        }
        self.left -= length;
        Ok(Bytes::from(piece))
    }
}
