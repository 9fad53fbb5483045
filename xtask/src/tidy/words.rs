//! Words: what every module says of itself, names that say nothing, and words that must not be there.

use std::path::Path;

use super::{Finding, tree::Tree};

/// Names under which everything and nothing fits.
const EMPTY_NAMES: [&str; 6] = ["utils", "util", "helpers", "common", "misc", "shared"];
/// Traces of the machine a change was made on; put together here so that this file holds none.
const FORBIDDEN: [&str; 5] = [
    concat!("/wo", "rk/"),
    concat!("..", "/shared/"),
    concat!("/tmp/", "target"),
    concat!("sub", "agent"),
    concat!("/root/", "."),
];

/// Every module says what it owns before anything else.
pub(super) fn heads(tree: &Tree) -> Vec<Finding> {
    let says_nothing = |text: &str| !text.trim_start().starts_with("//!");
    tree.rust()
        .filter(|file| says_nothing(file.text))
        .map(|file| {
            Finding::file(file.path, "must open with `//!`: what it owns, what it must never do")
        })
        .collect()
}

/// No file is named for being left over.
pub(super) fn names_of_files(tree: &Tree) -> Vec<Finding> {
    let is_empty = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default();
        EMPTY_NAMES.contains(&stem)
    };
    tree.written()
        .filter(|(path, _)| path.split('/').any(is_empty))
        .map(|(path, _)| Finding::file(path, "name it for what it does"))
        .collect()
}

/// No trace of somebody's machine, nor of where it fetched packages from: their hashes say which they are.
pub(super) fn forbidden(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.all() {
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = FORBIDDEN.iter().find(|word| line.contains(**word)) {
                findings.push(Finding::at(path, number + 1, format!("must not say `{word}`")));
            }
            if names_source_of_package(path, line) {
                let message = "lock packages by their hashes, without an address";
                findings.push(Finding::at(path, number + 1, message));
            }
        }
    }
    findings
}

fn names_source_of_package(path: &str, line: &str) -> bool {
    let is_lock = Path::new(path).file_name().is_some_and(|name| name == "package-lock.json");
    is_lock && line.contains("\"resolved\": \"http")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_that_says_nothing_is_found() {
        let findings = |text| heads(&Tree::of(&[("crates/kith/src/app.rs", text)])).len();
        assert_eq!(findings("//! Owns the application.\nfn f() {}"), 0);
        assert_eq!(findings("fn f() {}"), 1);
    }

    #[test]
    fn a_name_that_says_nothing_is_found() {
        let findings = |path| names_of_files(&Tree::of(&[(path, "")])).len();
        assert_eq!(findings("crates/kith/src/http/page.rs"), 0);
        assert_eq!(findings("crates/kith/src/http/utils.rs"), 1);
        assert_eq!(findings("web/src/helpers/time.ts"), 1);
    }

    #[test]
    fn a_trace_of_a_machine_is_found() {
        let findings = |path, text: &str| forbidden(&Tree::of(&[(path, text)])).len();
        assert_eq!(findings("README.md", "make run"), 0);
        for word in FORBIDDEN {
            assert_eq!(findings("README.md", &format!("see {word}")), 1, "{word}");
        }
        let lock = "web/package-lock.json";
        assert_eq!(findings(lock, "\"integrity\": \"sha512-x\""), 0);
        assert_eq!(findings(lock, "\"resolved\": \"https://mirror.example/svelte.tgz\""), 1);
    }
}
