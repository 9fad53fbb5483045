//! The arrows inside the application: features know `http` and `db`, `http` knows `db`, and a
//! feature reaches another's data through its actions.

use super::{
    Finding,
    tokens::{self, NamedPath},
    tree::{RustFile, Tree},
};

const APPLICATION: &str = "crates/kith/src/";
const FEATURES: &str = "crates/kith/src/features/";
/// What each folder of the application must not name.
const LAYERS: [(&str, &[&str]); 2] =
    [("http/", &["crate::features"]), ("db/", &["crate::features", "crate::http"])];
const GENERATED_STATEMENTS: &str = "kith_sql_generated::queries";

/// `http` never imports a feature, `db` never imports `http`, no feature imports another's store.
pub(super) fn layers(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| file.path.starts_with(APPLICATION)) {
        let inside = file.path.trim_start_matches(APPLICATION);
        let layer = LAYERS.iter().find(|(folder, _)| inside.starts_with(folder));
        let forbidden = layer.map_or(&[][..], |(_, forbidden)| *forbidden);
        for path in named(file) {
            let foreign = forbidden.iter().any(|prefix| path.starts_with(prefix));
            if foreign || names_foreign_store(file.path, &path) {
                let message = format!("must not import `{}`", path.segments.join("::"));
                findings.push(Finding::at(file.path, path.line, message));
            }
        }
    }
    findings
}

/// Inside a feature only the store speaks SQL: rows never leave it.
pub(super) fn statements_only_in_stores(tree: &Tree) -> Vec<Finding> {
    let is_elsewhere = |file: &RustFile<'_>| {
        file.path.starts_with(FEATURES)
            && !file.path.ends_with("/store.rs")
            && !file.path.contains("/store/")
    };
    let mut findings = Vec::new();
    for file in tree.rust().filter(is_elsewhere) {
        for path in named(file).filter(|path| path.starts_with(GENERATED_STATEMENTS)) {
            findings.push(Finding::at(file.path, path.line, "statements belong into store.rs"));
        }
    }
    findings
}

fn named(file: RustFile<'_>) -> impl Iterator<Item = NamedPath> {
    tokens::paths(tokens::of(file.text)).into_iter()
}

/// Whether a feature's file names the store of another feature.
fn names_foreign_store(file: &str, path: &NamedPath) -> bool {
    let Some((own, _)) = file.strip_prefix(FEATURES).and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    let mut segments = path.segments.iter().skip_while(|s| matches!(s.as_str(), "crate" | "super"));
    let mut first = segments.next();
    if first.is_some_and(|segment| segment == "features") {
        first = segments.next();
    } else if path.segments.iter().filter(|segment| *segment == "super").count() < 2 {
        return false; // within the feature, or another part of the application
    }
    first.is_some_and(|feature| feature != own)
        && segments.next().is_some_and(|segment| segment == "store")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> usize {
        layers(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn http_that_knows_a_feature_is_found() {
        let path = "crates/kith/src/http/mod.rs";
        assert_eq!(findings(path, "use crate::{db::Pool, config::Config};"), 0);
        assert_eq!(findings(path, "use crate::{db::Pool, features::posts};"), 1);
        assert_eq!(findings(path, "fn f() { crate::features::posts::act() }"), 1);
    }

    #[test]
    fn db_that_knows_http_is_found() {
        assert_eq!(findings("crates/kith/src/db/tx.rs", "use crate::http::problem::Problem;"), 1);
    }

    #[test]
    fn a_feature_that_reads_anothers_store_is_found() {
        let path = "crates/kith/src/features/comments/actions.rs";
        assert_eq!(
            findings(path, "use super::store; use crate::features::comments::store::find;"),
            0
        );
        assert_eq!(findings(path, "use crate::features::posts::actions;"), 0);
        assert_eq!(findings(path, "use crate::features::{posts::store, users};"), 1);
        assert_eq!(findings(path, "use super::super::posts::store::find_post;"), 1);
    }

    #[test]
    fn a_statement_outside_the_store_is_found() {
        let count = |name: &str| {
            let path = format!("crates/kith/src/features/posts/{name}");
            let text = "use kith_sql_generated::queries::posts;";
            statements_only_in_stores(&Tree::of(&[(&path, text)])).len()
        };
        assert_eq!((count("store.rs"), count("http.rs")), (0, 1));
    }
}
