//! Migrations: what a released version ran stays as it was, and nothing works behind one's back.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{Finding, tree::Tree};

const FOLDER: &str = "crates/kith-sql/migrations/";
/// One line a migration that some release has run: its SHA-256 and its path below the folder.
const RELEASED: &str = "crates/kith-sql/migrations/released.txt";
/// Triggers hide who writes, rules rewrite what was said.
const HIDDEN_WORK: [&str; 3] = ["create trigger", "create or replace trigger", "create rule"];

/// A released migration is neither edited nor removed.
pub(super) fn released_stay_as_they_are(tree: &Tree) -> Vec<Finding> {
    let Some(list) = tree.get(RELEASED) else {
        return vec![Finding::file(
            RELEASED,
            "is missing: it lists the migrations that a release has run",
        )];
    };
    let entries = list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let mut findings = Vec::new();
    for entry in entries {
        let (hash, name) = entry.split_once("  ").unwrap_or((entry, ""));
        let path = format!("{FOLDER}{name}");
        match tree.get(&path) {
            None => findings.push(Finding::file(&path, "was released and must stay")),
            Some(text) if sha256(text) != hash => {
                findings.push(Finding::file(
                    &path,
                    "was released and must stay as it is; write a new migration",
                ));
            }
            Some(_) => {}
        }
    }
    findings
}

/// No triggers and no rules.
pub(super) fn no_hidden_work(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.all().filter(|(path, _)| path.starts_with(FOLDER)) {
        for (number, line) in text.lines().enumerate() {
            let line = line.to_lowercase();
            if HIDDEN_WORK.iter().any(|statement| line.contains(statement)) {
                findings.push(Finding::at(
                    path,
                    number + 1,
                    "write what changes in the statement that changes it",
                ));
            }
        }
    }
    findings
}

fn sha256(text: &str) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(text) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SHA-256 of "select 1;".
    const HASH: &str = "354b7196c9ba5fb4b21cf615bb6ec4cd5c07503c34229feef033fc081a8c03f4";
    const PATH: &str = "crates/kith-sql/migrations/primary/V01__people.sql";

    fn findings(text: Option<&str>) -> usize {
        let list = format!("# comment\n{HASH}  primary/V01__people.sql\n");
        let mut files = vec![(RELEASED, list.as_str())];
        files.extend(text.map(|text| (PATH, text)));
        released_stay_as_they_are(&Tree::of(&files)).len()
    }

    #[test]
    fn an_edited_or_removed_migration_is_found() {
        assert_eq!(findings(Some("select 1;")), 0);
        assert_eq!(findings(Some("select 2;")), 1);
        assert_eq!(findings(None), 1);
        assert_eq!(released_stay_as_they_are(&Tree::default()).len(), 1, "no list");
    }

    #[test]
    fn a_trigger_is_found() {
        assert_eq!(no_hidden_work(&Tree::of(&[(PATH, "create table t ();")])), []);
        let found = no_hidden_work(&Tree::of(&[(PATH, "--\nCREATE TRIGGER t before update")]));
        assert_eq!(found.first().map(|finding| finding.line), Some(2));
    }
}
