//! The rule table as data, for the package's functions that only read it: `pkg/table.js`, from which a form is drawn, and
//! `pkg/reference.js`, in which people and programs look things up.

use seedance_core::Edition;
use seedance_schema::{Target, json_schema};
use serde::Serialize;

use super::{Generated, HEADER};
use crate::run::Outcome;

pub fn generate() -> Outcome<Vec<Generated>> {
    let names: Vec<_> = Edition::ALL.map(|edition| format!("'{edition}'")).into();
    let editions = format!(
        "// {HEADER}\nexport const EDITIONS = [{}]\nexport const DEFAULT_EDITION = '{}'\n",
        names.join(", "),
        Edition::default()
    );
    let mut tables = file();
    constant(&mut tables, "TABLES", |edition| edition.table())?;
    let mut reference = file();
    constant(&mut reference, "RULES", |edition| edition.rules().collect::<Vec<_>>())?;
    constant(&mut reference, "SOURCES", |edition| edition.sources().collect::<Vec<_>>())?;
    constant(&mut reference, "CONFLICTS", |edition| edition.conflicts().to_vec())?;
    constant(&mut reference, "SCHEMAS", |edition| {
        json_schema(edition, None, Target::Draft202012).unwrap_or_default()
    })?;
    Ok(vec![
        Generated { path: "crates/wasm/js/editions.js".into(), text: editions },
        Generated { path: "pkg/table.js".into(), text: tables },
        Generated { path: "pkg/reference.js".into(), text: reference },
    ])
}

fn file() -> String {
    format!(
        "// {HEADER}\n// JSON texts: each reader gets a copy of its own, and nobody pays for what is not read.\n"
    )
}

/// Appends a constant with a value for each edition.
fn constant<T: Serialize>(text: &mut String, name: &str, of: impl Fn(Edition) -> T) -> Outcome {
    text.push_str(&format!("export const {name} = {{\n"));
    for edition in Edition::ALL {
        let json = serde_json::to_string(&of(edition))?.replace('\\', r"\\").replace('\'', r"\'");
        text.push_str(&format!("  '{edition}': '{json}',\n"));
    }
    text.push_str("}\n");
    Ok(())
}
