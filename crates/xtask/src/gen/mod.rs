//! `cargo xtask gen`: every file that is derived from the rule table or from the sources. `gen --check` writes nothing and fails
//! if a file is stale.

mod docs;
mod generated;
mod openapi;
mod package;
mod types;

use std::fs;

use anyhow::{Context, ensure};

use self::generated::{Generated, HEADER, renewed, suffix, update};
use crate::modules;
use crate::run::{Outcome, root};

type Generator = fn() -> Outcome<Vec<Generated>>;

const GENERATORS: &[(&str, Generator)] = &[
    ("architecture", || {
        Ok(vec![renewed("docs/architecture.md", "modules", &modules::drawings()?)?])
    }),
    ("docs", docs::generate),
    ("figures", || {
        let measured = fs::read_to_string(root().join("docs/performance.md"))?;
        let part = measured.split("\n## ").find(|part| part.starts_with("The npm package\n"));
        let tables = part.and_then(|part| part.split_once("\n| "));
        let (_, tables) = tables.context("docs/performance.md has no figures of the package")?;
        Ok(vec![renewed("pkg/README.md", "figures", &format!("| {}\n", tables.trim_end()))?])
    }),
    ("openapi", openapi::generate),
    ("package", package::generate),
    ("types", types::generate),
];

pub fn run(check: bool) -> Outcome {
    let mut stale = Vec::new();
    for (name, generator) in GENERATORS {
        for file in generator()? {
            if update(&root(), &file, check)? {
                println!("{} {} ({name})", if check { "stale:" } else { "wrote" }, file.path);
                stale.push(file.path);
            }
        }
    }
    ensure!(
        !check || stale.is_empty(),
        "{} are not what the rule table and the sources say: run `cargo xtask gen`",
        stale.join(", ")
    );
    Ok(())
}
