//! The fitness rules: properties of the tree that the compiler does not check. Each rule is a plain
//! function from the tree to findings and has a test that shows it failing. Rules read; they must
//! never change a file.

mod crates;
mod features;
mod imports;
mod migrations;
mod sizes;
mod tokens;
mod tree;
mod words;

use std::{fmt, path::Path};

use anyhow::bail;

use tree::Tree;

/// One place that breaks a rule, and what to do about it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    /// 0 when the finding is about the whole file.
    line: usize,
    message: String,
}

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: [Rule; 12] = [
    crates::arrows,
    crates::workspace_dependencies,
    features::folders,
    features::tests,
    imports::layers,
    imports::statements_only_in_stores,
    migrations::released_stay_as_they_are,
    migrations::no_hidden_work,
    sizes::files_and_functions,
    words::heads,
    words::names_of_files,
    words::forbidden,
];

/// Checks every rule on the files that git knows or would add.
pub fn run(root: &Path) -> anyhow::Result<()> {
    let tree = Tree::of_working_copy(root)?;
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    findings.sort();
    for finding in &findings {
        eprintln!("{finding}");
    }
    if findings.is_empty() {
        return Ok(());
    }
    bail!("{} findings in {} files", findings.len(), tree.len())
}

impl Finding {
    fn file(path: &str, message: impl Into<String>) -> Self {
        Self::at(path, 0, message)
    }

    fn at(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}
