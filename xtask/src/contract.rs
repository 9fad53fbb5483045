//! Generates what follows from the API as the program describes it: the OpenAPI document, and the
//! web client's types. It runs the built program, so that it needs no code of it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail, ensure};

const DOCUMENT: &str = "docs/openapi.json";
const TYPES: &str = "web/src/api/schema.d.ts";
const TYPES_GENERATOR: &str = "web/node_modules/.bin/openapi-typescript";

/// Path below the root, and content.
type Files = [(&'static str, String); 2];

/// Replaces the generated files.
pub fn write(root: &Path, program: Option<&Path>) -> anyhow::Result<()> {
    for (path, content) in generate(root, program)? {
        let path = root.join(path);
        fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
        fs::write(path, content)?;
    }
    Ok(())
}

/// Fails where the committed files differ from what the program says now.
pub fn check(root: &Path, program: Option<&Path>) -> anyhow::Result<()> {
    let stale = stale(root, &generate(root, program)?);
    if stale.is_empty() {
        return Ok(());
    }
    bail!("run `make gen` and commit; these generated files are stale: {stale:?}")
}

fn stale(root: &Path, wanted: &Files) -> Vec<&'static str> {
    let differs = |(path, content): &&(&'static str, String)| {
        fs::read_to_string(root.join(path)).ok().as_ref() != Some(content)
    };
    wanted.iter().filter(differs).map(|(path, _)| *path).collect()
}

fn generate(root: &Path, program: Option<&Path>) -> anyhow::Result<Files> {
    let mut describe = program.map_or_else(|| build_and_run(root), Command::new);
    let document = output(describe.arg("openapi")).context("ask the program for its API")?;
    let scratch = tempfile::tempdir()?;
    let path = scratch.path().join("openapi.json");
    fs::write(&path, &document)?;
    let types = output(Command::new(types_generator(root)?).arg(&path))?;
    Ok([(DOCUMENT, document), (TYPES, types)])
}

fn build_and_run(root: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root);
    command.args(["run", "--quiet", "--profile=quick", "--package=kith", "--bin=kith", "--"]);
    command
}

fn types_generator(root: &Path) -> anyhow::Result<PathBuf> {
    let path = root.join(TYPES_GENERATOR);
    ensure!(path.exists(), "the web client's packages are missing: run `scripts/setup run`");
    Ok(path)
}

fn output(command: &mut Command) -> anyhow::Result<String> {
    let program = command.get_program().to_owned();
    let output = command.output().with_context(|| format!("run {}", program.display()))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{} failed: {errors}", program.display());
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_and_a_missing_file_are_found() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("docs")).unwrap();
        fs::write(root.path().join(DOCUMENT), "old").unwrap();
        let wanted = [(DOCUMENT, "new".to_owned()), (TYPES, "types".to_owned())];
        assert_eq!(stale(root.path(), &wanted), [DOCUMENT, TYPES]);
        fs::write(root.path().join(DOCUMENT), "new").unwrap();
        assert_eq!(stale(root.path(), &wanted), [TYPES]);
    }
}
