//! How a client reaches the private server. No secret: the socket directory and the peer's account
//! are the only credentials.

use std::{fmt, path::PathBuf};

/// The database that holds Kith's data.
pub const DATABASE: &str = "kith";
/// The role that owns it; not a superuser.
pub const OWNER_ROLE: &str = "kith";
/// The role that may create databases and take backups.
pub const SUPERUSER_ROLE: &str = "postgres";
/// Part of the socket's file name; nothing listens on this port.
pub(crate) const PORT: u16 = 5432;

/// Parameters of one connection. `Display` prints them in the key-value form that libpq and
/// `tokio_postgres::Config` parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// The directory of the socket.
    pub host: PathBuf,
    /// Part of the socket's file name.
    pub port: u16,
    /// The role.
    pub user: String,
    /// The database.
    pub database: String,
}

impl Connection {
    pub(crate) fn owner(host: PathBuf) -> Self {
        Self { host, port: PORT, user: OWNER_ROLE.to_owned(), database: DATABASE.to_owned() }
    }

    /// The same server as the superuser, in the maintenance database.
    #[must_use]
    pub fn superuser(&self) -> Self {
        Self {
            user: SUPERUSER_ROLE.to_owned(),
            database: SUPERUSER_ROLE.to_owned(),
            ..self.clone()
        }
    }

    /// The same role in another database.
    #[must_use]
    pub fn with_database(&self, database: impl Into<String>) -> Self {
        Self { database: database.into(), ..self.clone() }
    }
}

impl fmt::Display for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "host={} port={} user={} dbname={}",
            quoted(&self.host.to_string_lossy()),
            self.port,
            quoted(&self.user),
            quoted(&self.database),
        )
    }
}

/// Quotes a value as libpq's key-value form wants it.
fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_with_quotes_and_spaces_survive_the_key_value_form() {
        let connection = Connection {
            host: PathBuf::from("/run/it's here"),
            port: 5432,
            user: "kith".into(),
            database: "a\\b".into(),
        };
        let parsed: tokio_postgres::Config = connection.to_string().parse().unwrap();
        assert_eq!(parsed.get_dbname(), Some("a\\b"));
        assert_eq!(
            parsed.get_hosts(),
            [tokio_postgres::config::Host::Unix("/run/it's here".into())]
        );
    }
}
