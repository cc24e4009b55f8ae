//! Python, and what is installed for it.

use std::path::{Path, PathBuf};

use crate::run::{Outcome, command, output, root};

/// The programs of an environment of Python in which a folder's `requirements.txt` is installed.
pub fn programs(folder: &Path) -> Outcome<PathBuf> {
    let name = folder.file_name().unwrap_or_default();
    let environment = root().join("target/python").join(name);
    let python = environment.join("bin/python");
    if !python.exists() {
        output(command("python3", "-m venv").arg(&environment))?;
    }
    let mut install = command(python, "-m pip install --quiet --requirement");
    output(install.arg(folder.join("requirements.txt")))?;
    Ok(environment.join("bin"))
}
