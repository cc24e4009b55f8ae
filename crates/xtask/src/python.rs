//! Python's virtual environments, and the packages installed in them.

use std::path::{Path, PathBuf};

use crate::run::{Outcome, command, output, root};

/// Installs a folder's `requirements.txt` into a virtual environment, and returns the folder of the environment's programs.
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
