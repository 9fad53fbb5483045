//! `kith openapi`: the document, for the repository and for client generators.

/// Prints the document, keys in a fixed order.
#[expect(clippy::print_stdout, reason = "its output is the document")]
pub fn run() -> anyhow::Result<()> {
    println!("{}", crate::openapi::document().to_pretty_json()?);
    Ok(())
}
