//! The system account that the server runs as. PostgreSQL refuses to run as root, so a root Kith
//! hands the cluster to the account `postgres`; where a parent directory shuts that account out,
//! the server runs in a user namespace, in which the files' owner root bears another number.
//! A server in the namespace holds none of root's capabilities, but still owns root's files: the
//! account is the better of the two ways, and is preferred.

use std::{
    fs, io,
    os::unix::{
        fs::{MetadataExt, lchown},
        process::CommandExt,
    },
    path::Path,
    process::{Command, Stdio},
};

use crate::error::{Error, IoContext};

/// The account that the distributions' packages create for PostgreSQL.
const SERVER_ACCOUNT: &str = "postgres";
/// Stands in for it in a user namespace when the programs came without an account.
const STAND_IN_ACCOUNT: &str = "daemon";

/// The system account that the server runs as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Account {
    /// Kith's own.
    Own(Identity),
    /// Another one, which only a root Kith can take.
    Other(Identity),
    /// Root outside, this one inside a user namespace.
    Namespace { inside: Identity },
}

/// The numbers of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    user: u32,
    group: u32,
}

impl Account {
    /// The account for a server whose files lie in `directory`. `probe` is a program that the
    /// account must be able to run beside it; the directory itself can be given to the account.
    pub fn choose(directory: &Path, probe: &Path) -> Result<Self, Error> {
        let parent = directory.parent().unwrap_or(directory);
        let own = Identity::own();
        if own.user != 0 {
            return Ok(Self::Own(own));
        }
        let server = Identity::named(SERVER_ACCOUNT);
        if let Some(other) = server.map(Self::Other)
            && other.can_work_in(parent, probe).is_ok()
        {
            return Ok(other);
        }
        let inside = server.or_else(|| Identity::named(STAND_IN_ACCOUNT));
        let refused = |reason: String| Error::NoAccount { directory: directory.into(), reason };
        let Some(inside) = inside else {
            return Err(refused("no account to show inside it".into()));
        };
        let namespace = Self::Namespace { inside };
        namespace.can_work_in(parent, probe).map_err(|e| refused(e.to_string()))?;
        Ok(namespace)
    }

    /// A command that runs `program` as this account, in its own process group so that the
    /// terminal's Ctrl-C reaches Kith alone, with nothing of Kith's environment.
    pub fn command(self, program: &Path) -> Command {
        let mut command = match self {
            Self::Own(_) => Command::new(program),
            Self::Other(identity) => {
                let mut command = Command::new(program);
                command.gid(identity.group).uid(identity.user);
                command
            }
            Self::Namespace { inside } => {
                let mut command = Command::new("unshare");
                command
                    .arg("--user")
                    .arg(format!("--map-user={}", inside.user))
                    .arg(format!("--map-group={}", inside.group))
                    .arg("--")
                    .arg(program);
                command
            }
        };
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.env_clear().env("PATH", path).env("LC_ALL", "C.UTF-8").env("TZ", "UTC");
        command.stdin(Stdio::null()).process_group(0);
        command
    }

    /// Makes this account the owner of `path` and of all below it, unless it is already.
    pub fn claim(self, path: &Path) -> Result<(), Error> {
        let owner = match self {
            Self::Own(identity) | Self::Other(identity) => identity,
            Self::Namespace { .. } => Identity { user: 0, group: 0 },
        };
        let metadata = fs::symlink_metadata(path).context("read", path)?;
        if metadata.uid() == owner.user {
            return Ok(());
        }
        // The root comes last: an interrupted walk starts again.
        give_tree(path, owner).context("change the owner of", path)
    }

    /// The names that the kernel reports to the server for its own account and for Kith's.
    pub fn peer_names(self) -> Vec<String> {
        let users = match self {
            Self::Own(identity) => vec![identity.user],
            Self::Other(identity) => vec![identity.user, 0],
            Self::Namespace { inside } => vec![inside.user],
        };
        users.into_iter().filter_map(name_of).collect()
    }

    fn can_work_in(self, directory: &Path, probe: &Path) -> io::Result<()> {
        let output = self.command(probe).arg("--version").current_dir(directory).output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
    }
}

impl Identity {
    fn own() -> Self {
        Self {
            user: rustix::process::geteuid().as_raw(),
            group: rustix::process::getegid().as_raw(),
        }
    }

    fn named(account: &str) -> Option<Self> {
        let number = |flag| id(&[flag, account])?.parse().ok();
        Some(Self { user: number("-u")?, group: number("-g")? })
    }
}

fn name_of(user: u32) -> Option<String> {
    id(&["-un", &user.to_string()])
}

/// Asks `id`, which knows accounts of directory services as well as those of /etc/passwd.
fn id(arguments: &[&str]) -> Option<String> {
    let output = Command::new("id").args(arguments).stderr(Stdio::null()).output().ok()?;
    let answer = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| answer.trim().to_owned())
}

fn give_tree(path: &Path, owner: Identity) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() {
        for entry in fs::read_dir(path)? {
            give_tree(&entry?.path(), owner)?;
        }
    }
    lchown(path, Some(owner.user), Some(owner.group))
}
