//! Generates `crates/kith-sql-generated` from the migrations and the query files, against a private
//! server that lives as long as the run. What the generator says is what is committed, but for the one
//! correction in `prepared`.

mod prepared;

use std::{
    collections::BTreeMap,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail, ensure};
use cornucopia::config::{Config, Style, TypeMapping, Types};
use kith_postgres::{Connection, EmbeddedConfig};
use tokio::runtime::Runtime;
use tokio_postgres::{Client, NoTls};

const QUERIES: &str = "crates/kith-sql/queries";
const DESTINATION: &str = "crates/kith-sql-generated/src";

/// Types of `kith-types` and the PostgreSQL types that they stand for. An enumeration that is not
/// listed is generated.
const OUR_TYPES: [(&str, &str); 12] = [
    ("time::Timestamp", "pg_catalog.timestamptz"),
    ("visibility::UserStatus", "public.user_status"),
    ("visibility::UserRole", "public.user_role"),
    ("visibility::AuthMethod", "public.auth_method"),
    ("visibility::PostStatus", "public.post_status"),
    ("visibility::Visibility", "public.post_visibility"),
    ("visibility::CommentStatus", "public.comment_status"),
    ("visibility::ContactStatus", "public.contact_status"),
    ("visibility::FriendshipStatus", "public.friendship_status"),
    ("visibility::NotificationType", "secondary.notification_type"),
    ("visibility::ReferenceType", "secondary.reference_type"),
    ("visibility::ActivityType", "secondary.activity_type"),
];

/// Path below the destination, and content.
type Files = BTreeMap<PathBuf, String>;

/// Replaces the generated sources.
pub fn write(root: &Path) -> anyhow::Result<()> {
    let files = generate(root)?;
    let destination = root.join(DESTINATION);
    if destination.exists() {
        fs::remove_dir_all(&destination)?;
    }
    for (path, content) in files {
        let path = destination.join(path);
        fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
        fs::write(path, content)?;
    }
    Ok(())
}

/// Fails where the committed sources differ from what the queries give now.
pub fn check(root: &Path) -> anyhow::Result<()> {
    let wanted = generate(root)?;
    let committed = read_files(&root.join(DESTINATION))?;
    let differing = differences(&wanted, &committed);
    if differing.is_empty() {
        return Ok(());
    }
    bail!("run `cargo xtask gen` and commit; these generated files are stale: {differing:?}")
}

fn differences<'a>(wanted: &'a Files, committed: &'a Files) -> Vec<&'a Path> {
    let changed = wanted.iter().filter(|(path, content)| committed.get(*path) != Some(content));
    let left_over = committed.keys().filter(|path| !wanted.contains_key(*path));
    changed.map(|(path, _)| path.as_path()).chain(left_over.map(PathBuf::as_path)).collect()
}

fn generate(root: &Path) -> anyhow::Result<Files> {
    // The account of the server must be able to pass.
    let passable = Permissions::from_mode(0o711);
    let scratch = tempfile::Builder::new().permissions(passable).tempdir()?;
    let server =
        kith_postgres::start(&EmbeddedConfig::disposable(scratch.path().join("postgres")))?;
    let output = scratch.path().join("generated");
    let outcome = generate_from(server.connection(), &root.join(QUERIES), &output);
    server.stop()?;
    outcome?;
    prepared::correct(&output.join("src"))?;
    format(root, &output.join("src/lib.rs"))?;
    read_files(&output.join("src"))
}

fn generate_from(connection: &Connection, queries: &Path, output: &Path) -> anyhow::Result<()> {
    let runtime = Runtime::new()?;
    let client = runtime.block_on(migrated(connection))?;
    let config = Config::builder()
        .queries(queries)
        .destination(output)
        .types(types())
        .style(style())
        .ignore_underscore_files(true)
        .build();
    // The report names the query file, line and column.
    cornucopia::gen_live(&client, config).map_err(|error| anyhow::anyhow!("{}", error.report()))
}

async fn migrated(connection: &Connection) -> anyhow::Result<Client> {
    let (mut client, driver) = tokio_postgres::connect(&connection.to_string(), NoTls).await?;
    tokio::spawn(driver);
    kith_sql::migrate_primary(&mut client).await?;
    kith_sql::migrate_secondary(&mut client).await?;
    Ok(client)
}

/// Which Rust types stand for which types of PostgreSQL, where the generator's own choice is not ours.
fn types() -> Types {
    let mut types = Types::default();
    types.mapping = OUR_TYPES
        .iter()
        .map(|(ours, postgres)| {
            ((*postgres).to_owned(), TypeMapping::Simple(format!("kith_types::{ours}")))
        })
        .collect();
    types
}

fn style() -> Style {
    let mut style = Style::default();
    style.enum_variant_camel_case = true;
    style
}

fn format(root: &Path, file: &Path) -> anyhow::Result<()> {
    let status = Command::new("rustfmt")
        .arg("--config-path")
        .arg(root)
        .arg(file)
        .status()
        .context("run rustfmt")?;
    ensure!(status.success(), "rustfmt could not format the generated code");
    Ok(())
}

fn read_files(folder: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in
            fs::read_dir(&current).with_context(|| format!("read {}", current.display()))?
        {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let content = fs::read_to_string(&path)?;
                files.insert(path.strip_prefix(folder)?.to_owned(), content);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(entries: &[(&str, &str)]) -> Files {
        entries.iter().map(|(path, content)| (path.into(), (*content).into())).collect()
    }

    #[test]
    fn changed_missing_and_left_over_files_are_found() {
        let wanted = files(&[("same.rs", "1"), ("changed.rs", "2"), ("missing.rs", "3")]);
        let committed = files(&[("same.rs", "1"), ("changed.rs", "0"), ("left_over.rs", "4")]);
        let expected = ["changed.rs", "missing.rs", "left_over.rs"].map(Path::new);
        assert_eq!(differences(&wanted, &committed), expected);
        assert!(differences(&wanted, &wanted).is_empty());
    }
}
