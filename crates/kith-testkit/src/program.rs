//! The built program as a process of its own, in the embedded shape: for tests of what no test
//! inside a process can see, such as signals and sudden death.

use std::{path::Path, process::ExitStatus, process::Stdio, time::Duration};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

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
        let mut child = Command::new(binary)
            .args(["serve", "--all"])
            .env("KITH_DATA_DIR", data)
            .env("KITH_HTTP__ADDRESS", "127.0.0.1:0")
            .env("KITH_OPS__ADDRESS", "127.0.0.1:0")
            .env("KITH_ENVIRONMENT", "development")
            .env("KITH_LIMITS__PROFILE", "relaxed")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            // As a shell does: what Ctrl-C reaches is this group.
            .process_group(0)
            .spawn()
            .with_context(|| format!("run {}", binary.display()))?;
        let output = child.stdout.take().context("its output")?;
        let url = timeout(START_PATIENCE, ready_url(BufReader::new(output).lines()))
            .await
            .context("the program was not ready in time")??;
        let id = child.id().context("it ended")?;
        let process = Pid::from_raw(i32::try_from(id)?).context("its number")?;
        Ok(Self { url, child, process })
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

type Lines = tokio::io::Lines<BufReader<tokio::process::ChildStdout>>;

async fn ready_url(mut lines: Lines) -> anyhow::Result<String> {
    while let Some(line) = lines.next_line().await? {
        if let Some(url) = line.strip_prefix(READY) {
            let url = url.trim_end_matches('/').to_owned();
            // Nobody reading would block it one day.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(url);
        }
    }
    bail!("the program ended before it was ready; its errors stand above")
}
