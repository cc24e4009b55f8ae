//! `cargo xtask bench`: what the core, the batch and the package cost beside their peers, printed and written to
//! `docs/performance.md` with the machine and the versions.

mod batch;
mod instructions;
mod js;
mod machine;
mod native;
mod page;

use std::fs;

use anyhow::Context;

use self::page::Page;
use crate::run::{Outcome, root};

pub use self::js::run as run_js;

type Part = (&'static str, fn(&mut Page) -> Outcome);

const PARTS: &[Part] = &[
    ("native, beside serde_json and jsonschema", native::measure),
    ("instructions, counted by callgrind", instructions::measure),
    ("batch, beside Node with JSON.parse and ajv", batch::measure),
    ("the npm package, beside ajv, zod and valibot", js::measure),
];

/// Measures everything, prints it and writes the document; with `only`, prints the parts whose name contains it.
pub fn run(only: Option<&str>) -> Outcome {
    let mut page = Page::default();
    page.say(HEAD);
    machine::describe(&mut page)?;
    for (name, measure) in PARTS {
        if only.is_none_or(|only| name.contains(only)) {
            eprintln!("…       {name}");
            measure(&mut page).with_context(|| format!("cannot measure: {name}"))?;
        }
    }
    page.say(TAIL);
    print!("{}", page.text());
    if only.is_some() {
        return Ok(());
    }
    let path = root().join("docs/performance.md");
    fs::write(&path, page.text()).with_context(|| format!("cannot write {}", path.display()))
}

const HEAD: &str = "<!-- Written by `cargo xtask bench`; not by hand. -->

# Performance

What `cargo xtask bench` measured. The machine may be busy with other things while it measures, so each figure is the best of
many rounds, what is compared was measured in one run, and the ratios say more than the absolute numbers. Instruction counts
and the processor's time depend little on what else the machine does.
";

const TAIL: &str = "## The page

`tests/page/start.test.js` measures the form in Chromium (the first load on a slow line and a slow processor, from a key to the \
verdict and the price) and fails where it is too slow; `cargo xtask test --only page` runs it.
";
