//! `pkg/table.js`: the rule table and its schema as data, for the functions of the package that only read it.

use seedance_core::table::{CONFLICTS, RULES, SOURCES, table};
use seedance_schema::{Target, json_schema};
use serde::Serialize;

use super::{Generated, HEADER};
use crate::run::Outcome;

pub fn generate() -> Outcome<Vec<Generated>> {
    let mut text = format!(
        "// {HEADER}\n// JSON texts: each reader gets a copy of its own, and nobody pays for what is not read.\n"
    );
    constant(&mut text, "TABLE", &table())?;
    constant(&mut text, "RULES", &RULES.as_slice())?;
    constant(&mut text, "SOURCES", &SOURCES)?;
    constant(&mut text, "CONFLICTS", &CONFLICTS)?;
    constant(
        &mut text,
        "SCHEMA",
        &json_schema(None, Target::Draft202012)?,
    )?;
    Ok(vec![Generated {
        path: "pkg/table.js".into(),
        text,
    }])
}

fn constant(text: &mut String, name: &str, value: &impl Serialize) -> Outcome {
    let json = serde_json::to_string(value)?
        .replace('\\', r"\\")
        .replace('\'', r"\'");
    text.push_str(&format!("export const {name} = '{json}'\n"));
    Ok(())
}
