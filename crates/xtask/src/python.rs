//! Python, and what is installed for it.

use std::path::{Path, PathBuf};

use crate::run::{Outcome, command, output, root};

/// The programs of an environment of Python in which a folder's `requirements.txt` is installed.
pub fn programs(folder: &Path) -> Outcome<PathBuf> {
    let name = folder.file_name().unwrap_or_default();
    let environment = root().join("target/python").join(name);
    let programs = environment.join("bin");
    if !programs.join("python").exists() {
        output(command("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    output(
        command(programs.join("python"))
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(folder.join("requirements.txt")),
    )?;
    Ok(programs)
}
