//! The running server process: found by the cluster's `postmaster.pid`, watched and signalled
//! through a process descriptor, which cannot come to mean another process.

use std::{
    fs, io,
    os::{
        fd::{AsFd, OwnedFd},
        unix::fs::MetadataExt,
    },
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal},
};

/// A live server process.
pub(crate) struct Postmaster {
    pub pid: u32,
    descriptor: OwnedFd,
}

/// What a cluster's `postmaster.pid` tells. PostgreSQL documents the lines in `miscadmin.h`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PidFile {
    pub pid: u32,
    pub socket_directory: PathBuf,
    pub status: Status,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Ready,
    Stopping,
    Starting,
}

impl PidFile {
    /// Reads the file of the cluster at `data`; `None` when there is none or it is half written.
    pub fn read(data: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(data.join("postmaster.pid")).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        Some(Self {
            pid: lines.first()?.parse().ok()?,
            socket_directory: lines.get(4).copied().unwrap_or_default().into(),
            status: match lines.get(7).copied() {
                Some("ready") => Status::Ready,
                Some("stopping") => Status::Stopping,
                _ => Status::Starting,
            },
        })
    }
}

impl Postmaster {
    /// The live process `pid` if it serves the cluster at `data`. Where the system hides where a
    /// process works (a container without `SYS_PTRACE`), its name decides.
    pub fn find(pid: u32, data: &Path) -> Option<Self> {
        let descriptor = open(pid).ok()?;
        let serves = serves(pid, data).unwrap_or_else(|| is_named_postgres(pid));
        serves.then_some(Self { pid, descriptor })
    }

    /// The process that was just started.
    pub fn started(pid: u32) -> io::Result<Self> {
        Ok(Self { pid, descriptor: open(pid)? })
    }

    /// Whether it ends within `timeout`.
    pub fn ends_within(&self, timeout: Duration) -> bool {
        let timeout = Timespec::try_from(timeout).ok();
        let mut descriptors = [PollFd::new(&self.descriptor, PollFlags::IN)];
        matches!(poll(&mut descriptors, timeout.as_ref()), Ok(1))
    }

    /// Asks for the fast shutdown: sessions are ended, everything is written.
    pub fn stop_fast(&self) {
        let _ = pidfd_send_signal(self.descriptor.as_fd(), Signal::INT);
    }

    /// Asks for the immediate shutdown: the next start recovers from the log.
    pub fn stop_immediately(&self) {
        let _ = pidfd_send_signal(self.descriptor.as_fd(), Signal::QUIT);
    }
}

/// Whether any process still works in the cluster at `data`: the children of a killed server end a
/// moment after it, and until then no other may write there.
pub(crate) fn any_process_in(data: &Path) -> bool {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .any(|pid| serves(pid, data).unwrap_or(false))
}

/// Whether `pid` works in the cluster's directory, as every server process does, so that a number
/// which the system gave to another program is told apart; `None` when the system does not tell.
fn serves(pid: u32, data: &Path) -> Option<bool> {
    let place = |path: &Path| fs::metadata(path).map(|m| (m.dev(), m.ino()));
    match place(Path::new(&format!("/proc/{pid}/cwd"))) {
        Ok(works_in) => Some(place(data).is_ok_and(|cluster| cluster == works_in)),
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => None,
        Err(_) => Some(false),
    }
}

fn is_named_postgres(pid: u32) -> bool {
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    name.trim() == "postgres"
}

/// Removes the `postmaster.pid` of a server that is gone, where PostgreSQL itself would trip over
/// it: an empty one, or one whose number another program has now. In the plain case of a dead
/// number PostgreSQL is left to judge, since the file also tells it of surviving shared memory.
pub(crate) fn clear_stale_pid_file(data: &Path) -> io::Result<()> {
    let dead = |file: PidFile| open(file.pid).is_err();
    if PidFile::read(data).is_some_and(dead) {
        return Ok(());
    }
    match fs::remove_file(data.join("postmaster.pid")) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

fn open(pid: u32) -> io::Result<OwnedFd> {
    let raw = i32::try_from(pid).map_err(io::Error::other)?;
    let pid = Pid::from_raw(raw).ok_or(io::ErrorKind::InvalidInput)?;
    Ok(pidfd_open(pid, PidfdFlags::empty())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_file_is_read() {
        let text = "4711\n/data\n1700000000\n5432\n/run/kith-1\n\n  5  6\nready   \n";
        let expected =
            PidFile { pid: 4711, socket_directory: "/run/kith-1".into(), status: Status::Ready };
        assert_eq!(PidFile::parse(text), Some(expected));
    }

    #[test]
    fn a_half_written_file_means_starting() {
        assert_eq!(PidFile::parse("4711\n/data\n").unwrap().status, Status::Starting);
        assert_eq!(PidFile::parse(""), None);
    }

    #[test]
    fn a_number_of_another_program_is_not_the_server() {
        assert!(Postmaster::find(std::process::id(), Path::new("/nowhere")).is_none());
    }
}
