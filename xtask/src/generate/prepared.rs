//! Corrects one thing in the generated code: the generator (1.0.1) runs statements that give no rows
//! from their text even where they are prepared, so that each run asks the server to parse them
//! again, with a round trip of its own.

use std::{fs, path::Path};

use anyhow::ensure;

/// How the generator runs such a statement, but for white space.
const CLIENT: &str = "client";
const CALL: &str = ".execute(";
const TEXT: &str = "self.0,";
const CORRECTED: &str = "crate::client::async_::execute(client, self.0, self.1.as_ref(),";

/// Stands beside the functions `one`, `opt` and `raw` that the generator writes for statements with
/// rows, and does as they do.
const FUNCTION: &str = "
pub async fn execute<C: GenericClient>(
    client: &C,
    query: &str,
    cached: Option<&Statement>,
    params: &[&(dyn ToSql + Sync)],
) -> Result<u64, Error> {
    if let Some(cached) = cached {
        client.execute(cached, params).await
    } else if C::stmt_cache() {
        let cached = client.prepare(query).await?;
        client.execute(&cached, params).await
    } else {
        client.execute(query, params).await
    }
}
";

/// Makes every statement without rows use the statement that was prepared for it.
pub fn correct(source: &Path) -> anyhow::Result<()> {
    let client = source.join("client/async_.rs");
    let text = fs::read_to_string(&client)?;
    ensure!(
        !text.contains("fn execute"),
        "the generator runs prepared statements now: drop this correction"
    );
    fs::write(&client, text + FUNCTION)?;
    for entry in fs::read_dir(source.join("queries"))? {
        let path = entry?.path();
        let text = fs::read_to_string(&path)?;
        fs::write(&path, corrected(&text))?;
    }
    Ok(())
}

fn corrected(text: &str) -> String {
    let mut done = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(CALL) {
        let receiver = before.trim_end().strip_suffix(CLIENT);
        let arguments = after.trim_start().strip_prefix(TEXT);
        if let (Some(before), Some(arguments)) = (receiver, arguments) {
            done.push_str(before);
            done.push_str(CORRECTED);
            rest = arguments;
        } else {
            done.push_str(before);
            done.push_str(CALL);
            rest = after;
        }
    }
    done + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_on_one_line_and_on_several_are_corrected() {
        assert_eq!(
            corrected("{ client.execute(self.0, &[name]).await }"),
            format!("{{ {CORRECTED} &[name]).await }}")
        );
        assert_eq!(
            corrected("{\n client\n  .execute(\n   self.0,\n   &[name],\n  )\n  .await\n}"),
            format!("{{\n {CORRECTED}\n   &[name],\n  )\n  .await\n}}")
        );
    }

    #[test]
    fn other_calls_stay() {
        let text = "client.execute(cached, params); other.execute(self.0, params)";
        assert_eq!(corrected(text), text);
    }
}
