//! Finds the installed server programs. Runs nothing but `postgres --version`; installs nothing.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::error::Error;

/// The oldest major version that Kith is tested with.
const MINIMUM_VERSION: u32 = 15;

/// Where distributions keep the server programs, one folder a major version: Debian and Ubuntu,
/// then Fedora and its kin.
const VERSIONED_ROOTS: [(&str, &str); 2] = [("/usr/lib/postgresql", ""), ("/usr", "pgsql-")];

/// One installed set of server programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Programs {
    pub directory: PathBuf,
    pub version: u32,
}

impl Programs {
    /// The programs for the cluster at `data`: those that wrote it, or the best ones when it is new.
    pub fn for_cluster(data: &Path) -> Result<Self, Error> {
        Self::choose(installed(&search_path()), written_by(data), data)
    }

    fn choose(installed: Vec<Self>, wanted: Option<u32>, data: &Path) -> Result<Self, Error> {
        if installed.is_empty() {
            let searched = VERSIONED_ROOTS.map(|(root, prefix)| format!("{root}/{prefix}*/bin"));
            return Err(Error::ProgramsMissing {
                minimum: MINIMUM_VERSION,
                searched: searched.join(", "),
            });
        }
        let versions: Vec<String> = installed.iter().map(|p| p.version.to_string()).collect();
        installed
            .into_iter()
            .find(|programs| wanted.is_none_or(|version| version == programs.version))
            .ok_or_else(|| Error::VersionMissing {
                directory: data.to_owned(),
                wanted: wanted.unwrap_or_default(),
                found: versions.join(", "),
            })
    }

    /// The path of one program.
    pub fn path(&self, program: &str) -> PathBuf {
        self.directory.join(program)
    }
}

/// The major version that wrote the cluster, if there is one.
fn written_by(data: &Path) -> Option<u32> {
    fs::read_to_string(data.join("PG_VERSION")).ok()?.trim().parse().ok()
}

/// Folders to look in: PATH in its order, then the versioned folders, newest first.
fn search_path() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).chain(versioned_folders()).collect()
}

fn versioned_folders() -> Vec<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for (root, prefix) in VERSIONED_ROOTS {
        let entries = fs::read_dir(root).into_iter().flatten().flatten();
        found.extend(entries.filter_map(|entry| {
            let version = entry.file_name().to_str()?.strip_prefix(prefix)?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        }));
    }
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, folder)| folder).collect()
}

fn installed(folders: &[PathBuf]) -> Vec<Programs> {
    let mut found: Vec<Programs> = Vec::new();
    for folder in folders.iter().filter(|folder| folder.join("initdb").is_file()) {
        let known = found.iter().any(|programs| programs.directory == *folder);
        if let Some(version) = version_of(folder)
            && version >= MINIMUM_VERSION
            && !known
        {
            found.push(Programs { directory: folder.clone(), version });
        }
    }
    found
}

fn version_of(folder: &Path) -> Option<u32> {
    let output = Command::new(folder.join("postgres"))
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    major_version(&String::from_utf8_lossy(&output.stdout))
}

/// Reads `15` from `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`; a development version
/// reads `18devel`.
fn major_version(line: &str) -> Option<u32> {
    let number = line.split_whitespace().nth(2)?;
    let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    number.get(..digits)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programs(version: u32) -> Programs {
        Programs { directory: format!("/opt/{version}").into(), version }
    }

    #[test]
    fn major_versions_are_read() {
        let line = "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n";
        assert_eq!(major_version(line), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18devel"), Some(18));
        assert_eq!(major_version("something else"), None);
    }

    #[test]
    fn a_new_cluster_takes_the_first_programs_and_an_old_one_its_own() {
        let both = vec![programs(17), programs(15)];
        let data = Path::new("/data");
        assert_eq!(Programs::choose(both.clone(), None, data).unwrap(), programs(17));
        assert_eq!(Programs::choose(both, Some(15), data).unwrap(), programs(15));
    }

    #[test]
    fn a_missing_version_names_the_package() {
        let refused = Programs::choose(vec![programs(17)], Some(15), Path::new("/data"));
        let message = refused.unwrap_err().to_string();
        assert!(message.contains("install the package `postgresql-15`"), "{message}");
    }

    #[test]
    fn missing_programs_name_the_package() {
        assert_eq!(installed(&["/nowhere".into()]), []);
        let refused = Programs::choose(Vec::new(), None, Path::new("/data"));
        let message = refused.unwrap_err().to_string();
        assert!(message.contains("install the package `postgresql`"), "{message}");
    }
}
