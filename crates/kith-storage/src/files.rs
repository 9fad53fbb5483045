//! Objects as files below one root directory, with blocking calls.
//!
//! Owns durability: an object appears under its key complete and synced to the disk, or not at all.
//! Knows nothing of uploads, signatures or the async runtime. Unfinished files live in `.tmp`, which
//! no key can name.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use kith_types::time::Timestamp;

use crate::error::{Refusal, Result, StorageError};
use crate::key::ObjectKey;
use crate::{ListedObject, PutMode};

const TEMPORARY: &str = ".tmp";
/// How often a write makes its folder again when a concurrent delete took the empty folder away.
const FOLDER_ATTEMPTS: u32 = 8;

/// The root directory.
#[derive(Debug)]
pub(crate) struct Files {
    root: PathBuf,
    next_temporary: AtomicU64,
}

/// A file without a key yet, removed when dropped.
#[derive(Debug)]
pub(crate) struct TemporaryFile {
    pub(crate) file: File,
    path: PathBuf,
    is_moved: bool,
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        if !self.is_moved {
            // What stays behind is found by `remove_unfinished`.
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Files {
    /// Opens the root, and makes it readable for its owner alone if it has to be created.
    pub(crate) fn open(root: PathBuf) -> Result<Self> {
        let files = Self { root, next_temporary: AtomicU64::new(0) };
        private_folders()
            .recursive(true)
            .create(files.root.join(TEMPORARY))
            .map_err(StorageError::unavailable)?;
        Ok(files)
    }

    /// Opens a file to be written and then moved under a key.
    pub(crate) fn temporary(&self) -> Result<TemporaryFile> {
        loop {
            // The process id keeps processes on one volume apart; containers may share ids, and
            // then `create_new` does.
            let number = self.next_temporary.fetch_add(1, Ordering::Relaxed);
            let path = self.root.join(TEMPORARY).join(format!("{}-{number}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
                Ok(file) => {
                    return Ok(TemporaryFile { file, path, is_moved: false });
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(StorageError::unavailable(error)),
            }
        }
    }

    /// Writes a whole object.
    pub(crate) fn put(&self, key: &ObjectKey, bytes: &[u8], mode: PutMode) -> Result<()> {
        let mut temporary = self.temporary()?;
        temporary.file.write_all(bytes).map_err(StorageError::unavailable)?;
        self.publish(temporary, key, mode)
    }

    /// Gives a written file its key, durably.
    pub(crate) fn publish(
        &self,
        mut temporary: TemporaryFile,
        key: &ObjectKey,
        mode: PutMode,
    ) -> Result<()> {
        temporary.file.sync_all().map_err(StorageError::unavailable)?;
        let target = self.path(key);
        let folder = target.parent().unwrap_or(&self.root);
        let mut attempts = FOLDER_ATTEMPTS;
        loop {
            attempts -= 1;
            let placed = self.make_folder(folder).and_then(|()| temporary.place(&target, mode));
            match placed {
                Ok(()) => break,
                Err(error) if error.kind() == ErrorKind::NotFound && attempts > 0 => {}
                Err(error) => return Err(write_error(error)),
            }
        }
        match sync_folder(folder) {
            // The new object has been deleted meanwhile, and its folder with it.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            synced => synced.map_err(StorageError::unavailable),
        }
    }

    /// Opens an object and tells its size in bytes.
    pub(crate) fn open_object(&self, key: &ObjectKey) -> Result<(File, u64)> {
        let file = File::open(self.path(key)).map_err(read_error)?;
        let facts = file.metadata().map_err(read_error)?;
        if facts.is_file() { Ok((file, facts.len())) } else { Err(StorageError::NotFound) }
    }

    /// Reads a whole object of at most `limit` bytes.
    pub(crate) fn read(&self, key: &ObjectKey, limit: u64) -> Result<Vec<u8>> {
        let (file, size) = self.open_object(key)?;
        let capacity = usize::try_from(size).ok().filter(|_| size <= limit);
        let mut bytes = Vec::with_capacity(capacity.ok_or(Refusal::TooLarge { limit })?);
        file.take(limit).read_to_end(&mut bytes).map_err(read_error)?;
        Ok(bytes)
    }

    /// Size and age of an object.
    pub(crate) fn facts(&self, key: &ObjectKey) -> Result<ListedObject> {
        let facts = fs::metadata(self.path(key)).map_err(read_error)?;
        if facts.is_file() {
            listed(key.clone(), &facts).map_err(read_error)
        } else {
            Err(StorageError::NotFound)
        }
    }

    /// Deletes an object if it exists, and the folders that it leaves empty.
    pub(crate) fn delete(&self, key: &ObjectKey) -> Result<()> {
        let path = self.path(key);
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if is_absent(&error) || error.kind() == ErrorKind::IsADirectory => {
                return Ok(());
            }
            Err(error) => return Err(StorageError::unavailable(error)),
        }
        for folder in path.ancestors().skip(1).take_while(|folder| *folder != self.root) {
            if fs::remove_dir(folder).is_err() {
                break; // not empty, or in use again
            }
        }
        Ok(())
    }

    /// Calls `visit` for every object in a folder (the whole store without one), in no special
    /// order, until it answers `false`.
    pub(crate) fn walk(
        &self,
        folder: Option<&ObjectKey>,
        visit: &mut dyn FnMut(Result<ListedObject>) -> bool,
    ) {
        let mut pending = vec![folder.map_or_else(String::new, |key| key.as_str().to_owned())];
        while let Some(folder) = pending.pop() {
            let entries = match fs::read_dir(self.root.join(&folder)) {
                Ok(entries) => entries,
                Err(error) if is_absent(&error) => continue,
                Err(error) => {
                    visit(Err(StorageError::unavailable(error)));
                    return;
                }
            };
            for entry in entries {
                let goes_on = match entry.and_then(|entry| examine(&folder, &entry)) {
                    Ok(Entry::Object(object)) => visit(Ok(object)),
                    Ok(Entry::Folder(key)) => {
                        pending.push(key);
                        true
                    }
                    Ok(Entry::Other) => true,
                    // Deleted while we walked.
                    Err(error) if is_absent(&error) => true,
                    Err(error) => visit(Err(StorageError::unavailable(error))),
                };
                if !goes_on {
                    return;
                }
            }
        }
    }

    /// Removes the files of writers that died before `before`, and returns how many there were.
    pub(crate) fn remove_unfinished(&self, before: Timestamp) -> Result<u64> {
        let mut removed = 0;
        let entries = fs::read_dir(self.root.join(TEMPORARY)).map_err(StorageError::unavailable)?;
        for entry in entries {
            let entry = entry.map_err(StorageError::unavailable)?;
            let modified = entry.metadata().and_then(|facts| facts.modified());
            if modified.is_ok_and(|at| timestamp(at) < before)
                && fs::remove_file(entry.path()).is_ok()
            {
                removed += 1;
            }
        }
        Ok(removed)
    }

    fn path(&self, key: &ObjectKey) -> PathBuf {
        self.root.join(key.as_str())
    }

    /// Makes a folder and its parents; each new name is synced, or a crash could lose the object with it.
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        if folder == self.root {
            return Ok(());
        }
        let parent = folder.parent().unwrap_or(&self.root);
        let made = match private_folders().create(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.make_folder(parent)?;
                private_folders().create(folder)
            }
            made => made,
        };
        match made {
            Ok(()) => sync_folder(parent),
            // Another writer was faster.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl TemporaryFile {
    fn place(&mut self, target: &Path, mode: PutMode) -> io::Result<()> {
        match mode {
            PutMode::Replace => {
                fs::rename(&self.path, target)?;
                self.is_moved = true;
                Ok(())
            }
            // Unlike a rename, a link never replaces: of two writers exactly one succeeds. The
            // first name goes away with the drop.
            PutMode::IfAbsent => fs::hard_link(&self.path, target),
        }
    }
}

enum Entry {
    Object(ListedObject),
    Folder(String),
    Other,
}

fn examine(folder: &str, entry: &fs::DirEntry) -> io::Result<Entry> {
    let name = entry.file_name();
    let Some(name) = name.to_str() else {
        return Ok(Entry::Other);
    };
    let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let Ok(key) = ObjectKey::parse(&path) else {
        return Ok(Entry::Other);
    };
    let facts = entry.metadata()?;
    if facts.is_dir() {
        Ok(Entry::Folder(path))
    } else if facts.is_file() {
        Ok(Entry::Object(listed(key, &facts)?))
    } else {
        Ok(Entry::Other)
    }
}

fn listed(key: ObjectKey, facts: &fs::Metadata) -> io::Result<ListedObject> {
    Ok(ListedObject { key, size: facts.len(), modified: timestamp(facts.modified()?) })
}

fn timestamp(moment: SystemTime) -> Timestamp {
    match moment.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => Timestamp::UNIX_EPOCH + after,
        Err(before) => Timestamp::UNIX_EPOCH - before.duration(),
    }
}

fn private_folders() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn read_error(error: io::Error) -> StorageError {
    if is_absent(&error) { StorageError::NotFound } else { StorageError::unavailable(error) }
}

fn write_error(error: io::Error) -> StorageError {
    match error.kind() {
        ErrorKind::AlreadyExists => StorageError::AlreadyExists,
        ErrorKind::NotADirectory | ErrorKind::IsADirectory => Refusal::Key.into(),
        _ => StorageError::unavailable(error),
    }
}
