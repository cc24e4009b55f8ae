//! The rule table as data, for the functions of the package that only read it: what a form is drawn from, which is a part of
//! `pkg/core.js`, and `pkg/reference.js`, which is what people and programs look up.

use seedance_core::Edition;
use seedance_schema::{Target, json_schema};
use serde::Serialize;

use super::{Generated, HEADER};
use crate::run::Outcome;

pub fn generate() -> Outcome<Vec<Generated>> {
    let edition = Edition::default();
    let mut routes = file();
    constant(&mut routes, "TABLE", &edition.table())?;
    let mut reference = file();
    constant(
        &mut reference,
        "RULES",
        &edition.rules().collect::<Vec<_>>(),
    )?;
    constant(
        &mut reference,
        "SOURCES",
        &edition.sources().collect::<Vec<_>>(),
    )?;
    constant(&mut reference, "CONFLICTS", &edition.conflicts())?;
    let schema = json_schema(edition, None, Target::Draft202012)?;
    constant(&mut reference, "SCHEMA", &schema)?;
    Ok(vec![
        Generated {
            path: "crates/wasm/js/table.js".into(),
            text: routes,
        },
        Generated {
            path: "pkg/reference.js".into(),
            text: reference,
        },
    ])
}

fn file() -> String {
    format!(
        "// {HEADER}\n// JSON texts: each reader gets a copy of its own, and nobody pays for what is not read.\n"
    )
}

fn constant(text: &mut String, name: &str, value: &impl Serialize) -> Outcome {
    let json = serde_json::to_string(value)?
        .replace('\\', r"\\")
        .replace('\'', r"\'");
    text.push_str(&format!("export const {name} = '{json}'\n"));
    Ok(())
}
