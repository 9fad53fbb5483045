//! The parent's side: one fresh process per picture, and whatever happens to it, the parent goes on.
//!
//! Owns spawning, feeding, reading with a deadline, and telling apart the ways a child can die.

use crate::facts::RenderEvent;
use crate::failure::MediaFailure;
use crate::protocol::{PREFIX, ProtocolBroken, Validator, encode_request};
use crate::request::RenderRequest;
use crate::sandbox::{Enforced, Unconfined};
use bytes::{Bytes, BytesMut};
use std::ffi::OsString;
use std::io;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout, timeout_at};

/// Most of a child's error output that is kept to tell why it died.
const MAX_STDERR: usize = 4096;
/// Planes of pixels are taken as pages of 2 MB where the kernel has them: a third of the page faults, 10 to 12 %
/// less processor time for a photo, 3 MB more (bench/media). C libraries other than glibc do not read it.
const LARGE_PAGES: (&str, &str) = ("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
/// Time for a child to end by itself once its output has ended.
const GRACE: Duration = Duration::from_secs(2);

/// Starts decoding processes, at most so many at a time.
#[derive(Debug, Clone)]
pub struct MediaProcess {
    program: PathBuf,
    args: Vec<OsString>,
    slots: Arc<Semaphore>,
}

impl MediaProcess {
    /// `program` is the executable whose `media render` sub-command is the child: usually the running one.
    /// One picture per processor: the work is single-threaded, and a core shared is a core wasted.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        let slots = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            program: program.into(),
            args: vec!["media".into(), "render".into()],
            slots: Arc::new(Semaphore::new(slots)),
        }
    }

    /// The same with other arguments, for programs that are not `kith` (tests, benches).
    #[must_use]
    pub fn with_args<I: IntoIterator<Item = S>, S: Into<OsString>>(mut self, args: I) -> Self {
        self.args = args.into_iter().map(Into::into).collect();
        self
    }

    /// The same with another number of pictures at a time.
    #[must_use]
    pub fn with_slots(mut self, slots: usize) -> Self {
        self.slots = Arc::new(Semaphore::new(slots.max(1)));
        self
    }

    /// Starts a run. Waits for a free slot; the clock of the deadline starts after that. `input` must give
    /// exactly `request.byte_size` bytes and may come straight from the object store.
    pub async fn render(
        &self,
        input: impl AsyncRead + Send + Unpin + 'static,
        request: &RenderRequest,
    ) -> Result<Rendering, MediaFailure> {
        if request.byte_size > request.limits.bytes {
            return Err(MediaFailure::TooLarge { limit_bytes: request.limits.bytes });
        }
        let slot =
            Arc::clone(&self.slots).acquire_owned().await.map_err(|_| MediaFailure::Unavailable)?;
        let mut child = self.spawn().map_err(|error| {
            tracing::error!(%error, "the media process cannot be started");
            MediaFailure::Unavailable
        })?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(MediaFailure::Unavailable);
        };
        let header = encode_request(request);
        Ok(Rendering {
            feeder: one_task(feed(stdin, header, input.take(request.byte_size))),
            diagnosis: one_task(read_to_limit(stderr)),
            child,
            stdout,
            validator: Validator::new(request),
            deadline: Instant::now() + Duration::from_secs(request.limits.wall_seconds),
            state: State::Running,
            _slot: slot,
        })
    }

    /// What the kernel enforces on the processes, by starting one that has no picture.
    pub async fn confinement(&self) -> Result<Enforced, Unconfined> {
        let failed = |error: &dyn std::fmt::Display| Unconfined(error.to_string());
        let mut command = self.command(&["media".into(), "sandbox".into()]);
        let output = timeout(GRACE, command.output()).await.map_err(|late| failed(&late))?;
        let output = output.map_err(|error| failed(&error))?;
        serde_json::from_slice(&output.stdout).map_err(|_| {
            let said = output.stderr.get(..MAX_STDERR).unwrap_or(&output.stderr);
            failed(&String::from_utf8_lossy(said).trim())
        })
    }

    fn spawn(&self) -> io::Result<Child> {
        self.command(&self.args).spawn()
    }

    /// Nothing of the parent is passed on: no environment (it may hold secrets), no working directory. In a
    /// process group of its own, so that what a terminal sends to stop the parent does not end a picture.
    fn command(&self, args: &[OsString]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(args)
            .env_clear()
            .env(LARGE_PAGES.0, LARGE_PAGES.1)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        command
    }
}

