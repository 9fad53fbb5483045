//! `kith doctor`: looks at everything that Kith needs and says what to do about what is amiss.
//!
//! It changes nothing: what it writes into the object store it deletes again. It must never print a secret.

mod database;
mod files;
mod services;

use std::fmt;

use anyhow::ensure;
use kith_types::time::{Clock as _, SystemClock};

use crate::config::Config;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// Kith runs, and somebody should look at it.
    Warn,
    /// Kith does not start, or people notice.
    Fail,
}

/// What was found about one subject.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What was looked at.
    pub subject: &'static str,
    /// How it is.
    pub verdict: Verdict,
    /// What was seen, and what to do if it is not well.
    pub text: String,
}

impl Finding {
    fn ok(subject: &'static str, text: impl Into<String>) -> Self {
        Self { subject, verdict: Verdict::Ok, text: text.into() }
    }

    fn warn(subject: &'static str, text: impl Into<String>) -> Self {
        Self { subject, verdict: Verdict::Warn, text: text.into() }
    }

    fn fail(subject: &'static str, text: impl Into<String>) -> Self {
        Self { subject, verdict: Verdict::Fail, text: text.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Ok => "ok",
            Verdict::Warn => "warn",
            Verdict::Fail => "fail",
        };
        write!(f, "{verdict:<5} {:<10} {}", self.subject, self.text)
    }
}

/// Looks at everything, one thing after the other.
pub async fn examine(config: &Config) -> Vec<Finding> {
    let mut findings =
        vec![files::settings(config), files::secrets(config), files::data_directory(config)];
    findings.extend(database::examine(config).await);
    findings.push(services::storage(config).await);
    findings.push(services::media(config).await);
    findings.push(services::bus(config).await);
    findings.push(services::messages(config));
    findings.extend(services::reviewers(config, SystemClock.now()));
    findings
}

/// Prints a line for each finding; an error if one of them is a failure.
#[expect(clippy::print_stdout, reason = "its output is the findings")]
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let findings = examine(config).await;
    for finding in &findings {
        println!("{finding}");
    }
    let failed = findings.iter().filter(|finding| finding.verdict == Verdict::Fail).count();
    ensure!(failed == 0, "{failed} of {} checks failed", findings.len());
    Ok(())
}
