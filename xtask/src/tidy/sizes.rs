//! How long a file and a function may be: what a person can hold in mind at once.

use std::path::Path;

use super::{Finding, tokens, tree::Tree};

const MAX_FILE_LINES: usize = 400;
/// Where most functions should stay under half of it.
const MAX_FUNCTION_LINES: usize = 80;
const SOURCES: [&str; 4] = ["rs", "ts", "mjs", "svelte"];
/// Files that may be longer, each with a reason beside it.
const LONGER_FILES: [(&str, usize); 0] = [];

/// Files and functions stay within their bounds.
pub(super) fn files_and_functions(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.written().filter(|(path, _)| is_source(path)) {
        let lines = text.lines().count();
        let longer = LONGER_FILES.iter().find(|(listed, _)| *listed == path);
        let most = longer.map_or(MAX_FILE_LINES, |(_, most)| *most);
        if lines > most {
            findings
                .push(Finding::file(path, format!("has {lines} lines; at most {most}: split it")));
        }
    }
    for file in tree.rust() {
        for function in tokens::functions(tokens::of(file.text)) {
            if function.lines > MAX_FUNCTION_LINES {
                let message = format!(
                    "`{}` has {} lines; at most {MAX_FUNCTION_LINES}: name its steps",
                    function.name, function.lines
                );
                findings.push(Finding::at(file.path, function.line, message));
            }
        }
    }
    findings
}

fn is_source(path: &str) -> bool {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| SOURCES.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_found() {
        let findings = |lines| {
            let text = "\n".repeat(lines);
            files_and_functions(&Tree::of(&[("web/src/App.svelte", &text)])).len()
        };
        assert_eq!((findings(400), findings(401)), (0, 1));
        let generated = "\n".repeat(401);
        let tree = Tree::of(&[("crates/kith-sql-generated/src/types.rs", &generated)]);
        assert_eq!(files_and_functions(&tree), [], "nobody reads generated files");
    }

    #[test]
    fn a_long_function_is_found() {
        let findings = |lines| {
            let text = format!("//! Head.\nfn long() {{\n{}}}\n", "f();\n".repeat(lines));
            files_and_functions(&Tree::of(&[("crates/kith/src/app.rs", &text)])).len()
        };
        assert_eq!((findings(78), findings(79)), (0, 1));
    }
}
