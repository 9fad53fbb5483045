//! Which way mails go: a mail server, or a mailbox of development. It must never make a mailbox where strangers
//! reach the server.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use kith_messaging::{MailSender, Mailbox, Smtp, SmtpConfig};

use crate::config::{Config, Environment};

/// What sends mails, and what was sent where nothing leaves the machine.
#[derive(Clone, Default)]
pub struct Mailing {
    /// The sender; none where e-mail is not set up.
    pub sender: Option<Arc<dyn MailSender>>,
    /// What it sent, in development.
    pub mailbox: Option<Mailbox>,
}

/// The way that the settings name.
pub fn mailing(config: &Config) -> anyhow::Result<Mailing> {
    let mail = &config.mail;
    let Some(url) = &mail.url else {
        if config.environment() == Environment::Development {
            let mailbox = Mailbox::default();
            return Ok(Mailing { sender: Some(Arc::new(mailbox.clone())), mailbox: Some(mailbox) });
        }
        return Ok(Mailing::default());
    };
    let Some(from) = &mail.from else { bail!("mail.url needs mail.from: who the mails come from") };
    let mut smtp = SmtpConfig::new(url.clone(), from.clone());
    if let Some(path) = &mail.ca_file {
        let pem = std::fs::read(path)
            .with_context(|| format!("mail.ca_file {} cannot be read", path.display()))?;
        smtp.authority = Some(pem);
    }
    Ok(Mailing { sender: Some(Arc::new(Smtp::new(&smtp)?)), mailbox: None })
}