/// A run in progress. Dropping it ends the process.
#[derive(Debug)]
pub struct Rendering {
    child: Child,
    stdout: ChildStdout,
    feeder: JoinSet<io::Result<()>>,
    diagnosis: JoinSet<Vec<u8>>,
    validator: Validator,
    deadline: Instant,
    state: State,
    _slot: OwnedSemaphorePermit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Running,
    Finished,
}

impl Rendering {
    /// The number of the process while it runs, which is also that of its group.
    pub fn process_id(&self) -> Option<u32> {
        self.child.id()
    }

    /// The next result; `None` after [`RenderEvent::Done`] or a failure. Renditions already received stay
    /// good when a later one fails.
    pub async fn next(&mut self) -> Option<Result<RenderEvent, MediaFailure>> {
        if self.state == State::Finished {
            return None;
        }
        let result = match timeout_at(self.deadline, self.read_message()).await {
            Ok(Ok(result)) => {
                if result == Err(MediaFailure::Unavailable) {
                    self.say_why().await;
                }
                result
            }
            Ok(Err(reason)) => Err(self.explain(reason).await),
            Err(_) => Err(self.overdue()),
        };
        if matches!(result, Err(_) | Ok(RenderEvent::Done(_))) {
            self.end().await;
        }
        Some(result)
    }

    /// Sees the process off, so that none is left behind as a zombie or at work.
    async fn end(&mut self) {
        self.state = State::Finished;
        self.feeder.abort_all();
        if timeout(GRACE.min(self.deadline - Instant::now()), self.child.wait()).await.is_err() {
            let _ = self.child.start_kill();
        }
    }

    /// Collects everything of a run.
    pub async fn collect(mut self) -> Result<Vec<RenderEvent>, MediaFailure> {
        let mut events = Vec::new();
        while let Some(event) = self.next().await {
            events.push(event?);
        }
        Ok(events)
    }

    async fn read_message(&mut self) -> Result<Result<RenderEvent, MediaFailure>, Broken> {
        let mut prefix = [0; PREFIX];
        self.stdout.read_exact(&mut prefix).await?;
        let lengths = self.validator.lengths(prefix)?;
        let head = self.read(lengths.head).await?;
        let body = self.read(lengths.body).await?;
        Ok(self.validator.accept(&head, body)?)
    }

    /// Memory grows with what arrives, not with what the child announces.
    async fn read(&mut self, length: usize) -> Result<Bytes, Broken> {
        let mut buffer = BytesMut::new();
        while buffer.len() < length {
            buffer.reserve((length - buffer.len()).min(256 * 1024));
            let mut part = (&mut self.stdout).take((length - buffer.len()) as u64);
            if part.read_buf(&mut buffer).await? == 0 {
                return Err(Broken::Ended);
            }
        }
        Ok(buffer.freeze())
    }

    /// The deadline has passed. A child that has not even got its whole picture has waited for us.
    fn overdue(&mut self) -> MediaFailure {
        match self.feeder.try_join_next() {
            Some(_) => MediaFailure::Stalled,
            None => MediaFailure::Unavailable,
        }
    }

    /// What the child wrote to its error output until it ended.
    async fn diagnosis(&mut self) -> Vec<u8> {
        let said = timeout(GRACE, self.diagnosis.join_next()).await;
        said.ok().flatten().and_then(Result::ok).unwrap_or_default()
    }

