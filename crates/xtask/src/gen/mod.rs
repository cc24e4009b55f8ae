//! `cargo xtask gen`: every file that is derived from the rule table. `gen --check` writes nothing and fails on a stale one.
//!
//! A generator is a function that returns files; add it to `GENERATORS`.

mod docs;

use std::fs;
use std::path::Path;

use anyhow::bail;

use crate::run::{Outcome, root};

/// A generated file: its path in the repository and its whole text.
pub struct Generated {
    pub path: String,
    pub text: String,
}

type Generator = fn() -> Outcome<Vec<Generated>>;

const GENERATORS: &[(&str, Generator)] = &[("docs", docs::generate)];

pub fn run(check: bool) -> Outcome {
    let mut stale = Vec::new();
    for (name, generator) in GENERATORS {
        for file in generator()? {
            if update(&root(), &file, check)? {
                println!(
                    "{} {} ({name})",
                    if check { "stale:" } else { "wrote" },
                    file.path
                );
                stale.push(file.path);
            }
        }
    }
    if check && !stale.is_empty() {
        bail!(
            "{} are not what the rule table says: run `cargo xtask gen`",
            stale.join(", ")
        );
    }
    Ok(())
}

/// Whether the file differs; writes it unless it is only to be checked.
fn update(root: &Path, file: &Generated, check: bool) -> Outcome<bool> {
    let path = root.join(&file.path);
    if fs::read_to_string(&path).is_ok_and(|found| found == file.text) {
        return Ok(false);
    }
    if !check {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, &file.text)?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_finds_a_stale_file_and_leaves_it() -> Outcome {
        let folder = std::env::temp_dir().join(format!("seedance-gen-{}", std::process::id()));
        let file = Generated {
            path: "deep/file.txt".into(),
            text: "new\n".into(),
        };
        assert!(update(&folder, &file, true)?);
        assert!(!folder.join(&file.path).exists());
        assert!(update(&folder, &file, false)?);
        assert!(!update(&folder, &file, true)?);
        Ok(fs::remove_dir_all(&folder)?)
    }
}
