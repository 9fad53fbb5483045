//! `kith config`: prints the settings in effect, in the form of the settings file.
//!
//! It must never print a secret: it says only that there is one.

use std::fmt::{self, Write as _};

use serde_json::{Map, Value};

use crate::config::Config;

/// Prints them.
#[expect(clippy::print_stdout, reason = "its output is the settings")]
pub fn run(config: Config) -> anyhow::Result<()> {
    print!("{}", as_toml(config)?);
    Ok(())
}

/// The settings as TOML, with what is decided by the environment filled in. What is not set is left out.
pub fn as_toml(mut config: Config) -> anyhow::Result<String> {
    config.limits.profile = Some(config.limit_profile());
    config.environment = Some(config.environment());
    let Value::Object(settings) = serde_json::to_value(&config)? else {
        anyhow::bail!("the settings are no table");
    };
    let mut text = "# The settings in effect; secrets do not show.\n".to_owned();
    push_values(&mut text, &settings)?;
    for (name, section) in &settings {
        if let Value::Object(values) = section {
            writeln!(text, "\n[{name}]")?;
            push_values(&mut text, values)?;
            push_tables(&mut text, name, values)?;
        }
    }
    for (name, value) in &settings {
        for table in tables(value) {
            writeln!(text, "\n[[{name}]]")?;
            push_values(&mut text, table)?;
        }
    }
    Ok(text)
}

/// Lists of tables within a section, each under a heading of its own.
fn push_tables(text: &mut String, section: &str, values: &Map<String, Value>) -> fmt::Result {
    for (name, value) in values {
        for table in tables(value) {
            writeln!(text, "\n[[{section}.{name}]]")?;
            push_values(text, table)?;
        }
    }
    Ok(())
}

/// The tables of a list of tables.
fn tables(value: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    value.as_array().into_iter().flatten().filter_map(Value::as_object)
}

/// Strings, numbers, truth values and lists of them are written in JSON as in TOML.
fn push_values(text: &mut String, values: &Map<String, Value>) -> fmt::Result {
    for (name, value) in values {
        if !value.is_object() && !value.is_null() && tables(value).next().is_none() {
            writeln!(text, "{name} = {value}")?;
        }
    }
    Ok(())
}
