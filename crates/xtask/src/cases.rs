//! The case files of `tests/cases` as they stand: those of the default edition, and below them a folder for each other.

use std::fs;

use anyhow::Context;
use seedance_core::Edition;
use serde_json::Value;

use crate::run::{Outcome, root};

/// The cases of an edition.
pub fn of(edition: Edition) -> Outcome<Vec<Value>> {
    let mut folder = root().join("tests/cases");
    if edition != Edition::default() {
        folder.push(edition.name());
    }
    let entries =
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut cases = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "json") {
            let text = fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let file: Value = serde_json::from_str(&text)
                .with_context(|| format!("{} is not JSON", path.display()))?;
            let list = file.get("cases").and_then(Value::as_array);
            cases.extend(list.into_iter().flatten().cloned());
        }
    }
    Ok(cases)
}