    /// The child gave up by itself: for want of a sandbox, which its operator has to know.
    async fn say_why(&mut self) {
        let diagnosis = self.diagnosis().await;
        let diagnosis = String::from_utf8_lossy(&diagnosis);
        tracing::error!(reason = diagnosis.trim(), "the media process cannot work");
    }

    /// Why the child stopped answering.
    async fn explain(&mut self, reason: Broken) -> MediaFailure {
        if let Broken::Protocol(_) = reason {
            tracing::error!("the media process broke its protocol");
            return MediaFailure::Crashed;
        }
        let Ok(Ok(status)) = timeout(GRACE, self.child.wait()).await else {
            return MediaFailure::Crashed;
        };
        let diagnosis = self.diagnosis().await;
        let failure = cause_of_death(status, &diagnosis);
        tracing::warn!(
            signal = status.signal(),
            code = status.code(),
            failure = failure.name(),
            "the media process died"
        );
        failure
    }
}

/// Why no message came.
#[derive(Debug)]
enum Broken {
    Ended,
    Protocol(ProtocolBroken),
}

impl From<io::Error> for Broken {
    fn from(_: io::Error) -> Self {
        Self::Ended
    }
}

impl From<ProtocolBroken> for Broken {
    fn from(broken: ProtocolBroken) -> Self {
        Self::Protocol(broken)
    }
}

fn cause_of_death(status: ExitStatus, stderr: &[u8]) -> MediaFailure {
    let said = |text: &str| memchr::memmem::find(stderr, text.as_bytes()).is_some();
    match status.signal() {
        // Over the processor limit, which nothing else says.
        Some(libc::SIGXCPU) => MediaFailure::TimedOut,
        // Ended from outside: by an operator, or by the kernel, which was short of memory.
        Some(libc::SIGKILL | libc::SIGINT | libc::SIGTERM | libc::SIGHUP) => {
            MediaFailure::Unavailable
        }
        Some(libc::SIGABRT) if said("memory allocation of") => MediaFailure::OutOfMemory,
        _ => MediaFailure::Crashed,
    }
}

/// A task that ends with its owner.
fn one_task<T: Send + 'static>(task: impl Future<Output = T> + Send + 'static) -> JoinSet<T> {
    let mut set = JoinSet::new();
    set.spawn(task);
    set
}

async fn feed(
    mut stdin: tokio::process::ChildStdin,
    header: Vec<u8>,
    mut input: impl AsyncRead + Unpin,
) -> io::Result<()> {
    stdin.write_all(&header).await?;
    tokio::io::copy(&mut input, &mut stdin).await?;
    stdin.shutdown().await
}

/// Reads to the end, keeps the first part: a child that writes without end must not fill the memory.
async fn read_to_limit(mut stderr: tokio::process::ChildStderr) -> Vec<u8> {
    let mut kept = Vec::new();
    let _ = (&mut stderr).take(MAX_STDERR as u64).read_to_end(&mut kept).await;
    let _ = tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await;
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wait statuses as the kernel gives them: the signal in the low bits.
    #[test]
    fn only_what_the_picture_did_is_its_fault() {
        for signal in [libc::SIGKILL, libc::SIGINT, libc::SIGTERM, libc::SIGHUP] {
            let failure = cause_of_death(ExitStatus::from_raw(signal), b"");
            assert!(failure.is_transient(), "signal {signal}: {failure:?}");
        }
        for (signal, said, failure) in [
            (libc::SIGXCPU, "", MediaFailure::TimedOut),
            (libc::SIGABRT, "memory allocation of 8 bytes failed", MediaFailure::OutOfMemory),
            (libc::SIGABRT, "", MediaFailure::Crashed),
            (libc::SIGSEGV, "", MediaFailure::Crashed),
            (libc::SIGSYS, "", MediaFailure::Crashed),
        ] {
            assert_eq!(cause_of_death(ExitStatus::from_raw(signal), said.as_bytes()), failure);
        }
    }
}
