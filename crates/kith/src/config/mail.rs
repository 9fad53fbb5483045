//! Settings of e-mail. Without them nobody can verify an address, and nothing else is missing.

use std::path::PathBuf;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::sections::redacted;

/// The mail server.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtps://name:password@host` or `smtp://…` (STARTTLS, which only a server on this machine may lack);
    /// empty: no e-mail, or in development an inbox page.
    #[serde(default, serialize_with = "redacted")]
    pub url: Option<SecretString>,
    /// Who the mails come from, such as `Kith <kith@example.org>`.
    #[serde(default)]
    pub from: Option<String>,
    /// PEM file of the authority that signs the server's certificate; empty: those of the system.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}
