//! The built program as a process of its own, in the embedded shape: for tests of what no test
//! inside a process can see, such as signals and sudden death.

use std::{
    fs::File,
    path::Path,
    process::{ExitStatus, Output, Stdio},
    time::Duration,
};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::{app, person::Person};

/// A first start makes a database, which takes a while on a busy machine.
const START_PATIENCE: Duration = Duration::from_mins(2);
/// What the program prints when it serves.
const READY: &str = "kith is ready at ";

/// A running `kith serve --all`. Dropped, it is killed and its database left for the next start.
pub struct Program {
    /// Where it serves, without a slash at the end.
    pub url: String,
    child: Child,
    process: Pid,
}

impl Program {
    /// Starts `binary` with its data in `data` and waits until it serves.
    pub async fn start(binary: &Path, data: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(binary);
        configure(&mut command, data);
        Self::spawn(command).await
    }

    /// The same with everything told that it can tell, into a file.
    pub async fn start_telling(binary: &Path, data: &Path, log: File) -> anyhow::Result<Self> {
        let mut command = Command::new(binary);
        configure(&mut command, data).env("KITH_LOG", "trace").stderr(log);
        Self::spawn(command).await
    }

    async fn spawn(mut command: Command) -> anyhow::Result<Self> {
        let mut child = command
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            // As a shell does: what Ctrl-C reaches is this group.
            .process_group(0)
            .spawn()
            .context("run the program")?;
        let output = child.stdout.take().context("its output")?;
        let url = timeout(START_PATIENCE, ready_url(BufReader::new(output).lines()))
            .await
            .context("the program was not ready in time")??;
        let id = child.id().context("it ended")?;
        let process = Pid::from_raw(i32::try_from(id)?).context("its number")?;
        Ok(Self { url, child, process })
    }

    /// Starts `binary` on a machine without PostgreSQL, and waits for what it says about that.
    pub async fn start_without_postgresql(binary: &Path, data: &Path) -> anyhow::Result<Output> {
        // An empty folder hides the installed programs from this process and no other.
        let hidden = "mount -t tmpfs none /usr/lib/postgresql && exec \"$0\" \"$@\"";
        let mut alone = Command::new("unshare");
        alone.args(["--map-root-user", "--mount", "sh", "-c", hidden]).arg(binary);
        configure(&mut alone, data).env("PATH", "/usr/bin:/bin").kill_on_drop(true);
        Ok(timeout(START_PATIENCE, alone.output())
            .await
            .context("it neither failed nor ended")??)
    }

    /// Signs up a person, with the code from the development inbox.
    pub async fn person(&self, name: &str, phone: &str) -> Person {
        let nobody = Person::at(&self.url, &app::client());
        let body = serde_json::json!({ "phone_number": phone });
        let started = nobody.post("/v1/auth/phone/start", body).await.expect(202);
        let inbox = format!("/dev/inbox?phone_number={}", phone.replace('+', "%2B"));
        let code = nobody.get(&inbox).await.expect(200).text("/items/0/code");
        let verification = started.text("/verification_id");
        let person = Person::verify(nobody, name, phone, &verification, &code).await;
        person.finishes_profile(name).await;
        person
    }

    /// Presses Ctrl-C, as often as called.
    pub fn press_ctrl_c(&self) -> anyhow::Result<()> {
        Ok(kill_process_group(self.process, Signal::INT)?)
    }

    /// Waits until it has ended.
    pub async fn ended(mut self) -> anyhow::Result<ExitStatus> {
        Ok(self.child.wait().await?)
    }

    /// Ends it without a chance to clean up; its database lives on.
    pub async fn kill(mut self) -> anyhow::Result<()> {
        kill_process(self.process, Signal::KILL)?;
        self.child.wait().await?;
        Ok(())
    }
}

/// `serve --all` with everything of its own in `data`.
fn configure<'a>(command: &'a mut Command, data: &Path) -> &'a mut Command {
    command
        .args(["serve", "--all"])
        .env("KITH_DATA_DIR", data)
        .env("KITH_HTTP__ADDRESS", "127.0.0.1:0")
        .env("KITH_OPS__ADDRESS", "127.0.0.1:0")
        .env("KITH_ENVIRONMENT", "development")
        .env("KITH_LIMITS__PROFILE", "relaxed")
        .env("KITH_LOG", "error")
        .stdin(Stdio::null())
}

type Lines = tokio::io::Lines<BufReader<tokio::process::ChildStdout>>;

async fn ready_url(mut lines: Lines) -> anyhow::Result<String> {
    while let Some(line) = lines.next_line().await? {
        if let Some(url) = line.strip_prefix(READY) {
            let url = url.trim_end_matches('/').to_owned();
            // Nobody reading would block it one day.
            #[expect(
                clippy::disallowed_methods,
                reason = "the task ends with the program that it reads"
            )]
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(url);
        }
    }
    bail!("the program ended before it was ready; its errors stand above")
}
