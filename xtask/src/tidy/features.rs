//! A feature is its folder, its queries, its tests and its line in the registry, all of one name.

use std::collections::BTreeSet;

use super::{Finding, tree::Tree};

const FEATURES: &str = "crates/kith/src/features/";
const REGISTRY: &str = "crates/kith/src/features/mod.rs";
const QUERIES: &str = "crates/kith-sql/queries/";
const TESTS: &str = "crates/kith/tests/it/";

/// Each folder has its rules in `mod.rs`, a line in the registry, and queries when it has a store.
pub(super) fn folders(tree: &Tree) -> Vec<Finding> {
    let registry = tree.get(REGISTRY).unwrap_or_default();
    let mut findings = Vec::new();
    for feature in names(tree) {
        let module = format!("{FEATURES}{feature}/mod.rs");
        if tree.get(&module).is_none() {
            findings.push(Finding::file(
                &module,
                "is missing: it holds the feature's rules in plain sentences",
            ));
        }
        if !registry.contains(&format!("{feature}::FEATURE")) {
            findings
                .push(Finding::file(REGISTRY, format!("`{feature}` has no line in the registry")));
        }
        let has_store = tree.get(&format!("{FEATURES}{feature}/store.rs")).is_some();
        let queries = format!("{QUERIES}{feature}.sql");
        if has_store && tree.get(&queries).is_none() {
            findings.push(Finding::file(&queries, "is missing: the store's statements live there"));
        }
    }
    findings
}

/// Each feature has a test module of its name, which the test program includes.
pub(super) fn tests(tree: &Tree) -> Vec<Finding> {
    let main = tree.get(&format!("{TESTS}main.rs")).unwrap_or_default();
    let mut findings = Vec::new();
    for feature in names(tree) {
        let file = format!("{TESTS}{feature}.rs");
        let has_tests = [file.as_str(), &format!("{TESTS}{feature}/mod.rs")]
            .iter()
            .filter_map(|path| tree.get(path))
            .any(|text| text.contains("test]") || text.contains("mod "));
        if !has_tests {
            findings.push(Finding::file(&file, "is missing: a feature has a test module"));
        } else if !main.lines().any(|line| line.trim() == format!("mod {feature};")) {
            findings.push(Finding::file(&file, "main.rs beside it does not include it"));
        }
    }
    findings
}

/// The names of the feature folders.
fn names(tree: &Tree) -> BTreeSet<&str> {
    let inside = tree.all().filter_map(|(path, _)| path.strip_prefix(FEATURES));
    inside.filter_map(|rest| rest.split_once('/')).map(|(feature, _)| feature).collect()
}

#[cfg(test)]
mod tests_of_rules {
    use super::*;

    const WHOLE: [(&str, &str); 6] = [
        ("crates/kith/src/features/mod.rs", "pub const ALL: &[Feature] = &[posts::FEATURE];"),
        ("crates/kith/src/features/posts/mod.rs", "//! Posts."),
        ("crates/kith/src/features/posts/store.rs", "//! Its statements."),
        ("crates/kith-sql/queries/posts.sql", "--! find_post"),
        ("crates/kith/tests/it/posts.rs", "#[tokio::test]"),
        ("crates/kith/tests/it/main.rs", "mod posts;"),
    ];

    fn findings(tree: &Tree) -> usize {
        folders(tree).len() + tests(tree).len()
    }

    #[test]
    fn each_missing_part_is_found() {
        assert_eq!(findings(&Tree::of(&WHOLE)), 0);
        for (missing, _) in WHOLE {
            let rest: Vec<_> = WHOLE.into_iter().filter(|(path, _)| *path != missing).collect();
            let expected = usize::from(!missing.ends_with("store.rs"));
            assert_eq!(findings(&Tree::of(&rest)), expected, "{missing}");
        }
    }

    #[test]
    fn a_test_module_without_a_test_is_found() {
        let mut files = WHOLE;
        files[4].1 = "//! To come.";
        assert_eq!(tests(&Tree::of(&files)).len(), 1);
    }
}
