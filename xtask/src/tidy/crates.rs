//! The arrows between crates: a star. Leaf crates know nothing of the application or of each other.

use toml::{Table, Value};

use super::{Finding, tree::Tree};

/// Which crates of the project each crate may depend on. A new crate is added here on purpose.
const ALLOWED: [(&str, &[&str]); 13] = [
    ("kith-types", &[]),
    ("kith-bus", LEAF),
    ("kith-media", LEAF),
    ("kith-messaging", LEAF),
    ("kith-postgres", LEAF),
    ("kith-realtime", LEAF),
    ("kith-sql", LEAF),
    ("kith-sql-generated", LEAF),
    ("kith-storage", LEAF),
    ("kith", ANY),
    ("kith-testkit", ANY),
    ("xtask", &["kith-postgres", "kith-sql", "kith-types"]),
    ("kith-bench", ANY),
];
const LEAF: &[&str] = &["kith-types"];
const ANY: &[&str] = &["*"];
/// Only tests may use the test kit.
const TEST_KIT: &str = "kith-testkit";
const DEPENDENCIES: [&str; 2] = ["dependencies", "build-dependencies"];
const ALL_DEPENDENCIES: [&str; 3] = ["dependencies", "build-dependencies", "dev-dependencies"];

/// The manifests depend along the star only.
pub(super) fn arrows(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, name, manifest) in members(tree) {
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
            findings.push(Finding::file(path, format!("say in xtask what `{name}` may depend on")));
            continue;
        };
        let ours = DEPENDENCIES.iter().filter_map(|kind| manifest.get(*kind)?.as_table());
        for dependency in ours.flat_map(Table::keys).filter(|name| name.starts_with("kith")) {
            let is_allowed = allowed.contains(&dependency.as_str()) || *allowed == ANY;
            if !is_allowed || dependency == TEST_KIT {
                findings.push(Finding::file(
                    path,
                    format!("`{name}` must not depend on `{dependency}`"),
                ));
            }
        }
    }
    findings
}

/// Versions are chosen once, in the workspace's manifest.
pub(super) fn workspace_dependencies(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, _, manifest) in members(tree) {
        let ours = ALL_DEPENDENCIES.iter().filter_map(|kind| manifest.get(*kind)?.as_table());
        for (name, dependency) in ours.flatten() {
            if dependency.get("workspace") != Some(&Value::Boolean(true)) {
                let message = format!("`{name}` must take its version from the workspace");
                findings.push(Finding::file(path, message));
            }
        }
    }
    findings
}

/// Path, name and content of each member's manifest.
fn members(tree: &Tree) -> impl Iterator<Item = (&str, String, Table)> {
    tree.all().filter(|(path, _)| path.ends_with("/Cargo.toml")).filter_map(|(path, text)| {
        let manifest: Table = text.parse().ok()?;
        if manifest.contains_key("workspace") {
            // A workspace of its own, such as a measure that only a benchmark needs.
            return None;
        }
        let name = manifest.get("package")?.get("name")?.as_str()?.to_owned();
        Some((path, name, manifest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(name: &str, dependency: &str) -> Tree {
        let text = format!("[package]\nname = \"{name}\"\n[dependencies]\n{dependency}\n");
        Tree::of(&[("crates/one/Cargo.toml", &text)])
    }

    #[test]
    fn a_leaf_that_knows_the_application_is_found() {
        assert_eq!(arrows(&tree("kith-bus", "kith-types.workspace = true")), []);
        assert_eq!(arrows(&tree("kith", "kith-bus.workspace = true")), []);
        for (name, dependency) in [
            ("kith-bus", "kith.workspace = true"),
            ("kith-bus", "kith-storage.workspace = true"),
            ("kith-types", "kith-bus.workspace = true"),
            ("kith", "kith-testkit.workspace = true"),
            ("xtask", "kith-sql-generated.workspace = true"),
            ("kith-new", "serde.workspace = true"),
        ] {
            assert_eq!(arrows(&tree(name, dependency)).len(), 1, "{name}: {dependency}");
        }
    }

    #[test]
    fn a_version_of_a_crates_own_is_found() {
        assert_eq!(workspace_dependencies(&tree("kith", "serde.workspace = true")), []);
        assert_eq!(workspace_dependencies(&tree("kith", "serde = { workspace = true }")), []);
        assert_eq!(workspace_dependencies(&tree("kith", "serde = \"1\"")).len(), 1);
    }
}
