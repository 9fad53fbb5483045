//! The files of the project as text, by path.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use anyhow::{Context, ensure};

/// Written by programs: rules about style do not apply.
const GENERATED: [&str; 4] = [
    "crates/kith-sql-generated/src/",
    "web/src/api/schema.d.ts",
    "Cargo.lock",
    "package-lock.json",
];

/// The text files of the project; paths are relative to its root, with `/`.
#[derive(Default)]
pub(super) struct Tree {
    files: BTreeMap<String, String>,
}

/// A file of Rust that people write.
#[derive(Clone, Copy)]
pub(super) struct RustFile<'a> {
    pub path: &'a str,
    pub text: &'a str,
}

impl Tree {
    pub fn of_working_copy(root: &Path) -> anyhow::Result<Self> {
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("run git")?;
        ensure!(output.status.success(), "git cannot list the files");
        let list = String::from_utf8(output.stdout).context("a path is not UTF-8")?;
        let mut files = BTreeMap::new();
        for path in list.split('\0').filter(|path| !path.is_empty()) {
            // A deleted file is still listed, a picture is not text: neither is for these rules.
            if let Ok(text) = fs::read_to_string(root.join(path)) {
                files.insert(path.to_owned(), text);
            }
        }
        Ok(Self { files })
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let owned = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        Self { files: owned.collect() }
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Every file, with its path.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Every file that people write, with its path.
    pub fn written(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all().filter(|(path, _)| !GENERATED.iter().any(|part| path.contains(part)))
    }

    /// Every file of Rust that people write.
    pub fn rust(&self) -> impl Iterator<Item = RustFile<'_>> {
        self.written()
            .filter(|(path, _)| Path::new(path).extension().is_some_and(|e| e == "rs"))
            .map(|(path, text)| RustFile { path, text })
    }
}
