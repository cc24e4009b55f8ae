//! The case files: those of the default edition in `tests/cases`, those of every other edition in a folder below it.

use std::fs;

use anyhow::Context;
use seedance_core::Edition;
use serde_json::Value;

use crate::run::{Outcome, root};

/// All cases of an edition, as they are in the files.
pub fn of(edition: Edition) -> Outcome<Vec<Value>> {
    let mut folder = root().join("tests/cases");
    if edition != Edition::default() {
        folder.push(edition.name());
    }
    let mut cases = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "json") {
            let file: Value = serde_json::from_slice(&fs::read(&path)?)
                .with_context(|| format!("{} is not JSON", path.display()))?;
            let list = file.get("cases").and_then(Value::as_array);
            cases.extend(list.into_iter().flatten().cloned());
        }
    }
    Ok(cases)
}
